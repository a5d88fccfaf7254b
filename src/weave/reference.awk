# reference.awk -- data/reference/original.tsv as numbers that the text can quote: key, printed form,
# value and meaning, as the programs write theirs.

BEGIN { FS = OFS = "\t" }

/^#/ { next }

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
