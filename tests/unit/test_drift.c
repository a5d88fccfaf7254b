/* test_drift.c -- the turn from drift to diffusion: synthetic runs whose measures are known, and
 * verdicts that come out each way. */
#include "unit.h"

#include "drift.h"

enum { NETWORKS = 20, HIDDEN = 5 };

static const struct drift_rule rule = {
    .snr = 1.0, .networks = 0.9, .error = 0.05, .factor = 3.0, .layers = 2};

static struct run_record record;

/* A run of one layer with a row every 10 epochs to 1000: weights of norm 4 that end at 6, a
 * deviation of 0.5, a mean of 1 before epoch `turn` and 0.125 from then on; the error rate falls from
 * 0.5 to 0.03 at epoch `fitted`, I(X;T) peaks at epoch `peak`. */
static void synthetic(size_t turn, size_t fitted, size_t peak)
{
    record.rows = 101;
    record.layers = 1;
    for (size_t i = 0; i < record.rows; i++) {
        const size_t epoch = 10 * i;
        record.row[i] = (struct run_row){
            .epoch = epoch,
            .train_accuracy = epoch < fitted ? 0.5 : 0.97,
            .information = {{epoch == peak ? 8.25 : 5.0, 0.5}},
            .gradient = {{epoch < turn ? 1.0 : 0.125, 0.5}},
            .weight_norm = {epoch < 1000 ? 4.0 : 6.0},
            .spectral_norm = {2.0},
        };
    }
}

START_TEST(measures)
{
    synthetic(300, 400, 150);
    const struct drift d = drift_of(&record, 0, &rule);
    ck_assert_double_eq(d.crossing, 300.0);
    ck_assert_double_eq(d.peak, 150.0);
    ck_assert_double_eq(d.fitted, 400.0);
    ck_assert_double_eq(d.by_peak, 2.0);
    ck_assert_double_eq(d.by_fitted, 0.75);
    ck_assert_double_eq(d.late, 300.0);
    ck_assert_double_eq(d.late_by_peak, 2.0);
    ck_assert_double_eq(d.late_by_fitted, 0.75);
    ck_assert_double_eq(d.late_error, 50.0);
    ck_assert_double_eq(d.spectral_start, 0.5);
    ck_assert_double_eq_tol(d.spectral_end, 0.0625, 1e-15);
    ck_assert_double_eq(d.trace_start, 0.125);
    ck_assert_double_eq(d.trace_most, 0.125);
    ck_assert_double_eq(d.trace_crossing, 300.0); /* 0.125 is below 0.25, 1 above */
    ck_assert_double_eq(d.mean_start, 0.25);
    ck_assert_double_eq(d.deviation_start, 0.125);
    ck_assert_double_eq(d.growth, 1.5);
    /* 50 rows of the last octave, the last with the larger norm */
    ck_assert_double_eq_tol(d.mean_end, (49 * 0.125 / 4 + 0.125 / 6) / 50, 1e-15);
    ck_assert_double_eq(d.deviation_most, 0.125);
    ck_assert_double_eq_tol(d.snr_end, 0.25, 1e-15);
    /* of 25 rows of the octave before, 4 still have 2, 8 times as much */
    ck_assert_double_eq_tol(d.settling, pow(8.0, -4.0 / 25.0), 1e-15);
}
END_TEST

/* The square of a deviation is another quantity: 0.125 is above 0.01. */
START_TEST(trace_is_no_deviation)
{
    synthetic(300, 400, 150);
    for (size_t i = 0; i < record.rows; i++) {
        record.row[i].gradient[0].mean *= 0.2; /* 0.2, then 0.025 */
        record.row[i].gradient[0].deviation = 0.1;
    }
    const struct drift d = drift_of(&record, 0, &rule);
    ck_assert_double_eq(d.crossing, 300.0);
    ck_assert(isinf(d.trace_crossing));
}
END_TEST

/* SNR 1/epoch: over (250, 500] and (500, 1000] its logarithms have the means of -log(epoch). */
START_TEST(octaves)
{
    synthetic(300, 400, 150);
    double last = 0.0, before = 0.0;
    for (size_t i = 1; i < record.rows; i++)
        record.row[i].gradient[0] = (struct train_gradient){1.0 / (10.0 * (double)i), 1.0};
    for (size_t epoch = 260; epoch <= 500; epoch += 10)
        before -= log((double)epoch) / 25.0;
    for (size_t epoch = 510; epoch <= 1000; epoch += 10)
        last -= log((double)epoch) / 50.0;
    const struct drift d = drift_of(&record, 0, &rule);
    ck_assert_double_eq_tol(d.snr_end, exp(last), 1e-12);
    ck_assert_double_eq_tol(d.settling, exp(last - before), 1e-12);
}
END_TEST

