/* test_clusters.c -- the search for clusters, and the maximum of c(r) that says whether one is
 * missing, against the definitions on random sources. */
#include "unit.h"

#include "clusters.h"
#include "odds.h"
#include "peak.h"

enum { N = 7 };

/* A source of two labels at random, some p(y|x) near 0 or 1. */
static struct source *random_source(uint64_t *state)
{
    double px[N], py_x[2 * N];
    for (size_t x = 0; x < N; x++) {
        px[x] = unit_uniform(state, 0.1, 1.0);
        py_x[2 * x + 1] = pow(unit_uniform(state, 0.001, 0.999), unit_random(state) % 3 ? 1 : 6);
        py_x[2 * x] = 1.0 - py_x[2 * x + 1];
    }
    struct source *b = source_alloc(px, py_x, N, 2);
    ck_assert_ptr_nonnull(b);
    return b;
}

/* k clusters at random places, their weights adding up to `sum`. */
static void random_clusters(struct source *b, uint64_t *state, double beta, size_t k,
                            double sum)
{
    struct clusters *s = b->search;
    double total = 0.0;
    s->beta = beta;
    s->k = k;
    for (size_t t = 0; t < k; t++) {
        s->theta[t] = unit_uniform(state, -3.0, 3.0);
        total += s->s[t] = unit_uniform(state, 0.1, 1.0);
    }
    for (size_t t = 0; t < k; t++)
        s->s[t] = log(s->s[t] / total * sum);
}

static double distortion(const struct source *b, size_t x, double r1)
{
    const double p = b->py_x[2 * x + 1];
    return p * log(p / r1) + (1.0 - p) * log((1.0 - p) / (1.0 - r1));
}

/* Z(x) by its definition, with one more cluster of weight e at r1 and the others less by that. */
static double z_of(const struct source *b, size_t x, double e, double r1)
{
    const struct clusters *s = b->search;
    double z = 0.0;
    for (size_t t = 0; t < s->k; t++)
        z += exp(s->s[t] - s->beta * distortion(b, x, 1.0 / (1.0 + exp(-s->theta[t]))));
    return (1.0 - e) * z + (e > 0.0 ? e * exp(-s->beta * distortion(b, x, r1)) : 0.0);
}

/* F of the same, in nats. */
static double f_of(const struct source *b, double e, double r1)
{
    double f = 0.0;
    for (size_t x = 0; x < N; x++)
        f -= b->px[x] * log(z_of(b, x, e, r1));
    return f;
}

static double log_c(const struct source *b, double r1)
{
    double c = 0.0;
    for (size_t x = 0; x < N; x++)
        c += b->px[x] * exp(-b->search->beta * distortion(b, x, r1)) / z_of(b, x, 0.0, 0.0);
    return log(c);
}

/* The value, and what is left in r, w, log Z. */
START_TEST(evaluate)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < 30; i++) {
        struct source *b = random_source(&state);
        struct clusters *s = b->search;
        const double sum = unit_uniform(&state, 0.5, 1.5);
        random_clusters(b, &state, exp(unit_uniform(&state, -1.0, 4.0)), 1 + i % 4, sum);
        ck_assert_double_eq_tol(clusters_evaluate(b), f_of(b, 0.0, 0.0) + sum, 1e-12);
        for (size_t x = 0; x < N; x++) {
            double share = 0.0;
            ck_assert_double_eq_tol(s->log_z[x], log(z_of(b, x, 0.0, 0.0)), 1e-12);
            for (size_t t = 0; t < s->k; t++)
                share += s->w[x * s->k + t];
            ck_assert_double_eq_tol(share, 1.0, 1e-14);
        }
        source_free(b);
    }
}
END_TEST

/* What Newton's method finds is stationary: the weights add up to 1, c is 1 at every cluster and
 * level there; and it is no worse than the start. */
