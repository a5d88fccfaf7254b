# reference.awk -- what is not this edition's own as numbers that the text can quote: key, printed form,
# value and meaning, as the programs write theirs.
# usage: awk -f reference.awk original.tsv first_edition.tsv
#
# Values of the original as original/<key>, verdicts of the first edition as first/<key>.

BEGIN { FS = OFS = "\t" }

/^#/ { next }
$1 == "key" { first = 0 }
$1 == "key" && $0 == "key\tword\tmeaning" { first = 1; next }
first {
    if (NF != 3 || ("first", $1) in seen || $2 !~ /^(not |partly )?reproduced$/)
        complain("wanted key, word and meaning, once each: " $0)
    seen["first", $1] = 1
    print "first/" $1, $2, $2 == "reproduced" ? 2 : $2 ~ /^partly/ ? 1 : 0, $3 " (first edition)"
    next
}

$1 == "key" {
    if ($0 != "key\tvalue\terror\twhere\tmeaning")
        complain("other columns than key, value, error, where and meaning")
    next
}

{
    if (NF != 5 || $1 in seen || $2 !~ /^[0-9.]+$/ || $3 !~ /^[0-9.]+$/ || $4 == "")
        complain("wanted key, value, error, where and meaning, once each: " $0)
    seen[$1] = 1
    print "original/" $1, $2, $2 + 0, $5 " (" $4 ")"
}

function complain(text) {
    print FILENAME ":" FNR ": " text >"/dev/stderr"
    bad++
}

END { exit bad > 0 }
