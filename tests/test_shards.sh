#!/usr/bin/env bash
# Shares by hand, and what would be sent to Slurm; tests/cluster.sh sends it.
# The $ in single quotes are those of the text that is looked for.
# shellcheck disable=SC2016
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

unset K N CLAIM SHARDS DRY
need_reference
work=$scratch/work
must cp -a "$tree" "$work"
cd "$work" || exit 1

# wrong WHAT ARGUMENTS...: one line, with all of WHAT in it
wrong() {
    local what=$1
    shift
    run make "$@"
    expect_failure "make $*: refused"
    expect_line "make $*: says $what" "$err" "$what"
}
wrong "K='' N=''" shard
wrong "K='3' N=''" shard K=3 CLAIM=compression
wrong "K='3' N='2'" shard K=3 N=2 CLAIM=compression
wrong "K='0' N='2'" shard K=0 N=2 CLAIM=compression
wrong "K='one' N='2'" shard K=one N=2 CLAIM=compression
wrong "CLAIM='' is unknown: wanted one of $(claims)" shard K=1 N=2
wrong "CLAIM='no' is unknown: wanted one of $(claims)" shard K=1 N=2 CLAIM=no
wrong "SHARDS='0'" submit SHARDS=0
wrong "SHARDS='a few'" submit SHARDS='a few'

# All commands of this machine but sbatch.
mkdir "$scratch/bin"
IFS=: read -ra directories <<<"$PATH"
for directory in "${directories[@]}"; do
    find "$directory" -mindepth 1 -maxdepth 1 ! -name sbatch -exec ln -s -t "$scratch/bin" {} + 2>/dev/null
done
PATH=$scratch/bin wrong 'sbatch not found: run make deps-cluster' submit

run make submit DRY=1 SCALE=quick SHARDS=3
expect_status 'make submit DRY=1' 0
mv "$out" "$scratch/sent"
expect 'make submit DRY=1: it is a script' bash -n "$scratch/sent"
expect_one 'make submit DRY=1: an array for compression' "$scratch/sent" \
    'compression=$(sbatch ' ' --requeue ' ' --array=1-3 ' ' --scale quick '
expect_one 'make submit DRY=1: the paper after it' "$scratch/sent" \
    'paper=$(sbatch ' ' --dependency=afterok:$compression:' 'make paper ' 'SCALE="quick"'
arrays=0
for claim in $(claims); do
    [[ -z $("build/bin/$claim" --estimate --scale quick --runs-dir none) ]] || arrays=$((arrays + 1))
done
expect_equal 'make submit DRY=1: an array for each claim that has networks' \
    "$(grep -c ' --array=' "$scratch/sent")" $arrays
expect_equal 'make submit DRY=1: no more' "$(grep -c sbatch "$scratch/sent")" $((arrays + 1))
expect 'make submit DRY=1: nothing is made' test ! -e build/quick

run make shard K=1 N=1 CLAIM=task SCALE=quick
expect_status 'make shard of a claim that trains nothing' 0
for k in 3 1 2; do
    run make shard K=$k N=3 CLAIM=compression SCALE=quick
    expect_status "make shard K=$k N=3 CLAIM=compression" 0
done
same_bytes 'three shares: the same records' build/quick/runs "$reference/runs"

need_paper
cp -a "$paper/build/quick/runs" build/quick
run make submit DRY=1 SCALE=quick SHARDS=3
expect_equal 'with nothing left to train only the paper is sent' "$(grep -o '^.*=$(sbatch' "$out")" \
    'paper=$(sbatch'

finish
