#!/usr/bin/env bash
# Builds the engine in many ways, runs a short ensemble with different threads and shards, and
# compares the SHA-256 of every record and of the weights of wide networks.  usage: bits.sh [few|all]
# What a machine cannot build or run is skipped by name.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
which=${1:-all}
make=${MAKE:-make}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0 skipped=0 builds=0

good() { echo "ok   $1"; passed=$((passed + 1)); }
bad() { echo "FAIL $1"; failed=$((failed + 1)); }
skip() { echo "skip $1: $2"; skipped=$((skipped + 1)); }
has() { command -v "$1" >/dev/null; }
cpu() { grep -qw -m1 "$1" /proc/cpuinfo; }

# The records of a store, the table of options and the weights of wide networks as one hash; the names
# hold the configuration and the engine.
outcome() { (cd "$1" && find . -name '*.tsv' -o -name '*.bin' | LC_ALL=C sort); }
hash_of() { (cd "$1" && outcome . | xargs sha256sum | sha256sum); }

# compare NAME STORE: with the first store of all
reference=
compare() {
    local hash
    hash=$(hash_of "$2")
    [[ -n $reference ]] || { reference=$hash; echo "     reference: $1, ${hash:0:16}"; }
    if [[ $(outcome "$2" | wc -l) == 16 && $hash == "$reference" ]]; then
        good "$1"
    else
        bad "$1"
    fi
}

# build NAME CC OPT [MORE]: the program of that build, in $program; says why not
build() {
    local name=$1 cc=$2 opt=$3
    shift 3
    builds=$((builds + 1))
    program=$work/$builds/bin/bits
    "$make" -s -j2 --no-print-directory BUILD="$work/$builds" CC="$cc" OPT="$opt" "$@" "$program" \
        >"$work/log" 2>&1 || { bad "$name: does not build"; tail -5 "$work/log"; return 1; }
}

# one build on one thread
plain() {
    build "$@" || return
    ${run:-} "$program" --threads 1 --runs-dir "$work/$builds/runs" 2>"$work/log" ||
        { bad "$1: does not run"; tail -3 "$work/log"; return; }
    compare "$1" "$work/$builds/runs"
}

# gcc with the flags of the paper, threads and shards
build 'gcc -O3 -march=native' gcc '-O3 -march=native' || exit 1
for threads in 1 2 3; do
    "$program" --threads $threads --runs-dir "$work/t$threads" 2>/dev/null
    compare "gcc -O3 -march=native, $threads thread(s)" "$work/t$threads"
done
for shard in 3 1 2; do
    "$program" --threads 2 --shard $shard/3 --runs-dir "$work/shards" 2>/dev/null
done
compare 'gcc -O3 -march=native, 3 shards' "$work/shards"
"$program" --threads 1 --runs-dir "$work/two" 2>/dev/null &
"$program" --threads 2 --runs-dir "$work/two" 2>/dev/null
wait
compare 'gcc -O3 -march=native, two processes at once' "$work/two"

machine=$(uname -m)
levels=('-O3 -march=x86-64-v3')
[[ $which == all ]] && levels=('-O0' '-O2' '-O3 -march=x86-64-v2' '-O3 -march=x86-64-v3'
    '-O3 -march=x86-64-v4' '-O3 -march=native -mprefer-vector-width=512'
    '-O3 -march=native -mprefer-vector-width=256' '-O1 -march=native')
compilers=(clang)
[[ $which == all ]] && compilers=(gcc clang)
for cc in "${compilers[@]}"; do
    for opt in "${levels[@]}"; do
        name="$cc ${opt}"
        if ! has "$cc"; then
            skip "$name" "no $cc here"
        elif [[ $machine != x86_64 && $opt == *x86-64* ]]; then
            skip "$name" "not an x86-64 machine"
        elif [[ $opt == *v4* ]] && ! cpu avx512vl; then
            skip "$name" 'no AVX-512 here'
        elif [[ $opt == *v3* ]] && ! cpu avx2; then
            skip "$name" 'no AVX2 here'
        else
            plain "$name" "$cc" "$opt"
        fi
    done
done

# aarch64 under emulation: another architecture, another mathematical library
if [[ $which == all ]]; then
    cross=aarch64-linux-gnu-gcc arm64=$PWD/build/arm64/usr
    if [[ $machine == aarch64 ]]; then
        skip 'aarch64 under qemu' 'this is one'
    elif ! has $cross || ! has qemu-aarch64; then
        skip 'aarch64 under qemu' 'no cross compiler or qemu-aarch64 (make deps-bits)'
    elif [[ ! -e $arm64/lib/aarch64-linux-gnu/libgsl.a ]]; then
        skip 'aarch64 under qemu' 'no GSL and nettle for arm64 (make deps-bits)'
    else
        for opt in -O3 -O0; do
            run='qemu-aarch64' plain "aarch64 gcc $opt" $cross "$opt" \
                EXTRA="-static -I$arm64/include -L$arm64/lib/aarch64-linux-gnu"
        done
    fi
fi

echo "$passed passed, $failed failed, $skipped skipped"
((failed == 0))
