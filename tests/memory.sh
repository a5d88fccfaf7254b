#!/usr/bin/env bash
# Runs the unit tests and the fuzz test with the address and undefined-behaviour sanitizers, and the
# unit tests in valgrind; any complaint of theirs is a failure.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
make=${MAKE:-make}
jobs=$(nproc)
log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT
export log
passed=0 failed=0 skipped=0

# Builds all programs below build/$1 with the flags $2.
build() {
    "$make" -s -j"$jobs" --no-print-directory BUILD="build/$1" OPT="$2" unit-programs \
        "build/$1/bin/fuzz" >"$log/build" 2>&1 || { tail -20 "$log/build"; exit 1; }
}

# Runs the command $2 on every program in turn, as many at once as there are cores.
run_all() {
    local name=$1 command=$2 program
    shift 2
    for program in "$@"; do echo "$program"; done | xargs -P "$jobs" -I{} bash -c "
        name=\$(basename {})
        if $command {} >\"\$log/\$name\" 2>&1; then echo \"ok   $name: \$name\"
        else echo \"FAIL $name: \$name\"; tail -15 \"\$log/\$name\"; fi" | tee "$log/result"
    passed=$((passed + $(grep -c '^ok' "$log/result")))
    failed=$((failed + $(grep -c '^FAIL' "$log/result")))
}

programs() { find "build/$1/unit" -name 'test_*' ! -name '*.d' -size +0 | LC_ALL=C sort; }

build sanitize '-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all'
mapfile -t list < <(programs sanitize)
run_all sanitizers 'ASAN_OPTIONS=allocator_may_return_null=1' "${list[@]}" build/sanitize/bin/fuzz

if ! command -v valgrind >/dev/null; then
    echo 'skip valgrind: not here (make deps)'
    skipped=1
else
    # valgrind knows AVX2 and the fused multiply-add, not AVX-512
    flags='-O1 -g'
    grep -qsw fma /proc/cpuinfo && flags+=' -march=x86-64-v3'
    build valgrind "$flags"
    # what solves for the bound, or trains by hand, computes for minutes there, and a demand for more memory
    # than there is counts as an error; the sanitizers have seen them.  Its long double is a double, too
    # short for what is compared with one, and its fused multiply-add gives test_unit other bits than the
    # same program has without it.
    mapfile -t list < <(programs valgrind | grep -vE 'test_(bottleneck|curve|encoder|frontier|iteration|memory|odds|place|source|transition|unit|witness)$')
    run_all valgrind \
        'valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite' \
        "${list[@]}"
fi
echo "$passed passed, $failed failed, $skipped skipped"
((failed == 0 && passed > 0))
