# The gradient of each layer over training (the original's Fig. 4), means over networks: norm of its
# mean solid, of its deviation dashed, over the weight norm; beside it what the original's program
# draws, the trace of the covariance for the deviation and the spectral norm of the weights.  Below,
# where the median network's mean falls below the dashed quantity.
load 'figures/style.gp'
set terminal cairolatex pdf input size 14.5cm,7.4cm color colortext
set output output
table = data . '/phase_transition.tsv'
numbers = data . '/phase_transition.num'
layers = 6
# column c of one layer of the networks with noise, elsewhere undefined
of(l, c) = (strcol(1) eq 'mini-batch' && $2 == l) ? column(c) : NaN
array title[2] = ['norms over the weight norm', 'trace of the covariance']
array solid[2] = [6, 9]
array dashed[2] = [7, 10]
array crossing[2] = ['crossing', 'trace-crossing']
array low[2] = [8e-4, 2e-5]
array high[2] = [1.0, 10.0]

# where the lines end, to place the names; before there are ranges, which would cut them
array Y[12]; array Z[12]
do for [p = 1:2] { do for [l = 1:layers] {
    stats table using (of(l, solid[p])) name 'Y' nooutput
    stats table using (of(l, dashed[p])) name 'Z' nooutput
    Y[(p - 1) * layers + l] = Y_mean; Z[(p - 1) * layers + l] = Z_mean
} }

set multiplot
set logscale xy
set xrange [1:10000]
set format x '$10^{%L}$'; set format y '$10^{%L}$'
set tmargin at screen 0.93; set bmargin at screen 0.15
set xlabel 'epoch' offset 0, 0.4
do for [p = 1:2] {
    set lmargin at screen 0.075 + (p - 1) * 0.49
    set rmargin at screen 0.075 + (p - 1) * 0.49 + 0.40
    set yrange [low[p]:high[p]]
    set label 1 title[p] at graph 0.5, graph 1.05 center
    plot for [l = 1:layers] table using 3:(of(l, dashed[p])) with lines dt (6, 4) lw 1.6 lc rgb colour(l, layers), \
        for [l = 1:layers] table using 3:(of(l, solid[p])) with lines lw 2.2 lc rgb colour(l, layers)
}
unset multiplot
unset output
