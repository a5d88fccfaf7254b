# Mean paths in the information plane by the recipe of the original's program: colour is the
# epoch.
load 'figures/style.gp'
set terminal cairolatex pdf input size 10.5cm,5.6cm color colortext
set output output
table = data . '/as_coded.tsv'
cells = data . '/as_coded_cells.tsv'
layers = 7
of(l, c) = $2 == l ? column(c) : NaN
stats table using 1 name 'E' nooutput

# where the paths start, to place the names; before there are ranges, which would cut them
array X[7]; array Y[7]
do for [l = 1:layers] {
    stats table using ($1 == 0 ? of(l, 3) : NaN) name 'X' nooutput
    stats table using ($1 == 0 ? of(l, 5) : NaN) name 'Y' nooutput
    X[l] = X_mean; Y[l] = Y_mean
}

set xrange [0:12.6]; set yrange [0:1.06]
set xtics 0, 4, 12; set mxtics 4
set ytics 0, 0.25, 1
set lmargin at screen 0.135; set rmargin at screen 0.86
set tmargin at screen 0.97; set bmargin at screen 0.155
eval colorbar(0.91, 0.2, 0.017, 0.5, 1., 10000.)
set cbtics ('1' 1, '$10$' 10, '$10^2$' 100, '$10^3$' 1000, '$10^4$' 10000) scale 0 offset -0.6, 0
set label 3 'epoch' at screen 0.925, screen 0.78 center
set xlabel '$I(X;T)$ / bits' offset 0, 0.4
set ylabel '$I(T;Y)$ / bits' offset 0.6, 0
do for [l = 1:layers] {
    # the name stands below the start of the path; the first three start at one place
    lx = l == 1 ? 12.5 : l == 2 ? 11.6 : l == 3 ? X[l] + 0.2 : X[l]
    ly = l <= 2 ? 1.04 : l == 3 ? Y[l] - 0.06 : Y[l] - 0.05
    if (ly < 0.03) { lx = lx - 0.4; ly = 0.05 }
    set label 10 + l name(l, layers) at lx, ly center textcolor rgb colour(l, layers)
}
plot for [l = 1:layers] table using (of(l, 3)):5 with lines lc rgb '#b0b0b0' lw 0.6, \
    for [l = 1:layers] table using (of(l, 3)):5 with points pt 7 ps 0.34 lc rgb 'white', \
    for [l = 1:layers] table using (of(l, 3)):5:($1 < 1 ? 1 : $1) with points pt 7 ps 0.27 lc palette
unset output
