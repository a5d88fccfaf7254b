#include "report.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "die.h"
#include "memory.h"
#include "number.h"
#include "rules.h"

static void path(char text[FILE_PATH_MAX], const struct cli *cli, const char *name,
                 const char *ending)
{
    if (snprintf(text, FILE_PATH_MAX, "%s/%s%s", cli->data_dir, name, ending) >= FILE_PATH_MAX)
        die("data directory name too long: %s", cli->data_dir);
}

void report_open(struct report *r, const struct cli *cli)
{
    char text[FILE_PATH_MAX];
    r->cli = cli;
    r->known = memory_array(REPORT_MAX_INTERVALS, sizeof *r->known, "intervals");
    r->knowns = 0;
    file_directory(cli->data_dir);
    file_sweep(cli->data_dir);
    path(text, cli, cli->name, ".num");
    file_create(&r->num, text);
}

static void line(struct report *r, const char *key, const char *printed, double value,
                 const char *meaning)
{
    char text[NUMBER_TEXT];
    fprintf(r->num.stream, "%s/%s\t%s\t%s\t%s\n", r->cli->name, key, printed,
            number_text(text, value, 12), meaning);
}

/* The key from its format and arguments. */
#define KEY(text, format)                                                                          \
    char text[256];                                                                                \
    va_list args;                                                                                  \
    va_start(args, format);                                                                        \
    vsnprintf(text, sizeof text, format, args);                                                    \
    va_end(args)

static void print_number(struct report *r, double value, const char *format, const char *meaning,
                         const char *key)
{
    char printed[128];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    snprintf(printed, sizeof printed, format, value);
#pragma GCC diagnostic pop
    if (isnan(value))
        snprintf(printed, sizeof printed, "nan");
    line(r, key, printed, value, meaning);
}

void report_number(struct report *r, double value, const char *format, const char *meaning,
                   const char *key, ...)
{
    KEY(text, key);
    print_number(r, value, format, meaning, text);
}

/* Keeps an interval for the rules. */
static void know(struct report *r, const char *key, struct stats_interval x)
{
    if (r->knowns == REPORT_MAX_INTERVALS)
        die("there are more than %d intervals", REPORT_MAX_INTERVALS);
    struct report_known *k = &r->known[r->knowns++];
    snprintf(k->key, sizeof k->key, "%s", key);
    k->x = x;
}

static struct stats_interval known(const struct report *r, const struct verdict_rule *rule,
                                   const char *key)
{
    for (size_t i = r->knowns; i-- > 0;)
        if (strcmp(r->known[i].key, key) == 0)
            return r->known[i].x;
    die("the rule %s/%s asks for %s, which was not reported", rule->claim, rule->key, key);
}

void report_interval(struct report *r, struct stats_interval x, const char *format,
                     const char *meaning, const char *key, ...)
{
    KEY(text, key);
    char part[300], what[300];
    know(r, text, x);
    print_number(r, x.value, format, meaning, text);
    snprintf(part, sizeof part, "%s/low", text);
    snprintf(what, sizeof what, "%s: lower end of the 95 %% interval", meaning);
    print_number(r, x.low, format, what, part);
    snprintf(part, sizeof part, "%s/high", text);
    snprintf(what, sizeof what, "%s: upper end of the 95 %% interval", meaning);
    print_number(r, x.high, format, what, part);
}

void report_keep(struct report *r, struct stats_interval x, const char *key, ...)
{
    KEY(text, key);
    know(r, text, x);
}

void report_word(struct report *r, const char *word, double code, const char *meaning,
                 const char *key, ...)
{
    KEY(text, key);
    line(r, text, word, code, meaning);
}

void report_entries(struct report *r, const struct report_entry *entry, size_t n, const char *path,
                    ...)
{
    KEY(text, path);
    for (size_t i = 0; i < n; i++)
        report_number(r, entry[i].value, entry[i].format, entry[i].meaning, "%s%s", text,
                      entry[i].name);
}

void report_verdict(struct report *r, enum verdict v, const char *key, const char *claim)
{
    report_word(r, verdict_text(v), (double)v, claim, "%s", key);
    printf("verdict: %s: %s\n", claim, verdict_text(v));
}

FILE *report_table(const struct report *r, struct file *f, const char *name, const char *columns)
{
    char text[FILE_PATH_MAX];
    path(text, r->cli, name, ".tsv");
    file_create(f, text);
    if (columns)
        fprintf(f->stream, "%s\n", columns);
    return f->stream;
}

