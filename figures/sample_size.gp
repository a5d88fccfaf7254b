# Trained layers in the information plane for all sizes of the training set (the original's Fig. 7),
# beside the bound; how far I(X;T) bends back; and the accuracy on patterns that were not trained on.
load 'figures/style.gp'
set terminal cairolatex pdf input size 14.5cm,7.2cm color colortext
set output output
table = data . '/sample_size.tsv'
accuracy = data . '/sample_size_accuracy.tsv'
bound = data . '/sample_size_bound.tsv'
layers = 6
of(l, c) = $2 == l ? column(c) : NaN

# the ends of each line, the smallest and the largest size; before there are ranges, which would cut
# them
stats table using 1 name 'S' nooutput
array X0[layers]; array Y0[layers]; array X1[layers]; array Y1[layers]; array bend[layers]
do for [l = 1:layers] {
    stats table using ($1 == S_min ? of(l, 3) : NaN) name 'A' nooutput
    stats table using ($1 == S_min ? of(l, 6) : NaN) name 'B' nooutput
    stats table using ($1 == S_max ? of(l, 3) : NaN) name 'C' nooutput
    stats table using ($1 == S_max ? of(l, 6) : NaN) name 'D' nooutput
    stats table using ($1 == S_min ? of(l, 15) : NaN) name 'E' nooutput
    X0[l] = A_mean; Y0[l] = B_mean; X1[l] = C_mean; Y1[l] = D_mean; bend[l] = E_mean
}
stats table using 16 name 'L' nooutput
stats table using 17 name 'H' nooutput

set multiplot
# a: the plane; the dots grow with the size
set lmargin at screen 0.085; set rmargin at screen 0.55
set tmargin at screen 0.93; set bmargin at screen 0.15
set xrange [0:12.6]; set yrange [0.34:1.03]
set xtics 0, 2, 12; set ytics 0.4, 0.2, 1
set xlabel '$I(X;T)$ / bits' offset 0, 0.4
set ylabel '$I(T;Y)$ / bits' offset 1.2, 0
set label 1 '(a)' at graph 0.0, graph 1.04
set label 2 'bound' at 0.33, 0.56 center rotate by 74 textcolor rgb '#808080'
do for [l = 3:layers] {
    set label 10 + l name(l, layers) at X0[l], Y0[l] - (l == layers ? 0.033 : 0.028) center textcolor rgb colour(l, layers)
}
set label 11 name(1, layers) at 12.4, 1.014 center textcolor rgb colour(1, layers)
set label 12 name(2, layers) at 11.5, 1.014 center textcolor rgb colour(2, layers)
set label 20 sprintf('%.0f\,\%%', 100 * S_min) at X0[5] + 0.3, Y0[5] left textcolor rgb '#606060'
set label 21 sprintf('%.0f\,\%%', 100 * S_max) at X1[5] + 0.05, Y1[5] + 0.034 center textcolor rgb '#606060'
plot bound using 2:3 with lines lw 1.2 lc rgb '#b0b0b0', \
    for [l = 1:layers] table using (of(l, 3)):6 with lines lw 1.2 lc rgb colour(l, layers), \
    for [l = 1:layers] table using (of(l, 3)):6:(0.15 + 0.35 * $1) with points pt 7 ps variable lc rgb colour(l, layers)
unset label

# b: the bend
set lmargin at screen 0.675; set rmargin at screen 0.985
set bmargin at screen 0.50
set xrange [-4:88]; set xtics 0, 20, 80; set format x ''
pad = 0.05 * (H_max - L_min)
set yrange [L_min - pad:H_max + pad]
step = H_max - L_min > 1.2 ? 0.5 : 0.2
set ytics step
unset xlabel
set ylabel 'bend / bits' offset 0.9, 0
set label 1 '(b)' at graph -0.24, graph 1.07
do for [l = 3:layers] {
    set label 10 + l name(l, layers) at 100 * S_min - 1, bend[l] + (l == 4 ? 0.05 : l == layers ? -0.05 : 0) right textcolor rgb colour(l, layers)
}
plot 0 with lines lw 0.6 lc rgb '#b0b0b0', \
    for [l = 3:layers] table using (100 * $1):(of(l, 15)):16:17 with yerrorbars pt 7 ps 0.22 lw 0.6 lc rgb colour(l, layers), \
    for [l = 3:layers] table using (100 * $1):(of(l, 15)) with lines lw 1.2 lc rgb colour(l, layers)
unset label

# c: the accuracy
set tmargin at screen 0.44; set bmargin at screen 0.15
set format x '%g'
set yrange [0.78:1.02]; set ytics 0.8, 0.1, 1
set xlabel 'training set / \% of the patterns' offset 0, 0.4
set ylabel 'accuracy' offset 0.7, 0
set label 1 '(c)' at graph -0.24, graph 1.08
set label 2 'trained patterns' at 84, 1.035 right textcolor rgb '#808080'
set label 3 'other patterns' at 30, 0.9 left textcolor rgb '#202020'
plot accuracy using (100 * $1):2 with lines lw 1.2 lc rgb '#a0a0a0', \
    accuracy using (100 * $1):5:6:7 with yerrorbars pt 7 ps 0.25 lw 0.6 lc rgb '#202020', \
    accuracy using (100 * $1):5 with lines lw 1.2 lc rgb '#202020'
unset multiplot
unset output
