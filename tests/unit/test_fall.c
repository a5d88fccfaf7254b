/* test_fall.c -- the rise and fall of I(X;T): synthetic runs whose measures are known or are found by
 * the words of their definition, and verdicts that come out each way. */
#include "unit.h"

#include "fall.h"

enum { NETWORKS = 20, LAYERS = 6 };

static struct run_record record;

static const struct fall_rule rule = {.bits = 0.5, .part = 0.1, .error = 0.05};

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

/* A run of one layer whose rows are 10 epochs apart, with these I(X;T); I(T;Y) is a sixteenth of the
 * row, the error 1 in all rows before `small` and 0 from it on. */
static void path(struct run_record *r, const double *i_xt, size_t rows, size_t small)
{
    r->rows = rows;
    r->layers = 1;
    for (size_t i = 0; i < rows; i++)
        r->row[i] = (struct run_row){.epoch = 10 * i,
                                     .train_accuracy = i < small ? 0.0 : 1.0,
                                     .information = {{i_xt[i], (double)i / 16.0}}};
}
#define PATH(small, ...)                                                                           \
    path(&record, (const double[]){__VA_ARGS__}, sizeof(double[]){__VA_ARGS__} / sizeof(double),   \
         small)

START_TEST(measures)
{
    synthetic(8.25, 3.5, 0.5, 0.875, 0.75);
    const struct fall f = fall_of(&record, 0, &rule);
    ck_assert_double_eq(f.peak, 8.25);
    ck_assert_double_eq(f.final, 3.5);
    ck_assert_double_eq(f.fall, 4.75);
    ck_assert_double_eq(f.peak_epoch, 100.0);
    ck_assert_double_eq_tol(f.after, 0.9, 1e-15);
    ck_assert_double_eq(f.change, 0.0); /* two rows after the peak are too few for an onset */
    ck_assert_double_eq(f.lost, 0.125);
    ck_assert(isinf(f.onset) && isinf(f.done) && isinf(f.small));
    ck_assert_double_eq(f.span, 0.0);
    ck_assert_double_eq(f.after_small, 0.0);
}
END_TEST

/* A run that only rises has its peak at the end: no fall, no share. */
START_TEST(no_fall)
{
    synthetic(6.0, 7.0, 0.5, 0.6, 0.75);
    const struct fall f = fall_of(&record, 0, &rule);
    ck_assert_double_eq(f.fall, 0.0);
    ck_assert_double_eq(f.after, 0.0);
    ck_assert_double_eq(f.change, 0.0);
    ck_assert(isinf(f.onset) && isinf(f.done));
}
END_TEST

/* From 9 bits in row 2 to 1: the onset is below 8.2 for three rows, so in row 5, not in the dip of rows
 * 3 and 4's neighbour; done is below 1.8. */
START_TEST(onset_and_done)
{
    PATH(7, 5, 8, 9, 8, 8.3, 8.1, 8, 5, 1.75, 2, 1.7, 1.6, 1);
    const struct fall f = fall_of(&record, 0, &rule);
    ck_assert_double_eq(f.fall, 8.0);
    ck_assert_double_eq(f.onset, 50.0);
    ck_assert_double_eq(f.done, 100.0);
    ck_assert_double_eq_tol(f.after, 100.0 / 120.0, 1e-15);
    ck_assert_double_eq_tol(f.span, 50.0 / 120.0, 1e-15);
    ck_assert_double_eq(f.change, 7.0 / 16.0);
    ck_assert_double_eq(f.small, 70.0);
    ck_assert_double_eq(f.after_small, 0.5);
    ck_assert_double_eq(fall_small(&record, &rule), 70.0);
}
END_TEST

/* Values before the peak do not count, however low. */
START_TEST(onset_after_peak)
{
    PATH(0, 0, 0, 0, 0, 4, 3.9, 3, 2, 1);
    const struct fall f = fall_of(&record, 0, &rule);
    ck_assert_double_eq(f.onset, 60.0);
    ck_assert_double_eq(f.peak_epoch, 40.0);
}
END_TEST

/* The last two rows do what the last three should: not done, and the span ends with the training. */
START_TEST(never_done)
{
    PATH(9, 8, 6, 5, 5, 4, 1, 0);
    const struct fall f = fall_of(&record, 0, &rule);
    ck_assert_double_eq(f.onset, 10.0);
    ck_assert(isinf(f.done));
    ck_assert_double_eq_tol(f.span, 50.0 / 60.0, 1e-15);
}
END_TEST

