/* slowing_report.h -- transitions of the bottleneck, the steps at them, and the layers beside them, for
 * the text, tables and stdout. */
#ifndef SLOWING_REPORT_H
#define SLOWING_REPORT_H

#include <stddef.h>
#include <stdio.h>

#include "report.h"
#include "slowing.h"

/* The columns of the rows of slowing_report_transitions. */
#define SLOWING_REPORT_COLUMNS                                                                     \
    "source\tnumber\tbeta\tr\tbefore\tafter\tbelow\tabove\tcloser_below\tcloser_above\t"           \
    "middle_before\tmiddle_after"

/* Reports the transitions of a source as a whole under the keys <name>/...; ratio is that of
 * slowing_chance. */
void slowing_report_spectrum(struct report *r, const char *name, const struct source *source,
                             const struct slowing_spectrum *found, double ratio);

/* Prints the heading of the lines of slowing_report_transitions. */
void slowing_report_heading(void);

/* The transitions of a source, with the steps close to each, closer to each, and the beta of the most
 * steps around each: under the keys <name>/c<number>/..., as rows and as lines on stdout.  Then how many
 * are more than so many times slower, as a number and as the share <name>/slow-share; how many end with
 * an excess of more bits than `caught`. */
void slowing_report_transitions(struct report *r, FILE *f, const char *name,
                                const struct slowing_spectrum *found,
                                const struct slowing_delay *near,
                                const struct slowing_delay *closer, const double *highest,
                                double times, double caught);

/* Layer l of a set of n networks with these betas: rows (set, layer, network, beta, distance), numbers
 * under <set>/t<l + 1>/..., and a line on stdout; also what the ratio would have to be to be told from
 * the limit. */
void slowing_report_layer(struct report *r, FILE *f, const char *set, size_t l, const double *beta,
                          size_t n, const struct slowing_spectrum *found, double limit,
                          size_t resamples);

/* Layer l before training and after: t<l + 1>/settling, what it would have to be to be told from 1, and
 * a line. */
void slowing_report_settling(struct report *r, size_t l, const double *before, const double *after,
                             size_t n, const struct slowing_spectrum *found, size_t resamples);

#endif
