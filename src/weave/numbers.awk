# numbers.awk -- .num files (key, printed form, value, meaning) to LaTeX definitions for \val and
# \get.  Numbers go through siunitx, "inf" becomes a sign, words stay as they are.

BEGIN { FS = "\t" }

{
    raw = $2
    shown = raw ~ /^[+-]?[0-9]+(\.[0-9]*)?(e[+-]?[0-9]+)?$/ ? "\\num{" raw "}" : raw
    if (raw == "inf")
        shown = "\\ensuremath{\\infty}"
    printf "\\expandafter\\def\\csname raw@%s\\endcsname{%s}\n", $1, raw
    printf "\\expandafter\\def\\csname num@%s\\endcsname{%s}\n", $1, shown
}
