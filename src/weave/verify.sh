#!/usr/bin/env bash
# verify.sh -- compares all that the paper shows with what is published and names what differs.
# usage: verify.sh SCALE DIRECTORY [STAMP]      e.g. full build/full; from the top of the project
#
# The stamp is written if all agrees.  It holds a fingerprint of all that was looked at; nothing is
# done while that is what the stamp holds.
#
# Every part is looked at, whatever the others say:
#   the numbers and tables that the programs wrote, DIRECTORY/data, against data (full scale) or
#     tests/expected/quick
#   the rules, src/judge/rules.c, against the digest of the day they were frozen
#   the run records, against their published fingerprints
#   the numbers, names of numbers and number words of the text, against tests/expected/text.tsv, and
#     each \val with its number
#   the scripts of the figures, against those whose pictures were looked at last
set -uo pipefail
export LC_ALL=C
[[ $# == [23] && ($1 == full || $1 == quick) ]] || { sed -n '3s/^# //p' "$0" >&2; exit 2; }
scale=$1 here=$2 stamp=${3-} expected=tests/expected
published=data
[[ $scale == full ]] || published=$expected/quick
weave=src/weave
text=(paper.tex chapters/*.tex)
status=0
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

if [[ -n $stamp ]]; then
    sum=$({
        find src/judge/rules.* paper.tex chapters figures data tests/expected src/weave "$here/data" "$here/original.num" \
            -type f -print0 | sort -z | xargs -0 sha256sum
        find "$here/runs" -type f -printf '%P %s %T@\n' 2>/dev/null | sort
    } | sha256sum) || exit 1
    [[ ! -f $stamp || $(<"$stamp") != "$sum" ]] || exit 0
fi

# the names of the files of either side
mapfile -t names < <(find "$published" "$here/data" -maxdepth 1 \( -name '*.num' -o -name '*.tsv' \) \
    -printf '%f\n' 2>/dev/null | sort -u)
pairs=()
for name in "${names[@]}"; do pairs+=("$published/$name" "$here/data/$name"); done
awk -f $weave/verify.awk -v scale="$scale" $expected/allowed.tsv "${pairs[@]}" || status=1

# the rules are those that were frozen before the networks were trained
if [[ $(sha256sum <src/judge/rules.c) != "$(sed -n 's/^sha256 //p' src/judge/rules.frozen)  -" ]]; then
    echo 'verify: src/judge/rules.c is not what src/judge/rules.frozen says was frozen' >&2
    status=1
fi

$weave/records.sh "${here%/*}/bin/records" "$here/runs" "$expected/$scale/runs.sha256" || status=1

awk -f $weave/text.awk "${text[@]}" "${text[@]}" | sort >"$scratch/text" || status=1
if cmp -s "$scratch/text" $expected/text.tsv; then
    echo "$(wc -l <"$scratch/text") numbers, names and number words of the text are those that were accepted"
else
    # a name in both files is one whose count differs
    { diff $expected/text.tsv "$scratch/text" || true; } | awk -F '\t' '
        /^[<>]/ {
            file = substr($1, 3); id = file "\t" $2 "\t" $3
            if (!(id in seen)) { seen[id] = 1; order[++n] = id }
            if (/^</) was[id] = $4; else is[id] = $4
        }
        END {
            for (i = 1; i <= n; i++) {
                split(order[i], part, "\t")
                if (i <= 20)
                    print "verify: " part[1] ": " part[2] " " part[3] " stands there " is[order[i]] + 0 \
                        " times, accepted are " was[order[i]] + 0
            }
            print "verify: " n " things in the text changed; when its sentences are right: make accept"
        }' >&2
    status=1
fi
awk -f $weave/lint.awk chapters/typed.tsv "$scratch/text" "${text[@]}" || status=1
awk -f $weave/values.awk -v scale="$scale" "$here"/data/*.num "$here/original.num" "${text[@]}" || status=1

sha256sum -- figures/*.gp >"$scratch/figures"
if cmp -s "$scratch/figures" $expected/figures.sha256; then
    echo "$(wc -l <"$scratch/figures") figure scripts are those whose pictures were accepted"
else
    { diff $expected/figures.sha256 "$scratch/figures" || true; } |
        sed -n 's/^[<>] [0-9a-f]*  \(.*\)/verify: \1 is not the script that was accepted/p' | sort -u >&2
    echo 'verify: look at the pictures, then make accept' >&2
    status=1
fi

if [[ -n $stamp && $status == 0 ]]; then
    echo "$sum" >"$scratch/stamp" && mv "$scratch/stamp" "$stamp" || status=1
fi
exit $status
