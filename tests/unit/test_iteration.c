/* test_iteration.c -- the alternating iteration by hand and against the proven optimum. */
#include "unit.h"

#include <gsl/gsl_errno.h>

#include "bound.h"
#include "iteration.h"

enum { CLASSES = TASK_CLASSES, MOST = 16 };

static struct source *random_source(uint64_t *state, size_t n)
{
    double px[MOST], py_x[2 * MOST];
    for (size_t x = 0; x < n; x++) {
        px[x] = unit_uniform(state, 0.1, 1.0);
        py_x[2 * x] = unit_uniform(state, 0.01, 0.99);
        py_x[2 * x + 1] = 1.0 - py_x[2 * x];
    }
    return source_alloc(px, py_x, n, 2);
}

static struct source *symmetric_channel(double p)
{
    return source_alloc((double[]){1, 1}, (double[]){1 - p, p, p, 1 - p}, 2, 2);
}

/* One step of three inputs by hand, in long double. */
START_TEST(step_by_hand)
{
    const double px[] = {0.2, 0.3, 0.5}, p1[] = {0.1, 0.6, 0.9}, beta = 2.385;
    const double start[] = {0.9, 0.1, 0.4, 0.6, 0.25, 0.75};
    struct source *b = source_alloc(px, (double[]){0.9, 0.1, 0.4, 0.6, 0.1, 0.9}, 3, 2);
    struct iteration *it = iteration_alloc(b, 2);
    ck_assert_int_eq(iteration_set(it, start, beta), 0);
    iteration_step(it);
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
    iteration_step(it);
    ck_assert_double_eq_tol(it->rate, it->change / first, 1e-14);
    ck_assert_uint_eq(it->steps, 2);
    iteration_free(it);
    source_free(b);
}
END_TEST

/* A cluster that nothing is in stays empty and keeps a p(y|t). */
START_TEST(empty_cluster)
{
    struct source *b = symmetric_channel(0.11);
    struct iteration *it = iteration_alloc(b, 3);
    ck_assert_int_eq(iteration_set(it, (double[]){0.7, 0, 0.3, 0.2, 0, 0.8}, 3.0), 0);
    for (size_t k = 0; k < 50; k++)
        iteration_step(it);
    ck_assert_double_eq(it->pt_x[1], 0.0);
    ck_assert_double_eq(it->pt_x[4], 0.0);
    ck_assert_double_eq_tol(it->py_t[2] + it->py_t[3], 1.0, 1e-15);
    const struct bottleneck_point p = bound_point(b, 3.0);
    double i_x, i_y;
    bound_measure(&i_x, &i_y, b, it->pt_x, 3);
    ck_assert_double_eq_tol(i_x, p.i_x, 1e-7);
    iteration_free(it);
    source_free(b);
}
END_TEST

/* From encoders at random the Lagrangian never rises, and never gets below the proven optimum; the
 * end solves the equations. */
START_TEST(iteration_descends)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < 30; i++) {
        const size_t n = 3 + i % 8, k = 2 + i % 5;
        struct source *b = random_source(&state, n);
        const double beta = exp(unit_uniform(&state, 0.0, 4.0));
        struct iteration *it = iteration_alloc(b, k);
        double pt_x[MOST * MOST];
        for (size_t x = 0; x < n; x++) {
            double sum = 0.0;
            for (size_t t = 0; t < k; t++)
                sum += pt_x[x * k + t] = unit_uniform(&state, 0.0, 1.0);
            for (size_t t = 0; t < k; t++)
                pt_x[x * k + t] /= sum;
        }
        ck_assert_int_eq(iteration_set(it, pt_x, beta), 0);
        ck_assert_int_eq(iteration_test(it, 1e-9), GSL_CONTINUE);
        double last = INFINITY, i_x, i_y;
        do {
            iteration_step(it);
            bound_measure(&i_x, &i_y, b, it->pt_x, k);
            unit_require(i_x - beta * i_y <= last + 1e-13, "step %zu rises", it->steps);
            last = i_x - beta * i_y;
        } while (iteration_test(it, 1e-9) == GSL_CONTINUE && it->steps < 20000);
        const struct bottleneck_point p = bound_point(b, beta);
        unit_require(last >= p.i_x - beta * p.i_y - p.gap - 1e-12, "below the optimum");
        iteration_free(it);
        source_free(b);
    }
}
END_TEST

/* The optimum is a fixed point: one step from it changes little. */
START_TEST(optimum_is_a_fixed_point)
{
    struct source *b = bound_task(12.0);
    for (size_t step = 0; step < 13; step++) {
        const double beta = 1.3 * pow(1.7, (double)step);
        const struct bottleneck_point p = bound_point(b, beta);
        double pt_x[CLASSES * CLUSTERS_MAX];
        bottleneck_encoder(pt_x, b, &p);
        struct iteration *it = iteration_alloc(b, p.clusters);
        ck_assert_int_eq(iteration_set(it, pt_x, beta), 0);
        iteration_step(it);
        unit_require(it->change < 1e-6, "beta %g: changes %g", beta, it->change);
        iteration_free(it);
    }
    source_free(b);
}
END_TEST

