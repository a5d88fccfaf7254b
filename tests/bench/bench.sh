#!/usr/bin/env bash
# Measures the engine and its peers in turn, three times over, and reports the ratio of each round:
# the machine may be slower or faster from one minute to the next, both sides then are.  Then what a
# run costs, shards as processes of their own, and how long the paper takes.
# usage: bench.sh DIRECTORY_OF_PROGRAMS OUTPUT.tsv CLAIM...
set -euo pipefail
bin=$(realpath "$1") output=$(realpath "$2") rounds=${ROUNDS:-3}
cd "$(dirname "$0")"
shift 2
python=${PYTHON:-/usr/bin/python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/rounds"

peers=1
"$python" -c 'import torch, numpy' 2>/dev/null || {
    peers=0
    echo 'no torch and numpy here (make deps-bench installs them): only the engine is measured' >&2
}

# The networks of compression at quick scale by $1 processes at once: seconds on the wall, and of the
# processors.
shards() {
    local TIMEFORMAT='%R %U %S' k
    rm -rf "$work/store"
    time {
        for ((k = 1; k <= $1; k++)); do
            "$bin/compression" --scale quick --threads 1 --shard "$k/$1" --runs-dir "$work/store" \
                --data-dir "$work" >"$work/shard.$k" 2>&1 &
        done
        wait
    }
}

for ((r = 1; r <= rounds; r++)); do
    echo "round $r of $rounds" >&2
    {
        "$bin/bench"
        if ((peers)); then
            for threads in 1 2; do
                OPENBLAS_NUM_THREADS=$threads "$python" torch_bench.py $threads |
                    sed "s/^torch_/torch${threads}_/"
            done
            OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 "$python" numpy_bench.py
        fi
        "$bin/cost"
        for n in 1 2 4 8; do
            shards $n 2>&1 | LC_ALL=C awk -v n=$n \
                '{print "shards_" n "_wall", $1, "s"; print "shards_" n, $2 + $3, "s"}'
        done
    } | tee "$work/rounds/$r" >&2
done

# An empty store: what --estimate says of each claim, in the form 1h05m, 3m20s or 12s, added up.  A run
# that two claims share counts twice.
for claim in "$@"; do
    (cd ../.. && "$bin/$claim" --estimate --threads "$(nproc)" --runs-dir "$work/empty" \
        --data-dir "$work")
done | LC_ALL=C awk '
    match($0, /about [0-9hms]+/) {
        t = substr($0, RSTART + 6, RLENGTH - 6)
        while (match(t, /^[0-9]+[hms]/)) {
            unit = substr(t, RLENGTH, 1)
            s += substr(t, 1, RLENGTH - 1) * (unit == "h" ? 3600 : unit == "m" ? 60 : 1)
            t = substr(t, RLENGTH + 1)
        }
    }
    END {print "paper_estimate_s", s + 0, "s"}' | tee "$work/paper" >&2

# Ratios within a round, then the median over the rounds.  PyTorch's best on one core is the better
# of its two forms on one thread and on two threads per core used.
LC_ALL=C awk '
    function max(a, b) { return a > b ? a : b }
    function median(key,    n, i, j, t, v) {
        n = split(values[key], v, " ")
        for (i = 1; i <= n; i++)
            for (j = i + 1; j <= n; j++)
                if (v[j] + 0 < v[i] + 0) { t = v[i]; v[i] = v[j]; v[j] = t }
        return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
    }
    # what other programs slow down most: seconds on the wall
    function least(key,    n, i, v, m) {
        n = split(values[key], v, " ")
        m = v[1]
        for (i = 2; i <= n; i++)
            if (v[i] + 0 < m + 0) m = v[i]
        return m
    }
    function note(key, value, u) {
        if (!(key in unit)) order[++keys] = key
        unit[key] = u
        values[key] = values[key] " " value
    }
    function round_ends(    b, i, k) {
        for (i = 1; i <= 4; i++) {
            b = batch[i]
            if (("torch1_one_" b) in now) {
                k = max(now["torch1_one_" b], now["torch1_all_" b])
                k = max(k, max(now["torch2_one_" b], now["torch2_all_" b]) / 2)
                note("train_vs_torch_" b, now["train_samples_" b] / k, "x")
            }
        }
        if ("torch1_wide" in now) {
            k = max(now["torch1_wide"], now["torch2_wide"] / 2)
            note("wide_vs_torch", now["wide_samples"] / k, "x")
        }
        # processes more do the same work and their own start
        note("cost_fixed_ms", 1e3 * (now["shards_8"] - now["shards_1"]) / 7, "ms")
        if ("numpy_layers" in now)
            note("plugin_vs_numpy", now["numpy_layers"] / now["plugin_layers"], "x")
        split("", now)
    }
    BEGIN { split("64 256 512 full", batch, " ") }
    FNR == 1 && NR > 1 { round_ends() }
    { now[$1] = $2; note($1, $2, $3) }
    END {
        print "key\tvalue\tunit"
        for (i = 1; i <= keys; i++)
            printf "%s\t%.4g\t%s\n", order[i], \
                (order[i] ~ /^shards.*wall$/ ? least(order[i]) : median(order[i])), unit[order[i]]
        # the figures that are quoted, at batch 256, under short names
        split("train_vs_torch train_samples train_gflops train_share_of_peak", short, " ")
        for (i = 1; i <= 4; i++)
            if ((short[i] "_256") in unit)
                printf "%s\t%.4g\t%s\n", (i == 2 ? "train_samples_per_core" : short[i]), \
                    median(short[i] "_256"), unit[short[i] "_256"]
    }' "$work"/rounds/* "$work/paper" >"$work/all"
mkdir -p "$(dirname "$output")"
cp "$work/all" "$output"
tail -n +2 "$output" | LC_ALL=C awk -F '\t' '{print "bench", $1, $2, $3}'
