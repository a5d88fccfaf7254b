# The recipe of the released program.  Left, I(X;T) of the last two hidden layers against the number of
# updates, with the noise of mini-batches (solid) and without (dashed): means, bands of one standard error.
# Right, the signal-to-noise ratio of each hidden layer's gradient along the epochs: median and quartiles.
load 'figures/style.gp'
set terminal cairolatex pdf input size 14.5cm,6.2cm color colortext
set output output
layers = 6
table = data . '/as_released.tsv'
numbers = data . '/as_released.num'
array set[2] = ['mini-batch', 'full-batch']
# column c of one layer of a set, elsewhere undefined
of(s, l, c) = (strcol(1) eq s && $2 == l) ? column(c) : NaN

# how far the axes go, and where the lines begin or end, to place the names; before there are ranges
stats table using (of(set[1], 1, 3)) name 'epoch' nooutput
stats table using (of(set[1], 1, 4)) name 'updates' nooutput
stats numbers using (strcol(1) eq 'as_released/epoch/level' ? $3 : NaN) name 'level' nooutput
array start[6]; array end[6]
do for [l = 1:layers - 1] {
    stats table using ($3 == 0 ? of(set[1], l, 5) : NaN) name 'S' nooutput
    stats table using ($3 == epoch_max ? of(set[1], l, 9) : NaN) name 'E' nooutput
    start[l] = S_mean; end[l] = E_mean
}

set multiplot
set logscale x
set tmargin at screen 0.97; set bmargin at screen 0.17
set format x '$10^{%L}$'

# a: with noise and without
set lmargin at screen 0.085; set rmargin at screen 0.47
set xrange [1:updates_max]
set yrange [0:12.9]; set ytics 0, 4, 12; set mytics 4
set xlabel 'updates' offset 0, 0.4
set ylabel '$I(X;T)$ / bits' offset 0.2, 0
do for [l = 4:5] { set label l name(l, layers) at 1.5, start[l] + 0.75 left textcolor rgb colour(l, layers) }
set arrow 1 from 1.5, 2.6 to 7, 2.6 nohead lw 2 lc rgb '#606060'
set arrow 2 from 1.5, 1.3 to 7, 1.3 nohead lw 2 dt (5, 3) lc rgb '#606060'
set label 1 'mini-batches' at 10, 2.6 left
set label 2 'full batch' at 10, 1.3 left
plot for [s = 1:2] for [l = 4:5] table using 4:(of(set[s], l, 5) - $6):($5 + $6) \
        with filledcurves fc rgb colour(l, layers) fs transparent solid 0.2, \
    for [l = 4:5] table using 4:(of(set[1], l, 5)) with lines lw 2 lc rgb colour(l, layers), \
    for [l = 4:5] table using 4:(of(set[2], l, 5)) with lines lw 2 dt (5, 3) lc rgb colour(l, layers)

# b: the gradient
unset arrow; unset label
set lmargin at screen 0.60; set rmargin at screen 0.945
set xrange [1:epoch_max]
set logscale y; set yrange [0.01:30]
set ytics 0.01, 10, 100; set mytics 10; set format y '$10^{%L}$'
set xlabel 'epoch' offset 0, 0.4
set ylabel 'signal-to-noise ratio' offset -0.3, 0
set arrow 1 from 1, 1 to epoch_max, 1 nohead lw 1 dt (6, 4) lc rgb '#606060'
set arrow 2 from 1, level_mean to epoch_max, level_mean nohead lw 1 dt 3 lc rgb '#606060'
# names from the highest end to the lowest, apart by at least a line
array taken[6]; do for [l = 1:6] { taken[l] = 0 }
above = 60.0 # and none below the axis
do for [place = 1:layers - 1] {
    top = 0
    do for [l = 1:layers - 1] { if (taken[l] == 0 && (top == 0 || end[l] > end[top])) { top = l } }
    taken[top] = 1
    y = end[top] > above / 1.9 ? above / 1.9 : end[top]
    y = y < 0.011 * 1.9**(layers - 1 - place) ? 0.011 * 1.9**(layers - 1 - place) : y
    above = y
    set label 10 + top name(top, layers) at 1.25 * epoch_max, y left textcolor rgb colour(top, layers)
}
plot for [l = 1:layers - 1] table using 3:(of(set[1], l, 10)):11 with filledcurves \
        fc rgb colour(l, layers) fs transparent solid 0.15, \
    for [l = 1:layers - 1] table using 3:(of(set[1], l, 9)) with lines lw 1.8 lc rgb colour(l, layers)
unset multiplot
unset output
