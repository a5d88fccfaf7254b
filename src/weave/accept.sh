#!/usr/bin/env bash
# accept.sh -- takes what the programs computed, and what the text and the figures say, as what is
# published from now on, and shows the difference for a person to read.
# usage: [CHANGED=yes] [FEWER=yes] accept.sh SCALE DIRECTORY     e.g. full build/full
#
# Nothing is written unless all can be.  What no new result explains is refused: records that have other
# numbers than were published (unless CHANGED is yes), fewer records than before (unless
# FEWER is yes), a number that has become nan, a name that no program computes, a typed number without a
# reason.
set -uo pipefail
export LC_ALL=C
[[ $# == 2 && ($1 == full || $1 == quick) ]] || { sed -n '4s/^# //p' "$0" >&2; exit 2; }
scale=$1 here=$2
expected=tests/expected
published=data
[[ $scale == full ]] || published=$expected/quick
weave=src/weave
text=(paper.tex chapters/*.tex)
new=$(mktemp -d) || exit 1
trap 'rm -rf "$new"' EXIT
refuse() {
    echo "accept: $1; nothing was changed" >&2
    exit 1
}

# ---- the new files, aside ----
mkdir -p "$new/$published" "$new/$expected/$scale" "$new/chapters"
cp -- "$here"/data/*.num "$here"/data/*.tsv "$new/$published" || refuse 'the results cannot be read'
for t in "${text[@]}"; do
    if [[ $scale == full ]]; then
        awk -f $weave/values.awk -v accept=1 "$here"/data/*.num "$here/original.num" "$t" >"$new/$t" ||
            refuse "$t is not in order"
    else
        awk -f $weave/values.awk -v scale="$scale" "$here"/data/*.num "$here/original.num" "$t" ||
            refuse "$t is not in order"
        cp -- "$t" "$new/$t" || refuse "$t cannot be read"
    fi
done
(cd "$new" && awk -f "$OLDPWD/$weave/text.awk" "${text[@]}" "${text[@]}" | sort) >"$new/$expected/text.tsv" ||
    refuse 'the text cannot be listed'
awk -f $weave/lint.awk chapters/typed.tsv "$new/$expected/text.tsv" "${text[@]}" || refuse 'the text is not in order'
sha256sum -- figures/*.gp >"$new/$expected/figures.sha256" || refuse 'the figure scripts cannot be read'

# ---- what would hide a defect ----
for n in "$new/$published"/*.num; do
    old=$published/${n##*/}
    [[ -f $old ]] || old=/dev/null
    awk -F '\t' -v old="$old" '
        BEGIN { while ((getline line < old) > 0) { split(line, f, "\t"); was[f[1]] = f[3] } }
        function complain(text) { print "accept: " text >"/dev/stderr"; bad++ }
        NF != 4 || $1 in seen { complain(FILENAME ": not a number, or twice: " $0) }
        { seen[$1] = 1 }
        $3 ~ /nan/ && ($1 in was) && was[$1] !~ /nan/ { complain($1 " was " was[$1] " and is " $3) }
        END { exit bad > 0 }' "$n" || refuse 'these numbers are not taken'
done
records=$expected/$scale/runs.sha256
[[ -f $records ]] || : >"$records"
"${here%/*}/bin/records" "$here/runs" >"$new/$records" || refuse 'the run store cannot be read'
! grep '^damaged' "$new/$records" >&2 || refuse 'these records are damaged: run the program of their claim again'
awk '
    { sum = $1; sub(/^[^ ]*  /, "") }
    FILENAME == ARGV[1] { was[$0] = sum; old++; next }
    { now++ }
    $0 in was && was[$0] == sum { same++ }
    $0 in was && was[$0] != sum && ++changed <= 20 {
        print "accept: run record " $0 " has other numbers than were published" >"/dev/stderr"
    }
    END {
        print "run records: " old + 0 " were published, " now + 0 " are now, " same + 0 " of them the same"
        exit changed > 0
    }' "$records" "$new/$records" || [[ ${CHANGED-} == yes ]] ||
    refuse 'a run has one result; if the arithmetic of the engine was meant to change: CHANGED=yes'
before=$(wc -l <"$records") after=$(wc -l <"$new/$records")
((after >= before)) || [[ ${FEWER-} == yes ]] ||
    refuse "$((before - after)) records fewer than are published; if they are meant to go: FEWER=yes"

# ---- the difference ----
changed=()
while IFS= read -rd '' file; do
    file=${file#"$new"/}
    [[ -f $file ]] && cmp -s -- "$new/$file" "$file" || changed+=("$file")
done < <(find "$new" -type f -print0 | sort -z)
for file in "${changed[@]}"; do
    old=$file
    [[ -f $file ]] || old=/dev/null
    case $file in
    *.sha256 | "$published"/*.tsv)
        echo "$file: $({ diff -- "$old" "$new/$file" || true; } | grep -c '^>') lines are new" ;;
    *) diff -U 0 --label "$file" --label "$file, now" -- "$old" "$new/$file" ;;
    esac
done
for old in "$published"/*.num "$published"/*.tsv; do
    if [[ -f $old && ! -f $new/$old ]]; then
        echo "$old: no program writes it any more"
        rm -- "$old"
    fi
done

# ---- in place ----
for file in "${changed[@]}"; do
    cp -- "$new/$file" "$file.new" && mv -- "$file.new" "$file" || exit 1
done
echo "${#changed[@]} files were changed"
