/* test_relaxation.c -- relaxation times against compression: synthetic runs that relax by a known
 * law within layers and another between them, and layers that are made narrower. */
#include "unit.h"

#include "icosahedron.h"
#include "relaxation.h"

enum { NETWORKS = 12, HIDDEN = 4, PEAK = 100 };

static struct run_record record;

/* A run whose hidden layer l peaks at epoch PEAK and decays from there exponentially with the given
 * time, to the level that leaves compression[l] to the layer before.  Measured every 5 epochs of 1200
 * at most. */
static void synthetic(const double compression[HIDDEN], const double time[HIDDEN])
{
    memset(&record, 0, sizeof record);
    record.layers = HIDDEN + 1;
    record.rows = 240;
    for (size_t i = 0; i < record.rows; i++) {
        double final = TASK_BITS;
        const double epoch = 5.0 * (double)i, after = epoch - PEAK;
        record.row[i].epoch = 5 * i;
        for (size_t l = 0; l < HIDDEN; l++) {
            final -= compression[l];
            record.row[i].information[l].i_xt =
                after < 0.0 ? final + epoch / PEAK : final + exp(-after / time[l]);
        }
    }
}

/* Of an exponential decay a share 1 - 1/e is made after its own time, if it runs much longer; between
 * measured epochs 5 apart a chord is off by less than 5^2/(8 time). */
START_TEST(measures)
{
    const double compression[HIDDEN] = {0.5, 1.0, 2.0, 4.0}, time[HIDDEN] = {20, 33, 47, 60};
    synthetic(compression, time);
    for (size_t l = 0; l < HIDDEN; l++) {
        const struct relaxation x = relaxation_of(&record, l);
        const double rest = exp(-(1195.0 - PEAK) / time[l]); /* what is left of the decay */
        ck_assert_double_eq_tol(x.fall, 1.0 - rest, 1e-12);
        ck_assert_double_eq_tol(x.compression, compression[l] - (rest > 1e-12 ? rest : 0.0), 1e-7);
        ck_assert_double_eq_tol(x.epochs, time[l], 25.0 / (8.0 * time[l]) + 1e-6);
    }
}
END_TEST

/* By hand: from 8 at epoch 10 down to 4: the level is 8 - 4 (1 - 1/e) = 5.4715, between 6 at 20 and 4
 * at 40; a layer that only rises has no time. */
START_TEST(by_hand)
{
    const size_t epoch[] = {0, 10, 20, 40, 80};
    const double i_xt[] = {5.0, 8.0, 6.0, 4.0, 4.0}, rising[] = {5.0, 6.0, 7.0, 8.0, 9.0};
    record.rows = 5;
    record.layers = 3;
    for (size_t i = 0; i < 5; i++) {
        record.row[i].epoch = epoch[i];
        record.row[i].information[0].i_xt = i_xt[i];
        record.row[i].information[1].i_xt = rising[i];
    }
    const struct relaxation x = relaxation_of(&record, 0), y = relaxation_of(&record, 1);
    ck_assert_double_eq(x.compression, 8.0);
    ck_assert_double_eq(x.fall, 4.0);
    ck_assert_double_eq_tol(x.epochs, 20.0 + 20.0 * (2.0 - 4.0 / exp(1.0)) / 2.0 - 10.0, 1e-12);
    ck_assert_double_eq(y.compression, -5.0);
    ck_assert_double_eq(y.fall, 0.0);
    ck_assert(isnan(y.epochs));
    ck_assert(relaxation_counts(&x, 4.0) && !relaxation_counts(&x, 4.1));
    ck_assert(!relaxation_counts(&y, 0.1));
}
END_TEST

/* Which layers count, and to which network they belong. */
START_TEST(points)
{
    const struct relaxation x[] = {{.compression = 4.0, .fall = 1.0, .epochs = 8.0},
                                   {.compression = 4.0, .fall = 0.05, .epochs = 8.0},
                                   {.compression = 0.05, .fall = 1.0, .epochs = 8.0},
                                   {.compression = 0.5, .fall = 1.0, .epochs = 32.0}};
    struct relaxation_points p;
    relaxation_new(&p, 3, 0.1);
    relaxation_add(&p, x, 4);
    relaxation_add(&p, x + 1, 2);
    relaxation_add(&p, x, 1);
    ck_assert_uint_eq(p.networks, 3);
    ck_assert_uint_eq(p.layers, 3);
    ck_assert_uint_eq(p.left_out, 4);
    ck_assert(p.first[0] == 0 && p.first[1] == 2 && p.first[2] == 2 && p.first[3] == 3);
    ck_assert(p.layer[0] == 0 && p.layer[1] == 3 && p.layer[2] == 0);
    ck_assert(p.compression[0] == 4.0 && p.log_compression[0] == 2.0 && p.log[0] == 3.0);
    ck_assert(p.compression[1] == 0.5 && p.log_compression[1] == -1.0 && p.log[1] == 5.0);
    relaxation_free(&p);
}
END_TEST

