/* test_fall.c -- the rise and fall of I(X;T): synthetic runs whose measures are known, and verdicts
 * that come out each way. */
#include "unit.h"

#include "fall.h"

enum { NETWORKS = 20, LAYERS = 6 };

static struct run_record record;

/* A run of one layer: I(X;T) rises to `peak` at epoch 100 and falls to `final` at 1000; I(T;Y) is
 * `at_peak` there, `most` at 300 and `end` at 1000. */
static void synthetic(double peak, double final, double at_peak, double most, double end)
{
    const struct run_row row[] = {{.epoch = 0, .information = {{5.0, 0.1}}},
                                  {.epoch = 100, .information = {{peak, at_peak}}},
                                  {.epoch = 300, .information = {{0.5 * (peak + final), most}}},
                                  {.epoch = 1000, .information = {{final, end}}}};
    record.rows = 4;
    record.layers = 1;
    memcpy(record.row, row, sizeof row);
}

START_TEST(measures)
{
    synthetic(8.25, 3.5, 0.5, 0.875, 0.75);
    const struct fall f = fall_of(&record, 0);
    ck_assert_double_eq(f.peak, 8.25);
    ck_assert_double_eq(f.final, 3.5);
    ck_assert_double_eq(f.fall, 4.75);
    ck_assert_double_eq(f.peak_epoch, 100.0);
    ck_assert_double_eq_tol(f.share_after, 0.9, 1e-15);
    ck_assert_double_eq(f.change, 0.25);
    ck_assert_double_eq(f.lost, 0.125);
}
END_TEST

/* A run that only rises has its peak at the end: no fall, no share. */
START_TEST(no_fall)
{
    synthetic(6.0, 7.0, 0.5, 0.6, 0.75);
    const struct fall f = fall_of(&record, 0);
    ck_assert_double_eq(f.fall, 0.0);
    ck_assert_double_eq(f.share_after, 0.0);
    ck_assert_double_eq(f.change, 0.0);
}
END_TEST

/* Sets the training accuracy at the four epochs. */
static void accuracies(double at_0, double at_100, double at_300, double at_1000)
{
    const double accuracy[] = {at_0, at_100, at_300, at_1000};
    for (size_t i = 0; i < 4; i++)
        record.row[i].train_accuracy = accuracy[i];
}

/* From 8 bits at epoch 100 over 6 at 300 to 4 at 1000: half of the fall is done at 300. */
START_TEST(timing)
{
    synthetic(8.0, 4.0, 0.5, 0.75, 0.875);
    accuracies(0.5, 0.75, 0.875, 0.90);
    struct fall_timing t = fall_timing_of(&record, 0, 0.05);
    ck_assert(isinf(t.small_epoch)); /* the error stays above 5 %, so all of the fall is before */
    ck_assert_double_eq(t.half_epoch, 300.0);
    ck_assert_double_eq(t.before, 4.0);
    ck_assert_double_eq(t.after, 0.0);
    ck_assert_double_eq(t.accuracy_peak, 0.75);
    ck_assert_double_eq(t.accuracy_half, 0.875);

    /* small from epoch 100, the peak, on; the level counts as not below */
    t = fall_timing_of(&record, 0, 0.30);
    ck_assert_double_eq(t.small_epoch, 100.0);
    ck_assert_double_eq(t.before, 0.0);
    ck_assert_double_eq(t.after, 4.0);
    t = fall_timing_of(&record, 0, 0.25);
    ck_assert(isinf(t.small_epoch)); /* two measured epochs below are not enough */

    /* small before the peak */
    accuracies(0.96, 0.97, 0.98, 0.99);
    t = fall_timing_of(&record, 0, 0.05);
    ck_assert_double_eq(t.small_epoch, 0.0);
    ck_assert_double_eq(t.before, 0.0);
    ck_assert_double_eq(t.after, 4.0);
}
END_TEST

/* Small in the middle of the fall. */
START_TEST(timing_between)
{
    synthetic(8.0, 4.0, 0.5, 0.75, 0.875);
    accuracies(0.5, 0.75, 0.96, 0.97);
    record.row[4] =
        (struct run_row){.epoch = 2000, .train_accuracy = 0.98, .information = {{3, 1}}};
    record.rows = 5;
    const struct fall_timing t = fall_timing_of(&record, 0, 0.05);
    ck_assert_double_eq(t.small_epoch, 300.0);
    ck_assert_double_eq(t.half_epoch, 1000.0); /* 5.5 bits or less */
    ck_assert_double_eq(t.before, 2.0);
    ck_assert_double_eq(t.after, 3.0);
    ck_assert_double_eq(t.accuracy_half, 0.97);
}
END_TEST

