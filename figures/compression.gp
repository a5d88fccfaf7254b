# Mean paths in the information plane for three training sizes (the original's Fig. 3): colour is
# the epoch; the ring marks where the median signal-to-noise ratio of the layer's gradient, above 1
# before, falls below it.
load 'figures/style.gp'
set terminal cairolatex pdf input size 14.5cm,5.8cm color colortext
set output output
table = data . '/compression.tsv'
layers = 6
array sets[3] = ['p05', 'p45', 'p85']
array title[3] = ['5\,\% of the patterns', '45\,\%', '85\,\%']
crossings = data . '/compression_crossings.tsv'
# column c of one layer of a set, elsewhere undefined
of(s, l, c) = (strcol(1) eq s && $2 == l) ? column(c) : NaN

# where the paths start, to place the names; before there are ranges, which would cut them
array X[18]; array Y[18]
do for [p = 1:3] { do for [l = 1:layers] {
    stats table using ($3 == 0 ? of(sets[p], l, 4) : NaN) name 'X' nooutput
    stats table using ($3 == 0 ? of(sets[p], l, 6) : NaN) name 'Y' nooutput
    X[(p - 1) * layers + l] = X_mean; Y[(p - 1) * layers + l] = Y_mean
} }

set multiplot
set xrange [0:12.6]; set yrange [0:1.06]
set xtics 0, 4, 12; set mxtics 4
set ytics 0, 0.5, 1; set mytics 2
set tmargin at screen 0.91; set bmargin at screen 0.17
eval colorbar(0.93, 0.25, 0.013, 0.55, 1., 10000.)
set cbtics ('1' 1, '$10$' 10, '$10^2$' 100, '$10^3$' 1000, '$10^4$' 10000) scale 0 offset -0.6, 0
set label 3 'epoch' at screen 0.945, screen 0.86 center
do for [p = 1:3] {
    set lmargin at screen 0.085 + (p - 1) * 0.277
    set rmargin at screen 0.085 + (p - 1) * 0.277 + 0.25
    set label 1 title[p] at graph 0.5, graph 1.06 center
    set xlabel '$I(X;T)$ / bits' offset 0, 0.4
    if (p == 1) { set ylabel '$I(T;Y)$ / bits' offset 0.6, 0 } else { unset ylabel; set format y '' }
    if (p == 2) { unset colorbox; unset label 3; do for [k = 0:95] { unset object 9000+k } }
    do for [l = 1:layers] {
        # the name stands below the start of the path
        n = (p - 1) * layers + l
        lx = l == 1 ? 12.5 : l == 2 ? 11.2 : X[n]
        ly = l <= 2 ? 1.045 : Y[n] - 0.055
        if (ly < 0.03) { lx = lx - 0.75; ly = 0.05 }
        set label 10 + l name(l, layers) at lx, ly center textcolor rgb colour(l, layers)
    }
    plot for [l = 1:layers] table using (of(sets[p], l, 4)):6 with lines lc rgb '#b0b0b0' lw 0.6, \
        for [l = 1:layers] table using (of(sets[p], l, 4)):6 with points pt 7 ps 0.34 lc rgb 'white', \
        for [l = 1:layers] table using (of(sets[p], l, 4)):6:($3 < 1 ? 1 : $3) with points pt 7 ps 0.27 lc palette, \
        crossings using (strcol(1) eq sets[p] ? $4 : NaN):5 with points pt 6 ps 0.62 lw 1.5 lc rgb '#404040'
}
unset multiplot
unset output
