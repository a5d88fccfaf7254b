# where.awk -- what a number of the paper is: its meaning, its value, where it stands, what makes it.
# usage: N=4.27 awk -f where.awk FILE...          or N=compression/p85/t5/fall, or a part of a key
#
# The files, in any order: published .num files, and those computed here, behind here=1; original.tsv,
# typed.tsv, allowed.tsv and verify.awk; the text, figure scripts, sources.  Nothing needs to be built.

BEGIN {
    FS = "\t"
    wanted = ENVIRON["N"]
    if (wanted == "") {
        print "where: N is empty: wanted a printed number or a key, as in make where N=4.27" >"/dev/stderr"
        stopped = 1
        exit 2
    }
    plain = wanted
    gsub(/[ ,\\]/, "", plain) # 10 000 is printed for 10000
}

FILENAME ~ /\.num$/ && here { computed[$1] = $3; next }

FILENAME ~ /\.num$/ {
    if (!($1 in meaning))
        key[++keys] = $1
    printed[$1] = $2; value[$1] = $3; meaning[$1] = $4
    next
}

FILENAME ~ /original\.tsv$/ {
    if (/^#/ || $1 == "key")
        next
    $1 = "original/" $1
    key[++keys] = $1
    printed[$1] = value[$1] = $2; meaning[$1] = $5
    source[$1] = FILENAME ":" FNR ": " $4 ", read to " $3
    next
}

FILENAME ~ /typed\.tsv$/ {
    if (!/^#/ && $1 == plain)
        typed[++types] = $1 " is typed" ($2 == "*" ? "" : " in " $2) ", not computed: " $3
    next
}

FILENAME ~ /allowed\.tsv$/ {
    if (!/^#/ && $1 != "field" && $1 !~ /:/) {
        gsub(/[.+]/, "\\\\&", $1)
        gsub(/\*/, "[^/]*", $1)
        allowed[++fields] = "^" $1 "$"; reason[fields] = $2
    }
    next
}

# relative["gap"] = 0; absolute["gap"] = 1e-10
FILENAME ~ /verify\.awk$/ {
    if (/^ *relative\["/) {
        split($0, part, /"|= |;/)
        tolerance[part[2]] = part[4] " of it + " part[8]
        sub(/ *$/, "", tolerance[part[2]])
    }
    next
}

FILENAME ~ /\.tex$/ {
    line = $0
    sub(/(^|[^\\])%.*/, "", line)
    while (match(line, /\\[a-z]+\{[a-z_]+\/[^{}]*\}/)) {
        call = substr(line, RSTART, RLENGTH)
        line = substr(line, RSTART + RLENGTH)
        sub(/^[^{]*\{/, "", call)
        sub(/\}$/, "", call)
        quoted[++quotes] = call; at[quotes] = FILENAME ":" FNR
    }
    next
}

# the tables that a figure reads, by the name of the claim that they begin with
FILENAME ~ /\.gp$/ {
    if (match($0, /'\/[a-z_]+\.tsv'/)) {
        if (!(FILENAME in tables))
            figure[++figures] = FILENAME
        tables[FILENAME] = tables[FILENAME] " " substr($0, RSTART + 2, RLENGTH - 3)
    }
    next
}

FILENAME ~ /\.c$/ { if (/"/) { text[++lines] = $0; place[lines] = FILENAME ":" FNR; file[lines] = FILENAME } }

# Whether a quotation in the text is of key k; #1 of a macro stands for anything.
function quotes_it(q, k,    part, of, n, m, i) {
    if (q == k)
        return 1
    if (q !~ /#/)
        return 0
    n = split(q, part, "/")
    m = split(k, of, "/")
    if (m < n)
        return 0
    for (i = 1; i <= n; i++)
        if (part[i] !~ /#/ && part[i] != of[i])
            return 0
    return m == n || part[n] ~ /#/
}

# Whether a sentence quotes key k by name.
function quoted_at_all(k,    i) {
    for (i = 1; i <= quotes; i++)
        if (quoted[i] == k)
            return 1
    return 0
}

# The line of a source whose string ends with the name of the number: the claim's own file first.
function made_by(k,    name, claim, pass, i, n, part) {
    claim = k
    sub(/\/.*/, "", claim)
    name = k
    sub(/\/(low|high)$/, "", name)
    n = split(name, part, "/")
    for (; n > 1; n--)
        for (pass = 1; pass <= 2; pass++)
            for (i = 1; i <= lines; i++)
                if ((file[i] ~ ("claims/" claim "\\.c$")) == (pass == 1) &&
                    (index(text[i], "\"" part[n] "\"") || index(text[i], "/" part[n] "\""))) {
                    name = text[i]
                    sub(/^[ \t]*/, "", name)
                    return place[i] ": " name
                }
    return "src/claims/" claim ".c"
}

function line_of(label, what) { printf "  %-9s %s\n", label, what }

function explain(k,    claim, low, high, i, n, words) {
    claim = k
    sub(/\/.*/, "", claim)
    print k " = " printed[k]
    line_of("meaning", meaning[k])
    low = k "/low"; high = k "/high"
    line_of("value", value[k] ((low in value) ? ", 95 % interval " value[low] " to " value[high] : ""))
    if (k in source)
        line_of("source", source[k])
    else {
        n = "number"
        for (i = 1; i <= fields; i++)
            if (k ~ allowed[i])
                n = reason[i]
        line_of("here", (k in computed ? computed[k] : "not computed yet") \
            "; the build goes on if it prints the same and differs by no more than " tolerance[n])
    }
    n = 0
    for (i = 1; i <= quotes; i++)
        if (quotes_it(quoted[i], k))
            line_of(n++ ? "" : "text", at[i] (quoted[i] == k ? "" : " (a row of a table, " quoted[i] ")"))
    if (!n)
        line_of("text", "not quoted")
    words = ""
    for (i = 1; i <= figures; i++)
        if (tables[figure[i]] ~ (" " claim "[._]"))
            words = words (words == "" ? "" : ", ") figure[i]
    if (words != "")
        line_of("figures", "of the same claim: " words)
    if (!(k in source)) {
        line_of("made by", made_by(k))
        line_of("again", "make " claim)
    }
}

END {
    if (stopped)
        exit 2
    for (i = 1; i <= keys; i++)
        if (key[i] == wanted)
            hit[++hits] = key[i]
    if (!hits)
        for (i = 1; i <= keys; i++)
            if (printed[key[i]] "" == plain "" || printed[key[i]] == "+" plain)
                hit[++hits] = key[i]
    if (!hits && wanted ~ /[a-z]/)
        for (i = 1; i <= keys; i++)
            if (index(key[i], wanted))
                hit[++hits] = key[i]
    if (!hits)
        for (i = 1; i <= types; i++)
            print typed[i]
    if (!hits && !types) {
        print "where: no number of the paper is printed as " wanted ", and no key holds it" >"/dev/stderr"
        exit 1
    }
    for (i = 1; i <= hits; i++)
        if (hits <= 3)
            explain(hit[i])
        else if (hits <= 20 || quoted_at_all(hit[i]))
            printf "%-44s %-10s %s\n", hit[i], printed[hit[i]], meaning[hit[i]]
        else
            more++
    if (hits > 3)
        print hits " numbers" (more ? ", " more " of them not quoted in the text" : "") \
            "; make where N=KEY tells all of one"
}