/* No fall: the half of it is where it begins, at the end. */
START_TEST(timing_without_fall)
{
    synthetic(6.0, 7.0, 0.5, 0.6, 0.75);
    accuracies(0.5, 0.75, 0.875, 0.90);
    const struct fall_timing t = fall_timing_of(&record, 0, 0.05);
    ck_assert_double_eq(t.half_epoch, 1000.0);
    ck_assert_double_eq(t.before, 0.0);
    ck_assert_double_eq(t.after, 0.0);
    ck_assert_double_eq(t.accuracy_half, 0.90);
}
END_TEST

static const struct fall_rule rule = {.bits = 0.5, .share = 0.5, .layers = 2};

/* Networks whose last hidden layers fall by about the given bits, the peak at a share of the run. */
static enum verdict judged(const double fall[LAYERS], const double share[LAYERS])
{
    struct stats_interval f[LAYERS], s[LAYERS];
    for (size_t l = 0; l < LAYERS; l++) {
        double x[NETWORKS], y[NETWORKS];
        for (size_t k = 0; k < NETWORKS; k++) {
            x[k] = fall[l] + 0.1 * ((double)k / (NETWORKS - 1) - 0.5);
            y[k] = share[l];
        }
        f[l] = stats_bootstrap(x, NETWORKS, STATS_MEAN, 200, 1);
        s[l] = stats_bootstrap(y, NETWORKS, STATS_MEDIAN, 200, 1);
    }
    return fall_verdict(f, s, LAYERS, &rule);
}

START_TEST(every_verdict)
{
    const double late[LAYERS] = {0.9, 0.9, 0.9, 0.9, 0.9, 0.9};
    const double both[LAYERS] = {0, 0, 0, 0, 0.6, 0.6}, one[LAYERS] = {0, 0, 0, 0, 0, 0.6};
    const double edge[LAYERS] = {0, 0, 0, 0, 0.5, 0.5}, early[LAYERS] = {9, 9, 9, 9, 0.1, 0.1};
    const double soon[LAYERS] = {0.9, 0.9, 0.9, 0.9, 0.9, 0.4};
    ck_assert_int_eq(judged(both, late), VERDICT_REPRODUCED);
    ck_assert_int_eq(judged(one, late), VERDICT_PARTLY);
    ck_assert_int_eq(judged(both, soon), VERDICT_PARTLY);
    ck_assert_int_eq(judged(edge, late),
                     VERDICT_NOT); /* the interval reaches below the threshold */
    ck_assert_int_eq(judged(early, late), VERDICT_NOT); /* other layers do not count */
}
END_TEST

/* Networks without noise that compress, in both layers, in one, in none. */
START_TEST(every_verdict_without_noise)
{
    const double late[LAYERS] = {0.9, 0.9, 0.9, 0.9, 0.9, 0.9};
    const double both[LAYERS] = {0, 0, 0, 0, 0.6, 0.6}, one[LAYERS] = {0, 0, 0, 0, 0, 0.6};
    const double none[LAYERS] = {0};
    ck_assert_int_eq(fall_without_noise(judged(both, late)), VERDICT_NOT);
    ck_assert_int_eq(fall_without_noise(judged(one, late)), VERDICT_PARTLY);
    ck_assert_int_eq(fall_without_noise(judged(none, late)), VERDICT_REPRODUCED);
}
END_TEST

START_TEST(every_verdict_on_overfitting)
{
    const struct stats_interval loses = {-0.2, -0.3, -0.1}, gains = {0.2, 0.1, 0.3};
    const struct stats_interval open = {-0.1, -0.3, 0.1};
    ck_assert_int_eq(fall_overfitting(loses, gains), VERDICT_REPRODUCED);
    ck_assert_int_eq(fall_overfitting(loses, open), VERDICT_REPRODUCED);
    ck_assert_int_eq(fall_overfitting(loses, loses), VERDICT_PARTLY);
    ck_assert_int_eq(fall_overfitting(open, gains), VERDICT_PARTLY);
    ck_assert_int_eq(fall_overfitting(gains, loses), VERDICT_NOT);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {measures,
                                  no_fall,
                                  timing,
                                  timing_between,
                                  timing_without_fall,
                                  every_verdict,
                                  every_verdict_without_noise,
                                  every_verdict_on_overfitting};
    return unit_run("fall", tests, sizeof tests / sizeof *tests);
}
