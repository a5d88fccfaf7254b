/* bend.h -- how I(X;T) of a trained layer depends on the size of the training set: the left-bending
 * C of the original's Fig. 7.
 *
 * Networks of the same number share their initial weights and labels at every size, and the smaller
 * training set is part of the larger one.  So a network is one unit of repetition over all sizes:
 * differences between sizes are taken within it.  Information in bits. */
#ifndef BEND_H
#define BEND_H

#include <stddef.h>

#include "stats.h"
#include "verdict.h"

/* What is asked of each of the last `layers` hidden layers: at the smallest and at the largest size,
 * the mean I(X;T) exceeds its mean over the middle sizes (shares of the patterns from low to high)
 * by an amount whose 95 % interval lies above `bits`. */
struct bend_rule {
    double low, high, bits;
    size_t layers;
};

/* Measures one layer of one network: bend[i] is I(X;T) at size i, i_xt[i], less its mean over the
 * middle sizes.  The n sizes share[n] rise, and at least one is a middle one. */
void bend_of(double *bend, const double *i_xt, const double *share, size_t n,
             const struct bend_rule *rule);

/* The verdict on the hidden layers, from the intervals of the mean bend of each at the smallest and
 * at the largest size; two conditions for every layer asked. */
enum verdict bend_verdict(const struct stats_interval *small, const struct stats_interval *large,
                          size_t hidden, const struct bend_rule *rule);

#endif
