# verify.awk -- compares the numbers of the programs with their expected values, both ways round.
# usage: awk -f verify.awk -v scale=full expected.tsv numbers.num [expected.tsv numbers.num ...]
# A number agrees if |new - old| <= tolerance * max(1, |old|); nan agrees with nothing but an
# expected "nan".

# The first twenty are named, the rest are counted.
function complain(text) {
    if (++bad <= 20)
        print "verify: " text >"/dev/stderr"
}

function agrees(new, old, tolerance,    a, b, d, m) {
    if (new == old)
        return 1
    if (new !~ /^[+-]?[0-9]/ || old !~ /^[+-]?[0-9]/)
        return 0
    a = new + 0
    b = old + 0
    d = a > b ? a - b : b - a
    m = b < 0 ? -b : b
    return d <= tolerance * (m > 1 ? m : 1)
}

BEGIN {
    FS = "\t"
    for (i = 1; i < ARGC; i += 2) {
        if ((getline line < ARGV[i]) < 0)
            complain("no expected values " ARGV[i] ": run make accept SCALE=" scale " and read the diff")
        close(ARGV[i])
        while ((getline line < ARGV[i]) > 0) {
            split(line, f, "\t")
            if (f[1] == "key")
                continue
            if (f[1] in value)
                complain(ARGV[i] ": " f[1] " stands there twice")
            value[f[1]] = f[2]
            tolerance[f[1]] = f[3]
            from[f[1]] = ARGV[i]
        }
        while ((getline line < ARGV[i + 1]) > 0) {
            split(line, f, "\t")
            total++
            if (f[1] in seen)
                complain(ARGV[i + 1] ": " f[1] " stands there twice")
            seen[f[1]] = 1
            if (!(f[1] in value))
                complain(f[1] " = " f[3] " has no expected value in " ARGV[i])
            else if (!agrees(f[3], value[f[1]], tolerance[f[1]] + 0))
                complain(f[1] ": expected " value[f[1]] ", the program says " f[3] " (" f[4] ")")
        }
    }
    for (key in value)
        if (!(key in seen))
            complain(key " is expected in " from[key] ", no program computes it")
    if (!bad && !total)
        complain("there are no numbers")
    if (bad) {
        print "verify: " bad " of the numbers differ; if the new ones are right: make accept SCALE=" scale >"/dev/stderr"
        exit 1
    }
    print total " numbers agree with their expected values (" scale " scale)"
}
