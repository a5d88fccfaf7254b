/* published_report.h -- published values beside ours, for the text, tables and stdout.
 *
 * x is what published_values gives for n networks of ours; rounding and rule are as in published.h. */
#ifndef PUBLISHED_REPORT_H
#define PUBLISHED_REPORT_H

#include <stddef.h>
#include <stdio.h>

#include "published.h"
#include "report.h"

/* All cells against ours, each as a row of the first table, PUBLISHED_REPORT_CELLS; those of the epochs
 * quoted[n] also under <quantity>/e<epoch>/t<layer>/... and as a line. */
void published_report_cells(struct report *r, FILE *f, const struct published *theirs,
                            const double *x, size_t n, double rounding, const size_t *quoted,
                            size_t epochs, size_t resamples);
#define PUBLISHED_REPORT_CELLS "quantity\tepoch\tlayer\tmean\tsd\ttheirs\ttheirs_sd\tz\tz_sd"

/* The table as a whole against one set of networks of ours, under <at>...: the shares of cells and of
 * deviations that agree, those of groups that are alike, and the margin, the share minus the least that is
 * asked of it, by which the rules judge; the mean distance.  A row, PUBLISHED_REPORT_SHARES, and a line.
 * Dies if our networks have none of the cells. */
void published_report_shares(struct report *r, FILE *f, const char *at,
                             const struct published *theirs, const double *x, size_t n,
                             double rounding, const struct published_rule *rule, size_t resamples);
#define PUBLISHED_REPORT_SHARES                                                                    \
    "set\tcells\tshare\tshare_low\tshare_high\talike\tleast\tmargin\tdeviations\t"                 \
    "deviations_share\tdeviations_least\tdeviations_margin\tdistance\tdistance_low\tdistance_high"

/* The cells of the initial weights against many networks of ours that are not trained, which leaves the
 * error of theirs: tells whether the weights are drawn as theirs were.  Under start/..., and as
 * lines. */
void published_report_initial(struct report *r, const struct published *theirs, const double *x,
                              size_t n, double rounding, const struct published_rule *rule);

/* Their networks at the end of training beside n of ours, both by I(X;T) of layer l (0 the first hidden
 * layer): which lag behind; and the standard deviations of each layer with and without those.  ours is
 * (layers, n). */
void published_report_laggards(struct report *r, const struct published_ends *theirs,
                               const double *ours, size_t n, size_t l);

#endif
