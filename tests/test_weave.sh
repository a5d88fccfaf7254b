#!/usr/bin/env bash
# The awk programs that stand between numbers, code and text.
# shellcheck disable=SC2317,SC2094,SC2016 # functions are called by name; $out is only read; $ is TeX or sed
. "$(dirname "$0")/lib.sh"
weave=$top/src/weave
cd "$scratch" || exit 1
tab() { tr '|' '\t'; }

# ---- verify.awk: numbers ----
verify() { awk -f "$weave/verify.awk" -v scale=full allowed published.num n.num; }
tab >allowed <<'END'
# a comment
field|reason
critical/s/*|steps
END
good() {
    tab >published.num <<'END'
c/a|2.39|2.385|a meaning
c/b|1e-9|1.25e-9|a small one
c/word|reproduced|2|a verdict
critical/s/x|1.0e+02|100|steps
END
    cp published.num n.num
}
good; run verify
expect_status 'verify: equal numbers' 0
expect_one 'verify: counts them' "$out" '4 numbers and 0 tables agree'
sed -i 's/2\.385/2.3850000001/' n.num; run verify
expect_status 'verify: rounding' 0
good; sed -i 's/2\.385/2.38500001/' n.num; run verify
expect_status 'verify: beyond rounding' 1
expect_one 'verify: names key, old and new' "$err" 'c/a: expected 2.385' 'says 2.38500001' 'a meaning'
good; sed -i 's/1\.25e-9/1.26e-9/' n.num; run verify
expect_status 'verify: a small number is no less exact' 1
good; sed -i 's/2\.39/2.49/' n.num; run verify
expect_status 'verify: another printed form' 1
expect_one 'verify: names that' "$err" 'c/a: expected to be printed 2.39' 'prints 2.49'
good; sed -i 's/reproduced/not reproduced/' n.num; run verify
expect_status 'verify: another word' 1
good; sed -i 's/a meaning/another/' n.num; run verify
expect_status 'verify: another meaning' 1
good; sed -i 's/1.0e+02\t100/1.01e+02\t100.9/' n.num; run verify
expect_status 'verify: steps may differ a little' 0
good; sed -i 's/1.0e+02\t100/1.3e+02\t100/' n.num; run verify
expect_status 'verify: but are printed as they are' 1
good; sed -i 's/1.0e+02\t100/1.0e+02\t102/' n.num; run verify
expect_status 'verify: nor by more than a hundredth' 1
good; sed -i '/c\/b/d' published.num; run verify
expect_status 'verify: a number that is not published' 1
expect_one 'verify: names it' "$err" c/b 'no expected value'
good; printf 'c/more\t1\t1\tx\n' >>published.num; run verify
expect_status 'verify: a published number that is not there' 1
expect_one 'verify: names that, too' "$err" c/more 'no program computes'
good; printf 'c/a\t2.39\t2.385\ta meaning\n' >>n.num; run verify
expect_status 'verify: a key twice' 1
good; printf 'c/more\t2.39\t2.385\n' | tee -a n.num >>published.num; run verify
expect_status 'verify: a line that is cut off' 1
good; rm published.num; run verify
expect_status 'verify: no published file' 1
good; rm n.num; run verify
expect_status 'verify: no file' 1
good; sed -i 's/\t2.385\t/\tnan\t/' n.num; run verify
expect_status 'verify: nan is no number' 1
sed -i 's/\t2.385\t/\tnan\t/' published.num; run verify
expect_status 'verify: nan where it is published' 0
good; sed -i 's/\t2.385\t/\t1e999\t/' n.num; run verify
expect_status 'verify: beyond all bounds' 1
good; cp allowed allowed.good; printf 'field\treason\n' >allowed; : | tee n.num >published.num; run verify; mv allowed.good allowed
expect_status 'verify: nothing to verify' 1
for bad in 'c/a|1e2' 'c/a|100' 'c/a|steps' '*|steps' 'c/nothing/gap|gap' '|steps'; do
    good; cp allowed allowed.good; echo "$bad" | tab >>allowed; run verify
    expect_status "verify: cannot allow $bad" 1
    mv allowed.good allowed
done

# one digit of a published file changed, many times: never accepted
pristine=$top/tests/expected/quick/task.num
accepted=0
for ((i = 0; i < 200; i++)); do
    awk -F '\t' -v OFS='\t' -v line=$((1 + i % $(wc -l <"$pristine"))) -v digit=$((i % 10)) -v at=$((1 + i % 3)) \
        -v field=$((2 + i % 2)) 'NR == line { old = $field; $field = substr(old, 1, at - 1) digit substr(old, at + 1)
            if ($field == old "") $field = $field "7" } { print }' "$pristine" >n.num
    echo field >none; awk -f "$weave/verify.awk" none "$pristine" n.num >/dev/null 2>&1 && accepted=$((accepted + 1))
done
expect_equal 'verify: 200 altered files, none accepted' "$accepted" 0

# ---- verify.awk: tables ----
table() { awk -f "$weave/verify.awk" allowed p.num p.num.same critical_p.tsv n.tsv; }
tab >allowed <<'END'
field|reason
critical_p.tsv:steps|steps
END
tab >p.num <<'END'
c/a|2.39|2.385|a meaning
END
cp p.num p.num.same
good_table() {
    tab >critical_p.tsv <<'END'
set|fall|steps
p85|4.26543217|1000
p05|inf|10
p05|nan|10
END
    cp critical_p.tsv n.tsv
}
good_table; run table
expect_status 'tables: equal' 0
expect_one 'tables: counts them' "$out" '1 numbers and 1 tables agree'
sed -i 's/4.26543217/4.26543218/' n.tsv; run table
expect_status 'tables: a unit in the last digit' 0
good_table; sed -i 's/4.26543217/4.26543227/' n.tsv; run table
expect_status 'tables: ten of them' 1
expect_one 'tables: names place and column' "$err" 'n.tsv:2: fall: expected 4.26543217' 4.26543227
good_table; sed -i 's/1000/1009/' n.tsv; run table
expect_status 'tables: steps may differ a little' 0
good_table; sed -i 's/1000/1020/' n.tsv; run table
expect_status 'tables: but not by more' 1
for change in '$d' '$p' '3p' '1s/fall/rise/' '2s/p85/p45/' '3s/inf/nan/' '2s/\t1000//' '2s/$/\t1/' '3s/inf/x/' '4,$d' '2s/4/4 /'; do
    good_table; sed -i "$change" n.tsv; run table
    expect_status "tables: $change" 1
done
good_table; rm n.tsv; run table
expect_status 'tables: no table' 1

# ---- records.sh ----
# in place of the program: what a store has, as a file in it
printf '%s\n' '#!/bin/sh' 'cat "$1/list"' >program && chmod +x program
mkdir -p 'a store'
printf '%s  %s\n' 11 0a/0 22 0a/1 33 0a/bins:30:-1:1/0 | tee 'a store/list' >'published sums'
compare() { "$weave/records.sh" ./program 'a store' 'published sums'; }
run compare
expect_status 'records: the same' 0
expect_one 'records: counts them' "$out" '3 of 3 published records'
sed -i 's/^22/23/' 'a store/list'; run compare
expect_status 'records: other numbers' 1
expect_one 'records: names it' "$err" 'record 0a/1 has other numbers'
expect_one 'records: counts the rest' "$out" '2 of 3' '1 are not'
sed -i 's/^23/damaged/' 'a store/list'; run compare
expect_status 'records: a damaged one' 1
expect_one 'records: names the damaged one' "$err" 'record 0a/1 is damaged'
echo 'damaged  0b/7' >>'a store/list'; sed -i /1$/d 'a store/list'; run compare
expect_status 'records: a damaged one that is not published' 1
sed -i /damaged/d 'a store/list'; run compare
expect_status 'records: a record that is not here' 0
expect_one 'records: a record that is not here is counted' "$out" '2 of 3'
: >'published sums'; run compare
expect_status 'records: nothing published' 1

# ---- text.awk ----
text() { awk -f "$weave/text.awk" chapter.tex chapter.tex | cut -f 2-; }
lists() { # WHAT TEXT ITEMS...: the items, kind:item:count, of a text
    local what=$1
    printf '%s\n' "$2" >chapter.tex
    shift 2
    run text
    expect_equal "text: $what" "$(cat "$out")" "$(printf '%s\n' "$@" | tr ':' '\t')"
}
lists 'a bare number' 'It falls by 2.39 bits.' number:2.39:1
lists 'an integer, a percentage' 'After 350 epochs, 3\,\%.' number:350:1 number:3:1
lists 'a point in braces' 'By $4{.}72$.' number:4.72:1
lists 'a comma and a space for thousands' 'Of 10\,000 or 10{,}000.' number:10000:1 number:10,000:1
lists 'brackets and options' 'A [1.13, 1.41] and \emph[7]{8}.' number:1.13:1 number:1.41:1 number:7:1 number:8:1
lists 'a length is one only without a blank' '\vspace{9.99em} for 9.99 em.' layout:9.99em:1 number:9.99:1
lists 'numbers in words' 'Three of five, one half of them twice.' word:three:1 word:five:1 word:half:1 word:twice:1
lists 'a key, not its text' '\val{c/a}{2.39} and \get{c/b}, \get{c/b}' 'key:\val{c/a}:1' 'key:\get{c/b}:2'
lists 'an index' '$T_5$, $x^{2}$' symbol:T_5:1 'symbol:x^{2:1'
lists 'a number in a group' '\emph{5}' number:5:1
lists 'no comments, no names' 'a \cref{fig:2} \citep[p. 7]{x2017} % 5 times'
lists 'a macro with its arguments' '\newcommand{\row}[2]{#2 & \get{c/#1}}
\row{t3}{$T_3$}' 'layout:\newcommand{\row}[2]:1' 'key:\get{c/#1}:1' 'symbol:#2:1' 'row:\row{t3}{$T_3$}:1'
lists 'a listing' '\begin{lstlisting}
100 % of 7
\end{lstlisting}' verbatim:100:1 verbatim:7:1

# ---- reference.awk ----
refer() { awk -f "$weave/reference.awk" reference; }
printf '# source\nkey\tvalue\terror\twhere\tmeaning\nfig4/mean\t0.08\t0.005\tFig. 4\tits mean\n' >reference
run refer
expect_equal 'reference: a number' "$(cat "$out")" "$(echo 'original/fig4/mean|0.08|0.08|its mean (Fig. 4)' | tab)"
printf 'fig4/other\t0.08\t\tFig. 4\tno error\n' >>reference; run refer
expect_status 'reference: without an error' 1

# the tables of the original's stored run agree: means over networks, and every network, at the end
reference=$top/data/reference
run awk -F '\t' '
    function near(a, b) { compared++; if (a - b > 0.00011 || b - a > 0.00011) print FILENAME ":" FNR ": " a " and " b }
    FNR == 1 { file++ }
    /^#/ || $1 ~ /^[a-z]/ && $2 ~ /^[a-z]/ { next }
    file == 1 { if ($2 == 9998) { mean[$1, $3] = $4; sd[$1, $3] = $5 } }
    file == 2 { n[$2]++; x[$2] += $3; xx[$2] += $3 * $3; y[$2] += $4 }
    END { for (l in n) {
              near(x[l] / n[l], mean["i_xt", l]); near(y[l] / n[l], mean["i_ty", l])
              near(sqrt((xx[l] - x[l] * x[l] / n[l]) / (n[l] - 1) + 1e-12), sd["i_xt", l]) }
          if (compared != 21) print compared " compared" }
' "$reference/as_coded.tsv" "$reference/as_coded_networks.tsv"
expect_empty 'reference: the tables of the stored run agree' "$out"

# ---- values.awk ----
values() { awk -f "$weave/values.awk" "$@" n.num text.tex; }
tab >n.num <<'END'
c/a|2.39|2.385|a meaning
c/b|0.10|0.1|another
END
printf 'It is \\val{c/a}{2.39} and \\get{c/b}. %% \\val{c/none}{1}\n' >text.tex
run values; expect_status 'values: right text' 0
printf 'Once\nIt is \\val{c/a}{2.38}, \\val{c/b}{0.10}.\n' >text.tex
run values; expect_status 'values: stale text' 1
expect_one 'values: names place, key, old, new' "$err" text.tex:2 c/a 2.38 2.39
run values -v draft=1; expect_status 'values: stale text in a draft' 0
run values -v scale=quick; expect_status 'values: stale text at quick scale' 0
run values -v accept=1
expect_equal 'values: accept rewrites' "$(sed -n 2p "$out")" 'It is \val{c/a}{2.39}, \val{c/b}{0.10}.'
printf '\\get{c/none}\n' >text.tex; run values; expect_status 'values: unknown key' 1
expect_one 'values: names it' "$err" text.tex:1 c/none
printf '\\val{c/a}\n{2.39}\n' >text.tex; run values; expect_status 'values: text on another line' 1

# ---- excerpts.awk ----
mkdir -p src/engine to
excerpts() { rm -f to/*; printf '%s\n' "$1" >text.tex; run awk -f "$weave/excerpts.awk" -v to=to text.tex; }
{
    printf '/*[ one ]*/\nint one;\n/*[ end ]*/\n/*[ empty ]*/\n/*[ end ]*/\n/*[ long ]*/\n'
    for ((i = 0; i < 41; i++)); do echo 'x;'; done
    printf '/*[ end ]*/\n/*[ fits ]*/\n'
    for ((i = 0; i < 40; i++)); do echo 'x;'; done
    printf '/*[ end ]*/\n/*[ twice ]*/\na;\n/*[ end ]*/\n/*[ twice ]*/\nb;\n/*[ end ]*/\n/*[ open ]*/\nc;\n'
} >src/engine/a.c
excerpts '\excerpt{engine/a.c}{one} and \excerpt{engine/a.c}{fits}'
expect_status 'excerpts: two regions' 0
expect_equal 'excerpts: the region' "$(cat to/engine-a.c-one)" 'int one;'
for bad in none:'no such region' empty:empty long:'41 lines' twice:'2 times' open:'not closed'; do
    excerpts "\\excerpt{engine/a.c}{${bad%%:*}}"
    expect_status "excerpts: region ${bad%%:*}" 1
    expect_one "excerpts: says why" "$err" text.tex:1 "${bad%%:*}" "${bad#*:}"