START_TEST(polish)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < 60; i++) {
        struct source *b = random_source(&state);
        struct clusters *s = b->search;
        random_clusters(b, &state, exp(unit_uniform(&state, 0.0, 4.0)), 1 + i % 4, 1.0);
        const double before = clusters_evaluate(b);
        clusters_polish(b);
        double sum = 0.0;
        ck_assert_double_le(clusters_evaluate(b), before + 1e-12);
        for (size_t t = 0; t < s->k; t++) {
            const double h = 1e-4;
            sum += exp(s->s[t]);
            if (fabs(s->theta[t]) > 20.0)
                continue;
            const double r = 1.0 / (1.0 + exp(-s->theta[t]));
            unit_require(fabs(log_c(b, r)) < 1e-9, "beta %g, r %g: log c %g", s->beta, r,
                         log_c(b, r));
            const double slope = log_c(b, 1.0 / (1.0 + exp(-s->theta[t] - h))) -
                                 log_c(b, 1.0 / (1.0 + exp(-s->theta[t] + h)));
            unit_require(fabs(slope) < 1e-9 * (1.0 + s->beta), "beta %g, r %g: slope %g", s->beta,
                         r, slope);
        }
        ck_assert_double_eq_tol(sum, 1.0, 1e-10);
        source_free(b);
    }
}
END_TEST

/* Two clusters in one place become one; one without weight goes. */
START_TEST(tidy)
{
    uint64_t state = 2385;
    struct source *b = random_source(&state);
    struct clusters *s = b->search;
    s->beta = 0.5; /* nothing is worth its price */
    s->k = 3;
    s->theta[0] = s->theta[1] = 0.3;
    s->theta[2] = -1.0;
    s->s[0] = s->s[1] = log(0.5);
    s->s[2] = -50.0;
    clusters_evaluate(b);
    clusters_polish(b);
    ck_assert_uint_eq(s->k, 1);
    ck_assert_double_eq_tol(exp(s->s[0]), 1.0, 1e-10);
    ck_assert_double_eq_tol(1.0 / (1.0 + exp(-s->theta[0])), b->py[1], 1e-9);
    source_free(b);
}
END_TEST

/* The maximum of c is not below a grid of r, and its bound not below the maximum; where the maximum
 * is well above 0, only the place matters, and the bound may be 5 % of it too large. */
START_TEST(peak)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < 60; i++) {
        struct source *b = random_source(&state);
        random_clusters(b, &state, exp(unit_uniform(&state, -1.0, 4.0)), 1 + i % 4, 1.0);
        if (i % 2)
            clusters_polish(b);
        clusters_evaluate(b);
        const struct peak p = peak_find(b);
        double top = -INFINITY;
        for (size_t k = 1; k < 4000; k++) {
            const double s = sin(M_PI_2 * (double)k / 4000.0);
            top = fmax(top, log_c(b, s * s));
        }
        ck_assert_double_eq_tol(log_c(b, 1.0 / (1.0 + exp(-p.theta[0]))), p.log_c, 1e-9);
        unit_require(p.bound >= top - 1e-12 && p.bound >= p.log_c - 1e-12, "bound %.12g, c %.12g",
                     p.bound, top);
        unit_require(p.bound <= fmax(top, 0.0) * 1.06 + 1e-5 * b->search->beta + 1e-9,
                     "bound %.12g, c %.12g", p.bound, top);
        if (top > 1e-3) {
            /* the weight of a cluster there: no other on the way is better */
            const double e = peak_weight(b, p.theta), r = 1.0 / (1.0 + exp(-p.theta[0]));
            const double least = f_of(b, e, r);
            ck_assert_double_lt(least, f_of(b, 0.0, r));
            for (size_t k = 1; k < 200; k++)
                unit_require(f_of(b, (double)k / 200.0, r) >= least - 1e-5 * fabs(least),
                             "weight %g is better than %g", (double)k / 200.0, e);
            const double before = clusters_evaluate(b);
            clusters_add(b, p.theta, e);
            ck_assert_double_lt(clusters_evaluate(b), before);
        }
        source_free(b);
    }
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {evaluate, polish, tidy, peak};
    return unit_run("clusters", tests, sizeof tests / sizeof *tests);
}
