#include "published_report.h"

#include <stdlib.h>

#include "die.h"
#include "memory.h"
#include "number.h"

/* One cell; returns the comparison, of NaN if our networks were not trained that long. */
static struct published_match report_cell(struct report *r, FILE *f, const struct published_cell *c,
                                          const double *x, size_t n, double rounding,
                                          size_t resamples)
{
    const char *quantity = published_name(c->quantity);
    const struct published_match m = published_compare(c, x, n, rounding);
    char key[64];
    snprintf(key, sizeof key, "%s/e%zu/t%zu", quantity, c->epoch, c->layer);
    report_interval(r, stats_bootstrap(x, n, STATS_MEAN, resamples, 1), "%.3f",
                    "mean of our networks", "%s", key);
    const struct report_entry number[] = {
        {m.sd, "%.3f", "standard deviation of our networks", "sd"},
        {c->mean, "%.3f", "published mean", "theirs"},
        {c->sd, "%.3f", "published standard deviation", "theirs-sd"},
        {m.z, "%+.1f", "difference of the means in standard errors", "z"},
        {m.z_sd, "%+.1f", "difference of the deviations in standard errors", "z-sd"}};
    report_entries(r, number, REPORT_LENGTH(number), "%s/", key);
    fprintf(f, "%s\t%zu\t%zu", quantity, c->epoch, c->layer);
    number_columns(f, (const double[]){m.mean, m.sd, c->mean, c->sd, m.z, m.z_sd}, 6);
    fputc('\n', f);
    printf("%-9s %5zu %3zu  %8.3f (%.3f)  %8.3f (%.3f)  %6.2f  %6.2f\n", quantity, c->epoch,
           c->layer, m.mean, m.sd, c->mean, c->sd, m.z, m.z_sd);
    return m;
}

enum verdict published_report_cells(struct report *r, FILE *f, const struct published *theirs,
                                    const double *x, size_t n, double rounding,
                                    const struct published_rule *rule, size_t resamples)
{
    printf("%-9s %5s %3s  %17s  %17s  %6s  %6s\n", "quantity", "epoch", "T", "ours (sd)",
           "theirs (sd)", "z", "z sd");
    double *cell = memory_array(n, sizeof *cell, "networks");
    struct published_tally t = {0};
    for (size_t i = 0; i < theirs->n; i++) {
        for (size_t k = 0; k < n; k++)
            cell[k] = x[k * theirs->n + i];
        const struct published_match m =
            report_cell(r, f, &theirs->cell[i], cell, n, rounding, resamples);
        published_count(&t, &m, rounding, rule);
    }
    free(cell);
    if (t.cells == 0)
        die("the published values have no epoch at which these networks are measured");

    const struct published_alike alike =
        published_alike(theirs, x, n, rounding, rule, resamples, 1);
    const double share = (double)t.agree / (double)t.cells;
    const struct report_entry number[] = {
        {(double)t.cells, "%.0f", "cells that are compared", "cells"},
        {(double)t.agree, "%.0f", "cells within 2 standard errors", "cells-agree"},
        {100.0 * share, "%.0f", "percent of the cells within 2 standard errors", "share-agree"},
        {(double)t.open, "%.0f", "cells in which our networks differ by more than rounding",
         "cells-open"},
        {(double)t.open_agree, "%.0f", "of these, within 2 standard errors", "cells-open-agree"},
        {(double)t.deviations, "%.0f", "cells with a published standard deviation", "deviations"},
        {(double)t.deviations_agree, "%.0f", "of these, it is within 2 standard errors",
         "deviations-agree"}};
    report_entries(r, number, REPORT_LENGTH(number), "%s", "");
    const struct stats_interval percent = {100.0 * alike.share.value, 100.0 * alike.share.low,
                                           100.0 * alike.share.high, alike.share.n};
    report_interval(r, percent, "%.0f", "percent of the cells that agree if both groups are alike",
                    "share-alike");
    report_number(r, 100.0 * alike.reproduced, "%.0f",
                  "percent of pairs of groups that are alike and count as reproduced",
                  "alike-pass");
    printf("%zu of %zu cells agree (%.0f %%); if both groups are alike %.0f %% [%.0f, %.0f]\n",
           t.agree, t.cells, 100.0 * share, percent.value, percent.low, percent.high);
    return published_verdict(&t, rule);
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
        report_number(r, m.mean, "%.3f", "mean of the untrained networks", "initial/%s/t%zu",
                      quantity, c->layer);
        report_number(r, m.sd, "%.3f", "their standard deviation", "initial/%s/t%zu/sd", quantity,
                      c->layer);
        report_number(r, m.z, "%+.1f", "difference from the published in standard errors",
                      "initial/%s/t%zu/z", quantity, c->layer);
        printf("%-9s %5d %3zu  %8.3f (%.3f)  %8.3f          %6.2f\n", quantity, 0, c->layer, m.mean,
               m.sd, c->mean, m.z);
    }
    free(cell);
    report_number(r, (double)t.cells, "%.0f", "cells of the untrained networks", "initial/cells");
    report_number(r, (double)t.agree, "%.0f", "of these, within 2 standard errors",
                  "initial/cells-agree");
}
