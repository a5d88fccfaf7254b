#!/usr/bin/env bash
# The gate: every way by which something wrong could reach the PDF stops the build and make verify, with
# the thing named, and leaves the PDF as it was; make accept hides nothing.
# shellcheck disable=SC2317,SC2094,SC2016 # functions are called by name; $out is only read; $ is TeX
. "$(dirname "$0")/lib.sh"
need_paper
work="$scratch/a place with blanks and it's"
cp -a "$paper" "$work"
cd "$work" || exit 1
data=build/quick/data published=tests/expected/quick
paper_quick() { make -j"$cores" paper SCALE=quick; }
run paper_quick
expect_status 'in a path with blanks and a quotation mark: nothing to do' 0
run make verify SCALE=quick
records=$(wc -l <tests/expected/quick/runs.sha256)
expect_status 'there: verify' 0
expect_one 'there: the records are compared, too' "$out" "$records of $records published records"
pdf=$(snapshot build/quick/paper.pdf)

# stops WHAT FILE TEXT...: after a change of the file, which is undone, nothing can be built and the texts
# are said in one line.
kept=$scratch/kept
keep() { cp -p "$1" "$kept"; }
stops() {
    local what=$1 file=$2
    shift 2
    run paper_quick
    expect_failure "$what: no paper"
    expect_one "$what: named" "$err" "$@"
    run src/weave/verify.sh quick build/quick
    expect_failure "$what: red"
    expect_equal "$what: the PDF is left as it was" "$(snapshot build/quick/paper.pdf)" "$pdf"
    cp -p "$kept" "$file"
}
# edit FILE SED-EXPRESSION: the file is another then
edit() {
    keep "$1"
    sed -i "$2" "$1"
    ! cmp -s "$1" "$kept" || fail "the test changes nothing: $1 $2"
}

# ---- what the programs wrote ----
edit $data/compression.num '/^compression\/p85\/t5\/fall\t/s/\t[0-9.]*/\t9.99/'
stops 'a printed form' $data/compression.num compression/p85/t5/fall: 'printed' 9.99
edit $data/compression.num '/^compression\/verdict\t/s/\t[a-z ]*\t/\tcertain\t/'
stops 'a word' $data/compression.num compression/verdict: certain
edit $data/compression.tsv '20s/\t[0-9.]*\t/\t5.5\t/3'
stops 'a table' $data/compression.tsv compression.tsv:20: 5.5
edit $data/depth.tsv '$d'
stops 'a shorter table' $data/depth.tsv depth.tsv: 'fewer rows'
edit $data/ib_curve.tsv '30s/.*/30;40/'
stops 'a garbled table' $data/ib_curve.tsv ib_curve.tsv:30:
edit $data/task.tsv '7s/1$/0/;7s/0$/1/'
touch -r "$kept" $data/task.tsv
stops 'a table with its old date' $data/task.tsv task.tsv:7: label

# ---- what they are compared with ----
edit $published/task.num 's/^\(task\/gamma\t.*\t\)41[0-9.]*/\141.7/'
stops 'a published value' $published/task.num task/gamma: 41.7
edit $published/depth.tsv '5s/0\./1./'
stops 'a published table' $published/depth.tsv depth.tsv:5:
keep $published/task_rule.tsv
rm $published/task_rule.tsv
stops 'a published table that is gone' $published/task_rule.tsv 'there is no' task_rule.tsv
edit tests/expected/allowed.tsv '$acompression/p85/t5/fall\t100'
stops 'a tolerance of 100' tests/expected/allowed.tsv allowed.tsv: 'cannot use compression/p85/t5/fall'
edit tests/expected/allowed.tsv '$acompression/*/*/*\tsteps'
stops 'a tolerance for everything' tests/expected/allowed.tsv allowed.tsv: 'cannot use compression/*/*/*'

