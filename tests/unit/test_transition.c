/* test_transition.c -- the transitions against closed forms and against the definition, and the
 * alternating iteration against the proven optimum. */
#include "unit.h"

#include <gsl/gsl_errno.h>

#include "icosahedron.h"
#include "source.h"
#include "transition.h"

enum { CLASSES = TASK_CLASSES, MOST = 16 };

static struct bottleneck *task_source(double gamma)
{
    static struct task task;
    ck_assert_int_eq(task_init(&task, TASK_HARD, 0.0), 0);
    return source_alloc(&task, gamma);
}

static struct bottleneck *random_source(uint64_t *state, size_t n)
{
    double px[MOST], py_x[2 * MOST];
    for (size_t x = 0; x < n; x++) {
        px[x] = unit_uniform(state, 0.1, 1.0);
        py_x[2 * x] = unit_uniform(state, 0.01, 0.99);
        py_x[2 * x + 1] = 1.0 - py_x[2 * x];
    }
    return bottleneck_alloc(px, py_x, n, 2);
}

static struct bottleneck *symmetric_channel(double p)
{
    return bottleneck_alloc((double[]){1, 1}, (double[]){1 - p, p, p, 1 - p}, 2, 2);
}

static struct bottleneck_point solve(struct bottleneck *b, double beta)
{
    struct bottleneck_point p = {.clusters = 0};
    ck_assert_int_eq(bottleneck_solve(&p, b, beta), 0);
    return p;
}

/* ---- the first transition ---- */

/* With two labels the matrix of the maximal correlation has two singular values, and rho^2 is the
 * mean square contingency sum_x p(x) (p(y=1|x) - p(y=1))^2 / (p(y=0) p(y=1)). */
START_TEST(local_is_the_contingency)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < 50; i++) {
        struct bottleneck *b = random_source(&state, 1 + i % 15);
        double rho2 = 0.0;
        for (size_t x = 0; x < b->n; x++)
            rho2 += b->px[x] * pow(b->py_x[2 * x + 1] - b->py[1], 2.0) / (b->py[0] * b->py[1]);
        const double beta = transition_local(b);
        unit_require(b->n == 1 ? isinf(beta) : fabs(beta * rho2 - 1.0) < 1e-12, "%zu: %.17g", i,
                     beta);
        bottleneck_free(b);
    }
}
END_TEST

/* Three labels: a channel that keeps one of three equally likely values with probability 1 - e and
 * else draws anew has rho = 1 - e.  Independent variables; more labels than inputs. */
START_TEST(local_by_hand)
{
    const double e = 0.385, o = e / 3.0, k = 1.0 - e + o;
    struct bottleneck *b =
        bottleneck_alloc((double[]){1, 1, 1}, (double[]){k, o, o, o, k, o, o, o, k}, 3, 3);
    ck_assert_double_eq_tol(transition_local(b), 1.0 / ((1.0 - e) * (1.0 - e)), 1e-12);
    bottleneck_free(b);
    b = bottleneck_alloc((double[]){1, 2}, (double[]){0.2, 0.8, 0.2, 0.8}, 2, 2);
    ck_assert(isinf(transition_local(b)));
    double beta, r;
    ck_assert_int_eq(transition_global(&beta, &r, b), 0);
    ck_assert(isinf(beta));
    bottleneck_free(b);
    b = bottleneck_alloc((double[]){1, 1}, (double[]){1 - e, 0, e, 0, 1 - e, e}, 2, 3);
    ck_assert_double_eq_tol(transition_local(b), 1.0 / (1.0 - e), 1e-12); /* erasure: rho^2 = 1-e */
    ck_assert_int_eq(transition_global(&beta, &r, b), -1);
    bottleneck_free(b);
}
END_TEST

/* The task: 1.0063 and 1.0811 from a trial program; the global ones, first found with c(r) on a
 * grid, lie below. */
