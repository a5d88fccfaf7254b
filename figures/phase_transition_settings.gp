# The transition, median over networks and hidden layers, against learning rate and mini-batch, with
# 95 % intervals; the dotted line is the original's, the ring the setting nearest to it.
load 'figures/style.gp'
set terminal cairolatex pdf input size 10.5cm,6.2cm color colortext
set output output
table = data . '/phase_transition_settings.tsv'
numbers = data . '/phase_transition.num'
array batch[3] = [128, 256, 512]
array shade[3] = ['#27ad81', '#2c718e', '#440154']
set datafile missing NaN # a line goes on over the rows of the other batches

# the number of a key, the column c of a batch, elsewhere undefined
of(key) = strcol(1) eq 'phase_transition/' . key ? $3 : NaN
row(b, c) = $2 == batch[b] ? column(c) : NaN
stats numbers using (of('param.original')) name 'original' nooutput
stats numbers using (of('nearest/rate')) name 'rate' nooutput
stats numbers using (of('nearest/batch')) name 'batch' nooutput

set logscale xy
set xrange [0.0008:0.025]; set yrange [4:4000]
set xtics ('.001' .001, '.002' .002, '.003' .003, '.005' .005, '.01' .01, '.02' .02)
set ytics (10, 100, 1000); set mytics 10
set xlabel 'learning rate' offset 0, 0.4
set ylabel 'transition / epochs' offset 1, 0
set lmargin at screen 0.13; set rmargin at screen 0.79
set tmargin at screen 0.97; set bmargin at screen 0.17
set arrow 1 from graph 0, first original_min to graph 1, first original_min nohead lw 1 dt 3 lc rgb '#606060'
set label 1 'original' at graph 1.02, first original_min left textcolor rgb '#606060'
plot for [b = 1:3] table using 1:(row(b, 3)) with lines lw 1.2 lc rgb shade[b], \
    for [b = 1:3] table using 1:(row(b, 3)):4:5 with yerrorbars pt 7 ps 0.5 lw 1.2 lc rgb shade[b], \
    for [b = 1:3] table using (1.08 * $1):(row(b, 3)):($1 == .02 ? sprintf('batch of %d', batch[b]) : '') \
        with labels left textcolor rgb shade[b], \
    table using ($1 == rate_min ? $1 : NaN):($2 == batch_min ? $3 : NaN) with points pt 6 ps 1.1 lw 1.5 lc rgb '#404040'
unset output
