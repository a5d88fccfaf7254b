# I(X;T) of the last layers over training, with the noise of mini-batches (solid) and without it
# (dashed): means over networks, the bands a standard error to both sides.
load 'figures/style.gp'
set terminal cairolatex pdf input size 10.5cm,6.4cm color colortext
set output output
table = data . '/phase_transition.tsv'
layers = 6
# column c of one layer of a set, elsewhere undefined
of(s, l, c) = (strcol(1) eq s && $2 == l) ? column(c) : NaN

# where the lines begin and the last hidden layer's end, to place the names; before there are ranges
array start[6]; array end[2]
array set[2] = ['mini-batch', 'full-batch']
do for [l = 3:layers] {
    stats table using ($3 == 0 ? of(set[1], l, 4) : NaN) name 'S' nooutput
    start[l] = S_mean
}
stats table using (of(set[1], 1, 3)) name 'epoch' nooutput
do for [s = 1:2] {
    stats table using ($3 == epoch_max ? of(set[s], layers - 1, 4) : NaN) name 'E' nooutput
    end[s] = E_mean
}

set logscale x
set xrange [1:epoch_max]; set yrange [0:12.9]
set format x '$10^{%L}$'
set ytics 0, 4, 12; set mytics 4
set xlabel 'epoch' offset 0, 0.4
set ylabel '$I(X;T)$ / bits' offset 1.2, 0
set lmargin at screen 0.11; set rmargin at screen 0.80
set tmargin at screen 0.98; set bmargin at screen 0.17
do for [l = 3:layers] {
    set label l name(l, layers) at 1.4, start[l] + 0.75 left textcolor rgb colour(l, layers)
}
set label 1 'with noise' at 1.2 * epoch_max, end[1] - 0.25 left textcolor rgb colour(layers - 1, layers)
set label 2 'without noise' at 1.2 * epoch_max, end[2] + 0.25 left textcolor rgb colour(layers - 1, layers)
plot for [s = 1:2] for [l = 3:layers] table using 3:(of(set[s], l, 4) - $5):($4 + $5) \
        with filledcurves fc rgb colour(l, layers) fs transparent solid 0.2, \
    for [l = 3:layers] table using 3:(of(set[1], l, 4)) with lines lw 2 lc rgb colour(l, layers), \
    for [l = 3:layers] table using 3:(of(set[2], l, 4)) with lines lw 2 dt (5, 3) lc rgb colour(l, layers)
unset output