/* A dip in the first epochs is a crossing, but not the late one, which follows the largest ratio.  The
 * largest deviation need not be the first or the last. */
START_TEST(late_crossing)
{
    synthetic(300, 280, 150);
    for (size_t i = 2; i < 6; i++)
        record.row[i].gradient[0].mean = 0.25;
    record.row[20].gradient[0] = (struct train_gradient){4.0, 1.0};
    const struct drift d = drift_of(&record, 0, &rule);
    ck_assert_double_eq(d.crossing, 20.0);
    ck_assert_double_eq(d.late, 300.0);
    ck_assert_double_eq_tol(d.late_error, 3.0, 1e-12);
    ck_assert_double_eq(d.deviation_most, 0.25);
    ck_assert_double_eq(d.trace_most, 0.5);
}
END_TEST

/* What begins in diffusion has not turned; it may drift first and turn then. */
START_TEST(only_from_above)
{
    synthetic(0, 400, 150);
    struct drift d = drift_of(&record, 0, &rule);
    ck_assert(isinf(d.crossing) && isinf(d.by_peak) && isinf(d.by_fitted));
    synthetic(300, 400, 150);
    for (size_t i = 0; i < 10; i++)
        record.row[i].gradient[0].mean = 0.25;
    d = drift_of(&record, 0, &rule);
    ck_assert_double_eq(d.crossing, 300.0);
}
END_TEST

START_TEST(what_never_comes)
{
    synthetic(2000, 2000, 0); /* drifts to the end, is never fitted, peaks in the initial weights */
    struct drift d = drift_of(&record, 0, &rule);
    ck_assert(isinf(d.crossing) && isinf(d.fitted));
    ck_assert(isinf(d.late));
    ck_assert_double_eq(d.late_error, 50.0);
    ck_assert(isinf(d.by_peak) && isinf(d.by_fitted));
    synthetic(300, 2000, 0);
    d = drift_of(&record, 0, &rule);
    ck_assert(isinf(d.by_peak));
    ck_assert_double_eq(d.by_fitted, 0.0);
}
END_TEST

/* NETWORKS synthetic runs measured as the program does: median ratios and how many pass.  A
 * network turns at epoch `turn` or, the first `never` of them, not at all. */
static void ensemble(struct stats_interval *by_peak, struct stats_interval *by_fitted,
                     size_t *passed, size_t turn, size_t fitted, size_t peak, size_t never)
{
    double to_peak[NETWORKS], to_fitted[NETWORKS];
    *passed = 0;
    for (size_t k = 0; k < NETWORKS; k++) {
        synthetic(k < never ? 2000 : turn + 10 * (k % 3), fitted, peak);
        const struct drift d = drift_of(&record, 0, &rule);
        to_peak[k] = d.by_peak;
        to_fitted[k] = d.by_fitted;
        *passed += isfinite(d.crossing) != 0;
    }
    *by_peak = stats_bootstrap(to_peak, NETWORKS, STATS_MEDIAN, 200, 1);
    *by_fitted = stats_bootstrap(to_fitted, NETWORKS, STATS_MEDIAN, 200, 1);
}

START_TEST(every_verdict_on_the_crossing)
{
    struct stats_interval ratio;
    size_t all, most, some;
    ensemble(&ratio, &ratio, &all, 300, 300, 300, 0);
    ensemble(&ratio, &ratio, &most, 300, 300, 300, 2);
    ensemble(&ratio, &ratio, &some, 300, 300, 300, 3);
    const size_t yes[HIDDEN] = {all, all, most, all, all}, no[HIDDEN] = {some, some, some, 0, 0};
    const size_t partly[HIDDEN] = {all, all, all, all, some};
    ck_assert_uint_eq(most, 18);
    ck_assert_int_eq(drift_verdict_crossing(yes, NETWORKS, HIDDEN, &rule), VERDICT_REPRODUCED);
    ck_assert_int_eq(drift_verdict_crossing(partly, NETWORKS, HIDDEN, &rule), VERDICT_PARTLY);
    ck_assert_int_eq(drift_verdict_crossing(no, NETWORKS, HIDDEN, &rule), VERDICT_NOT);
}
END_TEST

