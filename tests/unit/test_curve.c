/* test_curve.c -- the curve along beta, up to its end, and the bounds between its points. */
#include "unit.h"

#include "bound.h"
#include "curve.h"

enum { CLASSES = TASK_CLASSES, BETAS = 400 };

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

/* The bounds from every fourth point hold, closely, for those between, and for any encoder. */
START_TEST(bounds_between_points)
{
    static struct bottleneck_point few[BETAS / 4];
    struct source *b = task_curve(12.0);
    for (size_t i = 0; i < BETAS / 4; i++)
        few[i] = curve[4 * i];
    for (size_t i = 0; i < BETAS - 4; i++) {
        const struct bottleneck_point *p = curve + i;
        const struct curve_interval l = curve_loss(b, few, BETAS / 4, p->i_x);
        const struct curve_interval r = curve_rate(b, few, BETAS / 4, p->lost);
        unit_require(l.low <= p->lost + 1e-9 && p->lost <= l.high + 1e-9 && l.high - l.low < 1e-2,
                     "beta %g: loss %.9g in [%.9g, %.9g]", p->beta, p->lost, l.low, l.high);
        unit_require(r.low <= p->i_x + 1e-9 && p->i_x <= r.high + 1e-9 && r.high - r.low < 2e-2,
                     "beta %g: rate %.9g in [%.9g, %.9g]", p->beta, p->i_x, r.low, r.high);
    }

    uint64_t state = 2385;
    for (size_t i = 0; i < 2000; i++) {
        const size_t k = 2 + i % 6;
        double pt_x[CLASSES * 8], i_x, lost;
        const double cut = unit_uniform(&state, 0.0, 10.0);
        for (size_t x = 0; x < CLASSES; x++) {
            double sum = 0.0;
            for (size_t t = 0; t < k; t++) {
                const double off = b->py_x[2 * x + 1] - ((double)t + 0.5) / (double)k;
                sum += pt_x[x * k + t] =
                    exp(-cut * off * off * 5.0) * (i % 3 ? 1.0 : unit_uniform(&state, 0.5, 1.0));
            }
            for (size_t t = 0; t < k; t++)
                pt_x[x * k + t] /= sum;
        }
        source_measure(&i_x, &lost, b, pt_x, k);
        const struct curve_interval l = curve_loss(b, few, BETAS / 4, i_x);
        const struct curve_interval r = curve_rate(b, few, BETAS / 4, lost);
        unit_require(lost >= l.low - 1e-12 && r.low <= i_x + 1e-12, "(%g, %g)", i_x, lost);
    }
    source_free(b);
}
END_TEST

/* The ends: the origin; the end, where nothing is lost; between the last point and that; and no points
 * at all, when data processing alone bounds. */
START_TEST(bounds_at_the_ends)
{
    struct source *b = task_curve(41.64);
    const struct bottleneck_point *last = curve + BETAS - 1;
    struct curve_interval l = curve_loss(b, curve, BETAS, 0.0);
    ck_assert_double_eq(l.low, b->i_xy);
    ck_assert_double_eq(l.high, b->i_xy);
    l = curve_loss(b, curve, BETAS, 12.0);
    ck_assert_double_eq(l.low, 0.0);
    ck_assert_double_eq(l.high, 0.0);
    l = curve_loss(b, curve, BETAS, 0.5 * (last->i_x + b->i_end));
    ck_assert_double_ge(l.low, 0.0);
    ck_assert_double_eq_tol(l.high, 0.5 * last->lost, 1e-14);
    l = curve_loss(b, curve, 0, 0.5);
    ck_assert_double_eq(l.low, b->i_xy - 0.5);
    ck_assert_double_eq_tol(l.high, b->i_xy * (1.0 - 0.5 / b->i_end), 1e-14);

    struct curve_interval r = curve_rate(b, curve, BETAS, b->i_xy);
    ck_assert_double_eq(r.low, 0.0);
    ck_assert_double_eq(r.high, 0.0);
    r = curve_rate(b, curve, BETAS, 0.0);
    ck_assert_double_eq(r.low, b->i_end);
    ck_assert_double_eq(r.high, b->i_end);
    r = curve_rate(b, curve, BETAS, 0.25 * last->lost);
    ck_assert_double_ge(r.low, last->i_x);
    ck_assert_double_eq_tol(r.high, last->i_x + 0.75 * (b->i_end - last->i_x), 1e-12);
    r = curve_rate(b, curve, 0, b->i_xy - 0.5);
    ck_assert_double_eq(r.low, 0.5);
    source_free(b);
}
END_TEST

/* The bounds move by the gaps of the points: a point that is 0.01 bit worse than it says, and says so,
 * bounds no less than it should. */
START_TEST(gap_counts)
{
    struct source *b = source_alloc((double[]){1, 1}, (double[]){0.9, 0.1, 0.1, 0.9}, 2, 2);
    struct bottleneck_point p = bound_point(b, 3.0);
    const struct curve_interval l = curve_loss(b, &p, 1, 0.8 * p.i_x);
    const struct curve_interval r = curve_rate(b, &p, 1, 1.2 * p.lost);
    p.gap = 0.01;
    ck_assert_double_eq_tol(curve_loss(b, &p, 1, 0.8 * p.i_x).low, l.low - 0.01 / 3.0, 1e-10);
    ck_assert_double_eq_tol(curve_rate(b, &p, 1, 1.2 * p.lost).low, r.low - 0.01, 1e-10);
    source_free(b);
}
END_TEST

