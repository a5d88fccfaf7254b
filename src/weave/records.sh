#!/usr/bin/env bash
# records.sh -- the fingerprints of run records.
# usage: records.sh compare RUN_STORE PUBLISHED    names the records here that are not the published
#        records.sh list RUN_STORE ENGINE          prints those of this engine's records
# PUBLISHED is a list as sha256sum writes it, of names below the run store.
set -euo pipefail
export LC_ALL=C

case ${1-}:$# in
compare:3)
    [[ -s $3 ]] || { echo "verify: there are no published fingerprints in $3" >&2; exit 1; }
    published=$(realpath -- "$3")
    if [[ ! -d $2 ]]; then
        echo "there is no run store $2: no records to compare"
        exit 0
    fi
    cd -- "$2"
    # a line of sha256sum -c: name, colon, OK or FAILED (open or read, if there is none)
    { sha256sum -c -- - <"$published" 2>/dev/null || true; } | awk '
        { total++ }
        / OK$/ { same++ }
        / FAILED$/ {
            if (++other <= 20)
                print "verify: run record " substr($0, 1, length($0) - 8) " has other bytes than the published" >"/dev/stderr"
        }
        END {
            print same + 0 " of " total " published run records are here with the same bytes" \
                (other ? ", " other " with other bytes" : "")
            exit other > 0
        }'
    ;;
list:3)
    cd -- "$2"
    { grep -lxF "engine $3" -- */config.txt || true; } | sed 's|/config.txt$||' |
        while read -r directory; do find "$directory" -name '[0-9]*.tsv'; done | sort -V | xargs -r sha256sum
    ;;
*)
    sed -n '3,4s/^# //p' "$0" >&2
    exit 2
    ;;
esac
