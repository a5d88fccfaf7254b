/* summary.h -- quantities measured layer by layer on many networks: a row per network in a table, and
 * over the networks a mean or median with its interval, as numbers for the text and on stdout.
 *
 *     static const struct summary_quantity quantity[] = {
 *         {"peak", "%.2f", "mean peak of I(X;T), bits", STATS_MEAN, offsetof(struct fall, peak)}};
 *     static const struct summary_plan plan = {quantity, 1, .set_width = 4, .width = 11};
 *
 *     struct summary *x = summary_new(&plan, "p85", l, networks, resamples);
 *     for each network k
 *         struct fall m = fall_of(...);
 *         summary_put(x, k, &m);
 *     summary_write(x, &report, table);
 *
 * A quantity is a double in the struct of what is measured on one layer of one network, or on a network
 * as a whole; its unit is what its meaning says. */
#ifndef SUMMARY_H
#define SUMMARY_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "report.h"
#include "stats.h"

/* In place of a layer: the quantities belong to the network as a whole.  These are reported, but have
 * no rows and no lines. */
#define SUMMARY_NETWORK SIZE_MAX

/* A quantity: how it is called in keys, printed and explained, as for report_number; how it is summed
 * up over networks; where it is in the struct that is measured, in bytes. */
struct summary_quantity {
    const char *name; /* its hyphens are underscores in the names of columns */
    const char *format, *meaning;
    enum stats_of statistic;
    size_t at;
};

/* The quantities of a claim. */
struct summary_plan {
    const struct summary_quantity *quantity; /* (quantities) */
    size_t quantities;
    /* Columns on stdout: of the name of a set, 0 if there is but one set, without a name; and of a
     * quantity. */
    int set_width, width;
};

/* One layer of a set of networks. */
struct summary {
    const struct summary_plan *plan;
    const char *set; /* NULL without a name */
    size_t layer;    /* 0 the first hidden layer, or SUMMARY_NETWORK */
    size_t networks, resamples;
    size_t asked;                /* so many quantities, the first ones, are measured here */
    double *value;               /* (quantities, networks) */
    struct stats_interval *over; /* (quantities), over the networks, by summary_report */
};

/* Begins a layer, of which all quantities are asked, with so many resamples of the bootstrap over
 * networks.  What the arguments point to must outlive it.  To be freed by summary_free. */
struct summary *summary_new(const struct summary_plan *p, const char *set, size_t layer,
                            size_t networks, size_t resamples);
void summary_free(struct summary *s);

/* Takes the quantities of network k from the struct that was measured. */
void summary_put(struct summary *s, size_t k, const void *measured);

/* ---- what comes out ---- */

/* Writes the column names of summary_rows: set (if they have names), layer, network, quantities. */
void summary_columns(FILE *f, const struct summary_plan *p);

/* Prints the heading of the lines of summary_print. */
void summary_heading(const struct summary_plan *p);

/* A row per network; nan for a quantity that is not asked. */
void summary_rows(FILE *f, const struct summary *s);

/* Sums up over the networks, and reports each quantity asked as [set/][t<layer>/]name, the layer
 * counted from 1. */
void summary_report(struct summary *s, struct report *r);

/* Prints a line with what was summed up. */
void summary_print(const struct summary *s);

/* All three: rows, numbers and line. */
void summary_write(struct summary *s, struct report *r, FILE *f);

/* Sums up and reports, and ends a row of a table with the mean or median of each quantity asked and the
 * ends of its interval. */
void summary_means(struct summary *s, struct report *r, FILE *f);

/* ---- one quantity, by its name; dies if the plan has none of that name ---- */

/* Its values in the networks, (networks). */
double *summary_values(const struct summary *s, const char *name);

/* Its mean or median and the interval of that. */
struct stats_interval summary_interval(const struct summary *s, const char *name);

/* That of each of so many layers. */
void summary_over(struct stats_interval *over, struct summary *const *layer, size_t layers,
                  const char *name);

/* The mean of the difference a - b in the networks of two sets, of which those with the same number go
 * together, and its interval; and the mean of a over that of b.  The set with more networks gives its
 * first ones. */
struct stats_interval summary_difference(const struct summary *a, const struct summary *b,
                                         const char *name);
struct stats_interval summary_ratio(const struct summary *a, const struct summary *b,
                                    const char *name);

/* The rank correlation of one quantity with another over the same networks, and its interval. */
struct stats_interval summary_correlation(const struct summary *a, const char *x,
                                          const struct summary *b, const char *y);

#endif
