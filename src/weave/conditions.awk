# conditions.awk -- the verdicts of all claims as rows of a LaTeX table: what is claimed and how it came
# out, and below it every condition with its interval, its state and how far its limit could move.
# usage: awk -f conditions.awk CLAIM.num CLAIM_verdicts.tsv ...
#
# A .num file gives the sentence of each verdict (its meaning), the table beside it the conditions.

BEGIN { FS = "\t" }

FNR == 1 {
    claim = FILENAME
    sub(/.*\//, "", claim)
    table = sub(/_verdicts\.tsv$/, "", claim)
    sub(/\.num$/, "", claim)
    last = ""
}

!table { says[$1] = $4; next }

FNR == 1 {
    for (i = 1; i <= NF; i++)
        column[$i] = i
    next
}

{
    key = claim "/" $column["verdict"]
    if (!(key in says)) {
        print FILENAME ": no number is called " key >"/dev/stderr"
        exit 1
    }
    if (key != last)
        printf "\\conditionhead{%s}{%s}{%s}\n", name(claim), sentence(says[key]), $column["word"]
    last = key
    side = $column["side"]
    limit = number($column["limit"])
    upper = number($column["upper"])
    wanted = side == "above" ? "> " limit : side == "below" ? "< " limit : \
        side == "between" ? limit " \\ldots " upper : "\\notin " limit " \\ldots " upper
    printf "\\conditionrow{%s}{\\path{%s}}{$%s$}{%s}{%s}{%s}{%s}{%s}{%s}{%s}\n", \
        ($column["central"] ? "\\conditioncentral" : ""), $column["number"], wanted, \
        shown($column["value"]), shown($column["low"]), shown($column["high"]), \
        ($column["n"] > 0 ? $column["n"] : "---"), $column["state"], shown($column["stands_low"]), \
        shown($column["stands_high"])
}

# Three digits are enough to see on which side of a limit something lies.
function number(x) { return x == "nan" ? "" : sprintf("%.3g", x) }

function shown(x) {
    if (x == "nan")
        return "?"
    if (x ~ /inf/)
        return x ~ /^-/ ? "$-\\infty$" : "$\\infty$"
    x = sprintf("%.3g", x)
    if (x ~ /e/) {
        split(x, part, "e")
        return "$" part[1] "\\cdot10^{" part[2] + 0 "}$"
    }
    return "$" x "$"
}

function name(x) { gsub(/_/, "\\_", x); return x }

function sentence(x) {
    gsub(/%/, "\\%", x)
    gsub(/I\(X;T\)/, "$I(X;T)$", x)
    return toupper(substr(x, 1, 1)) substr(x, 2)
}
