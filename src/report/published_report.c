#include "published_report.h"

#include <stdlib.h>

#include "die.h"
#include "memory.h"
#include "number.h"

void published_report_cells(struct report *r, FILE *f, const struct published *theirs,
                            const double *x, size_t n, double rounding, const size_t *quoted,
                            size_t epochs, size_t resamples)
{
    printf("%-9s %5s %3s  %17s  %17s  %6s  %6s\n", "quantity", "epoch", "T", "ours (sd)",
           "theirs (sd)", "z", "z sd");
    double *cell = memory_array(n, sizeof *cell, "networks");
    for (size_t i = 0; i < theirs->n; i++) {
        const struct published_cell *c = &theirs->cell[i];
        const char *quantity = published_name(c->quantity);
        for (size_t k = 0; k < n; k++)
            cell[k] = x[k * theirs->n + i];
        const struct published_match m = published_compare(c, cell, n, rounding);
        fprintf(f, "%s\t%zu\t%zu", quantity, c->epoch, c->layer);
        number_columns(f, (const double[]){m.mean, m.sd, c->mean, c->sd, m.z, m.z_sd}, 6);
        fputc('\n', f);
        size_t q = 0;
        while (q < epochs && quoted[q] != c->epoch)
            q++;
        if (q == epochs)
            continue;
        char key[64];
        snprintf(key, sizeof key, "%s/e%zu/t%zu", quantity, c->epoch, c->layer);
        report_interval(r, stats_bootstrap(cell, n, STATS_MEAN, resamples, 1), "%.3f",
                        "mean of our networks", "%s", key);
        const struct report_entry number[] = {
            {m.sd, "%.3f", "standard deviation of our networks", "sd"},
            {c->mean, "%.3f", "published mean", "theirs"},
            {c->sd, "%.3f", "published standard deviation", "theirs-sd"},
            {m.z, "%+.1f", "difference of the means in standard errors", "z"},
            {m.z_sd, "%+.1f", "difference of the deviations in standard errors", "z-sd"}};
        report_entries(r, number, REPORT_LENGTH(number), "%s/", key);
        printf("%-9s %5zu %3zu  %8.3f (%.3f)  %8.3f (%.3f)  %6.2f  %6.2f\n", quantity, c->epoch,
               c->layer, m.mean, m.sd, c->mean, c->sd, m.z, m.z_sd);
    }
    free(cell);
}

/* A share, that of groups that are alike, the least that is asked, and the margin. */
static double report_share(struct report *r, struct stats_interval share,
                           struct stats_interval alike, double least, const char *at,
                           const char *of)
{
    const double margin = share.value - least;
    report_interval(r, share, "%.3f", "share within 2 standard errors", "%s%s-share", at, of);
    report_interval(r, alike, "%.3f", "the same if both groups are alike", "%s%s-alike", at, of);
    report_number(r, least, "%.3f", "least of these shares that is asked", "%s%s-least", at, of);
    report_interval(r, stats_exact(margin), "%+.3f", "share minus the least that is asked",
                    "%s%s-margin", at, of);
    return margin;
}

void published_report_shares(struct report *r, FILE *f, const char *at,
                             const struct published *theirs, const double *x, size_t n,
                             double rounding, const struct published_rule *rule, size_t resamples)
{
    struct published_tally t;
    const struct published_shares s =
        published_shares(&t, theirs, x, n, rounding, rule, resamples, 1);
    if (t.cells == 0)
        die("the published values have no epoch at which these networks are measured");
    const struct published_alike a = published_alike(theirs, x, n, rounding, rule, resamples, 1);
    const struct report_entry number[] = {
        {(double)t.cells, "%.0f", "cells that are compared", "cells"},
        {(double)t.agree, "%.0f", "cells within 2 standard errors", "cells-agree"},
        {(double)t.open, "%.0f", "cells in which our networks differ by more than rounding",
         "cells-open"},
        {(double)t.open_agree, "%.0f", "of these, within 2 standard errors", "cells-open-agree"},
        {(double)t.deviations, "%.0f", "cells with a standard deviation of both", "deviations"},
        {(double)t.deviations_agree, "%.0f", "of these, it is within 2 standard errors",
         "deviations-agree"}};
    report_entries(r, number, REPORT_LENGTH(number), "%s", at);
    const double margin = report_share(r, s.cells, a.cells, a.cells_least, at, "cells");
    const double deviations =
        report_share(r, s.deviations, a.deviations, a.deviations_least, at, "deviations");
    report_interval(r, s.distance, "%.3f", "mean difference of the means, bits", "%sdistance", at);
    fprintf(f, "%s", at);
    number_columns(f,
                   (const double[]){(double)t.cells, s.cells.value, s.cells.low, s.cells.high,
                                    a.cells.value, a.cells_least, margin, (double)t.deviations,
                                    s.deviations.value, a.deviations_least, deviations,
                                    s.distance.value, s.distance.low, s.distance.high},
                   14);
    fputc('\n', f);
    printf("%-14s %zu of %zu cells agree, %.3f (wanted %.3f); of the deviations %.3f (%.3f); %.3f "
           "bit apart\n",
           at, t.agree, t.cells, s.cells.value, a.cells_least, s.deviations.value,
           a.deviations_least, s.distance.value);
}

