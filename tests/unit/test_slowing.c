/* test_slowing.c -- transitions, steps and distances against closed forms and slow versions, and
 * verdicts that come out each way from synthetic delays and layers. */
#include "unit.h"

#include "bound.h"
#include "iteration.h"
#include "slowing.h"

enum { MOST = 8, NETWORKS = 40 };

static struct source *symmetric_channel(double p)
{
    return source_alloc((double[]){1, 1}, (double[]){1 - p, p, p, 1 - p}, 2, 2);
}

static struct source *random_source(uint64_t *state, size_t n)
{
    double px[MOST], py_x[2 * MOST];
    for (size_t x = 0; x < n; x++) {
        px[x] = unit_uniform(state, 0.1, 1.0);
        py_x[2 * x] = unit_uniform(state, 0.01, 0.99);
        py_x[2 * x + 1] = 1.0 - py_x[2 * x];
    }
    return source_alloc(px, py_x, n, 2);
}

static double kl(double p, double r)
{
    return (p > 0.0 ? p * log(p / r) : 0.0) +
           (p < 1.0 ? (1.0 - p) * log((1.0 - p) / (1.0 - r)) : 0.0);
}

/* ---- the transitions ---- */

static struct slowing_spectrum spectrum;

/* slowing_find and slowing_delays in workspaces of their own. */
static void find(const struct source *b, size_t points, double high, double precision)
{
    struct clusters *work = clusters_alloc(b);
    slowing_find(&spectrum, work, points, high, precision);
    clusters_free(work);
}

static void delays(struct slowing_delay *delay, const struct source *b, const double *critical,
                   size_t n, double near, double tolerance, size_t limit, size_t threads)
{
    struct clusters *work = clusters_alloc(b);
    slowing_delays(delay, work, critical, n, near, tolerance, limit, threads);
    clusters_free(work);
}

/* One split at 1/(1 - 2p)^2. */
START_TEST(symmetric)
{
    struct source *b = symmetric_channel(0.11);
    find(b, 100, 20.0, 1e-7);
    ck_assert_uint_eq(spectrum.n, 1);
    ck_assert_uint_eq(spectrum.births, 0);
    ck_assert_uint_eq(spectrum.others, 0);
    ck_assert_double_eq_tol(spectrum.beta[0] * 0.78 * 0.78, 1.0, 1e-5);
    ck_assert_double_lt(spectrum.global, 1e-5);
    source_free(b);
}
END_TEST

/* Six inputs of which one cluster comes, goes and comes again (see test_transition.c): 1, 2, 3, 2 and
 * 3 clusters.  Also between two points so far apart that all lie in one interval but the pair that
 * cancels out. */
START_TEST(comes_and_goes)
{
    static const double p1[] = {0.382, 0.328, 0.995, 0.756, 0.238, 0.414};
    static const size_t after[] = {2, 3, 2, 3};
    double py_x[12];
    for (size_t x = 0; x < 6; x++) {
        py_x[2 * x] = 1.0 - p1[x];
        py_x[2 * x + 1] = p1[x];
    }
    struct source *b = source_alloc((double[]){111, 198, 16, 190, 103, 382}, py_x, 6, 2);
    find(b, 200, 12.0, 1e-7);
    ck_assert_uint_eq(spectrum.n, 4);
    ck_assert_uint_eq(spectrum.births, 3);
    ck_assert_uint_eq(spectrum.others, 0);
    ck_assert_double_lt(spectrum.gap, 1e-10);
    ck_assert_double_lt(spectrum.global, 1e-7);
    for (size_t i = 0; i < 4; i++) {
        ck_assert_uint_eq(spectrum.transition[i].after, after[i]);
        ck_assert_double_eq(spectrum.beta[i], spectrum.transition[i].above.beta);
        ck_assert(i == 0 || spectrum.beta[i] > spectrum.beta[i - 1]);
    }
    find(b, 2, 12.0, 1e-7);
    ck_assert_uint_eq(spectrum.n, 2);
    ck_assert_uint_eq(spectrum.transition[1].after, 3);
    source_free(b);
}
END_TEST

