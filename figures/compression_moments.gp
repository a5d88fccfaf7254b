# The information plane of every network at three moments (the original's Fig. 2): a dot per network
# and layer, a colour per layer.
load 'figures/style.gp'
set terminal cairolatex pdf input size 14.5cm,5.2cm color colortext
set output output
table = data . '/compression_moments.tsv'
layers = 6
# the three epochs of the table, which all have as many rows
stats table using 1 name 'E' nooutput
array epochs[3] = [E_min, E_median, E_max]
array title[3] = ['initial weights', sprintf('%d epochs', E_median), sprintf('%d epochs', E_max)]

# where the dots of a layer lie, to place its name; before there are ranges, which would cut them
array X[18]; array Y[18]; array low[18]; array high[18]
do for [p = 1:3] { do for [l = 1:layers] {
    stats table using ($1 == epochs[p] && $2 == l ? $4 : NaN) name 'X' nooutput
    stats table using ($1 == epochs[p] && $2 == l ? $5 : NaN) name 'Y' nooutput
    n = (p - 1) * layers + l
    X[n] = X_mean; Y[n] = Y_mean; low[n] = Y_min; high[n] = Y_max
} }

set multiplot
set xrange [0:12.6]; set yrange [0:1.06]
set xtics 0, 4, 12; set mxtics 4
set ytics 0, 0.5, 1; set mytics 2
set tmargin at screen 0.90; set bmargin at screen 0.20
do for [p = 1:3] {
    set lmargin at screen 0.085 + (p - 1) * 0.31
    set rmargin at screen 0.085 + (p - 1) * 0.31 + 0.275
    set label 1 title[p] at graph 0.5, graph 1.06 center
    set xlabel '$I(X;T)$ / bits' offset 0, 0.4
    if (p == 1) { set ylabel '$I(T;Y)$ / bits' offset 0.6, 0 } else { unset ylabel; set format y '' }
    do for [l = 1:layers] {
        n = (p - 1) * layers + l
        lx = l == 1 ? 12.5 : l == 2 ? 11.2 : l == 3 ? 12.1 : X[n]
        ly = l <= 2 ? 1.045 : l == 3 ? low[n] - 0.05 : Y[n] > 0.9 ? low[n] - 0.05 : high[n] + 0.055
        set label 10 + l name(l, layers) at lx, ly center textcolor rgb colour(l, layers)
    }
    plot for [l = 1:layers] table using ($1 == epochs[p] && $2 == l ? $4 : NaN):5 \
        with points pt 7 ps 0.22 lc rgb colour(l, layers)
}
unset multiplot
unset output
