# I(X;T) of the last two hidden layers with the noise of mini-batches (solid) and without (dashed): along
# the epochs, and along the training loss, where equal things are compared.  Means, the bands a standard
# error to both sides.
load 'figures/style.gp'
set terminal cairolatex pdf input size 14.5cm,5.2cm color colortext
set output output
layers = 6
array set[2] = ['mini-batch', 'full-batch']
# column c of one layer of a set, elsewhere undefined
of(s, l, c) = (strcol(1) eq s && $2 == l) ? column(c) : NaN
by_epoch = data . '/noise.tsv'; by_loss = data . '/noise_loss.tsv'

# how far the axes go, and where the lines begin, to place the names; before there are ranges
stats by_epoch using (of(set[1], 1, 3)) name 'epoch' nooutput
stats by_loss using (of(set[1], 1, 3)) name 'loss' nooutput
array start[6]
do for [l = 4:5] {
    stats by_epoch using ($3 == 0 ? of(set[1], l, 4) : NaN) name 'S' nooutput
    start[l] = S_mean
}

set multiplot
set logscale x
set yrange [0:12.9]; set ytics 0, 4, 12; set mytics 4
set tmargin at screen 0.97; set bmargin at screen 0.17
set format x '$10^{%L}$'

# a: along the epochs
set lmargin at screen 0.085; set rmargin at screen 0.50
set xrange [1:epoch_max]
set xlabel 'epoch' offset 0, 0.4
set ylabel '$I(X;T)$ / bits' offset 0.2, 0
do for [l = 4:5] { set label l name(l, layers) at 1.4, start[l] + 0.75 left textcolor rgb colour(l, layers) }
set arrow 1 from 1.5, 2.6 to 5, 2.6 nohead lw 2 lc rgb '#606060'
set arrow 2 from 1.5, 1.3 to 5, 1.3 nohead lw 2 dt (5, 3) lc rgb '#606060'
set label 1 'with noise' at 7, 2.6 left
set label 2 'without noise' at 7, 1.3 left
plot for [s = 1:2] for [l = 4:5] by_epoch using 3:(of(set[s], l, 4) - $5):($4 + $5) \
        with filledcurves fc rgb colour(l, layers) fs transparent solid 0.2, \
    for [l = 4:5] by_epoch using 3:(of(set[1], l, 4)) with lines lw 2 lc rgb colour(l, layers), \
    for [l = 4:5] by_epoch using 3:(of(set[2], l, 4)) with lines lw 2 dt (5, 3) lc rgb colour(l, layers)

# b: along the loss, from large to small
unset arrow; unset label
set lmargin at screen 0.57; set rmargin at screen 0.985
set xrange [1:loss_min]
set xlabel 'training loss / bits' offset 0, 0.4
unset ylabel; set format y ''
plot for [s = 1:2] for [l = 4:5] by_loss using 3:(of(set[s], l, 5) - $6):($5 + $6) \
        with filledcurves fc rgb colour(l, layers) fs transparent solid 0.2, \
    for [l = 4:5] by_loss using 3:(of(set[1], l, 5)) with lines lw 2 lc rgb colour(l, layers), \
    for [l = 4:5] by_loss using 3:(of(set[2], l, 5)) with lines lw 2 dt (5, 3) lc rgb colour(l, layers)
unset multiplot
unset output
