#!/usr/bin/env bash
# The same bytes for gcc and clang, other vector widths, threads, shards: the short form of
# make check-bits; and the published records of quick scale.
# shellcheck disable=SC2317,SC2094 # functions are called by name; $out is only read
. "$(dirname "$0")/lib.sh"
need_paper
run "$top/tests/bits.sh" few
while read -r word rest; do
    case $word in
    ok) pass "$rest" ;;
    FAIL) fail "$rest" "$(cat "$out" "$err")" ;;
    skip) skip "${rest%%: *}" "${rest#*: }" ;;
    esac
done <"$out"
expect_status 'builds compared' 0
run diff <("$paper/build/bin/records" "$paper/build/quick/runs") "$top/tests/expected/quick/runs.sha256"
expect_status 'quick scale: the published records' 0
finish
