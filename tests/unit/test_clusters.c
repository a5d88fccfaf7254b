/* test_clusters.c -- the search for clusters, and the maximum of c(r) that says whether one is
 * missing, against the definitions on random sources. */
#include "unit.h"

#include "certificate.h"

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
static void random_clusters(struct clusters *s, uint64_t *state, double beta, size_t k, double sum)
{
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
static double z_of(const struct clusters *s, size_t x, double e, double r1)
{
    double z = 0.0;
    for (size_t t = 0; t < s->k; t++)
        z += exp(s->s[t] - s->beta * distortion(s->source, x, 1.0 / (1.0 + exp(-s->theta[t]))));
    return (1.0 - e) * z + (e > 0.0 ? e * exp(-s->beta * distortion(s->source, x, r1)) : 0.0);
}

/* F of the same, in nats. */
static double f_of(const struct clusters *s, double e, double r1)
{
    double f = 0.0;
    for (size_t x = 0; x < N; x++)
        f -= s->source->px[x] * log(z_of(s, x, e, r1));
    return f;
}

static double log_c(const struct clusters *s, double r1)
{
    double c = 0.0;
    for (size_t x = 0; x < N; x++)
        c += s->source->px[x] * exp(-s->beta * distortion(s->source, x, r1)) / z_of(s, x, 0.0, 0.0);
    return log(c);
}

/* The value, and what is left in r, w, log Z. */
START_TEST(evaluate)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < 30; i++) {
        struct source *b = random_source(&state);
        struct clusters *s = clusters_alloc(b);
        const double sum = unit_uniform(&state, 0.5, 1.5);
        random_clusters(s, &state, exp(unit_uniform(&state, -1.0, 4.0)), 1 + i % 4, sum);
        ck_assert_double_eq_tol(clusters_evaluate(s), f_of(s, 0.0, 0.0) + sum, 1e-12);
        for (size_t x = 0; x < N; x++) {
            double share = 0.0;
            ck_assert_double_eq_tol(s->log_z[x], log(z_of(s, x, 0.0, 0.0)), 1e-12);
            for (size_t t = 0; t < s->k; t++)
                share += s->w[x * s->k + t];
            ck_assert_double_eq_tol(share, 1.0, 1e-14);
        }
        clusters_free(s);
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
        struct clusters *s = clusters_alloc(b);
        random_clusters(s, &state, exp(unit_uniform(&state, 0.0, 4.0)), 1 + i % 4, 1.0);
        const double before = clusters_evaluate(s);
        clusters_polish(s);
        double sum = 0.0;
        ck_assert_double_le(clusters_evaluate(s), before + 1e-12);
        for (size_t t = 0; t < s->k; t++) {
            const double h = 1e-4;
            sum += exp(s->s[t]);
            if (fabs(s->theta[t]) > 20.0)
                continue;
            const double r = 1.0 / (1.0 + exp(-s->theta[t]));
            unit_require(fabs(log_c(s, r)) < 1e-9, "beta %g, r %g: log c %g", s->beta, r,
                         log_c(s, r));
            const double slope = log_c(s, 1.0 / (1.0 + exp(-s->theta[t] - h))) -
                                 log_c(s, 1.0 / (1.0 + exp(-s->theta[t] + h)));
            unit_require(fabs(slope) < 1e-9 * (1.0 + s->beta), "beta %g, r %g: slope %g", s->beta,
                         r, slope);
        }
        ck_assert_double_eq_tol(sum, 1.0, 1e-10);
        clusters_free(s);
        source_free(b);
    }
}
END_TEST

/* Two clusters in one place become one; one without weight goes. */
START_TEST(tidy)
{
    uint64_t state = 2385;
    struct source *b = random_source(&state);
    struct clusters *s = clusters_alloc(b);
    s->beta = 0.5; /* nothing is worth its price */
    s->k = 3;
    s->theta[0] = s->theta[1] = 0.3;
    s->theta[2] = -1.0;
    s->s[0] = s->s[1] = log(0.5);
    s->s[2] = -50.0;
    clusters_evaluate(s);
    clusters_polish(s);
    ck_assert_uint_eq(s->k, 1);
    ck_assert_double_eq_tol(exp(s->s[0]), 1.0, 1e-10);
    ck_assert_double_eq_tol(1.0 / (1.0 + exp(-s->theta[0])), b->py[1], 1e-9);
    clusters_free(s);
    source_free(b);
}
END_TEST

/* The maximum of c is not below a grid of r, and its bound not below the maximum; where the maximum
 * is well above 0, only the place matters, and the bound may be 5 % of it too large. */
