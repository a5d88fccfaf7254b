/* test_solve.c -- roots and minima in a bracket. */
#include "unit.h"

#include "solve.h"

struct parabola {
    double at, sign;
    size_t calls;
};

static double cubic(double x, void *arg)
{
    struct parabola *p = arg;
    p->calls++;
    return p->sign * (x * x * x - p->at);
}

/* Cube roots, from both sides and of both signs, to the tolerance asked for. */
START_TEST(roots)
{
    static const double tolerance[] = {1e-3, 1e-8, 1e-13};
    for (double root = 0.25; root < 1000.0; root *= 1.7)
        for (int sign = -1; sign <= 1; sign += 2)
            for (size_t t = 0; t < 3; t++) {
                struct parabola p = {root * root * root, sign, 0};
                const double absolute = solve_root(cubic, &p, -1.0, 2000.0, tolerance[t], 0.0);
                unit_require(fabs(absolute - root) <= tolerance[t] + 1e-15 * root,
                             "%.17g for %.17g", absolute, root);
                const double relative = solve_root(cubic, &p, 0.1, 2000.0, 0.0, tolerance[t]);
                unit_require(fabs(relative - root) <= (tolerance[t] + 1e-15) * root,
                             "%.17g for %.17g", relative, root);
            }
}
END_TEST

/* A coarser tolerance is reached in fewer steps. */
START_TEST(stops_early)
{
    struct parabola coarse = {7.0, 1.0, 0}, fine = {7.0, 1.0, 0};
    solve_root(cubic, &coarse, 0.0, 1000.0, 1.0, 0.0);
    solve_root(cubic, &fine, 0.0, 1000.0, 1e-12, 0.0);
    ck_assert_uint_lt(coarse.calls, fine.calls);
}
END_TEST

/* A step, which no method finds faster than by halving. */
static double step(double x, void *arg)
{
    struct parabola *p = arg;
    p->calls++;
    return x < p->at ? -1.0 : 1.0;
}

/* Far from 0 an absolute tolerance is the finer one. */
START_TEST(absolute_and_relative)
{
    struct parabola by_absolute = {1000.3, 1.0, 0}, by_relative = by_absolute;
    ck_assert_double_eq_tol(solve_root(step, &by_absolute, 900.0, 1100.0, 1e-6, 0.0), 1000.3, 1e-6);
    ck_assert_double_eq_tol(solve_root(step, &by_relative, 900.0, 1100.0, 0.0, 1e-6), 1000.3, 1e-3);
    ck_assert_uint_ge(by_absolute.calls, by_relative.calls + 8); /* a factor of 900 */
}
END_TEST

static double not_a_number(double x, void *arg)
{
    (void)arg;
    return x > 0.5 ? (double)NAN : -1.0;
}

START_TEST(no_root)
{
    struct parabola p = {8.0, 1.0, 0};
    ck_assert(isnan(solve_root(cubic, &p, 3.0, 5.0, 1e-9, 0.0)));
    ck_assert(isnan(solve_root(cubic, &p, -3.0, 1.0, 1e-9, 0.0)));
    ck_assert(isnan(solve_root(not_a_number, NULL, 0.0, 1.0, 1e-9, 0.0)));
    ck_assert_double_eq(solve_root(cubic, &p, 2.0, 5.0, 1e-9, 0.0), 2.0); /* at an end */
    ck_assert_double_eq(solve_root(cubic, &p, -5.0, 2.0, 1e-9, 0.0), 2.0);
}
END_TEST

static double parabola(double x, void *arg)
{
    struct parabola *p = arg;
    p->calls++;
    return p->sign + (x - p->at) * (x - p->at);
}

static struct solve_point minimum(struct parabola *p, double low, double middle, double high,
                                  double absolute, size_t steps)
{
    struct solve_point bracket[3] = {{low, 0.0}, {middle, 0.0}, {high, 0.0}};
    for (size_t i = 0; i < 3; i++)
        bracket[i].f = parabola(bracket[i].x, p);
    return solve_minimum(parabola, p, bracket, absolute, steps);
}

/* A minimum is flat, so its place is known to the root of the rounding error at best. */
START_TEST(minima)
{
    for (double at = -0.9; at < 1.0; at += 0.09) {
        struct parabola p = {at, 3.0, 0};
        const struct solve_point least = minimum(&p, -4.0, 0.1, 4.0, 1e-6, 60);
        ck_assert_double_eq_tol(least.x, at, 1e-6);
        ck_assert_double_eq_tol(least.f, 3.0, 1e-12);
    }
    struct parabola few = {0.3, 0.0, 0}, none = {0.3, 0.0, 0};
    ck_assert_double_gt(minimum(&few, -4.0, 1.7, 4.0, 1e-12, 1).f, 0.0);
    ck_assert_uint_le(few.calls, 5);
    ck_assert_double_eq(minimum(&none, -4.0, 1.7, 4.0, 1e-12, 0).x, 1.7);
}
END_TEST

static double wedge(double x, void *arg)
{
    const struct parabola *p = arg;
    return fabs(x - p->at);
}

/* The tolerance of a minimum is absolute. */
START_TEST(minimum_far_from_zero)
{
    struct parabola p = {1000.3, 0.0, 0};
    const struct solve_point bracket[] = {{900.0, 100.3}, {990.0, 10.3}, {1100.0, 99.7}};
    ck_assert_double_eq_tol(solve_minimum(wedge, &p, bracket, 1e-3, 200).x, 1000.3, 1e-3);
}
END_TEST

/* What is no bracket gives its middle. */
START_TEST(no_bracket)
{
    struct parabola p = {5.0, 0.0, 0};
    ck_assert_double_eq(minimum(&p, -4.0, 1.0, 4.0, 1e-6, 60).x, 1.0); /* falls all the way */
    p.at = -5.0;
    ck_assert_double_eq(minimum(&p, -4.0, 1.0, 4.0, 1e-6, 60).x, 1.0);
    p.at = 0.0;
    ck_assert_double_eq(minimum(&p, -1.0, -1.0, 1.0, 1e-6, 60).x, -1.0);
    ck_assert_double_eq(minimum(&p, -2.0, 0.5, 0.4, 1e-6, 60).x, 0.5);
    const struct solve_point flat[2][3] = {{{0.0, 1.0}, {1.0, 1.0}, {2.0, 3.0}},
                                           {{0.0, 3.0}, {1.0, 1.0}, {2.0, 1.0}}};
    const struct solve_point right[] = {{0.0, 5.0}, {2.0, 1.0}, {1.0, 5.0}};
    const struct solve_point left[] = {{1.0, 5.0}, {0.0, 1.0}, {2.0, 5.0}};
    ck_assert_double_eq(solve_minimum(parabola, &p, flat[0], 1e-6, 60).x, 1.0);
    ck_assert_double_eq(solve_minimum(parabola, &p, flat[1], 1e-6, 60).x, 1.0);
    ck_assert_double_eq(solve_minimum(parabola, &p, right, 1e-6, 60).x, 2.0);
    ck_assert_double_eq(solve_minimum(parabola, &p, left, 1e-6, 60).x, 0.0);
    p.sign = (double)NAN;
    ck_assert_double_eq(minimum(&p, -2.0, 0.5, 3.0, 1e-6, 60).x, 0.5);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {roots,     stops_early, absolute_and_relative,
                                  no_root,   minima,      minimum_far_from_zero,
                                  no_bracket};
    return unit_run("solve", tests, sizeof tests / sizeof *tests);
}
