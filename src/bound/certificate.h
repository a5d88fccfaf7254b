/* certificate.h -- the largest c(r) over all r: whether and where a search lacks a cluster, and the
 * proof that it lacks none.  Nats; see bottleneck.h for c. */
#ifndef CERTIFICATE_H
#define CERTIFICATE_H

#include "clusters.h"

struct certificate {
    double log_c;                      /* the greatest found */
    double theta[CLUSTERS_MAX_LABELS]; /* where: its log-odds */
    double bound;                      /* none is greater; infinite for more than two labels */
    double slack;                      /* by how much the bound may be greater */
};

/* The largest c(r) for the clusters of a workspace, after clusters_evaluate. */
struct certificate certificate_find(struct clusters *s);

/* The weight e of a new cluster at theta that minimises F((1 - e) q + e new): Newton's method, kept
 * inside a bracket.  After certificate_find. */
double certificate_weight(struct clusters *s, const double *theta);

#endif
