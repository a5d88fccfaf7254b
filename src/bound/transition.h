/* transition.h -- where along the bottleneck curve the optimal encoder changes its number of
 * clusters, and the alternating iteration, which slows down there.
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

/* ---- the alternating iteration ---- */

/* The self-consistent equations in turn, Eq. (eq:ib), from any encoder (Tishby, Pereira, Bialek
 * 1999).  Never raises I(X;T) - beta I(T;Y), but may end in a local optimum.
 *
 *     it = transition_iteration_alloc(source, clusters);
 *     transition_iteration_set(it, pt_x, beta);
 *     do
 *         transition_iterate(it);
 *     while (transition_test(it, 1e-8) == GSL_CONTINUE && it->steps < limit);
 *
 * Near a transition the changes shrink by a factor close to 1 each step, and at it by less and
 * less: critical slowing down. */
struct transition_iteration {
    const struct source *source;
    double beta;
    size_t clusters, steps;
    double change; /* the largest of p(t|x) in the last step */
    double rate;   /* change over that of the step before; 0 in the first */
    double *pt_x;  /* (n, clusters) */
    double *log_q; /* (clusters), log p(t) of the encoder before the last step */
    double *py_t;  /* (clusters, ny), likewise; a cluster without weight keeps what it had */
    double *log_r; /* (clusters, ny), log p(y|t) */
    double *row;   /* (clusters), scratch */
};

/* NULL if clusters is 0.  The source must outlive the iteration. */
struct transition_iteration *transition_iteration_alloc(const struct source *source,
                                                        size_t clusters);
void transition_iteration_free(struct transition_iteration *it);

/* Starts from pt_x, (n, clusters), rows that sum to 1, or from each input in a cluster of its own
 * if pt_x is NULL, which needs n clusters. */
int transition_iteration_set(struct transition_iteration *it, const double *pt_x, double beta);

/* One step: p(t) and p(y|t) of the encoder, then the encoder of these. */
void transition_iterate(struct transition_iteration *it);

/* GSL_SUCCESS if the last step changed no p(t|x) by more than the tolerance, else GSL_CONTINUE. */
int transition_test(const struct transition_iteration *it, double tolerance);

#endif
