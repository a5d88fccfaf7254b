/* test_stats.c -- location, spread and bootstrap intervals, against closed forms. */
#include "unit.h"

#include <gsl/gsl_multifit.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_fit.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_statistics_double.h>

#include "stats.h"

/* By hand: 1.5, 2.25, 4.75, 3.5 have mean 3; squared deviations 2.25 + 0.5625 + 3.0625 + 0.25. */
START_TEST(by_hand)
{
    const double x[] = {1.5, 2.25, 4.75, 3.5};
    ck_assert_double_eq_tol(stats_mean(x, 4), 3.0, 1e-15);
    ck_assert_double_eq_tol(stats_sd(x, 4), sqrt(6.125 / 3.0), 1e-15);
    ck_assert_double_eq_tol(stats_se(x, 4), sqrt(6.125 / 12.0), 1e-15);
    ck_assert_double_eq_tol(stats_median(x, 4), 2.875, 1e-15); /* (2.25 + 3.5)/2 */
    ck_assert_double_eq(stats_median(x, 3), 2.25);
    ck_assert_double_eq(x[2], 4.75); /* the sample keeps its order */
    ck_assert_double_eq(x[3], 3.5);
}
END_TEST

START_TEST(single_value)
{
    const double x[] = {2.385};
    ck_assert_double_eq(stats_mean(x, 1), 2.385);
    ck_assert_double_eq(stats_sd(x, 1), 0.0);
    ck_assert_double_eq(stats_se(x, 1), 0.0);
    ck_assert_double_eq(stats_median(x, 1), 2.385);
    const struct stats_interval mean = stats_bootstrap(x, 1, STATS_MEAN, 100, 1);
    ck_assert_double_eq(mean.value, 2.385);
    ck_assert_double_eq(mean.low, 2.385);
    ck_assert_double_eq(mean.high, 2.385);
    /* one value says nothing of where half of the others lie */
    const struct stats_interval median = stats_bootstrap(x, 1, STATS_MEDIAN, 100, 1);
    ck_assert_double_eq(median.value, 2.385);
    ck_assert(median.low == -INFINITY && median.high == INFINITY && median.n == 1);
}
END_TEST

/* 4, 7, 13, 16 on top of 1e9: the standard deviation is sqrt(30), which the difference of two sums
 * of squares would lose. */
START_TEST(far_from_zero)
{
    const double x[] = {1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16};
    ck_assert_double_eq_tol(stats_mean(x, 4), 1e9 + 10, 1e-6);
    ck_assert_double_eq_tol(stats_sd(x, 4), sqrt(30.0), 1e-6);
}
END_TEST

/* Arithmetic sequence of n values a distance apart: standard deviation distance sqrt(n(n+1)/12). */
START_TEST(sequence)
{
    double x[101];
    for (size_t n = 2; n <= 101; n++) {
        for (size_t k = 0; k < n; k++) /* in a mixed order: 103 is prime */
            x[k] = 0.385 * (double)((k * 103 + 1) % n) - 2.0;
        const double middle = 0.385 * (double)(n - 1) / 2.0 - 2.0;
        ck_assert_double_eq_tol(stats_mean(x, n), middle, 1e-12);
        ck_assert_double_eq_tol(stats_median(x, n), middle, 1e-12);
        ck_assert_double_eq_tol(stats_sd(x, n), 0.385 * sqrt((double)(n * (n + 1)) / 12.0), 1e-12);
    }
}
END_TEST

/* A sample like a normal one: its quantiles at (k - 1/2)/n, scaled and moved. */
static void normal_sample(double *x, size_t n)
{
    for (size_t k = 0; k < n; k++)
        x[k] = 2.385 + 0.7 * gsl_cdf_ugaussian_Pinv(((double)((7 * k) % n) + 0.5) / (double)n);
}

/* The bootstrap distribution of the mean is close to normal, with the sample's own standard
 * deviation (n in the denominator) over sqrt(n).  The 2.5 % quantile of B resamples has a standard
 * error of sqrt(0.025 0.975/B)/phi(1.96) = 2.67/sqrt(B) of it. */
START_TEST(interval_of_the_mean)
{
    enum { SIZE = 50, RESAMPLES = 20000 };
    double x[SIZE], square = 0.0;
    normal_sample(x, SIZE);
    for (size_t k = 0; k < SIZE; k++)
        square += (x[k] - 2.385) * (x[k] - 2.385) / SIZE;
    const double se = sqrt(square / SIZE);
    const struct stats_interval i = stats_bootstrap(x, SIZE, STATS_MEAN, RESAMPLES, 1);
    const double slack = 4.0 * 2.67 / sqrt(RESAMPLES) * se;
    ck_assert_double_eq_tol(i.value, 2.385, 1e-12);
    ck_assert_double_eq_tol(i.low, 2.385 - 1.959964 * se, slack);
    ck_assert_double_eq_tol(i.high, 2.385 + 1.959964 * se, slack);

    /* and so within a few percent of Student's interval, which for n = 50 has 2.0096 and n - 1 */
    const double student = gsl_cdf_tdist_Pinv(0.975, SIZE - 1) * sqrt(square / (SIZE - 1));
    ck_assert_double_eq_tol((i.high - i.low) / (2.0 * student), 1.0, 0.07);
}
END_TEST

