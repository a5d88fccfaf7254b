/* test_transition.c -- the transitions against closed forms and against the definition. */
#include "unit.h"

#include "bound.h"
#include "transition.h"

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

/* transition_find in a workspace of its own. */
static int find(struct transition *t, const struct source *b, const struct bottleneck_point *low,
                const struct bottleneck_point *high, double precision)
{
    struct clusters *work = clusters_alloc(b);
    const int status = transition_find(t, work, low, high, precision);
    clusters_free(work);
    return status;
}

/* ---- the first transition ---- */

/* With two labels the matrix of the maximal correlation has two singular values, and rho^2 is the
 * mean square contingency sum_x p(x) (p(y=1|x) - p(y=1))^2 / (p(y=0) p(y=1)). */
START_TEST(local_is_the_contingency)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < 50; i++) {
        struct source *b = random_source(&state, 1 + i % 15);
        double rho2 = 0.0;
        for (size_t x = 0; x < b->n; x++)
            rho2 += b->px[x] * pow(b->py_x[2 * x + 1] - b->py[1], 2.0) / (b->py[0] * b->py[1]);
        const double beta = transition_local(b);
        unit_require(b->n == 1 ? isinf(beta) : fabs(beta * rho2 - 1.0) < 1e-12, "%zu: %.17g", i,
                     beta);
        source_free(b);
    }
}
END_TEST

/* Three labels: a channel that keeps one of three equally likely values with probability 1 - e and
 * else draws anew has rho = 1 - e.  Independent variables; more labels than inputs. */
START_TEST(local_by_hand)
{
    const double e = 0.385, o = e / 3.0, k = 1.0 - e + o;
    struct source *b =
        source_alloc((double[]){1, 1, 1}, (double[]){k, o, o, o, k, o, o, o, k}, 3, 3);
    ck_assert_double_eq_tol(transition_local(b), 1.0 / ((1.0 - e) * (1.0 - e)), 1e-12);
    source_free(b);
    b = source_alloc((double[]){1, 2}, (double[]){0.2, 0.8, 0.2, 0.8}, 2, 2);
    ck_assert(isinf(transition_local(b)));
    double beta, r;
    ck_assert_int_eq(transition_global(&beta, &r, b), 0);
    ck_assert(isinf(beta));
    source_free(b);
    b = source_alloc((double[]){1, 1}, (double[]){1 - e, 0, e, 0, 1 - e, e}, 2, 3);
    ck_assert_double_eq_tol(transition_local(b), 1.0 / (1.0 - e), 1e-12); /* erasure: rho^2 = 1-e */
    ck_assert_int_eq(transition_global(&beta, &r, b), -1);
    source_free(b);
}
END_TEST

/* The task: 1.0063 and 1.0811 from a trial program; the global ones, first found with c(r) on a
 * grid, lie below. */
START_TEST(first_of_the_task)
{
    static const double known[][3] = {{41.64, 1.0063, 1.00479}, {12.0, 1.0811, 1.08048}};
    for (size_t g = 0; g < 2; g++) {
        struct source *b = bound_task(known[g][0]);
        double beta, r;
        ck_assert_double_eq_tol(transition_local(b), known[g][1], 5e-5);
        ck_assert_int_eq(transition_global(&beta, &r, b), 0);
        ck_assert_double_eq_tol(beta, known[g][2], 5e-6);
        ck_assert_uint_eq(bound_point(b, beta * (1.0 - 1e-9)).clusters, 1);
        const struct bottleneck_point p = bound_point(b, beta * (1.0 + 1e-9));
        ck_assert_uint_eq(p.clusters, 2);
        ck_assert_double_gt(fabs(r - b->py[1]), 0.1); /* at a distance */
        ck_assert_double_lt(fmin(fabs(p.r[1] - r), fabs(p.r[3] - r)), 1e-5);
        ck_assert_double_lt(fmin(p.q[0], p.q[1]), 1e-5); /* with weight zero */
        source_free(b);
    }
}
END_TEST

/* By the definition: below, c(r) = sum_x p(x) exp(-beta (d(x,r) - d(x,p(y)))) is at most 1 for all
 * r; above, it is not.  And by the curve, whose slope at the origin is 1/beta. */
START_TEST(global_by_definition)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < 60; i++) {
        struct source *b = random_source(&state, 2 + i % 9);
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
        ck_assert_uint_eq(bound_point(b, beta * (1.0 - 1e-6)).clusters, 1);
        const struct bottleneck_point p = bound_point(b, beta * (1.0 + 1e-5));
        ck_assert_uint_eq(p.clusters, 2);
        unit_require(fabs(p.i_y / p.i_x * beta - 1.0) < 1e-4, "slope %.9g", p.i_y / p.i_x * beta);
        source_free(b);
    }
}
END_TEST

/* A symmetric channel: both are 1/(1 - 2p)^2. */
START_TEST(first_of_the_symmetric_channel)
{
    for (size_t step = 0; step < 7; step++) {
        const double p = 0.02 + 0.07 * (double)step;
        struct source *b = symmetric_channel(p);
        double beta, r;
        const double known = 1.0 / ((1.0 - 2.0 * p) * (1.0 - 2.0 * p));
        ck_assert_double_eq_tol(transition_local(b) / known, 1.0, 1e-12);
        ck_assert_int_eq(transition_global(&beta, &r, b), 0);
        ck_assert_double_eq_tol(beta / known, 1.0, 1e-9);
        ck_assert_double_eq_tol(r, 0.5, 1e-3);
        source_free(b);
    }
}
END_TEST