START_TEST(first_of_the_task)
{
    static const double known[][3] = {{41.64, 1.0063, 1.00479}, {12.0, 1.0811, 1.08048}};
    for (size_t g = 0; g < 2; g++) {
        struct bottleneck *b = task_source(known[g][0]);
        double beta, r;
        ck_assert_double_eq_tol(transition_local(b), known[g][1], 5e-5);
        ck_assert_int_eq(transition_global(&beta, &r, b), 0);
        ck_assert_double_eq_tol(beta, known[g][2], 5e-6);
        ck_assert_uint_eq(solve(b, beta * (1.0 - 1e-9)).clusters, 1);
        const struct bottleneck_point p = solve(b, beta * (1.0 + 1e-9));
        ck_assert_uint_eq(p.clusters, 2);
        ck_assert_double_gt(fabs(r - b->py[1]), 0.1); /* at a distance */
        ck_assert_double_lt(fmin(fabs(p.r[1] - r), fabs(p.r[3] - r)), 1e-5);
        ck_assert_double_lt(fmin(p.q[0], p.q[1]), 1e-5); /* with weight zero */
        bottleneck_free(b);
    }
}
END_TEST

/* By the definition: below, c(r) = sum_x p(x) exp(-beta (d(x,r) - d(x,p(y)))) is at most 1 for all
 * r; above, it is not.  And by the curve, whose slope at the origin is 1/beta. */
START_TEST(global_by_definition)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < 60; i++) {
        struct bottleneck *b = random_source(&state, 2 + i % 9);
        double beta, r;
        ck_assert_int_eq(transition_global(&beta, &r, b), 0);
        unit_require(beta >= 1.0 && beta <= transition_local(b), "%g", beta);
        double top[2] = {0.0, 0.0};
        for (size_t k = 1; k < 4000; k++) {
            const double s = (double)k / 4000.0;
            for (size_t side = 0; side < 2; side++) {
                double c = 0.0;
                for (size_t x = 0; x < b->n; x++) {
                    const double *p = b->py_x + 2 * x;
                    const double d = -p[0] * log((1.0 - s) / b->py[0]) - p[1] * log(s / b->py[1]);
                    c += b->px[x] * expm1(-beta * (side ? 1.001 : 0.999999) * d);
                }
                top[side] = fmax(top[side], c);
            }
        }
        unit_require(top[0] <= 1e-14 && top[1] > 0.0, "source %zu: %g %g", i, top[0], top[1]);
        ck_assert_uint_eq(solve(b, beta * (1.0 - 1e-6)).clusters, 1);
        const struct bottleneck_point p = solve(b, beta * (1.0 + 1e-5));
        ck_assert_uint_eq(p.clusters, 2);
        unit_require(fabs(p.i_y / p.i_x * beta - 1.0) < 1e-4, "slope %.9g", p.i_y / p.i_x * beta);
        bottleneck_free(b);
    }
}
END_TEST

/* A symmetric channel: both are 1/(1 - 2p)^2. */
START_TEST(first_of_the_symmetric_channel)
{
    for (size_t step = 0; step < 7; step++) {
        const double p = 0.02 + 0.07 * (double)step;
        struct bottleneck *b = symmetric_channel(p);
        double beta, r;
        const double known = 1.0 / ((1.0 - 2.0 * p) * (1.0 - 2.0 * p));
        ck_assert_double_eq_tol(transition_local(b) / known, 1.0, 1e-12);
        ck_assert_int_eq(transition_global(&beta, &r, b), 0);
        ck_assert_double_eq_tol(beta / known, 1.0, 1e-9);
        ck_assert_double_eq_tol(r, 0.5, 1e-3);
        bottleneck_free(b);
    }
}
END_TEST

/* ---- any transition ---- */

/* All up to beta = 1000.  At each a new cluster comes with weight zero where c(r) reaches 1, as is
 * to be expected without a symmetry; the first is transition_global. */
