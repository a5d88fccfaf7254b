# What a layer's I(X;T) consists of at 85 %: the least that the curve asks for its I(T;Y), what it
# tells classes apart beyond that, what it tells patterns of one class apart.  And the share of it
# that the equation of the bound leaves unexplained, next to the controls.
load 'figures/style.gp'
set terminal cairolatex pdf input size 14.5cm,5.6cm color colortext
set output output
table = data . '/ib_bound.tsv'
layers = 6
pick(s, l, q, c) = (strcol(1) eq s && $2 == l && strcol(3) eq q) ? column(c) : NaN
array I[6]; array R[6]; array D[6]
do for [l = 1:layers] {
    stats table using (pick('p85', l, 'i_xt', 4)) name 'V' nooutput; I[l] = V_mean
    stats table using (pick('p85', l, 'right', 4)) name 'V' nooutput; R[l] = V_mean
    stats table using (pick('p85', l, 'divided', 4)) name 'V' nooutput; D[l] = V_mean
}
grey = '#c8c8c8'

set multiplot
set xrange [0.4:6.6]
set tmargin at screen 0.90; set bmargin at screen 0.13
set xtics scale 0 ('' 1)
do for [l = 1:layers] { set label 10 + l name(l, layers) at l, graph -0.08 center textcolor rgb colour(l, layers) }

# a: a bar per layer, from the bottom: needed, classes, patterns
set lmargin at screen 0.085; set rmargin at screen 0.46
set yrange [0:12.6]; set ytics 0, 4, 12; set mytics 4
set ylabel '$I(X;T)$ / bits' offset 1.2, 0
do for [l = 1:layers] {
    set object 3 * l rectangle from l - 0.32, 0 to l + 0.32, I[l] - R[l] fillcolor rgb colour(l, layers) fillstyle solid 1.0 noborder
    set object 3 * l + 1 rectangle from l - 0.32, I[l] - R[l] to l + 0.32, I[l] - D[l] fillcolor rgb colour(l, layers) fillstyle solid 0.45 noborder
    set object 3 * l + 2 rectangle from l - 0.32, I[l] - D[l] to l + 0.32, I[l] fillcolor rgb grey fillstyle solid 1.0 noborder
}
top = I[5] > 5.5 ? I[5] + 0.5 : 6.0
set label 1 'patterns of' at 4.75, top + 3.8
set label 2 'one class' at 4.75, top + 2.9
set label 3 'classes, more' at 4.75, top + 0.9
set label 4 'than needed' at 4.75, top
set label 5 'needed' at 5.42, I[6] + 1.6
set arrow 1 from 4.70, top + 3.3 to 4.34, I[4] - 0.5 * D[4] nohead lw 0.6 lc rgb '#606060'
set arrow 2 from 4.70, top + 0.4 to 4.34, I[4] - D[4] - 0.5 * (R[4] - D[4]) nohead lw 0.6 lc rgb '#606060'
set arrow 3 from 5.97, I[6] + 1.1 to 5.97, I[6] - R[6] - 0.1 nohead lw 0.6 lc rgb '#606060'
plot NaN notitle
unset object; unset arrow; do for [i = 1:5] { unset label i }

# b: the share unexplained; its 95 % intervals are narrower than the symbols, but for the controls
set lmargin at screen 0.63; set rmargin at screen 0.985
set yrange [0:1.04]; set ytics 0, 0.25, 1; set mytics 1
set ylabel 'left unexplained' offset 1.2, 0
array U[6]; array S[6]; array T[6]; array C[6]
do for [l = 1:layers] {
    stats table using (pick('untrained', l, 'share', 4)) name 'V' nooutput; U[l] = V_mean
    stats table using (pick('shuffled', l, 'share', 4)) name 'V' nooutput; S[l] = V_mean
    stats table using (pick('p85', l, 'share', 4)) name 'V' nooutput; T[l] = V_mean
    stats table using (pick('p85', l, 'class-share', 4)) name 'V' nooutput; C[l] = V_mean
}
set label 1 'untrained' at 6.5, U[6] + (U[6] > S[6] ? 0.055 : -0.075) right textcolor rgb '#808080'
set label 2 'shuffled labels' at 6.5, S[6] + (U[6] > S[6] ? -0.075 : 0.055) right textcolor rgb '#808080'
set label 3 'trained' at 5.6, 0.5 * (T[5] + T[6]) + 0.1
set label 4 'classes only' at 4.7, C[5] - 0.1 right
plot U using 1:(U[$1]) with linespoints pt 4 ps 0.5 lw 1.2 lc rgb '#808080', \
    S using 1:(S[$1]) with linespoints pt 8 ps 0.55 lw 1.2 dt 2 lc rgb '#808080', \
    C using 1:(C[$1]) with linespoints pt 6 ps 0.5 lw 1.2 dt 3 lc rgb '#000000', \
    T using 1:(T[$1]) with linespoints pt 7 ps 0.55 lw 1.6 lc rgb '#000000'
unset multiplot
unset output