/* Half a bit counts, less does not: neither times nor shares, nor a change. */
START_TEST(least_fall)
{
    PATH(0, 2, 1.5, 1.5, 1.5);
    struct fall f = fall_of(&record, 0, &rule);
    ck_assert_double_eq(f.onset, 10.0);
    ck_assert_double_eq(f.done, 10.0);
    ck_assert_double_eq(f.after, 1.0);
    ck_assert_double_eq(f.change, 2.0 / 16.0);
    ck_assert_double_eq(f.after_small, 1.0);
    PATH(0, 2, 1.5625, 1.5625, 1.5625);
    f = fall_of(&record, 0, &rule);
    ck_assert_double_eq(f.fall, 0.4375);
    ck_assert(isinf(f.onset) && isinf(f.done));
    ck_assert_double_eq(f.after + f.span + f.after_small, 0.0);
    ck_assert_double_eq(f.change, 0.0);
    ck_assert_double_eq(f.small, 0.0); /* but the network learns */
}
END_TEST

/* The error becomes small before the peak: all of the fall is after it.  At the end: none is. */
START_TEST(after_small)
{
    PATH(1, 5, 6, 7, 9, 5, 3, 2, 1);
    ck_assert_double_eq(fall_of(&record, 0, &rule).after_small, 1.0);
    PATH(5, 5, 6, 7, 9, 5, 3, 2, 1);
    ck_assert_double_eq(fall_of(&record, 0, &rule).after_small, 0.25);
    PATH(6, 5, 6, 7, 9, 5, 3, 2, 1); /* two rows */
    ck_assert_double_eq(fall_of(&record, 0, &rule).after_small, 0.0);
    ck_assert(isinf(fall_of(&record, 0, &rule).small));
    PATH(1, 5, 6, 7, 9, 5, 3, 2, 1);
    for (size_t i = 0; i < record.rows; i++)
        record.row[i].train_accuracy = 0.95; /* the error lies on the level */
    record.row[0].train_accuracy = 0.9375;
    const struct fall_rule wider = {.bits = 0.5, .part = 0.1, .error = 1.0 - 0.95};
    ck_assert(isinf(fall_of(&record, 0, &wider).small));
}
END_TEST

/* Against the words of the definition, row by row, on random paths. */
START_TEST(against_slow)
{
    uint64_t state = 5;
    for (size_t trial = 0; trial < 2000; trial++) {
        double x[24];
        const size_t n = 4 + (size_t)unit_uniform(&state, 0.0, 20.0);
        for (size_t i = 0; i < n; i++)
            x[i] =
                floor(unit_uniform(&state, 0.0, 4.0)) + (trial % 2 ? (double)(n - i) / 4.0 : 0.0);
        path(&record, x, n, (size_t)unit_uniform(&state, 0.0, 30.0));
        double most = -1.0, peak_epoch = 0.0, onset = INFINITY, done = INFINITY;
        for (size_t i = 0; i < n; i++)
            if (x[i] > most) {
                most = x[i];
                peak_epoch = 10.0 * (double)i;
            }
        const double fall = most - x[n - 1];
        for (size_t i = n; i-- > 0;) {
            int early = 1, late = 1;
            for (size_t j = i; j < i + 3; j++) {
                early &= j < n && x[j] < most - 0.1 * fall;
                late &= j < n && x[j] < x[n - 1] + 0.1 * fall;
            }
            if (fall >= 0.5 && 10.0 * (double)i >= peak_epoch) {
                onset = early ? 10.0 * (double)i : onset;
                done = late ? 10.0 * (double)i : done;
            }
        }
        const struct fall f = fall_of(&record, 0, &rule);
        unit_require(f.onset == onset, "onset of path %zu", trial);
        unit_require(f.done == done, "end of path %zu", trial);
        unit_require(f.fall == fall && f.peak_epoch == peak_epoch, "fall of path %zu", trial);
        unit_require(f.fall == fall_until(&record, 0, n - 1), "whole fall of path %zu", trial);
        unit_require(f.span >= 0.0 && f.span <= f.after, "span of path %zu", trial);
    }
}
END_TEST