/* How often the interval has the true median, the sum over the binomial distribution of how many of n
 * values lie below it: at least 95 %, and less with the next pair of order statistics; for 6 values the
 * least and the largest, for 5 none.  The ranks of the tables: 10 2nd and 9th, 50 18th and 33rd, 100 40th
 * and 61st (David and Nagaraja 2003; W. J. Conover, "Practical nonparametric statistics", table A3). */
START_TEST(interval_of_the_median)
{
    const struct {
        size_t n, low;
    } table[] = {{6, 1}, {10, 2}, {25, 8}, {50, 18}, {100, 40}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const size_t n = table[i].n, r = table[i].low;
        double x[100], inside = 0.0, further = 0.0;
        for (size_t k = 0; k < n; k++) /* 1, 2, ..., n, in a mixed order: 101 is prime */
            x[k] = (double)(((k + 1) * 37 % 101) * (n == 100) + (k + 1) * (n < 100));
        const struct stats_interval m = stats_bootstrap(x, n, STATS_MEDIAN, 1, 1);
        ck_assert_double_eq(m.value, 0.5 * (double)(n + 1));
        ck_assert_double_eq(m.low, (double)r);
        ck_assert_double_eq(m.high, (double)(n + 1 - r));
        ck_assert_uint_eq(m.n, n);
        for (size_t k = r; k + r <= n; k++) /* so many values lie below the true median */
            inside += gsl_ran_binomial_pdf((unsigned)k, 0.5, (unsigned)n);
        for (size_t k = r + 1; k + r + 1 <= n; k++)
            further += gsl_ran_binomial_pdf((unsigned)k, 0.5, (unsigned)n);
        ck_assert(inside >= 0.95 && further < 0.95);
    }
    const double few[] = {1.0, 2.0, 3.0, 4.0, 5.0};
    ck_assert(isinf(stats_median_exact(few, 5).low) && isinf(stats_median_exact(few, 5).high));
    /* what never happens is late; what is unknown may be either */
    double late[10], unknown[10];
    for (size_t k = 0; k < 10; k++) {
        late[k] = k < 7 ? (double)k : (double)INFINITY;
        unknown[k] = k < 8 ? (double)k : (double)NAN;
    }
    ck_assert_double_eq(stats_median_exact(late, 10).low, 1.0);
    ck_assert(isinf(stats_median_exact(late, 10).high));
    ck_assert(isinf(stats_median_exact(unknown, 10).low));
    ck_assert(isinf(stats_median_exact(unknown, 10).high));
}
END_TEST

/* Against the binomial distribution itself: at each end the tail is 2.5 %. */
START_TEST(interval_of_a_share)
{
    for (size_t n = 1; n <= 100; n += 11)
        for (size_t k = 0; k <= n; k++) {
            const struct stats_interval s = stats_share(k, n);
            ck_assert_double_eq(s.value, (double)k / (double)n);
            ck_assert(s.low <= s.value && s.value <= s.high && s.n == n);
            if (k > 0)
                ck_assert_double_eq_tol(gsl_cdf_binomial_Q((unsigned)k - 1, s.low, (unsigned)n),
                                        0.025, 1e-9);
            if (k < n)
                ck_assert_double_eq_tol(gsl_cdf_binomial_P((unsigned)k, s.high, (unsigned)n), 0.025,
                                        1e-9);
        }
    ck_assert_double_eq(stats_share(0, 9).low, 0.0);
    ck_assert_double_eq(stats_share(9, 9).high, 1.0);
}
END_TEST

/* How often the interval of a ratio of means has the true one, for skewed values: cut exponential ones,
 * x and y of one network sharing a factor, so that pairing matters. */
START_TEST(interval_of_a_ratio)
{
    enum { SIZE = 40, RUNS = 400 };
    uint64_t state = 3;
    size_t paired = 0, unpaired = 0;
    double width = 0.0, other = 0.0;
    for (size_t run = 0; run < RUNS; run++) {
        double x[SIZE], y[SIZE];
        for (size_t k = 0; k < SIZE; k++) {
            const double common = 0.3 - log(unit_uniform(&state, 0.02, 1.0));
            x[k] = 3.0 * common * unit_uniform(&state, 0.8, 1.2);
            y[k] = common * unit_uniform(&state, 0.8, 1.2);
        }
        const struct stats_interval a = stats_ratio_paired(x, y, SIZE, 400, run);
        const struct stats_interval b = stats_ratio_unpaired(x, SIZE, y, SIZE, 400, run);
        paired += a.low < 3.0 && 3.0 < a.high;
        unpaired += b.low < 3.0 && 3.0 < b.high;
        width += a.high - a.low;
        other += b.high - b.low;
    }
    /* 95 % of 400, with a standard deviation of 1.1 %; the bootstrap of 40 is a little short of it */
    ck_assert_msg(paired > 400 * 0.91 && paired < 400 * 0.985, "%zu of 400", paired);
    ck_assert_msg(unpaired > 400 * 0.97, "%zu of 400", unpaired); /* pairs taken for strangers */
    ck_assert(width < 0.5 * other);
}
END_TEST