/* Gathers the intervals that a rule asks for, with `to` for `from` at the beginning of their keys, and
 * counts its conditions by their state. */
static enum verdict gather(struct stats_interval x[VERDICT_MAX_CONDITIONS], double of[3],
                           const struct report *r, const struct verdict_rule *rule,
                           const char *from, const char *to)
{
    for (size_t c = 0; c < verdict_conditions(rule); c++) {
        const struct verdict_condition *k = &rule->condition[c];
        const int begins = strncmp(k->number, from, strlen(from)) == 0;
        char key[512];
        snprintf(key, sizeof key, "%s%s", begins ? to : "",
                 begins ? k->number + strlen(from) : k->number);
        x[c] = known(r, rule, key);
        of[verdict_state(k, x[c])] += 1.0;
    }
    return verdict_judge(rule, x);
}

/* How many conditions a rule has, and how many of them are in each state, below a key. */
static void report_states(struct report *r, const struct verdict_rule *rule, const double of[3],
                          const char *key)
{
    const struct report_entry entry[] = {
        {(double)verdict_conditions(rule), "%.0f", "conditions", "conditions"},
        {of[VERDICT_HOLDS], "%.0f", "that hold", "hold"},
        {of[VERDICT_OPEN], "%.0f", "that are open", "open"},
        {of[VERDICT_FAILS], "%.0f", "that fail", "fail"}};
    report_entries(r, entry, REPORT_LENGTH(entry), "%s/", key);
}

/* One rule: its word, its conditions, their profiles. */
static void judge(struct report *r, FILE *table, const struct verdict_rule *rule)
{
    static const char *const side[] = {"above", "below", "between", "outside"};
    static const char *const state[] = {"fails", "open", "holds"};
    struct stats_interval x[VERDICT_MAX_CONDITIONS];
    double of[3] = {0.0}; /* conditions by their state */
    const size_t n = verdict_conditions(rule);
    const enum verdict v = gather(x, of, r, rule, "", "");
    report_verdict(r, v, rule->key, rule->says);
    report_states(r, rule, of, rule->key);
    for (size_t c = 0; c < n; c++) {
        const struct verdict_condition *k = &rule->condition[c];
        const struct verdict_range p = verdict_profile(rule, x, c);
        const int two = k->side == VERDICT_BETWEEN || k->side == VERDICT_OUTSIDE;
        report_number(r, k->limit, "%.3g", "limit of the condition", "%s/%s/limit", rule->key,
                      k->number);
        report_number(r, p.low, "%.3g", "limit down to which the verdict stands", "%s/%s/low",
                      rule->key, k->number);
        report_number(r, p.high, "%.3g", "limit up to which the verdict stands", "%s/%s/high",
                      rule->key, k->number);
        fprintf(table, "%s\t%s\t%s\t%d\t%s", rule->key, verdict_text(v), k->number, k->central,
                side[k->side]);
        number_columns(
            table,
            (const double[]){k->limit, two ? k->upper : NAN, x[c].value, x[c].low, x[c].high}, 5);
        fprintf(table, "\t%zu\t%s", x[c].n, state[verdict_state(k, x[c])]);
        number_columns(table, (const double[]){p.low, p.high}, 2);
        fputc('\n', table);
    }
}

void report_judge(struct report *r, FILE *table)
{
    for (size_t i = 0; i < rules_verdicts; i++)
        if (strcmp(rules_verdict[i].claim, r->cli->name) == 0)
            judge(r, table, &rules_verdict[i]);
}

enum verdict report_family(struct report *r, FILE *table, const struct verdict_rule *rule,
                           const char *member, const char *from, const char *to)
{
    struct stats_interval x[VERDICT_MAX_CONDITIONS];
    double of[3] = {0.0};
    char key[256];
    const enum verdict v = gather(x, of, r, rule, from, to);
    snprintf(key, sizeof key, "%s/%s", member, rule->key);
    report_word(r, verdict_text(v), (double)v, rule->says, "%s", key);
    report_states(r, rule, of, key);
    fprintf(table, "%s\t%s\t%s\t%zu\t%.0f\t%.0f\t%.0f\n", member, rule->key, verdict_text(v),
            verdict_conditions(rule), of[VERDICT_HOLDS], of[VERDICT_OPEN], of[VERDICT_FAILS]);
    printf("%s: %s: %s\n", member, rule->says, verdict_text(v));
    return v;
}

void report_close(struct report *r)
{
    free(r->known);
    file_commit(&r->num);
}
