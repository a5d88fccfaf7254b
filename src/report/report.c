#include "report.h"

#include <math.h>
#include <stdarg.h>

#include "die.h"
#include "number.h"

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

void report_interval(struct report *r, struct stats_interval x, const char *format,
                     const char *meaning, const char *key, ...)
{
    KEY(text, key);
    char part[300], what[300];
    print_number(r, x.value, format, meaning, text);
    snprintf(part, sizeof part, "%s/low", text);
    snprintf(what, sizeof what, "%s: lower end of the 95 %% interval", meaning);
    print_number(r, x.low, format, what, part);
    snprintf(part, sizeof part, "%s/high", text);
    snprintf(what, sizeof what, "%s: upper end of the 95 %% interval", meaning);
    print_number(r, x.high, format, what, part);
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

void report_close(struct report *r)
{
    file_commit(&r->num);
}
