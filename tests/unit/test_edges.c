/* test_edges.c -- rules at their edges: values that lie on a threshold,  */
#include "unit.h"

#include "arrival.h"
#include "drift.h"
#include "relaxation.h"

static double above(double x)
{
    return nextafter(x, (double)INFINITY);
}

static double below(double x)
{
    return nextafter(x, -(double)INFINITY);
}

/* A layer counts from the least fall and compression on. */
START_TEST(relaxation)
{
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

START_TEST(arrival)
{
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
    const TTest *const tests[] = {relaxation, relaxation_at_the_level, drift, arrival};
    return unit_run("edges", tests, sizeof tests / sizeof *tests);
}
