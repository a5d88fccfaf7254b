/* peak.h -- the maximum of c(r) over all r: whether and where a search lacks a cluster, and the proof
 * that it lacks none.  Nats; see bottleneck.h for c. */
#ifndef PEAK_H
#define PEAK_H

#include "bottleneck.h"
#include "clusters.h"

struct peak {
    double log_c;                        /* the greatest found */
    double theta[BOTTLENECK_MAX_LABELS]; /* where: its log-odds */
    double bound;                        /* none is greater; infinite for more than two labels */
    double slack;                        /* by how much the bound may be greater */
};

/* The maximum for the clusters in b->search, after clusters_evaluate. */
struct peak peak_find(struct bottleneck *b);

/* The weight e of a new cluster at theta that minimises F((1 - e) q + e new): Newton's method, kept
 * inside a bracket.  After peak_find. */
double peak_weight(const struct bottleneck *b, const double *theta);

#endif
