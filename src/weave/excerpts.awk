# excerpts.awk -- the regions of the sources that the text prints.
# usage: awk -f excerpts.awk -v to=directory *.tex
#
# \excerpt{engine/net.c}{forward} in the text prints the lines of src/engine/net.c between
# /*[ forward ]*/ and /*[ end ]*/.  Writes them to <to>/engine-net.c-forward and lists the file.  A
# region that is missing, empty, unclosed, there twice or over 40 lines stops the paper.

function complain(what) {
    print where ": excerpt " region " of src/" file ": " what >"/dev/stderr"
    bad++
}

function extract(    path, target, line, n, text, inside, found) {
    path = "src/" file
    n = inside = found = 0
    text = ""
    while ((got = (getline line < path)) > 0) {
        if (line ~ /^[ \t]*\/\*\[ .* \]\*\/$/) {
            name = line
            gsub(/^[ \t]*\/\*\[ | \]\*\/$/, "", name)
            if (inside && name == "end") {
                inside = 0
                continue
            }
            if (inside)
                complain("is not closed before region " name)
            if (name == region) {
                found++
                inside = 1
                continue
            }
            inside = 0
        }
        if (inside) {
            text = text line "\n"
            n++
        }
    }
    close(path)
    if (got < 0)
        complain("there is no such file")
    else if (!found)
        complain("there is no such region")
    else if (found > 1)
        complain("the region is there " found " times")
    else if (inside)
        complain("the region is not closed")
    else if (n == 0)
        complain("the region is empty")
    else if (n > 40)
        complain("the region has " n " lines, 40 are the most a reader takes in")
    else {
        target = file
        gsub("/", "-", target)
        target = to "/" target "-" region
        printf "%s", text >target
        close(target)
        print target
    }
}

{
    text_line = $0
    sub(/(^|[^\\])%.*/, "", text_line)
    while (match(text_line, /\\excerpt\{[^{}#]*\}\{[^{}#]*\}/)) {
        call = substr(text_line, RSTART + 9, RLENGTH - 10)
        text_line = substr(text_line, RSTART + RLENGTH)
        split(call, part, "}{")
        where = FILENAME ":" FNR
        file = part[1]
        region = part[2]
        extract()
    }
}

END { exit bad > 0 }
