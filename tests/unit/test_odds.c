/* test_odds.c -- distributions by their log-odds: closed forms, also where a label is as good as
 * certain. */
#include "unit.h"

#include "odds.h"

/* Two labels: r = 1/(1 + exp(-theta)), its logarithm to full relative accuracy at both ends. */
START_TEST(two_labels)
{
    static const double theta[] = {-ODDS_FAR, -40.0, -3.0, -0.25, 0.0, 1.0, 7.5, 40.0, ODDS_FAR};
    for (size_t i = 0; i < sizeof theta / sizeof *theta; i++) {
        double log_r[2], r[2];
        odds_softmax(log_r, r, theta + i, 2);
        ck_assert_double_eq_tol(r[1] * (1.0 + exp(-theta[i])), 1.0, 2e-13); /* rounding of 700 */
        ck_assert_double_eq_tol(r[0] + r[1], 1.0, 1e-15);
        ck_assert_double_eq_tol(log_r[1] / -log1p(exp(-theta[i])), 1.0, 1e-15);
        ck_assert_double_eq_tol(log_r[0] / -log1p(exp(theta[i])), 1.0, 1e-15);
    }
}
END_TEST

/* Four labels: shares proportional to 1, 2, 5 and 8, whichever is the likeliest. */
START_TEST(four_labels)
{
    static const double share[][4] = {{1, 2, 5, 8}, {8, 5, 2, 1}, {2, 8, 1, 5}, {5, 1, 8, 2}};
    for (size_t i = 0; i < 4; i++) {
        double theta[3], log_r[4], r[4];
        for (size_t y = 1; y < 4; y++)
            theta[y - 1] = log(share[i][y] / share[i][0]);
        odds_softmax(log_r, r, theta, 4);
        for (size_t y = 0; y < 4; y++) {
            ck_assert_double_eq_tol(r[y], share[i][y] / 16.0, 1e-15);
            ck_assert_double_eq_tol(log_r[y], log(share[i][y] / 16.0), 1e-14);
        }
    }
}
END_TEST

/* D_KL[r || s] + D_KL[s || r] from the definition. */
START_TEST(apart)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < 200; i++) {
        const size_t ny = 2 + i % 3;
        double theta[3], other[3], r[4] = {1}, s[4] = {1}, sum_r = 1.0, sum_s = 1.0, d = 0.0;
        for (size_t y = 1; y < ny; y++) {
            theta[y - 1] = unit_uniform(&state, -5.0, 5.0);
            other[y - 1] = unit_uniform(&state, -5.0, 5.0);
            sum_r += r[y] = exp(theta[y - 1]);
            sum_s += s[y] = exp(other[y - 1]);
        }
        for (size_t y = 0; y < ny; y++) {
            const double p = r[y] / sum_r, q = s[y] / sum_s;
            d += p * log(p / q) + q * log(q / p);
        }
        ck_assert_double_eq_tol(odds_apart(theta, other, ny), d, 1e-13 * (1.0 + d));
        ck_assert_double_eq(odds_apart(other, theta, ny), odds_apart(theta, other, ny));
        ck_assert_double_eq(odds_apart(theta, theta, ny), 0.0);
    }
}
END_TEST

/* log r of the likeliest label from the others. */
START_TEST(logarithms)
{
    double log_r[3];
    odds_log(log_r, (double[]){1.0, 1e-30}, 2);
    ck_assert_double_eq(log_r[0], -1e-30);
    ck_assert_double_eq(log_r[1], log(1e-30));
    odds_log(log_r, (double[]){1e-20, 1.0, 3e-20}, 3);
    ck_assert_double_eq_tol(log_r[1] / -4e-20, 1.0, 1e-15);
    odds_log(log_r, (double[]){0.0, 1.0}, 2);
    ck_assert_double_eq(log_r[0], -INFINITY);
    ck_assert_double_eq(log_r[1], 0.0);
}
END_TEST

/* e^v - 1 - v against long double, on both sides of where the formula changes, and its series. */
START_TEST(excess)
{
    for (double v = -5.0; v < 5.0; v += 0.0137)
        if (fabs(v) > 0.01)
            ck_assert_double_eq_tol(odds_excess(v) / (double)(expm1l((long double)v) - v), 1.0,
                                    2e-15);
    ck_assert_double_eq_tol(odds_excess(1e-8) / (0.5e-16 * (1.0 + 1e-8 / 3.0)), 1.0, 1e-15);
    ck_assert_double_eq(odds_excess(0.0), 0.0);
}
END_TEST

/* r - p where both are as good as 1, and at 0. */
START_TEST(difference)
{
    ck_assert_double_eq_tol(odds_difference(1.0, -1e-30, 1.0, -1e-40) / 1e-30, 1.0, 1e-9);
    ck_assert_double_eq_tol(odds_difference(0.3, log(0.3), 0.3 + 1e-9, log(0.3 + 1e-9)), 1e-9,
                            1e-15);
    ck_assert_double_eq(odds_difference(0.0, -INFINITY, 0.25, log(0.25)), 0.25);
    ck_assert_double_eq(odds_difference(0.25, log(0.25), 0.0, -INFINITY), -0.25);
}
END_TEST

/* Distributions that differ by rounding errors are one; 1e-30 and 1e-40 are not, nor are three labels
 * of which the first is the same. */
START_TEST(groups)
{
    const double r[] = {1.0, 1e-30, 1.0, 1e-40, 0.3, 0.7, 1.0, 1e-30 * (1.0 + 1e-15),
                        1.0, 0.0,   0.3, 0.7};
    double log_r[12];
    size_t group[6];
    for (size_t i = 0; i < 6; i++)
        odds_log(log_r + 2 * i, r + 2 * i, 2);
    ck_assert_uint_eq(odds_groups(group, log_r, 6, 2), 4);
    ck_assert_uint_eq(group[0], group[3]);
    ck_assert_uint_eq(group[2], group[5]);
    ck_assert(group[0] != group[1] && group[0] != group[4] && group[1] != group[4] &&
              group[2] != group[0]);
    const double q[] = {0.2, 0.3, 0.5, 0.2, 0.5, 0.3, 0.2, 0.3, 0.5};
    for (size_t i = 0; i < 3; i++)
        odds_log(log_r + 3 * i, q + 3 * i, 3);
    ck_assert_uint_eq(odds_groups(group, log_r, 3, 3), 2);
    ck_assert_uint_eq(group[0], group[2]);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {two_labels, four_labels, apart, logarithms,
                                  excess,     difference,  groups};
    return unit_run("odds", tests, sizeof tests / sizeof *tests);
}
