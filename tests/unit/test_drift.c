/* test_drift.c -- the turn from drift to diffusion and the onset of compression: synthetic runs whose
 * measures are known, and sets of networks against slow versions. */
#include "unit.h"

#include "drift.h"
#include "drift_report.h"

static const struct drift_rule rule = {.snr = 1.0, .early = 0.2};
static const struct fall_rule fall = {.bits = 0.5, .part = 0.1, .error = 0.05};

static struct run_record record;

/* A run of one layer with a row every 10 epochs to 1000: weights of norm 4 that end at 6, a
 * deviation of 0.5, a mean of 1 before epoch `turn` and 0.125 from then on; the error rate falls from
 * 0.5 to 0.03 at epoch `small`, I(X;T) from 8.25 to 5 bits at epoch `onset`. */
static void synthetic(size_t turn, size_t small, size_t onset)
{
    record.rows = 101;
    record.layers = 1;
    for (size_t i = 0; i < record.rows; i++) {
        const size_t epoch = 10 * i;
        record.row[i] = (struct run_row){
            .epoch = epoch,
            .train_accuracy = epoch < small ? 0.5 : 0.97,
            .information = {{epoch < onset ? 8.25 : 5.0, 0.5}},
            .gradient = {{epoch < turn ? 1.0 : 0.125, 0.5}},
            .weight_norm = {epoch < 1000 ? 4.0 : 6.0},
            .spectral_norm = {2.0},
        };
    }
}

static struct drift measured(void)
{
    return drift_of(&record, 0, &rule, &fall);
}

START_TEST(measures)
{
    synthetic(300, 400, 450);
    record.row[35].train_accuracy = record.row[36].train_accuracy = record.row[37].train_accuracy =
        0.85;
    const struct drift d = measured();
    ck_assert_double_eq(d.turn, 300.0);
    ck_assert_double_eq(d.last_turn, 300.0);
    ck_assert(isinf(d.rise) && isinf(d.last_rise));
    ck_assert_double_eq(d.drifting, 0.0);
    ck_assert_double_eq(d.turn_error, 50.0);
    ck_assert_double_eq(d.onset, 450.0);
    ck_assert_double_eq(d.small, 400.0);
    ck_assert_double_eq(d.after_small, 1.0);
    ck_assert_double_eq(d.fall, 3.25);
    ck_assert_double_eq(d.early, 350.0);
    ck_assert_double_eq(d.spectral_start, 0.5);
    ck_assert_double_eq_tol(d.spectral_end, 0.0625, 1e-15);
    ck_assert_double_eq(d.trace_start, 0.125);
    ck_assert_double_eq(d.trace_most, 0.125);
    ck_assert_double_eq(d.trace_turn, 300.0); /* 0.125 is below 0.25, 1 above */
    ck_assert_double_eq(d.mean_start, 0.25);
    ck_assert_double_eq(d.deviation_start, 0.125);
    ck_assert_double_eq(d.growth, 1.5);
    /* 50 rows of the last octave, the last with the larger norm */
    ck_assert_double_eq_tol(d.mean_end, (49 * 0.125 / 4 + 0.125 / 6) / 50, 1e-15);
    ck_assert_double_eq(d.deviation_most, 0.125);
    ck_assert_double_eq(d.snr_start, 2.0);
    ck_assert_double_eq_tol(d.snr_end, 0.25, 1e-15);
    /* of 25 rows of the octave before, 4 still have 2, 8 times as much */
    ck_assert_double_eq_tol(d.settling, pow(8.0, -4.0 / 25.0), 1e-15);
}
END_TEST

/* The other level: 16 mini-batches have 1/4, which the mean over the deviation, 2 and then 1/4, does not
 * pass; 15 have more, and there it turns.  The ratio is told over the level. */
