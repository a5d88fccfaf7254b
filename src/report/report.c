#include "report.h"

#include <math.h>
#include <stdarg.h>

#include "die.h"

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
    fprintf(r->num.stream, "%s/%s\t%s\t", r->cli->name, key, printed);
    if (isnan(value)) /* its sign is the platform's */
        fputs("nan", r->num.stream);
    else
        fprintf(r->num.stream, "%.12g", value);
    fprintf(r->num.stream, "\t%s\n", meaning);
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

FILE *report_table(const struct report *r, struct file *f, const char *suffix, const char *columns)
{
    char name[FILE_PATH_MAX];
    snprintf(name, sizeof name, "%s%s", r->cli->name, suffix);
    return report_table_named(r, f, name, columns);
}

FILE *report_table_named(const struct report *r, struct file *f, const char *name,
                         const char *columns)
{
    char text[FILE_PATH_MAX];
    path(text, r->cli, name, ".tsv");
    file_create(f, text);
    fprintf(f->stream, "%s\n", columns);
    return f->stream;
}

void report_close(struct report *r)
{
    file_commit(&r->num);
}
