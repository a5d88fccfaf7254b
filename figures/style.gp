# style.gp -- the look of every figure; loaded first.  Variables given by the Makefile: data (the
# directory of the tables) and output (the .tex file to write).

set encoding utf8
set datafile separator tab
set datafile missing 'nan'
unset key

# Left and bottom axes only, thin and grey.
set border 3 lw 0.6 lc rgb '#404040'
set tics nomirror out scale 0.5,0.25 textcolor rgb '#202020'
set style fill solid 1.0 noborder
set bars 0

# A layer has one colour in all figures (Okabe and Ito, safe for the common colour-vision
# deficiencies): hidden layers from the input on, the output black.
array layer[7] = ['#0072B2', '#56B4E9', '#009E73', '#E69F00', '#D55E00', '#CC79A7', '#000000']
output_colour = '#000000'
# The layer's name at its line: T_1 ... T_{L-1} and the output.
name(l, layers) = l < layers ? sprintf('$T_{%d}$', l) : '$\hat Y$'
colour(l, layers) = l < layers ? layer[l] : output_colour

# Epochs: viridis.
set palette defined (0 '#440154', 1 '#472c7a', 2 '#3b518b', 3 '#2c718e', 4 '#21908d', \
                     5 '#27ad81', 6 '#5cc863', 7 '#aadc32', 8 '#fde725')

# gnuplot's colour bar is made of abutting boxes, which show hairlines on screen: it is covered by
# overlapping ones.  colorbar(x, y, width, height, low, high) is for a logarithmic scale.
colorbar(x, y, w, h, low, high) = sprintf( \
    'set colorbox user origin screen %g, screen %g size screen %g, screen %g noborder; ' . \
    'set logscale cb; set cbrange [%g:%g]; do for [k=0:95] { set object 9000+k rectangle front ' . \
    'from screen %g, screen (%g+k*%g) to screen %g, screen %g ' . \
    'fillcolor palette cb (%g*(%g/%g)**((k+0.5)/96.0)) fillstyle solid noborder }', \
    x, y, w, h, low, high, x, y, h / 96.0, x + w, y + h, low, high, low)
