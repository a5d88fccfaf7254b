/* test_bottleneck.c -- the bottleneck curve: closed forms, the proof of optimality worked out
 * again, other algorithms that know nothing of it, and sources that are degenerate. */
#include "unit.h"

#include "bound.h"
#include "curve.h"
#include "entropy.h"
#include "information.h"

enum { CLASSES = TASK_CLASSES, BETAS = 400, MOST = 16 };

/* Weights and p(y|x) at random: some rows near 0 or 1. */
static struct source *random_source(uint64_t *state, size_t n, size_t ny)
{
    double px[MOST], py_x[MOST * CLUSTERS_MAX_LABELS];
    for (size_t x = 0; x < n; x++) {
        const double steep = unit_random(state) % 3 ? 1.0 : 8.0;
        double sum = 0.0;
        px[x] = unit_uniform(state, 0.1, 1.0);
        for (size_t y = 0; y < ny; y++) {
            py_x[x * ny + y] = pow(unit_uniform(state, 0.001, 1.0), steep);
            sum += py_x[x * ny + y];
        }
        for (size_t y = 0; y < ny; y++)
            py_x[x * ny + y] /= sum;
    }
    struct source *b = source_alloc(px, py_x, n, ny);
    ck_assert_ptr_nonnull(b);
    return b;
}

static double lagrangian(const struct bottleneck_point *p)
{
    return p->i_x - p->beta * p->i_y;
}

/* D_KL[p(y|x) || r] in nats, by its definition. */
static double divergence(const double *p, const double *r, size_t ny)
{
    double sum = 0.0;
    for (size_t y = 0; y < ny; y++)
        if (p[y] > 0.0)
            sum += p[y] * log(p[y] / r[y]);
    return sum;
}

/* log Z(x) of the clusters of a point, by its definition. */
static double log_z(const struct source *b, const struct bottleneck_point *p, size_t x)
{
    double z = 0.0;
    for (size_t t = 0; t < p->clusters; t++)
        z += p->q[t] * exp(-p->beta * divergence(b->py_x + x * b->ny, p->r + t * b->ny, b->ny));
    return log(z);
}

/* c(r) by its definition. */
static double c_of(const struct source *b, const struct bottleneck_point *p, const double *r)
{
    double c = 0.0;
    for (size_t x = 0; x < b->n; x++)
        c += b->px[x] * exp(-p->beta * divergence(b->py_x + x * b->ny, r, b->ny) - log_z(b, p, x));
    return c;
}

/* ---- the task ---- */

/* (beta, I(X;T), I(T;Y)) at gamma = 41.64, from a trial program written before this one. */
START_TEST(known_points)
{
    static const double known[][3] = {
        {15, 0.9996, 0.9836}, {35, 1.106, 0.9880}, {128, 1.197, 0.9897}, {1000, 1.245, 0.9899}};
    struct source *b = bound_task(41.64);
    ck_assert_double_eq_tol(b->i_xy, 0.99, 5e-6);
    for (size_t i = 0; i < 4; i++) {
        const struct bottleneck_point p = bound_point(b, known[i][0]);
        ck_assert_double_eq_tol(p.i_x, known[i][1], i == 0 ? 5e-5 : 5e-4);
        ck_assert_double_eq_tol(p.i_y, known[i][2], 5e-5);
        ck_assert_double_lt(p.gap, 1e-9);
    }
    source_free(b);
    b = bound_task(12.0);
    ck_assert_double_eq_tol(b->i_xy, 0.8995, 5e-5);
    source_free(b);
}
END_TEST

static struct bottleneck_point curve[BETAS];

/* From beta = 1 to 1000, each point from the one before. */
static struct source *task_curve(double gamma)
{
    struct source *b = bound_task(gamma);
    struct clusters *work = clusters_alloc(b);
    curve_solve(curve, BETAS, work, 0.0, 1.0, 1000.0);
    clusters_free(work);
    return b;
}

/* Every point of the curve is proven to 1e-9 bit; and a proof of every tenth, worked out here from
 * q and r alone on a grid of r, says the same. */
