/* test_bend.c -- the left-bending C: synthetic networks whose bend is known. */
#include "unit.h"

#include "bend.h"

enum { SIZES = 7 };

static const double share[SIZES] = {.04, .20, .36, .44, .60, .61, .84};
static const struct bend_rule rule = {.low = .20, .high = .60};

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

/* Both ends belong to the middle, a rounding unit beyond does not. */
START_TEST(edges)
{
    double x[4];
    const double i_xt[] = {9.0, 2.0, 4.0, 9.0};
    const double at[] = {nextafter(.20, 0.0), .20, .60, nextafter(.60, 1.0)};
    bend_of(x, i_xt, at, 4, &rule);
    ck_assert_double_eq(x[0], 6.0);
    ck_assert_double_eq(x[1], -1.0);
    ck_assert_double_eq(x[2], 1.0);
    ck_assert_double_eq(x[3], 6.0);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {measures, line, edges};
    return unit_run("bend", tests, sizeof tests / sizeof *tests);
}
