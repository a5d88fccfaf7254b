/* test_edges.c -- rules at their edges: values that lie on a threshold, intervals whose end and whose
 * value lie on different sides of it, conditions that are none. */
#include "unit.h"

#include "arrival.h"
#include "drift.h"
#include "fall.h"
#include "relaxation.h"
#include "slowing.h"

/* Rules need all of an interval, so what is within has a rounding unit to spare, and what touches is
 * out. */
static double above(double x)
{
    return nextafter(x, (double)INFINITY);
}

static double below(double x)
{
    return nextafter(x, -(double)INFINITY);
}

static struct stats_interval interval(double low, double value, double high)
{
    return (struct stats_interval){.value = value, .low = low, .high = high};
}

/* A rule without conditions shows nothing. */
START_TEST(no_conditions)
{
    ck_assert_int_eq(verdict_of(0, 0), VERDICT_NOT);
    ck_assert_int_eq(fall_verdict(NULL, NULL, 0, &(struct fall_rule){.layers = 0}), VERDICT_NOT);
    ck_assert_int_eq(arrival_verdict(NULL, 0, 2.0), VERDICT_NOT);
    ck_assert_int_eq(slowing_layers(NULL, 0, &(struct slowing_rule){.layers = 0}), VERDICT_NOT);
}
END_TEST

/* The fall by the lower end of its interval, the share of the training after the peak by its value. */
START_TEST(fall)
{
    const struct fall_rule rule = {.bits = 0.5, .share = 0.5, .layers = 1};
    const struct stats_interval falls = interval(above(0.5), 0.9, 1.2);
    const struct stats_interval late = interval(0.1, above(0.5), 0.9);
    ck_assert_int_eq(fall_verdict(&falls, &late, 1, &rule), VERDICT_REPRODUCED);
    const struct stats_interval at = interval(0.5, 0.9, 1.2), soon = interval(0.1, 0.5, 0.9);
    ck_assert_int_eq(fall_verdict(&at, &late, 1, &rule), VERDICT_NOT);
    ck_assert_int_eq(fall_verdict(&falls, &soon, 1, &rule), VERDICT_NOT);
}
END_TEST

/* Each of the three conditions by the lower end of its interval. */
START_TEST(relaxation)
{
    const struct relaxation_rule rule = {.bits = 0.1, .r2 = 0.5, .power = 1.0};
    const struct relaxation_fit all = {.slope = interval(above(0.0), 1.0, 2.0),
                                       .r2 = interval(above(0.5), 0.7, 0.9),
                                       .power = interval(above(1.0), 2.0, 3.0)};
    ck_assert_int_eq(relaxation_verdict(&all, &rule), VERDICT_REPRODUCED);
    struct relaxation_fit fit = all;
    fit.r2.low = 0.5;
    ck_assert_int_eq(relaxation_verdict(&fit, &rule), VERDICT_PARTLY);
    fit = all;
    fit.power.low = 1.0;
    ck_assert_int_eq(relaxation_verdict(&fit, &rule), VERDICT_PARTLY);
    fit = all;
    fit.slope.low = 0.0; /* does not rise for certain, so that what it explains is no support */
    fit.power.low = 1.0;
    ck_assert_int_eq(relaxation_verdict(&fit, &rule), VERDICT_NOT);

    const struct relaxation counts = {.compression = 0.1, .fall = 0.1, .epochs = 7.0};
    ck_assert(relaxation_counts(&counts, 0.1));
    ck_assert(!relaxation_counts(&counts, above(0.1)));
    struct relaxation less = counts;
    less.fall = below(0.1);
    ck_assert(!relaxation_counts(&less, 0.1));
    less = counts;
    less.compression = below(0.1);
    ck_assert(!relaxation_counts(&less, 0.1));
}
END_TEST

/* A layer at the level exactly has made the share; the relaxation ends at that epoch, wherever the next
 * one lies. */
START_TEST(relaxation_at_the_level)
{
    static struct run_record record = {.layers = 2, .rows = 4};
    const size_t epoch[] = {0, 10, 30, 1000};
    const double level = 8.0 - (1.0 - 1.0 / 2.7182818284590452354) * 4.0;
    const double i_xt[] = {8.0, 7.0, level, 4.0};
    for (size_t i = 0; i < 4; i++) {
        record.row[i].epoch = epoch[i];
        record.row[i].information[0].i_xt = i_xt[i];
    }
    ck_assert_double_eq(relaxation_of(&record, 0).epochs, 30.0);
}
END_TEST

