#!/usr/bin/env bash
# The walks of src/README.md, followed in a copy of the tree: what adding a thing takes is its own files
# and one place that names it, and nothing else is touched.
#
# The files of a walk stand below tests/walks/<walk>, at the places where they go.
# shellcheck disable=SC2317 # functions are called by name
. "$(dirname "$0")/lib.sh"
need_paper

# walk NAME: goes on in a copy of the built tree that has the walk's files, too.
walk() {
    must cp -a "$paper" "$scratch/$1"
    cd "$scratch/$1" || exit 1
    must cp -r "$top/tests/walks/$1/." .
}

# name_in FILE AFTER LINE: the one place that names the thing; LINE comes behind the line AFTER.
name_in() {
    grep -qxF "$2" "$1" || fail "$1 has the line $2"
    awk -v after="$2" -v line="$3" '{print} $0 == after {print line}' "$1" >"$1.new"
    mv "$1.new" "$1"
}

# ---- a claim ----
walk claim
before=$(snapshot build/quick/data build/quick/runs)
name_in paper.tex '\input{chapters/compression}' '\input{chapters/dummy}'
run make dummy SCALE=quick
expect_status 'a claim: it runs by its name' 0
expect_one 'a claim: and says what it measured' "$out" 'small  2 '
expect_equal 'a claim: it writes what it says' \
    "$(build/bin/dummy --list-files | sort)" "$(in_dir build/quick/data find . -name 'dummy*' -printf '%P\n' | sort)"
expect_equal 'a claim: nothing else is written' "$before" \
    "$(snapshot build/quick/data build/quick/runs | grep -xFf <(echo "$before"))"
run make -j"$cores" paper SCALE=quick
expect_failure 'a claim: the paper waits until its numbers are accepted'
run make accept SCALE=quick
expect_status 'a claim: accepted' 0
run make -j"$cores" paper SCALE=quick
expect_status 'a claim: the paper is built with it' 0
expect_one 'a claim: its numbers are there' build/quick/paper/numbers.tex 'raw@dummy/small/t2/fall\endcsname'
expect 'a claim: its figure is drawn' test -n "$(find build/quick -path '*/figures/dummy.pdf' -size +0)"
expect_one 'a claim: make help lists it' <(make help) 'make CLAIM' ' dummy '

# a file of it that is deleted comes back
rm build/quick/data/dummy_networks.tsv
run make figures SCALE=quick
expect 'a claim: a deleted file is made again' test -s build/quick/data/dummy_networks.tsv

# ---- an activation, an optimiser, a data set, an estimator ----
# Each is added to the tree that has the dummy claim, which is then told to use it; what the tree had
# before keeps its numbers, though all networks are trained again.
cp -a "$scratch/claim" "$scratch/others" && cd "$scratch/others" || exit 1

# insert FILE BEFORE TEXT: what goes above the first line that begins with BEFORE
insert() {
    grep -qF -- "$2" "$1" || fail "$1 has a line $2"
    awk -v before="$2" -v text="$3" 'index($0, before) == 1 && !done {print text "\n"; done = 1} {print}' \
        "$1" >"$1.new"
    mv "$1.new" "$1"
}

# use WHAT FIELD VALUE: the dummy's networks with this in their configuration; the first layer's numbers
use() {
    sed -i -e '/frame_params/d' -e "s|^    frame_sets(|    set[0].$2 = $3;\n&|" \
        -e 's/const struct frame_set set/struct frame_set set/' src/claims/dummy.c
    run make dummy SCALE=quick
    expect_status "$1: trained and measured" 0
    expect_different "$1: another result" "$(cat build/quick/data/dummy.tsv)" "$last"
    last=$(cat build/quick/data/dummy.tsv)
}
last=$(cat build/quick/data/dummy.tsv)

name_in src/engine/unit.h '    LINE(UNIT_SIGN, sign, "sign", -1, 1, 1)' ''
sed -i 's|^\(    LINE(UNIT_SIGN, sign, "sign", -1, 1, 1)\)$|\1 \\\n    LINE(UNIT_CUBE, cube, "cube", -1, 1, 0)|' \
    src/engine/unit.h
insert src/engine/unit.h '/* What a firing unit' \
    'static inline float unit_cube_value(float z) { return 0.1F * (z * z * z); }
static inline float unit_cube_slope(float y) { return 0.3F + 0.0F * y; }'
use 'an activation' config.unit UNIT_CUBE
expect_one 'an activation: its networks have it in their name' \
    <(cat build/quick/runs/*/*/config.txt) 'unit cube'

sed -i 's|^    LINE(OPTIMISER_ADAM, adam, "adam", 2)$|& \\\n    LINE(OPTIMISER_SIGNS, signs, "signs", 0)|' \
    src/engine/optimiser.h
insert src/engine/optimiser.c '#define ENTRY' \
    'static void step_signs(struct optimiser_work *w, float *restrict param, const float *restrict grad)
{
    for (size_t p = 0; p < w->params; p++)
        param[p] -= grad[p] > 0.0F ? w->rate : -w->rate;
}'
use 'an optimiser' config.optimiser OPTIMISER_SIGNS

must cp -r "$top/tests/walks/dataset/." .
name_in src/tasks/tasks.c '#include "number.h"' '#include "parity.h"'
insert src/tasks/tasks.c 'static const struct {' \
    'static const char *make_parity(struct dataset *d, const char *what)
{
    size_t bits;
    if (!number_read_count(&what, &bits, 0, 1, 16))
        return "parity: wanted the number of bits";
    parity_make(d, bits);
    return NULL;
}'
name_in src/tasks/tasks.c '    {"random", make_random},' '    {"parity", make_parity},'
use 'a data set' config '(snprintf(set[0].config.task, CONFIG_TASK_MAX, "parity:12"), set[0].config)'

must cp -r "$top/tests/walks/estimator/." .
name_in src/measure/estimator.c '#include "die.h"' '#include "sign.h"'
name_in src/measure/estimator.c '    &bins_edges_kind,' '    &sign_kind,'
engine=$(head -n 1 build/engine.h) runs=$(snapshot build/quick/runs)
use 'an estimator' estimator '"sign"'
expect_equal 'an estimator: the engine is the same' "$(head -n 1 build/engine.h)" "$engine"
expect_equal 'an estimator: what was trained and measured is untouched' "$runs" \
    "$(snapshot build/quick/runs | grep -xFf <(echo "$runs"))"

# all of it on board: the old claims say what they said
run make -j"$cores" compression SCALE=quick
expect_status 'with all of it: an old claim is trained again' 0
for f in "$reference"/data/*; do
    same_bytes "with all of it: ${f##*/}" "$f" "build/quick/data/${f##*/}"
done
must make build/bin/records
run build/bin/records build/quick/runs
expect_equal 'with all of it: the published records' \
    "$(grep -cxFf tests/expected/quick/runs.sha256 "$out")" \
    "$(find "$reference/runs" -name '*.tsv' | wc -l)"
finish
