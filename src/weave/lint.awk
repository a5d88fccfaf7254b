# lint.awk -- no bare result numbers in the text: a decimal number or a percentage comes from
# \val or \get, or its line ends in a comment "% fixed: <source>" that says where it is from.
# Comments, the arguments of commands that name things, lengths and options do not count.

{
    if ($0 ~ /% fixed: ./)
        next
    line = $0
    sub(/(^|[^\\])%.*/, "", line)
    gsub(/\\(val|get)\{[^{}]*\}(\{[^{}]*\})?/, "", line)
    gsub(/\\(ref|cref|Cref|label|cite[a-z]*|input|includegraphics|excerpt|url|href|figurefile|bibliography[a-z]*)(\[[^]]*\])*\{[^{}]*\}/, "", line)
    gsub(/\[[^]]*\]/, "", line)
    gsub(/[0-9.]+ ?(cm|mm|pt|em|ex|\\[a-z]*(width|height|skip|sep))/, "", line)
    if (FILENAME != "paper.tex" && (line ~ /[0-9]\.[0-9]/ || line ~ /[0-9](~|\\,| )*\\%/)) {
        print FILENAME ":" FNR ": bare number, wanted \\val{...}{...} or % fixed: source: " $0 >"/dev/stderr"
        bad++
    }
    if ($0 ~ /[ \t]$/ || $0 ~ /\t/) {
        print FILENAME ":" FNR ": tab or white space at the end of the line" >"/dev/stderr"
        bad++
    }
}

END { exit bad > 0 }