/* The task at gamma 12: eleven, first found with another program (see test_transition.c). */
START_TEST(of_the_task)
{
    static struct task task;
    ck_assert_int_eq(task_init(&task, TASK_SMOOTH, 0.99), 0);
    struct source *b = classes_source(&task, 12.0);
    find(b, 400, 1000.0, 1e-8);
    ck_assert_uint_eq(spectrum.n, 11);
    ck_assert_uint_eq(spectrum.births, 11);
    ck_assert_uint_eq(spectrum.others, 0);
    ck_assert_double_eq_tol(spectrum.beta[1], 5.24293092772, 1e-6);
    ck_assert_double_eq_tol(spectrum.beta[10], 870.881694366, 1e-4);
    ck_assert_double_lt(spectrum.global, 1e-8);
    ck_assert_double_lt(spectrum.growth, 1e-6);
    source_free(b);
}
END_TEST

/* log c(r) by its definition; 0 at the clusters of an optimum and not above 0 anywhere. */
START_TEST(growth_by_definition)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < 40; i++) {
        struct source *b = random_source(&state, 2 + i % 7);
        struct bottleneck_point p = {.clusters = 0};
        const double beta = exp(unit_uniform(&state, 0.0, 4.0));
        ck_assert_int_eq(bound_solve(&p, b, beta), 0);
        for (size_t k = 1; k < 50; k++) {
            const double r = (double)k / 50.0;
            double c = 0.0;
            for (size_t x = 0; x < b->n; x++) {
                double z = 0.0;
                for (size_t t = 0; t < p.clusters; t++)
                    z += p.q[t] * exp(-beta * kl(b->py_x[2 * x + 1], p.r[2 * t + 1]));
                c += b->px[x] * exp(-beta * kl(b->py_x[2 * x + 1], r)) / z;
            }
            const double got = slowing_growth(b, &p, r);
            unit_require(fabs(got - log(c)) < 1e-10, "%zu, r %g: %.12g, %.12g", i, r, got, log(c));
            unit_require(got < 1e-10, "%zu, r %g: %g above 0", i, r, got);
        }
        for (size_t t = 0; t < p.clusters; t++)
            ck_assert_double_eq_tol(slowing_growth(b, &p, p.r[2 * t + 1]), 0.0, 1e-9);
        source_free(b);
    }
}
END_TEST

/* What it is for: beside the clusters of one beta, taken at another, a cluster at r of weight e has
 * the weight e c(r) one step later. */
START_TEST(growth_of_a_weight)
{
    uint64_t state = 2385;
    const double e = 1e-9, r = 0.3;
    for (size_t i = 0; i < 20; i++) {
        struct source *b = random_source(&state, 6);
        struct bottleneck_point p = {.clusters = 0};
        ck_assert_int_eq(bound_solve(&p, b, 2.0), 0);
        p.beta = 9.0;
        const size_t k = p.clusters + 1;
        double pt_x[MOST * MOST];
        ck_assert_uint_le(k, MOST);
        for (size_t x = 0; x < b->n; x++) {
            double z = 0.0;
            for (size_t t = 0; t + 1 < k; t++)
                z += p.q[t] * exp(-p.beta * kl(b->py_x[2 * x + 1], p.r[2 * t + 1]));
            const double small = e * exp(-p.beta * kl(b->py_x[2 * x + 1], r)) / z;
            for (size_t t = 0; t + 1 < k; t++)
                pt_x[x * k + t] = (1.0 - small) * p.q[t] / z *
                                  exp(-p.beta * kl(b->py_x[2 * x + 1], p.r[2 * t + 1]));
            pt_x[x * k + k - 1] = small;
        }
        struct iteration *it = iteration_alloc(b, k);
        ck_assert_int_eq(iteration_set(it, pt_x, p.beta), 0);
        iteration_step(it);
        ck_assert_double_eq_tol(it->log_q[k - 1] - log(e), slowing_growth(b, &p, r), 1e-6);
        iteration_free(it);
        source_free(b);
    }
}
END_TEST

/* ---- slowing down ---- */

