# accept.awk -- the numbers of a program as a file of expected values.  A key that the old file
# (-v file=...) has keeps its tolerance and reason.

BEGIN {
    FS = OFS = "\t"
    while ((getline line < file) > 0) {
        split(line, f, "\t")
        tolerance[f[1]] = f[3]
        why[f[1]] = f[4]
    }
    print "key", "value", "tolerance", "why"
}

{
    if (!($1 in why)) {
        tolerance[$1] = scale == "quick" ? 0 : 1e-9
        why[$1] = (scale == "quick" ? "same bytes: " : "same bytes but for the sums of GSL: ") $4
    }
    print $1, $3, tolerance[$1], why[$1]
}
