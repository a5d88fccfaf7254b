/* test_arrival.c -- when a network has learned its task: synthetic runs with known times, networks
 * that never arrive, and verdicts that come out each way. */
#include "unit.h"

#include "arrival.h"
#include "recipe.h"

enum { LAYERS = 3, NETWORKS = 20, DEPTHS = 5 };

static struct run_record record;

/* A run measured at the given epochs, with the given I(out;Y); hidden layers have all of it, the
 * accuracies half and a quarter of it. */
static void synthetic(const size_t *epoch, const double *i_ty, size_t n)
{
    memset(&record, 0, sizeof record);
    record.rows = n;
    record.layers = LAYERS;
    for (size_t i = 0; i < n; i++) {
        struct run_row *row = &record.row[i];
        row->epoch = epoch[i];
        for (size_t l = 0; l < LAYERS; l++)
            row->information[l].i_ty = l + 1 == LAYERS ? i_ty[i] : 1.0;
        row->test_accuracy = 0.5 * i_ty[i];
        row->train_accuracy = 0.25 * i_ty[i];
    }
}

/* By hand: from 0.5 at 100 to 0.75 at 120, 0.6 is two fifths of the way, and so for a half of it. */
START_TEST(times)
{
    const size_t epoch[] = {0, 100, 120, 150, 200};
    const double rises[] = {0.0, 0.5, 0.75, 0.75, 0.9375};
    synthetic(epoch, rises, 5);
    ck_assert_double_eq_tol(arrival_epoch(&record, COURSE_I_TY, 0.6), 108.0, 1e-12);
    ck_assert_double_eq_tol(arrival_epoch(&record, COURSE_TEST_ACCURACY, 0.3), 108.0, 1e-12);
    ck_assert_double_eq_tol(arrival_epoch(&record, COURSE_TRAIN_ACCURACY, 0.15), 108.0, 1e-12);
    ck_assert_double_eq(arrival_epoch(&record, COURSE_I_TY, 0.75), 120.0);
    ck_assert_double_eq(arrival_epoch(&record, COURSE_I_TY, 0.0), 0.0);
    ck_assert(isinf(arrival_epoch(&record, COURSE_I_TY, 0.8)));          /* only the last has it */
    ck_assert(isinf(arrival_epoch(&record, COURSE_TEST_ACCURACY, 0.8))); /* none has it */

    /* one noisy value is no arrival */
    const double noisy[] = {0.8, 0.5, 0.75, 0.75, 0.9375};
    synthetic(epoch, noisy, 5);
    ck_assert_double_eq_tol(arrival_epoch(&record, COURSE_I_TY, 0.6), 108.0, 1e-12);

    /* what is trained on all patterns has no test set */
    for (size_t i = 0; i < record.rows; i++)
        record.row[i].test_accuracy = (double)NAN;
    ck_assert(isinf(arrival_epoch(&record, COURSE_TEST_ACCURACY, 0.3)));
    record.rows = 0;
    ck_assert(isinf(arrival_epoch(&record, COURSE_I_TY, 0.6)));
}
END_TEST

/* Against counting: weight by weight, each multiplied and added forward and for its gradient, and for
 * the layer before unless that is the input. */
static double flop_by_counting(const size_t *width, size_t layers)
{
    double flop = 0.0;
    for (size_t l = 0; l < layers; l++)
        for (size_t i = 0; i < width[l]; i++)
            for (size_t o = 0; o < width[l + 1]; o++)
                flop += l == 0 ? 4.0 : 6.0;
    return flop;
}

START_TEST(operations)
{
    const size_t usual[] = {12, 10, 7, 5, 4, 3, 2};
    ck_assert_double_eq(arrival_flop(usual, 6), 1338.0); /* 526 + 526 + 286, src/engine/README.md */
    for (size_t h = 1; h <= 6; h++) {
        const struct config c = recipe_depth(h, 10);
        ck_assert_double_eq(arrival_flop(c.width, c.layers), flop_by_counting(c.width, c.layers));
    }
}
END_TEST

/* The even networks choose, whatever the odd ones say; who never arrives is last. */
START_TEST(fastest)
{
    double epochs[][6] = {{5, 1, 6, 1, 7, 2}, /* even 5 6 7, odd 1 1 2 */
                          {4, 9, 3, 9, 90, 9} /* even 4 3 90 */,
                          {INFINITY, 0, 1, 0, INFINITY, 0}};
    double never[][4] = {{INFINITY, 1, INFINITY, 1}, {INFINITY, 1, INFINITY, 1}};
    struct arrival_times candidate[3] = {0}, late[2] = {0};
    for (size_t c = 0; c < 3; c++)
        candidate[c].to[ARRIVAL_HIGHER] =
            (struct arrival_group){.n = 6, .rate = 0.1 * (double)c, .epochs = epochs[c]};
    for (size_t c = 0; c < 2; c++)
        late[c].to[ARRIVAL_ACCURACY] = (struct arrival_group){.n = 4, .epochs = never[c]};
    ck_assert_uint_eq(arrival_fastest(candidate, 3, ARRIVAL_HIGHER), 1);
    ck_assert_uint_eq(arrival_fastest(candidate, 1, ARRIVAL_HIGHER), 0);
    ck_assert_uint_eq(arrival_fastest(candidate + 1, 2, ARRIVAL_HIGHER), 0);
    ck_assert_uint_eq(arrival_fastest(late, 2, ARRIVAL_ACCURACY), 0);

    struct arrival_group best = arrival_best(candidate, 1, ARRIVAL_HIGHER);
    ck_assert_uint_eq(best.n, 3);
    ck_assert(best.epochs[0] == 1.0 && best.epochs[1] == 1.0 && best.epochs[2] == 2.0);
    free(best.epochs);
    best = arrival_best(candidate, 3, ARRIVAL_HIGHER);
    ck_assert_double_eq(best.rate, 0.1);
    free(best.epochs);
    ck_assert_uint_eq(arrival_count(&candidate[1].to[ARRIVAL_HIGHER]), 6);
    ck_assert_uint_eq(arrival_count(&candidate[2].to[ARRIVAL_HIGHER]), 4);
}
END_TEST