/* Two inputs, so two clusters, step by step. */
static size_t slow_steps(double p, double beta, double tolerance, size_t limit)
{
    double at[2] = {1.0, 0.0}, change; /* p(t=0|x) */
    const double p1[2] = {p, 1.0 - p};
    size_t n = 0;
    do {
        const double q0 = 0.5 * (at[0] + at[1]), q1 = 1.0 - q0;
        const double r0 = 0.5 * (at[0] * p1[0] + at[1] * p1[1]) / q0;
        const double r1 = 0.5 * ((1 - at[0]) * p1[0] + (1 - at[1]) * p1[1]) / q1;
        change = 0.0;
        for (int x = 0; x < 2; x++) {
            const double a = q0 * exp(-beta * kl(p1[x], r0)), b = q1 * exp(-beta * kl(p1[x], r1));
            change = fmax(change, fabs(a / (a + b) - at[x]));
            at[x] = a / (a + b);
        }
        n++;
    } while (change > tolerance && n < limit);
    return n;
}

START_TEST(steps_by_hand)
{
    const double beta[] = {0.5, 1.2, 1.62, 1.67, 2.0, 5.0};
    struct source *b = symmetric_channel(0.11);
    size_t steps[6], two[6];
    slowing_steps(steps, NULL, b, beta, 6, 1e-7, 100000, 1);
    slowing_steps(two, NULL, b, beta, 6, 1e-7, 100000, 2);
    for (size_t i = 0; i < 6; i++) {
        const size_t slow = slow_steps(0.11, beta[i], 1e-7, 100000);
        unit_require(steps[i] + 1 >= slow && steps[i] <= slow + 1, "beta %g: %zu, not %zu", beta[i],
                     steps[i], slow);
        ck_assert_uint_eq(steps[i], two[i]);
    }
    ck_assert_uint_gt(steps[2], 5 * steps[1]); /* the transition is at 1.6437 */
    slowing_steps(steps, NULL, b, beta, 6, 1e-7, 50, 1);
    ck_assert_uint_eq(steps[2], 50);
    source_free(b);
}
END_TEST

/* The steps of the delays are those at the betas that the header names. */
START_TEST(delays_by_betas)
{
    const double critical[] = {1.2, 1.6437, 3.0},
                 beta[] = {1.2 * 0.95, 1.2 * 1.05, 1.6437 * 0.95,      1.6437 * 1.05,
                           3.0 * 0.95, 3.0 * 1.05, sqrt(1.2 * 1.6437), sqrt(1.6437 * 3.0)};
    struct source *b = symmetric_channel(0.11);
    struct slowing_delay delay[3];
    size_t steps[8];
    delays(delay, b, critical, 3, 0.05, 1e-7, 100000, 1);
    slowing_steps(steps, NULL, b, beta, 8, 1e-7, 100000, 1);
    for (size_t i = 0; i < 3; i++) {
        ck_assert_uint_eq(delay[i].below, steps[2 * i]);
        ck_assert_uint_eq(delay[i].above, steps[2 * i + 1]);
        ck_assert_uint_eq(delay[i].middle_before, i > 0 ? steps[5 + i] : 0);
        ck_assert_uint_eq(delay[i].middle_after, i < 2 ? steps[6 + i] : 0);
        ck_assert_double_lt(fabs(delay[i].excess), 1e-9); /* two inputs, no local optimum */
    }
    source_free(b);
}
END_TEST

/* Where the Lagrangian ends: at the optimum of the symmetric channel; and stopped after the first
 * step at beta = 1.2, from T = X, at that of p(t|x) = 1/Z exp(-beta d(x, t)) by hand. */
