# numbers.awk -- .num files (key, printed form, value, meaning) to LaTeX definitions for \val and
# \get.  Numbers go through siunitx, "inf" becomes a sign, words stay as they are.
# usage: awk -f numbers.awk [published=1 PUBLISHED.num... published=0] NEW.num...
#
# For a draft: a number whose printed form is not the published one is red.

BEGIN { FS = "\t" }

published { was[$1] = $2; draft = 1; next }

{
    raw = $2
    shown = raw ~ /^[+-]?[0-9]+(\.[0-9]*)?(e[+-]?[0-9]+)?$/ ? "\\num{" raw "}" : raw
    if (raw == "inf")
        shown = "\\ensuremath{\\infty}"
    if (raw == "-inf")
        shown = "\\ensuremath{-\\infty}"
    if (draft && !($1 in was && was[$1] == raw))
        shown = "\\textcolor{red}{" shown "}"
    printf "\\expandafter\\def\\csname raw@%s\\endcsname{%s}\n", $1, raw
    printf "\\expandafter\\def\\csname num@%s\\endcsname{%s}\n", $1, shown
}