START_TEST(certified)
{
    static const double gammas[] = {41.64, 12.0};
    for (size_t g = 0; g < 2; g++) {
        struct source *b = task_curve(gammas[g]);
        for (size_t i = 0; i < BETAS; i++) {
            const struct bottleneck_point *p = curve + i;
            unit_require(p->gap < 1e-9, "gamma %g, beta %g: %g", gammas[g], p->beta, p->gap);
            if (i % 10 != 0)
                continue;
            double top = 0.0, f = 0.0;
            for (size_t k = 1; k < 3000; k++) {
                const double s = sin(M_PI_2 * (double)k / 3000.0);
                top = fmax(top, c_of(b, p, (double[]){1.0 - s * s, s * s}));
            }
            for (size_t t = 0; t < p->clusters; t++)
                unit_require(fabs(c_of(b, p, p->r + 2 * t) - 1.0) < 1e-10, "beta %g, %zu: %.17g",
                             p->beta, t, c_of(b, p, p->r + 2 * t));
            for (size_t x = 0; x < CLASSES; x++)
                f -= b->px[x] * log_z(b, p, x) / M_LN2;
            unit_require(log(top) < 1e-9 * M_LN2, "beta %g: log c reaches %g", p->beta, log(top));
            unit_require(fabs(p->i_x + p->beta * (b->i_xy - p->i_y) - f) < 1e-9,
                         "gamma %g, beta %g: the point is not F(q)", gammas[g], p->beta);
        }
        source_free(b);
    }
}
END_TEST

/* Bounds that hold for every encoder, the shape of the curve, and its slope 1/beta: between two
 * points the chord's slope lies between those at its ends. */
START_TEST(shape_of_the_curve)
{
    static const double gammas[] = {41.64, 12.0};
    for (size_t g = 0; g < 2; g++) {
        struct source *b = task_curve(gammas[g]);
        ck_assert_uint_eq(curve[0].clusters, 1);
        for (size_t i = 0; i < BETAS; i++) {
            const struct bottleneck_point *p = curve + i, *o = p - 1;
            const double slack = 1e-9;
            unit_require(p->i_y <= b->i_xy + 1e-13 && p->i_y <= p->i_x + 1e-13, "beta %g", p->beta);
            unit_require(p->i_x <= 5.5695 && p->i_x <= log2((double)p->clusters) + 1e-13, "beta %g",
                         p->beta);
            if (i == 0)
                continue;
            const double dx = p->i_x - o->i_x, dy = p->i_y - o->i_y;
            unit_require(dx >= -slack && dy >= -slack, "beta %g: falls", p->beta);
            unit_require(dx <= p->beta * dy + slack && dx >= o->beta * dy - slack,
                         "gamma %g, beta %g: slope %g", gammas[g], p->beta, dx / dy);
        }
        source_free(b);
    }
}
END_TEST

/* The derivative by finite differences, where the curve bends: dI(T;Y)/dI(X;T) = 1/beta. */
START_TEST(slope)
{
    struct source *b = bound_task(12.0);
    static const double betas[] = {1.09, 1.2, 1.7, 3.0, 6.0, 9.0, 20.0, 36.0, 60.0, 110.0, 300.0};
    for (size_t i = 0; i < sizeof betas / sizeof *betas; i++) {
        const struct bottleneck_point p = bound_point(b, betas[i] * (1.0 - 1e-3));
        const struct bottleneck_point q = bound_point(b, betas[i] * (1.0 + 1e-3));
        ck_assert_double_gt(q.i_x - p.i_x, 1e-7);
        const double inverse = (q.i_x - p.i_x) / (q.i_y - p.i_y);
        unit_require(fabs(inverse / betas[i] - 1.0) < 2e-5, "beta %g: %.9g", betas[i], inverse);
    }
    source_free(b);
}
END_TEST

/* The start does not matter: from nothing, from a neighbour on either side, from far away, from
 * clusters at random. */