/* From above the level to below it: a ratio that only reaches the level is on neither side.  An onset at
 * the turn is not before it. */
START_TEST(drift)
{
    static struct run_record record = {.layers = 1, .rows = 8};
    const struct drift_rule rule = {.snr = 1.0, .early = 0.2};
    const struct fall_rule falls = {.bits = 0.5, .part = 0.1, .error = 0.05};
    const double snr[] = {2.0, 2.0, 1.0, 0.5, 0.5, 0.5, 0.5, 0.5};
    for (size_t i = 0; i < record.rows; i++)
        record.row[i] = (struct run_row){.epoch = 10 * i,
                                         .gradient = {{snr[i], 1.0}},
                                         .weight_norm = {1.0},
                                         .spectral_norm = {1.0}};
    ck_assert(isinf(drift_of(&record, 0, &rule, &falls).turn));
    record.row[2].gradient[0].mean = above(1.0);
    ck_assert_double_eq(drift_of(&record, 0, &rule, &falls).turn, 30.0);
    record.row[3].gradient[0].mean = 1.0;
    ck_assert_double_eq(drift_of(&record, 0, &rule, &falls).turn, 40.0);
    record.row[3].gradient[0].mean = below(1.0);
    ck_assert_double_eq(drift_of(&record, 0, &rule, &falls).turn, 30.0);

    const struct drift at = {.turn = 30.0, .onset = 30.0},
                       soon = {.turn = 30.0, .onset = below(30.0)};
    ck_assert_double_eq(drift_over_networks(&at, 1, 10).onset_after_turn.value, 1.0);
    ck_assert_double_eq(drift_over_networks(&soon, 1, 10).onset_after_turn.value, 0.0);
}
END_TEST

/* A layer is near transitions by the upper end; the share of networks may be just what is asked. */
START_TEST(slowing)
{
    const struct slowing_rule rule = {.ratio = 0.5, .share = 0.75, .layers = 1};
    const struct slowing_layer near = {interval(0.1, 0.2, below(0.5)), 0.75};
    ck_assert_int_eq(slowing_layers(&near, 1, &rule), VERDICT_REPRODUCED);
    const struct slowing_layer touches = {interval(0.1, 0.2, 0.5), 0.75};
    const struct slowing_layer rare = {interval(0.1, 0.2, 0.3), below(0.75)};
    ck_assert_int_eq(slowing_layers(&touches, 1, &rule), VERDICT_NOT);
    ck_assert_int_eq(slowing_layers(&rare, 1, &rule), VERDICT_NOT);
    const struct stats_interval nearer = interval(-0.2, -0.1, below(0.0));
    const struct stats_interval stays = interval(-0.2, -0.1, 0.0);
    ck_assert_int_eq(slowing_settling(&nearer, 1, &rule), VERDICT_REPRODUCED);
    ck_assert_int_eq(slowing_settling(&stays, 1, &rule), VERDICT_NOT);
}
END_TEST

START_TEST(arrival)
{
    const struct stats_interval twice = interval(2.0, 2.5, 3.0),
                                more = interval(above(2.0), 3.0, 4.0);
    ck_assert_int_eq(arrival_verdict(&more, 1, 2.0), VERDICT_REPRODUCED);
    ck_assert_int_eq(arrival_verdict(&twice, 1, 2.0), VERDICT_NOT);
    /* after what is unknown, the epoch itself: no line can be drawn */
    static struct run_record record = {.layers = 1, .rows = 4};
    const double test[] = {(double)NAN, 0.9, 0.9, 0.9};
    for (size_t i = 0; i < 4; i++)
        record.row[i] = (struct run_row){.epoch = 10 * i, .test_accuracy = test[i]};
    ck_assert_double_eq(arrival_epoch(&record, COURSE_TEST_ACCURACY, 0.8), 10.0);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {no_conditions, fall,    relaxation, relaxation_at_the_level,
                                  drift,         slowing, arrival};
    return unit_run("edges", tests, sizeof tests / sizeof *tests);
}
