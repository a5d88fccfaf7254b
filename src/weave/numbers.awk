# numbers.awk -- .num files (key, printed form, value, meaning) to LaTeX definitions for \val and
# \get.  Numbers go through siunitx, "inf" becomes a sign, words stay as they are.
# usage: awk -f numbers.awk [-v published='a.num b.num'] *.num
#
# With published files, which a draft is given, a number that is printed otherwise there is red.

BEGIN {
    FS = "\t"
    files = split(published, file, " ")
    for (i = 1; i <= files; i++)
        while ((getline line < file[i]) > 0) {
            split(line, field, "\t")
            was[field[1]] = field[2]
        }
}

published { was[$1] = $2; draft = 1; next }

{
    raw = $2
    shown = raw ~ /^[+-]?[0-9]+(\.[0-9]*)?(e[+-]?[0-9]+)?$/ ? "\\num{" raw "}" : raw
    if (raw == "inf")
        shown = "\\ensuremath{\\infty}"
    if (files && $1 !~ /^original\// && was[$1] != raw "")
        shown = "\\textcolor{red}{" shown "}"
    printf "\\expandafter\\def\\csname raw@%s\\endcsname{%s}\n", $1, raw
    printf "\\expandafter\\def\\csname num@%s\\endcsname{%s}\n", $1, shown
}
