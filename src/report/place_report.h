/* place_report.h -- the bound, and where layers lie beside it, for the text, tables and stdout. */
#ifndef PLACE_REPORT_H
#define PLACE_REPORT_H

#include <stddef.h>
#include <stdio.h>

#include "place.h"
#include "report.h"
#include "summary.h"

/* Quantities of struct place_layer, in the order of enum place_quantity. */
extern const struct summary_plan place_report_plan;

/* The bound for the rule with one gamma: a row per point of its curve (gamma, beta, i_x, i_y, gap,
 * clusters) and per corner of its frontier (gamma, beta, i_x, i_y, clusters); under the keys <name>/...
 * its largest gap, where it ends, and its points at the betas known[n]. */
void place_report_bound(struct report *r, FILE *curve, FILE *frontier, const struct place_bound *b,
                        double gamma, const char *name, const double *known, size_t n);

/* A layer of a set, whose plan is that above: rows of both tables (set, layer, quantity, value, low,
 * high, sd; and as summary_rows), numbers and a line on stdout.  Where the reverse beta is asked for, and its median is an end of its
 * range, the word <key>/is says so. */
void place_report_layer(struct report *r, FILE *layers, FILE *networks, struct summary *x);

/* The last two of the hidden layers of a set against those of a control, both (hidden) summaries by the
 * plan above: ratios of the mean distances below and right, of the divergence and of what the decoder
 * misses, as <set>/t<l>/<quantity>-to-<control>.  Networks of one number are pairs. */
void place_report_control(struct report *r, struct summary *const *layer,
                          struct summary *const *control, size_t hidden);

/* What the task permits: the bits that name a class; the share of right labels of the best answer to
 * every pattern, and of always the same answer. */
void place_report_task(struct report *r, const struct task *task);

#endif