START_TEST(lagrangian)
{
    const double beta[] = {1.2, 2.0, 5.0};
    struct source *b = symmetric_channel(0.11);
    size_t steps[3];
    double end[3], i_x, i_y;
    slowing_steps(steps, end, b, beta, 3, 1e-9, 100000, 1);
    for (size_t i = 0; i < 3; i++) {
        struct bottleneck_point p = {.clusters = 0};
        ck_assert_int_eq(bound_solve(&p, b, beta[i]), 0);
        ck_assert_double_eq_tol(end[i], p.i_x - beta[i] * p.i_y, 1e-9);
    }
    const double w = exp(-1.2 * kl(0.11, 0.89)), a = 1.0 / (1.0 + w);
    bound_measure(&i_x, &i_y, b, (double[]){a, 1.0 - a, 1.0 - a, a}, 2);
    slowing_steps(steps, end, b, beta, 1, 1e-9, 1, 1);
    ck_assert_uint_eq(steps[0], 1);
    ck_assert_double_eq_tol(end[0], i_x - 1.2 * i_y, 1e-12);
    source_free(b);
}
END_TEST

/* The fifth transition of the softer rule, at 41.5: the iteration misses the new cluster; at the first,
 * it does not. */
START_TEST(caught)
{
    struct source *b = bound_task(12.0);
    struct slowing_delay delay[2];
    delays(delay, b, (double[]){1.08048, 41.52585}, 2, 0.01, 1e-8, 5000, 1);
    ck_assert_double_lt(fabs(delay[0].excess), 1e-9);
    ck_assert_double_gt(delay[1].excess, 1e-6);
    ck_assert_uint_lt(delay[1].above, 5000); /* it ended by itself */
    source_free(b);
}
END_TEST

/* Two transitions, half way at 4; the beta there counts to the upper one; a third without any beta. */
START_TEST(highest)
{
    const double beta[] = {1.0, 1.9, 2.0, 3.9, 4.0, 7.0, 9.0}, critical[] = {2.0, 8.0, 1e6};
    const size_t steps[] = {70, 80, 80, 20, 90, 60, 30};
    size_t at[3];
    slowing_highest(at, beta, steps, 7, critical, 3);
    ck_assert_uint_eq(at[0], 1); /* the first of several */
    ck_assert_uint_eq(at[1], 4);
    ck_assert_uint_eq(at[2], 7);
    slowing_highest(at, beta, steps, 7, critical + 1, 1);
    ck_assert_uint_eq(at[0], 4);
}
END_TEST

static struct slowing_delay around(size_t below, size_t above, size_t before, size_t after)
{
    return (struct slowing_delay){
        .below = below, .above = above, .middle_before = before, .middle_after = after};
}

static double times_of(size_t below, size_t above, size_t before, size_t after)
{
    const struct slowing_delay delay = around(below, above, before, after);
    return slowing_times(&delay);
}

START_TEST(times)
{
    ck_assert_double_eq(times_of(300, 900, 50, 100), 3.0);
    ck_assert_double_eq(times_of(900, 300, 100, 50), 3.0);
    ck_assert_double_eq(times_of(60, 60, 0, 15), 4.0);
    ck_assert_double_eq(times_of(60, 60, 30, 0), 2.0);
    ck_assert(isinf(times_of(60, 60, 0, 0)));
}
END_TEST

/* ---- layers ---- */

static const double critical[] = {1.0, M_E, 20.085536923187668}; /* logarithms 0, 1, 3 */

START_TEST(distance)
{
    ck_assert_double_eq(slowing_distance(1.0, critical, 3), 0.0);
    ck_assert_double_eq_tol(slowing_distance(exp(0.7), critical, 3), 0.3, 1e-14);
    ck_assert_double_eq_tol(slowing_distance(exp(1.75), critical, 3), 0.75, 1e-14);
    ck_assert_double_eq_tol(slowing_distance(exp(2.25), critical, 3), 0.75, 1e-14);
    ck_assert_double_eq_tol(slowing_distance(exp(-2.0), critical, 3), 2.0, 1e-14);
    ck_assert_double_eq_tol(slowing_distance(exp(5.0), critical, 3), 2.0, 1e-14);
    ck_assert(isinf(slowing_distance(INFINITY, critical, 3)));
    ck_assert(isinf(slowing_distance(0.0, critical, 3)));
}
END_TEST

