# The recipe of the original's program: mean I(X;T), I(T;Y) and training accuracy against the epoch,
# with bands of one standard deviation; dots with bars are the values stored with the program, after as
# many updates.
load 'figures/style.gp'
set terminal cairolatex pdf input size 14.5cm,8.2cm color colortext
set output output
table = data . '/as_coded.tsv'
accuracy = data . '/as_coded_accuracy.tsv'
cells = data . '/as_coded_cells.tsv'
layers = 7
stats table using 1 name 'E' nooutput
# the logarithmic axis has no 0: the initial weights stand left of the first epoch
at(e) = e < 1 ? 0.4 : e
of(l, c) = $2 == l ? column(c) : NaN
stored(q, l, c) = (strcol(1) eq q && $3 == l) ? column(c) : NaN
# what is stored as an epoch is after its update
after(c) = column(c) + 1

# where the curves are to be named; before there are ranges, which would cut them
array X[7]; array Y[7]; array last[7]
do for [l = 1:layers] {
    stats table using ($1 == 20 ? of(l, 3) : NaN) name 'X' nooutput
    stats table using ($1 == E_max ? of(l, 3) : NaN) name 'L' nooutput
    stats table using ($1 == 20 ? of(l, 5) : NaN) name 'Y' nooutput
    X[l] = X_mean; Y[l] = Y_mean; last[l] = L_mean
}

set multiplot
set logscale x
set xrange [0.3:1.25 * E_max]
set xtics scale 0.5, 0 ('0' 0.4, '1' 1, '$10$' 10, '$10^2$' 100, '$10^3$' 1000, '$10^4$' 10000)
set style fill transparent solid 0.15 noborder

set lmargin at screen 0.085; set rmargin at screen 0.49
set tmargin at screen 0.975; set bmargin at screen 0.115
set xlabel 'epoch' offset 0, 0.4
set ylabel '$I(X;T)$ / bits' offset 0.6, 0
set yrange [0:12.6]; set ytics 0, 4, 12; set mytics 4
do for [l = 1:layers] {
    # the first two stand above the line that they share
    set label 10 + l name(l, layers) at (l == 2 ? 40 : 20), (l <= 2 ? 12.35 : X[l] - 0.42) center \
        textcolor rgb colour(l, layers)
}
plot for [l = 1:layers] table using (at($1)):(of(l, 3) - $4):(of(l, 3) + $4) with filledcurves \
        lc rgb colour(l, layers), \
    for [l = 1:layers] table using (at($1)):(of(l, 3)) with lines lw 1.5 lc rgb colour(l, layers), \
    for [l = 1:layers] cells using (after(2)):(stored('i_xt', l, 6) - $7):(0):(2 * $7) with vectors nohead \
        lw 0.6 lc rgb colour(l, layers), \
    for [l = 1:layers] cells using (after(2)):(stored('i_xt', l, 6)) with points pt 7 ps 0.28 \
        lc rgb colour(l, layers)

set lmargin at screen 0.615; set rmargin at screen 0.995
set bmargin at screen 0.455
unset xlabel; set xtics ('' 0.4, '' 1, '' 10, '' 100, '' 1000, '' 10000)
set ylabel '$I(T;Y)$ / bits' offset 0.9, 0
set yrange [0:1.06]; set ytics 0, 0.25, 1; set mytics 1
do for [l = 1:layers] {
    # the last one stands left of the one above it
    set label 10 + l name(l, layers) at (l == 2 ? 40 : l == layers ? 5.5 : 20), \
        (l <= 2 ? 1.045 : l == 3 ? Y[l] - 0.06 : Y[l] + 0.06) center textcolor rgb colour(l, layers)
}
plot for [l = 1:layers] table using (at($1)):(of(l, 5) - $6):(of(l, 5) + $6) with filledcurves \
        lc rgb colour(l, layers), \
    for [l = 1:layers] table using (at($1)):(of(l, 5)) with lines lw 1.5 lc rgb colour(l, layers), \
    for [l = 1:layers] cells using (after(2)):(stored('i_ty', l, 6) - $7):(0):(2 * $7) with vectors nohead \
        lw 0.6 lc rgb colour(l, layers), \
    for [l = 1:layers] cells using (after(2)):(stored('i_ty', l, 6)) with points pt 7 ps 0.28 \
        lc rgb colour(l, layers)

do for [l = 1:layers] { unset label 10 + l }
set tmargin at screen 0.405; set bmargin at screen 0.115
set xlabel 'epoch' offset 0, 0.4
set xtics ('0' 0.4, '1' 1, '$10$' 10, '$10^2$' 100, '$10^3$' 1000, '$10^4$' 10000)
set ylabel 'accuracy' offset 0.9, 0
set yrange [0.4:1.02]; set ytics 0.5, 0.25, 1
plot accuracy using (at($1)):($2 - $3):($2 + $3) with filledcurves lc rgb output_colour, \
    accuracy using (at($1)):2 with lines lw 1.5 lc rgb output_colour, \
    cells using (after(2)):(stored('accuracy', layers, 6) - $7):(0):(2 * $7) with vectors nohead \
        lw 0.6 lc rgb output_colour, \
    cells using (after(2)):(stored('accuracy', layers, 6)) with points pt 7 ps 0.28 lc rgb output_colour
unset multiplot
unset output
