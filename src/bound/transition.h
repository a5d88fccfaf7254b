/* transition.h -- where along the bottleneck curve the optimal encoder changes its number of clusters.
 *
 * beta has no unit (see bottleneck.h).  The functions return 0, or -1 for bad arguments. */
#ifndef TRANSITION_H
#define TRANSITION_H

#include <stddef.h>

#include "bottleneck.h"

/* ---- the first transition ---- */

/* The beta above which the encoder of one cluster is no longer even a local optimum: 1/rho^2, rho
 * the maximal correlation of X and Y, which is the second singular value of p(x,y)/sqrt(p(x)p(y))
 * (H. S. Witsenhausen, "On sequences of pairs of dependent random variables", SIAM J. Appl. Math.
 * 28, 1975), by GSL's one-sided Jacobi method.  Infinite for independent variables. */
double transition_local(const struct source *source);

/* The beta above which it is no longer the global optimum, which is at most transition_local.  It
 * is the least beta at which c(r) of one cluster reaches 1 anywhere but at p(y), and its inverse is
 * the slope of the curve at the origin, the constant s* of V. Anantharam, A. Gohari, S. Kamath,
 * C. Nair, "On maximal correlation, hypercontractivity, and the data processing inequality studied
 * by Erkip and Cover", arXiv:1304.6133 (2013), who show that rho^2 is not.  In between, the encoder
 * of one cluster is a local optimum in which the alternating iteration can be caught.  The new
 * cluster appears at a distance, with weight zero: *r is its p(y=1|t).  Two labels only. */
int transition_global(double *beta, double *r, const struct source *source);

/* ---- any transition ---- */

enum transition_kind {
    TRANSITION_NEW,   /* a cluster appears with weight zero, apart from all others */
    TRANSITION_SPLIT, /* a cluster becomes two, which part from one place, as far as can be seen */
    TRANSITION_LOST,  /* the same two, seen with falling beta */
    TRANSITION_MERGED
};

struct transition {
    struct bottleneck_point below, above; /* the ends of the bracket of beta */
    size_t before, after;                 /* their clusters */
    enum transition_kind kind;
    double r, q;    /* p(y=1|t) and p(t) of the new or lost cluster, at its end of the bracket */
    double nearest; /* p(y=1|t) of the cluster next to it there */
};

/* The first change of the number of clusters between two solved points of the curve, by bisection
 * until the bracket is narrower than precision times beta.  A cluster is noticed when log c(r)
 * exceeds 0 by 1e-11, which for a new one is no delay to speak of, but for a split some 1e-6 of
 * beta.  Two changes that cancel out are not seen: the points should be close.  If they differ by
 * more than one cluster, go on from t->above.  Returns -1 also if they do not differ. */
int transition_find(struct transition *t, struct clusters *work, const struct bottleneck_point *low,
                    const struct bottleneck_point *high, double precision);

#endif
