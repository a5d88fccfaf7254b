/* bend.h -- how I(X;T) of a trained layer depends on the size of the training set: the left-bending
 * C of the original's Fig. 7.
 *
 * Networks of the same number share their initial weights and labels at every size, and the smaller
 * training set is part of the larger one.  So a network is one unit of repetition over all sizes:
 * differences between sizes are taken within it.  Information in bits. */
#ifndef BEND_H
#define BEND_H

#include <stddef.h>

/* Which sizes are middle ones: shares of the patterns from low to high. */
struct bend_rule {
    double low, high;
};

/* Measures one layer of one network: bend[i] is I(X;T) at size i, i_xt[i], less its mean over the
 * middle sizes.  The n sizes share[n] rise, and at least one is a middle one. */
void bend_of(double *bend, const double *i_xt, const double *share, size_t n,
             const struct bend_rule *rule);

#endif
