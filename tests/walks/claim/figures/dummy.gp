# I(X;T) of the last hidden layer of a dummy along its training.
load 'figures/style.gp'
set terminal cairolatex pdf input size 8cm,5cm color colortext
set output output
set xlabel 'epoch'
set yrange [0:13]
set ylabel '$I(X;T)$ / bits'
plot data . '/dummy.tsv' using 1:2 with lines lw 2 lc rgb colour(2, 3)
set output
