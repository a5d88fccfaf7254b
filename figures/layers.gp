# How far the layers of different networks lie apart: standard deviation over networks of I(X;T) and
# I(T;Y) along the epochs, of networks as described.  The first epoch stands at 0.7.
load 'figures/style.gp'
set terminal cairolatex pdf input size 14.5cm,6.0cm color colortext
set output output
table = data . '/layers.tsv'
layers = 6
# column c of one layer as described, elsewhere undefined
of(l, c) = (strcol(1) eq 'described' && $2 == l) ? column(c) : NaN
x(e) = e < 1 ? 0.7 : e
array axis[2] = ['deviation of $I(X;T)$ / bits', 'deviation of $I(T;Y)$ / bits']
array spread[2] = [6, 9]

# how far the axes go and where the lines begin, to place the names; before there are ranges
stats table using (of(1, 3)) name 'epoch' nooutput
array most[2]; array start[12]
do for [p = 1:2] {
    stats table using (strcol(1) eq 'described' ? column(spread[p]) : NaN) name 'S' nooutput
    most[p] = 1.1 * S_max
    do for [l = 1:layers] {
        stats table using ($3 == 0 ? of(l, spread[p]) : NaN) name 'E' nooutput
        start[(p - 1) * layers + l] = E_mean
    }
}

set multiplot
set logscale x
set xrange [0.6:epoch_max]
set format x '$10^{%L}$'
set xlabel 'epoch' offset 0, 0.4
set tmargin at screen 0.95; set bmargin at screen 0.18
do for [p = 1:2] {
    set lmargin at screen 0.085 + (p - 1) * 0.51
    set rmargin at screen 0.085 + (p - 1) * 0.51 + 0.39
    set yrange [-0.09*most[p]:most[p]]
    set ytics autofreq
    set ylabel axis[p] offset 1.0, 0
    # names over the starts of the lines, under them where another line is close above; that of
    # the output stands further right; what starts at 0 shares one, under the lines
    line = 0.075 * most[p]
    n = (p - 1) * layers
    zero = ''
    do for [l = 1:layers] {
        unset label 10 + l
        close = 0
        do for [k = 1:layers] { close = close || (start[n + k] > start[n + l] && start[n + k] < start[n + l] + 1.2 * line) }
        if (start[n + l] < 0.02 * most[p]) { zero = zero . sprintf('\textcolor[HTML]{%s}{%s} ', colour(l, layers)[2:7], name(l, layers)) } \
        else { set label 10 + l name(l, layers) at l == layers ? 5 : 0.8, start[n + l] + (close ? -0.6 : l == layers ? 0.85 : 0.6) * line left textcolor rgb colour(l, layers) }
    }
    set label 10 zero at 0.8, -0.6 * line left
    plot for [l = 1:layers] table using (x($3)):(of(l, spread[p])) with lines lw 2 lc rgb colour(l, layers)
}
unset multiplot
unset output
