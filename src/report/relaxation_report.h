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

/* Reports the rule as param.<name>. */
void relaxation_report_rule(struct report *r, const struct relaxation_rule *rule);

/* Measures the hidden layers of n networks, adds them to the points, and writes a row for each: name,
 * hidden, network, layer, compression, fall, epochs, counts. */
void relaxation_report_networks(struct relaxation_points *p, FILE *f, const char *name,
                                const struct run_record *record, size_t n);

/* Prints the heading of the lines of relaxation_report_fit. */
void relaxation_report_heading(void);

/* Fits the points, and reports the fit under the keys relaxation/<name>/..., as a row of a table and as
 * a line on stdout. */
struct relaxation_fit relaxation_report_fit(struct report *r, FILE *f, const char *name,
                                            const struct relaxation_points *p, size_t resamples);

/* Reports the hidden layers one by one under relaxation/t<layer>/... */
void relaxation_report_layers(struct report *r, const struct relaxation_points *p, size_t hidden,
                              size_t resamples);

#endif
