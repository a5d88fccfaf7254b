/* bottleneck.h -- the information-bottleneck curve, each point with a proof of optimality.
 *
 * For a source p(x), p(y|x) and a beta, the encoder p(t|x) of least I(X;T) - beta I(T;Y)
 * (N. Tishby, F. C. Pereira, W. Bialek, "The information bottleneck method", Allerton 1999).  This
 * is the rate-distortion problem whose reproductions are all distributions r on the labels, with
 * the distortion d(x, r) = D_KL[p(y|x) || r]; in the weights q(r) it is convex.  With
 *
 *     Z(x) = sum_r q(r) exp(-beta d(x, r)),       F(q) = -sum_x p(x) log Z(x),
 *     c(r) = sum_x p(x) exp(-beta d(x, r)) / Z(x),
 *
 * no encoder at all is below F(q) - log max_r c(r) - beta I(X;Y), whatever q (R. E. Blahut,
 * "Computation of channel capacity and rate-distortion functions", IEEE Trans. Inform. Theory 18,
 * 1972, Theorem 6, after S. Arimoto, ibid.; for all r at once I. Csiszar, "On the computation of
 * rate-distortion functions", ibid. 20, 1974).  The best q sits on few r (K. Rose, "A mapping
 * approach to rate-distortion computation and analysis", ibid. 40, 1994): the clusters.
 *
 * Information in bits; d, F and log c in nats; beta has no unit. */
#ifndef BOTTLENECK_H
#define BOTTLENECK_H

#include <stddef.h>

#include "clusters.h"

/* A point of the curve, and the encoder that reaches it. */
struct bottleneck_point {
    double beta;
    double i_x, i_y; /* I(X;T) and I(T;Y) of the encoder */
    double lost;     /* I(X;Y) - I(T;Y), with its own relative accuracy */
    /* I(X;T) - beta I(T;Y) is proven to be at most this above the least possible, up to rounding
     * errors of the order of 1e-14.  Infinite where nothing is proven, which is so for more than two
     * labels. */
    double gap;
    size_t clusters;                              /* values of T */
    double q[CLUSTERS_MAX];                       /* (clusters), p(t) */
    double r[CLUSTERS_MAX * CLUSTERS_MAX_LABELS]; /* (clusters, ny), p(y|t) */
};

/* The optimum for the source of a workspace (clusters_alloc; two threads need two) at beta, from 0 to
 * 1e150.  The search starts from the clusters in *point, such as those of a neighbouring beta, or
 * from one cluster if point->clusters is 0; above 1e12 only the former gets far.  The result has the
 * clusters with weight, by rising p(y=1|t).  With two labels it is the global optimum whatever the
 * start, and point->gap, near 1e-11, proves it; it is large if CLUSTERS_MAX were too few.  With more
 * labels it is the best of climbs of c(r) from all inputs.  Returns 0, or -1 for a bad beta or start,
 * and *point as it was. */
int bottleneck_solve(struct bottleneck_point *point, struct clusters *work, double beta);

/* Leaves beta and the clusters as they are, another program's perhaps, but for their order and the
 * sum of q, and fills in the point of their encoder and its gap.  The gap of an encoder that is far
 * from optimal may be 5 % too large.  Returns 0, or -1 for a bad beta or bad clusters. */
int bottleneck_prove(struct bottleneck_point *point, struct clusters *work);

/* The encoder of a point, first line of Eq. (eq:ib): pt_x is (n, clusters), its rows sum to 1. */
void bottleneck_encoder(double *pt_x, const struct source *source,
                        const struct bottleneck_point *point);

#endif
