/* published_report.h -- published values beside ours, for the text, a table and stdout.
 *
 * x is what published_values gives for n networks of ours; rounding and rule are as in published.h. */
#ifndef PUBLISHED_REPORT_H
#define PUBLISHED_REPORT_H

#include <stddef.h>
#include <stdio.h>

#include "published.h"
#include "report.h"

/* All cells against ours, each under <quantity>/e<epoch>/t<layer>/..., as a row (quantity, epoch, layer,
 * mean, sd, theirs, theirs_sd, z, z_sd) and as a line; how many agree, and how many would if theirs were
 * networks like ours.  Returns the verdict; dies if our networks have none of the cells. */
enum verdict published_report_cells(struct report *r, FILE *f, const struct published *theirs,
                                    const double *x, size_t n, double rounding,
                                    const struct published_rule *rule, size_t resamples);

/* The cells of the initial weights against many networks of ours that are not trained, which leaves the
 * error of theirs: tells whether the weights are drawn as theirs were.  Under initial/..., and as
 * lines. */
void published_report_initial(struct report *r, const struct published *theirs, const double *x,
                              size_t n, double rounding, const struct published_rule *rule);

#endif
