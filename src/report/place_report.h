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
 * high, sd; and as summary_rows), numbers and a line on stdout. */
void place_report_layer(struct report *r, FILE *layers, FILE *networks, struct summary *x);

#endif