START_TEST(levels)
{
    struct drift_rule other = rule;
    synthetic(300, 400, 450);
    other.snr = drift_level(16);
    ck_assert_double_eq(other.snr, 0.25);
    struct drift d = drift_of(&record, 0, &other, &fall);
    ck_assert(isinf(d.turn));
    ck_assert_double_eq(d.snr_start, 8.0);
    ck_assert_double_eq_tol(d.snr_end, 1.0, 1e-14);
    ck_assert_double_eq_tol(d.settling, pow(8.0, -4.0 / 25.0), 1e-15);
    other.snr = drift_level(15);
    d = drift_of(&record, 0, &other, &fall);
    ck_assert_double_eq(d.turn, 300.0);
    ck_assert_double_eq(d.onset, 450.0); /* no matter of the level */
}
END_TEST

/* The square of a deviation is another quantity: 0.125 is above 0.01. */
START_TEST(trace_is_no_deviation)
{
    synthetic(300, 400, 450);
    for (size_t i = 0; i < record.rows; i++) {
        record.row[i].gradient[0].mean *= 0.2; /* 0.2, then 0.025 */
        record.row[i].gradient[0].deviation = 0.1;
    }
    const struct drift d = measured();
    ck_assert_double_eq(d.turn, 300.0);
    ck_assert(isinf(d.trace_turn));
}
END_TEST

/* SNR 1/epoch: over (250, 500] and (500, 1000] its logarithms have the means of -log(epoch). */
START_TEST(octaves)
{
    synthetic(300, 400, 450);
    double last = 0.0, before = 0.0;
    for (size_t i = 1; i < record.rows; i++)
        record.row[i].gradient[0] = (struct train_gradient){1.0 / (10.0 * (double)i), 1.0};
    for (size_t epoch = 260; epoch <= 500; epoch += 10)
        before -= log((double)epoch) / 25.0;
    for (size_t epoch = 510; epoch <= 1000; epoch += 10)
        last -= log((double)epoch) / 50.0;
    const struct drift d = measured();
    ck_assert_double_eq_tol(d.snr_end, exp(last), 1e-12);
    ck_assert_double_eq_tol(d.settling, exp(last - before), 1e-12);
}
END_TEST

/* It dips, rises, turns, rises and turns: the first and the last of each.  The largest deviation need
 * not be the first or the last. */
START_TEST(more_turns_than_one)
{
    synthetic(300, 280, 450);
    for (size_t i = 3; i < 6; i++)
        record.row[i].gradient[0].mean = 0.25;
    for (size_t i = 50; i < 60; i++)
        record.row[i].gradient[0].mean = 3.0;
    record.row[20].gradient[0] = (struct train_gradient){4.0, 1.0};
    struct drift d = measured();
    ck_assert_double_eq(d.turn, 30.0);
    ck_assert_double_eq(d.last_turn, 600.0);
    ck_assert_double_eq(d.rise, 60.0);
    ck_assert_double_eq(d.last_rise, 500.0);
    ck_assert_double_eq(d.drifting, 0.0);
    ck_assert_double_eq(d.turn_error, 50.0);
    ck_assert_double_eq(d.deviation_most, 0.25);
    ck_assert_double_eq(d.trace_most, 0.5);
    for (size_t i = 60; i < record.rows; i++)
        record.row[i].gradient[0].mean = 3.0;
    d = measured();
    ck_assert_double_eq(d.last_turn, 300.0);
    ck_assert_double_eq(d.last_rise, 500.0);
    ck_assert_double_eq(d.drifting, 1.0);
}
END_TEST

/* What begins in diffusion has not turned; it may drift first and turn then. */
START_TEST(only_from_above)
{
    synthetic(0, 400, 450);
    struct drift d = measured();
    ck_assert(isinf(d.turn) && isinf(d.rise));
    synthetic(300, 400, 450);
    for (size_t i = 0; i < 10; i++)
        record.row[i].gradient[0].mean = 0.25;
    d = measured();
    ck_assert_double_eq(d.rise, 100.0);
    ck_assert_double_eq(d.turn, 300.0);
}
END_TEST

