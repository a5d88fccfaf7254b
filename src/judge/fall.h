/* fall.h -- the rise and fall of I(X;T) of a layer along training: what claim i is about.
 * Information in bits, times in epochs, INFINITY for what never happens. */
#ifndef FALL_H
#define FALL_H

#include <stddef.h>

#include "run.h"
#include "stats.h"
#include "verdict.h"

/* Where the measures draw the line. */
struct fall_rule {
    double bits;  /* a layer that falls by less does not compress */
    double part;  /* of the fall: so much is lost at its onset, and still to come when it is done */
    double error; /* on the training set; below it, the error is small */
    size_t
        least; /* networks of which the order of two layers is asked; of fewer, it is not known */
};

/* A state is reached at the first of three measurements in a row that have it (see path.h), so that one
 * noisy value decides nothing. */
struct fall {
    double peak, final, fall; /* of I(X;T): the largest value, the last, their difference */
    double peak_epoch;        /* the first of the largest value */
    double onset,
        done; /* from the peak on, `part` of the fall is lost; all but `part` of it.  Never, if
                           the layer does not compress */
    double after,
        span;      /* shares of the epochs: after the peak; from onset to done, or to the end if
                           that is never.  0 if the layer does not compress */
    double lost;   /* of I(T;Y): its largest value minus the last */
    double change; /* of I(T;Y): the last value minus that at the onset; 0 if that is never */
    double small;  /* the training error becomes small; the same in all layers */
    double
        after_small; /* share of the fall that comes after `small` and after the peak; 0 if the error
                           does not become small, or the layer does not compress */
};

/* Measures layer l (0 the first hidden layer) of one network. */
struct fall fall_of(const struct run_record *r, size_t l, const struct fall_rule *rule);

/* When the training error of a network becomes small. */
double fall_small(const struct run_record *r, const struct fall_rule *rule);

/* The fall of layer l up to a row of the record: the largest value of I(X;T) so far minus that of the
 * row. */
double fall_until(const struct run_record *r, size_t l, size_t row);

/* Equal loss: the row of each of two networks at which its training loss has first come down to the
 * larger of their two smallest losses.  So one of them has just learnt the most it ever does, and the
 * other as much. */
struct fall_rows {
    size_t a, b;
};
struct fall_rows fall_equal_loss(const struct run_record *a, const struct run_record *b);

/* ---- layers among themselves: m (n, layers) of n networks ---- */

/* The share of networks in which the onset of layer a is before that of layer b, among those in which
 * both compress.  The same measurement counts half, and widens the interval as either. */
struct stats_interval fall_before(const struct fall *m, size_t n, size_t layers, size_t a, size_t b,
                                  const struct fall_rule *rule);

/* The earliest onset of the layers of one network. */
double fall_earliest(const struct fall *m, size_t layers);

/* The share of networks in which layer l is the first to compress, alone or with others, among those in
 * which any does. */
struct stats_interval fall_first(const struct fall *m, size_t n, size_t layers, size_t l);

#endif
