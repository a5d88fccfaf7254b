# Depth and training time: epochs until the output has its information, against depth and against
# the learning rate; relaxation times of layers against their compression.
load 'figures/style.gp'
set terminal cairolatex pdf input size 14.5cm,5.8cm color colortext
set output output
speed = data . '/depth_speed.tsv'
rates = data . '/depth_rates.tsv'
relaxation = data . '/depth_relaxation.tsv'
fits = data . '/depth_fits.tsv'
array setting[3] = ['one', 'best', 'coded']
array text[3] = ['one rate', 'best rate', 'as coded']
array tint[3] = ['#202020', '#6a3d9a', '#8c6d31']
named(s) = text[s]; tinted(s) = tint[s]
array mark[3] = [7, 6, 5]
of(s, c) = (strcol(1) eq setting[s] && strcol(2) eq 'information') ? column(c) : NaN
# depths: from light to dark
array grey[6] = ['#b8b8b8', '#9c9c9c', '#808080', '#606060', '#404040', '#000000']

# where lines end and dots lie, to place their names: 0 if there are none; before there are ranges,
# which would cut them
number(x) = x > 0 && x < 1e9 ? x : 0
array end[3]
do for [s = 1:3] {
    stats speed using ($3 == 6 && strcol(1) eq setting[s] && strcol(2) eq 'information' ? number($7) : 0) name 'Y' nooutput
    end[s] = Y_max
}
array X[6]; array Y[6]
do for [l = 1:6] {
    counts(c) = (strcol(1) eq 'one' && $4 == l && $8 == 1) ? column(c) : 0
    stats relaxation using (counts(5)):(counts(8)) name 'S' nooutput
    X[l] = S_sum_y > 0 ? S_sum_x / S_sum_y : 0
    stats relaxation using (counts(8) > 0 ? $7 : 0) name 'S' nooutput
    Y[l] = S_max
}
stats fits using (strcol(1) eq 'one' ? $4 : NaN) name 'A' nooutput
stats fits using (strcol(1) eq 'one' ? $5 : NaN) name 'B' nooutput

set multiplot
set tmargin at screen 0.87; set bmargin at screen 0.20
set logscale y
set mytics 10

# a: epochs against depth
set lmargin at screen 0.085; set rmargin at screen 0.325
set label 1 '(a)' at graph -0.27, graph 1.13
set xrange [0.7:6.3]; set xtics 1, 1, 6
set yrange [30:30000]
set format y '$10^{%T}$'
set xlabel 'hidden layers' offset 0, 0.4
set ylabel 'epochs' offset 1.4, 0
do for [s = 1:3] { if (end[s] > 0) {
    set label 10 + s named(s) at 6.2, end[s] right offset 0, (s == 3 ? -0.75 : 0.75) textcolor rgb tinted(s)
} }
plot for [s = 1:3] speed using (of(s, 3)):7 with lines lw 1.2 lc rgb tint[s], \
    for [s = 1:3] speed using (of(s, 3)):7:8:9 with yerrorbars pt mark[s] ps 0.4 lw 1 lc rgb tint[s]
do for [s = 1:3] { unset label 10 + s }

# b: epochs against the rate
set lmargin at screen 0.415; set rmargin at screen 0.655
set label 1 '(b)' at graph -0.2, graph 1.13
set logscale x; set xrange [0.0015:2.7]; set xtics 0.001, 10, 1; set mxtics 10
set format x '$10^{%T}$'
set xlabel 'learning rate' offset 0, 0.4
unset ylabel
set yrange [30:30000]
set label 2 '1 hidden layer' at 0.0062, 8000 left textcolor rgb '#a0a0a0'
set label 3 '6 hidden layers' at 0.0019, 75 left textcolor rgb '#000000'
plot for [h = 1:6] rates using (strcol(1) eq 'information' && $2 == h ? $3 : NaN):6 with linespoints pt 7 ps 0.25 lw 1.1 lc rgb grey[h]
unset label 2; unset label 3

# c: relaxation
set lmargin at screen 0.745; set rmargin at screen 0.985
set label 1 '(c)' at graph -0.2, graph 1.13
unset logscale x; set mxtics 1
set xrange [0:*]; set xtics 0, 2, 10
set format x '%g'
set yrange [*:*]
set xlabel '$\Delta S$ / bits' offset 0, 0.4
set label 2 '$\Delta t$ / epochs' at graph 0.03, graph 1.13 left
do for [l = 1:6] { if (X[l] > 0) {
    set label 10 + l name(l, 7) at X[l], Y[l] center offset 0, 0.7 textcolor rgb colour(l, 7)
} }
plot for [l = 1:6] relaxation using (strcol(1) eq 'one' && $4 == l && $8 == 1 ? $5 : NaN):7 \
        with points pt 7 ps 0.22 lc rgb layer[l], \
    2 ** (A_mean + B_mean * x) with lines lw 1.2 lc rgb '#404040'
unset multiplot
unset output
