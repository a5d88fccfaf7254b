# Depth and training time: epochs until the output has its information against depth, against the
# goal, and against the learning rate as described and as coded.
load 'figures/style.gp'
set terminal cairolatex pdf input size 14.5cm,10.2cm color colortext
set output output
speed = data . '/depth_speed.tsv'
rates = data . '/depth_rates.tsv'
array setting[4] = ['one', 'best', 'coded', 'coded-best']
array text[4] = ['one rate', 'best rate', 'as coded', 'as coded, best rate']
array tint[4] = ['#202020', '#6a3d9a', '#8c6d31', '#1f78b4']
tinted(s) = tint[s]; named(s) = text[s]; greyed(h) = grey[h < 4 ? h : 6]
called(h) = h < 4 ? sprintf('%d', h) : '4--6'
array mark[4] = [7, 6, 5, 4]
# of the rows of a setting, by depth to the goal of the verdict
by_depth(s, c) = (strcol(1) eq setting[s] && strcol(2) eq 'information') ? column(c) : NaN
# and by goal, with six hidden layers
goals = data . '/depth_goals.tsv'
by_goal(s, c) = strcol(1) eq setting[s] ? column(c) : NaN
# of a depth h, from light to dark, the time at a rate
by_rate(s, h, c) = (strcol(1) eq setting[s] && strcol(2) eq 'information' && $3 == h) ? column(c) : NaN
array grey[6] = ['#b8b8b8', '#9c9c9c', '#808080', '#606060', '#404040', '#000000']
finite(x) = x > 0 && x < 1e9 ? x : NaN
known(x, low) = low > -1 ? finite(x) : NaN # and so is its interval
number(x) = x > 0 && x < 1e9 ? x : 0
# an interval that is not known on one side ends with the axis
at_least(x, y) = x > y ? x : y
at_most(x, y) = x < y ? x : y

# where lines end, to place their names, 0 if there are none; before there are ranges, which would cut
# them
array begin[4]; array faster[4]
do for [s = 1:4] {
    stats speed using (strcol(1) eq setting[s] && strcol(2) eq 'information' && $4 == 1 ? number($8) : 0) name 'Y' nooutput
    begin[s] = Y_max
    stats speed using (strcol(1) eq setting[s] && strcol(2) eq 'i80' && $4 == 6 ? number($11) : 0) name 'Y' nooutput
    faster[s] = Y_max
}
array left[12] # with 1 to 6 hidden layers at the lowest rate, as described and as coded
do for [s = 0:1] { do for [h = 1:6] {
    stats speed using (strcol(1) eq setting[1 + 2 * s] && strcol(2) eq 'information' && $4 == h ? number($8) : 0) name 'Y' nooutput
    left[6 * s + h] = Y_max
} }

set multiplot
set logscale y
set mytics 10

# a: epochs against depth
set lmargin at screen 0.075; set rmargin at screen 0.475
set tmargin at screen 0.945; set bmargin at screen 0.605
set label 1 '(a)' at graph -0.16, graph 1.1
set xrange [0.7:6.3]; set xtics 1, 1, 6
set yrange [30:40000]
set format y '$10^{%T}$'
set xlabel 'hidden layers' offset 0, 0.5
set label 2 'epochs' at graph 0, graph 1.1
if (begin[1] > 0) { set label 11 named(1) at 1.25, begin[1] left offset 0, 0.3 textcolor rgb tinted(1) }
if (begin[3] > 0) { set label 13 named(3) at 0.85, begin[3] left offset 0, -1.7 textcolor rgb tinted(3) }
slow = begin[2] > begin[4] ? 2 : 4 # of the two at their best rates, the upper one's name goes above
if (begin[slow] > 0) { set label 10 + slow named(slow) at 0.85, 430 left textcolor rgb tinted(slow) }
if (begin[6 - slow] > 0) { set label 16 - slow named(6 - slow) at 0.85, 45 left textcolor rgb tinted(6 - slow) }
plot for [s = 1:4] speed using (by_depth(s, 4)):(finite($8)) with lines lw 1.2 lc rgb tint[s], \
    for [s = 1:4] speed using (by_depth(s, 4)):(at_least($9, 30)):(0):(at_most($10, 40000) - at_least($9, 30)) with vectors nohead lw 1 lc rgb tint[s], \
    for [s = 1:4] speed using (by_depth(s, 4)):(finite($8)) with points pt mark[s] ps 0.45 lc rgb tint[s]
