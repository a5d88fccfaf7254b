/* bound.h -- what the tests of the room src/bound share. */
#ifndef TEST_BOUND_H
#define TEST_BOUND_H

#include "bottleneck.h"
#include "classes.h"

/* Solves, or proves, a point for a source in a workspace of its own. */
static inline int bound_solve(struct bottleneck_point *p, const struct source *source, double beta)
{
    struct clusters *work = clusters_alloc(source);
    const int status = bottleneck_solve(p, work, beta);
    clusters_free(work);
    return status;
}

static inline int bound_prove(struct bottleneck_point *p, const struct source *source)
{
    struct clusters *work = clusters_alloc(source);
    const int status = bottleneck_prove(p, work);
    clusters_free(work);
    return status;
}

/* The point at a beta, from nothing. */
static inline struct bottleneck_point bound_point(const struct source *source, double beta)
{
    struct bottleneck_point p = {.clusters = 0};
    ck_assert_int_eq(bound_solve(&p, source, beta), 0);
    return p;
}

/* I(X;T) and I(T;Y) of an encoder. */
static inline void bound_measure(double *i_x, double *i_y, const struct source *source,
                                 const double *pt_x, size_t clusters)
{
    double lost;
    source_measure(i_x, &lost, source, pt_x, clusters);
    *i_y = source->i_xy - lost;
}

/* The task's source at a gamma. */
static inline struct source *bound_task(double gamma)
{
    static struct task task;
    ck_assert_int_eq(task_init(&task, TASK_HARD, 0.0), 0);
    return classes_source(&task, gamma);
}

#endif
