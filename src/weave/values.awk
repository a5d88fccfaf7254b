# values.awk -- the texts of \val{key}{text} against the numbers of the programs.
# usage: awk -f values.awk [-v scale=quick] [-v draft=1] [-v accept=1] *.num *.tex
#
# At full scale a text that differs from the printed number stops the paper and is named with its
# key, old and new value, so that its sentence is read again; with draft, or at quick scale, only
# unknown keys stop it.  With accept=1 the last file is printed with the new texts.

BEGIN { FS = "\t" }

FILENAME ~ /\.num$/ { printed[$1] = $2; next }

{
    line = $0
    comment = ""
    if (match(line, /(^|[^\\])%/)) {
        comment = substr(line, RSTART + RLENGTH - 1)
        line = substr(line, 1, RSTART + RLENGTH - 2)
    }
    out = ""
    while (match(line, /\\(val|get)\{[^{}]*\}/)) {
        out = out substr(line, 1, RSTART + RLENGTH - 1)
        call = substr(line, RSTART, RLENGTH)
        line = substr(line, RSTART + RLENGTH)
        key = call
        sub(/^\\(val|get)\{/, "", key)
        sub(/\}$/, "", key)
        if (key ~ /[#\\]/) # inside a macro definition
            continue
        if (!(key in printed)) {
            print FILENAME ":" FNR ": no program computes " key >"/dev/stderr"
            bad++
            continue
        }
        if (call !~ /^\\val/)
            continue
        if (!match(line, /^\{[^{}]*\}/)) {
            print FILENAME ":" FNR ": \\val{" key "} lacks its text in the same line" >"/dev/stderr"
            bad++
            continue
        }
        text = substr(line, 2, RLENGTH - 2)
        if (text != printed[key] && !accept && !draft && scale != "quick") {
            print FILENAME ":" FNR ": " key ": the text says " text ", the program " printed[key] >"/dev/stderr"
            stale++
        }
        line = "{" printed[key] "}" substr(line, RLENGTH + 1)
    }
    if (accept)
        print out line comment
}

END {
    if (stale)
        print "values: read these sentences again and correct them, or run make accept" >"/dev/stderr"
    if (bad || stale)
        exit 1
}
