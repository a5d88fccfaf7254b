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

/* I(X;T) at the smallest and at the largest size, less its mean over the middle sizes. */
struct bend {
    double small, large;
};

/* Measures one layer of one network: i_xt[n] at the training sizes share[n], which rise and of which
 * at least one is a middle one. */
struct bend bend_of(const double *i_xt, const double *share, size_t n,
                    const struct bend_rule *rule);

/* The verdict on the hidden layers, from the intervals of the mean bend of each; two conditions for
 * every layer asked. */
enum verdict bend_verdict(const struct stats_interval *small, const struct stats_interval *large,
                          size_t hidden, const struct bend_rule *rule);

#endif
