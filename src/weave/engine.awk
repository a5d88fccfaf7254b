# engine.awk -- C sources without comments and white space: what is left decides what they compute.
# Strings and characters are kept whole.

{ text = text $0 "\n" }

END {
    n = length(text)
    for (i = 1; i <= n; i++) {
        c = substr(text, i, 1)
        two = substr(text, i, 2)
        if (quote != "") {
            printf "%s", c
            if (c == "\\")
                printf "%s", substr(text, ++i, 1)
            else if (c == quote)
                quote = ""
        } else if (two == "/*") {
            i += 1 + index(substr(text, i + 2), "*/") + 1
            gap = 1
        } else if (two == "//") {
            i += index(substr(text, i), "\n") - 2
        } else if (c ~ /[ \t\n]/) {
            gap = 1
        } else {
            # a gap counts only where it keeps two words apart
            if (gap && last ~ /[A-Za-z0-9_]/ && c ~ /[A-Za-z0-9_]/)
                printf " "
            gap = 0
            if (c == "\"" || c == "'")
                quote = c
            printf "%s", c
            last = c
        }
    }
    printf "\n"
}
