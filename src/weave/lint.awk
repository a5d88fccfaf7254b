# lint.awk -- no number is typed into the text without a reason, no reason stays without its number.
# usage: awk -f lint.awk [-v list=1] typed.tsv listing text.tex...
#
# The listing is that of text.awk.  chapters/typed.tsv has a line for each number and file: the
# number, the file ("*": any) and why it may be typed, not quoted by \val or \get.  With list=1 it is
# printed, reason by reason.

BEGIN { FS = "\t" }

FILENAME == ARGV[1] {
    if (/^#/ || $0 == "number\tfile\twhy")
        next
    if (NF != 3 || $3 == "" || ($1, $2) in why)
        complain(FILENAME ":" FNR ": wanted number, file and why, once each: " $0)
    why[$1, $2] = $3
    if (!($3 in numbers))
        reason[++reasons] = $3
    numbers[$3] = numbers[$3] " " $1 ($2 == "*" ? "" : " (" $2 ")")
    line[$1, $2] = FILENAME ":" FNR
    next
}

FILENAME == ARGV[2] {
    if ($2 == "number") {
        file = $1
        sub(/.*\//, "", file)
        sub(/[.]tex$/, "", file)
        if (($3, file) in why)
            used[$3, file] = 1
        else if (($3, "*") in why)
            used[$3, "*"] = 1
        else
            complain($1 ": the number " $3 " is typed: quote it by \\val{key}{text}, or give a reason in " ARGV[1])
    }
    next
}

/[ \t]$/ || /\t/ { complain(FILENAME ":" FNR ": tab or white space at the end of the line") }

function complain(text) {
    print "lint: " text >"/dev/stderr"
    bad++
}

END {
    for (id in why)
        if (!(id in used)) {
            split(id, part, SUBSEP)
            complain(line[id] ": no " part[1] " is typed there now")
        }
    if (list && !bad)
        for (i = 1; i <= reasons; i++)
            printf "typed, for %s:%s\n", reason[i], numbers[reason[i]]
    exit bad > 0
}
