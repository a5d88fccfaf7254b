# The signal-to-noise ratio of each hidden layer's gradient over training, at three shares of the
# patterns: the median network, with a band from the lower to the upper quartile.  Dashed, the two levels,
# at which drift and diffusion are equal in one update and in an epoch.  Triangles stand at the median
# onset of compression of the last two hidden layers, the grey line where the training error is small.
load 'figures/style.gp'
set terminal cairolatex pdf input size 14.5cm,5.7cm color colortext
set output output
table = data . '/phase_transition.tsv'
numbers = data . '/phase_transition.num'
layers = 6
array set_name[3] = ['p05', 'p45', 'p85']
array title[3] = ['5\,\% of the patterns', '45\,\%', '85\,\%']
# column c of one layer of a set, a number of the paper; elsewhere undefined
of(s, l, c) = (strcol(1) eq set_name[s] && $2 == l) ? column(c) : NaN
number(key) = strcol(1) eq 'phase_transition/' . key ? $3 : NaN

# before there are ranges, which would cut them: where the lines end, the levels, and what is marked
stats table using ($3) name 'epoch' nooutput
least = 0.02; most = 12.0
array end[18]
array level[3]
do for [s = 1:3] {
    stats numbers using (number('epoch/' . set_name[s] . '/level')) name 'N' nooutput
    level[s] = N_mean
    do for [l = 1:5] {
        stats table using ($3 == epoch_max ? of(s, l, 4) : NaN) name 'E' nooutput
        end[6 * s + l - 6] = E_mean
    }
}

set multiplot
set logscale xy
set xrange [10:epoch_max]; set yrange [least:most]
set format x '$10^{%L}$'
set ytics (0.1, 1, 10); set mytics 10
set xtics 1, 10, 1e5
set tmargin at screen 0.915; set bmargin at screen 0.175
do for [s = 1:3] {
    set lmargin at screen 0.1 + (s - 1) * 0.305
    set rmargin at screen 0.1 + (s - 1) * 0.305 + 0.235
    set xlabel 'epoch' offset 0, 0.4
    if (s == 1) {
        set ylabel 'signal-to-noise ratio' offset -0.4, 0
        set format y '%g'
    } else {
        unset ylabel
        set format y ''
    }
    set label 1 title[s] at graph 0.5, graph 1.06 center
    set arrow 1 from 10, 1 to epoch_max, 1 nohead lw 1 dt (6, 4) lc rgb '#606060'
    set arrow 2 from 10, level[s] to epoch_max, level[s] nohead lw 1 dt (2, 3) lc rgb '#606060'
    set label 3 (s == 3 ? '$1/\sqrt B$' : '') at 12, 0.8 * level[s] left textcolor rgb '#606060'
    # names apart by at least a line, from the largest end down
    step = (most / least)**0.085
    above = most
    do for [rank = 1:5] {
        best = 0; best_end = 0
        do for [l = 1:5] {
            seen = 0
            do for [k = 1:rank - 1] { if (word(done, k) + 0 == l) { seen = 1 } }
            if (!seen && end[6 * s + l - 6] > best_end) { best = l; best_end = end[6 * s + l - 6] }
        }
        done = rank == 1 ? sprintf('%d', best) : done . sprintf(' %d', best)
        y = best_end > above / step ? above / step : best_end
        above = y
        set label 10 + best name(best, layers) at 1.2 * epoch_max, y left textcolor rgb colour(best, layers)
    }
    foot = least * 1.25
    error = set_name[s] . '/t1/small'
    plot for [l = 1:5] table using 3:(of(s, l, 5)):6 with filledcurves fc rgb colour(l, layers) fs transparent solid 0.15, \
        for [l = 1:5] table using 3:(of(s, l, 4)) with lines lw 2 lc rgb colour(l, layers), \
        for [l = 4:5] numbers using (number(sprintf('%s/t%d/onset', set_name[s], l))):(foot) with points pt 9 ps 0.9 lc rgb colour(l, layers), \
        numbers using (number(error)):(least):(0):(0.8 * most - least) with vectors nohead lw 1 dt 3 lc rgb '#606060', \
        numbers using (number(error)):(0.88 * most):('small error') with labels center textcolor rgb '#606060'
}
unset multiplot
unset output
