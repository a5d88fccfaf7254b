# The gradient of each layer over training (the original's Fig. 4), means over networks: norm of its
# mean solid, of its deviation dashed, over the weight norm; beside it what the original's program
# draws, the trace of the covariance for the deviation and the spectral norm of the weights.  The
# triangles stand where the median network's mean falls below the dashed quantity, the dotted line
# where the original has it.
load 'figures/style.gp'
set terminal cairolatex pdf input size 14.5cm,5.0cm color colortext
set output output
table = data . '/phase_transition.tsv'
numbers = data . '/phase_transition.num'
layers = 6
# column c of one layer at 85 %, elsewhere undefined
of(l, c) = (strcol(1) eq 'p85' && $2 == l) ? column(c) : NaN
array title[2] = ['as defined here', 'as the original''s program draws it']
array solid[2] = [7, 9]
array dashed[2] = [8, 10]
array axis[2] = ['$\lVert\bar g\rVert/\lVert W\rVert$,\quad $\lVert s\rVert/\lVert W\rVert$', \
                 '$\lVert\bar g\rVert/\lVert W\rVert_2$,\quad $\lVert s\rVert^2/\lVert W\rVert_2$']
array dash_name[2] = ['deviation', 'squared deviation']
array turn[2] = ['turn', 'trace-turn']
array low[2] = [1e-4, 1e-7]
array high[2] = [1.0, 3.0]
key(p, l) = sprintf('phase_transition/p85/t%d/%s', l, turn[p])

# where the dashed lines begin and end, to place the names; before there are ranges, which would cut them
stats numbers using (strcol(1) eq 'phase_transition/param.original' ? $3 : NaN) name 'original' nooutput
stats table using (of(1, 3)) name 'epoch' nooutput
array start[2]; array end[12]
do for [p = 1:2] {
    stats table using ($3 == 0 ? of(layers, dashed[p]) : NaN) name 'S' nooutput
    start[p] = S_mean
    do for [l = 1:layers] {
        stats table using ($3 == epoch_max ? of(l, dashed[p]) : NaN) name 'E' nooutput
        end[(p - 1) * layers + l] = E_mean
    }
}

set multiplot
set logscale xy
set xrange [1:epoch_max]
set format x '$10^{%L}$'
set tmargin at screen 0.92; set bmargin at screen 0.19
set xlabel 'epoch' offset 0, 0.4
do for [p = 1:2] {
    set lmargin at screen 0.125 + (p - 1) * 0.5
    set rmargin at screen 0.125 + (p - 1) * 0.5 + 0.32
    set yrange [low[p]:high[p]]
    set ytics low[p], 10**p, high[p]
    set format y '$10^{%L}$'
    set ylabel axis[p] offset -0.3, 0
    set label 1 title[p] at graph 0.5, graph 1.05 center
    set label 2 'mean' at 1.3, start[p] * (p == 1 ? 3.2 : 450)
    set label 3 dash_name[p] at 1.3, start[p] * (p == 1 ? 0.36 : 0.14)
    set arrow 1 from original_min, graph 0 to original_min, graph 0.94 nohead lw 1 dt 3 lc rgb '#606060'
    set label 4 'original' at original_min, graph 0.97 center textcolor rgb '#606060'
    # names apart by at least a line
    step = (high[p] / low[p])**0.095
    above = high[p]
    do for [l in '1 2 3 4 6 5'] {
        y = end[(p - 1) * layers + l] * (l == 1 ? step**0.4 : 1)
        above = y > above / step ? above / step : y
        set label 10 + l name(l + 0, layers) at 1.25 * epoch_max, above left textcolor rgb colour(l + 0, layers)
    }
    mark = low[p] * (high[p] / low[p])**0.03
    plot for [l = 1:layers] table using 3:(of(l, dashed[p])) with lines dt (6, 4) lw 1.5 lc rgb colour(l, layers), \
        for [l = 1:layers] table using 3:(of(l, solid[p])) with lines lw 2.2 lc rgb colour(l, layers), \
        for [l = 1:layers] numbers using (strcol(1) eq key(p, l) ? $3 : NaN):(mark) with points pt 9 ps 0.7 lc rgb colour(l, layers)
}
unset multiplot
unset output