void published_report_initial(struct report *r, const struct published *theirs, const double *x,
                              size_t n, double rounding, const struct published_rule *rule)
{
    printf("%zu networks before training\n", n);
    double *cell = memory_array(n, sizeof *cell, "networks");
    struct published_tally t = {0};
    for (size_t i = 0; i < theirs->n; i++) {
        const struct published_cell *c = &theirs->cell[i];
        if (c->epoch != 0)
            continue;
        for (size_t k = 0; k < n; k++)
            cell[k] = x[k * theirs->n + i];
        const struct published_match m = published_compare(c, cell, n, rounding);
        published_count(&t, &m, rounding, rule);
        const char *quantity = published_name(c->quantity);
        report_number(r, m.mean, "%.3f", "mean of the untrained networks", "start/%s/t%zu",
                      quantity, c->layer);
        report_number(r, m.sd, "%.3f", "their standard deviation", "start/%s/t%zu/sd", quantity,
                      c->layer);
        report_number(r, m.z, "%+.1f", "difference from the published in standard errors",
                      "start/%s/t%zu/z", quantity, c->layer);
        printf("%-9s %5d %3zu  %8.3f (%.3f)  %8.3f          %6.2f\n", quantity, 0, c->layer, m.mean,
               m.sd, c->mean, m.z);
    }
    free(cell);
    report_number(r, (double)t.cells, "%.0f", "cells of the untrained networks", "start/cells");
    report_number(r, (double)t.agree, "%.0f", "of these, within 2 standard errors",
                  "start/cells-agree");
}

/* The standard deviation of the networks that do not lag. */
static double sd_without(const double *x, const int *lags, size_t n)
{
    double *rest = memory_array(n, sizeof *rest, "networks");
    size_t left = 0;
    for (size_t k = 0; k < n; k++)
        if (!lags[k])
            rest[left++] = x[k];
    const double sd = stats_sd(rest, left);
    free(rest);
    return sd;
}

void published_report_laggards(struct report *r, const struct published_ends *theirs,
                               const double *ours, size_t n, size_t l)
{
    const size_t m = theirs->networks;
    int lags[PUBLISHED_MAX_NETWORKS], *our_lags = memory_array(n, sizeof *our_lags, "networks");
    double x[PUBLISHED_MAX_NETWORKS];
    for (size_t k = 0; k < m; k++)
        x[k] = theirs->i_xt[k][l];
    const size_t count = published_laggards(lags, x, m);
    report_number(r, (double)count, "%.0f", "published networks that lag behind", "laggards");
    for (size_t k = 0, i = 0; k < m; k++)
        if (lags[k]) {
            i++;
            report_number(r, (double)k, "%.0f", "number of the published network that lags",
                          "laggard-%zu", i);
            report_number(r, theirs->i_xt[k][l], "%.2f", "its I(X;T) at the end, bits",
                          "laggard-%zu/i-xt", i);
        }
    const size_t our_count = published_laggards(our_lags, &ours[l * n], n);
    report_interval(r, stats_share(our_count, n), "%.2f", "share of our networks that lag behind",
                    "laggards-ours");
    for (size_t t = 0; t < theirs->layers; t++) {
        for (size_t k = 0; k < m; k++)
            x[k] = theirs->i_xt[k][t];
        const struct report_entry number[] = {
            {stats_sd(x, m), "%.3f", "standard deviation of the published networks", "theirs"},
            {sd_without(x, lags, m), "%.3f", "without those that lag", "theirs-without"},
            {stats_sd(&ours[t * n], n), "%.3f", "standard deviation of ours", "ours"},
            {sd_without(&ours[t * n], our_lags, n), "%.3f", "without those that lag",
             "ours-without"}};
        report_entries(r, number, REPORT_LENGTH(number), "ends/t%zu/", t + 1);
    }
    printf("%zu of %zu published networks lag behind, %zu of %zu of ours\n", count, m, our_count,
           n);
    free(our_lags);
}
