#include "summary.h"

#include <math.h>

#include "die.h"

void summary_table(struct file *f, const struct report *r, const struct summary_plan *p)
{
    char columns[1024];
    size_t at = 0;
    for (size_t q = 0; q <= p->quantities; q++) {
        const char *const key = p->set_width > 0 ? "set\tlayer\tnetwork" : "layer\tnetwork";
        at += (size_t)snprintf(columns + at, sizeof columns - at, "%s%s", q == 0 ? "" : "\t",
                               q == 0 ? key : p->quantity[q - 1].name);
        if (at >= sizeof columns)
            die("the names of the columns are too long");
    }
    for (char *c = columns; *c; c++)
        if (*c == '-')
            *c = '_';
    report_table(r, f, "_networks", columns);
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

void summary_init(struct summary *s, const struct summary_plan *p, const char *set, size_t layer,
                  size_t networks, size_t resamples)
{
    if (p->quantities > SUMMARY_MAX_QUANTITIES || networks > ENSEMBLE_MAX_NETWORKS)
        die("%zu quantities of %zu networks: wanted at most %d of %d", p->quantities, networks,
            SUMMARY_MAX_QUANTITIES, ENSEMBLE_MAX_NETWORKS);
    s->plan = p;
    s->set = set;
    s->layer = layer;
    s->networks = networks;
    s->resamples = resamples;
    s->asked = p->quantities;
}

void summary_rows(FILE *f, const struct summary *s)
{
    for (size_t k = 0; k < s->networks; k++) {
        if (s->set)
            fprintf(f, "%s\t", s->set);
        fprintf(f, "%zu\t%zu", s->layer + 1, k);
        for (size_t q = 0; q < s->plan->quantities; q++)
            if (q >= s->asked || isnan(s->value[q][k])) /* its sign is the platform's */
                fputs("\tnan", f);
            else
                fprintf(f, "\t%.9g", s->value[q][k]);
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
        s->over[q] = stats_bootstrap(s->value[q], s->networks, of->statistic, s->resamples, 1);
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

void summary_over(struct stats_interval *over, const struct summary *layer, size_t layers,
                  size_t quantity)
{
    for (size_t l = 0; l < layers; l++)
        over[l] = layer[l].over[quantity];
}
