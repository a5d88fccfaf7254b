/* test_control.c -- a network and its control, cut where they are equal: by hand, at the edges, and against
 * the words of the definitions on random courses. */
#include "unit.h"

#include "control.h"
#include "recipe.h"

enum { ROWS = 12, MEMBERS = 5, INPUTS = 40 };

static struct run_record record[MEMBERS];

/* A run of one layer with these losses and weight norms, 10 epochs apart; I(X;T) is 9 minus the row. */
static void path(struct run_record *r, const double *loss, const double *norm, size_t rows)
{
    r->rows = rows;
    r->layers = 1;
    for (size_t i = 0; i < rows; i++)
        r->row[i] = (struct run_row){.epoch = 10 * i,
                                     .loss = loss ? loss[i] : 1.0,
                                     .weight_norm = {norm ? norm[i] : 1.0},
                                     .information = {{9.0 - (double)i, 0.5}}};
}

/* Two layers of weights, 2 x 3 and 3 x 4, in four mini-batches of 40 patterns. */
static const struct config config = {.fraction = 1.0,
                                     .batch = 10,
                                     .layers = 2,
                                     .width = {2, 3, 4},
                                     .rate = 0.5,
                                     .gradient_noise = 0.0};
static const struct run_row row = {
    .epoch = 7, .loss = 0.25, .gradient = {{3.0, 2.0}, {1.0, 8.0}}, .weight_norm = {6.0, 5.0}};

/* ---- sizes of steps ---- */

START_TEST(steps)
{
    struct config c = config;
    ck_assert_double_eq_tol(control_step(&row, 0, &c, INPUTS), 0.5 * sqrt(9.0 + 0.75 * 4.0), 1e-15);
    ck_assert_double_eq_tol(control_step(&row, 1, &c, INPUTS), 0.5 * sqrt(1.0 + 0.75 * 64.0),
                            1e-15);
    c.gradient_noise = 2.0; /* on 6 weights, and on 12 */
    ck_assert_double_eq_tol(control_step(&row, 0, &c, INPUTS), 0.5 * sqrt(9.0 + 3.0 + 24.0), 1e-15);
    ck_assert_double_eq_tol(control_step(&row, 1, &c, INPUTS), 0.5 * sqrt(1.0 + 48.0 + 48.0),
                            1e-14);
    c.batch = 0; /* one update, along the mean */
    c.gradient_noise = 0.0;
    ck_assert_double_eq(control_step(&row, 0, &c, INPUTS), 1.5);
    c.optimiser = OPTIMISER_ADAM;
    ck_assert_double_nan(control_step(&row, 0, &c, INPUTS));
}
END_TEST

/* The mean of the squares of B gradients is mean^2 + (B-1)/B deviation^2, by the definitions of either. */
START_TEST(step_from_mini_batches)
{
    struct config c = {.fraction = 1.0, .batch = 10, .layers = 1, .width = {1, 1}, .rate = 2.0};
    const double g[4] = {1.0, -2.0, 0.5, 4.0};
    double mean = 0.0, square = 0.0, variance = 0.0;
    for (size_t b = 0; b < 4; b++) {
        mean += g[b] / 4.0;
        square += g[b] * g[b] / 4.0;
    }
    for (size_t b = 0; b < 4; b++)
        variance += (g[b] - mean) * (g[b] - mean) / 3.0;
    const struct run_row at = {.gradient = {{mean, sqrt(variance)}}};
    ck_assert_double_eq_tol(control_step(&at, 0, &c, INPUTS), 2.0 * sqrt(square), 1e-14);
}
END_TEST

START_TEST(doses)
{
    /* variances 4 over 6 weights, 64 over 12; a quarter of each in four mini-batches */
    ck_assert_double_eq_tol(control_dose(&row, 0, 1, &config, INPUTS), sqrt(4.0 / 6.0 / 4.0),
                            1e-15);
    ck_assert_double_eq_tol(control_dose(&row, 1, 2, &config, INPUTS), sqrt(64.0 / 12.0 / 4.0),
                            1e-15);
    ck_assert_double_eq_tol(control_dose(&row, 0, 2, &config, INPUTS), sqrt(68.0 / 18.0 / 4.0),
                            1e-15);
}
END_TEST

/* One step at B times the rate with the dose goes as far as B independent steps: B rate dose against
 * sqrt(B) rate deviation. */
START_TEST(dose_goes_as_far)
{
    struct config one = config;
    one.rate *= 4.0;
    one.batch = 0;
    one.gradient_noise = control_dose(&row, 0, 1, &config, INPUTS);
    const struct run_row no_drift = {.gradient = {{0.0, 0.0}}};
    ck_assert_double_eq_tol(control_step(&no_drift, 0, &one, INPUTS), sqrt(4.0) * config.rate * 2.0,
                            1e-14);
}
END_TEST

/* ---- cuts ---- */