START_TEST(what_never_comes)
{
    synthetic(2000, 2000, 0); /* drifts to the end, is never fitted, never compresses */
    const struct drift d = measured();
    ck_assert(isinf(d.turn) && isinf(d.last_turn) && isinf(d.small) && isinf(d.early));
    ck_assert(isinf(d.onset));
    ck_assert_double_eq(d.drifting, 1.0);
    ck_assert_double_eq(d.turn_error, 50.0);
    ck_assert_double_eq(d.after_small, 0.0);
}
END_TEST

/* ---- over networks ---- */

/* By hand, eight networks.  Onset over turn: 2, 1/2, 1, 4, 0 (it never turns), infinite (no onset),
 * unknown (neither), 3; the unknown counts as 1, so the median is 1.5, and the interval has no end to
 * either side, as that of eight values reaches from the least to the largest.  An onset comes with the
 * turn or later in four of them. */
START_TEST(by_hand)
{
    enum { N = 8 };
    const double never = INFINITY;
    const double onset[N] = {200, 50, 100, 400, 100, never, never, 300};
    const double turn[N] = {100, 100, 100, 100, never, 100, never, 100};
    struct drift d[N];
    for (size_t k = 0; k < N; k++)
        d[k] = (struct drift){.onset = onset[k],
                              .turn = turn[k],
                              .last_turn = 2.0 * turn[k],
                              .rise = k < 2 ? 10.0 : never,
                              .drifting = k < 3 ? 1.0 : 0.0,
                              .small = 100.0 + (double)k,
                              .early = 20.0,
                              .snr_end = (double)k,
                              .after_small = k % 2 == 0 ? 0.25 : 0.75};
    const struct drift_over o = drift_over_networks(d, N, 100);
    ck_assert_double_eq(o.turned.value, 6.0 / 8.0);
    ck_assert_double_eq(o.rises.value, 2.0 / 8.0);
    ck_assert_double_eq(o.drifting.value, 3.0 / 8.0);
    ck_assert_double_eq(o.turned.low, stats_share(6, 8).low);
    ck_assert_double_eq(o.onset_after_turn.value, 4.0 / 8.0);
    ck_assert_double_eq(o.onset_by_turn.value, 1.5);
    ck_assert(o.onset_by_turn.low <= 0.0 && isinf(o.onset_by_turn.high));
    ck_assert_double_eq(o.onset_by_last_turn.value,
                        1.0); /* two of eight are 1, the unknown among them */
    /* 50/101, 100/102, 100/104, 200/100, 300/107, 400/103, and two that are infinite */
    ck_assert_double_eq_tol(o.onset_by_small.value, 0.5 * (2.0 + 300.0 / 107.0), 1e-15);
    ck_assert_double_eq(o.onset_by_small.low, 50.0 / 101.0);
    ck_assert(isinf(o.onset_by_small.high));
    ck_assert_double_eq(o.snr_end.value, 3.5);
    ck_assert_double_eq(o.after_small.value, 0.5);
    ck_assert_uint_eq(o.turned.n, N);
    ck_assert_uint_eq(o.onset_turn.n, N);
}
END_TEST

/* Each correlation is of the two it names: onsets in the order of the turns, and against that of the small
 * error; given an early error that goes with the turn, nothing of the first is left. */