/* Layer by layer: medians, means and what goes with what, over the networks that count; NaN for none. */
START_TEST(one_layer)
{
    const struct relaxation x[][2] = {{{4.0, 1.0, 8.0}, {2.0, 1.0, 3.0}},
                                      {{8.0, 1.0, 32.0}, {2.0, 0.0, 3.0}},
                                      {{16.0, 1.0, 128.0}, {2.0, 0.0, 3.0}}};
    struct relaxation_points p;
    relaxation_new(&p, 3, 0.1);
    for (size_t k = 0; k < 3; k++)
        relaxation_add(&p, x[k], 2);
    const struct relaxation_layer first = relaxation_layer(&p, 0, 50, 1),
                                  second = relaxation_layer(&p, 1, 50, 1),
                                  third = relaxation_layer(&p, 2, 50, 1);
    ck_assert_uint_eq(first.networks, 3);
    ck_assert_double_eq(first.compression, 8.0);
    ck_assert_double_eq_tol(first.epochs, 32.0, 1e-9);
    ck_assert_double_eq_tol(first.mean_compression, 28.0 / 3.0, 1e-12);
    ck_assert_double_eq_tol(first.mean_log[0], 3.0, 1e-12);
    ck_assert_double_eq_tol(first.mean_log[1], 5.0, 1e-12);
    ck_assert_double_eq_tol(first.power.value, 2.0, 1e-12);
    ck_assert_double_eq_tol(first.correlation.value, 1.0, 1e-12);
    ck_assert_uint_eq(second.networks, 1);
    ck_assert_double_eq(second.compression, 2.0);
    ck_assert(isnan(second.correlation.value) && isnan(second.power.low)); /* of a single network */
    ck_assert_uint_eq(third.networks, 0);
    ck_assert(isnan(third.compression) && isnan(third.epochs) && isnan(third.correlation.low));
    relaxation_free(&p);
}
END_TEST

/* How relaxation times depend on the compression. */
enum law { EXPONENTIAL, SQUARE, ROOT, SHRINKING };

/* Networks whose layers relax by a law in which each has a factor of its own: `between` times more for
 * each layer.  Layer l compresses 1 + l to 1.5 + l bits. */
static struct relaxation_fit fitted(enum law law, double between, double noise,
                                    enum relaxation_lines lines)
{
    struct relaxation_points p;
    uint64_t state = 2385;
    relaxation_new(&p, NETWORKS, 0.1);
    for (size_t k = 0; k < NETWORKS; k++) {
        struct relaxation x[HIDDEN];
        for (size_t l = 0; l < HIDDEN; l++) {
            const double s = unit_uniform(&state, 1.0 + (double)l, 1.5 + (double)l);
            double time = law == EXPONENTIAL ? 10.0 * exp2(s)
                          : law == SQUARE    ? 10.0 * s * s
                          : law == ROOT      ? 50.0 * sqrt(s)
                                             : 100.0 / s;
            time *= pow(between, (double)l) * exp2(unit_uniform(&state, -noise, noise));
            x[l] = (struct relaxation){.compression = s, .fall = 1.0, .epochs = time};
        }
        relaxation_add(&p, x, HIDDEN);
    }
    const struct relaxation_fit fit = relaxation_fit(&p, lines, 400, 1);
    relaxation_free(&p);
    return fit;
}

/* dt = 10 2^dS: one doubling per bit; a square and a root have their powers. */
START_TEST(laws)
{
    for (enum relaxation_lines lines = RELAXATION_WITHIN; lines <= RELAXATION_POOLED; lines++) {
        struct relaxation_fit fit = fitted(EXPONENTIAL, 1.0, 0.0, lines);
        ck_assert_double_eq_tol(fit.slope.value, 1.0, 1e-9);
        ck_assert_double_eq_tol(fit.slope_r2.value, 1.0, 1e-9);
        ck_assert_double_lt(fit.r2.value, 0.9999);
        fit = fitted(SQUARE, 1.0, 0.0, lines);
        ck_assert_double_eq_tol(fit.power.value, 2.0, 1e-9);
        ck_assert_double_eq_tol(fit.r2.value, 1.0, 1e-9);
        fit = fitted(ROOT, 1.0, 0.0, lines);
        ck_assert_double_eq_tol(fit.power.low, 0.5, 1e-9);
        ck_assert_double_eq_tol(fit.power.high, 0.5, 1e-9);
        ck_assert_double_eq_tol(fitted(SHRINKING, 1.0, 0.0, lines).power.value, -1.0, 1e-9);
    }
}
END_TEST