/* BCa: the same interval, turned over, for the ratio turned over; exact for multiples; nothing without
 * a spread. */
START_TEST(ratios)
{
    enum { SIZE = 25 };
    uint64_t state = 8;
    double x[SIZE], y[SIZE], z[SIZE];
    for (size_t k = 0; k < SIZE; k++) {
        x[k] = unit_uniform(&state, 1.0, 4.0);
        y[k] = unit_uniform(&state, 1.0, 2.0);
        z[k] = 2.5 * x[k];
    }
    const struct stats_interval a = stats_ratio_paired(x, y, SIZE, 4000, 1);
    const struct stats_interval b = stats_ratio_paired(y, x, SIZE, 4000, 1);
    ck_assert_double_eq(a.value, stats_mean(x, SIZE) / stats_mean(y, SIZE));
    ck_assert_double_eq_tol(a.low * b.high, 1.0, 2e-3);
    ck_assert_double_eq_tol(a.high * b.low, 1.0, 2e-3);
    const struct stats_interval c = stats_ratio_paired(z, x, SIZE, 200, 1);
    ck_assert_double_eq_tol(c.low, 2.5, 1e-12);
    ck_assert_double_eq_tol(c.high, 2.5, 1e-12);
    const struct stats_interval d = stats_spread_ratio(z, x, SIZE, 200, 1);
    ck_assert_double_eq_tol(d.value, 2.5, 1e-12);
    ck_assert_double_eq_tol(d.high, 2.5, 1e-12);
    const struct stats_interval m = stats_median_ratio(z, x, SIZE);
    ck_assert_double_eq_tol(m.low, 2.5, 1e-12);
    ck_assert_double_eq_tol(m.high, 2.5, 1e-12);
}
END_TEST

/* The deviation of a normal sample: about the interval by chi-square; it scales with the sample, and a
 * constant has none. */
START_TEST(interval_of_a_spread)
{
    enum { SIZE = 200 };
    double x[SIZE], y[SIZE];
    normal_sample(x, SIZE);
    for (size_t k = 0; k < SIZE; k++)
        y[k] = 5.0 - 4.0 * x[k];
    const struct stats_interval a = stats_spread(x, SIZE, 4000, 1);
    ck_assert_double_eq(a.value, stats_sd(x, SIZE));
    ck_assert_uint_eq(a.n, SIZE);
    const double low = a.value * sqrt((SIZE - 1) / gsl_cdf_chisq_Pinv(0.975, SIZE - 1));
    const double high = a.value * sqrt((SIZE - 1) / gsl_cdf_chisq_Pinv(0.025, SIZE - 1));
    ck_assert_double_eq_tol(a.low, low, 0.15 * (high - low));
    ck_assert_double_eq_tol(a.high, high, 0.15 * (high - low));
    const struct stats_interval b = stats_spread(y, SIZE, 4000, 1);
    ck_assert_double_eq_tol(b.low, 4.0 * a.low, 1e-12);
    ck_assert_double_eq_tol(b.high, 4.0 * a.high, 1e-12);
    const double constant[] = {2.5, 2.5, 2.5, 2.5};
    const struct stats_interval c = stats_spread(constant, 4, 100, 1);
    ck_assert_double_eq(c.low, 0.0);
    ck_assert_double_eq(c.high, 0.0);
}
END_TEST

/* Times that never come: over a finite one infinite, under it 0, over another unknown. */
START_TEST(ratios_of_what_never_comes)
{
    const double inf = INFINITY;
    const double x[] = {1, 2, 3, 4, 5, 6, 7, inf, inf, inf};
    const double y[] = {1, 1, 1, 1, 1, 1, 1, 1, 1, inf};
    const struct stats_interval m = stats_median_ratio(x, y, 10);
    ck_assert_double_eq(m.value, 4.5); /* 1 1 2 3 4 | 5 6 7 inf inf */
    ck_assert_double_eq(m.low, 1.0);   /* -inf 1 ... */
    ck_assert(isinf(m.high));
}
END_TEST

/* A seed fixes the resamples, another has others; the sample is left alone. */
START_TEST(seed_fixes_the_interval)
{
    double x[20], before[20];
    normal_sample(x, 20);
    memcpy(before, x, sizeof x);
    for (int of = STATS_MEAN; of <= STATS_MEDIAN; of++) {
        const struct stats_interval a = stats_bootstrap(x, 20, (enum stats_of)of, 500, 7);
        const struct stats_interval b = stats_bootstrap(x, 20, (enum stats_of)of, 500, 7);
        ck_assert_double_eq(a.low, b.low);
        ck_assert_double_eq(a.high, b.high);
        ck_assert_double_lt(a.low, a.value);
        ck_assert_double_gt(a.high, a.value);
    }
    const struct stats_interval a = stats_bootstrap(x, 20, STATS_MEAN, 500, 7);
    const struct stats_interval c = stats_bootstrap(x, 20, STATS_MEAN, 500, 8);
    ck_assert_double_ne(a.low, c.low);
    ck_assert_mem_eq(before, x, sizeof x);
}
END_TEST

