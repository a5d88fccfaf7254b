# The task: a pattern on the icosahedron, and the 64 classes against f with the two rules.
load 'figures/style.gp'
set terminal cairolatex pdf input size 14.5cm,5.6cm color colortext
set output output
solid = data . '/task_solid.tsv'
classes = data . '/task_classes.tsv'

set multiplot
# a: the solid, far edges dotted and light
set lmargin at screen 0.0; set rmargin at screen 0.36
set tmargin at screen 0.98; set bmargin at screen 0.05
set size ratio -1
unset border; unset tics
set xrange [-1.15:1.15]; set yrange [-1.15:1.15]
set label 1 '(a)' at graph 0.04, graph 0.97
plot solid index 0 skip 1 using ($3 <= -0.1 ? $1 : NaN):2:4:5 with vectors nohead lw 0.8 dt 3 lc rgb '#a0a0a0', \
     solid index 0 skip 1 using ($3 > -0.1 ? $1 : NaN):2:4:5 with vectors nohead lw 1.4 lc rgb '#404040', \
     solid index 1 using 1:($6 == 1 && $3 <= 0 ? $2 : NaN) with points pt 7 ps 0.85 lc rgb '#7fb8d8', \
     solid index 1 using 1:($6 == 0 && $3 <= 0 ? $2 : NaN) with points pt 7 ps 0.85 lc rgb '#a0a0a0', \
     solid index 1 using 1:($6 == 0 && $3 <= 0 ? $2 : NaN) with points pt 7 ps 0.65 lc rgb 'white', \
     solid index 1 using 1:($6 == 1 && $3 > 0 ? $2 : NaN) with points pt 7 ps 1.1 lc rgb '#0072B2', \
     solid index 1 using 1:($6 == 0 && $3 > 0 ? $2 : NaN) with points pt 7 ps 1.1 lc rgb '#404040', \
     solid index 1 using 1:($6 == 0 && $3 > 0 ? $2 : NaN) with points pt 7 ps 0.85 lc rgb 'white'
unset label

# b: the rules, above how many patterns a class has
set size noratio
set border 3
set lmargin at screen 0.46; set rmargin at screen 0.985
set tics nomirror out scale 0.5, 0.25
set xrange [-0.2:8.4]
set xtics 0, 2, 8; set mxtics 2

set tmargin at screen 0.95; set bmargin at screen 0.50
set yrange [-0.08:1.12]; set ytics 0, 0.5, 1
set format x ''
set ylabel '$p(y{=}1\mid x)$' offset 0.6, 0
set label 1 '(b)' at graph -0.15, graph 1.02
set label 2 'smooth rule' at 5.6, 0.62 right textcolor rgb layer[1]
set label 3 'hard rule' at 5.6, 0.30 right textcolor rgb layer[5]
plot data . '/task_rule.tsv' using 1:2 with lines lw 1.0 lc rgb layer[1], \
     classes using 3:4 with points pt 7 ps 0.35 lc rgb layer[1], \
     classes using 3:5 with points pt 6 ps 0.62 lw 1.2 lc rgb layer[5]

unset label
set tmargin at screen 0.44; set bmargin at screen 0.19
set yrange [0:270]; set ytics 0, 100, 200
set format x '%g'
set xlabel '$f(x)$' offset 0, 0.4
set ylabel 'patterns' offset 0.1, 0
plot classes using 3:2 with impulses lw 2.5 lc rgb '#606060'
unset multiplot
unset output