static void transitions(double gamma, const size_t n, const double *expected)
{
    struct bottleneck *b = task_source(gamma);
    struct bottleneck_point last = solve(b, 1.0);
    size_t found = 0;
    for (size_t i = 1; i <= 500; i++) {
        struct bottleneck_point next = last;
        ck_assert_int_eq(bottleneck_solve(&next, b, pow(1000.0, (double)i / 500.0)), 0);
        struct bottleneck_point from = last;
        while (from.clusters != next.clusters) {
            struct transition t;
            ck_assert_int_eq(transition_find(&t, b, &from, &next, 1e-8), 0);
            ck_assert_uint_lt(found, n);
            unit_require(fabs(t.above.beta / expected[found] - 1.0) < 1e-6, "%zu: %.9g", found,
                         t.above.beta);
            ck_assert_double_lt(t.above.beta - t.below.beta, 1e-8 * t.above.beta);
            ck_assert_uint_eq(t.before, found + 1);
            ck_assert_uint_eq(t.after, found + 2);
            ck_assert_uint_eq(t.below.clusters, t.before);
            ck_assert_uint_eq(t.above.clusters, t.after);
            ck_assert_int_eq(t.kind, TRANSITION_NEW);
            ck_assert_double_lt(t.q, 1e-5);
            ck_assert_double_gt(fabs(t.r - t.nearest), 1e-4);
            double beta, r;
            if (found == 0) {
                ck_assert_int_eq(transition_global(&beta, &r, b), 0);
                ck_assert_double_eq_tol(t.above.beta / beta, 1.0, 1e-8);
                ck_assert_double_eq_tol(t.r, r, 1e-6);
            }
            found++;
            from = t.above;
        }
        last = next;
    }
    ck_assert_uint_eq(found, n);
    bottleneck_free(b);
}

/* This program's own numbers, from bisection to 1e-9 on another grid of beta. */
START_TEST(transitions_of_the_task)
{
    transitions(41.64, 4, (double[]){1.004785649, 19.200401100, 92.375206827, 220.079452999});
    transitions(12.0, 11,
                (double[]){1.080480219, 5.242931198, 15.373497109, 32.028601101, 41.525961071,
                           137.294457777, 153.171517193, 235.942156720, 368.104467459,
                           542.145594835, 870.881579238});
}
END_TEST

/* Several transitions between two points: the first one, then the next from there. */
START_TEST(first_of_several)
{
    struct bottleneck *b = task_source(41.64);
    const struct bottleneck_point low = solve(b, 1.0), high = solve(b, 150.0);
    struct transition t, u;
    ck_assert_int_eq(transition_find(&t, b, &low, &high, 1e-6), 0);
    ck_assert_double_eq_tol(t.above.beta, 1.0047856, 1e-5);
    ck_assert_uint_eq(t.after, 2);
    ck_assert_int_eq(transition_find(&u, b, &t.above, &high, 1e-6), 0);
    ck_assert_double_eq_tol(u.above.beta, 19.2004, 1e-3);
    ck_assert_uint_eq(u.after, 3);
    bottleneck_free(b);
}
END_TEST

/* By symmetry, one cluster of the symmetric channel parts into two, equal and at first together. */
START_TEST(split)
{
    struct bottleneck *b = symmetric_channel(0.11);
    const struct bottleneck_point low = solve(b, 1.5), high = solve(b, 2.0);
    struct transition t;
    ck_assert_int_eq(transition_find(&t, b, &low, &high, 1e-7), 0);
    ck_assert_double_eq_tol(t.above.beta * 0.78 * 0.78, 1.0, 1e-5);
    ck_assert_int_eq(t.kind, TRANSITION_SPLIT);
    ck_assert_uint_eq(t.before, 1);
    ck_assert_uint_eq(t.after, 2);
    ck_assert_double_eq_tol(t.q, 0.5, 1e-3);
    ck_assert_double_eq_tol(t.r, 0.5, 1e-2);
    ck_assert_double_eq_tol(t.r + t.nearest, 1.0, 1e-6);
    bottleneck_free(b);
}
END_TEST

/* A cluster may also go as beta rises: six inputs, found by trying some at random, one of them far
 * from the others.  The cluster near it comes, goes and comes again, and all is proven. */