/* ---- any transition ---- */

/* All up to beta = 1000.  At each a new cluster comes with weight zero where c(r) reaches 1, as is
 * to be expected without a symmetry; the first is transition_global. */
static void transitions(double gamma, const size_t n, const double *expected)
{
    struct source *b = bound_task(gamma);
    struct bottleneck_point last = bound_point(b, 1.0);
    size_t found = 0;
    for (size_t i = 1; i <= 500; i++) {
        struct bottleneck_point next = last;
        ck_assert_int_eq(bound_solve(&next, b, pow(1000.0, (double)i / 500.0)), 0);
        struct bottleneck_point from = last;
        while (from.clusters != next.clusters) {
            struct transition t;
            ck_assert_int_eq(find(&t, b, &from, &next, 1e-8), 0);
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
    source_free(b);
}

/* This program's own numbers, from bisection to 1e-10 on another grid of beta. */
START_TEST(transitions_of_the_task)
{
    transitions(41.64, 4, (double[]){1.00478565021, 19.2004048758, 92.3750159394, 220.079822161});
    transitions(12.0, 11,
                (double[]){1.08048021843, 5.24293092772, 15.3734945998, 32.0286015103,
                           41.5258494672, 137.294471029, 153.171449851, 235.942156303,
                           368.102363384, 542.145583381, 870.881694366});
}
END_TEST

/* Several transitions between two points: the first one, then the next from there. */
START_TEST(first_of_several)
{
    struct source *b = bound_task(41.64);
    const struct bottleneck_point low = bound_point(b, 1.0), high = bound_point(b, 150.0);
    struct transition t, u;
    ck_assert_int_eq(find(&t, b, &low, &high, 1e-6), 0);
    ck_assert_double_eq_tol(t.above.beta, 1.0047856, 1e-5);
    ck_assert_uint_eq(t.after, 2);
    ck_assert_int_eq(find(&u, b, &t.above, &high, 1e-6), 0);
    ck_assert_double_eq_tol(u.above.beta, 19.2004, 1e-3);
    ck_assert_uint_eq(u.after, 3);
    source_free(b);
}
END_TEST

/* By symmetry, one cluster of the symmetric channel parts into two, equal and at first together. */
START_TEST(split)
{
    struct source *b = symmetric_channel(0.11);
    const struct bottleneck_point low = bound_point(b, 1.5), high = bound_point(b, 2.0);
    struct transition t;
    ck_assert_int_eq(find(&t, b, &low, &high, 1e-7), 0);
    ck_assert_double_eq_tol(t.above.beta * 0.78 * 0.78, 1.0, 1e-5);
    ck_assert_int_eq(t.kind, TRANSITION_SPLIT);
    ck_assert_uint_eq(t.before, 1);
    ck_assert_uint_eq(t.after, 2);
    ck_assert_double_eq_tol(t.q, 0.5, 1e-3);
    ck_assert_double_eq_tol(t.r, 0.5, 1e-2);
    ck_assert_double_eq_tol(t.r + t.nearest, 1.0, 1e-6);
    source_free(b);
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
    struct source *b = source_alloc((double[]){111, 198, 16, 190, 103, 382}, py_x, 6, 2);
    for (size_t i = 0; i < 5; i++) {
        const struct bottleneck_point p = bound_point(b, betas[i]);
        ck_assert_uint_eq(p.clusters, clusters[i]);
        ck_assert_double_lt(p.gap, 1e-10);
        if (i == 0)
            continue;
        const struct bottleneck_point o = bound_point(b, betas[i - 1]);
        struct transition t;
        ck_assert_int_eq(find(&t, b, &o, &p, 1e-7), 0);
        ck_assert_int_eq(t.kind, kinds[i - 1]);
        ck_assert_uint_eq(t.before, clusters[i - 1]);
        ck_assert_uint_eq(t.after, clusters[i]);
        ck_assert_double_lt(t.q, 1e-5);
        if (i == 3) {
            ck_assert_double_gt(t.r, 0.99);
            ck_assert_double_lt(t.nearest, 0.8);
        }
    }
    source_free(b);
}
END_TEST

START_TEST(find_refuses)
{
    struct source *b = symmetric_channel(0.11);
    const struct bottleneck_point one = bound_point(b, 1.2), low = bound_point(b, 1.5),
                                  high = bound_point(b, 2.0);
    struct transition t;
    ck_assert_int_eq(find(&t, b, &one, &low, 1e-7), -1); /* both have one */
    ck_assert_int_eq(find(&t, b, &high, &low, 1e-7), -1);
    ck_assert_int_eq(find(&t, b, &low, &high, 0.0), -1);
    ck_assert_int_eq(find(&t, b, &low, &high, NAN), -1);
    source_free(b);
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
                                  find_refuses};
    return unit_run("transition", tests, sizeof tests / sizeof *tests);
}
