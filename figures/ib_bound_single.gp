# One hidden layer and six against their loss on the training set, which falls from left to right:
# I(X;T) of the last hidden layer, and the errors on the other patterns.
load 'figures/style.gp'
set terminal cairolatex pdf input size 14.5cm,5.4cm color colortext
set output output
table = data . '/ib_bound_single.tsv'
array sets[3] = ['one', 'one-narrow', 'six']
array text[3] = ['12 units', '3 units', 'six layers']
array tint[3] = ['#0072B2', '#56B4E9', '#D55E00']
named(s) = text[s]; tinted(s) = tint[s]
of(s, c) = strcol(1) eq sets[s] ? column(c) : NaN
stats table using (of(1, 3)) name 'A' nooutput
stats table using (of(3, 3)) name 'B' nooutput
least = A_min < B_min ? A_min : B_min
array X[3]; array I[3]; array E[3]
do for [s = 1:3] {
    stats table using (of(s, 3)) name 'V' nooutput; X[s] = V_min
    stats table using ($3 == X[s] ? of(s, 4) : NaN) name 'V' nooutput; I[s] = V_mean
    stats table using ($3 == X[s] ? 1 - of(s, 5) : NaN) name 'V' nooutput; E[s] = V_mean
}

set multiplot
set tmargin at screen 0.90; set bmargin at screen 0.20
set logscale x
set xrange [1.2:0.5 * least]
set xtics (1, '.1' 0.1, '.01' 0.01, '.001' 0.001); set mxtics 10
set xlabel 'loss on the training set / bits' offset 0, 0.4

# a
set lmargin at screen 0.085; set rmargin at screen 0.46
set label 100 '(a)' at graph -0.16, graph 1.08
set yrange [0:12.6]; set ytics 0, 4, 12; set mytics 4
set ylabel '$I(X;T)$ / bits' offset 1.4, 0
do for [s = 1:2] { set label 10 + s named(s) at 0.85 * X[s], I[s] left textcolor rgb tinted(s) }
set label 13 named(3) at X[3], I[3] - 0.9 right textcolor rgb tinted(3)
plot for [s = 1:3] table using (of(s, 3)):4 with lines lw 1.6 lc rgb tint[s]
do for [s = 1:3] { unset label 10 + s }

# b
set lmargin at screen 0.61; set rmargin at screen 0.985
set label 100 '(b)' at graph -0.19, graph 1.08
set logscale y
set yrange [0.006:0.7]; set ytics ('.01' 0.01, '.1' 0.1, '1' 1); set mytics 10
set ylabel 'test errors' offset 1.4, 0
do for [s = 1:2] { set label 10 + s named(s) at 0.85 * X[s], E[s] left offset 0, (s == 1 ? -0.4 : 0.3) textcolor rgb tinted(s) }
set label 13 named(3) at X[3], 2.4 * E[3] right textcolor rgb tinted(3)
plot for [s = 1:3] table using (of(s, 3)):(1 - $5) with lines lw 1.6 lc rgb tint[s]
unset multiplot
unset output
