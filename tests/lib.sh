# shellcheck shell=bash
# lib.sh -- what the shell tests share: assertions that count, scratch space, copies of the tree.
#
# Source it first and call finish last: a test that ends without it has failed.  Everything is
# written below $scratch, which goes at the end.

set -u
export LC_ALL=C

# What an enclosing make or a user may have set would steer the makes under test.
unset MAKEFLAGS GNUMAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES BUILD SCALE DRAFT THREADS WERROR EXTRA CDPATH

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
test_name=$(basename "$0" .sh)
cores=$(nproc)
passed=0 failed=0 skipped=0 finished=
scratch=$(mktemp -d) || exit 1
# What is made once for all tests: by run.sh for all of them, or for this one alone.
shared=${TESTS_SHARED:-$scratch/shared}
out=$scratch/out err=$scratch/err status=0
mkdir -p "$shared"

clean_up() {
    local code=$? pids
    pids=$(jobs -p)
    # shellcheck disable=SC2086
    [[ -z $pids ]] || kill -KILL $pids 2>/dev/null
    rm -rf "$scratch"
    if [[ -z $finished ]]; then
        fail "$test_name ended too early, with status $code"
        totals
        exit 1
    fi
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# ---- results ----

totals() { printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"; }

finish() {
    finished=yes
    totals
    ((failed == 0))
    exit
}

pass() {
    passed=$((passed + 1))
    printf '  ok    %s\n' "$1"
}

# fail WHAT [DETAIL]
fail() {
    failed=$((failed + 1))
    printf '  FAIL  %s\n' "$1"
    [[ $# -lt 2 ]] || head -n 30 <<<"$2" | cut -c 1-300 | sed 's/^/          /'
}

# skip WHAT REASON
skip() {
    skipped=$((skipped + 1))
    printf '  skip  %s: %s\n' "$1" "$2"
}

# must COMMAND...: what the test cannot go on without.
must() {
    local text
    text=$("$@" 2>&1 </dev/null) && return
    fail "cannot go on without: $*" "$text"
    finish
}

# ---- assertions ----

# run COMMAND...: its exit status in $status, what it prints in the files $out and $err
run() {
    "$@" >"$out" 2>"$err" </dev/null
    status=$?
}

# expect WHAT COMMAND...: the command succeeds.
expect() {
    local what=$1 text
    shift
    if text=$("$@" 2>&1 </dev/null); then pass "$what"; else fail "$what" "$text"; fi
}

# expect_status WHAT STATUS: of the last run
expect_status() {
    if ((status == $2)); then
        pass "$1"
    else
        fail "$1" "exit status $status, not $2; it says:"$'\n'"$(tail -n 20 "$out" "$err")"
    fi
}

# expect_failure WHAT: the last run ended by itself with some status but 0.
expect_failure() {
    if ((status > 0 && status < 128)); then
        pass "$1"
    else
        fail "$1" "exit status $status; it says:"$'\n'"$(tail -n 20 "$out" "$err")"
    fi
}

# lines_with FILE TEXT...: the lines that hold all the texts
lines_with() {
    local file=$1 line text
    shift
    while IFS= read -r line || [[ -n $line ]]; do
        for text; do [[ $line == *"$text"* ]] || continue 2; done
        printf '%s\n' "$line"
    done <"$file"
}

# expect_one WHAT FILE TEXT...: exactly one line of the file holds all the texts.
expect_one() {
    local what=$1 file=$2 found
    shift 2
    found=$(lines_with "$file" "$@" | wc -l)
    if ((found == 1)); then
        pass "$what"
    else
        fail "$what" "$found lines, not one, have: $*"$'\n'"$(tail -n 20 "$file")"
    fi
}

# expect_line WHAT FILE TEXT...: the file is one line, and holds all the texts.
expect_line() {
    local what=$1 file=$2
    shift 2
    if (($(wc -l <"$file") == 1)) && [[ -n $(lines_with "$file" "$@") ]]; then
        pass "$what"
    else
        fail "$what" "wanted one line with: $*"$'\n'"it says:"$'\n'"$(tail -n 20 "$file")"
    fi
}

expect_empty() {
    if [[ ! -s $2 ]]; then pass "$1"; else fail "$1" "it says:"$'\n'"$(head -n 20 "$2")"; fi
}

expect_equal() {
    if [[ $2 == "$3" ]]; then pass "$1"; else fail "$1" "$(diff <(echo "$2") <(echo "$3"))"; fi
}

expect_different() {
    if [[ $2 != "$3" ]]; then pass "$1"; else fail "$1" "both are: $2"; fi
}

# expect_none WHAT FIND-ARGUMENTS...: find finds nothing.
expect_none() {
    local what=$1 found
    shift
    found=$(find "$@")
    if [[ -z $found ]]; then pass "$what"; else fail "$what" "there is:"$'\n'"$found"; fi
}

# same_bytes WHAT A B [DIFF-OPTIONS]: two files or two directories
same_bytes() {
    local what=$1 a=$2 b=$3 text
    shift 3
    if text=$(diff -rq "$@" "$a" "$b" 2>&1); then pass "$what"; else fail "$what" "$text"; fi
}

# ---- the tree ----

# in_dir DIRECTORY COMMAND...
in_dir() { (cd "$1" && shift && "$@"); }

# The files of the project, NUL after each; without git, all but what is made.
project_files() {
    if git ls-files -z --cached 2>/dev/null | grep -qzx Makefile; then
        git ls-files -z --cached --others --exclude-standard
    else
        find . \( -name .git -o -path ./build \) -prune -o \
            -type f ! -path ./paper.pdf ! -path ./draft.pdf ! -name '*.new' -print0
    fi
}

# copy_project DIRECTORY: uncommitted work goes, too; what is made does not.
copy_project() {
    mkdir -p "$1" && in_dir "$top" project_files |
        while IFS= read -rd '' file; do
            [[ ! -f $top/$file ]] || printf '%s\0' "$file"
        done |
        in_dir "$top" xargs -0 cp -pP --parents -t "$1"
}

# The chapters that have a program, on one line, as the Makefile has them.
claims() {
    local chapter found=()
    while read -r chapter; do
        [[ ! -f $top/src/claims/$chapter.c ]] || found+=("$chapter")
    done < <(sed -n 's/^\\input{chapters\/\([a-z_]*\)}$/\1/p' "$top/paper.tex")
    echo "${found[*]}"
}

build_programs() {
    local targets
    read -ra targets <<<"$(claims)"
    in_dir "$1" make -j"$cores" build/bin/records "${targets[@]/#/build/bin/}"
}

# Sets $tree to a copy with the programs.  Do not change it.
need_tree() {
    tree=$shared/tree
    [[ ! -e $tree.done ]] || return 0
    rm -rf "$tree"
    must copy_project "$tree"
    must build_programs "$tree"
    touch "$tree.done"
}

# Sets $reference to what the claim compression makes, undisturbed, at quick scale: runs, data,
# stdout.  Do not change it.
need_reference() {
    need_tree
    reference=$shared/reference
    [[ ! -e $reference.done ]] || return 0
    rm -rf "$reference"
    mkdir -p "$reference"
    must "$tree/build/bin/compression" --scale quick --runs-dir "$reference/runs" \
        --data-dir "$reference/data" >"$reference/stdout"
    must "$tree/build/bin/compression" --scale quick --runs-dir "$reference/runs" \
        --data-dir "$reference/data"
    touch "$reference.done"
}

# Sets $paper to a copy with everything of the quick paper.  Do not change it.
need_paper() {
    need_reference
    paper=$shared/paper
    [[ ! -e $paper.done ]] || return 0
    rm -rf "$paper"
    must cp -a "$tree" "$paper"
    must mkdir -p "$paper/build/quick"
    must cp -a "$reference/runs" "$paper/build/quick/runs"
    must in_dir "$paper" make -j"$cores" paper SCALE=quick
    touch "$paper.done"
}

# snapshot PATH...: names, sizes, inodes and times of all files below, but for the lock of a build;
# equal if none was written.
snapshot() { find "$@" -type f ! -name .paper -printf '%p %s %i %T@\n' | sort; }

# records STORE: the finished runs; measurements STORE: what was measured on them
records() { find "$1" -name '*.tsv' ! -path '*@*' 2>/dev/null | sort; }
measurements() { find "$1" -name '*.tsv' -path '*@*' 2>/dev/null | sort; }

# ---- mounts ----

# Goes on in a mount name space of the test's own, which ends with it, where the system allows one;
# then can_mount is not empty.  To be called at once after sourcing.
own_mounts() {
    can_mount=${TESTS_CAN_MOUNT-}
    [[ -z $can_mount ]] || return 0
    local user
    for user in --user=no --map-root-user; do
        [[ $user == --map-root-user ]] || user=--mount
        if unshare --mount "$user" mount -t tmpfs none "$scratch" 2>/dev/null; then
            rm -rf "$scratch"
            TESTS_CAN_MOUNT=yes exec unshare --mount "$user" "$0"
        fi
    done
}