START_TEST(lost)
{
    static const double p1[] = {0.382, 0.328, 0.995, 0.756, 0.238, 0.414};
    static const size_t clusters[] = {1, 2, 3, 2, 3};
    static const double betas[] = {5.0, 6.0, 6.5, 8.0, 12.0};
    static const enum transition_kind kinds[] = {TRANSITION_NEW, TRANSITION_NEW, TRANSITION_LOST,
                                                 TRANSITION_NEW};
    double py_x[12];
    for (size_t x = 0; x < 6; x++) {
        py_x[2 * x] = 1.0 - p1[x];
        py_x[2 * x + 1] = p1[x];
    }
    struct bottleneck *b = bottleneck_alloc((double[]){111, 198, 16, 190, 103, 382}, py_x, 6, 2);
    for (size_t i = 0; i < 5; i++) {
        const struct bottleneck_point p = solve(b, betas[i]);
        ck_assert_uint_eq(p.clusters, clusters[i]);
        ck_assert_double_lt(p.gap, 1e-10);
        if (i == 0)
            continue;
        const struct bottleneck_point o = solve(b, betas[i - 1]);
        struct transition t;
        ck_assert_int_eq(transition_find(&t, b, &o, &p, 1e-7), 0);
        ck_assert_int_eq(t.kind, kinds[i - 1]);
        ck_assert_uint_eq(t.before, clusters[i - 1]);
        ck_assert_uint_eq(t.after, clusters[i]);
        ck_assert_double_lt(t.q, 1e-5);
        if (i == 3) {
            ck_assert_double_gt(t.r, 0.99);
            ck_assert_double_lt(t.nearest, 0.8);
        }
    }
    bottleneck_free(b);
}
END_TEST

START_TEST(find_refuses)
{
    struct bottleneck *b = symmetric_channel(0.11);
    const struct bottleneck_point one = solve(b, 1.2), low = solve(b, 1.5), high = solve(b, 2.0);
    struct transition t;
    ck_assert_int_eq(transition_find(&t, b, &one, &low, 1e-7), -1); /* both have one */
    ck_assert_int_eq(transition_find(&t, b, &high, &low, 1e-7), -1);
    ck_assert_int_eq(transition_find(&t, b, &low, &high, 0.0), -1);
    ck_assert_int_eq(transition_find(&t, b, &low, &high, NAN), -1);
    bottleneck_free(b);
}
END_TEST

/* ---- the alternating iteration ---- */

/* One step of three inputs by hand, in long double. */
START_TEST(step_by_hand)
{
    const double px[] = {0.2, 0.3, 0.5}, p1[] = {0.1, 0.6, 0.9}, beta = 2.385;
    const double start[] = {0.9, 0.1, 0.4, 0.6, 0.25, 0.75};
    struct bottleneck *b = bottleneck_alloc(px, (double[]){0.9, 0.1, 0.4, 0.6, 0.1, 0.9}, 3, 2);
    struct transition_iteration *it = transition_iteration_alloc(b, 2);
    ck_assert_int_eq(transition_iteration_set(it, start, beta), 0);
    transition_iterate(it);
    long double pt[2] = {0}, ones[2] = {0}, change = 0;
    for (int x = 0; x < 3; x++)
        for (int t = 0; t < 2; t++) {
            pt[t] += (long double)px[x] * start[2 * x + t];
            ones[t] += (long double)px[x] * start[2 * x + t] * p1[x];
        }
    for (int x = 0; x < 3; x++) {
        long double w[2], z = 0;
        for (int t = 0; t < 2; t++) {
            const long double r = ones[t] / pt[t], p = p1[x];
            const long double d = p * logl(p / r) + (1 - p) * logl((1 - p) / (1 - r));
            w[t] = pt[t] * expl(-(long double)beta * d);
            z += w[t];
        }
        for (int t = 0; t < 2; t++) {
            ck_assert_double_eq_tol(it->pt_x[2 * x + t], (double)(w[t] / z), 1e-14);
            change = fmaxl(change, fabsl(w[t] / z - start[2 * x + t]));
        }
    }
    ck_assert_double_eq_tol(it->change, (double)change, 1e-14);
    ck_assert_double_eq(it->rate, 0.0);
    const double first = it->change;
    transition_iterate(it);
    ck_assert_double_eq_tol(it->rate, it->change / first, 1e-14);
    ck_assert_uint_eq(it->steps, 2);
    transition_iteration_free(it);
    bottleneck_free(b);
}
END_TEST