START_TEST(any_start)
{
    uint64_t state = 2385;
    struct source *b = bound_task(12.0);
    for (size_t i = 0; i < 25; i++) {
        const double beta = exp(unit_uniform(&state, 0.1, 6.5));
        const struct bottleneck_point cold = bound_point(b, beta);
        for (size_t from = 0; from < 4; from++) {
            static const double factor[] = {0.97, 1.03, 0.05, 40.0};
            struct bottleneck_point p = bound_point(b, beta * factor[from]);
            if (from == 3)
                for (size_t t = 0; t < p.clusters; t++) {
                    p.q[t] = unit_uniform(&state, 0.01, 1.0);
                    p.r[2 * t] = unit_uniform(&state, 0.0, 1.0);
                    p.r[2 * t + 1] = 1.0 - p.r[2 * t];
                }
            ck_assert_int_eq(bound_solve(&p, b, beta), 0);
            unit_require(p.clusters == cold.clusters && p.gap < 1e-9, "beta %g: %zu and %zu", beta,
                         p.clusters, cold.clusters);
            for (size_t t = 0; t < p.clusters; t++)
                unit_require(fabs(p.q[t] - cold.q[t]) < 1e-5 &&
                                 fabs(p.r[2 * t + 1] - cold.r[2 * t + 1]) < 1e-5,
                             "beta %g, cluster %zu: %.9g %.9g", beta, t, p.q[t], cold.q[t]);
            unit_require(fabs(lagrangian(&p) - lagrangian(&cold)) < 1e-10, "beta %g", beta);
        }
    }
    source_free(b);
}
END_TEST

/* ---- closed forms ---- */

static double slope_of_h(double p) /* of the binary entropy, bits */
{
    return log2((1.0 - p) / p);
}

/* X uniform on two values, Y its image under a binary symmetric channel p: on the curve
 * I(X;T) = 1 - h(a) and I(T;Y) = 1 - h(a * p), a * p = a (1 - p) + p (1 - a) (A. D. Wyner, J. Ziv,
 * "A theorem on the entropy of certain binary sequences and applications", IEEE Trans. Inform.
 * Theory 19, 1973: Mrs. Gerber's Lemma).  beta is the ratio of the two derivatives by a. */
START_TEST(binary_symmetric_channel)
{
    static const double p[] = {0.01, 0.11, 0.2385, 0.4};
    static const double a[] = {0.001, 0.01, 0.1, 0.25, 0.4, 0.45};
    for (size_t i = 0; i < 4; i++) {
        struct source *b = source_alloc((double[]){1.0, 1.0},
                                        (double[]){1.0 - p[i], p[i], p[i], 1.0 - p[i]}, 2, 2);
        ck_assert_double_eq_tol(b->i_xy, 1.0 - entropy_binary(p[i]), 1e-14);
        for (size_t k = 0; k < 6; k++) {
            const double ap = a[k] * (1.0 - p[i]) + p[i] * (1.0 - a[k]);
            const double beta = slope_of_h(a[k]) / ((1.0 - 2.0 * p[i]) * slope_of_h(ap));
            const struct bottleneck_point s = bound_point(b, beta);
            ck_assert_double_eq_tol(s.i_x, 1.0 - entropy_binary(a[k]), 1e-8);
            ck_assert_double_eq_tol(s.i_y, 1.0 - entropy_binary(ap), 1e-8);
            ck_assert_double_lt(s.gap, 1e-10);
            ck_assert_uint_eq(s.clusters, 2);
            ck_assert_double_eq_tol(s.q[0], 0.5, 1e-7);
            ck_assert_double_eq_tol(s.r[1], ap, 1e-7);
            ck_assert_double_eq_tol(s.r[3], 1.0 - ap, 1e-7);
        }
        /* Nothing is worth its price up to 1/(1 - 2p)^2. */
        const double first = 1.0 / ((1.0 - 2.0 * p[i]) * (1.0 - 2.0 * p[i]));
        ck_assert_double_eq(bound_point(b, first * (1.0 - 1e-6)).i_x, 0.0);
        ck_assert_uint_eq(bound_point(b, first * (1.0 - 1e-6)).clusters, 1);
        ck_assert_double_gt(bound_point(b, first * (1.0 + 1e-4)).i_x, 0.0);
        source_free(b);
    }
}
END_TEST

/* Y erased with probability e, else equal to X: then I(T;Y) = (1 - e) I(X;T) for every T, so that
 * the optimum is nothing below beta = 1/(1 - e) and all of X above.  Three labels: no proof. */
START_TEST(erasure_channel)
{
    const double e = 0.385;
    struct source *b =
        source_alloc((double[]){1.0, 3.0}, (double[]){1.0 - e, 0.0, e, 0.0, 1.0 - e, e}, 2, 3);
    const double h = entropy_binary(0.25);
    ck_assert_double_eq_tol(b->i_xy, (1.0 - e) * h, 1e-14);
    const struct bottleneck_point low = bound_point(b, 0.99 / (1.0 - e)),
                                  high = bound_point(b, 1.5 / (1.0 - e));
    ck_assert_double_eq(low.i_x, 0.0);
    ck_assert_double_eq_tol(high.i_x, h, 1e-9);
    ck_assert_double_eq_tol(high.i_y, (1.0 - e) * h, 1e-9);
    ck_assert(isinf(low.gap) && isinf(high.gap));
    source_free(b);
}
END_TEST