/* All values alike: no width. */
START_TEST(interval_of_a_constant)
{
    const double x[] = {2.385, 2.385, 2.385, 2.385, 2.385, 2.385};
    const struct stats_interval i = stats_bootstrap(x, 6, STATS_MEDIAN, 200, 1);
    ck_assert_double_eq(i.value, 2.385);
    ck_assert_double_eq(i.low, 2.385);
    ck_assert_double_eq(i.high, 2.385);
}
END_TEST

/* By hand: ranks 1 2 3 4 5 against 2 1 4 3 5, sum of squared differences 4, so
 * 1 - 6 4/(5 24) = 0.8; a monotonous function leaves it, a mirrored one turns its sign. */
START_TEST(rank_correlation)
{
    const double x[] = {1.0, 2.0, 3.0, 4.0, 5.0}, y[] = {20.0, 10.0, 40.0, 30.0, INFINITY};
    double z[5];
    ck_assert_double_eq_tol(stats_pairs(x, y, 5, STATS_RANK_CORRELATION), 0.8, 1e-14);
    for (size_t k = 0; k < 5; k++)
        z[k] = -exp(x[k]);
    ck_assert_double_eq_tol(stats_pairs(z, y, 5, STATS_RANK_CORRELATION), -0.8, 1e-14);
    /* ties have their mean rank: 1.5 1.5 3 against 1 2 3 is sqrt(3)/2 */
    const double tied[] = {7.0, 7.0, 8.0};
    ck_assert_double_eq_tol(stats_pairs(tied, x, 3, STATS_RANK_CORRELATION), sqrt(0.75), 1e-14);
    const double alike[] = {2.0, 2.0, 2.0};
    ck_assert_double_eq(stats_pairs(alike, x, 3, STATS_RANK_CORRELATION), 0.0);
}
END_TEST

/* By hand: of five values the median of the lower half, and between neighbours on a straight line. */
START_TEST(quantiles)
{
    const double x[] = {5.0, 1.0, 3.0, 2.0, 4.0}, late[] = {INFINITY, 1.0, INFINITY, 2.0};
    ck_assert_double_eq(stats_quantile(x, 5, 0.25), 2.0);
    ck_assert_double_eq(stats_quantile(x, 5, 0.75), 4.0);
    ck_assert_double_eq(stats_quantile(x, 5, 0.0), 1.0);
    ck_assert_double_eq(stats_quantile(x, 5, 1.0), 5.0);
    ck_assert_double_eq(stats_quantile(x, 4, 0.5), 2.5);
    ck_assert_double_eq(x[0], 5.0);
    ck_assert(isinf(stats_quantile(late, 4, 0.75)) && isinf(stats_quantile(late, 4, 1.0)));
}
END_TEST

/* By hand: 1 2 3 4 against 1 3 2 4 is 0.8, against 2 1 4 3 is 0.6, and 1 3 2 4 against 2 1 4 3 is 0; so
 * what is left is 0.8/sqrt(0.64), one. */
START_TEST(partial_correlation)
{
    const double x[] = {1.0, 2.0, 3.0, 4.0}, y[] = {1.0, 3.0, 2.0, 4.0}, z[] = {2.0, 1.0, 4.0, 3.0};
    ck_assert_double_eq_tol(stats_partial(x, y, z, 4), 1.0, 1e-12);
    ck_assert_double_eq_tol(stats_partial(x, z, y, 4), 1.0, 1e-12);
    /* 0 - 0.8 0.6 over 0.6 0.8 */
    ck_assert_double_eq_tol(stats_partial(y, z, x, 4), -1.0, 1e-12);
    const double alike[] = {7.0, 7.0, 7.0, 7.0};
    ck_assert_double_eq_tol(stats_partial(x, y, alike, 4), 0.8, 1e-12); /* z explains nothing */
    ck_assert_double_eq(stats_partial(x, alike, y, 4), 0.0);
    const double doubled[] = {2.0, 4.0, 6.0, 8.0}, turned[] = {-1.0, -3.0, -2.0, -4.0};
    ck_assert(isnan(stats_partial(x, y, doubled, 4)) && isnan(stats_partial(x, y, turned, 4)));
}
END_TEST

/* Slow version: the correlation of what is left of the ranks after a least-squares line on those of z.
 * Monotonous functions of the values change nothing; x and y may change places. */
