# verify.awk -- compares what the programs wrote with what is published, field by field.
# usage: awk -f verify.awk [-v scale=quick] allowed.tsv published present [published present ...]
#
# A file that ends in .num has a number a line (key, printed form, value, meaning), any other is a
# table under a line of column names.  Text is the same or it differs.  So is the printed form of a
# number: it is what the paper shows.  Values may differ by what other machines do to rounding:
# |new - old| <= relative |old| + absolute.  nan agrees with nothing but a published nan.
#
# allowed.tsv names the few fields that need more, a key or table:column where * stands for anything
# but a slash, each with one of the reasons below; there are no others, none is wider than these, and
# each is for fields of one kind.

BEGIN {
    FS = "\t"
    # GSL sums in long double, whose width is the machine's, and libraries round the last digit of
    # exp and log differently: of the 12 digits of a value, 9 are to agree; of the 9 of a table, all
    # but one in the last.  The absolute part is for differences of sums, of some ten bits each.
    relative["number"] = 1e-9; absolute["number"] = 1e-12
    relative["table"] = 1e-8; absolute["table"] = 1e-12
    # What a certificate leaves open where nothing is left to improve.
    relative["gap"] = 0; absolute["gap"] = 1e-10; only["gap"] = "gap$"
    # A place found by bisection, which ends this close.
    relative["bisection"] = 0; absolute["bisection"] = 1e-8; only["bisection"] = "/(growth|global)$"
    # The place of a minimum: known to the root of a rounding error only.
    relative["minimum"] = 2e-7; absolute["minimum"] = 0; only["minimum"] = "^ib_bound.*(/reverse-beta|:)"
    # Steps of an iteration until it ends, and their ratios.
    relative["steps"] = 0.01; absolute["steps"] = 0; only["steps"] = "^critical[/_.]"

    read_allowed(ARGV[1])
    for (i = 2; i < ARGC; i += 2) {
        named = 0
        if (ARGV[i] ~ /\.num$/)
            compare_numbers(ARGV[i], ARGV[i + 1])
        else
            compare_table(ARGV[i], ARGV[i + 1])
    }
    named = 0
    for (i = 1; i <= patterns; i++)
        if (!used[i])
            complain(ARGV[1] ": " pattern[i] " is the name of nothing")
    if (!bad && !numbers)
        complain("there are no numbers")
    if (bad) {
        print "verify: " bad " things differ from what is published; if the new ones are right: make accept SCALE=" scale >"/dev/stderr"
        exit 1
    }
    print numbers " numbers and " tables + 0 " tables agree with the published (" scale " scale)"
}

# The first five of a file are named, the rest are counted.
function complain(text) {
    bad++
    if (++named <= 5)
        print "verify: " text >"/dev/stderr"
}

function read_allowed(file,    f, got) {
    while ((got = (getline line < file)) > 0) {
        if (line ~ /^#/ || line == "field\treason")
            continue
        split(line, f, "\t")
        if (!(f[2] in only) || f[1] !~ only[f[2]])
            complain(file ": cannot use " line)
        pattern[++patterns] = f[1]
        reason[patterns] = f[2]
        gsub(/[.]/, "[.]", f[1])
        gsub(/\*/, "[^/]*", f[1])
        expression[patterns] = "^" f[1] "$"
    }
    if (got < 0)
        complain("there is no " file)
}

function reason_of(name, otherwise,    p) {
    for (p = 1; p <= patterns; p++)
        if (name ~ expression[p]) {
            used[p] = 1
            return reason[p]
        }
    return otherwise
}

function is_number(text) { return text ~ /^[+-]?[0-9]+([.][0-9]*)?(e[+-]?[0-9]+)?$/ }
function size(x) { return x < 0 ? -x : x }

function agrees(new, old, why) {
    if ((new "") == (old ""))
        return 1
    if (!is_number(new) || !is_number(old))
        return 0
    return size(new - old) <= relative[why] * size(old) + absolute[why]
}

# Whether a printed number is a rounding of the value.
function rounds(printed, value,    e, digits) {
    e = match(printed, /e[+-]?[0-9]+$/) ? substr(printed, RSTART + 1) + 0 : 0
    sub(/e.*/, "", printed)
    digits = index(printed, ".") ? length(printed) - index(printed, ".") : 0
    return size(printed * 10 ^ e - value) <= 0.5000001 * 10 ^ (e - digits)
}

# Fills the arrays by key, and order with the keys; returns how many.
function read_numbers(file, order, printed, value, meaning,    f, n, got, keys) {
    while ((got = (getline line < file)) > 0) {
        n = split(line, f, "\t")
        if (n != 4 || f[1] in value)
            complain(file ": " (n != 4 ? "not a number: " line : f[1] " stands there twice"))
        order[++keys] = f[1]
        printed[f[1]] = f[2]
        value[f[1]] = f[3]
        meaning[f[1]] = f[4]
    }
    if (got < 0)
        complain("there is no " file)
    close(file)
    return keys + 0
}

function compare_numbers(published, present,    old, was, meant, first, new, is, means, order, key, why, k, keys, all) {
    split("", old); split("", was); split("", meant); split("", new); split("", is); split("", means)
    all = read_numbers(published, first, was, old, meant)
    keys = read_numbers(present, order, is, new, means)
    numbers += keys
    for (k = 1; k <= keys; k++) {
        key = order[k]
        why = reason_of(key, "number")
        if (!(key in old))
            complain(key " = " new[key] " has no expected value in " published)
        else if (!agrees(new[key], old[key], why))
            complain(key ": expected " old[key] ", the program says " new[key] " (" means[key] ")")
        else if (is[key] != was[key] "" && \
            (why == "number" || !is_number(is[key]) || !is_number(was[key]) || !rounds(is[key], new[key])))
            complain(key ": expected to be printed " was[key] ", the program prints " is[key] " (" means[key] ")")
        else if (means[key] != meant[key])
            complain(key ": expected to mean '" meant[key] "', the program says '" means[key] "'")
    }
    for (k = 1; k <= all; k++)
        if (!(first[k] in new))
            complain(first[k] " is expected in " published ", no program computes it")
}

function compare_table(published, present,    a, b, old, new, name, why, columns, row, c, n, wrong, base) {
    tables++
    base = published
    sub(/.*\//, "", base)
    for (row = 1; ; row++) {
        a = getline old < published
        b = getline new < present
        if (a < 0 || b < 0 || a != b) {
            complain(a < 0 ? "there is no " published : b < 0 ? "there is no " present : \
                present ": " (b ? "more" : "fewer") " rows than are published, " row - 1 " of them the same")
            break
        }
        if (a == 0)
            break
        if (row == 1) {
            columns = split(old, name, "\t")
            for (c = 1; c <= columns; c++)
                why[c] = reason_of(base ":" name[c], "table")
        }
        if (old == new "")
            continue
        wrong = split(old, was_field, "\t") != columns || split(new, is_field, "\t") != columns
        for (c = 1; c <= columns && !wrong; c++)
            if (!agrees(is_field[c], was_field[c], why[c])) {
                complain(present ":" row ": " name[c] ": expected " was_field[c] ", the program says " is_field[c])
                break
            }
        if (wrong)
            complain(present ":" row ": expected " columns " columns")
    }
    close(published)
    close(present)
}