/* Y a function of X (A. Kolchinsky, B. D. Tracey, S. Van Kuyk, "Caveats for information bottleneck
 * in deterministic scenarios", ICLR 2019): the origin for beta < 1, the label itself above. */
START_TEST(function_of_the_input)
{
    struct source *b =
        source_alloc((double[]){1.0, 2.0, 0.5, 0.5}, (double[]){1, 0, 0, 1, 1, 0, 0, 1}, 4, 2);
    const double h = entropy_binary(1.5 / 4.0);
    ck_assert_double_eq_tol(b->i_xy, h, 1e-14);
    ck_assert_double_eq(bound_point(b, 0.98).i_x, 0.0);
    for (size_t step = 0; step < 9; step++) {
        const double beta = 1.02 * pow(3.0, (double)step);
        const struct bottleneck_point p = bound_point(b, beta);
        ck_assert_double_eq_tol(p.i_x, h, 1e-9);
        ck_assert_double_eq_tol(p.i_y, h, 1e-9);
        ck_assert_double_lt(p.gap, 1e-9);
        ck_assert_uint_eq(p.clusters, 2);
    }
    source_free(b);
}
END_TEST

/* ---- other algorithms ---- */

/* Blahut's iteration for the rate-distortion function on a grid of r, which knows nothing of
 * clusters: its F is never below the true minimum, and comes close to it. */
START_TEST(against_blahut)
{
    enum { GRID = 301, STEPS = 4000, N = 4 };
    static double e[N][GRID], q[GRID];
    uint64_t state = 2385;
    for (size_t i = 0; i < 12; i++) {
        const size_t n = 3 + i % 2;
        struct source *b = random_source(&state, n, 2);
        const double beta = exp(unit_uniform(&state, 0.3, 3.5));
        for (size_t k = 0; k < GRID; k++) {
            const double s = sin(M_PI_2 * ((double)k + 0.5) / GRID);
            q[k] = 1.0 / GRID;
            for (size_t x = 0; x < n; x++)
                e[x][k] =
                    exp(-beta * divergence(b->py_x + 2 * x, (double[]){1.0 - s * s, s * s}, 2));
        }
        double f = 0.0;
        for (size_t step = 0; step < STEPS; step++) {
            double z[N] = {0};
            f = 0.0;
            for (size_t x = 0; x < n; x++) {
                for (size_t k = 0; k < GRID; k++)
                    z[x] += q[k] * e[x][k];
                f -= b->px[x] * log2(z[x]);
            }
            for (size_t k = 0; k < GRID; k++) {
                double c = 0.0;
                for (size_t x = 0; x < n; x++)
                    c += b->px[x] * e[x][k] / z[x];
                q[k] *= c;
            }
        }
        const struct bottleneck_point p = bound_point(b, beta);
        const double least = lagrangian(&p) + beta * b->i_xy;
        unit_require(least - p.gap <= f && f - least < 5e-4 * (1.0 + beta) && p.gap < 1e-10,
                     "beta %g: %.9g, Blahut %.9g", beta, least, f);
        source_free(b);
    }
}
END_TEST

/* No encoder beats the bound: at random, near the optimum, and deterministic. */
START_TEST(no_encoder_is_better)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < 30; i++) {
        const size_t n = 3 + i % 4;
        struct source *b = random_source(&state, n, 2);
        const double beta = exp(unit_uniform(&state, 0.0, 4.0));
        const struct bottleneck_point p = bound_point(b, beta);
        double best[MOST * MOST], pt_x[MOST * MOST];
        bottleneck_encoder(best, b, &p);
        for (size_t trial = 0; trial < 3000; trial++) {
            const size_t kind = trial % 3, k = kind == 1 ? p.clusters : 2 + trial / 3 % 3;
            for (size_t x = 0; x < n; x++) {
                double sum = 0.0;
                const size_t only = unit_random(&state) % k;
                for (size_t t = 0; t < k; t++) {
                    double w = pow(unit_uniform(&state, 0.0, 1.0), 3.0);
                    if (kind == 1)
                        w = best[x * k + t] + 0.01 * w * unit_uniform(&state, 0.0, 1.0);
                    if (kind == 2)
                        w = t == only ? 1.0 : 0.0;
                    pt_x[x * k + t] = w;
                    sum += w;
                }
                for (size_t t = 0; t < k; t++)
                    pt_x[x * k + t] /= sum;
            }
            double i_x, i_y;
            bound_measure(&i_x, &i_y, b, pt_x, k);
            unit_require(i_x - beta * i_y >= lagrangian(&p) - p.gap - 1e-12,
                         "beta %g: %.12g is below %.12g", beta, i_x - beta * i_y, lagrangian(&p));
        }
        source_free(b);
    }
}
END_TEST