/* A cluster that nothing is in stays empty and keeps a p(y|t). */
START_TEST(empty_cluster)
{
    struct bottleneck *b = symmetric_channel(0.11);
    struct transition_iteration *it = transition_iteration_alloc(b, 3);
    ck_assert_int_eq(transition_iteration_set(it, (double[]){0.7, 0, 0.3, 0.2, 0, 0.8}, 3.0), 0);
    for (size_t k = 0; k < 50; k++)
        transition_iterate(it);
    ck_assert_double_eq(it->pt_x[1], 0.0);
    ck_assert_double_eq(it->pt_x[4], 0.0);
    ck_assert_double_eq_tol(it->py_t[2] + it->py_t[3], 1.0, 1e-15);
    const struct bottleneck_point p = solve(b, 3.0);
    double i_x, i_y;
    bottleneck_measure(&i_x, &i_y, b, it->pt_x, 3);
    ck_assert_double_eq_tol(i_x, p.i_x, 1e-7);
    transition_iteration_free(it);
    bottleneck_free(b);
}
END_TEST

/* From encoders at random the Lagrangian never rises, and never gets below the proven optimum; the
 * end solves the equations. */
START_TEST(iteration_descends)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < 30; i++) {
        const size_t n = 3 + i % 8, k = 2 + i % 5;
        struct bottleneck *b = random_source(&state, n);
        const double beta = exp(unit_uniform(&state, 0.0, 4.0));
        struct transition_iteration *it = transition_iteration_alloc(b, k);
        double pt_x[MOST * MOST];
        for (size_t x = 0; x < n; x++) {
            double sum = 0.0;
            for (size_t t = 0; t < k; t++)
                sum += pt_x[x * k + t] = unit_uniform(&state, 0.0, 1.0);
            for (size_t t = 0; t < k; t++)
                pt_x[x * k + t] /= sum;
        }
        ck_assert_int_eq(transition_iteration_set(it, pt_x, beta), 0);
        ck_assert_int_eq(transition_test(it, 1e-9), GSL_CONTINUE);
        double last = INFINITY, i_x, i_y;
        do {
            transition_iterate(it);
            bottleneck_measure(&i_x, &i_y, b, it->pt_x, k);
            unit_require(i_x - beta * i_y <= last + 1e-13, "step %zu rises", it->steps);
            last = i_x - beta * i_y;
        } while (transition_test(it, 1e-9) == GSL_CONTINUE && it->steps < 20000);
        const struct bottleneck_point p = solve(b, beta);
        unit_require(last >= p.i_x - beta * p.i_y - p.gap - 1e-12, "below the optimum");
        transition_iteration_free(it);
        bottleneck_free(b);
    }
}
END_TEST

/* The optimum is a fixed point: one step from it changes little. */
START_TEST(optimum_is_a_fixed_point)
{
    struct bottleneck *b = task_source(12.0);
    for (size_t step = 0; step < 13; step++) {
        const double beta = 1.3 * pow(1.7, (double)step);
        const struct bottleneck_point p = solve(b, beta);
        double pt_x[CLASSES * BOTTLENECK_MAX_CLUSTERS];
        bottleneck_encoder(pt_x, b, &p);
        struct transition_iteration *it = transition_iteration_alloc(b, p.clusters);
        ck_assert_int_eq(transition_iteration_set(it, pt_x, beta), 0);
        transition_iterate(it);
        unit_require(it->change < 1e-6, "beta %g: changes %g", beta, it->change);
        transition_iteration_free(it);
    }
    bottleneck_free(b);
}
END_TEST

static size_t steps(struct bottleneck *b, double beta, double *i_x)
{
    uint64_t state = 2385;
    double pt_x[2 * CLASSES], i_y;
    for (size_t x = 0; x < CLASSES; x++) {
        pt_x[2 * x] = unit_uniform(&state, 0.0, 1.0);
        pt_x[2 * x + 1] = 1.0 - pt_x[2 * x];
    }
    struct transition_iteration *it = transition_iteration_alloc(b, 2);
    ck_assert_int_eq(transition_iteration_set(it, pt_x, beta), 0);
    do
        transition_iterate(it);
    while (transition_test(it, 1e-8) == GSL_CONTINUE && it->steps < 100000);
    bottleneck_measure(i_x, &i_y, b, it->pt_x, 2);
    const size_t n = it->steps;
    transition_iteration_free(it);
    return n;
}

/* Slowing down: a trial program took about 1600 steps at beta = 1.1 and 20 at 2; the nearer to the
 * first transition, the more.  Where one cluster is only a local optimum, between
 * transition_global and transition_local, the iteration ends in it. */
