# Trained layers against the bound (the original's Fig. 6): the curve, the frontier of the
# deterministic encoders, and the layers at three training sizes with their standard deviation over
# networks; on the right the upper edge of the plane again.  Numbers: the beta of each layer at 85 %.
load 'figures/style.gp'
set terminal cairolatex pdf input size 14.5cm,6.6cm color colortext
set output output
table = data . '/ib_bound.tsv'
curve = data . '/ib_curve.tsv'
frontier = data . '/ib_bound_frontier.tsv'
layers = 6
array sets[3] = ['p85', 'p45', 'p05']
array mark[3] = [7, 9, 5]
array size[3] = [0.55, 0.55, 0.45]

# the gamma of the task is the larger of the two
stats curve using 1 name 'G' nooutput
own(c) = $1 == G_max ? column(c) : NaN
stats curve using (own(3)):(own(4)) name 'C' nooutput
# mean and standard deviation of layer l of set p; its index is (p - 1) layers + l
pick(p, l, q, c) = (strcol(1) eq sets[p] && $2 == l && strcol(3) eq q) ? column(c) : NaN
array X[18]; array Y[18]; array DX[18]; array DY[18]
do for [p = 1:3] { do for [l = 1:layers] {
    n = (p - 1) * layers + l
    stats table using (pick(p, l, 'i-xt', 4)) name 'V' nooutput; X[n] = V_mean
    stats table using (pick(p, l, 'i-xt', 7)) name 'V' nooutput; DX[n] = V_mean
    stats table using (pick(p, l, 'i-ty', 4)) name 'V' nooutput; Y[n] = V_mean
    stats table using (pick(p, l, 'i-ty', 7)) name 'V' nooutput; DY[n] = V_mean
} }
# beta as text
array B[6]
beta(l) = (strcol(1) eq 'p85' && $2 == l && strcol(3) eq 'beta') ? (strcol(4) eq 'inf' ? 1e9 : $4) : NaN
do for [l = 1:layers] {
    stats table using (beta(l)) name 'V' nooutput
    B[l] = V_mean == 1e9 ? '$\infty$' : V_mean > 1000 ? '$\gg$' : sprintf(V_mean < 10 ? '%.1f' : '%.0f', V_mean)
}

set multiplot
# beyond its last point the curve is level, as far as can be seen
set arrow from C_max_x, C_max_y to 12.7, C_max_y nohead lw 1.8 lc rgb '#909090' back
set xrange [0:12.7]
set xtics 0, 4, 12; set mxtics 4
set xlabel '$I(X;T)$ / bits' offset 0, 0.4
set tmargin at screen 0.86; set bmargin at screen 0.17
do for [w = 1:2] {
    set lmargin at screen w == 1 ? 0.095 : 0.60
    set rmargin at screen w == 1 ? 0.485 : 0.975
    if (w == 1) {
        set yrange [0:1.02]; set ytics 0, 0.25, 1
        set ylabel '$I(T;Y)$ / bits' offset 0.5, 0
        set label 30 '5\,\%' at X[17] + 0.5, Y[17] - 0.09
        set label 31 'bound' at 0.75, 0.30 textcolor rgb '#606060'
    } else {
        set yrange [0.9:1]; set ytics 0.9, 0.02, 1
        unset ylabel; unset label 31
        unset label 30
        if (Y[5] > 0.91) { set label 30 '85\,\%' at X[5] + 1.5, Y[5] - 0.003 }
        if (Y[11] > 0.91) { set label 32 '45\,\%' at X[11] + 1.2, Y[11] - 0.003 }
    }
    do for [l = 1:layers] {
        # name and beta above the plot; the first layers lie together
        lx = l == 1 ? 12.95 : l == 2 ? 12.1 : l == 3 ? 10.9 : l == 4 && X[4] > 9.4 ? 9.4 : X[l]
        set label 10 + l name(l, layers) at lx, graph 1.14 center textcolor rgb colour(l, layers)
        set label 20 + l B[l] at lx, graph 1.06 center textcolor rgb colour(l, layers)
    }
    set label 29 '$\beta^*$' at graph -0.06, graph 1.06 right
    plot curve using (own(3)):4 with lines lw 1.8 lc rgb '#909090', \
        frontier using (own(3)):($5 > 1 && $5 < 7 ? $4 : NaN) with points pt 6 ps 0.45 lw 0.8 lc rgb '#404040', \
        for [n = 1:18] '+' using (X[n]):(Y[n]):(DX[n]):(DY[n]) every ::0::0 with xyerrorbars \
            pt mark[(n + 5) / 6] ps size[(n + 5) / 6] lw 0.8 lc rgb colour((n - 1) % 6 + 1, layers)
}
unset multiplot
unset output
