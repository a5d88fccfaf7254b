#!/usr/bin/env bash
# The awk programs that stand between numbers, code and text.
# shellcheck disable=SC2317,SC2094 # functions are called by name; $out is only read
. "$(dirname "$0")/lib.sh"
weave=$top/src/weave
cd "$scratch" || exit 1
tab() { tr '|' '\t'; }

# ---- verify.awk ----
verify() { awk -f "$weave/verify.awk" -v scale=full expected n.num; }
tab >n.num <<'END'
c/a|2.39|2.385|a meaning
c/b|1e-9|1.25e-9|a small one
c/word|reproduced|2|a verdict
END
good() { tab >expected <<'END'
key|value|tolerance|why
c/a|2.385|1e-9|x
c/b|1.25e-9|1e-9|x
c/word|2|0|x
END
}
good; run verify
expect_status 'verify: equal numbers' 0
expect_one 'verify: counts them' "$out" '3 numbers agree'
sed -i 's/2\.385/2.3850000001/' expected; run verify
expect_status 'verify: within the tolerance' 0
good; sed -i 's/2\.385/2.386/' expected; run verify
expect_status 'verify: beyond the tolerance' 1
expect_one 'verify: names key, old and new' "$err" c/a 2.386 2.385 'a meaning'
good; sed -i '/c\/b/d' expected; run verify
expect_status 'verify: a number without expected value' 1
expect_one 'verify: names it' "$err" c/b 'no expected value'
good; printf 'c/more\t1\t0\tx\n' >>expected; run verify
expect_status 'verify: an expected value without number' 1
expect_one 'verify: names that' "$err" c/more 'no program computes'
good; printf 'c/a\t2.385\t0\tx\n' >>expected; run verify
expect_status 'verify: a key twice' 1
good; rm expected; run verify
expect_status 'verify: no file' 1
good; sed -i 's/\t2.385\t/\tnan\t/' n.num; run verify
expect_status 'verify: nan is no number' 1
sed -i 's/\t2.385\t/\tnan\t/' expected; run verify
expect_status 'verify: nan where it is expected' 0
: >n.num; printf 'key\tvalue\n' >expected; run verify
expect_status 'verify: nothing to verify' 1

# one digit of an expected file changed, many times: never accepted
cp "$top/tests/expected/quick/task.tsv" pristine
awk -F '\t' -v OFS='\t' 'NR > 1 { print $1, "x", $2, $4 }' pristine >n.num
cp pristine expected; run verify
expect_status 'verify: a real file' 0
accepted=0
for ((i = 0; i < 200; i++)); do
    awk -F '\t' -v OFS='\t' -v line=$((2 + i % ($(wc -l <pristine) - 1))) -v digit=$((i % 10)) -v at=$((1 + i % 3)) '
        NR == line { old = $2; $2 = substr($2, 1, at - 1) digit substr($2, at + 1)
                     if ($2 + 0 == old + 0) $2 = $2 "7" } { print }' pristine >expected
    verify >/dev/null 2>&1 && accepted=$((accepted + 1))
done
expect_equal 'verify: 200 altered files, none accepted' "$accepted" 0

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
expect_equal 'excerpts: the region' "$(cat to/lib-a.c-one)" 'int one;'
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
lint() { printf '%s\n' "$1" >chapter.tex; run awk -f "$weave/lint.awk" chapter.tex; }
lint 'It falls by 2.39 bits.'; expect_status 'lint: a bare number' 1
lint 'It falls by 3\,\%.'; expect_status 'lint: a bare percentage' 1
lint 'It falls by \val{c/a}{2.39} bits, \get{c/b}.'; expect_status 'lint: a number of a program' 0
lint 'At 3\,\%. % fixed: the original'; expect_status 'lint: a number with its source' 0
lint 'End '; expect_status 'lint: white space at the end' 1
finish
