# The transition, median over networks and hidden layers, against learning rate and mini-batch, with
# 95 % intervals; the line is the original's, the ring the setting nearest to it.
load 'figures/style.gp'
set terminal cairolatex pdf input size 9.5cm,6cm color colortext
set output output
table = data . '/phase_transition_settings.tsv'
numbers = data . '/phase_transition.num'
array batch[3] = [128, 256, 512]
array shade[3] = ['#21908d', '#3b518b', '#440154']

# the number of a key
of(key) = strcol(1) eq 'phase_transition/' . key ? $3 : NaN
stats numbers using (of('param.original')) name 'original' nooutput
stats numbers using (of('nearest/rate')) name 'rate' nooutput
stats numbers using (of('nearest/crossing')) name 'nearest' nooutput

# where the lines end, to place the names
set logscale xy
set xrange [0.0008:0.028]; set yrange [10:2500]
set xtics ('.001' .001, '.002' .002, '.003' .003, '.005' .005, '.01' .01, '.02' .02)
set ytics (10, 30, 100, 300, 1000); set mytics 1
set xlabel 'learning rate' offset 0, 0.4
set ylabel 'transition / epochs' offset 1, 0
set lmargin at screen 0.13; set rmargin at screen 0.86
set tmargin at screen 0.97; set bmargin at screen 0.17
set arrow 1 from graph 0, first original_min to graph 1, first original_min nohead lw 1 dt 3 lc rgb '#606060'
set label 1 'original' at graph 1.01, first original_min left textcolor rgb '#606060'
# column c of one batch
row(b, c) = $2 == batch[b] ? column(c) : NaN
plot for [b = 1:3] table using 1:(row(b, 3)) with lines lw 1.2 lc rgb shade[b], \
    for [b = 1:3] table using 1:(row(b, 3)):4:5 with yerrorbars pt 7 ps 0.35 lw 1 lc rgb shade[b], \
    for [b = 1:3] table using 1:(row(b, 3)):($1 == .02 ? sprintf('  batch %d', batch[b]) : '') with labels left textcolor rgb shade[b], \
    table using ($1 == rate_min && $3 == nearest_min ? $1 : NaN):3 with points pt 6 ps 1 lw 1.5 lc rgb '#404040'
unset output