/* The mean and the share over a fine grid of log beta; by hand (1 + 4)/(4 x 3). */
START_TEST(expected)
{
    ck_assert_double_eq_tol(slowing_expected(critical, 3), 5.0 / 12.0, 1e-14);
    uint64_t state = 2385;
    for (size_t i = 0; i < 20; i++) {
        double beta[6] = {exp(unit_uniform(&state, -1.0, 1.0))}, sum = 0.0, near = 0.0;
        const double ratio = 0.1 + 0.2 * (double)(i % 9);
        const size_t n = 2 + i % 5, grid = 200000;
        for (size_t k = 1; k < n; k++)
            beta[k] = beta[k - 1] * exp(unit_uniform(&state, 0.01, 2.0));
        for (size_t k = 0; k < grid; k++) {
            const double share = ((double)k + 0.5) / (double)grid;
            const double away =
                slowing_distance(beta[0] * pow(beta[n - 1] / beta[0], share), beta, n);
            sum += away;
            near += away < ratio * slowing_expected(beta, n);
        }
        ck_assert_double_eq_tol(slowing_chance(beta, n, ratio), near / (double)grid, 1e-4);
        ck_assert_double_eq_tol(slowing_expected(beta, n), sum / (double)grid, 1e-6);
    }
}
END_TEST

/* Half at a distance of .25, half of .75: the ratio is (.5/(5/12)); 0 and infinity are left out. */
START_TEST(layer_by_hand)
{
    double beta[NETWORKS];
    for (size_t k = 0; k < NETWORKS; k++)
        beta[k] = k % 2 ? exp(0.25) : exp(1.75);
    struct slowing_layer layer = slowing_layer_of(beta, NETWORKS, critical, 3, 500);
    ck_assert_double_eq(layer.finite.value, 1.0);
    ck_assert_double_eq_tol(layer.ratio.value, 1.2, 1e-13);
    ck_assert_double_lt(layer.ratio.low, 1.2);
    ck_assert_double_gt(layer.ratio.low, 0.6);
    ck_assert_double_gt(layer.ratio.high, 1.2);
    for (size_t k = 0; k < NETWORKS; k++)
        beta[k] = k % 4 == 0 ? 0.0 : k % 4 == 1 ? INFINITY : exp(1.25);
    layer = slowing_layer_of(beta, NETWORKS, critical, 3, 500);
    ck_assert_double_eq(layer.finite.value, 0.5);
    ck_assert_double_eq_tol(layer.ratio.high, 0.6, 1e-13);
    for (size_t k = 0; k < NETWORKS; k++)
        beta[k] = INFINITY;
    layer = slowing_layer_of(beta, NETWORKS, critical, 3, 500);
    ck_assert_double_eq(layer.finite.value, 0.0);
    ck_assert(isnan(layer.ratio.value) && isnan(layer.ratio.low) && isnan(layer.ratio.high));
}
END_TEST

/* Networks from a distance of .4 to one of .1, from .2 to .3, and two without a beta before or after: the
 * means are .3 and .2, and network by network the ratios 1/4 and 3/2. */
START_TEST(settling)
{
    const double before[] = {exp(0.4), exp(1.2), INFINITY, exp(1.0)};
    const double after[] = {exp(0.1), exp(1.3), exp(1.0), 0.0};
    const struct stats_interval x = slowing_settling(before, after, 4, critical, 3, 500);
    ck_assert_double_eq_tol(x.value, 2.0 / 3.0, 1e-14);
    ck_assert_double_ge(x.low, 0.25 - 1e-13);
    ck_assert_double_lt(x.low, 2.0 / 3.0);
    ck_assert_double_le(x.high, 1.5 + 1e-13);
    ck_assert_double_gt(x.high, 2.0 / 3.0);
    ck_assert_uint_eq(x.n, 2);
    ck_assert(isnan(slowing_settling(before + 2, after + 2, 2, critical, 3, 500).value));
}
END_TEST

/* Networks go together by their number: all halve a distance that differs by a factor 1000, so that the
 * ratio is the same in every resample. */
