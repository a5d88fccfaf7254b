#!/usr/bin/env bash
# make where, make deps elsewhere: in a fresh clone, with nothing built.
# shellcheck disable=SC2317,SC2094 # functions are called by name; $out is only read
. "$(dirname "$0")/lib.sh"
copy_project "$scratch/work"
cd "$scratch/work" || exit 1

key=compression/p85/t5/fall
value=$(awk -F '\t' -v key=$key '$1 == key {print $2}' data/compression.num)
run make where N="$value"
expect_status 'a printed value: found' 0
expect_one 'a printed value: its key' "$out" "$key " # among others that print alike
for what in "$key" "$key/low" p85/t5/fall; do
    run make where N="$what"
    expect_status "$what: found" 0
done
run make where N=$key
expect_equal 'one key: one number' "$(grep '^[^ ].* = ' "$out")" "$key = $value"
expect_one 'its meaning' "$out" '  meaning ' 'fall of I(X;T)'
low=$(awk -F '\t' -v key=$key/low '$1 == key {print $3}' data/compression.num)
expect_one 'its interval' "$out" '  value ' "interval $low to "
expect_one 'how far it may differ' "$out" '  here ' 'not computed yet' 'no more than 1e-9'
place=$(grep -nF "\\val{$key}{" chapters/compression.tex | head -n 1 | cut -d : -f 1)
expect_one 'its sentence' "$out" "chapters/compression.tex:$place"
expect_one 'the rows that show it' "$out" 'chapters/compression.tex:' 'a row of a table'
expect_one 'the figures' "$out" '  figures ' figures/compression.gp
made=$(sed -n 's/^  made by *\([^ ]*\):\([0-9]*\): .*/\1 \2/p' "$out")
read -r file line <<<"$made"
expect 'what makes it: a line with its name' grep -q '"fall"' <(sed -n "${line}p" "$file")
expect_one 'the command that makes it' "$out" '  again ' 'make compression'
expect_none 'nothing is built for this' . -path ./build
run make where N=10000
expect_one 'several hits: each is listed' "$out" compression/param.epochs 10000
run make where N='10 000'
expect_one 'as it is printed, with its space' "$out" compression/param.epochs 10000
run make where N=0.0
expect_equal 'a number is compared as it is printed' "$(grep -c ' 0\.000 ' "$out")" 0
run make where N=no/such
expect_failure 'no hit: status'
expect_one 'no hit: in one line' "$err" 'where: no number of the paper' no/such
run make where
expect_one 'no N: says what is wanted' "$err" 'where: N is empty'
mkdir -p build/full/data
sed "s|^\($key\t[^\t]*\t\)[^\t]*|\14.5|" data/compression.num >build/full/data/compression.num
run make where N=$key
expect_one 'what was computed here' "$out" '  here ' '4.5;'

# ---- deps elsewhere ----
while read -r system command; do
    run src/make/deps.sh paper "$system"
    expect_status "$system: status" 0
    expect_one "$system: what to install" "$out" "$command " gsl
done <<'SYSTEMS'
debian apt-get install
fedora dnf install
arch pacman -S
opensuse zypper install
macos brew install
SYSTEMS
expect_one 'macOS: the truth' "$err" 'Linux only'
run src/make/deps.sh paper fedora
expect_one 'Fedora: files of LaTeX by name' "$out" "'tex(siunitx.sty)'" "'tex(cleveref.sty)'"
run src/make/deps.sh all
expect_status 'an unknown set: status' 2
mkdir "$scratch/bin"
for directory in /usr/bin /bin; do
    find "$directory" -mindepth 1 -maxdepth 1 ! -name 'apt*' ! -name 'gnuplot*' ! -name kpsewhich \
        -exec ln -s -t "$scratch/bin" {} + 2>/dev/null
done
PATH=$scratch/bin run make deps
expect_failure 'a system without apt-get: status'
expect_one 'a system without apt-get: names what is missing' "$err" 'missing: ' gnuplot siunitx.sty cleveref.sty
finish
