/* test_encoder.c -- the beta of a layer, against the patterns one by one. */
#include "unit.h"

#include "bound.h"
#include "encoder.h"
#include "entropy.h"
#include "frontier.h"

enum { CLASSES = TASK_CLASSES, PATTERNS = TASK_PATTERNS };

static struct task task;

static struct source *task_source(double gamma)
{
    ck_assert_int_eq(task_init(&task, TASK_HARD, 0.0), 0);
    return classes_source(&task, gamma);
}

enum { WIDEST = 300 };

/* A layer that puts pattern x into cluster t[x]; counts (class, cluster).  If it is to be divided,
 * the patterns of one class are alone in the last two clusters, which have the same p(y|t) then. */
static void make_layer(uint64_t *state, size_t *t, double *table, const double *p1, size_t clusters,
                       double noise, int divided)
{
    const size_t free = divided ? clusters - 2 : clusters, alone = 40;
    size_t which = 0;
    ck_assert_uint_gt(task.size[alone], 3);
    memset(table, 0, CLASSES * clusters * sizeof *table);
    for (size_t x = 0; x < PATTERNS; x++) {
        const size_t class = task.class[x];
        const double at = 0.3 * p1[class] + 0.7 * (double)class / 64.0;
        const double moved = fmin(0.999, fmax(0.0, at + unit_uniform(state, -noise, noise)));
        t[x] = (size_t)(moved * (double)free);
        if (divided && class == alone)
            t[x] = free + (which++ % 3 > 0);
        table[class * clusters + t[x]] += 1.0;
    }
}

/* p(t) and p(y=1|t) over the patterns. */
static void decoder(double *pt, double *r, const size_t *t, const double *p1, size_t clusters)
{
    memset(pt, 0, clusters * sizeof *pt);
    memset(r, 0, clusters * sizeof *r);
    for (size_t x = 0; x < PATTERNS; x++) {
        pt[t[x]] += 1.0 / PATTERNS;
        r[t[x]] += p1[task.class[x]] / PATTERNS;
    }
    for (size_t k = 0; k < clusters; k++)
        r[k] = pt[k] > 0.0 ? r[k] / pt[k] : 0.0;
}

/* D_KL of p(y|x) of a class from (r0, r1), each probability with all its digits. */
static double kl(const struct source *b, size_t class, double r0, double r1)
{
    const double p0 = b->py_x[2 * class], p1 = b->py_x[2 * class + 1];
    return (p0 > 0.0 ? p0 * log(p0 / r0) : 0.0) + (p1 > 0.0 ? p1 * log(p1 / r1) : 0.0);
}

/* The definition, pattern by pattern. */
static double slow_divergence(const struct source *b, const size_t *t, size_t clusters, double beta)
{
    double pt[WIDEST], r0[WIDEST], r1[WIDEST], p0[CLASSES], p1[CLASSES], sum = 0.0;
    for (size_t c = 0; c < CLASSES; c++) {
        p0[c] = b->py_x[2 * c];
        p1[c] = b->py_x[2 * c + 1];
    }
    decoder(pt, r0, t, p0, clusters);
    decoder(pt, r1, t, p1, clusters);
    for (size_t x = 0; x < PATTERNS; x++) {
        const size_t class = task.class[x];
        double z = 0.0;
        for (size_t k = 0; k < clusters; k++)
            if (pt[k] > 0.0)
                z += pt[k] * exp(-beta * kl(b, class, r0[k], r1[k]));
        sum -= log(pt[t[x]] / z) - beta * kl(b, class, r0[t[x]], r1[t[x]]);
    }
    return sum / PATTERNS / M_LN2;
}

/* The task, and its p(y=1|x) by class. */
static struct source *layer_source(double *p1, double gamma)
{
    struct source *b = task_source(gamma);
    for (size_t c = 0; c < CLASSES; c++)
        p1[c] = b->py_x[2 * c + 1];
    return b;
}

static size_t t_of[PATTERNS];
static double count[CLASSES * WIDEST];

