# Relaxation times of layers against their compression: from network to network, and where a layer is
# made narrower.
load 'figures/style.gp'
set terminal cairolatex pdf input size 14.5cm,6.4cm color colortext
set output output
networks = data . '/relaxation_networks.tsv'
layers = data . '/relaxation_layers.tsv'
fits = data . '/relaxation.tsv'
of(set, l, c) = (strcol(1) eq set && $3 == l && $7 == 1) ? column(c) : NaN
row(set, l, c) = (strcol(1) eq set && $2 == l) ? column(c) : NaN
array set_of[2] = ['described', 'narrow']

# of each layer: the point that its line goes through, its range, whether it counts anywhere; medians.
# Before there are ranges, which would cut them.
array count[6]; array X[6]; array Y[6]; array low[6]; array high[6]; array top[6]
do for [l = 1:6] {
    stats layers using (row('described', l, 3)) name 'N' nooutput
    count[l] = N_max
    if (count[l] > 1) {
        stats layers using (row('described', l, 7)) name 'M' nooutput
        X[l] = M_mean
        stats layers using (row('described', l, 8)) name 'M' nooutput
        Y[l] = M_mean
        stats networks using (of('described', l, 4)) name 'R' nooutput
        low[l] = R_min; high[l] = R_max
        stats networks using (of('described', l, 6)) name 'R' nooutput
        top[l] = R_max
    }
}
stats fits using (strcol(1) eq 'described' && strcol(2) eq 'within' ? $9 : NaN) name 'P' nooutput
power = P_mean
of_either(c) = (strcol(1) eq 'described' || (strcol(1) eq 'narrow' && $3 == 4)) && $7 == 1 ? column(c) : NaN
stats networks using (of_either(6)) name 'T' nooutput
least = T_records > 0 ? T_min : 1; most = T_records > 0 ? T_max : 10
array MX[2]; array MY[2]; array MN[2]
do for [s = 1:2] {
    stats layers using (row(set_of[s], 4, 3)) name 'N' nooutput
    MN[s] = N_max
    if (MN[s] > 0) {
        stats layers using (row(set_of[s], 4, 4)) name 'M' nooutput
        MX[s] = M_mean
        stats layers using (row(set_of[s], 4, 5)) name 'M' nooutput
        MY[s] = M_mean
    }
}
along(t, from, to) = from * (to / from) ** t # a part of the way, on logarithmic axes
line(l, x) = (x >= low[l] && x <= high[l]) ? 2 ** (Y[l] + power * (log(x) / log(2) - X[l])) : NaN

set multiplot
set tmargin at screen 0.87; set bmargin at screen 0.17
set logscale xy; set mytics 10
set xrange [0.1:14]; set xtics ('0.1' 0.1, '0.3' 0.3, '1' 1, '3' 3, '10' 10)
set yrange [least / 1.4 : most * 1.5]
set format y '%g'
set ytics ('1' 1, '10' 10, '100' 100, '200' 200, '500' 500, '1000' 1000, '2000' 2000, '5000' 5000, '10\,000' 10000)
set xlabel 'compression $\Delta S$ / bits' offset 0, 0.4

# a: every layer of every network, and the lines of one power
set lmargin at screen 0.085; set rmargin at screen 0.485
set label 1 '(a)' at graph -0.19, graph 1.13
set label 2 'relaxation time $\Delta t$ / epochs' at graph 0, graph 1.13
do for [l = 1:4] { if (count[l] > 1) {
    set label 10 + l name(l, 7) at 2 ** X[l], top[l] center offset 0, 0.7 textcolor rgb colour(l, 7)
} }
# the last two lie side by side
do for [l = 5:6] { if (count[l] > 1) {
    high_up = count[11 - l] > 1 && top[11 - l] > top[l] ? top[11 - l] : top[l]
    if (l == 5) { set label 15 name(5, 7) at 2 ** X[5], high_up right offset 0, 0.7 textcolor rgb colour(5, 7) }
    if (l == 6) { set label 16 name(6, 7) at 2 ** X[6], high_up left offset 0.3, 0.7 textcolor rgb colour(6, 7) }
} }
plot for [l = 1:6] networks using (of('described', l, 4)):6 with points pt 7 ps 0.25 lc rgb layer[l], \
    for [l = 1:6] (count[l] > 1 ? line(l, x) : NaN) with lines lw 1.5 lc rgb '#202020'
do for [l = 1:6] { unset label 10 + l }

# b: the fourth hidden layer, as it is and with half its units
set lmargin at screen 0.585; set rmargin at screen 0.985
set label 1 '(b)' at graph -0.15, graph 1.13
set label 2 'the same of $T_4$ as it is, and narrower' at graph 0, graph 1.13
if (MN[1] > 0 && MN[2] > 0) { set arrow 1 from along(0.1, MX[1], MX[2]), along(0.1, MY[1], MY[2]) to along(0.86, MX[1], MX[2]), along(0.86, MY[1], MY[2]) front lw 1.5 lc rgb '#202020' size screen 0.012, 20 filled }
plot networks using (of('described', 4, 4)):6 with points pt 7 ps 0.25 lc rgb layer[4], \
    networks using (of('narrow', 4, 4)):6 with points pt 6 ps 0.35 lc rgb '#8a5f00', \
    layers using (row('described', 4, 4)):5 with points pt 7 ps 0.9 lc rgb layer[4], \
    layers using (row('narrow', 4, 4)):5 with points pt 6 ps 0.9 lw 2 lc rgb '#8a5f00'
unset multiplot
unset output