START_TEST(partial_correlation_by_residuals)
{
    enum { N = 25 };
    uint64_t state = 20;
    for (size_t i = 0; i < unit_volume(200); i++) {
        double x[3][N], rank[3][N], other[N];
        for (size_t k = 0; k < N; k++) {
            const double z = unit_uniform(&state, 0.0, 1.0);
            x[2][k] = z;
            x[0][k] = z + unit_uniform(&state, 0.0, 1.0);
            x[1][k] = z - 0.5 * x[0][k] + unit_uniform(&state, 0.0, 1.0);
            other[k] = exp(3.0 * x[0][k]);
        }
        for (size_t s = 0; s < 3; s++)
            for (size_t k = 0; k < N; k++) {
                rank[s][k] = 1.0;
                for (size_t j = 0; j < N; j++)
                    rank[s][k] += x[s][j] < x[s][k];
            }
        for (size_t s = 0; s < 2; s++) {
            double c0, c1, cov00, cov01, cov11, rest;
            gsl_fit_linear(rank[2], 1, rank[s], 1, N, &c0, &c1, &cov00, &cov01, &cov11, &rest);
            for (size_t k = 0; k < N; k++)
                rank[s][k] -= c0 + c1 * rank[2][k];
        }
        const double slow = gsl_stats_correlation(rank[0], 1, rank[1], 1, N);
        unit_require(fabs(stats_partial(x[0], x[1], x[2], N) - slow) < 1e-10, "sample %zu", i);
        unit_require(fabs(stats_partial(x[1], other, x[2], N) - slow) < 1e-10, "sample %zu", i);
    }
}
END_TEST

/* Networks are resampled whole, so that a link of all three stays; where there is no value, the interval
 * reaches from -1 to 1. */
START_TEST(interval_of_the_partial_correlation)
{
    enum { N = 60 };
    uint64_t state = 60;
    double x[N], y[N], z[N];
    for (size_t k = 0; k < N; k++) {
        z[k] = unit_uniform(&state, 0.0, 1.0);
        x[k] = unit_uniform(&state, 0.0, 1.0);
        y[k] = x[k] + 0.01 * unit_uniform(&state, 0.0, 1.0) + z[k];
    }
    const struct stats_interval i = stats_bootstrap_partial(x, y, z, N, 500, 1);
    ck_assert_double_eq(i.value, stats_partial(x, y, z, N));
    ck_assert(i.low > 0.5 && i.low < i.value && i.value < i.high && i.high <= 1.0);
    ck_assert_uint_eq(i.n, N);
    const struct stats_interval none = stats_bootstrap_partial(x, y, x, N, 100, 1);
    ck_assert(isnan(none.value) && none.low <= -1.0 && none.high >= 1.0);
    /* two kinds of networks: some resamples have but one of them, and lie anywhere */
    const double few[] = {1.0, 2.0, 3.0}, mixed[] = {1.0, 3.0, 2.0}, other[] = {3.0, 2.0, 1.0};
    const struct stats_interval w = stats_bootstrap_partial(few, mixed, other, 3, 100, 1);
    ck_assert(w.low <= -1.0 && w.high >= 1.0);
}
END_TEST

/* Slow version: the rank of a value is the mean place it can have in order; the correlation of ranks is
 * that of GSL.  The same for networks in another order and for monotonous functions of the values. */
START_TEST(rank_correlation_by_counting)
{
    enum { MOST = 30 };
    uint64_t state = 31;
    for (size_t i = 0; i < unit_volume(1000); i++) {
        double x[2][MOST], rank[2][MOST], other[2][MOST];
        const size_t n = 2 + unit_random(&state) % (MOST - 1), kinds = 2 + unit_random(&state) % 40;
        const size_t turn = unit_random(&state) % n;
        for (size_t s = 0; s < 2; s++)
            for (size_t k = 0; k < n; k++) {
                const uint64_t value = unit_random(&state) % kinds;
                x[s][k] = value == 7 ? (double)INFINITY : (double)value;
                other[s][(k + turn) % n] = (s == 0 ? 1.0 : -1.0) * exp(0.1 * x[s][k]);
            }
        for (size_t s = 0; s < 2; s++)
            for (size_t k = 0; k < n; k++) {
                double below = 0.0, alike = 0.0;
                for (size_t j = 0; j < n; j++) {
                    below += x[s][j] < x[s][k];
                    alike += x[s][j] == x[s][k];
                }
                rank[s][k] = below + 0.5 * (alike + 1.0);
            }
        const double r = stats_pairs(x[0], x[1], n, STATS_RANK_CORRELATION);
        const int alike = !(stats_sd(rank[0], n) * stats_sd(rank[1], n) > 0.0);
        const double slow = alike ? 0.0 : gsl_stats_correlation(rank[0], 1, rank[1], 1, n);
        unit_require(fabs(r - slow) < 1e-12 && fabs(r) <= 1.0 + 1e-15, "%zu pairs: %g", n, r);
        unit_require(fabs(stats_pairs(x[1], x[0], n, STATS_RANK_CORRELATION) - r) < 1e-12,
                     "%zu pairs: %g", n, r);
        unit_require(fabs(stats_pairs(other[0], other[1], n, STATS_RANK_CORRELATION) + r) < 1e-12,
                     "%zu pairs: %g", n, r);
    }
}
END_TEST

/* An interval holds the median of the resamples' statistics, lies within the sample, and goes where an
 * affine function takes the sample. */