# ---- a record that passes for one: its checksum is right ----
record=$(find build/quick/runs -name 0.tsv ! -path '*@*' | sort | head -n 1)
name=${record#build/quick/runs/*/} name=${name%.tsv}
keep "$record"
awk 'NR == 40 { sub(/[0-9]$/, ($0 ~ /0$/) ? "1" : "0") } { print }' "$record" | head -n -1 >"$scratch/forged"
printf '%s\n' "$(tail -n 1 "$record" | sed 's/[0-9a-f]\{64\}.*//')$(sed '1,/^$/!b;/^$/!d' "$scratch/forged" | sha256sum | cut -c 1-64)" \
    >>"$scratch/forged"
cp "$scratch/forged" "$record"
stops 'a forged record' "$record" "record $name has other numbers"

# ---- the figures ----
edit figures/compression.gp "/^set multiplot/iset label 99 '4.27' at graph 0.5, graph 0.5"
stops 'a number in a figure' figures/compression.gp figures/compression.gp 'is not the script'

# ---- the text ----
edit chapters/compression.tex '0,/\\val{compression\/param.networks}/s//\\val{ib_bound\/param.networks}/'
stops 'another name with the same text' chapters/compression.tex \
    chapters/compression.tex 'key \val{ib_bound/param.networks}' 'accepted are 0'
edit chapters/critical.tex 's/\\criticallayer{t4}/\\criticallayer{t5}/'
stops 'another row' chapters/critical.tex chapters/critical.tex '\criticallayer{t5}{$T_4$}'
keep chapters/task.tex
printf '%s\n' 'So it is in $T_6$, too.' >>chapters/task.tex
stops 'another index' chapters/task.tex chapters/task.tex 'symbol T_6'
# typed WHAT TEXT NUMBER: a sentence with a typed number
typed() {
    keep chapters/task.tex
    printf '%s\n' "$2" >>chapters/task.tex
    stops "$1" chapters/task.tex lint: chapters/task.tex "the number $3 is typed"
}
typed 'a bare number' 'It falls by 4.72 bits.' 4.72
typed 'an integer' 'It does so after 1234 epochs.' 1234
typed 'a number with a point in braces' 'It falls by $4{.}72$ bits.' 4.72
typed 'numbers in brackets' 'It falls much [4.02, 5].' 4.02
typed 'a number in an option' '\item[4.72] bits' 4.72
typed 'a number before a word that begins like a length' 'It is 9.99 emphatic bits.' 9.99
typed 'a number in a caption' '\caption{The fall of 4.72 bits.}' 4.72
typed 'a number on a line that has another reason' '% fixed: nothing
At 5\,\% it is 6.66.' 6.66
edit chapters/task.tex '$aThis holds in eight of them.'
stops 'a number in words' chapters/task.tex chapters/task.tex 'word eight'
edit chapters/typed.tsv '/^11\ttask/d'
stops 'a number without its reason' chapters/typed.tsv chapters/task.tex 'the number 11 is typed'

run paper_quick
expect_status 'all undone: nothing to do' 0
expect_equal 'all undone: the same PDF' "$(snapshot build/quick/paper.pdf)" "$pdf"

# ---- a draft before the paper ----
edit $published/task.num 's/^\(task\/gamma\t.*\t\)41[0-9.]*/\141.7/'
run make paper SCALE=quick DRAFT=1
expect_status 'a draft compares nothing' 0
expect_equal 'a draft leaves the paper as it was' "$(snapshot build/quick/paper.pdf)" "$pdf"
stops 'the paper after a draft' $published/task.num task/gamma: 41.7

# ---- the rules ----
# Last, for the text prints them: what is cut from the sources is newer afterwards.
edit src/judge/rules.c '0,/ABOVE(0.5)/s//ABOVE(0.4)/'
touch -r "$kept" src/judge/rules.c
stops 'a rule that was not frozen' src/judge/rules.c src/judge/rules.c 'rules.frozen'

# ---- accept ----
before() { find data tests/expected chapters paper.tex -type f -exec sha256sum {} + | sort; }
accept() { make accept SCALE=quick "$@"; }
# refuses WHAT FILE TEXT...: accept changes nothing, and says why.
refuses() {
    local what=$1 file=$2 was
    shift 2
    was=$(before)
    run accept
    expect_failure "accept, $what: refuses"
    expect_one "accept, $what: says why" "$err" accept: "$@"
    expect_equal "accept, $what: changes nothing" "$(before)" "$was"
    cp -p "$kept" "$file"
}
keep "$record"
cp "$scratch/forged" "$record"
refuses 'a forged record' "$record" 'other numbers than were published'
cp "$scratch/forged" "$record"
run accept CHANGED=yes
expect_status 'accept, another record on demand' 0
expect_one 'accept, another record: counts them' "$out" "$((records - 1)) of them the same"
cp -p "$kept" "$record"
run accept CHANGED=yes
expect_status 'accept, and back' 0
keep "$record"
rm "$record"
refuses 'a record that is gone' "$record" 'records fewer than are published'
edit $data/task.num 's/^\(task\/gamma\t.*\t\)41[0-9.]*/\1nan/'
refuses 'a number that became nan' $data/task.num task/gamma 'is nan'
edit chapters/task.tex '$aIt is \\get{task/nothing}.'
refuses 'an unknown name' chapters/task.tex 'chapters/task.tex is not in order'
edit chapters/task.tex '$aIt is 4.72.'
refuses 'a typed number' chapters/task.tex 'the text is not in order'
run accept
expect_status 'accept, nothing new' 0
expect_one 'accept, nothing new: counts the records' "$out" "$records were published, $records are now, $records of them the same"
expect_one 'accept, nothing new: says so' "$out" '0 files were changed'

edit chapters/compression.tex '0,/\\val{compression\/param.networks}/s//\\val{ib_bound\/param.networks}/'
run accept
expect_status 'accept, another name in a sentence' 0
expect_one 'accept, another name: shows it' "$out" '+chapters/compression.tex' 'ib_bound/param.networks'
run make verify SCALE=quick
expect_status 'accept, another name: green from then on' 0
edit $data/task.num 's/^task\/gamma\t41/task\/gamma\t42/'
run accept
expect_status 'accept, another number' 0
expect_one 'accept, another number: shows it' "$out" '+task/gamma' 42
expect 'accept, another number: is published' grep -q '^task/gamma.42' $published/task.num
rm "$record"
run env FEWER=no make accept SCALE=quick
expect_failure 'accept, fewer records: not without being told'
run accept FEWER=yes
expect_status 'accept, fewer records on demand' 0
expect_one 'accept, fewer records: counts them' "$out" "$records were published, $((records - 1)) are now"
run make verify SCALE=quick
expect_status 'accept, fewer records: green' 0
finish