/* Betas in equal ratios, certified points, which rise; the known point at 35, (1.106, .9880). */
START_TEST(along_beta)
{
    struct source *b = bound_task(41.642);
    struct clusters *work = clusters_alloc(b);
    const double gap = curve_solve(curve, 11, work, 0.0, 35.0, 35.0 * 32.0);
    double most = 0.0;
    ck_assert_double_eq(curve[0].beta, 35.0);
    ck_assert_double_eq_tol(curve[0].i_x, 1.106, 5e-4);
    ck_assert_double_eq_tol(curve[0].i_y, 0.9880, 5e-5);
    for (size_t i = 0; i < 11; i++) {
        most = fmax(most, curve[i].gap);
        if (i > 0) {
            ck_assert_double_eq_tol(curve[i].beta / curve[i - 1].beta, sqrt(2.0), 1e-12);
            ck_assert_double_ge(curve[i].i_x, curve[i - 1].i_x);
            ck_assert_double_ge(curve[i].i_y, curve[i - 1].i_y);
        }
    }
    ck_assert_double_eq(gap, most);
    ck_assert_double_lt(gap, 1e-9);
    clusters_free(work);
    source_free(b);
}
END_TEST

/* Up to a beta of 1e80 the task is solved and proven; the curve falls convexly to its end, the entropy
 * of the classes, 5.5695 bit; where nothing is left to lose, all 64 are clusters. */
START_TEST(to_the_end)
{
    static const double gammas[] = {41.642, 12.0};
    for (size_t g = 0; g < 2; g++) {
        struct source *b = task_curve(gammas[g]);
        struct clusters *work = clusters_alloc(b);
        static struct bottleneck_point tail[151];
        tail[0] = curve[BETAS - 1];
        const double gap = curve_extend(tail, 1, 151, work, 1e80);
        ck_assert_double_lt(gap, 1e-10);
        ck_assert_double_eq_tol(tail[150].beta / 1e80, 1.0, 1e-12);
        for (size_t i = 1; i < 151; i++) {
            const struct bottleneck_point *p = tail + i, *o = p - 1;
            unit_require(p->lost >= 0.0 && p->i_x >= o->i_x - 1e-9 && p->lost <= o->lost,
                         "beta %g: (%g, %g)", p->beta, p->i_x, p->lost);
            /* the chord's slope is between those at its ends */
            unit_require(p->i_x - o->i_x >= o->beta * (o->lost - p->lost) - 1e-9 &&
                             p->i_x - o->i_x <= p->beta * (o->lost - p->lost) + 1e-9,
                         "beta %g: slope", p->beta);
        }
        ck_assert_uint_eq(tail[150].clusters, CLASSES);
        ck_assert_double_eq(tail[150].lost, 0.0);
        ck_assert_double_eq_tol(tail[150].i_x, b->i_end, 1e-12);
        ck_assert_double_eq_tol(b->i_end, 5.5695, 5e-5);
        clusters_free(work);
        source_free(b);
    }
}
END_TEST

/* Labels exchanged: the same curve, at both ends of certainty. */
START_TEST(labels_exchanged)
{
    static const double betas[] = {1.5, 20.0, 1e3, 1e6, 1e12, 1e20, 1e30, 1e45};
    double px[9], odds[9], turned[9];
    for (size_t x = 0; x < 9; x++) {
        px[x] = 1.0 + (double)x;
        odds[x] = -100.0 + 21.0 * (double)x;
        turned[x] = -odds[x];
    }
    struct source *b = source_alloc_odds(px, odds, 9, 2);
    struct source *c = source_alloc_odds(px, turned, 9, 2);
    struct clusters *work = clusters_alloc(b), *other = clusters_alloc(c);
    struct bottleneck_point p = {.clusters = 0}, q = {.clusters = 0};
    ck_assert_double_eq_tol(b->i_xy, c->i_xy, 1e-15);
    for (size_t i = 0; i < 8; i++) {
        ck_assert_int_eq(bottleneck_solve(&p, work, betas[i]), 0);
        ck_assert_int_eq(bottleneck_solve(&q, other, betas[i]), 0);
        unit_require(p.clusters == q.clusters && p.gap < 1e-10 && q.gap < 1e-10,
                     "beta %g: %zu and %zu clusters, gaps %g and %g", betas[i], p.clusters,
                     q.clusters, p.gap, q.gap);
        unit_require(fabs(p.i_x - q.i_x) < 1e-8 &&
                         fabs(p.lost - q.lost) <= 1e-8 * fmax(p.lost, 1.0 / betas[i]),
                     "beta %g: (%.12g, %.12g) and (%.12g, %.12g)", betas[i], p.i_x, p.lost, q.i_x,
                     q.lost);
    }
    clusters_free(other);
    clusters_free(work);
    source_free(c);
    source_free(b);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        bounds_between_points, bounds_at_the_ends, gap_counts, along_beta, to_the_end,
        labels_exchanged};
    return unit_run("curve", tests, sizeof tests / sizeof *tests);
}