START_TEST(divergence_by_patterns)
{
    uint64_t state = 2385;
    static const size_t widths[] = {1, 2, 7, 40, WIDEST};
    for (size_t i = 0; i < 10; i++) {
        double p1[CLASSES];
        struct source *b = layer_source(p1, i % 2 ? 12.0 : 3.0);
        const size_t k = widths[i / 2];
        make_layer(&state, t_of, count, p1, k, 0.05 * (double)(i % 3), k > 2 && i % 2);
        struct encoder *layer = encoder_alloc(b, count, k);
        ck_assert_ptr_nonnull(layer);
        for (size_t step = 0; step < 8; step++) {
            const double beta = 0.1 * pow(3.0, (double)step);
            const double slow = slow_divergence(b, t_of, k, beta);
            const double got = encoder_divergence(layer, beta);
            unit_require(fabs(got - slow) < 1e-11 * (1.0 + slow),
                         "%zu clusters, beta %g: %.12g, %.12g", k, beta, got, slow);
        }
        encoder_free(layer);
        source_free(b);
    }
}
END_TEST

/* beta* is where the definition has its least value: the neighbours on both sides, and a grid. */
START_TEST(beta_is_the_minimum)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < 6; i++) {
        double p1[CLASSES];
        struct source *b = layer_source(p1, i % 2 ? 12.0 : 41.64);
        const size_t k = 3 + 7 * i;
        make_layer(&state, t_of, count, p1, k, 0.15, 0);
        struct encoder *layer = encoder_alloc(b, count, k);
        const double beta = encoder_beta(layer), least = encoder_divergence(layer, beta);
        ck_assert(isfinite(beta) && beta > 0.0);
        for (size_t step = 0; step < 62; step++) {
            const double other = 0.01 * pow(1.3, (double)step);
            unit_require(encoder_divergence(layer, other) >= least - 1e-12, "beta %g, not %g",
                         other, beta);
        }
        /* the slope changes its sign there */
        const double h = 1e-4 * beta;
        ck_assert_double_gt(encoder_divergence(layer, beta + h), least);
        ck_assert_double_gt(encoder_divergence(layer, beta - h), least);
        const double slope =
            encoder_divergence(layer, beta + h) - encoder_divergence(layer, beta - h);
        const double bend =
            encoder_divergence(layer, beta + h) + encoder_divergence(layer, beta - h) - 2.0 * least;
        unit_require(fabs(slope) < 1e-2 * bend + 1e-13, "beta %g: slope %g, bend %g", beta, slope,
                     bend);
        encoder_free(layer);
        source_free(b);
    }
}
END_TEST

/* An encoder of the bottleneck, as shares of each class: its own beta, at no divergence. */
START_TEST(beta_of_an_optimal_encoder)
{
    static const double gammas[] = {41.64, 12.0}, betas[] = {1.2, 2.0, 24.0, 35.0, 128.0, 999.0};
    for (size_t g = 0; g < 2; g++) {
        struct source *b = task_source(gammas[g]);
        for (size_t i = 0; i < 6; i++) {
            struct bottleneck_point p = {.clusters = 0};
            double pt_x[CLASSES * CLUSTERS_MAX];
            ck_assert_int_eq(bound_solve(&p, b, betas[i]), 0);
            bottleneck_encoder(pt_x, b, &p);
            for (size_t k = 0; k < CLASSES * p.clusters; k++)
                pt_x[k] *= b->px[k / p.clusters];
            struct encoder *layer = encoder_alloc(b, pt_x, p.clusters);
            const double beta = encoder_beta(layer);
            unit_require(fabs(beta / betas[i] - 1.0) < 1e-5, "beta %.12g, not %g", beta, betas[i]);
            ck_assert_double_eq_tol(encoder_divergence(layer, beta) - layer->h_t_x, 0.0, 1e-11);
            encoder_free(layer);
        }
        source_free(b);
    }
}
END_TEST

/* Every pattern in its nearest cluster: the divergence falls for ever.  A layer that knows nothing:
 * no beta at all. */
