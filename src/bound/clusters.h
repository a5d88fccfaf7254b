/* clusters.h -- the search of bottleneck_solve: the best weights and places of the clusters there
 * are, by Newton's method, and the start of one more.
 *
 * The state belongs to the source, as b->search.  Nats; see bottleneck.h for F, d, Z and c. */
#ifndef CLUSTERS_H
#define CLUSTERS_H

#include <stddef.h>

#include "bottleneck.h"

/* k clusters with the weights exp(s) and the distributions r, given by their log-odds theta. */
struct clusters {
    double beta;
    size_t k;
    double s[BOTTLENECK_MAX_CLUSTERS];                             /* (k) */
    double theta[BOTTLENECK_MAX_CLUSTERS * BOTTLENECK_MAX_LABELS]; /* (k, ny-1) */
    double r[BOTTLENECK_MAX_CLUSTERS * BOTTLENECK_MAX_LABELS];     /* (k, ny) */
    double *w;                                                     /* (n, k), p(t|x) */
    double *log_z;                                                 /* (n), log Z(x) */
    double *log_a, *term; /* (n), log p(x)/Z(x) and the logarithms of the terms of c(r) */
    /* of ny variables for each cluster */
    double *hessian, *gradient, *step, *scale, *extra;
    size_t *order;
};

/* The state for a source of n inputs and ny labels. */
struct clusters *clusters_alloc(size_t n, size_t ny);
void clusters_free(struct clusters *s);

/* No cluster is missing if log c exceeds 0 by no more than this.  The second term is rounding. */
double clusters_goal(double beta);

/* From s and theta: r, w, log Z.  Returns F(q) + sum_r q(r), whose minimum over all q >= 0 is at
 * the q of sum 1 where F has its minimum, so that the weights need no constraint. */
double clusters_evaluate(struct bottleneck *b);

/* Newton's method on weights and places together, down to rounding errors.  Clusters that lose all
 * weight go, and two that coincide become one. */
void clusters_polish(struct bottleneck *b);

/* Adds a cluster at theta with weight e, or splits the nearest one in that direction if this is
 * better: from an old cluster and a light new one next to it the way to two equal ones is long and
 * winding.  There are fewer than BOTTLENECK_MAX_CLUSTERS before. */
void clusters_add(struct bottleneck *b, const double *theta, double e);

#endif
