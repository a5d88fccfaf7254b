/* frontier.h -- layers against the bound: the frontier of the deterministic encoders, and the beta
 * at which the bottleneck's own equation fits a layer best.
 *
 * Information in bits; beta has no unit (see bottleneck.h). */
#ifndef FRONTIER_H
#define FRONTIER_H

#include <stddef.h>

#include "bottleneck.h"

/* ---- deterministic encoders, two labels ---- */

/* If T is a function of X, I(X;T) = H(T), and a cluster of weight p and mean r of p(y=1|x) adds
 * -p log p + beta p h(r) to H(T) + beta H(Y|T).  That is concave in (p, p r), so that for every
 * beta an optimum lies at a vertex of the polytope of partitions, where a line through the origin
 * separates any two clusters: they are intervals of the inputs sorted by p(y|x), and inputs with
 * the same p(y|x) stay together (D. Burshtein, V. Della Pietra, D. Kanevsky, A. Nadas, "Minimum
 * impurity partitions", Ann. Statist. 20, 1992).  Dynamic programming finds the best intervals.
 *
 * This gives the corners of the convex hull of all (H(T), I(T;Y)), and nothing more.  Between two
 * corners, encoders that are not intervals, or that split a class of inputs with the same p(y|x),
 * may lie above all encoders that are intervals.  None lies above the hull. */

/* The best encoder at beta > 0, which may be infinite, into the given number of clusters, or into
 * any number if that is 0: cluster[n] numbers the clusters by rising p(y=1|t).  Without a number,
 * and for a number up to that of distinct p(y|x) when beta is infinite, no encoder is better;
 * a given number at finite beta is the best of so many intervals.  Returns the number of clusters,
 * or 0 if there are not two labels, or fewer distinct p(y|x) than clusters. */
size_t frontier_best(size_t *cluster, const struct bottleneck *b, double beta, size_t clusters);

struct frontier_corner {
    double i_x, i_y; /* H(T) and I(T;Y) */
    double lost;     /* I(X;Y) - I(T;Y), with its own relative accuracy */
    double beta;     /* optimal from this beta on, up to that of the next corner */
    size_t clusters;
};

struct frontier {
    size_t n;
    struct frontier_corner *corner; /* (n), by rising i_x; the first is the origin */
    size_t *cluster;                /* (n, b->n), the encoders */
    size_t inputs;                  /* of the source */
};

/* All corners, from one cluster to one for each distinct p(y|x), to a relative 1e-12 of
 * H(T) + beta (I(X;Y) - I(T;Y)).  NULL if there are not two labels. */
struct frontier *frontier_alloc(const struct bottleneck *b);
void frontier_free(struct frontier *f);

/* How far the hull lies above a point (bits of Y), and to its left (bits of X).  A deterministic
 * encoder has both at least 0.  Beyond the last corner the hull is level; a point higher than that
 * counts as at its height. */
double frontier_above(const struct frontier *f, double i_x, double i_y);
double frontier_left(const struct frontier *f, double i_x, double i_y);

/* ---- the beta of a layer ---- */

/* A layer as an encoder.  Clusters with the same p(y|t) stand together as one group, as the
 * exponent of p_beta(t|x) is the same for them.  What it points to belongs to it, but the source,
 * which must outlive it. */
struct frontier_layer {
    const struct bottleneck *source;
    size_t groups;
    double *px;      /* (n), of the counts */
    double *pg;      /* (groups) */
    double *joint;   /* (n, groups), p(x, g) */
    double *d;       /* (n, groups), D_KL[p(y|x) || p(y|g)] in nats; may be infinite */
    double *same;    /* (n, groups), sum over t in g of p(x, t) p(t|g) */
    double *divided; /* (groups), -sum over t in g of p(t|g) log p(t|g) */
    double *q;       /* (n, groups), scratch */
    double h_t_x;    /* H(T|X), X the class, in bits: 0 if no class is split */
};

/* A layer from counts: count, (source->n, clusters), has the number or weight of the patterns of
 * each class of inputs in each cluster. */
/* NULL if a count is negative or not finite, or all are 0. */
struct frontier_layer *frontier_layer_alloc(const struct bottleneck *b, const double *count,
                                            size_t clusters);
void frontier_layer_free(struct frontier_layer *layer);

/* E_x D_KL[p(t|x) || p_beta(t|x)] in bits, x a pattern, so that p(t|x) is 0 or 1, and
 * p_beta(t|x) = p(t)/Z(x) exp(-beta D_KL[p(y|x) || p(y|t)]) with the layer's own p(t), p(y|t).
 * With x the class, and p(t|x) the shares of its patterns, it is less by layer->h_t_x. */
double frontier_divergence(const struct frontier_layer *layer, double beta);

/* The beta of least divergence.  Its derivative, E_x of the layer's mean D_KL[p(y|x) || p(y|t)]
 * less that of p_beta(t|x), rises with beta, as the divergence is convex; GSL's root finder takes
 * its zero.  0 if T says nothing about Y; infinite if every pattern is in the cluster of the
 * nearest p(y|t), when the divergence falls for ever. */
double frontier_beta(const struct frontier_layer *layer);

/* The divergence in the released program of Shwartz-Ziv and Tishby (IDNNs, source/main_fas.py,
 * 2017), in bits: from the layer, `steps` steps (theirs: 20) of the self-consistent equations give
 * q(t|x), and the divergence is the reverse, E_x D_KL[q(t|x) || p(t|x) + 2^-52], with 2^-52 added
 * to p(y|t) in the logarithm, too. */
double frontier_reverse(const struct frontier_layer *layer, double beta, size_t steps);

/* The beta of its least value: GSL's minimiser on log beta, around the best of a grid of four to
 * the octave on [low, high].  Not convex, so a minimum narrower than the grid can be missed; the
 * end of the range if the least value is there. */
double frontier_reverse_beta(const struct frontier_layer *layer, size_t steps, double low,
                             double high);

#endif