START_TEST(cuts)
{
    path(&record[0], (double[]){1.0, 0.5, 0.25}, (double[]){2.0, 3.0, 5.0}, 3);
    struct config c = config;
    c.batch = 0;
    record[0].row[2].gradient[0].mean = 3.0;
    const struct control_cut x = control_cut(&record[0], 0, 2, &c, INPUTS);
    ck_assert_double_eq(x.fall, 2.0);
    ck_assert_double_eq(x.epoch, 20.0);
    ck_assert_double_eq(x.loss, 0.25);
    ck_assert_double_eq(x.growth, 2.5);
    ck_assert_double_eq(x.step, 1.5);
    ck_assert_double_eq(control_cut(&record[0], 0, 0, &c, INPUTS).fall, 0.0);
}
END_TEST

START_TEST(equal_norm)
{
    /* the smaller of the largest, 4, is reached by both: at the first that has it or more */
    path(&record[0], NULL, (double[]){1.0, 4.0, 3.0, 4.0}, 4);
    path(&record[1], NULL, (double[]){1.0, 3.0, 3.5, 5.0, 6.0}, 5);
    struct fall_rows at = control_rows(CONTROL_NORM, &record[0], &record[1], 0);
    ck_assert(at.a == 1 && at.b == 3);
    at = control_rows(CONTROL_NORM, &record[1], &record[0], 0);
    ck_assert(at.a == 3 && at.b == 1);
    /* weights that never grow are largest at the start, where the other is, too */
    path(&record[0], NULL, (double[]){1.0, 0.5}, 2);
    at = control_rows(CONTROL_NORM, &record[0], &record[1], 0);
    ck_assert(at.a == 0 && at.b == 0);
}
END_TEST

START_TEST(other_terms)
{
    path(&record[0], (double[]){1.0, 0.25, 0.5, 0.125}, NULL, 4);
    path(&record[1], (double[]){2.0, 0.5, 0.25}, NULL, 3);
    struct fall_rows at = control_rows(CONTROL_LOSS, &record[0], &record[1], 0);
    ck_assert(at.a == 1 && at.b == 2);
    at = control_rows(CONTROL_END, &record[0], &record[1], 0);
    ck_assert(at.a == 3 && at.b == 2);
}
END_TEST

START_TEST(row_at_loss)
{
    path(&record[0], (double[]){1.0, 0.5, 0.75, 0.25}, NULL, 4);
    ck_assert_uint_eq(control_row_at_loss(&record[0], 2.0), 0);
    ck_assert_uint_eq(control_row_at_loss(&record[0], 1.0), 0);
    ck_assert_uint_eq(control_row_at_loss(&record[0], 0.5), 1);
    ck_assert_uint_eq(control_row_at_loss(&record[0], 0.375), 3);
    ck_assert_uint_eq(control_row_at_loss(&record[0], 0.125), 4);
}
END_TEST

/* Of n networks, by the words of the definition: the largest of the smallest losses, and the first row of
 * each that is as low.  Coarse losses, so that there are ties. */
START_TEST(equal_loss_of_many)
{
    uint64_t state = 20;
    for (size_t trial = 0; trial < unit_volume(2000); trial++) {
        const size_t n = 1 + unit_random(&state) % MEMBERS;
        const struct run_record *member[MEMBERS];
        double largest = 0.0;
        for (size_t m = 0; m < n; m++) {
            double loss[ROWS], smallest = INFINITY;
            const size_t rows = 1 + unit_random(&state) % ROWS;
            for (size_t i = 0; i < rows; i++) {
                loss[i] = (double)(1 + unit_random(&state) % 16) / 16.0;
                smallest = loss[i] < smallest ? loss[i] : smallest;
            }
            path(&record[m], loss, NULL, rows);
            member[m] = &record[m];
            largest = smallest > largest ? smallest : largest;
        }
        size_t at[MEMBERS];
        control_equal_loss(at, member, n);
        for (size_t m = 0; m < n; m++) {
            size_t wanted = 0;
            while (record[m].row[wanted].loss > largest)
                wanted++;
            unit_require(at[m] == wanted, "trial %zu, member %zu: %zu", trial, m, at[m]);
        }
        if (n == 2) {
            const struct fall_rows pair = fall_equal_loss(member[0], member[1]);
            unit_require(at[0] == pair.a && at[1] == pair.b, "trial %zu", trial);
        }
    }
}
END_TEST

/* ---- the controls ---- */

/* At equal path: as many updates of the same rate, at the full training set; and a record that holds
 * them. */
START_TEST(equal_path)
{
    const struct config noisy = recipe_described(0.85, 10000),
                        path = recipe_equal_path(0.85, 10000);
    size_t epoch[RUN_MAX_ROWS];
    ck_assert_double_eq(path.rate, noisy.rate);
    ck_assert_uint_eq(config_batches(&path, 4096), 1);
    ck_assert_uint_eq(path.epochs, noisy.epochs * config_batches(&noisy, 4096));
    ck_assert_uint_eq(path.epochs, 140000);
    ck_assert_uint_lt(run_schedule(epoch, path.epochs), RUN_MAX_ROWS);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {steps,
                                  step_from_mini_batches,
                                  doses,
                                  dose_goes_as_far,
                                  cuts,
                                  equal_norm,
                                  other_terms,
                                  row_at_loss,
                                  equal_loss_of_many,
                                  equal_path};
    return unit_run("control", tests, sizeof tests / sizeof *tests);
}
