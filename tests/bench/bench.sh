#!/usr/bin/env bash
# Measures the engine and its peers in turn, three times over, and reports the ratio of each round:
# the machine may be slower or faster from one minute to the next, both sides then are.
# usage: bench.sh ENGINE_PROGRAM OUTPUT.tsv
set -euo pipefail
cd "$(dirname "$0")"
engine=$1 output=$2 rounds=${ROUNDS:-3}
python=${PYTHON:-/usr/bin/python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

peers=1
"$python" -c 'import torch, numpy' 2>/dev/null || {
    peers=0
    echo 'no torch and numpy here (make deps-bench installs them): only the engine is measured' >&2
}
for ((r = 1; r <= rounds; r++)); do
    echo "round $r of $rounds" >&2
    {
        "$engine"
        if ((peers)); then
            "$python" torch_bench.py 1 | sed 's/^torch_/torch1_/'
            "$python" torch_bench.py 2 | sed 's/^torch_/torch2_/'
            OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 "$python" numpy_bench.py
        fi
    } | tee "$work/$r" >&2
done

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
        if ("numpy_layers" in now)
            note("plugin_vs_numpy", now["numpy_layers"] / now["plugin_layers"], "x")
        split("", now)
    }
    BEGIN { split("64 256 512 full", batch, " ") }
    FNR == 1 && NR > 1 { round_ends() }
    { now[$1] = $2; note($1, $2, $3) }
    END {
        round_ends()
        print "key\tvalue\tunit"
        for (i = 1; i <= keys; i++)
            printf "%s\t%.4g\t%s\n", order[i], median(order[i]), unit[order[i]]
        # the figures that are quoted, at batch 256, under short names
        split("train_vs_torch train_samples train_gflops train_share_of_peak", short, " ")
        for (i = 1; i <= 4; i++)
            if ((short[i] "_256") in unit)
                printf "%s\t%.4g\t%s\n", (i == 2 ? "train_samples_per_core" : short[i]), \
                    median(short[i] "_256"), unit[short[i] "_256"]
    }' "$work"/* >"$work/all"
mkdir -p "$(dirname "$output")"
cp "$work/all" "$output"
tail -n +2 "$output" | LC_ALL=C awk -F '\t' '{print "bench", $1, $2, $3}'