START_TEST(every_verdict_on_the_time)
{
    struct stats_interval near, late, early, soon, open;
    size_t passed;
    ensemble(&near, &near, &passed, 300, 290, 200, 0);
    ensemble(&late, &late, &passed, 800, 290, 200, 0); /* 4 times the peak, 2.8 the fit: late */
    ensemble(&early, &soon, &passed, 100, 290, 800,
             0); /* an eighth of the peak, a third of the fit */
    ensemble(&open, &open, &passed, 300, 290, 200, 10); /* half of them never */
    const struct stats_interval all[HIDDEN] = {late, late, late, near, near};
    const struct stats_interval none[HIDDEN] = {near, near, near, early, open};
    const struct stats_interval one[HIDDEN] = {near, near, near, early, near};
    ck_assert_double_gt(soon.low, 1.0 / 3.0);
    ck_assert(isinf(open.high));
    ck_assert_int_eq(drift_verdict_timing(all, all, HIDDEN, &rule), VERDICT_REPRODUCED);
    ck_assert_int_eq(drift_verdict_timing(all, none, HIDDEN, &rule), VERDICT_PARTLY);
    ck_assert_int_eq(drift_verdict_timing(none, all, HIDDEN, &rule), VERDICT_PARTLY);
    ck_assert_int_eq(drift_verdict_timing(none, one, HIDDEN, &rule), VERDICT_PARTLY);
    ck_assert_int_eq(drift_verdict_timing(none, none, HIDDEN, &rule), VERDICT_NOT);
}
END_TEST

/* An interval that reaches the factor is not within it, on either side. */
START_TEST(at_the_edge_of_the_factor)
{
    const struct stats_interval in = {1.0, 0.34, 2.99}, low = {1.0, 1.0 / 3.0, 2.0};
    const struct stats_interval high = {1.0, 0.5, 3.0};
    const struct stats_interval two_in[] = {in, in}, two_low[] = {low, low},
                                two_high[] = {high, high};
    ck_assert_int_eq(drift_verdict_timing(two_in, two_in, 2, &rule), VERDICT_REPRODUCED);
    ck_assert_int_eq(drift_verdict_timing(two_low, two_high, 2, &rule), VERDICT_NOT);
}
END_TEST

/* By hand: 350 is nearer to 500 than to 200 by their ratio, not by their difference. */
START_TEST(nearest)
{
    const struct stats_interval x[] = {
        {.value = INFINITY}, {.value = 200}, {.value = 500}, {.value = 200}, {.value = 500}};
    ck_assert_uint_eq(drift_nearest(x, 5, 350.0), 2);
    ck_assert_uint_eq(drift_nearest(x, 2, 350.0), 1);
    ck_assert_uint_eq(drift_nearest(x, 1, 350.0), 1); /* none */
}
END_TEST

/* The error is small from its fall on, and told in percent. */
START_TEST(errors)
{
    synthetic(300, 400, 150);
    record.row[record.rows - 1].test_accuracy = 0.75;
    const struct drift_error e = drift_error_of(&record, &rule);
    ck_assert_double_eq(e.fitted, 400.0);
    ck_assert_double_eq_tol(e.train, 3.0, 1e-12);
    ck_assert_double_eq(e.test, 25.0);
    synthetic(300, 2000, 150);
    ck_assert(isinf(drift_error_of(&record, &rule).fitted));
}
END_TEST

/* Two hidden layers of three networks cross at 100 to 500, one of them never: five of six do, and the
 * median is that of all six. */
START_TEST(transition_of_a_set)
{
    static struct run_record set[3];
    const size_t turn[3][2] = {{100, 200}, {300, 400}, {500, 5000}};
    for (size_t k = 0; k < 3; k++)
        for (size_t l = 0; l < 2; l++) {
            synthetic(turn[k][l], 400, 150);
            if (l == 0)
                set[k] = record;
            set[k].layers = 3; /* the output's gradient does not count */
            for (size_t i = 0; i < record.rows; i++) {
                set[k].row[i].gradient[l] = record.row[i].gradient[0];
                set[k].row[i].weight_norm[l] = set[k].row[i].spectral_norm[l] = 1.0;
            }
        }
    double passed;
    const struct stats_interval x = drift_transition(&passed, set, 3, &rule, 100, 1);
    ck_assert_double_eq(x.value, 350.0);
    ck_assert_double_eq_tol(passed, 5.0 / 6.0, 1e-15);
    ck_assert(x.low <= x.value && x.value <= x.high);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {measures,
                                  trace_is_no_deviation,
                                  octaves,
                                  late_crossing,
                                  only_from_above,
                                  what_never_comes,
                                  every_verdict_on_the_crossing,
                                  every_verdict_on_the_time,
                                  at_the_edge_of_the_factor,
                                  nearest,
                                  errors,
                                  transition_of_a_set};
    return unit_run("drift", tests, sizeof tests / sizeof *tests);
}
