/* clusters.h -- the workspace of a search for the best encoder at one beta: clusters with weights and
 * places, made the best of their number by Newton's method, and the start of one more.
 *
 * The source is shared and never changes; a workspace belongs to one thread.  Nats; see bottleneck.h
 * for F, d, Z and c. */
#ifndef CLUSTERS_H
#define CLUSTERS_H

#include <stddef.h>

#include "source.h"

enum { CLUSTERS_MAX = 64, CLUSTERS_MAX_LABELS = 4, CLUSTERS_CELLS = 1024 };

/* k clusters with the weights exp(s) and the distributions r, given by their log-odds theta. */
struct clusters {
    const struct source *source; /* must outlive it */
    double beta;
    size_t k;
    double s[CLUSTERS_MAX];                           /* (k) */
    double theta[CLUSTERS_MAX * CLUSTERS_MAX_LABELS]; /* (k, ny-1) */
    double r[CLUSTERS_MAX * CLUSTERS_MAX_LABELS];     /* (k, ny) */
    double log_r[CLUSTERS_MAX * CLUSTERS_MAX_LABELS]; /* (k, ny) */
    double *w;                                        /* (n, k), p(t|x) */
    double *log_z;                                    /* (n), log Z(x) */
    double *log_a, *term; /* (n), log p(x)/Z(x) and the logarithms of the terms of c(r) */
    double *node, *value; /* (CLUSTERS_CELLS + n + 1), scratch of certificate_find */
    /* of ny variables for each cluster */
    double *hessian, *gradient, *step, *scale, *extra;
    size_t *order;
};

/* A workspace for a source.  NULL if it has more than CLUSTERS_MAX_LABELS labels. */
struct clusters *clusters_alloc(const struct source *source);
void clusters_free(struct clusters *s);

/* No cluster is missing if log c exceeds 0 by no more than this, in nats. */
#define CLUSTERS_GOAL 1e-11

/* A theta within rounding errors of the log-odds of an input becomes these: so near, an input and a
 * cluster of its own are at distance 0, and at a beta of 1e30 no other distance will do. */
void clusters_snap(struct clusters *s);

/* From s and theta: r, w, log Z.  Returns F(q) + sum_r q(r), whose minimum over all q >= 0 is at
 * the q of sum 1 where F has its minimum, so that the weights need no constraint. */
double clusters_evaluate(struct clusters *s);

/* Newton's method on weights and places together, down to rounding errors.  Clusters that lose all
 * weight go, and two that coincide become one. */
void clusters_polish(struct clusters *s);

/* Adds a cluster at theta with weight e, or splits the nearest one in that direction if this is
 * better: from an old cluster and a light new one next to it the way to two equal ones is long and
 * winding.  There are fewer than CLUSTERS_MAX before. */
void clusters_add(struct clusters *s, const double *theta, double e);

#endif
