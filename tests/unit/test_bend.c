/* test_bend.c -- the left-bending C: synthetic networks whose bend is known, and verdicts that come
 * out each way. */
#include "unit.h"

#include "bend.h"

enum { SIZES = 7, NETWORKS = 30, LAYERS = 5 };

static const double share[SIZES] = {.04, .20, .36, .44, .60, .61, .84};
static const struct bend_rule rule = {.low = .20, .high = .60, .bits = 0.1, .layers = 2};

/* By hand: the middle sizes are the second to the fifth, their ends among them; their mean is 4. */
START_TEST(measures)
{
    const double i_xt[SIZES] = {6.5, 5.0, 4.0, 3.0, 4.0, 100.0, 4.25};
    const double known[SIZES] = {2.5, 1.0, 0.0, -1.0, 0.0, 96.0, 0.25};
    double bend[SIZES];
    bend_of(bend, i_xt, share, SIZES, &rule);
    for (size_t i = 0; i < SIZES; i++)
        ck_assert_double_eq_tol(bend[i], known[i], 1e-14);
}
END_TEST

/* A line has no bend, but ends that differ from the middle: (.04 - .40) and (.84 - .40) of the slope. */
START_TEST(line)
{
    double i_xt[SIZES], bend[SIZES];
    for (size_t i = 0; i < SIZES; i++)
        i_xt[i] = 1.0 + 10.0 * share[i];
    bend_of(bend, i_xt, share, SIZES, &rule);
    ck_assert_double_eq_tol(bend[0], -3.6, 1e-13);
    ck_assert_double_eq_tol(bend[SIZES - 1], 4.4, 1e-13);
}
END_TEST

/* Networks at every size: layer l has 4 bits at the middle sizes, more by small[l] at the smallest
 * and by large[l] at the largest, and each network a level of its own, which is no bend. */
static enum verdict judged(const double small[LAYERS], const double large[LAYERS])
{
    uint64_t state = 2385;
    struct stats_interval s[LAYERS], g[LAYERS];
    for (size_t l = 0; l < LAYERS; l++) {
        double at_small[NETWORKS], at_large[NETWORKS];
        for (size_t k = 0; k < NETWORKS; k++) {
            double i_xt[SIZES], bend[SIZES];
            const double level = unit_uniform(&state, 0.0, 20.0);
            for (size_t i = 0; i < SIZES; i++)
                i_xt[i] = level + 4.0 + unit_uniform(&state, -0.05, 0.05);
            i_xt[0] += small[l];
            i_xt[SIZES - 1] += large[l];
            bend_of(bend, i_xt, share, SIZES, &rule);
            at_small[k] = bend[0];
            at_large[k] = bend[SIZES - 1];
        }
        s[l] = stats_bootstrap(at_small, NETWORKS, STATS_MEAN, 200, 1);
        g[l] = stats_bootstrap(at_large, NETWORKS, STATS_MEAN, 200, 1);
    }
    return bend_verdict(s, g, LAYERS, &rule);
}

START_TEST(every_verdict)
{
    const double none[LAYERS] = {0}, both[LAYERS] = {0, 0, 0, 0.2, 0.2};
    const double one[LAYERS] = {0, 0, 0, 0, 0.2}, wide[LAYERS] = {2, 2, 2, 0, 0};
    const double edge[LAYERS] = {0, 0, 0, 0.1, 0.1}, right[LAYERS] = {0, 0, 0, -2, -2};
    ck_assert_int_eq(judged(both, both), VERDICT_REPRODUCED);
    ck_assert_int_eq(judged(both, one), VERDICT_PARTLY);
    ck_assert_int_eq(judged(both, right), VERDICT_PARTLY); /* a line, not a C */
    ck_assert_int_eq(judged(none, one), VERDICT_PARTLY);
    ck_assert_int_eq(judged(edge, edge), VERDICT_NOT); /* intervals reach below the threshold */
    ck_assert_int_eq(judged(wide, wide), VERDICT_NOT); /* other layers do not count */
    ck_assert_int_eq(judged(right, right), VERDICT_NOT);
}
END_TEST

/* An amount that is unknown holds nothing. */
START_TEST(unknown)
{
    const struct stats_interval nan[2] = {{NAN, NAN, NAN}, {NAN, NAN, NAN}};
    ck_assert_int_eq(bend_verdict(nan, nan, 2, &rule), VERDICT_NOT);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {measures, line, every_verdict, unknown};
    return unit_run("bend", tests, sizeof tests / sizeof *tests);
}
