/* summary.h -- quantities measured layer by layer on many networks: a row per network in a table, and
 * over the networks a mean or median with its interval, as numbers for the text and on stdout.
 *
 *     summary_table(&file, &report, &plan);
 *     summary_heading(&plan);
 *     for each layer l of each set
 *         summary_init(&x, &plan, "p85", l, networks, resamples);
 *         for each network k
 *             x.value[FALL][k] = ...;
 *         summary_write(&x, &report, file.stream);
 *
 * The unit of a quantity is what its meaning says.  Nothing is owned here. */
#ifndef SUMMARY_H
#define SUMMARY_H

#include <stddef.h>
#include <stdint.h>

#include "ensemble.h"
#include "report.h"
#include "stats.h"

enum { SUMMARY_MAX_QUANTITIES = 24 };

/* In place of a layer: the quantities belong to the network as a whole.  These are reported, but have
 * no rows and no lines. */
#define SUMMARY_NETWORK SIZE_MAX

/* A quantity: how it is called in keys, printed and explained, as for report_number, and summed up
 * over networks. */
struct summary_quantity {
    const char *name; /* its hyphens are underscores in the names of columns */
    const char *format, *meaning;
    enum stats_of statistic;
};

/* The quantities of a claim. */
struct summary_plan {
    const struct summary_quantity *quantity; /* (quantities) */
    size_t quantities;
    /* Columns on stdout: of the name of a set, 0 if there is but one set, without a name; and of a
     * quantity. */
    int set_width, width;
};

/* One layer of a set of networks; too large for the stack. */
struct summary {
    const struct summary_plan *plan;
    const char *set; /* NULL without a name */
    size_t layer;    /* 0 the first hidden layer, or SUMMARY_NETWORK */
    size_t networks, resamples;
    size_t asked; /* so many quantities, the first ones, are measured here */
    double value[SUMMARY_MAX_QUANTITIES][ENSEMBLE_MAX_NETWORKS]; /* filled by the caller */
    struct stats_interval over[SUMMARY_MAX_QUANTITIES]; /* over the networks, by summary_report */
};

/* Opens data/<claim>_networks.tsv, a row per set (if they have names), layer and network, with a column
 * for each quantity; file_commit ends it. */
void summary_table(struct file *f, const struct report *r, const struct summary_plan *p);

/* Prints the heading of the lines of summary_print. */
void summary_heading(const struct summary_plan *p);

/* Begins a layer, of which all quantities are asked, with so many resamples of the bootstrap over
 * networks.  What the arguments point to must outlive it.  Dies if there are more quantities or
 * networks than there is room for. */
void summary_init(struct summary *s, const struct summary_plan *p, const char *set, size_t layer,
                  size_t networks, size_t resamples);

/* A row per network; nan for a quantity that is not asked. */
void summary_rows(FILE *f, const struct summary *s);

/* Sums up over the networks, and reports each quantity asked as [set/][t<layer>/]name, the layer
 * counted from 1. */
void summary_report(struct summary *s, struct report *r);

/* Prints a line with what was summed up. */
void summary_print(const struct summary *s);

/* All three: rows, numbers and line. */
void summary_write(struct summary *s, struct report *r, FILE *f);

/* Copies the interval of one quantity in each of so many layers. */
void summary_over(struct stats_interval *over, const struct summary *layer, size_t layers,
                  size_t quantity);

#endif
