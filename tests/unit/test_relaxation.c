/* test_relaxation.c -- relaxation times against compression: synthetic runs that relax by a known
 * law, and verdicts that come out each way. */
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

/* Layer by layer: medians over the networks that count, their rank correlation; NaN for none. */
START_TEST(one_layer)
{
    const struct relaxation x[][2] = {{{4.0, 1.0, 8.0}, {2.0, 1.0, 3.0}},
                                      {{5.0, 1.0, 16.0}, {2.0, 0.0, 3.0}},
                                      {{6.0, 1.0, 32.0}, {2.0, 0.0, 3.0}}};
    struct relaxation_points p;
    relaxation_new(&p, 3, 0.1);
    for (size_t k = 0; k < 3; k++)
        relaxation_add(&p, x[k], 2);
    const struct relaxation_layer first = relaxation_layer(&p, 0, 50, 1),
                                  second = relaxation_layer(&p, 1, 50, 1),
                                  third = relaxation_layer(&p, 2, 50, 1);
    ck_assert_uint_eq(first.networks, 3);
    ck_assert_double_eq(first.compression, 5.0);
    ck_assert_double_eq_tol(first.epochs, 16.0, 1e-9);
    ck_assert_double_eq_tol(first.correlation.value, 1.0, 1e-12);
    ck_assert_uint_eq(second.networks, 1);
    ck_assert_double_eq(second.compression, 2.0);
    ck_assert(isnan(second.correlation.value)); /* of a single network */
    ck_assert_uint_eq(third.networks, 0);
    ck_assert(isnan(third.compression) && isnan(third.epochs) && isnan(third.correlation.low));
    relaxation_free(&p);
}
END_TEST

/* How relaxation times depend on the compression. */
enum law { EXPONENTIAL, SQUARE, ROOT, NOTHING, SHRINKING };

static struct relaxation_fit fitted(enum law law, double noise)
{
    struct relaxation_points p;
    uint64_t state = 2385;
    relaxation_new(&p, NETWORKS, 0.1);
    for (size_t k = 0; k < NETWORKS; k++) {
        double compression[HIDDEN], time[HIDDEN];
        struct relaxation x[HIDDEN];
        for (size_t l = 0; l < HIDDEN; l++) {
            const double s = compression[l] = unit_uniform(&state, 1.0, 3.0);
            time[l] = law == EXPONENTIAL ? 10.0 * exp2(s)
                      : law == SQUARE    ? 10.0 * s * s
                      : law == ROOT      ? 50.0 * sqrt(s)
                      : law == NOTHING   ? 50.0
                                         : 100.0 / s;
            time[l] *= exp2(unit_uniform(&state, -noise, noise));
        }
        synthetic(compression, time);
        for (size_t l = 0; l < HIDDEN; l++)
            x[l] = relaxation_of(&record, l);
        relaxation_add(&p, x, HIDDEN);
    }
    const struct relaxation_fit fit = relaxation_fit(&p, 400, 1);
    relaxation_free(&p);
    return fit;
}

/* dt = 10 2^dS: one doubling per bit from 10 epochs on; a square and a root have their powers. */
START_TEST(laws)
{
    struct relaxation_fit fit = fitted(EXPONENTIAL, 0.0);
    ck_assert_double_eq_tol(fit.slope.value, 1.0, 0.02);
    ck_assert_double_eq_tol(fit.intercept, log2(10.0), 0.05);
    ck_assert_double_gt(fit.r2.value, 0.999);
    ck_assert_double_eq_tol(fitted(SQUARE, 0.0).power.value, 2.0, 0.02);
    fit = fitted(ROOT, 0.0);
    ck_assert_double_eq_tol(fit.power.value, 0.5, 0.02);
    ck_assert_double_eq_tol(fit.power.low, 0.5, 0.02);
    ck_assert_double_eq_tol(fitted(SHRINKING, 0.0).power.value, -1.0, 0.02);
}
END_TEST

START_TEST(every_verdict)
{
    const struct relaxation_rule rule = {.bits = 0.1, .r2 = 0.5, .power = 1.0};
    const struct {
        enum law law;
        double noise; /* doublings to either side */
        enum verdict verdict;
    } cases[] = {
        {EXPONENTIAL, 0.1, VERDICT_REPRODUCED},
        {SQUARE, 0.1, VERDICT_REPRODUCED},
        {ROOT, 0.1, VERDICT_PARTLY},   /* rises, and that explains it, but slower than linear */
        {SQUARE, 1.5, VERDICT_PARTLY}, /* rises, but chance explains more */
        {NOTHING, 0.5, VERDICT_NOT},
        {SHRINKING, 0.1, VERDICT_NOT} /* explained, but the wrong way */};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct relaxation_fit fit = fitted(cases[i].law, cases[i].noise);
        ck_assert_msg(relaxation_verdict(&fit, &rule) == cases[i].verdict, "case %zu", i);
    }
}
END_TEST

/* Nothing to fit: nothing is known, so nothing holds. */
START_TEST(no_points)
{
    const struct relaxation_rule rule = {.bits = 0.1, .r2 = 0.5, .power = 1.0};
    struct relaxation_points p;
    relaxation_new(&p, 2, 0.1);
    relaxation_add(&p, NULL, 0);
    relaxation_add(&p, NULL, 0);
    const struct relaxation_fit fit = relaxation_fit(&p, 100, 1);
    ck_assert(isnan(fit.slope.value) && isnan(fit.intercept));
    ck_assert_int_eq(relaxation_verdict(&fit, &rule), VERDICT_NOT);
    relaxation_free(&p);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {measures, by_hand,       points,   one_layer,
                                  laws,     every_verdict, no_points};
    return unit_run("relaxation", tests, sizeof tests / sizeof *tests);
}
