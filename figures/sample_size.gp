# Trained layers for all sizes of the training set (the original's Fig. 7): (a) in the information plane,
# beside the bound; (b) the C itself, I(X;T) less its mean at the middle sizes, with what is lost of the
# label on a logarithmic scale, so that the large sizes are apart; (c) the bend against the size; (d) the accuracy on patterns that were not trained on.
load 'figures/style.gp'
set terminal cairolatex pdf input size 14.5cm,10.4cm color colortext
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

stats table using ($2 == 4 || $2 == 5 ? column(16) : NaN) name 'CL' nooutput
stats table using ($2 == 4 || $2 == 5 ? column(17) : NaN) name 'CH' nooutput
stats bound using 2 name 'BX' nooutput
stats bound using 3 name 'B' nooutput
lost(l) = $2 == l ? B_max - $6 : NaN
stats table using (lost(4)) name 'K4' nooutput
stats table using (lost(5)) name 'K5' nooutput
step = CH_max - CL_min > 1.4 ? 0.5 : 0.2

set multiplot
set tmargin at screen 0.95; set bmargin at screen 0.595
# a: the plane; the dots grow with the size
set lmargin at screen 0.095; set rmargin at screen 0.49
set xrange [0:12.6]; set yrange [0.3:1.03]
set xtics 0, 4, 12; set mxtics 4; set ytics 0.4, 0.2, 1
set xlabel '$I(X;T)$ / bits' offset 0, 0.4
set ylabel '$I(T;Y)$ / bits' offset 1.0, 0
set label 1 '(a)' at graph -0.2, graph 1.05
set label 2 'bound' at BX_max + 0.25, B_max left textcolor rgb '#808080'
do for [l = 4:layers] {
    set label 10 + l name(l, layers) at X0[l] + (l == layers ? 0.5 : 0), Y0[l] - (l == layers ? 0.01 : 0.045) center textcolor rgb colour(l, layers)
}
set label 13 name(3, layers) at X0[3], Y0[3] - 0.045 center textcolor rgb colour(3, layers)
set label 11 name(1, layers) at 12.4, 1.03 center textcolor rgb colour(1, layers)
set label 12 name(2, layers) at 11.3, 1.03 center textcolor rgb colour(2, layers)
set label 20 sprintf('%.0f\,\%%', 100 * S_min) at X0[5] + 0.3, Y0[5] left textcolor rgb '#606060'
set label 21 sprintf('%.0f\,\%%', 100 * S_max) at X1[5] + 0.05, Y1[5] + 0.045 center textcolor rgb '#606060'
plot bound using 2:3 with lines lw 1.2 lc rgb '#b0b0b0', \
    for [l = 1:layers] table using (of(l, 3)):6 with lines lw 1.2 lc rgb colour(l, layers), \
    for [l = 1:layers] table using (of(l, 3)):6:(0.15 + 0.35 * $1) with points pt 7 ps variable lc rgb colour(l, layers)
unset label

# b: the C
set lmargin at screen 0.61; set rmargin at screen 0.985
set xrange [CL_min - 0.04 * (CH_max - CL_min):CH_max + 0.14 * (CH_max - CL_min)]
set xtics step; unset mxtics
set logscale y
set yrange [2.2 * (K4_max > K5_max ? K4_max : K5_max):0.45 * (K4_min < K5_min ? K4_min : K5_min)]
set ytics ('.5' 0.5, '.2' 0.2, '.1' 0.1, '.05' 0.05, '.02' 0.02, '.01' 0.01, '.005' 0.005, '.002' 0.002, '.001' 0.001)
set ylabel '$I(X;Y) - I(T;Y)$ / bits' offset 0.5, -0.3
set xlabel 'bend of $I(X;T)$ / bits' offset 0, 0.4
set label 1 '(b)' at graph -0.2, graph 1.05
do for [l = 4:5] {
    set label 10 + l name(l, layers) at bend[l] + 0.02 * (CH_max - CL_min), 1.5 * (B_max - Y0[l]) left textcolor rgb colour(l, layers)
}
set arrow 1 from 0, graph 0 to 0, graph 1 nohead lw 0.6 lc rgb '#b0b0b0' back
plot for [l = 4:5] table using (of(l, 15)):(lost(l)):16:17 with xerrorbars pt 7 ps 0.1 lw 0.6 lc rgb colour(l, layers), \
    for [l = 4:5] table using (of(l, 15)):(lost(l)) with lines lw 1.2 lc rgb colour(l, layers), \
    for [l = 4:5] table using (of(l, 15)):(lost(l)):(0.15 + 0.4 * $1) with points pt 7 ps variable lc rgb colour(l, layers)
unset label; unset arrow
unset logscale y

# c: the bend against the size
set tmargin at screen 0.455; set bmargin at screen 0.10
set lmargin at screen 0.095; set rmargin at screen 0.49
set xrange [-6:88]; set xtics 0, 20, 80; set mxtics 2
pad = 0.05 * (H_max - L_min)
set yrange [L_min - pad:H_max + pad]
step = H_max - L_min > 1.4 ? 0.5 : 0.2
set ytics autofreq; set ytics step; unset mytics
set xlabel 'training set / \% of the patterns' offset 0, 0.4
set ylabel 'bend of $I(X;T)$ / bits' offset 1.0, 0
set label 1 '(c)' at graph -0.2, graph 1.05
# names at the smallest size, pushed apart
array P[layers]
do for [l = 3:layers] { P[l] = bend[l] }
do for [k = 1:30] { do for [i = 3:layers] { do for [j = 3:layers] {
    if (i != j && P[i] >= P[j] && P[i] - P[j] < 1.9 * pad) { P[i] = P[i] + 0.1 * pad; P[j] = P[j] - 0.1 * pad }
} } }
do for [l = 3:layers] {
    set label 10 + l name(l, layers) at 100 * S_min - 1.5, P[l] right textcolor rgb colour(l, layers)
}
plot 0 with lines lw 0.6 lc rgb '#b0b0b0', \
    for [l = 3:layers] table using (100 * $1):(of(l, 15)):16:17 with yerrorbars pt 7 ps 0.22 lw 0.6 lc rgb colour(l, layers), \
    for [l = 3:layers] table using (100 * $1):(of(l, 15)) with lines lw 1.2 lc rgb colour(l, layers)
unset label

# d: the accuracy
set lmargin at screen 0.61; set rmargin at screen 0.985
set yrange [0.78:1.02]; set ytics 0.8, 0.1, 1
set ylabel 'accuracy' offset 0.9, 0
set label 1 '(d)' at graph -0.2, graph 1.05
set label 2 'trained patterns' at 84, 1.012 right textcolor rgb '#808080'
set label 3 'other patterns' at 30, 0.9 left textcolor rgb '#202020'
plot accuracy using (100 * $1):2 with lines lw 1.2 lc rgb '#a0a0a0', \
    accuracy using (100 * $1):5:6:7 with yerrorbars pt 7 ps 0.25 lw 0.6 lc rgb '#202020', \
    accuracy using (100 * $1):5 with lines lw 1.2 lc rgb '#202020'
unset multiplot
unset output