START_TEST(beta_at_the_ends)
{
    double p1[CLASSES];
    struct source *b = layer_source(p1, 3.0);
    memset(count, 0, sizeof count);
    for (size_t c = 0; c < CLASSES; c++) /* each class by itself, in two clusters by half */
        count[c * 2 * CLASSES + 2 * c] = count[c * 2 * CLASSES + 2 * c + 1] = task.size[c];
    struct encoder *layer = encoder_alloc(b, count, 2 * CLASSES);
    ck_assert(isinf(encoder_beta(layer)));
    ck_assert_uint_le(layer->groups, CLASSES);
    ck_assert_double_eq_tol(layer->h_t_x, 1.0, 1e-13);
    ck_assert_double_eq_tol(encoder_divergence(layer, INFINITY), 1.0, 1e-13);
    ck_assert_double_eq(encoder_lost(layer), 0.0);
    encoder_free(layer);

    memset(count, 0, sizeof count);
    for (size_t c = 0; c < CLASSES; c++) /* two clusters, parted at 1/2 */
        count[c * 2 + (p1[c] > 0.5)] = task.size[c];
    layer = encoder_alloc(b, count, 2);
    ck_assert(isinf(encoder_beta(layer)));
    ck_assert_double_eq(layer->h_t_x, 0.0);
    encoder_free(layer);

    for (size_t c = 0; c < CLASSES; c++)
        count[c] = task.size[c];
    layer = encoder_alloc(b, count, 1);
    ck_assert_double_eq(encoder_beta(layer), 0.0);
    ck_assert_double_eq(encoder_divergence(layer, 7.0), 0.0);
    encoder_free(layer);

    for (size_t c = 0; c < CLASSES; c++) { /* a coin, and a cluster that stays empty */
        count[c * 3] = count[c * 3 + 2] = task.size[c];
        count[c * 3 + 1] = 0.0;
    }
    layer = encoder_alloc(b, count, 3);
    ck_assert_double_eq(encoder_beta(layer), 0.0);
    ck_assert_double_eq_tol(encoder_divergence(layer, 7.0), 1.0, 1e-13);
    encoder_free(layer);
    source_free(b);
}
END_TEST

/* A cluster divided by chance: its parts have the same p(y|t), beta* stays, the divergence grows by
 * the entropy of the division. */
START_TEST(divided_cluster)
{
    uint64_t state = 2385;
    double p1[CLASSES], more[CLASSES * 6];
    struct source *b = layer_source(p1, 12.0);
    make_layer(&state, t_of, count, p1, 5, 0.2, 0);
    double light = 0.0;
    for (size_t c = 0; c < CLASSES; c++) {
        memcpy(more + 6 * c, count + 5 * c, 5 * sizeof *count);
        more[6 * c + 5] = 0.25 * more[6 * c + 2];
        more[6 * c + 2] *= 0.75;
        light += count[5 * c + 2] / PATTERNS;
    }
    struct encoder *a = encoder_alloc(b, count, 5);
    struct encoder *d = encoder_alloc(b, more, 6);
    const double beta = encoder_beta(a);
    ck_assert_uint_eq(a->groups, 5);
    ck_assert_uint_eq(d->groups, 5);
    ck_assert_double_eq_tol(encoder_beta(d) / beta, 1.0, 1e-10);
    ck_assert_double_eq_tol(encoder_divergence(d, beta) - encoder_divergence(a, beta),
                            light * entropy_binary(0.25), 1e-12);
    encoder_free(d);
    encoder_free(a);
    source_free(b);
}
END_TEST

/* What the released program computes, over the patterns: the iterations of caclIB, then mseFunc.
 * 0 log 0 is left out. */
static double slow_reverse(const size_t *t, const double *p1, size_t clusters, double beta,
                           size_t steps)
{
    const double eps = 0x1p-52;
    double *w = malloc(PATTERNS * clusters * sizeof *w), sum = 0.0;
    for (size_t x = 0; x < PATTERNS; x++)
        for (size_t k = 0; k < clusters; k++)
            w[x * clusters + k] = t[x] == k;
    for (size_t step = 0; step < steps; step++) {
        double pts[WIDEST] = {0}, r[WIDEST] = {0};
        for (size_t x = 0; x < PATTERNS; x++)
            for (size_t k = 0; k < clusters; k++) {
                pts[k] += w[x * clusters + k] / PATTERNS;
                r[k] += w[x * clusters + k] / PATTERNS * p1[task.class[x]];
            }
        for (size_t x = 0; x < PATTERNS; x++) {
            const double p = p1[task.class[x]];
            double z = 0.0;
            for (size_t k = 0; k < clusters; k++) {
                double d =
                    -p * log(r[k] / pts[k] + eps) - (1.0 - p) * log(1.0 - r[k] / pts[k] + eps);
                if (p > 0.0)
                    d += p * log(p);
                if (p < 1.0)
                    d += (1.0 - p) * log(1.0 - p);
                z += w[x * clusters + k] = exp(-beta * d) * pts[k];
            }
            for (size_t k = 0; k < clusters; k++)
                w[x * clusters + k] /= z;
        }
    }
    for (size_t x = 0; x < PATTERNS; x++)
        for (size_t k = 0; k < clusters; k++) {
            const double a = w[x * clusters + k];
            if (a > 0.0)
                sum += a * log(a / ((t[x] == k ? 1.0 : 0.0) + eps));
        }
    free(w);
    return sum / PATTERNS / M_LN2;
}