/* The proof of clusters that are not optimal: what is claimed follows from the definition with the
 * maximum of c(r) on a grid, and never less than the true distance to the optimum. */
START_TEST(proof_of_any_clusters)
{
    uint64_t state = 2385;
    double largest = 0.0;
    for (size_t i = 0; i < 200; i++) {
        const size_t n = 2 + i % 8;
        struct source *b = random_source(&state, n, 2);
        struct bottleneck_point p = bound_point(b, exp(unit_uniform(&state, -0.5, 4.0)));
        const struct bottleneck_point best = p;
        if (i % 2) { /* near the optimum, or anywhere */
            p.clusters = 1 + unit_random(&state) % 5;
            for (size_t t = 0; t < p.clusters; t++) {
                p.q[t] = unit_uniform(&state, 0.1, 1.0);
                p.r[2 * t + 1] = ((double)t + unit_uniform(&state, 0.1, 0.9)) / (double)p.clusters;
            }
        } else
            for (size_t t = 0; t < p.clusters; t++)
                p.r[2 * t + 1] += 0.01 * p.r[2 * t] * unit_uniform(&state, 0.0, 1.0);
        for (size_t t = 0; t < p.clusters; t++)
            p.r[2 * t] = 1.0 - p.r[2 * t + 1];
        const struct bottleneck_point before = p;
        ck_assert_int_eq(bound_prove(&p, b), 0);
        ck_assert_uint_eq(p.clusters, before.clusters);
        ck_assert_double_eq(p.beta, before.beta);
        double top = 0.0, pt_x[MOST * MOST], i_x, i_y, f = 0.0, sum = 0.0;
        for (size_t t = 0; t < p.clusters; t++)
            sum += before.q[t];
        for (size_t t = 0; t < p.clusters; t++)
            unit_require(fabs(p.q[t] - before.q[t] / sum) < 1e-14 &&
                             fabs(p.r[2 * t] - before.r[2 * t]) < 1e-14,
                         "cluster %zu has moved", t);
        bottleneck_encoder(pt_x, b, &p);
        bound_measure(&i_x, &i_y, b, pt_x, p.clusters);
        unit_require(fabs(i_x - p.i_x) < 1e-12 && fabs(i_y - p.i_y) < 1e-12, "%.12g", i_x);
        for (size_t x = 0; x < n; x++)
            f -= b->px[x] * log_z(b, &p, x);
        for (size_t k = 1; k < 2000; k++) {
            const double s = sin(M_PI_2 * (double)k / 2000.0);
            top = fmax(top, log(c_of(b, &p, (double[]){1.0 - s * s, s * s})));
        }
        /* A maximum of c is as narrow as exp(-2 beta s^2) in s, and the grid in s is 8e-4 wide. */
        const double grid = 1e-10 + 1e-6 * p.beta;
        const double gap = p.i_x + p.beta * (b->i_xy - p.i_y) - (f - top) / M_LN2;
        unit_require(p.gap >= gap - 1e-12 && p.gap < gap + 0.06 * top / M_LN2 + grid,
                     "source %zu, beta %g: gap %.9g, on the grid %.9g", i, p.beta, p.gap, gap);
        unit_require(p.gap >= lagrangian(&p) - lagrangian(&best) - 1e-12, "gap %g, but %g", p.gap,
                     lagrangian(&p) - lagrangian(&best));
        largest = fmax(largest, p.gap);
        source_free(b);
    }
    ck_assert_double_gt(largest, 1.0);
}
END_TEST

/* ---- encoders ---- */

/* The encoder of a point: rows sum to 1, it measures what the point says, by the plug-in formula,
 * too, and solves the three equations of the bottleneck. */