static size_t steps(struct source *b, double beta, double *i_x)
{
    uint64_t state = 2385;
    double pt_x[2 * CLASSES], i_y;
    for (size_t x = 0; x < CLASSES; x++) {
        pt_x[2 * x] = unit_uniform(&state, 0.0, 1.0);
        pt_x[2 * x + 1] = 1.0 - pt_x[2 * x];
    }
    struct iteration *it = iteration_alloc(b, 2);
    ck_assert_int_eq(iteration_set(it, pt_x, beta), 0);
    do
        iteration_step(it);
    while (iteration_test(it, 1e-8) == GSL_CONTINUE && it->steps < 100000);
    bound_measure(i_x, &i_y, b, it->pt_x, 2);
    const size_t n = it->steps;
    iteration_free(it);
    return n;
}

/* Slowing down: a trial program took about 1600 steps at beta = 1.1 and 20 at 2; the nearer to the
 * first transition, the more.  Where one cluster is only a local optimum, between
 * transition_global and transition_local, the iteration ends in it. */
START_TEST(slowing_down)
{
    struct source *b = bound_task(12.0);
    double i_x;
    const size_t near = steps(b, 1.1, &i_x);
    ck_assert_uint_gt(near, 1200);
    ck_assert_uint_lt(near, 2000);
    ck_assert_double_eq_tol(i_x, bound_point(b, 1.1).i_x, 1e-5);
    const size_t away = steps(b, 2.0, &i_x);
    ck_assert_uint_gt(away, 10);
    ck_assert_uint_lt(away, 30);
    ck_assert_uint_gt(steps(b, 1.085, &i_x), 3 * near);
    source_free(b);

    b = bound_task(41.64);
    steps(b, 1.0055, &i_x);
    ck_assert_double_lt(i_x, 1e-3);
    ck_assert_double_gt(bound_point(b, 1.0055).i_x, 0.2);
    source_free(b);
}
END_TEST

/* From each input in a cluster of its own; clusters that die stay dead, nothing turns into NaN. */
START_TEST(from_all_inputs)
{
    struct source *b = bound_task(41.64);
    struct iteration *it = iteration_alloc(b, CLASSES);
    static const double betas[] = {0.0, 0.9, 1.05, 15.0, 1000.0};
    for (size_t i = 0; i < 5; i++) {
        ck_assert_int_eq(iteration_set(it, NULL, betas[i]), 0);
        for (size_t k = 0; k < 2000; k++)
            iteration_step(it);
        double i_x, i_y;
        bound_measure(&i_x, &i_y, b, it->pt_x, CLASSES);
        const struct bottleneck_point p = bound_point(b, betas[i]);
        const double above = i_x - betas[i] * i_y - (p.i_x - betas[i] * p.i_y);
        unit_require(above > -1e-9 && above < 0.1, "beta %g: %g above", betas[i], above);
        for (size_t k = 0; k < CLASSES * CLASSES; k++)
            unit_require(it->pt_x[k] >= 0.0, "beta %g: %g", betas[i], it->pt_x[k]);
    }
    iteration_free(it);
    source_free(b);
}
END_TEST

START_TEST(iteration_refuses)
{
    struct source *b = symmetric_channel(0.11);
    ck_assert_ptr_null(iteration_alloc(b, 0));
    iteration_free(NULL);
    struct iteration *it = iteration_alloc(b, 3);
    const double good[] = {0.2, 0.3, 0.5, 0.0, 0.0, 1.0};
    ck_assert_int_eq(iteration_set(it, good, 1.5), 0);
    ck_assert_int_eq(iteration_set(it, NULL, 1.5), -1); /* 2 inputs, 3 clusters */
    ck_assert_int_eq(iteration_set(it, good, -1.0), -1);
    ck_assert_int_eq(iteration_set(it, good, NAN), -1);
    ck_assert_int_eq(iteration_set(it, good, INFINITY), -1);
    ck_assert_int_eq(iteration_set(it, (double[]){0.2, 0.3, 0.5, 0, 0, 0.9}, 1.5), -1);
    ck_assert_int_eq(iteration_set(it, (double[]){-0.2, 0.7, 0.5, 0, 0, 1}, 1.5), -1);
    ck_assert_int_eq(iteration_set(it, (double[]){NAN, 0.5, 0.5, 0, 0, 1}, 1.5), -1);
    iteration_free(it);
    source_free(b);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        step_by_hand, empty_cluster,   iteration_descends, optimum_is_a_fixed_point,
        slowing_down, from_all_inputs, iteration_refuses};
    return unit_run("iteration", tests, sizeof tests / sizeof *tests);
}
