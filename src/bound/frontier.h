/* frontier.h -- the frontier of the deterministic encoders: the bound for layers that are functions
 * of the input.  Two labels.
 *
 * Information in bits; beta has no unit (see bottleneck.h). */
#ifndef FRONTIER_H
#define FRONTIER_H

#include <stddef.h>

#include "source.h"

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
size_t frontier_best(size_t *cluster, const struct source *source, double beta, size_t clusters);

struct frontier_corner {
    double i_x, i_y; /* H(T) and I(T;Y) */
    double lost;     /* I(X;Y) - I(T;Y), with its own relative accuracy */
    double beta;     /* optimal from this beta on, up to that of the next corner */
    size_t clusters;
};

struct frontier {
    size_t n;
    struct frontier_corner *corner; /* (n), by rising i_x; the first is the origin */
    size_t *cluster;                /* (n, inputs), the encoders */
    size_t inputs;                  /* of the source */
};

/* All corners, from one cluster to one for each distinct p(y|x), to a relative 1e-12 of
 * H(T) + beta (I(X;Y) - I(T;Y)).  NULL if there are not two labels. */
struct frontier *frontier_alloc(const struct source *source);
void frontier_free(struct frontier *f);

/* How far the hull lies above a point that loses so much of I(X;Y) (bits of Y), and to its left (bits
 * of X).  A deterministic encoder has both at least 0.  Beyond the last corner the hull is level; a
 * point that loses less than that counts as at its height. */
double frontier_above(const struct frontier *f, double i_x, double lost);
double frontier_left(const struct frontier *f, double i_x, double lost);

#endif