START_TEST(encoder_solves_the_equations)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < 40; i++) {
        const size_t ny = 2 + i % 3, n = 2 + i % 9;
        struct source *b = random_source(&state, n, ny);
        const struct bottleneck_point p = bound_point(b, exp(unit_uniform(&state, 0.0, 5.0)));
        const size_t k = p.clusters;
        double pt_x[MOST * CLUSTERS_MAX], joint[MOST * CLUSTERS_MAX];
        bottleneck_encoder(pt_x, b, &p);
        for (size_t x = 0; x < n; x++) {
            double sum = 0.0;
            for (size_t t = 0; t < k; t++) {
                sum += pt_x[x * k + t];
                joint[x * k + t] = b->px[x] * pt_x[x * k + t];
            }
            unit_require(fabs(sum - 1.0) < 1e-14, "row %zu: %.17g", x, sum);
        }
        double i_x, i_y;
        bound_measure(&i_x, &i_y, b, pt_x, k);
        unit_require(fabs(i_x - p.i_x) < 1e-12 && fabs(i_y - p.i_y) < 1e-12, "%.17g", i_x);
        unit_require(fabs(information_plugin(joint, n, k) - i_x) < 1e-13, "I(X;T) %.17g", i_x);

        double tables[CLUSTERS_MAX * CLUSTERS_MAX_LABELS] = {0};
        for (size_t t = 0; t < k; t++) {
            double pt = 0.0;
            for (size_t x = 0; x < n; x++)
                pt += joint[x * k + t];
            unit_require(fabs(pt / p.q[t] - 1.0) < 1e-9, "p(t) %.12g, q %.12g", pt, p.q[t]);
            for (size_t y = 0; y < ny; y++) {
                for (size_t x = 0; x < n; x++)
                    tables[t * ny + y] += joint[x * k + t] * b->py_x[x * ny + y];
                unit_require(fabs(tables[t * ny + y] / pt - p.r[t * ny + y]) < 1e-6,
                             "p(y|t) %.12g, r %.12g", tables[t * ny + y] / pt, p.r[t * ny + y]);
            }
            unit_require(t == 0 || p.r[t * ny + 1] >= p.r[(t - 1) * ny + 1], "not in order");
        }
        unit_require(fabs(information_plugin(tables, k, ny) - i_y) < 1e-13, "I(T;Y) %.17g", i_y);
        source_free(b);
    }
}
END_TEST

/* ---- more labels ---- */

/* A label divided by chance into two, in the same shares whatever x, tells no more: the solution
 * with three labels is the proven one with two. */
START_TEST(divided_label)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < 12; i++) {
        const size_t n = 3 + i % 5;
        struct source *two = random_source(&state, n, 2);
        double py_x[3 * MOST];
        for (size_t x = 0; x < n; x++) {
            py_x[3 * x] = two->py_x[2 * x];
            py_x[3 * x + 1] = 0.3 * two->py_x[2 * x + 1];
            py_x[3 * x + 2] = 0.7 * two->py_x[2 * x + 1];
        }
        struct source *three = source_alloc(two->px, py_x, n, 3);
        ck_assert_double_eq_tol(three->i_xy, two->i_xy, 1e-14);
        for (size_t step = 0; step < 7; step++) {
            const double beta = 1.1 * pow(2.2, (double)step);
            const struct bottleneck_point p = bound_point(two, beta), q = bound_point(three, beta);
            unit_require(p.gap < 1e-10 && isinf(q.gap), "beta %g", beta);
            unit_require(fabs(lagrangian(&p) - lagrangian(&q)) < 1e-9, "beta %g: %.12g %.12g", beta,
                         lagrangian(&p), lagrangian(&q));
        }
        source_free(three);
        source_free(two);
    }
}
END_TEST

/* Three labels: no proof is given, but c(r) on a grid of all r finds nothing above 1. */
START_TEST(three_labels)
{
    enum { GRID = 60 };
    uint64_t state = 2385;
    for (size_t i = 0; i < 8; i++) {
        struct source *b = random_source(&state, 3 + i % 4, 3);
        const struct bottleneck_point p = bound_point(b, exp(unit_uniform(&state, 0.3, 4.0)));
        for (size_t k = 0; k <= GRID; k++)
            for (size_t l = 0; k + l <= GRID; l++) {
                const double a = ((double)k + 0.01) / (GRID + 0.03);
                const double c = ((double)l + 0.01) / (GRID + 0.03);
                const double top = c_of(b, &p, (double[]){a, c, 1.0 - a - c});
                unit_require(top < 1.0 + 1e-9, "beta %g: c is %.12g", p.beta, top);
            }
        source_free(b);
    }
}
END_TEST