START_TEST(settling_of_pairs)
{
    double before[NETWORKS], after[NETWORKS];
    for (size_t k = 0; k < NETWORKS; k++) {
        const double far = 0.4 * pow(10.0, -3.0 * (double)k / NETWORKS);
        before[k] = exp(far);
        after[k] = exp(0.5 * far);
    }
    const struct stats_interval x = slowing_settling(before, after, NETWORKS, critical, 3, 500);
    ck_assert_double_eq_tol(x.low, 0.5, 1e-9);
    ck_assert_double_eq_tol(x.high, 0.5, 1e-9);
}
END_TEST

/* By hand: an interval from half to twice its value reaches 2^1.4294 to either side; a narrow one tells
 * all but the limit itself. */
START_TEST(told_by_hand)
{
    const struct slowing_power wide =
        slowing_told((struct stats_interval){.value = 0.3, .low = 0.15, .high = 0.6}, 0.5);
    ck_assert_double_eq_tol(wide.below, 0.5 / 2.69338, 1e-4);
    ck_assert_double_eq_tol(wide.above, 0.5 * 2.69338, 1e-4);
    const struct slowing_power exact = slowing_told(stats_exact(2.0), 0.5);
    ck_assert_double_eq(exact.below, 0.5);
    ck_assert_double_eq(exact.above, 0.5);
    ck_assert(isnan(slowing_told(stats_exact(NAN), 0.5).below));
    ck_assert(isnan(
        slowing_told((struct stats_interval){.value = 0.3, .low = 0.0, .high = 0.6}, 0.5).above));
}
END_TEST

/* Four of five draws of networks whose true mean is the one that is said tell it from the limit, on
 * either side: distances with the exponential law. */
START_TEST(told_by_drawing)
{
    enum { DRAWS = 400 };
    uint64_t state = 2385;
    struct slowing_power told = {0.0, 0.0};
    double ratio[DRAWS][NETWORKS];
    size_t below = 0, above = 0;
    for (size_t i = 0; i < DRAWS; i++) {
        for (size_t k = 0; k < NETWORKS; k++)
            ratio[i][k] = -log(unit_uniform(&state, 1e-300, 1.0));
        const struct stats_interval x = stats_bootstrap(ratio[i], NETWORKS, STATS_MEAN, 400, 1 + i);
        const struct slowing_power p = slowing_told(x, 1.0);
        told.below += p.below / DRAWS;
        told.above += p.above / DRAWS;
    }
    for (size_t i = 0; i < DRAWS; i++) {
        const struct stats_interval x = stats_bootstrap(ratio[i], NETWORKS, STATS_MEAN, 400, 1 + i);
        below += told.below * x.high < 1.0;
        above += told.above * x.low > 1.0;
    }
    ck_assert_double_eq_tol((double)below / DRAWS, 0.8, 0.07);
    ck_assert_double_eq_tol((double)above / DRAWS, 0.8, 0.07);
}
END_TEST

/* Why an untrained layer is near the first transition: the beta of a layer that knows next to nothing
 * about Y is transition_local.  Each class is dealt out among three clusters at random, by almost
 * equal shares. */
START_TEST(ignorance)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < 10; i++) {
        struct source *b = random_source(&state, MOST);
        double count[MOST * 3];
        for (size_t x = 0; x < MOST; x++)
            for (size_t t = 0; t < 3; t++)
                count[x * 3 + t] = b->px[x] * (1.0 + 1e-4 * unit_uniform(&state, -1.0, 1.0));
        struct encoder *layer = encoder_alloc(b, count, 3);
        ck_assert_double_eq_tol(encoder_beta(layer) / transition_local(b), 1.0, 1e-3);
        encoder_free(layer);
        source_free(b);
    }
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {symmetric,
                                  comes_and_goes,
                                  of_the_task,
                                  growth_by_definition,
                                  growth_of_a_weight,
                                  steps_by_hand,
                                  delays_by_betas,
                                  lagrangian,
                                  caught,
                                  highest,
                                  times,
                                  distance,
                                  expected,
                                  layer_by_hand,
                                  settling,
                                  settling_of_pairs,
                                  told_by_hand,
                                  told_by_drawing,
                                  ignorance};
    return unit_run("slowing", tests, sizeof tests / sizeof *tests);
}
