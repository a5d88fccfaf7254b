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
expect_one 'a claim: and says how it comes out' "$out" 'verdict: small networks compress'
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
expect 'a claim: its figure is drawn' test -s build/quick/figures/dummy.pdf
expect_one 'a claim: make help lists it' <(make help) 'make CLAIM' ' dummy '

# a file of it that is deleted comes back
rm build/quick/data/dummy_networks.tsv
run make figures SCALE=quick
expect 'a claim: a deleted file is made again' test -s build/quick/data/dummy_networks.tsv
finish
