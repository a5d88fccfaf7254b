#!/usr/bin/env bash
# The run store: killed, interrupted, damaged, shared; the bytes come out the same.
. "$(dirname "$0")/lib.sh"
need_reference
cd "$scratch" || exit 1
program=$tree/build/bin/compression
quick() { "$program" --scale quick --threads 2 --runs-dir "$1/runs" --data-dir "$1/data"; }

# start DIRECTORY COUNT: a run in the background that has written COUNT records
start() {
    quick "$1" >"$out" 2>"$err" &
    pid=$!
    until (($(records "$1/runs" | wc -l) >= $2)); do
        kill -0 $pid 2>/dev/null || break
        sleep 0.01
    done
}

# SIGKILL, twenty times, after one more record each time
for ((i = 1; i <= 20; i++)); do
    start killed $i
    kill -KILL $pid 2>/dev/null
    wait $pid 2>/dev/null
done
first=$(records killed/runs | head -n 1)
before=$(snapshot "$first")
run quick killed
expect_status 'killed twenty times: goes on' 0
same_bytes 'killed twenty times: the same records' killed/runs "$reference/runs" -x '*.tmp-*'
same_bytes 'killed twenty times: the same data' killed/data "$reference/data" -x '*.tmp-*'
expect_equal 'a finished record is not trained again' "$(snapshot "$first")" "$before"

# SIGINT, SIGTERM, SIGHUP
for signal in INT:130 TERM:143 HUP:129; do
    rm -rf stopped
    # a shell starts background jobs with SIGINT ignored; env gives it back
    env --default-signal=INT "$program" --scale quick --threads 2 --runs-dir stopped/runs \
        --data-dir stopped/data >"$out" 2>"$err" &
    pid=$!
    until (($(records stopped/runs | wc -l) >= 2)); do sleep 0.01; done
    kill -"${signal%:*}" $pid
    wait $pid
    status=$?
    expect_status "SIG${signal%:*}: status" "${signal#*:}"
    expect_one "SIG${signal%:*}: says how to go on" "$err" 'the same command goes on'
    expect_none "SIG${signal%:*}: no temporary file stays" stopped -name '*.tmp-*'
done
run quick stopped
same_bytes 'stopped: the same records' stopped/runs "$reference/runs" -x '*.tmp-*'

# two processes at once; shards; a machine each
quick two >/dev/null 2>&1 &
quick two >/dev/null 2>&1
wait
same_bytes 'two processes at once: the same records' two/runs "$reference/runs"
same_bytes 'two processes at once: the same data' two/data "$reference/data"
for k in 2 3 1; do
    "$program" --scale quick --shard $k/3 --runs-dir shards/runs --data-dir shards/data \
        >/dev/null 2>&1
done
same_bytes 'three shards: the same records' shards/runs "$reference/runs"
expect_none 'three shards: no results yet' shards -path '*/data/*'
run "$program" --scale quick --estimate --runs-dir shards/runs --data-dir shards/data
expect_empty 'three shards: nothing left to train' "$out"
rm -rf none
run "$program" --scale quick --estimate --runs-dir none/runs --data-dir none/data
expect_none '--estimate writes nothing' . -path './none*'

# damaged records, runs and measurements: named, set aside, trained again
cp -a "$reference" damaged
damage() {
    local what="$kind: $1"
    run timeout 300 "$program" --scale quick --threads 2 --runs-dir damaged/runs --data-dir damaged/data
    expect_status "$what: goes on" 0
    expect_one "$what: named" "$err" "cannot use record $record" 'trained again'
    expect "$what: set aside" test -e "$record.bad"
    rm -rf "$record.bad"
    same_bytes "$what: the same records" damaged/runs "$reference/runs"
    same_bytes "$what: the same data" damaged/data "$reference/data"
}
for kind in records measurements; do
    mapfile -t list < <($kind damaged/runs)
    record=${list[5]} other=${list[6]} size=$(stat -c %s "${list[5]}")
    for cut in 0 1 100 $((size / 2)) $((size - 1)); do
        truncate -s "$cut" "$record"
        damage "cut to $cut bytes"
    done
    for at in 3 $((size / 3)) $((size - 5)); do
        printf '\001' | dd of="$record" bs=1 seek="$at" conv=notrunc 2>/dev/null
        damage "byte $at altered"
    done
    cp "$other" "$record"
    damage 'the record of another run'
    sed -i 's/^engine .*/engine 0123456789abcdef/' "$record"
    damage 'the record of another engine'
    rm "$record" && mkdir "$record"
    damage 'a directory in its place'
    rm "$record" && mkfifo "$record"
    damage 'a pipe in its place'
    rm "$record"
    run quick damaged
    same_bytes "$kind: a deleted record: the same records" damaged/runs "$reference/runs"
done
finish
