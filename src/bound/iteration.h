/* iteration.h -- the self-consistent equations of the bottleneck in turn, Eq. (eq:ib), from any encoder
 * (Tishby, Pereira, Bialek 1999).  Never raises I(X;T) - beta I(T;Y), but may end in a local optimum.
 *
 *     it = iteration_alloc(source, clusters);
 *     iteration_set(it, pt_x, beta);
 *     do
 *         iteration_step(it);
 *     while (iteration_test(it, 1e-8) == GSL_CONTINUE && it->steps < limit);
 *
 * Near a transition (transition.h) the changes shrink by a factor close to 1 each step, and at it by
 * less and less: critical slowing down.
 *
 * beta has no unit (see bottleneck.h).  The functions return 0, or -1 for bad arguments. */
#ifndef ITERATION_H
#define ITERATION_H

#include <stddef.h>

#include "source.h"

struct iteration {
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
struct iteration *iteration_alloc(const struct source *source, size_t clusters);
void iteration_free(struct iteration *it);

/* Starts from pt_x, (n, clusters), rows that sum to 1, or from each input in a cluster of its own
 * if pt_x is NULL, which needs n clusters. */
int iteration_set(struct iteration *it, const double *pt_x, double beta);

/* One step: p(t) and p(y|t) of the encoder, then the encoder of these. */
void iteration_step(struct iteration *it);

/* GSL_SUCCESS if the last step changed no p(t|x) by more than the tolerance, else GSL_CONTINUE. */
int iteration_test(const struct iteration *it, double tolerance);

#endif