START_TEST(reverse_by_patterns)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < 4; i++) {
        double p1[CLASSES];
        struct source *b = layer_source(p1, i % 2 ? 12.0 : 3.0);
        const size_t k = 2 + 5 * i;
        make_layer(&state, t_of, count, p1, k, 0.1, k > 2);
        struct encoder *layer = encoder_alloc(b, count, k);
        for (size_t step = 0; step < 4; step++) {
            const double beta = 0.8 * pow(4.0, (double)step);
            for (size_t steps = 0; steps <= 20; steps += steps > 0 ? 19 : 1) {
                const double slow = slow_reverse(t_of, p1, k, beta, steps);
                const double got = encoder_reverse(layer, beta, steps);
                unit_require(fabs(got - slow) < 1e-9 * (1.0 + slow) || steps == 0,
                             "%zu clusters, beta %g, %zu steps: %.12g, %.12g", k, beta, steps, got,
                             slow);
            }
        }
        encoder_free(layer);
        source_free(b);
    }
}
END_TEST

/* The minimum is not above any point of a finer grid within the step of the coarse one; the ends of
 * the range, where the divergence falls towards them. */
START_TEST(reverse_minimum)
{
    uint64_t state = 2385;
    double p1[CLASSES];
    struct source *b = layer_source(p1, 12.0);
    make_layer(&state, t_of, count, p1, 3, 0.15, 0);
    struct encoder *layer = encoder_alloc(b, count, 3);
    int censored = 1;
    const double beta = encoder_reverse_beta(layer, 20, 0.5, 4096.0, &censored);
    ck_assert_int_eq(censored, 0);
    const double least = encoder_reverse(layer, beta, 20);
    ck_assert_double_gt(beta, 0.6);
    ck_assert_double_lt(beta, 4000.0);
    for (size_t step = 0; step < 906; step++) {
        const double other = 0.5 * pow(1.01, (double)step);
        unit_require(encoder_reverse(layer, other, 20) >= least - 1e-6, "beta %g is better than %g",
                     other, beta);
    }
    ck_assert_double_eq_tol(encoder_reverse_beta(layer, 20, 0.5 * beta, 0.7 * beta, NULL),
                            0.7 * beta, 1e-9 * beta);
    ck_assert_double_eq_tol(encoder_reverse_beta(layer, 20, 1.5 * beta, 1.9 * beta, NULL),
                            1.5 * beta, 1e-9 * beta);
    encoder_free(layer);
    source_free(b);
}
END_TEST

/* Three near-certain inputs, p(y=0|x) = 1e-30, 1e-40 and 1e-60, the first half alone, half with the
 * second: beta* is finite, and beyond any that counts; the divergence there is least. */
START_TEST(beta_of_the_nearly_certain)
{
    struct source *b =
        source_alloc_odds((double[]){1, 1, 1}, (double[]){log(1e30), log(1e40), log(1e60)}, 3, 2);
    struct encoder *layer = encoder_alloc(b, (double[]){1, 1, 0, 0, 1, 0, 0, 0, 2}, 3);
    const double beta = encoder_beta(layer), least = encoder_divergence(layer, beta);
    ck_assert_uint_eq(layer->groups, 3);
    unit_require(beta > 1e29 && beta < 1e33, "beta %g", beta);
    ck_assert(isinf(encoder_counted(beta)));
    ck_assert_double_eq(encoder_counted(39.6), 39.6);
    ck_assert_double_gt(encoder_divergence(layer, 0.8 * beta), least);
    ck_assert_double_gt(encoder_divergence(layer, 1.25 * beta), least);
    /* a fifth of all each, 1e-30 and nearly 0, mean 0.5e-30: see test_source.c */
    ck_assert_double_eq_tol(encoder_lost(layer) / (1e-30 / 5.0), 1.0, 1e-8);
    encoder_free(layer);
    source_free(b);
}
END_TEST