/* Each layer's time grows with the square, but layers that compress more are faster by a factor of 16:
 * pooled, times fall; within layers they do not.  And the other way round. */
START_TEST(within_and_between)
{
    struct relaxation_fit within = fitted(SQUARE, 1.0 / 16.0, 0.1, RELAXATION_WITHIN);
    const struct relaxation_fit pooled = fitted(SQUARE, 1.0 / 16.0, 0.1, RELAXATION_POOLED);
    ck_assert(within.power.low > 1.7 && within.power.high < 2.3);
    ck_assert_double_gt(within.slope.low, 0.5);
    ck_assert_double_gt(within.r2.low, 0.7);
    ck_assert_double_lt(pooled.power.high, -1.0);
    within = fitted(SHRINKING, 16.0, 0.1, RELAXATION_WITHIN);
    ck_assert_double_lt(within.power.high, -0.7);
    ck_assert_double_gt(fitted(SHRINKING, 16.0, 0.1, RELAXATION_POOLED).power.low, 1.0);
}
END_TEST

/* Nothing to fit: nothing is known. */
START_TEST(no_points)
{
    struct relaxation_points p;
    relaxation_new(&p, 2, 0.1);
    relaxation_add(&p, NULL, 0);
    relaxation_add(&p, NULL, 0);
    const struct relaxation_fit fit = relaxation_fit(&p, RELAXATION_WITHIN, 100, 1);
    ck_assert(isnan(fit.slope.value) && isinf(fit.power.low) && isinf(fit.r2.high));
    relaxation_free(&p);
}
END_TEST

/* Networks go together by their number: three times as long, 1.5 bits more. */
START_TEST(changes)
{
    enum { MANY = 40 };
    struct relaxation a[MANY], b[MANY];
    for (size_t k = 0; k < MANY; k++) {
        const double own = 1.0 + (double)(k * 17 % MANY);
        b[k] = (struct relaxation){.compression = own, .fall = 1.0, .epochs = 100.0 * own};
        a[k] = (struct relaxation){.compression = own + 1.5, .fall = 1.0, .epochs = 300.0 * own};
    }
    struct relaxation_change x = relaxation_change(a, b, MANY, 0.1, 200, 1);
    ck_assert_uint_eq(x.known, MANY);
    ck_assert_double_eq_tol(x.longer.value, 3.0, 1e-12);
    ck_assert_double_eq_tol(x.longer.low, 3.0, 1e-12);
    ck_assert_double_eq_tol(x.longer.high, 3.0, 1e-12);
    ck_assert_double_eq_tol(x.more.low, 1.5, 1e-12);
    ck_assert_double_eq_tol(x.more.high, 1.5, 1e-12);
    ck_assert_double_eq_tol(relaxation_change(b, a, MANY, 0.1, 200, 1).longer.value, 1.0 / 3.0,
                            1e-12);
    ck_assert_double_eq_tol(relaxation_change(b, a, MANY, 0.1, 200, 1).more.value, -1.5, 1e-12);

    /* thirteen that do not count, on either side, leave the interval as it is (the median's is from
     * the 14th to the 27th of 40), fourteen take its ends; the difference needs no time */
    for (size_t k = 0; k < 13; k++)
        (k % 2 ? a : b)[k].fall = 0.05;
    x = relaxation_change(a, b, MANY, 0.1, 200, 1);
    ck_assert_uint_eq(x.known, MANY - 13);
    ck_assert(x.longer.low > 2.9 && x.longer.high < 3.1);
    a[13].compression = 0.05;
    x = relaxation_change(a, b, MANY, 0.1, 200, 1);
    ck_assert(isinf(x.longer.low) && isinf(x.longer.high));
    ck_assert_double_eq_tol(x.longer.value, 3.0, 1e-12);
    ck_assert(isfinite(x.more.low) && x.more.value < 1.5);
    for (size_t k = 0; k < MANY; k++)
        a[k].fall = 0.0;
    x = relaxation_change(a, b, MANY, 0.1, 200, 1);
    ck_assert(x.known == 0 && isnan(x.longer.value));
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {measures,           by_hand,   points, one_layer, laws,
                                  within_and_between, no_points, changes};
    return unit_run("relaxation", tests, sizeof tests / sizeof *tests);
}
