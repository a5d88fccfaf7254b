#include "summary.h"

#include <stdlib.h>
#include <string.h>

#include "die.h"
#include "memory.h"
#include "number.h"

struct summary *summary_new(const struct summary_plan *p, const char *set, size_t layer,
                            size_t networks, size_t resamples)
{
    struct summary *s = memory_array(1, sizeof *s, "summaries");
    *s = (struct summary){
        .plan = p,
        .set = set,
        .layer = layer,
        .networks = networks,
        .resamples = resamples,
        .asked = p->quantities,
        .value = memory_array(p->quantities * networks, sizeof *s->value, "values"),
        .over = memory_array(p->quantities, sizeof *s->over, "intervals"),
    };
    return s;
}

void summary_free(struct summary *s)
{
    if (!s)
        return;
    free(s->over);
    free(s->value);
    free(s);
}

void summary_put(struct summary *s, size_t k, const void *measured)
{
    const char *const at = measured;
    for (size_t q = 0; q < s->asked; q++)
        memcpy(&s->value[q * s->networks + k], at + s->plan->quantity[q].at, sizeof *s->value);
}

/* ---- what comes out ---- */

void summary_columns(FILE *f, const struct summary_plan *p)
{
    fputs(p->set_width > 0 ? "set\tlayer\tnetwork" : "layer\tnetwork", f);
    for (size_t q = 0; q < p->quantities; q++) {
        fputc('\t', f);
        for (const char *c = p->quantity[q].name; *c; c++)
            fputc(*c == '-' ? '_' : *c, f);
    }
    fputc('\n', f);
}

void summary_heading(const struct summary_plan *p)
{
    if (p->set_width > 0)
        printf("%-*s ", p->set_width, "set");
    putchar('T');
    for (size_t q = 0; q < p->quantities; q++)
        printf("  %*s", p->width, p->quantity[q].name);
    putchar('\n');
}

void summary_rows(FILE *f, const struct summary *s)
{
    for (size_t k = 0; k < s->networks; k++) {
        if (s->set)
            fprintf(f, "%s\t", s->set);
        fprintf(f, "%zu\t%zu", s->layer + 1, k);
        for (size_t q = 0; q < s->asked; q++)
            number_columns(f, &s->value[q * s->networks + k], 1);
        for (size_t q = s->asked; q < s->plan->quantities; q++)
            fputs("\tnan", f);
        fputc('\n', f);
    }
}

void summary_report(struct summary *s, struct report *r)
{
    char set[64] = "", layer[32] = "";
    if (s->set && snprintf(set, sizeof set, "%s/", s->set) >= (int)sizeof set)
        die("the name of a set is too long: %s", s->set);
    if (s->layer != SUMMARY_NETWORK)
        snprintf(layer, sizeof layer, "t%zu/", s->layer + 1);
    for (size_t q = 0; q < s->asked; q++) {
        const struct summary_quantity *of = &s->plan->quantity[q];
        s->over[q] = stats_bootstrap(&s->value[q * s->networks], s->networks, of->statistic,
                                     s->resamples, 1);
        report_interval(r, s->over[q], of->format, of->meaning, "%s%s%s", set, layer, of->name);
    }
}

void summary_print(const struct summary *s)
{
    if (s->set)
        printf("%-*s ", s->plan->set_width, s->set);
    printf("%zu", s->layer + 1);
    for (size_t q = 0; q < s->asked; q++)
        printf("  %*.4g", s->plan->width, s->over[q].value);
    putchar('\n');
}

void summary_write(struct summary *s, struct report *r, FILE *f)
{
    summary_rows(f, s);
    summary_report(s, r);
    summary_print(s);
}

void summary_means(struct summary *s, struct report *r, FILE *f)
{
    summary_report(s, r);
    for (size_t q = 0; q < s->asked; q++)
        number_columns(f, (const double[]){s->over[q].value, s->over[q].low, s->over[q].high}, 3);
    fputc('\n', f);
}

/* ---- one quantity ---- */

static size_t find(const struct summary *s, const char *name)
{
    for (size_t q = 0; q < s->plan->quantities; q++)
        if (strcmp(s->plan->quantity[q].name, name) == 0)
            return q;
    die("no quantity is called %s", name);
}

double *summary_values(const struct summary *s, const char *name)
{
    return &s->value[find(s, name) * s->networks];
}

struct stats_interval summary_interval(const struct summary *s, const char *name)
{
    return s->over[find(s, name)];
}

void summary_over(struct stats_interval *over, struct summary *const *layer, size_t layers,
                  const char *name)
{
    for (size_t l = 0; l < layers; l++)
        over[l] = summary_interval(layer[l], name);
}

static size_t pairs(const struct summary *a, const struct summary *b)
{
    return a->networks < b->networks ? a->networks : b->networks;
}

struct stats_interval summary_difference(const struct summary *a, const struct summary *b,
                                         const char *name)
{
    const double *x = summary_values(a, name), *y = summary_values(b, name);
    const size_t n = pairs(a, b);
    double *difference = memory_array(n, sizeof *difference, "differences");
    for (size_t k = 0; k < n; k++)
        difference[k] = x[k] - y[k];
    const struct stats_interval mean = stats_bootstrap(difference, n, STATS_MEAN, a->resamples, 1);
    free(difference);
    return mean;
}

struct stats_interval summary_ratio(const struct summary *a, const struct summary *b,
                                    const char *name)
{
    return stats_ratio_paired(summary_values(a, name), summary_values(b, name), pairs(a, b),
                              a->resamples, 1);
}

struct stats_interval summary_correlation(const struct summary *a, const char *x,
                                          const struct summary *b, const char *y)
{
    return stats_bootstrap_pairs(summary_values(a, x), summary_values(b, y), a->networks,
                                 STATS_RANK_CORRELATION, a->resamples, 1);
}
