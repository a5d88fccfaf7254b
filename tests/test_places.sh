#!/usr/bin/env bash
# Where the build may take place: what is refused before anything is written or removed, directories
# with any name for the project, one make at a time.
# shellcheck disable=SC2317,SC2094 # functions are called by name; $out is only read
. "$(dirname "$0")/lib.sh"
need_paper
work=$scratch/work
cp -a "$paper" "$work"
cd "$work" || exit 1

# ---- BUILD ----
# Dry runs, that a Makefile that fails these tests removes nothing.
mkdir -p theirs/bin theirs/obj dots && ln -s /usr link && : >theirs/bin/program
before=$(snapshot .)
while IFS= read -r place; do
    run make -n clean distclean BUILD="$place"
    expect_failure "BUILD='$place': refused"
    expect_line "BUILD='$place': in one line" "$err" "BUILD='$place'" 'wanted a directory of its own'
    expect_empty "BUILD='$place': nothing is run" "$out"
done <<'PLACES'

/
.
..
./
dots/..
/bin
/usr
/usr/local/x
/etc/x
/home
/tmp
link
link/x
src
src/x
data
tests/expected
.git
paper.tex
theirs
two words
a'b
a"b
a;b
a*
-rf
a:b
PLACES
run env BUILD= make -n clean
expect_failure 'BUILD= in the environment: refused'
expect_empty 'BUILD= in the environment: nothing is run' "$out"
expect_equal 'nothing was written' "$(snapshot .)" "$before"
rm -rf theirs dots link

run make build/other/engine.h BUILD=build/other
expect_status 'another directory below build' 0
run make "$scratch/far/away/engine.h" BUILD="$scratch/far/away"
expect_status 'a directory elsewhere' 0
mkdir -p "$scratch/carried/quick/runs"
run make "$scratch/carried/engine.h" BUILD="$scratch/carried"
expect_status 'a run store that was brought here' 0

touch paper.pdf draft.pdf
before=$(snapshot .)
run make clean BUILD="$scratch/far/away"
expect_status 'make clean BUILD=x: status' 0
run make distclean BUILD="$scratch/far/away"
expect_status 'make distclean BUILD=x: status' 0
expect_equal 'make clean and distclean BUILD=x: nothing else is touched' "$(snapshot .)" "$before"
expect_none 'make distclean BUILD=x: x is gone' "$scratch/far" -mindepth 1
before=$(snapshot data build/quick/runs)
run make clean
expect_status 'make clean: status' 0
expect_equal 'make clean: published data and the run store stay' "$(snapshot data build/quick/runs)" "$before"
expect_none 'make clean: the rest goes' . -path ./build/other -prune -o \( -path './build/*' -type f ! -path '*/runs/*' ! -name .paper -o -name '*.pdf' ! -path './build/*' \) -print

# ---- other settings ----
# wrong WHAT SETTING [TARGET]
wrong() {
    run make -n "${3-paper}" "$2"
    expect_failure "$2: refused"
    expect_line "$2: says so in one line" "$err" "$1"
}
wrong "THREADS=''" THREADS=
wrong "THREADS='0'" THREADS=0
wrong "THREADS='two'" THREADS=two
wrong "THREADS='2000'" THREADS=2000
wrong 'SCALE=full quick is unknown' 'SCALE=full quick'
wrong 'SCALE= is unknown' SCALE=
wrong "DRAFT='no' is unknown" DRAFT=no
wrong 'CC is empty' CC=
wrong "RUNS='few'" RUNS=few spot-check
wrong 'is too old: wanted 4.3 or later' .FEATURES=oneshell
run make build/obj/base/die.o CC='no-such-cache gcc'
expect_failure 'a compiler cache that is not there: status'
expect_one 'a compiler cache that is not there: named' "$err" 'no-such-cache not found: run make deps'
run make "N=it's" where
expect_line 'a quote in a setting' "$(sed -i 2d "$err"; echo "$err")" "where: no number" "it's"

# ---- two makes at once; killed ----
# A compiler that has written half of its file when it waits for $scratch/go, or until it is killed.
mkdir "$scratch/slow"
cat >"$scratch/slow/gcc" <<END
#!/usr/bin/env bash
for word; do
    [[ \${last-} != -o || \$word != *die.o* ]] || { echo half >"\$word"; touch "$scratch/half"
        until [[ -e $scratch/go ]]; do sleep 0.02; done; rm "\$word"; }
    last=\$word
done
exec $(command -v gcc) "\$@"
END
chmod +x "$scratch/slow/gcc"
start_slow() {
    rm -f "$scratch/half" "$scratch/go"
    PATH=$scratch/slow:$PATH setsid make build/bin/task >"$scratch/slow.out" 2>&1 &
    slow=$!
    until [[ -e $scratch/half ]]; do sleep 0.02; done
}
start_slow
kill -KILL -- -$slow
wait $slow 2>/dev/null
run make build/bin/task
expect_status 'killed while compiling: goes on' 0
expect 'killed while compiling: the program runs' build/bin/task --version

rm -rf build/obj build/bin build/libpaper.a
start_slow
make build/bin/critical >"$out" 2>"$err" </dev/null &
second=$!
until [[ -s $err ]] || ! kill -0 $second 2>/dev/null; do sleep 0.02; done
expect_line 'a second make: says whom it waits for' "$err" 'build is in use by make build/bin/task' 'waiting'
touch "$scratch/go"
wait $slow
expect_equal 'two makes at once: the first ends well' "$?" 0
wait $second
expect_equal 'two makes at once: the second ends well' "$?" 0
expect_equal 'two makes at once: nothing is compiled twice' "$(cat "$scratch/slow.out" "$out" | grep ^compile | sort | uniq -d)" ''

# ---- the project in a directory of any name ----
odd="$scratch/it's \"a\" dir; \$HOME é"
mkdir "$odd" && cp -a "$paper/." "$odd"
odd_make() { in_dir "$odd" make -j"$cores" SCALE=quick "$@"; }
rm -rf "$odd"/build/quick/{figures,paper,paper.pdf,excerpt}
run odd_make paper
expect_status 'a path with quotes and spaces: builds' 0
same_bytes 'a path with quotes and spaces: the same paper' "$odd/build/quick/paper.pdf" "$paper/build/quick/paper.pdf"
run odd_make verify
expect_status 'a path with quotes and spaces: verifies' 0
expect_one 'a path with quotes and spaces: all records' "$out" 'published records are here with the same numbers'
before=$(in_dir "$odd" snapshot tests data chapters)
run odd_make accept
expect_status 'a path with quotes and spaces: accepts' 0
expect_equal 'a path with quotes and spaces: what is as before is not written' "$(in_dir "$odd" snapshot tests data chapters)" "$before"
expect_equal 'a path with quotes and spaces: nothing beside it' "$(find "$scratch" -maxdepth 1 -name "it*")" "$odd"
run odd_make spot-check RUNS=1
expect_status 'a path with quotes and spaces: spot-check' 0
finish
