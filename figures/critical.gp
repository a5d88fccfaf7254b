# Steps of the alternating iteration along beta for the task's rule and a softer one, with their
# transitions, and a triangle where counting ended first; and the beta of every layer of every network.
load 'figures/style.gp'
set terminal cairolatex pdf input size 14.5cm,10cm color colortext
set output output
table = data . '/critical.tsv'
transitions = data . '/critical_transitions.tsv'
networks = data . '/critical_networks.tsv'
layers = 6
most = 2000.0 # betas beyond stand in a column of their own, at
infinity = 4500.0

stats networks using 3 name 'N' nooutput
jitter(k) = 0.62 * ((k + 0.5) / (N_max + 1) - 0.5)
shown(b) = b > most ? infinity * exp(0.2 * (rand(0) - 0.5)) : b

set multiplot
set lmargin at screen 0.11; set rmargin at screen 0.985
set logscale x; set xrange [0.9:6500]
set xtics ('' 1, '' 10, '' 100, '' 1000); set mxtics 10
set logscale y; set yrange [10:2e5]
set ytics ('$10$' 10, '$10^2$' 100, '$10^3$' 1000, '$10^4$' 1e4, '$10^5$' 1e5)
set ylabel 'steps' offset 0.6, 0
array source[2] = ['task', 'soft']
array title[2] = ['the rule of the task', 'a softer rule']
do for [p = 1:2] {
    set tmargin at screen 0.97 - (p - 1) * 0.26
    set bmargin at screen 0.75 - (p - 1) * 0.26
    set label 1 sprintf('(%s) %s', p == 1 ? 'a' : 'b', title[p]) at graph 0.01, graph 1.06
    plot transitions using (strcol(1) eq source[p] ? $3 : NaN):(10):(0):(2e5) with vectors nohead lw 0.8 dt 3 lc rgb '#909090', \
        table using (strcol(1) eq source[p] ? $2 : NaN):3 with lines lw 1.2 lc rgb '#202020', \
        table using (strcol(1) eq source[p] && $4 > 0 ? $2 : NaN):3 with points pt 9 ps 0.6 lc rgb layer[4], \
        transitions using (strcol(1) eq source[p] ? 0.99 * $3 : NaN):7 with points pt 7 ps 0.3 lc rgb layer[1], \
        transitions using (strcol(1) eq source[p] ? 1.01 * $3 : NaN):8 with points pt 7 ps 0.3 lc rgb layer[1]
}
unset label

# c: the layers, one row each, trained above untrained
set tmargin at screen 0.43; set bmargin at screen 0.10
set xtics ('1' 1, '10' 10, '100' 100, '1000' 1000, '$>\!2000$' infinity)
unset logscale y; set yrange [6.9:0.3]
unset ytics; set border 1
unset ylabel
set xlabel '$\beta$' offset 0, 0.4
set label 1 '(c) layers: trained in colour, untrained in grey' at graph 0.01, graph 1.05
do for [l = 1:layers] {
    set label 10 + l name(l, layers) at graph -0.03, first l center textcolor rgb colour(l, layers)
}
plot transitions using (strcol(1) eq 'task' ? $3 : NaN):(0.3):(0):(6.6) with vectors nohead lw 0.8 dt 3 lc rgb '#909090', \
    networks using (strcol(1) eq 'untrained' ? shown($4) : NaN):($2 + 0.2 + 0.5 * jitter($3)) with points pt 7 ps 0.2 lc rgb '#b0b0b0', \
    for [l = 1:layers] networks using (strcol(1) eq 'trained' && $2 == l ? shown($4) : NaN):($2 - 0.2 + 0.5 * jitter($3)) with points pt 7 ps 0.22 lc rgb colour(l, layers)
unset multiplot
unset output
