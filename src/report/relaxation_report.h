/* relaxation_report.h -- how long layers take to compress, for the text, tables and stdout. */
#ifndef RELAXATION_REPORT_H
#define RELAXATION_REPORT_H

#include <stddef.h>
#include <stdio.h>

#include "relaxation.h"
#include "report.h"

/* Reports the rule as param.<name>. */
void relaxation_report_rule(struct report *r, const struct relaxation_rule *rule);

/* Measures the hidden layers of n networks, x (n, NET_MAX_LAYERS), adds them to the points, and writes
 * a row for each. */
#define RELAXATION_REPORT_NETWORKS "set\tnetwork\tlayer\tcompression\tfall\tepochs\tcounts"
void relaxation_report_networks(struct relaxation_points *p, struct relaxation *x, FILE *f,
                                const char *set, const struct run_record *record, size_t n);

/* Prints the heading of the lines of relaxation_report_fits. */
void relaxation_report_heading(void);

/* Fits the points within layers and pooled: numbers under <set>/within/... and <set>/pooled/..., how
 * many layers count as <set>/layers and /left-out, a row and a line for each. */
#define RELAXATION_REPORT_FITS                                                                     \
    "set\tlines\tlayers\tleft_out\tslope\tslope_low\tslope_high\tslope_r2\tpower\tpower_low\t"     \
    "power_high\tr2\tr2_low\tr2_high"
void relaxation_report_fits(struct report *r, FILE *f, const char *set,
                            const struct relaxation_points *p, size_t resamples);

/* The hidden layers one by one: numbers under <set>/t<layer>/..., and a row for each. */
#define RELAXATION_REPORT_LAYERS                                                                   \
    "set\tlayer\tnetworks\tcompression\tepochs\tmean_compression\tmean_log_compression\t"          \
    "mean_log_epochs\tpower\tpower_low\tpower_high"
void relaxation_report_layers(struct report *r, FILE *f, const char *set,
                              const struct relaxation_points *p, size_t hidden, size_t resamples);

/* What a change made of a layer, under <name>/... and as a line. */
void relaxation_report_change(struct report *r, const char *name,
                              const struct relaxation_change *x);

#endif
