#!/usr/bin/env bash
# Wrong calls of the programs, and places that cannot be written: one line, the right status, nothing
# left behind.
. "$(dirname "$0")/lib.sh"
own_mounts
need_reference
cd "$scratch" || exit 1

for name in $(claims); do
    program=$tree/build/bin/$name
    while IFS='|' read -r arguments what; do
        read -ra words <<<"$arguments"
        run "$program" "${words[@]}"
        expect_status "$name $arguments: status" 2
        expect_line "$name $arguments: names it" "$err" "$name: " "$what"
        expect_empty "$name $arguments: stdout is empty" "$out"
    done <<'CALLS'
--unknown|--unknown
-q|-q
--threads 0|--threads 0
--threads x|--threads x
--threads 2x|--threads 2x
--threads|--threads
--shard 5/3|--shard 5/3
--shard 0/3|--shard 0/3
--shard 1/|--shard 1/
--scale medium|--scale medium
stray|stray
CALLS
    run "$program" --help
    expect_status "$name --help: status" 0
    expect_one "$name --help: usage" "$out" "usage: $name"
    run "$program" --version
    expect_status "$name --version: status" 0
    "$program" --help >/dev/full 2>"$err"
    status=$?
    expect_status "$name --help, output full: status" 1
    expect_line "$name --help, output full: says so" "$err" "$name: cannot write standard output" 'No space'
done
expect_none 'nothing was written' . -mindepth 1 -maxdepth 1 ! -name out ! -name err ! -name shared

# places that cannot be written
program=$tree/build/bin/compression
: >file
run "$program" --scale quick --runs-dir file/runs --data-dir data
expect_status 'run store below a file: status' 1
expect_one 'run store below a file: names it' "$err" 'cannot make directory' file
run "$program" --scale quick --runs-dir new --data-dir file/data
expect_status 'data below a file: status' 1
expect_line 'data below a file: names it' "$err" 'cannot make directory' file
mkdir -p new
expect_none 'data below a file: noticed before training' new -name '*.tsv'
run "$program" --scale quick --runs-dir new --data-dir /proc/self
expect_status 'data where no file can be: status' 1
expect_line 'data where no file can be: names it' "$err" 'cannot write into directory /proc/self'
expect_none 'data where no file can be: noticed before training' new -name '*.tsv'
"$program" --scale quick --runs-dir "$reference/runs" --data-dir full >/dev/full 2>"$err"
status=$?
expect_status 'output full: status' 1
expect_line 'output full: says so' "$err" 'cannot write standard output' 'No space left'
"$program" --scale quick --runs-dir "$reference/runs" --data-dir closed >&- 2>"$err"
status=$?
expect_status 'output closed: status' 1
expect_line 'output closed: says so' "$err" 'cannot write standard output' 'Bad file descriptor'
same_bytes 'output closed: nothing printed into the data' closed "$reference/data"

# a small stack, for the threads, too
run bash -c 'ulimit -s 64 && exec "$0" "$@"' "$program" --scale quick --threads 2 \
    --runs-dir small/runs --data-dir small/data
expect_status 'a stack of 64 kB: status' 0
same_bytes 'a stack of 64 kB: the same data' small/data "$reference/data"

# a full disk, made larger afterwards
if [[ -z ${can_mount-} ]]; then
    skip 'full disk' 'this user cannot mount a tmpfs'
else
    mkdir disk
    mount -t tmpfs -o size=600k none disk
    run "$program" --scale quick --threads 2 --runs-dir disk/runs --data-dir disk/data
    expect_status 'full disk: status' 1
    expect_one 'full disk: names the file' "$err" 'cannot write disk/runs/' 'No space left'
    expect_one 'full disk: one thread speaks' "$err" 'cannot'
    expect_none 'full disk: no half-written file' disk -name '*.tmp-*'
    before=$(records disk/runs | wc -l)
    mount -o remount,size=20m disk
    run "$program" --scale quick --threads 2 --runs-dir disk/runs --data-dir disk/data
    expect_status 'after that: goes on' 0
    same_bytes 'after that: the same records' disk/runs "$reference/runs"
    same_bytes 'after that: the same data' disk/data "$reference/data"
    expect_different 'some records had been kept' "$before" 0
    umount disk

    # a read-only place
    mkdir fixed && mount -t tmpfs -o ro none fixed
    run "$program" --scale quick --runs-dir fixed/runs --data-dir data
    expect_status 'read-only run store: status' 1
    expect_one 'read-only run store: names it' "$err" 'cannot make directory' fixed/runs 'Read-only'
    umount fixed
fi
finish
