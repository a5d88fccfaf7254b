/* test_stats.c -- location, spread and bootstrap intervals, against closed forms. */
#include "unit.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
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
    for (int of = STATS_MEAN; of <= STATS_MEDIAN; of++) {
        const struct stats_interval i = stats_bootstrap(x, 1, (enum stats_of)of, 100, 1);
        ck_assert_double_eq(i.value, 2.385);
        ck_assert_double_eq(i.low, 2.385);
        ck_assert_double_eq(i.high, 2.385);
    }
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

/* Of an odd number n = 2 m + 1 of different values, the median of a resample is at most the k-th
 * smallest if at least m + 1 of n draws are among the k smallest: a binomial tail (B. Efron, "The
 * jackknife, the bootstrap and other resampling plans", SIAM 1982, Section 10.3). */
START_TEST(interval_of_the_median)
{
    enum { SIZE = 25, RESAMPLES = 20000 };
    double x[SIZE];
    size_t low = 0, high = 0;
    for (size_t k = 0; k < SIZE; k++) /* value k + 0.385 at a mixed place, skewed */
        x[k * 7 % SIZE] = exp(0.2 * ((double)k + 0.385));
    for (size_t k = 1; k <= SIZE; k++) {
        const double below = gsl_cdf_binomial_Q(SIZE / 2, (double)k / SIZE, SIZE);
        /* no quantile so near a step that chance decides: 4 standard errors are 0.0044 */
        ck_assert(fabs(below - 0.025) > 0.0044 && fabs(below - 0.975) > 0.0044);
        if (below < 0.025)
            low = k;
        if (below < 0.975)
            high = k;
    }
    const struct stats_interval i = stats_bootstrap(x, SIZE, STATS_MEDIAN, RESAMPLES, 1);
    ck_assert_double_eq_tol(i.value, exp(0.2 * 12.385), 1e-12);
    ck_assert_double_eq_tol(i.low, exp(0.2 * ((double)low + 0.385)), 1e-12);
    ck_assert_double_eq_tol(i.high, exp(0.2 * ((double)high + 0.385)), 1e-12);
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
    const double x[] = {2.385, 2.385, 2.385, 2.385, 2.385};
    const struct stats_interval i = stats_bootstrap(x, 5, STATS_MEDIAN, 200, 1);
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
        const size_t n = 1 + unit_random(&state) % MOST;
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

/* Groups of one value are a plain sample; of copies, too; values of a network stay together, so two
 * networks of opposite values give their common median or either's. */
START_TEST(interval_of_groups)
{
    double x[15], copies[45];
    normal_sample(x, 15);
    for (size_t k = 0; k < 45; k++)
        copies[k] = x[k / 3];
    const struct stats_interval plain = stats_bootstrap(x, 15, STATS_MEDIAN, 500, 1);
    const struct stats_interval one = stats_bootstrap_groups(x, 15, 1, 500, 1);
    const struct stats_interval three = stats_bootstrap_groups(copies, 15, 3, 500, 1);
    ck_assert_mem_eq(&one, &plain, sizeof plain);
    ck_assert_mem_eq(&three, &plain, sizeof plain);

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
                                  seed_fixes_the_interval,
                                  interval_of_a_constant,
                                  rank_correlation,
                                  rank_correlation_by_counting,
                                  intervals_move_with_the_sample,
                                  line,
                                  interval_of_pairs,
                                  groups_of_one,
                                  interval_of_pair_groups,
                                  groups_without_pairs,
                                  ratio_of_medians,
                                  interval_of_groups};
    return unit_run("stats", tests, sizeof tests / sizeof *tests);
}
