# records.awk -- the fingerprints of the records in a run store against the published ones.
# usage: build/bin/records DIR | awk -f records.awk PUBLISHED -
# Both lists have a line "<sha256>  <name>" a record.  What is missing is counted, what differs is
# named, the first twenty of them, and is a failure; so are damaged records.

NR == FNR { published[$2] = $1; total++; next }

$2 in published {
    if ($1 == published[$2])
        same++
    else if (++other <= 20)
        print "verify: record " $2 ": " ($1 == "damaged" ? "damaged" : "other numbers than published") >"/dev/stderr"
}

END {
    print same + 0 " of " total + 0 " published records are here with the same numbers" \
        (other ? ", " other " with others" : "")
    exit other > 0
}
