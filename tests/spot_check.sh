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
    record=$(cd "$store/runs" && ls -- */*.tsv)
    seconds=$(LC_ALL=C awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }')
    if ! wanted=$(grep -F "  $record" "$published"); then
        echo "FAIL $claim: $record is not among the published records ($seconds s)"
        failed=$((failed + 1))
    elif [[ $(cd "$store/runs" && sha256sum "$record") == "$wanted" ]]; then
        echo "same $claim: run $index of $total, $record ($seconds s)"
        passed=$((passed + 1))
    else
        echo "FAIL $claim: run $index of $total, $record has other bytes ($seconds s)"
        failed=$((failed + 1))
    fi
done < <(shuf -n "$runs" "$list")
echo "$passed passed, $failed failed"
((failed == 0 && passed > 0))
