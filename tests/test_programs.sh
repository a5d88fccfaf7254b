#!/usr/bin/env bash
# The claim programs: what they say they write, where they look for published values, how little stack
# they need.
# shellcheck disable=SC2317 # functions are called by name
. "$(dirname "$0")/lib.sh"
need_paper
cd "$scratch" || exit 1
store=$paper/build/quick/runs

# small_stack COMMAND...: with 64 kB of stack
small_stack() { (ulimit -s 64 && "$@"); }

for name in $(claims); do
    program=$paper/build/bin/$name
    run "$program" --list-files
    expect_status "$name --list-files: status" 0
    sort "$out" >listed
    expect_empty "$name --list-files: nothing else is said" "$err"
    run small_stack "$program" --scale quick --threads 2 --runs-dir "$store" --data-dir "$name" \
        --reference-dir "$top/data/reference"
    expect_status "$name with a small stack, elsewhere: status" 0
    expect_equal "$name: it writes what it lists" "$(<listed)" "$(ls "$name")"
    for file in "$name"/*; do
        same_bytes "$name with a small stack: ${file##*/}" "$file" "$paper/build/quick/data/${file##*/}"
    done
done

# published values are looked for when they are needed
program=$paper/build/bin/as_coded
run "$program" --scale quick --runs-dir new --estimate
expect_status 'no published values, an estimate: status' 0
run "$program" --scale quick --runs-dir new --shard 1/38
expect_status 'no published values, a share: status' 0
expect 'no published values, a share: it is trained' test "$(records new | wc -l)" = 1
run "$program" --scale quick --runs-dir new --data-dir data
expect_status 'no published values, all: status' 1
expect_line 'no published values, all: says what is missing' "$err" \
    'as_coded: cannot read the published values in data/reference/as_coded.tsv' --reference-dir 'No such file'
expect 'no published values, all: nothing more is trained' test "$(records new | wc -l)" = 1
finish
