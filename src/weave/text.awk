# text.awk -- lists what the text says in numbers, for a comparison with what it was accepted to say.
# usage: awk -f text.awk paper.tex chapters/*.tex paper.tex chapters/*.tex     (the files twice)
#
# A line of the output is file, kind, item and how often it stands in that file:
#   key       \val or \get, with the name of the number
#   row       a macro of the text that takes arguments, with the first of them
#   number    a number that was typed, without the ways TeX has to write a comma or a point
#   symbol    a digit within a name or an index: T_5, p85
#   figure    a figure of the original
#   layout    a length, a span of columns, a count of arguments
#   verbatim  a number of a listing
#   preamble  a number before the document begins
#   word      a number in words; "one" is left out, being an article more often
# Comments, and the names that \ref, \cite, \input and their like take, do not count.

function add(kind, item,    id) {
    id = FILENAME "\t" kind "\t" item
    if (!count[id]++)
        order[++items] = id
}

# The next group {...} of a line, if it has neither groups nor blanks inside or is a short formula.
function group(text) {
    return match(text, /^(\{[^{} ]*\}|\{\$[^${}]*\$\})/) ? substr(text, 1, RLENGTH) : ""
}

BEGIN {
    names = "ref|cref|Cref|eqref|label|cite[a-z]*|input|includegraphics|excerpt|url|href|path|figurefile|" \
        "bibliography|bibliographystyle|usepackage|documentclass|crefname"
    words = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|" \
        "(twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|millions?|dozens?|half|halves|" \
        "thirds?|quarters?|fifths?|tenths?|fourteenths?|twice|doubled?|doublings?|decades?|octaves?"
}

FNR == 1 {
    pass += FILENAME == first || first == ""
    if (first == "")
        first = FILENAME
    body = FILENAME !~ /paper[.]tex$/
    verbatim = 0
}

# first reading: which macros the text defines
pass == 1 {
    line = $0
    while (match(line, /\\newcommand\{\\[A-Za-z@]+\}\[[1-9]\]/)) {
        name = substr(line, RSTART + 12, RLENGTH - 16)
        macro[name] = 1
        line = substr(line, RSTART + RLENGTH)
    }
    next
}

/\\begin\{document\}/ { body = 1 }
/\\begin\{lstlisting\}/ { verbatim = 1 }
/\\end\{lstlisting\}/ { verbatim = 0 }

{
    line = $0
    if (!verbatim)
        sub(/(^|[^\\])%.*/, "", line)

    while (match(line, /\\newcommand\{\\[A-Za-z@]+\}\[[1-9]\]/)) {
        add("layout", substr(line, RSTART, RLENGTH))
        line = substr(line, 1, RSTART - 1) " " substr(line, RSTART + RLENGTH)
    }

    # names and keys
    while (match(line, "\\\\(" names ")[*]?(\\[[^]]*\\])*\\{[^{}]*\\}"))
        line = substr(line, 1, RSTART - 1) " " substr(line, RSTART + RLENGTH)
    while (match(line, /\\(val|get)\{[^{}]*\}/)) {
        before = substr(line, 1, RSTART - 1)
        call = substr(line, RSTART, RLENGTH)
        line = substr(line, RSTART + RLENGTH)
        add("key", call)
        if (call ~ /^\\val/)
            sub(/^\{[^{}]*\}/, "", line)
        line = before " " line
    }
    rest = ""
    while (match(line, /\\[A-Za-z@]+/)) {
        name = substr(line, RSTART, RLENGTH)
        rest = rest substr(line, 1, RSTART - 1)
        line = substr(line, RSTART + RLENGTH)
        if (!(name in macro) || name == "\\val" || name == "\\get") {
            rest = rest name
            continue
        }
        call = name
        while ((argument = group(line)) != "") {
            call = call argument
            line = substr(line, length(argument) + 1)
        }
        if (call != name)
            add("row", call)
        rest = rest " "
    }
    line = rest line

    # lengths and spans
    while (match(line, /\\multicolumn\{[0-9]+\}|\\cmidrule(\([lr]*\))?\{[0-9-]+\}|[0-9.]*[0-9](cm|mm|pt|em|ex|\\[a-z]*(width|height|skip|sep))/)) {
        add("layout", substr(line, RSTART, RLENGTH))
        line = substr(line, 1, RSTART - 1) " " substr(line, RSTART + RLENGTH)
    }

    while (match(line, /Figs?[.]~[0-9]+( and~[0-9]+)?/)) {
        add("figure", substr(line, RSTART, RLENGTH))
        line = substr(line, 1, RSTART - 1) " " substr(line, RSTART + RLENGTH)
    }

    # numbers: TeX's commas and points first
    gsub(/\{\.\}/, ".", line)
    gsub(/\{,\}/, ",", line)
    while (match(line, /[0-9]\\,[0-9][0-9][0-9]/))
        line = substr(line, 1, RSTART) substr(line, RSTART + 3)
    text = line
    while (match(line, /[0-9]+(,[0-9][0-9][0-9])*([.][0-9]+)?/)) {
        item = substr(line, RSTART, RLENGTH)
        before = substr(line, 1, RSTART - 1)
        line = substr(line, RSTART + RLENGTH)
        kind = verbatim ? "verbatim" : body ? "number" : "preamble"
        if (!verbatim && match(before, /([A-Za-z]+|[A-Za-z]*[_^]\{?|#)$/)) {
            item = substr(before, RSTART) item
            kind = "symbol"
        }
        add(kind, item)
    }

    # words, without the names of commands
    gsub(/\\[A-Za-z@]+/, " ", text)
    text = " " tolower(text) " "
    while (match(text, "[^a-z](" words ")[^a-z]")) {
        add("word", substr(text, RSTART + 1, RLENGTH - 2))
        text = substr(text, RSTART + RLENGTH - 1)
    }
}

END {
    for (i = 1; i <= items; i++)
        print order[i] "\t" count[order[i]]
}