START_TEST(correlations)
{
    enum { N = 40 };
    struct drift d[N];
    for (size_t k = 0; k < N; k++)
        d[k] = (struct drift){.onset = 300.0 + (double)k,
                              .turn = 200.0 + (double)(k * k),
                              .small = 900.0 - (double)k,
                              .early = (double)(k * 7 % N)};
    struct drift_over o = drift_over_networks(d, N, 200);
    ck_assert_double_eq_tol(o.onset_turn.value, 1.0, 1e-12);
    ck_assert_double_eq_tol(o.onset_small.value, -1.0, 1e-12);
    ck_assert_double_eq_tol(o.onset_turn_partial.value, 1.0, 1e-12);
    ck_assert_double_gt(o.onset_turn.low, 0.99);
    for (size_t k = 0; k < N; k++)
        d[k].early = d[k].turn;
    o = drift_over_networks(d, N, 200);
    ck_assert(isnan(o.onset_turn_partial.value));
    ck_assert_double_eq(o.onset_turn_partial.low, -1.0);
    ck_assert_double_eq(o.onset_turn_partial.high, 1.0);
}
END_TEST

/* Two hidden layers of three networks turn at 100 to 500, one of them never: five of six do, and the
 * median is that of all six. */
START_TEST(transition_of_a_set)
{
    struct drift d[6];
    const double turn[6] = {100, 200, 300, 400, 500, INFINITY};
    for (size_t i = 0; i < 6; i++)
        d[i].turn = turn[i];
    double turned;
    const struct stats_interval x = drift_transition(&turned, d, 3, 2, 100);
    ck_assert_double_eq(x.value, 350.0);
    ck_assert_double_eq_tol(turned, 5.0 / 6.0, 1e-15);
    ck_assert(x.low <= x.value && x.value <= x.high);
    ck_assert_uint_eq(x.n, 3);
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

/* ---- what they are called ---- */

/* Each name has its own number. */
START_TEST(names)
{
    const struct {
        const char *name;
        size_t at;
    } expected[DRIFT_REPORT_NUMBERS] = {
        {"turned", offsetof(struct drift_over, turned)},
        {"rises", offsetof(struct drift_over, rises)},
        {"drifting", offsetof(struct drift_over, drifting)},
        {"onset-by-turn", offsetof(struct drift_over, onset_by_turn)},
        {"onset-by-last-turn", offsetof(struct drift_over, onset_by_last_turn)},
        {"onset-turn", offsetof(struct drift_over, onset_turn)},
        {"onset-turn-partial", offsetof(struct drift_over, onset_turn_partial)},
        {"onset-after-turn", offsetof(struct drift_over, onset_after_turn)},
        {"snr-end", offsetof(struct drift_over, snr_end)},
        {"onset-by-small", offsetof(struct drift_over, onset_by_small)},
        {"onset-small", offsetof(struct drift_over, onset_small)},
        {"fall-after-small", offsetof(struct drift_over, after_small)},
    };
    struct drift_over o;
    memset(&o, 0, sizeof o);
    for (size_t i = 0; i < DRIFT_REPORT_NUMBERS; i++) {
        struct stats_interval x = stats_exact((double)i + 1.0);
        memcpy((char *)&o + expected[i].at, &x, sizeof x);
    }
    for (size_t i = 0; i < DRIFT_REPORT_NUMBERS; i++) {
        ck_assert_str_eq(drift_report_number[i].name, expected[i].name);
        ck_assert_double_eq(drift_report_value(&o, i).value, (double)i + 1.0);
    }
    /* where the parts of the plan end */
    const struct summary_quantity *q = drift_report_plan.quantity;
    ck_assert_str_eq(q[DRIFT_REPORT_BY_LEVEL - 1].name, "snr-end");
    ck_assert_str_eq(q[DRIFT_REPORT_NOT_NORMS].name, "mean-start");
    ck_assert_str_eq(drift_report_number[DRIFT_REPORT_NUMBERS_BY_LEVEL - 1].name, "snr-end");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {measures,
                                  levels,
                                  trace_is_no_deviation,
                                  octaves,
                                  more_turns_than_one,
                                  only_from_above,
                                  what_never_comes,
                                  by_hand,
                                  correlations,
                                  transition_of_a_set,
                                  nearest,
                                  names};
    return unit_run("drift", tests, sizeof tests / sizeof *tests);
}
