# arrows.awk -- what may include what: a file may include those of its own room and of the rooms before
# it, and no chain of includes may come back to where it began.
# usage: awk -f arrows.awk -v rooms='base numeric ... claims' src/*/*.[ch]
#
# Headers that are not among the files (the system's, GSL's, generated ones) do not count.

function complain(what) {
    print what >"/dev/stderr"
    bad++
}

BEGIN {
    split(rooms, list, " ")
    for (i in list)
        floor[list[i]] = i + 0
    for (i = 1; i < ARGC; i++)
        if (ARGV[i] ~ /\.[ch]$/) {
            n = split(ARGV[i], part, "/")
            room[ARGV[i]] = part[n - 1]
            if (part[n] ~ /\.h$/ && part[n] in path)
                complain(ARGV[i] ": " path[part[n]] " has the same name, so an include of it may mean either")
            path[part[n]] = ARGV[i]
        }
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
    split($0, quoted, "\"")
    target = path[quoted[2]]
    if (target == "")
        next
    if (!(room[FILENAME] in floor) || !(room[target] in floor))
        complain(FILENAME ":" FNR ": includes " target ", and one of the two is in no room of " rooms)
    else if (floor[room[target]] > floor[room[FILENAME]])
        complain(FILENAME ":" FNR ": includes " target ", which is in a room above: " room[target] \
            " may include " room[FILENAME] ", not the other way round")
    k = ++includes[FILENAME]
    to[FILENAME, k] = target
    line[FILENAME, k] = FNR
}

# Follows the includes of a file; a file that is still open is where a circle closes.
function follow(file,    k, target) {
    state[file] = "open"
    for (k = 1; k <= includes[file]; k++) {
        target = to[file, k]
        if (state[target] == "open")
            complain(file ":" line[file, k] ": includes " target ", which includes it in turn")
        else if (state[target] == "")
            follow(target)
    }
    state[file] = "done"
}

END {
    for (i = 1; i < ARGC; i++)
        if (ARGV[i] in room && state[ARGV[i]] == "")
            follow(ARGV[i])
    exit bad > 0
}