START_TEST(intervals_move_with_the_sample)
{
    enum { MOST = 25 };
    uint64_t state = 77;
    for (size_t i = 0; i < unit_volume(100); i++) {
        double x[MOST], y[MOST], least = INFINITY, most = -INFINITY;
        const size_t n = 6 + unit_random(&state) % (MOST - 5);
        const double scale = ldexp(1.0, (int)(unit_random(&state) % 9) - 4); /* exact */
        for (size_t k = 0; k < n; k++) {
            x[k] = unit_uniform(&state, -5.0, 5.0);
            y[k] = scale * x[k];
            least = fmin(least, x[k]);
            most = fmax(most, x[k]);
        }
        for (int of = STATS_MEAN; of <= STATS_MEDIAN; of++) {
            const struct stats_interval a = stats_bootstrap(x, n, (enum stats_of)of, 100, i);
            const struct stats_interval b = stats_bootstrap(y, n, (enum stats_of)of, 100, i);
            unit_require(least <= a.low && a.low <= a.high && a.high <= most, "[%g, %g]", a.low,
                         a.high);
            unit_require(least <= a.value && a.value <= most, "%g", a.value);
            unit_require(b.value == scale * a.value && b.low == scale * a.low &&
                             b.high == scale * a.high,
                         "%g times [%g, %g]", scale, a.low, a.high);
        }
        const struct stats_interval one = stats_bootstrap_ratio(y, n, x, n, 100, i);
        unit_require(one.low <= one.high, "[%g, %g]", one.low, one.high);
        unit_require(fabs(one.value - scale) <= 1e-14 * scale, "%g for %g", one.value, scale);
    }
}
END_TEST

/* By hand: x 0 1 2 3, y 1 2 4 4: slope (sum dx dy)/(sum dx^2) = 5.5/5, R^2 = 5.5^2/(5 6.75). */
START_TEST(line)
{
    const double x[] = {0.0, 1.0, 2.0, 3.0}, y[] = {1.0, 2.0, 4.0, 4.0};
    ck_assert_double_eq_tol(stats_pairs(x, y, 4, STATS_SLOPE), 1.1, 1e-14);
    ck_assert_double_eq_tol(stats_pairs(x, y, 4, STATS_R2), 30.25 / 33.75, 1e-14);
}
END_TEST

/* Independent noise around a line: the interval of the slope is near the theory's, sigma/sqrt(sum
 * dx^2) times 1.96; pairs are kept together, so a perfect line has no width. */
START_TEST(interval_of_pairs)
{
    enum { SIZE = 200 };
    double x[SIZE], y[SIZE], spread = 0.0;
    uint64_t state = 5;
    for (size_t k = 0; k < SIZE; k++) {
        x[k] = unit_uniform(&state, -1.0, 1.0);
        y[k] = 3.0 - 2.0 * x[k];
    }
    struct stats_interval i = stats_bootstrap_pairs(x, y, SIZE, STATS_SLOPE, 500, 1);
    ck_assert_double_eq_tol(i.low, -2.0, 1e-12);
    ck_assert_double_eq_tol(i.high, -2.0, 1e-12);
    i = stats_bootstrap_pairs(x, y, SIZE, STATS_RANK_CORRELATION, 500, 1);
    ck_assert_double_eq_tol(i.low, -1.0, 1e-12);
    for (size_t k = 0; k < SIZE; k++) {
        y[k] += 0.5 * gsl_cdf_ugaussian_Pinv(unit_uniform(&state, 0.0, 1.0));
        spread += gsl_pow_2(x[k] - stats_mean(x, SIZE));
    }
    i = stats_bootstrap_pairs(x, y, SIZE, STATS_SLOPE, 4000, 1);
    ck_assert_double_eq_tol((i.high - i.low) / (2.0 * 1.96 * 0.5 / sqrt(spread)), 1.0, 0.2);
    ck_assert_double_eq(i.value, stats_pairs(x, y, SIZE, STATS_SLOPE));
}
END_TEST

/* Networks of one pair each are pairs: the same resamples, the same interval. */
START_TEST(groups_of_one)
{
    enum { SIZE = 30 };
    double x[SIZE], y[SIZE];
    size_t first[SIZE + 1];
    uint64_t state = 9;
    for (size_t k = 0; k <= SIZE; k++)
        first[k] = k;
    for (size_t k = 0; k < SIZE; k++) {
        x[k] = unit_uniform(&state, -1.0, 1.0);
        y[k] = x[k] + unit_uniform(&state, -1.0, 1.0);
    }
    for (int of = STATS_SLOPE; of <= STATS_R2; of++) {
        const struct stats_interval a =
            stats_bootstrap_pairs(x, y, SIZE, (enum stats_of_pairs)of, 300, 3);
        const struct stats_interval b =
            stats_bootstrap_pair_groups(x, y, first, SIZE, (enum stats_of_pairs)of, 300, 3);
        ck_assert_double_eq(a.value, b.value);
        ck_assert_double_eq(a.low, b.low);
        ck_assert_double_eq(a.high, b.high);
    }
}
END_TEST

/* Each of n networks has the same four x and a slope of its own, s_g; centred x make the slope of all
 * pairs of a resample the mean of its s_g.  Its standard deviation is that of s over sqrt(n); the
 * pairs of a network taken for independent ones would make it half of that. */
