#!/usr/bin/env bash
# The build: what runs after which change, and what stops it.
# shellcheck disable=SC2317,SC2094 # functions are called by name; $out is only read
. "$(dirname "$0")/lib.sh"
need_paper
work=$scratch/work
cp -a "$paper" "$work"
cd "$work" || exit 1
paper_quick() { make -j"$cores" paper SCALE=quick; }
data() { snapshot build/quick/data; }
store() { snapshot build/quick/runs; }

run make SCALE=medium paper
expect_failure 'unknown SCALE: status'
expect_one 'unknown SCALE: one line' "$err" 'SCALE=medium is unknown'
run make
expect_one 'make alone lists the targets' "$out" 'make paper'

before=$(snapshot build data)
run paper_quick
expect_status 'nothing changed: status' 0
expect_empty 'nothing changed: nothing is said' "$out"
expect_equal 'nothing changed: nothing is written' "$(snapshot build data)" "$before"

# a sentence
before=$(data; store; snapshot build/quick/paper/figures) pdf=$(snapshot build/quick/paper.pdf)
sed -i '1a A sentence that was not there before.' chapters/introduction.tex
run paper_quick
expect_status 'a sentence: builds' 0
expect_equal 'a sentence: no program, no figure' "$(data; store; snapshot build/quick/paper/figures)" "$before"
expect_different 'a sentence: another PDF' "$(snapshot build/quick/paper.pdf)" "$pdf"

# a comment in the engine
before=$(store) engine=$(cat build/engine.h)
sed -i '1i /* A comment that was not there before. */' src/engine/net.c
run paper_quick
expect_status 'a comment: builds' 0
expect_equal 'a comment: the same engine' "$(cat build/engine.h)" "$engine"
expect_equal 'a comment: no network is trained' "$(store)" "$before"

# a formula: red, and green again without training
sum=$(find build/quick/data -type f -exec sha256sum {} + | sort)
cp src/measure/information.c "$scratch/information.c"
sed -i 's/columns == 1 ? entropy_term(count - ones) : 0.0/columns == 1 ? 0.0 : 0.0/' \
    src/measure/information.c
expect_different 'a formula: it is another' "$(cat src/measure/information.c)" "$(cat "$scratch/information.c")"
run make -j"$cores" verify SCALE=quick
expect_failure 'a formula: red'
expect 'a formula: names numbers' grep -q '^verify: compression/p85/.*: expected .*, the program says ' "$err"
expect_equal 'a formula of a measure: the same engine' "$(head -n 1 build/engine.h)" "$(head -n 1 <<<"$engine")"
expect_different 'a formula of a measure: another version of the estimator' "$(cat build/engine.h)" "$engine"
run make -s unit-programs
run build/unit/test_information
expect_failure 'a formula: the unit test is red'
cp "$scratch/information.c" src/measure/information.c
run make -j"$cores" verify SCALE=quick
expect_status 'the formula restored: green' 0
expect_equal 'the formula restored: no network is trained' \
    "$(comm -12 <(store) <(echo "$before"))" "$before"
expect_equal 'the formula restored: the same data' \
    "$(find build/quick/data -type f -exec sha256sum {} + | sort)" "$sum"

# deleted files
for file in build/quick/data/compression_networks.tsv build/quick/data/task.num \
    build/quick/paper/figures/task.tex build/quick/paper.pdf; do
    rm "$file"
    run paper_quick
    expect "deleted $file: made again" test -s "$file"
done

# text and numbers that do not fit
cp chapters/task.tex "$scratch/task.tex"
printf '%s\n' '\excerpt{tasks/icosahedron.c}{nowhere}' >>chapters/task.tex
run paper_quick
expect_failure 'an unknown region: stops'
expect_one 'an unknown region: named' "$err" chapters/task.tex nowhere 'no such region'
cp "$scratch/task.tex" chapters/task.tex
printf '%s\n' '\get{task/nothing}' >>chapters/task.tex
run paper_quick
expect_failure 'an unknown number: stops'
expect_one 'an unknown number: named' "$err" chapters/task.tex 'no program computes task/nothing'
cp "$scratch/task.tex" chapters/task.tex
cp tests/expected/quick/task.num "$scratch/task.num"
sed -i 's/^\(task\/gamma\t.*\t\)41[.0-9]*/\141.7/' tests/expected/quick/task.num
run paper_quick
expect_failure 'a changed number: stops'
expect_one 'a changed number: key, old and new' "$err" task/gamma 41.7 41.64
run make paper SCALE=quick DRAFT=1
expect_status 'a changed number: a draft builds' 0
cp "$scratch/task.num" tests/expected/quick/task.num

# a tool that is missing
mkdir "$scratch/bin"
for directory in /usr/bin /bin; do
    for tool in "$directory"/*; do
        [[ ${tool##*/} == gnuplot* ]] || ln -sf "$tool" "$scratch/bin/" 2>/dev/null
    done
done
rm build/quick/paper/figures/task.tex
run env PATH="$scratch/bin" make figures SCALE=quick
expect_failure 'no gnuplot: status'
expect_one 'no gnuplot: says what to do' "$err" 'gnuplot not found: run make deps'
finish