done
excerpts '\excerpt{engine/b.c}{one}'
expect_status 'excerpts: no such file' 1
excerpts 'text % \excerpt{engine/b.c}{one}'
expect_status 'excerpts: a comment' 0

# ---- engine.awk ----
engine() { printf '%s\n' "$1" | awk -f "$weave/engine.awk"; }
a=$(engine 'int x = 1; /* one */')
expect_equal 'engine: a comment does not count' "$(engine 'int x = 1; // two')" "$a"
expect_equal 'engine: white space does not count' "$(engine $'int   x=1\n;')" "$a"
expect_different 'engine: a number counts' "$(engine 'int x = 2;')" "$a"
expect_different 'engine: words stay apart' "$(engine 'intx = 1;')" "$a"
expect_different 'engine: white space in a string counts' "$(engine '"a b"')" "$(engine '"ab"')"
expect_different 'engine: a comment mark in a string is text' \
    "$(engine 'f("/*"); g(); /* */')" "$(engine 'f("/*"); h(); /* */')"

# ---- numbers.awk, lint.awk ----
tab >n.num <<'END'
c/a|-2.39|-2.385|x
c/word|partly reproduced|1|x
c/small|5.8e-10|5.81e-10|x
c/never|inf|inf|x
END
run awk -f "$weave/numbers.awk" n.num
expect_one 'numbers: a number goes through siunitx' "$out" 'num@c/a' '\num{-2.39}'
expect_one 'numbers: so does a power of ten' "$out" 'num@c/small' '\num{5.8e-10}'
expect_one 'numbers: infinity is a sign' "$out" 'num@c/never' '\ensuremath{\infty}'
expect_one 'numbers: a word does not' "$out" 'num@c/word' '{partly reproduced}'
# ---- lint.awk ----
tab >typed <<'END'
# why
number|file|why
5|chapter|the training size
1|*|mathematics
END
lint() {
    printf '%s\n' "$1" >chapter.tex
    awk -f "$weave/text.awk" chapter.tex chapter.tex >listing
    run awk -f "$weave/lint.awk" typed listing chapter.tex
}
lint 'At 5\,\% of them, $x < 1$.'; expect_status 'lint: numbers with a reason' 0
lint 'At 5\,\% of them, $x < 1$, 2.39 bits.'; expect_status 'lint: a number without one' 1
expect_one 'lint: names it' "$err" chapter.tex 'the number 2.39 is typed'
lint 'At 5\,\% of them, $x < 1$, \val{c/a}{2.39}.'; expect_status 'lint: a number of a program' 0
lint '$x < 1$'; expect_status 'lint: a reason without number' 1
expect_one 'lint: names that' "$err" typed:3 'no 5 is typed'
lint 'At 5, $x < 1$ '; expect_status 'lint: white space at the end' 1
printf '7\tchapter\t\n' >>typed; lint 'At 5, $x < 1$, 7'; expect_status 'lint: no reason given' 1
finish
