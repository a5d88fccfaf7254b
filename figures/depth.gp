# Mean paths in the information plane for one to six hidden layers (the original's Fig. 5): colour is
# the epoch.
load 'figures/style.gp'
set terminal cairolatex pdf input size 14.5cm,9.0cm color colortext
set output output
table = data . '/depth.tsv'
depths = 6
# column c of layer l of the networks with h hidden layers, elsewhere undefined
of(h, l, c) = ($1 == h && $2 == l) ? column(c) : NaN
title(h) = h == 1 ? '1 hidden layer' : sprintf('%d hidden layers', h)

# where the paths start, to place the names; before there are ranges, which would cut them
array X[6 * 7]; array Y[6 * 7]
do for [h = 1:depths] { do for [l = 1:h+1] {
    stats table using ($3 == 0 ? of(h, l, 4) : NaN) name 'X' nooutput
    stats table using ($3 == 0 ? of(h, l, 6) : NaN) name 'Y' nooutput
    X[(h - 1) * 7 + l] = X_mean; Y[(h - 1) * 7 + l] = Y_mean
} }
stats table using 3 name 'E' nooutput

set multiplot
set xrange [0:12.6]; set yrange [0:1.12]
set xtics 0, 4, 12; set mxtics 4
set ytics 0, 0.25, 1
eval colorbar(0.93, 0.30, 0.013, 0.45, 1., 10000.)
set cbtics ('1' 1, '$10$' 10, '$10^2$' 100, '$10^3$' 1000, '$10^4$' 10000) scale 0 offset -0.6, 0
set label 3 'epoch' at screen 0.945, screen 0.79 center
do for [h = 1:depths] {
    row = (h - 1) / 3; col = (h - 1) % 3
    set lmargin at screen 0.085 + col * 0.277
    set rmargin at screen 0.085 + col * 0.277 + 0.25
    set tmargin at screen 0.945 - row * 0.47
    set bmargin at screen 0.945 - row * 0.47 - 0.355
    set label 1 title(h) at graph 0.5, graph 1.07 center
    if (row == 1) { set xlabel '$I(X;T)$ / bits' offset 0, 0.4; set format x '%g' } else { unset xlabel; set format x '' }
    if (col == 0) { set ylabel '$I(T;Y)$ / bits' offset 1.6, 0; set format y '%g' } else { unset ylabel; set format y '' }
    if (h == 2) { unset colorbox; unset label 3; do for [k = 0:95] { unset object 9000+k } }
    corner = 0 # names of the layers that start in the upper right corner stand in a row there
    do for [l = 1:h+1] {
        lx = X[(h - 1) * 7 + l]
        ly = Y[(h - 1) * 7 + l] - 0.065
        if (ly > 0.87) { lx = 12.1 - 1.3 * corner; ly = 1.065; corner = corner + 1 }
        if (ly < 0.045) { lx = lx - 0.85; ly = 0.06 }
        if (lx < 0.5) { lx = 0.5 }
        set label 10 + l name(l, h + 1) at lx, ly center textcolor rgb colour(l, h + 1)
    }
    plot for [l = 1:h+1] table using (of(h, l, 4)):6 with lines lc rgb '#b0b0b0' lw 0.6, \
        for [l = 1:h+1] table using (of(h, l, 4)):6 with points pt 7 ps 0.34 lc rgb 'white', \
        for [l = 1:h+1] table using (of(h, l, 4)):6:($3 < 1 ? 1 : $3) with points pt 7 ps 0.27 lc palette
}
unset multiplot
unset output
