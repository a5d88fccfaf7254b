/* test_arrival.c -- when a network has learned its task: synthetic runs with known times, networks
 * that never arrive, and pairs of them. */
#include "unit.h"

#include "arrival.h"
#include "arrival_report.h"
#include "recipe.h"
#include "rules.h"

enum { LAYERS = 3, MANY = 100 };

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
    ck_assert(best.edge);
    free(best.epochs);
    best = arrival_best(candidate, 3, ARRIVAL_HIGHER);
    ck_assert_double_eq(best.rate, 0.1);
    ck_assert(!best.edge);
    free(best.epochs);
    best = arrival_best(candidate, 2, ARRIVAL_HIGHER); /* the same, but now the last */
    ck_assert(best.rate == 0.1 && best.edge);
    free(best.epochs);
    best = arrival_best(candidate + 1, 2, ARRIVAL_HIGHER); /* and the first */
    ck_assert(best.rate == 0.1 && best.edge);
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
    struct arrival_rule rule = {.level = {0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.1}};
    struct config c = recipe_depth(2, 500);
    struct arrival_times t;
    synthetic(epoch, rises, 6);
    arrival_measure(&t, &c, &record, 1, &rule);
    for (size_t g = 0; g < ARRIVAL_GOALS; g++) {
        const double level = g == ARRIVAL_ACCURACY ? 0.2 : rule.level[g]; /* test: a half */
        ck_assert_double_eq_tol(t.to[g].epochs[0], 500.0 * level, 1e-12);
        ck_assert_uint_eq(t.to[g].n, 1);
        ck_assert_uint_eq(t.to[g].run, 500);
        ck_assert_double_eq(t.to[g].rate, c.rate);
        ck_assert_double_eq(t.to[g].flop, arrival_flop(c.width, c.layers));
        ck_assert_int_eq(t.to[g].edge, 0);
    }
    arrival_free(&t);
    c = recipe_coded_depth(2, 500);
    arrival_measure(&t, &c, &record, 1, &rule);
    ck_assert_double_eq_tol(t.to[ARRIVAL_ACCURACY].epochs[0], 200.0, 1e-12); /* a quarter */
    arrival_free(&t);
}
END_TEST

/* What the goals are called is what they are. */
START_TEST(names)
{
    const double *level = rules.arrival.level;
    ck_assert_double_eq(level[ARRIVAL_INFORMATION], 0.9);
    ck_assert_double_eq(level[ARRIVAL_HIGHER], 0.95);
    ck_assert_str_eq(arrival_report_goal(ARRIVAL_INFORMATION), "information");
    ck_assert_str_eq(arrival_report_goal(ARRIVAL_HIGHER), "higher");
    ck_assert_str_eq(arrival_report_goal(ARRIVAL_ACCURACY), "accuracy");
    for (enum arrival_goal g = 0; g < ARRIVAL_ACCURACY; g++) {
        char name[16];
        ck_assert(g == 0 || level[g] > level[g - 1]);
        snprintf(name, sizeof name, "i%.0f", 100.0 * level[g]);
        if (g != ARRIVAL_INFORMATION && g != ARRIVAL_HIGHER)
            ck_assert_str_eq(arrival_report_goal(g), name);
    }
}
END_TEST

static struct stats_interval speedup_of(double *one, double *more, size_t n)
{
    const struct arrival_group a = {.n = n, .run = 1000, .epochs = one},
                               b = {.n = n, .run = 500, .epochs = more};
    return arrival_speedup(&a, &b);
}

/* Networks of the same number go together: were they not paired, or divided the other way round, no
 * ratio would be 3. */
START_TEST(pairs)
{
    double one[MANY], more[MANY];
    for (size_t k = 0; k < MANY; k++) {
        more[k] = 1.0 + (double)(k * 37 % MANY);
        one[k] = 3.0 * more[k];
    }
    struct stats_interval x = speedup_of(one, more, MANY);
    ck_assert_double_eq_tol(x.value, 3.0, 1e-12);
    ck_assert_double_eq_tol(x.low, 3.0, 1e-12);
    ck_assert_double_eq_tol(x.high, 3.0, 1e-12);
    ck_assert_uint_eq(x.n, MANY);

    /* where all arrive it is the median of the ratios, 1.01 to 2.00, and its exact interval: of 100,
     * the 40th and the 61st */
    for (size_t k = 0; k < MANY; k++)
        one[k] = more[k] * (1.0 + 0.01 * (double)(1 + k * 63 % MANY));
    for (size_t k = 0; k < MANY; k++) /* none after the end of its training */
        one[k] *= 0.5, more[k] *= 0.5;
    x = speedup_of(one, more, MANY);
    ck_assert_double_eq_tol(x.value, 1.505, 1e-12);
    ck_assert_double_eq_tol(x.low, 1.40, 1e-12);
    ck_assert_double_eq_tol(x.high, 1.61, 1e-12);

    /* the pairs are of the networks that both have */
    const struct arrival_group all = {.n = MANY, .run = 1000, .epochs = one},
                               few = {.n = 10, .run = 500, .epochs = more};
    ck_assert_uint_eq(arrival_speedup(&all, &few).n, 10);
    ck_assert_uint_eq(arrival_speedup(&few, &all).n, 10);
}
END_TEST

/* All pairs alike, so that value and ends are the ratio, the least and the most that it can be. */
static struct stats_interval alike(double one, double more)
{
    double x[MANY], y[MANY];
    for (size_t k = 0; k < MANY; k++) {
        x[k] = one;
        y[k] = more;
    }
    return speedup_of(x, y, MANY);
}

/* One hidden layer trains for 1000 epochs, the others for 500. */
START_TEST(never)
{
    struct stats_interval x = alike(600.0, 200.0);
    ck_assert(x.value == 3.0 && x.low == 3.0 && x.high == 3.0);
    x = alike(INFINITY, 200.0); /* after 1000 or later */
    ck_assert(isinf(x.value) && x.low == 5.0 && isinf(x.high));
    x = alike(600.0, INFINITY); /* after 500 or later */
    ck_assert(x.value == 0.0 && x.low == 0.0 && x.high == 1.2);
    x = alike(INFINITY, INFINITY); /* nothing is known */
    ck_assert(x.low == 0.0 && isinf(x.high));
}
END_TEST

/* A best rate beyond which none was tried may not be the best: nothing holds, nothing fails. */
START_TEST(edge)
{
    double one[MANY], more[MANY];
    for (size_t k = 0; k < MANY; k++)
        one[k] = 300.0, more[k] = 100.0;
    for (int e = 1; e < 4; e++) {
        const struct arrival_group a = {.n = MANY, .run = 1000, .epochs = one, .edge = e & 1},
                                   b = {.n = MANY, .run = 1000, .epochs = more, .edge = e >> 1};
        const struct stats_interval x = arrival_speedup(&a, &b);
        ck_assert_double_eq(x.value, 3.0);
        ck_assert(isnan(x.low) && isnan(x.high));
    }
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {times, operations, fastest, goals, names, pairs, never, edge};
    return unit_run("arrival", tests, sizeof tests / sizeof *tests);
}