START_TEST(slowing_down)
{
    struct bottleneck *b = task_source(12.0);
    double i_x;
    const size_t near = steps(b, 1.1, &i_x);
    ck_assert_uint_gt(near, 1200);
    ck_assert_uint_lt(near, 2000);
    ck_assert_double_eq_tol(i_x, solve(b, 1.1).i_x, 1e-5);
    const size_t away = steps(b, 2.0, &i_x);
    ck_assert_uint_gt(away, 10);
    ck_assert_uint_lt(away, 30);
    ck_assert_uint_gt(steps(b, 1.085, &i_x), 3 * near);
    bottleneck_free(b);

    b = task_source(41.64);
    steps(b, 1.0055, &i_x);
    ck_assert_double_lt(i_x, 1e-3);
    ck_assert_double_gt(solve(b, 1.0055).i_x, 0.2);
    bottleneck_free(b);
}
END_TEST

/* From each input in a cluster of its own; clusters that die stay dead, nothing turns into NaN. */
START_TEST(from_all_inputs)
{
    struct bottleneck *b = task_source(41.64);
    struct transition_iteration *it = transition_iteration_alloc(b, CLASSES);
    static const double betas[] = {0.0, 0.9, 1.05, 15.0, 1000.0};
    for (size_t i = 0; i < 5; i++) {
        ck_assert_int_eq(transition_iteration_set(it, NULL, betas[i]), 0);
        for (size_t k = 0; k < 2000; k++)
            transition_iterate(it);
        double i_x, i_y;
        bottleneck_measure(&i_x, &i_y, b, it->pt_x, CLASSES);
        const struct bottleneck_point p = solve(b, betas[i]);
        const double above = i_x - betas[i] * i_y - (p.i_x - betas[i] * p.i_y);
        unit_require(above > -1e-9 && above < 0.1, "beta %g: %g above", betas[i], above);
        for (size_t k = 0; k < CLASSES * CLASSES; k++)
            unit_require(it->pt_x[k] >= 0.0, "beta %g: %g", betas[i], it->pt_x[k]);
    }
    transition_iteration_free(it);
    bottleneck_free(b);
}
END_TEST

START_TEST(iteration_refuses)
{
    struct bottleneck *b = symmetric_channel(0.11);
    ck_assert_ptr_null(transition_iteration_alloc(b, 0));
    transition_iteration_free(NULL);
    struct transition_iteration *it = transition_iteration_alloc(b, 3);
    const double good[] = {0.2, 0.3, 0.5, 0.0, 0.0, 1.0};
    ck_assert_int_eq(transition_iteration_set(it, good, 1.5), 0);
    ck_assert_int_eq(transition_iteration_set(it, NULL, 1.5), -1); /* 2 inputs, 3 clusters */
    ck_assert_int_eq(transition_iteration_set(it, good, -1.0), -1);
    ck_assert_int_eq(transition_iteration_set(it, good, NAN), -1);
    ck_assert_int_eq(transition_iteration_set(it, good, INFINITY), -1);
    ck_assert_int_eq(transition_iteration_set(it, (double[]){0.2, 0.3, 0.5, 0, 0, 0.9}, 1.5), -1);
    ck_assert_int_eq(transition_iteration_set(it, (double[]){-0.2, 0.7, 0.5, 0, 0, 1}, 1.5), -1);
    ck_assert_int_eq(transition_iteration_set(it, (double[]){NAN, 0.5, 0.5, 0, 0, 1}, 1.5), -1);
    transition_iteration_free(it);
    bottleneck_free(b);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {local_is_the_contingency,
                                  local_by_hand,
                                  first_of_the_task,
                                  global_by_definition,
                                  first_of_the_symmetric_channel,
                                  transitions_of_the_task,
                                  first_of_several,
                                  split,
                                  lost,
                                  find_refuses,
                                  step_by_hand,
                                  empty_cluster,
                                  iteration_descends,
                                  optimum_is_a_fixed_point,
                                  slowing_down,
                                  from_all_inputs,
                                  iteration_refuses};
    return unit_run("transition", tests, sizeof tests / sizeof *tests);
}
