# I(X;T) of the last layers over training, with the noise of mini-batches (solid) and without it
# (dashed): means over networks, the bands a standard error to both sides.
load 'figures/style.gp'
set terminal cairolatex pdf input size 9.5cm,6.2cm color colortext
set output output
table = data . '/phase_transition.tsv'
layers = 6
of(s, l, c) = (strcol(1) eq s && $2 == l) ? column(c) : NaN
set logscale x
set xrange [1:10000]; set yrange [0:12.6]
set format x '$10^{%L}$'
set ytics 0, 4, 12; set mytics 4
set xlabel 'epoch' offset 0, 0.4
set ylabel '$I(X;T)$ / bits' offset 1.2, 0
set lmargin at screen 0.12; set rmargin at screen 0.92
set tmargin at screen 0.97; set bmargin at screen 0.17
plot for [l = 3:layers] table using 3:(of('mini-batch', l, 4) - $5):($4 + $5) with filledcurves fc rgb colour(l, layers) fs transparent solid 0.2, \
    for [l = 3:layers] table using 3:(of('full-batch', l, 4) - $5):($4 + $5) with filledcurves fc rgb colour(l, layers) fs transparent solid 0.2, \
    for [l = 3:layers] table using 3:(of('mini-batch', l, 4)) with lines lw 2 lc rgb colour(l, layers), \
    for [l = 3:layers] table using 3:(of('full-batch', l, 4)) with lines lw 2 dt (5, 3) lc rgb colour(l, layers)
unset output
