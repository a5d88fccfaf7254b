# The fall of I(X;T) of the last two hidden layers against the dose of noise: noise added to the gradient of
# the full batch, and mini-batches at one rate.  Filled, where all doses have the same training loss; open
# and dashed, at the end of the training.
load 'figures/style.gp'
set terminal cairolatex pdf input size 14.5cm,5.2cm color colortext
set output output
table = data . '/noise_doses.tsv'
layers = 6
# column c of one layer of a family, elsewhere undefined
of(f, l, c) = (strcol(1) eq f && $3 == l) ? column(c) : NaN
# no noise has a place of its own, left of the smallest dose; what belongs to the end of the training
# stands a little to the right
right = 1.07
multiple(d) = d > 0 ? d : 0.125
size(d) = d > 0 ? 1.0 / d : 4096

# the largest value, for the axis, and the last points, to place the names; before there are ranges
stats table using ($3 == 4 || $3 == 5 ? ($6 > $9 ? $6 : $9) : NaN) name 'Y' nooutput
array last[6]
do for [l = 4:5] {
    stats table using ($2 == 4 ? of('gradient', l, 4) : NaN) name 'L' nooutput
    last[l] = L_mean
}

# names that would touch are pushed apart
gap = 0.09 * Y_max
if (abs(last[5] - last[4]) < gap) {
    middle = 0.5 * (last[4] + last[5]); up = last[5] > last[4] ? 5 : 4
    last[up] = middle + 0.5 * gap; last[9 - up] = middle - 0.5 * gap
}

set multiplot
set logscale x 2
set yrange [0:1.15 * Y_max]; set ytics 0, 2; set mytics 2
set tmargin at screen 0.97; set bmargin at screen 0.18

# a: added to the gradient
set lmargin at screen 0.085; set rmargin at screen 0.50
set xrange [0.105:5.2]
set xtics ('0' 0.125, '0.25' 0.25, '0.5' 0.5, '1' 1, '2' 2, '4' 4)
set xlabel 'noise on the gradient / natural' offset 0, 0.3
set ylabel 'fall of $I(X;T)$ / bits' offset 0.2, 0
do for [l = 4:5] { set label l name(l, layers) at 5.4, last[l] left textcolor rgb colour(l, layers) }
plot for [l = 4:5] table using (right * multiple($2)):(of('gradient', l, 7)) with lines lw 1.2 dt (5, 3) lc rgb colour(l, layers), \
    for [l = 4:5] table using (multiple($2)):(of('gradient', l, 4)) with lines lw 2 lc rgb colour(l, layers), \
    for [l = 4:5] table using (right * multiple($2)):(of('gradient', l, 7)):8:9 with yerrorbars pt 6 ps 0.5 lw 1 lc rgb colour(l, layers), \
    for [l = 4:5] table using (multiple($2)):(of('gradient', l, 4)):5:6 with yerrorbars pt 7 ps 0.5 lw 1.5 lc rgb colour(l, layers)

# b: by mini-batches, from large to small
unset label
set lmargin at screen 0.575; set rmargin at screen 0.985
set xrange [5200:50]
set xtics ('all' 4096, '1024' 1024, '256' 256, '64' 64)
set xlabel 'patterns of a mini-batch' offset 0, 0.3
unset ylabel; set format y ''
set label 1 'equal loss' at graph 0.16, graph 0.93 left
set label 2 'equal epochs' at graph 0.16, graph 0.84 left
set arrow 1 from graph 0.04, graph 0.93 to graph 0.13, graph 0.93 nohead lw 2 lc rgb '#606060'
set arrow 2 from graph 0.04, graph 0.84 to graph 0.13, graph 0.84 nohead lw 1.2 dt (5, 3) lc rgb '#606060'
plot for [l = 4:5] table using (size($2) / right):(of('batch', l, 7)) with lines lw 1.2 dt (5, 3) lc rgb colour(l, layers), \
    for [l = 4:5] table using (size($2)):(of('batch', l, 4)) with lines lw 2 lc rgb colour(l, layers), \
    for [l = 4:5] table using (size($2) / right):(of('batch', l, 7)):8:9 with yerrorbars pt 6 ps 0.5 lw 1 lc rgb colour(l, layers), \
    for [l = 4:5] table using (size($2)):(of('batch', l, 4)):5:6 with yerrorbars pt 7 ps 0.5 lw 1.5 lc rgb colour(l, layers)
unset multiplot
unset output
