#!/usr/bin/env bash
# Runs the unit programs and the shell tests, or those that are named, and counts what they check.
# usage: run.sh [test_calls test_lanes ...]
set -uo pipefail
# under nohup a hangup is ignored, by the programs of the tests as well, which are to be ended by one
if [[ -z ${TESTS_SIGNALS-} ]] && env --default-signal=HUP true 2>/dev/null; then
    TESTS_SIGNALS=default exec env --default-signal=HUP "$0" "$@"
fi
cd "$(dirname "$0")/.." || exit 1
unset MAKEFLAGS MAKELEVEL MFLAGS BUILD SCALE DRAFT THREADS
passed=0 failed=0 skipped=0
log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT
export TESTS_SHARED=$log/shared

make -s -j"$(nproc)" unit-programs >"$log/build" 2>&1 ||
    { cat "$log/build" >&2; echo '0 passed, 1 failed, 0 skipped'; exit 1; }

wanted=("$@")
if ((${#wanted[@]} == 0)); then
    for t in tests/unit/test_*.c tests/test_*.sh; do
        t=${t##*/}
        wanted+=("${t%.*}")
    done
fi

for t in "${wanted[@]}"; do
    if [[ -f tests/unit/$t.c ]]; then
        build/unit/"$t" >"$log/out" 2>&1
        status=$?
        # the closing line of Check: "93%: Checks: 14, Failures: 1, Errors: 0"
        read -r checks failures < <(LC_ALL=C awk -F '[:, ]+' \
            '$2 == "Checks" {c += $3; f += $5 + $7} END {print c + 0, f + 0}' "$log/out")
        ((status == 0 || failures > 0)) || failures=1
        ((checks > 0)) || failures=1
        passed=$((passed + (checks > failures ? checks - failures : 0)))
        failed=$((failed + failures))
        bad=$failures
    elif [[ -f tests/$t.sh ]]; then
        "tests/$t.sh" >"$log/out" 2>&1
        read -r p f s < <(LC_ALL=C awk \
            '/^[0-9]+ passed, [0-9]+ failed/ {l = $1 " " $3 " " $5 + 0} END {print l ? l : "0 1 0"}' "$log/out")
        passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s)) bad=$f
        grep '^ *skip ' "$log/out"
    else
        echo "there is no test $t" >"$log/out"
        failed=$((failed + 1)) bad=1
    fi
    if ((bad)); then
        echo "not ok $t"
        grep -vE '^ *(ok|skip) ' "$log/out" | tail -40
    else
        echo "ok $t"
    fi
done
echo "$passed passed, $failed failed, $skipped skipped"
((failed == 0 && passed > 0))