do for [s = 1:4] { unset label 10 + s }

# b: the speed-up of six hidden layers against the goal
set lmargin at screen 0.575; set rmargin at screen 0.975
set label 1 '(b)' at graph -0.16, graph 1.1
set label 2 'speed-up of six hidden layers' at graph 0, graph 1.1
set xrange [0.79:0.98]; set xtics 0.8, 0.05, 0.95; set mxtics 5
set format x '%.2f'
set xlabel 'goal: $I(\hat Y;Y)$ / bits' offset 0, 0.5
set yrange [0.15:20]
set ytics ('0.2' 0.2, '0.5' 0.5, '1' 1, '2' 2, '5' 5, '10' 10); set mytics 1
if (faster[1] > 0) { set label 11 named(1) at 0.797, faster[1] left offset 0, 0.8 textcolor rgb tinted(1) }
if (faster[3] > 0) { set label 13 named(3) at 0.797, faster[3] left offset 0, -0.8 textcolor rgb tinted(3) }
if (faster[2] > 0) { set label 12 named(2) at 0.797, 0.25 left textcolor rgb tinted(2) }
if (faster[4] > 0) { set label 14 named(4) at 0.797, 1.38 left textcolor rgb tinted(4) }
plot 1 with lines lw 0.6 lc rgb '#a0a0a0', 2 with lines lw 0.6 dt 2 lc rgb '#a0a0a0', \
    for [s = 1:4] goals using (by_goal(s, 3)):(known($11, $12)) with lines lw 1.2 lc rgb tint[s], \
    for [s = 1:4] goals using (by_goal(s, 3)):(at_least($12, 0.15)):(0):(at_most($13, 20) - at_least($12, 0.15)) with vectors nohead lw 1 lc rgb tint[s], \
    for [s = 1:4] goals using (by_goal(s, 3)):(known($11, $12)) with points pt mark[s] ps 0.45 lc rgb tint[s]
do for [s = 1:4] { unset label 10 + s }

# c, d: epochs against the rate, as described and as coded
set tmargin at screen 0.43; set bmargin at screen 0.09
set logscale x; set mxtics 10; set mytics 10
set format x '$10^{%T}$'; set format y '$10^{%T}$'
set xlabel 'learning rate' offset 0, 0.5
set ytics 1e-6, 10, 1e6
do for [s = 0:1] {
    set lmargin at screen 0.075 + 0.5 * s; set rmargin at screen 0.475 + 0.5 * s
    set label 1 (s ? '(d)' : '(c)') at graph -0.16, graph 1.1
    set label 2 (s ? 'epochs, as coded' : 'epochs, as described') at graph 0, graph 1.1
    if (s) { set xrange [0.00005:0.2]; set xtics 1e-4, 10, 0.1 } else { set xrange [0.0005:4]; set xtics 0.001, 10, 1 }
    set yrange [30:40000]
    below = 1e9
    do for [h = 1:4] { if (left[6 * s + h] > 0) {
        below = at_most(left[6 * s + h], below / 1.75)
        set label 10 + h called(h) at (s ? 0.000175 : 0.00175), below right textcolor rgb greyed(h)
    } }
    plot for [h = 1:6] rates using (finite(by_rate(2 + 2 * s, h, 4))):(finite($7)) with linespoints pt 7 ps 0.3 lw 1.1 lc rgb grey[h]
    do for [h = 1:4] { unset label 10 + h }
}
unset multiplot
unset output