START_TEST(until)
{
    PATH(0, 3, 5, 4, 2, 6, 1);
    ck_assert_double_eq(fall_until(&record, 0, 0), 0.0);
    ck_assert_double_eq(fall_until(&record, 0, 1), 0.0);
    ck_assert_double_eq(fall_until(&record, 0, 3), 3.0);
    ck_assert_double_eq(fall_until(&record, 0, 4), 0.0);
    ck_assert_double_eq(fall_until(&record, 0, 5), 5.0);
}
END_TEST

static void losses(struct run_record *r, const double *loss, size_t rows)
{
    r->rows = rows;
    for (size_t i = 0; i < rows; i++)
        r->row[i].loss = loss[i];
}

START_TEST(equal_loss)
{
    static struct run_record a, b;
    /* b gets no lower than .5, in its row 2; a passes that in its row 1 */
    losses(&a, (double[]){1.0, 0.5, 0.25, 0.125}, 4);
    losses(&b, (double[]){1.0, 0.75, 0.5, 0.625, 0.5625}, 5);
    struct fall_rows rows = fall_equal_loss(&a, &b);
    ck_assert_uint_eq(rows.a, 1);
    ck_assert_uint_eq(rows.b, 2);
    rows = fall_equal_loss(&b, &a);
    ck_assert_uint_eq(rows.a, 2);
    ck_assert_uint_eq(rows.b, 1);
    /* the same network: its smallest loss, not its last */
    rows = fall_equal_loss(&b, &b);
    ck_assert_uint_eq(rows.a, 2);
    ck_assert_uint_eq(rows.b, 2);
    /* b never learns: both at the start */
    losses(&b, (double[]){1.0, 1.5, 2.0}, 3);
    rows = fall_equal_loss(&a, &b);
    ck_assert_uint_eq(rows.a, 0);
    ck_assert_uint_eq(rows.b, 0);
}
END_TEST

/* Three layers of five networks: fall, onset. */
START_TEST(order)
{
    enum { N = 5, L = 3 };
    const double inf = INFINITY;
    const double fall[N][L] = {{1, 1, 1}, {1, 1, 0.25}, {0.5, 1, 0}, {1, 0.4375, 0}, {0, 0, 0}};
    const double onset[N][L] = {
        {30, 20, 10}, {20, 20, inf}, {40, 50, inf}, {60, inf, inf}, {inf, inf, inf}};
    struct fall m[N * L];
    for (size_t i = 0; i < (size_t)N * L; i++)
        m[i] = (struct fall){.fall = fall[i / L][i % L], .onset = onset[i / L][i % L]};
    struct fall_rule few = rule;

    /* layer 0 against 1: later, together, before; the others do not compress both */
    few.least = 3;
    struct stats_interval x = fall_before(m, N, L, 0, 1, &few);
    ck_assert_double_eq_tol(x.value, 0.5, 1e-15);
    ck_assert_double_eq(x.low, stats_share(1, 3).low);
    ck_assert_double_eq(x.high, stats_share(2, 3).high);
    ck_assert_uint_eq(x.n, 3);
    few.least = 1;
    x = fall_before(m, N, L, 2, 0, &few); /* once, before */
    ck_assert_double_eq(x.value, 1.0);
    ck_assert_double_eq(x.low, stats_share(1, 1).low);
    ck_assert_double_eq(x.high, 1.0);
    few.least = 4;
    x = fall_before(m, N, L, 0, 1, &few);
    ck_assert(isnan(x.value) && isnan(x.low) && isnan(x.high));
    ck_assert_uint_eq(x.n, 3);

    ck_assert_double_eq(fall_earliest(m, L), 10.0);
    ck_assert_double_eq(fall_earliest(&m[2 * L], L), 40.0);
    ck_assert(isinf(fall_earliest(&m[4 * L], L)));
    ck_assert_double_eq(fall_first(m, N, L, 0).value,
                        0.75); /* of four networks, once with layer 1 */
    ck_assert_double_eq(fall_first(m, N, L, 1).value, 0.25);
    ck_assert_double_eq(fall_first(m, N, L, 2).low, stats_share(1, 4).low);
    ck_assert(isnan(fall_first(&m[4 * L], 1, L, 0).value));
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {measures,   no_fall,    onset_and_done, onset_after_peak,
                                  never_done, least_fall, after_small,    against_slow,
                                  until,      equal_loss, order};
    return unit_run("fall", tests, sizeof tests / sizeof *tests);
}
