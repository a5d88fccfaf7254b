# Three widths of the hidden layers: above, mean I(X;T) of the layers along the epochs, the band a standard
# deviation over networks to both sides; below, the share of the networks in which the compression of a layer
# has begun, in the same colours.
load 'figures/style.gp'
set terminal cairolatex pdf input size 14.5cm,8.8cm color colortext
set output output
table = data . '/layers.tsv'
layers = 6
array sets[3] = ['described', 'wide', 'wider']
array title[3] = ['as described', 'twice as wide', 'four times as wide']
# column c of one layer of a set, elsewhere undefined
of(s, l, c) = (strcol(1) eq s && $2 == l) ? column(c) : NaN
x(e) = e < 1 ? 0.7 : e

# where the lines begin and end, to place the names; before there are ranges
stats table using (of(sets[1], 1, 3)) name 'epoch' nooutput
array start[18]
do for [p = 1:3] { do for [l = 1:layers] {
    stats table using ($3 == 0 ? of(sets[p], l, 4) : NaN) name 'S' nooutput
    start[(p - 1) * layers + l] = S_mean
} }

set multiplot
set logscale x
set xrange [0.6:epoch_max]
do for [p = 1:3] {
    set lmargin at screen 0.085 + (p - 1) * 0.305
    set rmargin at screen 0.085 + (p - 1) * 0.305 + 0.262
    # above
    set tmargin at screen 0.94; set bmargin at screen 0.52
    set yrange [0:13.5]; set ytics 0, 4, 12; set mytics 4
    set format x ''; unset xlabel
    if (p == 1) { set ylabel '$I(X;T)$ / bits' offset 0.6, 0; set format y '%g' } else { unset ylabel; set format y '' }
    set label 1 title[p] at graph 0.5, graph 1.06 center
    # names of the layers that start at the top above it, others under their lines, the lowest over it
    top = ''
    do for [l = 1:layers] {
        y = start[(p - 1) * layers + l]
        unset label 10 + l
        if (y > 11.5) { top = top . sprintf('\textcolor[HTML]{%s}{%s} ', colour(l, layers)[2:7], name(l, layers)) } \
        else { set label 10 + l name(l, layers) at 0.85, y < 2 ? y + 1.3 : y - 0.75 left textcolor rgb colour(l, layers) }
    }
    set label 2 top at 0.85, 12.75 left
    plot for [l = 1:layers] table using (x($3)):(of(sets[p], l, 4) - $6):($4 + $6) \
            with filledcurves fc rgb colour(l, layers) fs transparent solid 0.2, \
        for [l = 1:layers] table using (x($3)):(of(sets[p], l, 4)) with lines lw 2 lc rgb colour(l, layers)
    # below
    set tmargin at screen 0.47; set bmargin at screen 0.115
    set yrange [0:1.06]; set ytics 0, 0.5, 1; set mytics 2
    set format x '$10^{%L}$'; set xlabel 'epoch' offset 0, 0.4
    if (p == 1) { set ylabel 'share that compresses' offset 0.6, 0; set format y '%g' }
    unset label
    plot for [l = 1:layers] table using (x($3)):(of(sets[p], l, 10)) with steps lw 2 lc rgb colour(l, layers)
}
unset multiplot
unset output