/* Each goal has its quantity and its level; the accuracy is the recipe's own. */
START_TEST(goals)
{
    const size_t epoch[] = {0, 100, 200, 300, 400, 500};
    const double rises[] = {0.0, 0.2, 0.4, 0.6, 0.8, 1.0};
    const struct arrival_rule rule = {.information = 0.3, .accuracy = 0.1, .higher = 0.5};
    struct config c = recipe_depth(2, 500);
    struct arrival_times t;
    synthetic(epoch, rises, 6);
    arrival_measure(&t, &c, &record, 1, &rule);
    ck_assert_double_eq_tol(t.to[ARRIVAL_INFORMATION].epochs[0], 150.0, 1e-12);
    ck_assert_double_eq_tol(t.to[ARRIVAL_ACCURACY].epochs[0], 100.0, 1e-12); /* test: a half */
    ck_assert_double_eq_tol(t.to[ARRIVAL_HIGHER].epochs[0], 250.0, 1e-12);
    for (size_t g = 0; g < ARRIVAL_GOALS; g++) {
        ck_assert_uint_eq(t.to[g].n, 1);
        ck_assert_uint_eq(t.to[g].run, 500);
        ck_assert_double_eq(t.to[g].rate, c.rate);
        ck_assert_double_eq(t.to[g].flop, arrival_flop(c.width, c.layers));
    }
    arrival_free(&t);
    c = recipe_coded_depth(2, 500);
    arrival_measure(&t, &c, &record, 1, &rule);
    ck_assert_double_eq_tol(t.to[ARRIVAL_ACCURACY].epochs[0], 200.0, 1e-12); /* a quarter */
    arrival_free(&t);
}
END_TEST

/* Without spread the speed-up has no width; who does not arrive counts against it on both sides. */
START_TEST(speedup)
{
    const double slow[] = {600, 600, 600}, fast[] = {200, 200}, never[] = {INFINITY, INFINITY};
    struct stats_interval x = arrival_speedup(slow, 3, 1000.0, fast, 2, 200, 1);
    ck_assert(x.value == 3.0 && x.low == 3.0 && x.high == 3.0);
    x = arrival_speedup(never, 2, 1000.0, fast, 2, 200, 1);
    ck_assert(x.value == 5.0 && x.low == 5.0 && x.high == 5.0);
    x = arrival_speedup(slow, 3, 1000.0, never, 2, 200, 1);
    ck_assert(x.value == 0.0 && x.low == 0.0 && x.high == 0.0);
    x = arrival_speedup(never, 2, 1000.0, never, 2, 200, 1);
    ck_assert(x.value == 0.0 && x.low == 0.0 && x.high == 0.0);
}
END_TEST

/* Networks of one hidden layer that arrive at about epoch 4000, and deeper ones that arrive so many
 * times sooner; the run has 10000 epochs. */
static enum verdict judged(const double factor[DEPTHS])
{
    struct stats_interval x[DEPTHS];
    double one[NETWORKS], more[NETWORKS];
    for (size_t h = 0; h < DEPTHS; h++) {
        for (size_t k = 0; k < NETWORKS; k++) {
            one[k] = 4000.0 * (0.95 + 0.1 * (double)k / (NETWORKS - 1));
            more[k] = one[k] / factor[h];
        }
        x[h] = arrival_speedup(one, NETWORKS, 10000.0, more, NETWORKS, 200, 1);
    }
    return arrival_verdict(x, DEPTHS, 2.0);
}

START_TEST(every_verdict)
{
    const double all[DEPTHS] = {3, 4, 5, 6, 7}, some[DEPTHS] = {1.5, 4, 5, 6, 7};
    const double one[DEPTHS] = {1, 1, 1, 1, 3}, none[DEPTHS] = {1, 1.2, 1.4, 1.6, 1.8};
    const double edge[DEPTHS] = {2.01, 2.01, 2.01, 2.01, 2.01},
                 slower[DEPTHS] = {0.1, 0.1, 0.1, 0.1, 0.1};
    const double never[DEPTHS] = {0, 0, 0, 0, 0};
    ck_assert_int_eq(judged(all), VERDICT_REPRODUCED);
    ck_assert_int_eq(judged(some), VERDICT_PARTLY);
    ck_assert_int_eq(judged(one), VERDICT_PARTLY);
    ck_assert_int_eq(judged(none), VERDICT_NOT);
    ck_assert_int_eq(judged(edge), VERDICT_NOT); /* the interval reaches below the factor */
    ck_assert_int_eq(judged(slower), VERDICT_NOT);
    ck_assert_int_eq(judged(never), VERDICT_NOT);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {times, operations, fastest, goals, speedup, every_verdict};
    return unit_run("arrival", tests, sizeof tests / sizeof *tests);
}
