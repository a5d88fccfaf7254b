#!/usr/bin/env bash
# Compilers and flags: what would change bits is refused, what the compiler does not know is left out,
# warnings stop developers only.
# shellcheck disable=SC2317,SC2094 # functions are called by name; $out is only read
. "$(dirname "$0")/lib.sh"
need_tree
work=$scratch/work
cp -a "$tree" "$work"
cd "$work" || exit 1
has() { command -v "$1" >/dev/null; }

compilers=()
for cc in gcc clang; do if has $cc; then compilers+=("$cc"); else skip "$cc" 'not here'; fi; done

# ---- refused by the compiler ----
for cc in "${compilers[@]}"; do
    while IFS='|' read -r setting what; do
        run make CC="$cc" "$setting" build/refused/obj/base/die.o BUILD=build/refused
        expect_failure "$cc, $setting: refused"
        expect_one "$cc, $setting: says why" "$err" error: "$what"
        expect_none "$cc, $setting: nothing is made" build/refused -name '*.o'
    done <<'FLAGS'
OPT=-Ofast -march=native|-Ofast, -ffast-math, -ffinite-math-only change results
EXTRA=-ffast-math|-Ofast, -ffast-math, -ffinite-math-only change results
EXTRA=-ffinite-math-only|-Ofast, -ffast-math, -ffinite-math-only change results
OPT=-O2 -m32 -mfpmath=387|floats get more digits than they have
FLAGS
done

# ---- undone by the flags that come last ----
part='-fassociative-math -freciprocal-math -fno-signed-zeros -ffp-contract=fast'
for cc in "${compilers[@]}"; do
    run make CC="$cc" EXTRA="$part" "build/$cc/bin/task" "build/$cc/unit/test_selftest" BUILD="build/$cc"
    expect_status "$cc $part: builds" 0
    expect "$cc $part: changes no bit" "build/$cc/unit/test_selftest"
done

# ---- noticed by the program: compiled by hand, without the header that refuses ----
cat >main.c <<'END'
#include <stdio.h>
#include "selftest.h"
int main(void) { selftest(); puts("the same bits"); return 0; }
END
flags=(-std=c11 -D_POSIX_C_SOURCE=200809L -fno-math-errno -fno-trapping-math -fopenmp-simd -Isrc/base -Isrc/numeric)
libraries=(build/libpaper.a -lgsl -lgslcblas -lnettle -lm)
# by_hand CC FLAGS...: compiles the self-test so, and runs it
by_hand() {
    "$@" "${flags[@]}" -o main main.c src/numeric/selftest.c "${libraries[@]}" >"$scratch/log" 2>&1 ||
        { fail "$*: compiles" "$(cat "$scratch/log")"; return; }
    run ./main
}
for cc in "${compilers[@]}"; do
    for level in -O0 -O3; do
        by_hand "$cc" $level -ffp-contract=off
        expect_status "$cc $level: the right bits" 0
    done
    for flag in -Ofast -funsafe-math-optimizations -freciprocal-math -fno-signed-zeros; do
        by_hand "$cc" -O3 -ffp-contract=off $flag
        expect_status "$cc $flag: dies" 1
        expect_line "$cc $flag: in one line" "$err" 'other bits than all others'
    done
done
if grep -qsw fma /proc/cpuinfo; then
    by_hand "${compilers[0]}" -O3 -mfma -ffp-contract=fast
    expect_status 'contraction: dies' 1
fi
if has gcc; then
    # only the linker is told: it adds code that flushes small numbers to zero
    gcc -O3 -ffp-contract=off "${flags[@]}" -c main.c src/numeric/selftest.c &&
        gcc -ffast-math -o main main.o selftest.o "${libraries[@]}"
    run ./main
    expect_status '-ffast-math for the linker: dies' 1
fi

# every program that trains
sed -i 's/0x0a6c55eb6d075d27U/0x0a6c55eb6d075d28U/' src/numeric/selftest.c
run make build/bin/compression
expect_status 'another answer: builds' 0
run build/bin/compression --scale quick --runs-dir runs --data-dir "$scratch/data"
expect_status 'another answer: the program dies' 1
expect_line 'another answer: in one line' "$err" 'compression: this program computes other bits' 'random words'
expect 'another answer: nothing is trained' test ! -e runs
cp "$top/src/numeric/selftest.c" src/numeric/selftest.c

# ---- a compiler for a machine without these vectors ----
mkdir "$scratch/bin"
cat >"$scratch/bin/oldcc" <<END
#!/usr/bin/env bash
for word; do
    case \$word in
    -march=* | -mprefer-vector-width=* | -mtune=* | -fno-tree-loop-distribute-patterns)
        echo "error: unrecognized command-line option '\$word'" >&2
        exit 1 ;;
    esac
done
exec gcc "\$@"
END
chmod +x "$scratch/bin/oldcc"
if has gcc; then
    PATH=$scratch/bin:$PATH run make CC=oldcc BUILD=build/old build/old/bin/task
    expect_status 'a compiler that knows no -march=native: builds' 0
    expect_one 'a compiler that knows no -march=native: -O3 stays' build/old/flags 'oldcc' ' -O3 '
fi

# ---- warnings ----
sed -i '$a int warned_of(int x) { int unused; return x; }' src/base/die.c
run make build/obj/base/die.o
expect_status 'a warning: goes on' 0
expect_one 'a warning: is shown' "$err" warning: unused
rm build/obj/base/die.o
run make build/obj/base/die.o WERROR=1
expect_failure 'a warning, WERROR=1: stops'
rm src/base/die.c && cp -p "$top/src/base/die.c" src/base
run make build/obj/base/die.o
expect_status 'the rest: compiles' 0
before=$(snapshot build/obj/base)
run make build/obj/base/die.o WERROR=1
expect_equal 'WERROR=1: compiles nothing anew' "$(snapshot build/obj/base)" "$before"

# ---- what the library is made of ----
echo 'int no_longer(void); int no_longer(void) { return 1; }' >src/base/extra.c
run make build/libpaper.a
expect_one 'a new module: in the library' <(ar t build/libpaper.a) extra.o
rm src/base/extra.c
run make build/libpaper.a
expect_equal 'a module that is gone: not in the library' "$(ar t build/libpaper.a | grep -c extra)" 0
expect_equal 'a module that is gone: the others are' "$(ar t build/libpaper.a | wc -l)" "$(find src/{base,numeric,engine,tasks,measure,bound,runs,judge,report} -name '*.c' | wc -l)"
rm build/obj/base/die.o.d
sed -i 's/_Noreturn void die(/_Noreturn void die (/' src/base/die.h
touch -d '2000-01-01' src/base/die.h
run make build/obj/base/die.o
expect_one 'a lost list of headers: compiled again' "$out" 'compile src/base/die.c'
finish
