#!/usr/bin/env bash
# locked.sh -- makes targets while no other make works in the same BUILD; waits for that one, and says so.
#
#   MAKE=make locked.sh BUILD TARGET...
#
# The lock is on BUILD/.paper, which also marks the directory as ours and says who holds it.  It is
# held by descriptor 199, which make and all that it starts inherit: by it a make knows that it works
# under the lock, and with the last of them, however they end, the lock goes.
set -euo pipefail
build=$1
shift
lock=$build/.paper

command -v flock >/dev/null || { echo 'flock not found: run make deps' >&2; exit 1; }
mkdir -p "$build"
while
    exec 199>>"$lock"
    if ! flock -n 199; then
        echo "$build is in use by $(<"$lock"): waiting until that is done" >&2
        flock 199
    fi
    # the last holder may have removed the file, and another made it anew
    [[ ! /proc/self/fd/199 -ef $lock ]]
do :; done
echo "make $* (process $$)" >"$lock"
exec "$MAKE" --no-print-directory "$@"