START_TEST(interval_of_pair_groups)
{
    enum { SIZE = 60, EACH = 4 };
    double x[SIZE * EACH], y[SIZE * EACH], slope[SIZE], square = 0.0;
    size_t first[SIZE + 1] = {0};
    normal_sample(slope, SIZE);
    for (size_t g = 0; g < SIZE; g++) {
        first[g + 1] = (g + 1) * EACH;
        square += (slope[g] - 2.385) * (slope[g] - 2.385) / SIZE;
        for (size_t k = 0; k < EACH; k++) {
            x[g * EACH + k] = (double)k - 1.5;
            y[g * EACH + k] = slope[g] * ((double)k - 1.5);
        }
    }
    const struct stats_interval i =
        stats_bootstrap_pair_groups(x, y, first, SIZE, STATS_SLOPE, 4000, 1);
    ck_assert_double_eq_tol(i.value, 2.385, 1e-12);
    ck_assert_double_eq_tol((i.high - i.low) / (2.0 * 1.96 * sqrt(square / SIZE)), 1.0, 0.1);
}
END_TEST

/* One network has all pairs, two have none: (2/3)^3 of the resamples have no line and may lie
 * anywhere. */
START_TEST(groups_without_pairs)
{
    const double x[] = {0.0, 1.0, 2.0}, y[] = {1.0, 3.0, 5.0};
    const size_t first[] = {0, 0, 3, 3}, none[] = {0, 0, 0}, full[] = {0, 2, 3};
    struct stats_interval i = stats_bootstrap_pair_groups(x, y, first, 3, STATS_SLOPE, 400, 1);
    ck_assert_double_eq_tol(i.value, 2.0, 1e-14);
    ck_assert(isinf(i.low) && i.low < 0.0 && isinf(i.high) && i.high > 0.0);
    i = stats_bootstrap_pair_groups(x, y, none, 2, STATS_R2, 100, 1);
    ck_assert(isnan(i.value) && isinf(i.low) && i.low < 0.0 && isinf(i.high) && i.high > 0.0);
    /* a quarter has the third pair twice: two pairs, but one x */
    i = stats_bootstrap_pair_groups(x, y, full, 2, STATS_SLOPE, 400, 1);
    ck_assert(isinf(i.low) && isinf(i.high));
}
END_TEST

/* Least squares with a column of 0 and 1 for each kind, and one of x if asked: the sum of the squares that
 * are left, and the slope of x. */
static double rest_of(double *slope, const double *x, const double *y, const size_t *kind,
                      size_t kinds, size_t n)
{
    const size_t columns = kinds + (slope ? 1 : 0);
    gsl_matrix *m = gsl_matrix_calloc(n, columns), *cov = gsl_matrix_alloc(columns, columns);
    gsl_vector *c = gsl_vector_alloc(columns);
    gsl_vector_const_view to = gsl_vector_const_view_array(y, n);
    gsl_multifit_linear_workspace *work = gsl_multifit_linear_alloc(n, columns);
    for (size_t i = 0; i < n; i++) {
        gsl_matrix_set(m, i, kind[i], 1.0);
        if (slope)
            gsl_matrix_set(m, i, kinds, x[i]);
    }
    double rest = 0.0;
    gsl_multifit_linear(m, &to.vector, c, cov, &rest, work);
    if (slope)
        *slope = gsl_vector_get(c, kinds);
    gsl_multifit_linear_free(work);
    gsl_vector_free(c);
    gsl_matrix_free(cov);
    gsl_matrix_free(m);
    return rest;
}

/* Within kinds y rises with x, between them it falls much more: all pairs taken together fall.  Against
 * least squares with a column for each kind. */
START_TEST(lines_within_kinds)
{
    enum { NETWORKS = 30, KINDS = 3, SIZE = NETWORKS * KINDS };
    double x[SIZE], y[SIZE], slope = 0.0;
    size_t kind[SIZE], first[NETWORKS + 1] = {0};
    uint64_t state = 7;
    for (size_t i = 0; i < SIZE; i++) {
        kind[i] = (i + i / KINDS) % KINDS;
        x[i] = 5.0 * (double)kind[i] + unit_uniform(&state, 0.0, 1.0);
        y[i] = -20.0 * (double)kind[i] + 1.5 * x[i] + unit_uniform(&state, -0.5, 0.5);
        first[i / KINDS + 1] = i + 1;
    }
    const struct stats_interval s = stats_bootstrap_within(x, y, kind, KINDS, first, NETWORKS,
                                                           STATS_SLOPE, 500, 1),
                                r2 = stats_bootstrap_within(x, y, kind, KINDS, first, NETWORKS,
                                                            STATS_R2, 500, 1),
                                all = stats_bootstrap_pair_groups(x, y, first, NETWORKS,
                                                                  STATS_SLOPE, 500, 1);
    const double rest = rest_of(&slope, x, y, kind, KINDS, SIZE),
                 heights = rest_of(NULL, x, y, kind, KINDS, SIZE);
    ck_assert_double_eq_tol(s.value, slope, 1e-10);
    ck_assert_double_eq_tol(r2.value, 1.0 - rest / heights, 1e-10);
    ck_assert_uint_eq(s.n, NETWORKS);
    ck_assert(1.0 < s.low && s.low < slope && slope < s.high && s.high < 2.0);
    ck_assert_double_lt(all.high, -1.0);
}
END_TEST

