#!/usr/bin/env bash
# Trains randomly chosen runs of the published paper anew, in an empty store, and compares the bytes
# of their records with the published ones.
# usage: spot_check.sh RUNS SCALE BIN_DIRECTORY CLAIM...
set -euo pipefail
cd "$(dirname "$0")/.."
runs=$1 scale=$2 bin=$3
shift 3
[[ $runs =~ ^[1-9][0-9]*$ ]] || { echo "RUNS=$runs: wanted a number from 1 on" >&2; exit 2; }
published=tests/expected/$scale/runs.sha256
[[ -s $published ]] || { echo "$published is missing or empty" >&2; exit 1; }
store=$(mktemp -d)
trap 'rm -rf "$store"' EXIT

# All runs, as "claim index total": share index of total shares is that one run.
list=$store/list
for claim in "$@"; do
    total=$("$bin/$claim" --scale "$scale" --estimate --runs-dir "$store/none" |
        sed -n 's/^[^:]*: [0-9]* of \([0-9]*\) networks.*/\1/p')
    for ((i = 1; i <= ${total:-0}; i++)); do echo "$claim $i $total"; done
done >"$list"

passed=0 failed=0
while read -r claim index total; do
    start=$EPOCHREALTIME
    rm -rf "${store:?}/runs"
    "$bin/$claim" --scale "$scale" --threads 1 --shard "$index/$total" --runs-dir "$store/runs" \
        2>"$store/log" || { cat "$store/log" >&2; exit 1; }
    found=$("$bin/records" "$store/runs")
    seconds=$(LC_ALL=C awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }')
    # the run and what was measured on it, a line each: fingerprint and name
    verdict=same
    while read -r fingerprint name; do
        wanted=$(LC_ALL=C awk -v name="$name" '$2 == name { print $1 }' "$published")
        [[ $wanted == "$fingerprint" ]] || verdict=FAIL
        [[ -n $wanted ]] || echo "     $name is not among the published records"
    done <<<"$found"
    echo "$verdict $claim: run $index of $total, ${found##* } ($seconds s)"
    if [[ $verdict == same ]]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
done < <(shuf -n "$runs" "$list")
echo "$passed passed, $failed failed"
((failed == 0 && passed > 0))