/* ---- symmetries and degenerate sources ---- */

static void same_value(struct source *a, struct source *b)
{
    ck_assert_double_eq_tol(a->i_xy, b->i_xy, 1e-13);
    ck_assert_double_eq_tol(a->h_y, b->h_y, 1e-13);
    for (size_t step = 0; step < 11; step++) {
        const double beta = 0.7 * pow(1.9, (double)step);
        const struct bottleneck_point p = bound_point(a, beta), q = bound_point(b, beta);
        unit_require(p.clusters == q.clusters && p.gap < 1e-10 && q.gap < 1e-10,
                     "beta %g: %zu and %zu clusters", beta, p.clusters, q.clusters);
        unit_require(fabs(p.i_x - q.i_x) < 1e-6 && fabs(lagrangian(&p) - lagrangian(&q)) < 1e-10,
                     "beta %g: %.12g and %.12g", beta, p.i_x, q.i_x);
    }
}

/* The order of the inputs and of the labels, the scale of the weights, inputs without weight, and
 * inputs written twice make no difference. */
START_TEST(invariance)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < 6; i++) {
        const size_t n = 3 + i;
        struct source *b = random_source(&state, n, 2);
        double px[2 * MOST], py_x[4 * MOST];
        for (size_t x = 0; x < n; x++) { /* backwards, labels exchanged, 4096 times the weight */
            px[x] = 4096.0 * b->px[n - 1 - x];
            py_x[2 * x] = b->py_x[2 * (n - 1 - x) + 1];
            py_x[2 * x + 1] = b->py_x[2 * (n - 1 - x)];
        }
        struct source *turned = source_alloc(px, py_x, n, 2);
        same_value(b, turned);
        source_free(turned);
        for (size_t x = 0; x < n; x++) { /* each in two halves, and as many without weight */
            px[2 * x] = x % 2 ? 0.4 * b->px[x] : b->px[x];
            px[2 * x + 1] = x % 2 ? 0.6 * b->px[x] : 0.0;
            memcpy(py_x + 4 * x, b->py_x + 2 * x, 2 * sizeof *py_x);
            memcpy(py_x + 4 * x + 2, b->py_x + 2 * x, 2 * sizeof *py_x);
            if (x % 2 == 0) {
                py_x[4 * x + 2] = 0.385;
                py_x[4 * x + 3] = 0.615;
            }
        }
        struct source *more = source_alloc(px, py_x, 2 * n, 2);
        same_value(b, more);
        source_free(more);
        source_free(b);
    }
}
END_TEST

/* Rows of 0 and 1 among others: clusters may then sit at r = 0, where other inputs have d = inf. */
START_TEST(certain_labels)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < 200; i++) {
        const size_t n = 2 + unit_random(&state) % 8;
        double px[MOST], py_x[2 * MOST];
        for (size_t x = 0; x < n; x++) {
            static const double extreme[] = {0.0, 1.0, 1e-300, 1e-20, 1e-9};
            const size_t which = unit_random(&state) % 8;
            px[x] = unit_uniform(&state, 0.01, 1.0);
            py_x[2 * x] = which < 5 ? extreme[which] : unit_uniform(&state, 0.0, 1.0);
            py_x[2 * x + 1] = 1.0 - py_x[2 * x];
        }
        struct source *b = source_alloc(px, py_x, n, 2);
        const double beta = exp(unit_uniform(&state, -1.0, 8.0));
        const struct bottleneck_point p = bound_point(b, beta);
        unit_require(p.gap < 1e-9 && p.i_y <= b->i_xy + 1e-12 && p.i_y <= p.i_x + 1e-12,
                     "source %zu, beta %g: gap %g", i, beta, p.gap);
        for (size_t t = 0; t < p.clusters; t++)
            unit_require(p.q[t] > 0.0 && p.r[2 * t] >= 0.0 && p.r[2 * t + 1] >= 0.0, "cluster %zu",
                         t);
        source_free(b);
    }
}
END_TEST

