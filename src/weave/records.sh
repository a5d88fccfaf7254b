#!/usr/bin/env bash
# records.sh -- the fingerprints of the records in a run store, against the published ones.
# usage: records.sh PROGRAM RUN_STORE PUBLISHED      e.g. build/bin/records build/full/runs .../runs.sha256
# PROGRAM lists what is in the store, a line "<sha256 of the tables>  <name>" a record; so does PUBLISHED.
# What is missing is counted; what differs or is damaged is named, the first twenty of them, and a failure.
set -euo pipefail
export LC_ALL=C
[[ $# == 3 ]] || { sed -n '3s/^# //p' "$0" >&2; exit 2; }
[[ -s $3 ]] || { echo "verify: there are no published fingerprints in $3" >&2; exit 1; }
if [[ ! -d $2 ]]; then
    echo "there is no run store $2: no records to compare"
    exit 0
fi
"$1" "$2" | awk -v list="$3" '
    BEGIN { while ((getline line < list) > 0) { split(line, f, "  "); published[f[2]] = f[1]; total++ } }
    $1 == "damaged" || ($2 in published && $1 != published[$2]) {
        if (++other <= 20)
            print "verify: record " $2 ($1 == "damaged" ? " is damaged" : " has other numbers than the published") >"/dev/stderr"
        next
    }
    $2 in published { same++ }
    END {
        print same + 0 " of " total " published records are here with the same numbers" \
            (other ? ", " other " are not" : "")
        exit other > 0
    }'
