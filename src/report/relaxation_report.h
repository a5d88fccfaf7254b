/* relaxation_report.h -- how long layers take to compress, for the text, a table and stdout. */
#ifndef RELAXATION_REPORT_H
#define RELAXATION_REPORT_H

#include <stddef.h>
#include <stdio.h>

#include "relaxation.h"
#include "report.h"

/* The columns of the rows of relaxation_report_fit. */
#define RELAXATION_REPORT_COLUMNS                                                                  \
    "set\tlayers\tleft_out\tintercept\tslope\tslope_low\tslope_high\tr2\tr2_low\tr2_high\tpower\t" \
    "power_low\tpower_high"

/* Reports a fit under the keys relaxation/<name>/..., as a row of a table and as a line on stdout. */
void relaxation_report_fit(struct report *r, FILE *f, const char *name,
                           const struct relaxation_points *p, const struct relaxation_fit *fit);

/* Reports the hidden layers one by one under relaxation/t<layer>/... */
void relaxation_report_layers(struct report *r, const struct relaxation_points *p, size_t hidden,
                              size_t resamples);

#endif