/* The same shares in other numbers are the same p(y|t), whatever the rounding. */
START_TEST(equal_shares)
{
    struct source *b = source_alloc_odds((double[]){3, 7}, (double[]){-45.3, -91.7}, 2, 2);
    struct encoder *layer = encoder_alloc(b, (double[]){3, 6, 21, 7, 14, 49}, 3);
    ck_assert_uint_eq(layer->groups, 1);
    ck_assert_double_eq(encoder_beta(layer), 0.0);
    encoder_free(layer);
    source_free(b);
}
END_TEST

START_TEST(encoder_refuses)
{
    struct source *b = source_alloc((double[]){1, 1}, (double[]){0.5, 0.5, 0.2, 0.8}, 2, 2);
    ck_assert_ptr_null(encoder_alloc(b, (double[]){0, 0, 0, 0}, 2));
    ck_assert_ptr_null(encoder_alloc(b, (double[]){1, 0, -1, 0}, 2));
    ck_assert_ptr_null(encoder_alloc(b, (double[]){1, 0, NAN, 0}, 2));
    ck_assert_ptr_null(encoder_alloc(b, (double[]){1, 0, INFINITY, 0}, 2));
    encoder_free(NULL);
    source_free(b);
}
END_TEST

/* At any beta a layer diverges by no more than its excess in the Lagrangian over the optimum there: what
 * the theorem of Section (sec:theory) rests on.  The optimum itself, as an encoder, reaches it. */
START_TEST(excess_in_the_lagrangian)
{
    uint64_t state = 2385;
    double p1[CLASSES];
    struct source *b = layer_source(p1, 12.0);
    for (size_t i = 0; i < 8; i++) {
        const double beta = pow(3.0, (double)i - 1.0);
        const struct bottleneck_point p = bound_point(b, beta);
        for (size_t k = 2; k <= 12; k += 5) {
            double pt[12] = {0};
            make_layer(&state, t_of, count, p1, k, 0.3, 0);
            struct encoder *layer = encoder_alloc(b, count, k);
            for (size_t x = 0; x < PATTERNS; x++)
                pt[t_of[x]] += 1.0;
            const double i_xt = entropy_of_counts(pt, k);
            const double excess = i_xt + beta * encoder_lost(layer) - p.i_x - beta * p.lost;
            const double divergence = encoder_divergence(layer, beta);
            unit_require(divergence <= excess + 1e-9, "beta %g, %zu clusters: %.12g, %.12g", beta,
                         k, divergence, excess);
            ck_assert_double_gt(excess, 1e-3);
            encoder_free(layer);
        }
        /* the optimum as a layer of its own: counts p(x) p(t|x) */
        if (p.clusters < 2)
            continue;
        double w[CLUSTERS_MAX], log_q[CLUSTERS_MAX], log_r[2 * CLUSTERS_MAX];
        for (size_t c = 0; c < p.clusters; c++) {
            log_q[c] = log(p.q[c]);
            log_r[2 * c] = log(p.r[2 * c]);
            log_r[2 * c + 1] = log(p.r[2 * c + 1]);
        }
        for (size_t x = 0; x < CLASSES; x++) {
            source_row(w, b, x, beta, log_q, p.r, log_r, p.clusters);
            for (size_t c = 0; c < p.clusters; c++)
                count[x * p.clusters + c] = b->px[x] * w[c];
        }
        struct encoder *best = encoder_alloc(b, count, p.clusters);
        /* as if each input of the source were of one cluster, for which H(T|X) counts as explained */
        ck_assert_double_eq_tol(encoder_divergence(best, beta) - best->h_t_x, 0.0, 1e-6);
        encoder_free(best);
    }
    source_free(b);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {excess_in_the_lagrangian,
                                  divergence_by_patterns,
                                  beta_is_the_minimum,
                                  beta_of_an_optimal_encoder,
                                  beta_at_the_ends,
                                  divided_cluster,
                                  reverse_by_patterns,
                                  reverse_minimum,
                                  beta_of_the_nearly_certain,
                                  equal_shares,
                                  encoder_refuses};
    return unit_run("encoder", tests, sizeof tests / sizeof *tests);
}