START_TEST(certificate)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < 60; i++) {
        struct source *b = random_source(&state);
        struct clusters *work = clusters_alloc(b);
        random_clusters(work, &state, exp(unit_uniform(&state, -1.0, 4.0)), 1 + i % 4, 1.0);
        if (i % 2)
            clusters_polish(work);
        clusters_evaluate(work);
        const struct certificate p = certificate_find(work);
        double top = -INFINITY;
        for (size_t k = 1; k < 4000; k++) {
            const double s = sin(M_PI_2 * (double)k / 4000.0);
            top = fmax(top, log_c(work, s * s));
        }
        ck_assert_double_eq_tol(log_c(work, 1.0 / (1.0 + exp(-p.theta[0]))), p.log_c, 1e-9);
        unit_require(p.bound >= top - 1e-12 && p.bound >= p.log_c - 1e-12, "bound %.12g, c %.12g",
                     p.bound, top);
        unit_require(p.bound <= fmax(top, 0.0) * 1.06 + 1e-5 * work->beta + 1e-9,
                     "bound %.12g, c %.12g", p.bound, top);
        if (top > 1e-3) {
            /* the weight of a cluster there: no other on the way is better */
            const double e = certificate_weight(work, p.theta), r = 1.0 / (1.0 + exp(-p.theta[0]));
            const double least = f_of(work, e, r);
            ck_assert_double_lt(least, f_of(work, 0.0, r));
            for (size_t k = 1; k < 200; k++)
                unit_require(f_of(work, (double)k / 200.0, r) >= least - 1e-5 * fabs(least),
                             "weight %g is better than %g", (double)k / 200.0, e);
            const double before = clusters_evaluate(work);
            clusters_add(work, p.theta, e);
            ck_assert_double_lt(clusters_evaluate(work), before);
        }
        clusters_free(work);
        source_free(b);
    }
}
END_TEST

/* One input whose label is certain, so that c(r) is largest at the far end, beyond the last node: the
 * bound counts that end, too, which for beta large is the larger part. */
START_TEST(far_ends)
{
    struct source *b = source_alloc_odds((double[]){1}, (double[]){INFINITY}, 1, 2);
    struct clusters *s = clusters_alloc(b);
    s->beta = 1e150;
    s->k = 1;
    s->s[0] = 0.0;
    s->theta[0] = 710.0;
    clusters_evaluate(s);
    const struct certificate found = certificate_find(s);
    /* log c = beta (log(1 + e^-710) - log(1 + e^-u)) up to u = infinity */
    const double least = s->beta * exp(-710.0);
    ck_assert_double_eq_tol(found.bound / least, 1.0, 1e-9);
    clusters_free(s);
    source_free(b);
}
END_TEST

/* At a beta where each of five inputs is a cluster of its own and c(r) a comb of needles, the bound
 * still holds and is as close: with all clusters, with one gone, and with wrong weights. */
START_TEST(sharp)
{
    const double odds[] = {-40.0, -3.0, 0.5, 4.0, 30.0}, px[] = {1, 2, 3, 2, 1};
    struct source *b = source_alloc_odds(px, odds, 5, 2);
    struct clusters *s = clusters_alloc(b);
    for (double beta = 1e22; beta < 1e100; beta *= 1e13) {
        s->beta = beta;
        s->k = 5;
        for (size_t t = 0; t < 5; t++) {
            s->theta[t] = odds[t];
            s->s[t] = log(b->px[t]);
        }
        clusters_evaluate(s);
        struct certificate found = certificate_find(s);
        unit_require(fabs(found.log_c) < 1e-11 && found.bound >= 0.0 && found.bound < 2e-11,
                     "beta %g: log c %g, bound %g", beta, found.log_c, found.bound);
        s->s[2] += 0.25; /* its c is less by as much, another's more */
        s->s[1] -= 0.125;
        clusters_evaluate(s);
        found = certificate_find(s);
        ck_assert_double_eq_tol(found.log_c, 0.125, 1e-11);
        ck_assert_double_eq(found.theta[0], odds[1]);
        unit_require(found.bound >= 0.125 && found.bound < 0.14, "bound %g", found.bound);
        s->k = 4; /* the last input is served from afar */
        clusters_evaluate(s);
        found = certificate_find(s);
        unit_require(found.theta[0] == odds[4], "beta %g theta %.17g logc %g z %g", beta,
                     found.theta[0], found.log_c, s->log_z[4]);
        ck_assert_double_gt(found.log_c, 100.0);
    }
    clusters_free(s);
    source_free(b);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {evaluate, polish, tidy, certificate, far_ends, sharp};
    return unit_run("clusters", tests, sizeof tests / sizeof *tests);
}
