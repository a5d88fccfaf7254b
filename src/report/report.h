/* report.h -- what a claim program hands to the paper: tidy tables for the figures, and numbers
 * for the text.
 *
 * data/<claim>.num has one number a line: key, printed form, value to 12 digits, meaning, separated
 * by tabs.  Twelve, because GSL sums in long double, whose width is the machine's.  Keys are paths
 * below the claim, "p85/t5/delta"; the text writes \val{compression/p85/t5/delta}{1.23}. */
#ifndef REPORT_H
#define REPORT_H

#include <stdio.h>

#include "cli.h"
#include "stats.h"
#include "verdict.h"

struct report {
    const struct cli *cli;
    struct file num;
    /* the intervals reported so far, for the rules that ask for them */
    struct report_known {
        char key[256];
        struct stats_interval x;
    } * known; /* (REPORT_MAX_INTERVALS), the first `knowns` of them */
    size_t knowns;
};
enum { REPORT_MAX_INTERVALS = 8192 };

/* Opens data/<claim>.num; dies if it cannot be written. */
void report_open(struct report *r, const struct cli *cli);

/* A number: its printed form is the value in the given printf format (one %f or %g). */
void report_number(struct report *r, double value, const char *format, const char *meaning,
                   const char *key, ...) __attribute__((format(printf, 5, 6)));

/* An interval as three numbers: key, key/low, key/high.  A rule can ask for it, see report_judge. */
void report_interval(struct report *r, struct stats_interval x, const char *format,
                     const char *meaning, const char *key, ...)
    __attribute__((format(printf, 5, 6)));

/* Keeps an interval for the rules only: it is in a table, not among the numbers. */
void report_keep(struct report *r, struct stats_interval x, const char *key, ...)
    __attribute__((format(printf, 3, 4)));

/* A word, such as a verdict; its value is the code given. */
void report_word(struct report *r, const char *word, double code, const char *meaning,
                 const char *key, ...) __attribute__((format(printf, 5, 6)));

/* Several numbers at once. */
struct report_entry {
    double value;
    const char *format, *meaning, *name;
};

/* Reports the entries entry[n] in turn, each under the key <path><name>. */
void report_entries(struct report *r, const struct report_entry *entry, size_t n, const char *path,
                    ...) __attribute__((format(printf, 4, 5)));

/* The number of elements of an array. */
#define REPORT_LENGTH(array) (sizeof(array) / sizeof *(array))

/* A verdict under the key, and as a line on stdout. */
void report_verdict(struct report *r, enum verdict v, const char *key, const char *claim);

/* The verdicts of all rules of this claim (judge/rules.h), from the intervals that were reported under
 * the numbers they name; dies if one was not.  Under the key of each, the word; below it, how many
 * conditions hold, fail and are open, and as <key>/<number>/low and /high the profile of each
 * condition.  A row of the table for each condition, with the columns REPORT_VERDICT_COLUMNS. */
void report_judge(struct report *r, FILE *table);
#define REPORT_VERDICT_COLUMNS                                                                     \
    "verdict\tword\tnumber\tcentral\tside\tlimit\tupper\tvalue\tlow\thigh\tn\tstate\t"             \
    "stands_low\tstands_high"

/* How a rule comes out for a member of a family of settings, beside the verdict and not in its place:
 * takes each number that the rule asks for with `to` in place of `from` at its beginning ("" for nothing
 * there), so that a set of the rule becomes one of the member; dies if one was not reported.  Under
 * <member>/<key of the rule>, the word, and below it how many conditions hold, fail and are open.  A row
 * of the table, with the columns REPORT_FAMILY_COLUMNS, and a line on stdout.  Returns the word. */
enum verdict report_family(struct report *r, FILE *table, const struct verdict_rule *rule,
                           const char *member, const char *from, const char *to);
#define REPORT_FAMILY_COLUMNS "member\tverdict\tword\tconditions\thold\topen\tfail"

/* Opens data/<name>.tsv and writes the line of column names, separated by tabs, unless there is none.
 * The caller writes the rows to the stream returned and ends with file_commit. */
FILE *report_table(const struct report *r, struct file *f, const char *name, const char *columns);

/* Puts the numbers in place. */
void report_close(struct report *r);

#endif