/* One kind has what the whole has; a kind of a single pair has no part; where all x of each kind are
 * alike there is no line, to the last digit. */
START_TEST(kinds_without_lines)
{
    const double x[] = {0.1, 0.4, 0.3, 7.7}, y[] = {1.0, 3.0, 2.0, -90.0};
    const double same[] = {0.1, 0.1, 0.1, 7.7, 7.7, 7.7}, rise[] = {1, 2, 3, 4, 5, 6};
    const size_t one[] = {0, 0, 0, 1}, two[] = {0, 0, 0, 1, 1, 1}, first[] = {0, 3, 4},
                 of_two[] = {0, 3, 6};
    const struct stats_interval a =
        stats_bootstrap_within(x, y, one, 2, first, 2, STATS_SLOPE, 9, 1);
    ck_assert_double_eq_tol(a.value, stats_pairs(x, y, 3, STATS_SLOPE), 1e-12);
    const struct stats_interval b =
        stats_bootstrap_within(same, rise, two, 2, of_two, 2, STATS_SLOPE, 9, 1);
    ck_assert(isnan(b.value) && isinf(b.low) && isinf(b.high));
}
END_TEST

/* Two groups of one value each: no width.  Groups of which some never arrive. */
START_TEST(ratio_of_medians)
{
    const double six[] = {6.0, 6.0, 6.0}, four[] = {4.0, 4.0}, few[] = {2.0, 3.0, 4.0, INFINITY};
    const double none[] = {INFINITY, INFINITY};
    struct stats_interval i = stats_bootstrap_ratio(six, 3, four, 2, 200, 1);
    ck_assert_double_eq(i.value, 1.5);
    ck_assert_double_eq(i.low, 1.5);
    ck_assert_double_eq(i.high, 1.5);
    i = stats_bootstrap_ratio(few, 4, four, 2, 4000, 1);
    ck_assert_double_eq_tol(i.value, 3.5 / 4.0, 1e-15);
    ck_assert_double_eq_tol(i.low, 0.5, 0.13);
    ck_assert(isinf(i.high)); /* two of four at infinity: 26 % of the resamples */
    i = stats_bootstrap_ratio(none, 2, four, 2, 200, 1);
    ck_assert(isinf(i.value) && isinf(i.low) && isinf(i.high));
    i = stats_bootstrap_ratio(four, 2, none, 2, 200, 1);
    ck_assert_double_eq(i.value, 0.0);
    i = stats_bootstrap_ratio(none, 2, none, 2, 200, 1); /* nothing is known */
    ck_assert(isnan(i.value) && i.low == 0.0 && isinf(i.high));
}
END_TEST

/* Groups of one value and of copies of it are alike; values of a network stay together, so two
 * networks of opposite values give their common median or either's. */
START_TEST(interval_of_groups)
{
    double x[15], copies[45];
    normal_sample(x, 15);
    for (size_t k = 0; k < 45; k++)
        copies[k] = x[k / 3];
    const struct stats_interval one = stats_bootstrap_groups(x, 15, 1, 500, 1);
    const struct stats_interval three = stats_bootstrap_groups(copies, 15, 3, 500, 1);
    ck_assert_double_eq(one.value, stats_median(x, 15));
    ck_assert(one.low < one.value && one.value < one.high);
    ck_assert_double_eq(one.low, three.low);
    ck_assert_double_eq(one.high, three.high);

    const double two[] = {1.0, 1.0, 1.0, 9.0, 9.0, INFINITY};
    const struct stats_interval i = stats_bootstrap_groups(two, 2, 3, 500, 1);
    ck_assert_double_eq(i.value, 5.0);
    ck_assert_double_eq(i.low, 1.0);
    ck_assert_double_eq(i.high, 9.0);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {by_hand,
                                  single_value,
                                  far_from_zero,
                                  sequence,
                                  interval_of_the_mean,
                                  interval_of_the_median,
                                  interval_of_a_share,
                                  interval_of_a_ratio,
                                  ratios,
                                  interval_of_a_spread,
                                  ratios_of_what_never_comes,
                                  seed_fixes_the_interval,
                                  interval_of_a_constant,
                                  rank_correlation,
                                  rank_correlation_by_counting,
                                  quantiles,
                                  partial_correlation,
                                  partial_correlation_by_residuals,
                                  interval_of_the_partial_correlation,
                                  intervals_move_with_the_sample,
                                  line,
                                  interval_of_pairs,
                                  groups_of_one,
                                  interval_of_pair_groups,
                                  groups_without_pairs,
                                  lines_within_kinds,
                                  kinds_without_lines,
                                  ratio_of_medians,
                                  interval_of_groups};
    return unit_run("stats", tests, sizeof tests / sizeof *tests);
}
