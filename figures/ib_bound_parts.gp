# (a) What a layer's I(X;T) consists of at 85 %: the least that the curve asks for its I(T;Y), what it
# tells classes apart beyond that, what it tells patterns of one class apart.  (b) The divergence from
# the equations, as a share of the horizontal distance, which it cannot exceed: every network.  (c) What the
# network misses of what a layer says of the label.
load 'figures/style.gp'
set terminal cairolatex pdf input size 14.5cm,6.2cm color colortext
set output output
table = data . '/ib_bound.tsv'
networks = data . '/ib_bound_networks.tsv'
layers = 6
array sets[3] = ['p85', 'untrained', 'shuffled']
array mark[3] = [7, 4, 8]
array size[3] = [0.28, 0.30, 0.34]
pick(s, l, q, c) = (strcol(1) eq s && $2 == l && strcol(3) eq q) ? column(c) : NaN
array I[6]; array R[6]; array D[6]
do for [l = 1:layers] {
    stats table using (pick('p85', l, 'i-xt', 4)) name 'V' nooutput; I[l] = V_mean
    stats table using (pick('p85', l, 'right', 4)) name 'V' nooutput; R[l] = V_mean
    stats table using (pick('p85', l, 'divided', 4)) name 'V' nooutput; D[l] = V_mean
}
# the decoder: (set - 1) layers + layer
array C[18]
do for [p = 1:3] { do for [l = 1:layers] {
    stats table using (pick(sets[p], l, 'decoder', 4)) name 'V' nooutput; C[(p - 1) * layers + l] = V_mean
} }
# a column of the table of networks, by its name
of(s, l, q) = (strcol('set') eq sets[s] && column('layer') == l) ? column(q) : NaN
# where its names go: beside the middle and below the least of a layer's dots
array X[6]; array Y[6]
do for [l = 1:layers] {
    stats networks using (of(1, l, 'right')):(of(1, l, 'divergence') / column('right')) name 'V' nooutput
    X[l] = V_mean_x; Y[l] = V_min_y
}
grey = '#c8c8c8'

set multiplot
set tmargin at screen 0.90; set bmargin at screen 0.19

# a: a bar per layer, from the bottom: needed, classes, patterns
set lmargin at screen 0.075; set rmargin at screen 0.35
set label 100 '(a)' at graph -0.25, graph 1.08
set xrange [0.4:6.6]
set xtics scale 0 ('' 1)
do for [l = 1:layers] { set label 10 + l name(l, layers) at l, graph -0.07 center textcolor rgb colour(l, layers) }
set yrange [0:12.6]; set ytics 0, 4, 12; set mytics 4
set ylabel '$I(X;T)$ / bits' offset 1.6, 0
do for [l = 1:layers] {
    set object 3 * l rectangle from l - 0.34, 0 to l + 0.34, I[l] - R[l] fillcolor rgb colour(l, layers) fillstyle solid 1.0 noborder
    set object 3 * l + 1 rectangle from l - 0.34, I[l] - R[l] to l + 0.34, I[l] - D[l] fillcolor rgb colour(l, layers) fillstyle solid 0.45 noborder
    set object 3 * l + 2 rectangle from l - 0.34, I[l] - D[l] to l + 0.34, I[l] fillcolor rgb grey fillstyle solid 1.0 noborder
}
above = (I[5] > I[6] ? I[5] : I[6]) + 0.8
top = above > 4.4 ? above + 1.6 : 6.0
high = top < 7.1 ? top + 5.3 : 12.4
set label 1 'patterns of' at 4.62, high
set label 2 'one class' at 4.62, high - 0.9
set label 3 'more than' at 4.62, top + 1.5
set label 4 'needed' at 4.62, top + 0.6
set label 5 'needed' at 6.1, above center
set arrow 1 from 4.58, high - 0.5 to 4.36, I[4] - 0.3 * D[4] nohead lw 0.6 lc rgb '#606060'
set arrow 2 from 4.58, top + 1.0 to 4.36, I[4] - D[4] - 0.4 * (R[4] - D[4]) nohead lw 0.6 lc rgb '#606060'
set arrow 3 from 6.0, above - 0.5 to 6.0, I[6] - R[6] - 0.1 nohead lw 0.6 lc rgb '#606060'
plot NaN notitle
unset object; unset arrow; do for [i = 1:5] { unset label i }
do for [l = 1:layers] { unset label 10 + l }

# b: divergence against distance
set lmargin at screen 0.475; set rmargin at screen 0.705
set label 100 '(b)' at graph -0.25, graph 1.08
set xrange [0:12.6]; set xtics scale 0.5, 0.25; set xtics 0, 4, 12; set mxtics 4
low = 1.0
do for [l = 1:layers] { low = Y[l] < low ? Y[l] : low }
low = floor(20 * (low - 0.01)) / 20.0
set yrange [low:1 + 0.15 * (1 - low)]; set ytics low, low > 0.8 ? 0.05 : 0.2, 1; set mytics 5
set xlabel 'right of the bound / bits' offset 0, 0.4
set ylabel '$D(\beta^*)$ / distance' offset 1.0, 0
set label 1 'cannot be' at 6.3, 1 + 0.08 * (1 - low) center textcolor rgb '#808080'
do for [l = 3:layers] {
    set label 10 + l name(l, layers) at X[l] + (l == layers ? 0.8 : 0), l == layers ? Y[l] : Y[l] - 0.08 * (1 - low) center textcolor rgb colour(l, layers)
}
plot 1 with lines lw 0.8 lc rgb '#909090', \
    for [s = 2:3] for [l = 3:layers] networks using (of(s, l, 'right')):(of(s, l, 'divergence') / column('right')) \
        with points pt mark[s] ps size[s] lw 0.5 lc rgb '#b0b0b0', \
    for [l = 1:layers] networks using (of(1, l, 'right')):(of(1, l, 'divergence') / column('right')) \
        with points pt mark[1] ps size[1] lw 0.5 lc rgb colour(l, layers)
unset label 1
do for [l = 3:layers] { unset label 10 + l }

# c: the decoder; intervals are narrower than the symbols
set lmargin at screen 0.805; set rmargin at screen 0.985
set label 100 '(c)' at graph -0.38, graph 1.08
set xrange [0.4:6.6]
set xtics scale 0 ('' 1)
unset mxtics; unset xlabel
do for [l = 1:layers] { set label 10 + l name(l, layers) at l, graph -0.07 center textcolor rgb colour(l, layers) }
set logscale y
set yrange [0.0007:20]; set ytics ('.001' 0.001, '.01' 0.01, '.1' 0.1, '1' 1, '10' 10); set mytics 10
set ylabel 'misread / bits' offset 2.0, 0
set label 1 'untrained' at 1, C[7] / 9 left textcolor rgb '#808080'
set label 2 'shuffled' at 1, C[13] * 2 left textcolor rgb '#808080'
set label 3 'trained' at 1, C[1] * (C[1] > C[7] / 20 ? 0.4 : 2) left
plot C using 1:($1 > 6 ? NaN : C[$1]) with linespoints pt 7 ps 0.55 lw 1.6 lc rgb '#000000', \
    C using 1:($1 > 6 ? NaN : C[$1 + 6]) with linespoints pt 4 ps 0.5 lw 1.2 lc rgb '#808080', \
    C using 1:($1 > 6 ? NaN : C[$1 + 12]) with linespoints pt 8 ps 0.55 lw 1.2 dt 2 lc rgb '#808080'
unset multiplot
unset output