/* Nothing to be known: one input, equal rows, a label that never comes. */
START_TEST(nothing_to_know)
{
    struct source *b[] = {
        source_alloc((double[]){2.0}, (double[]){0.3, 0.7}, 1, 2),
        source_alloc((double[]){1, 2, 3}, (double[]){0.3, 0.7, 0.3, 0.7, 0.3, 0.7}, 3, 2),
        source_alloc((double[]){1, 2}, (double[]){1, 0, 1, 0}, 2, 2),
        source_alloc((double[]){1, 2}, (double[]){0.5, 0.5, 0, 0.5, 0.5, 0}, 2, 3)};
    for (size_t i = 0; i < 4; i++) {
        ck_assert_double_eq_tol(b[i]->i_xy, 0.0, 1e-15);
        for (size_t step = 0; step < 5; step++) {
            const double beta = 0.5 * pow(8.0, (double)step);
            const struct bottleneck_point p = bound_point(b[i], beta);
            ck_assert_uint_eq(p.clusters, 1);
            ck_assert_double_eq_tol(p.i_x, 0.0, 1e-15);
            ck_assert_double_eq_tol(p.i_y, 0.0, 1e-15);
            ck_assert(b[i]->ny == 3 || p.gap < 1e-10);
        }
        source_free(b[i]);
    }
}
END_TEST

/* beta = 0 buys nothing at all; and up to beta = 1 nothing is worth its price. */
START_TEST(small_beta)
{
    struct source *b = bound_task(41.64);
    for (size_t step = 0; step < 9; step++) {
        const double beta = 0.125 * (double)step;
        const struct bottleneck_point p = bound_point(b, beta);
        ck_assert_uint_eq(p.clusters, 1);
        ck_assert_double_eq_tol(p.i_x, 0.0, 1e-14);
        ck_assert_double_lt(p.gap, 1e-10);
        ck_assert_double_eq_tol(p.r[1], b->py[1], 1e-9);
    }
    source_free(b);
}
END_TEST

START_TEST(refusals)
{
    const double px[] = {1, 1}, py_x[] = {0.5, 0.5, 0.2, 0.8};
    struct source *b = source_alloc(px, py_x, 2, 2);
    struct bottleneck_point p = bound_point(b, 30.0);
    const struct bottleneck_point before = p;
    ck_assert_int_eq(bound_solve(&p, b, -1.0), -1);
    ck_assert_int_eq(bound_solve(&p, b, NAN), -1);
    ck_assert_int_eq(bound_solve(&p, b, INFINITY), -1);
    ck_assert_int_eq(bound_solve(&p, b, 1e151), -1);
    ck_assert_mem_eq(&p, &before, sizeof p);
    p.q[0] = NAN;
    ck_assert_int_eq(bound_solve(&p, b, 30.0), -1);
    p.q[0] = 0.0;
    ck_assert_int_eq(bound_solve(&p, b, 30.0), -1);
    p = before;
    p.r[1] = NAN;
    ck_assert_int_eq(bound_solve(&p, b, 30.0), -1);
    p.r[1] = -0.5;
    ck_assert_int_eq(bound_solve(&p, b, 30.0), -1);
    p = before;
    p.clusters = CLUSTERS_MAX + 1;
    ck_assert_int_eq(bound_solve(&p, b, 30.0), -1);
    ck_assert_int_eq(bound_prove(&p, b), -1);
    p = before;
    p.beta = NAN;
    ck_assert_int_eq(bound_prove(&p, b), -1);
    source_free(b);
    b = source_alloc(px, (double[]){0.2, 0.2, 0.2, 0.2, 0.2, 0.1, 0.3, 0.2, 0.2, 0.2}, 2, 5);
    ck_assert_ptr_null(clusters_alloc(b)); /* more labels than a search can have */
    source_free(b);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {known_points,
                                  certified,
                                  shape_of_the_curve,
                                  slope,
                                  any_start,
                                  binary_symmetric_channel,
                                  erasure_channel,
                                  function_of_the_input,
                                  against_blahut,
                                  no_encoder_is_better,
                                  proof_of_any_clusters,
                                  encoder_solves_the_equations,
                                  divided_label,
                                  three_labels,
                                  invariance,
                                  certain_labels,
                                  nothing_to_know,
                                  small_beta,
                                  refusals};
    return unit_run("bottleneck", tests, sizeof tests / sizeof *tests);
}
