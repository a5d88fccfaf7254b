/* test_whole.c -- networks as wholes: what they answer at the end, from last weights and records; two
 * of them at one loss. */
#include "unit.h"

#include "final.h"
#include "icosahedron.h"
#include "recipe.h"
#include "train.h"
#include "whole.h"

static struct task task;
static struct dataset data;
static struct run_record record;
static struct run_measured layers;
static const struct fall_rule rule = {.bits = 0.5, .part = 0.1, .error = 0.05};

/* A network after a short training by one of the two rules of labels. */
static struct final *trained(struct config *c, enum task_rule of, size_t epochs)
{
    struct run_measured *const measured = &layers;
    const char *const estimator = recipe_bins;
    *c = recipe_described(0.6, epochs);
    c->rate = 0.02;
    ck_assert_int_eq(task_init(&task, of, of == TASK_SMOOTH ? 0.99 : 0.0), 0);
    task_view(&data, &task);
    run_train(&record, &measured, &estimator, 1, c, &data, 4);
    for (size_t i = 0; i < record.rows; i++)
        memcpy(record.row[i].information, layers.of[i], sizeof layers.of[i]);
    struct final *f = final_new(c, &data, estimator);
    final_look(f, &record);
    return f;
}

/* Where labels are not drawn, the likelier one is the label: the accuracy is that of the record. */
START_TEST(likelier_of_the_hard_rule)
{
    struct config c;
    struct final *f = trained(&c, TASK_HARD, 60);
    const double last = record.row[record.rows - 1].test_accuracy;
    ck_assert_double_gt(last, 0.6);
    ck_assert_double_lt(last, 1.0);
    ck_assert_double_ne(last, record.row[record.rows - 1].train_accuracy);
    ck_assert_double_eq(final_likelier(f, 4), last);
    ck_assert_double_ne(final_likelier(f, 5), last); /* another network has another test set */
    final_free(f);
    run_record_free(&record);
}
END_TEST

/* The smooth rule, input by input: the training set as training has it. */
START_TEST(likelier_of_the_smooth_rule)
{
    struct config c;
    struct final *f = trained(&c, TASK_SMOOTH, 60);
    struct train *t = train_new();
    train_start(t, &c, &data, 4);
    size_t right = 0, drawn = 0;
    for (size_t k = t->samples; k < data.n; k++) {
        const uint32_t x = t->order[k];
        const int answer = final_output(f, x, 1) > 0.5;
        right += answer == (task.log_odds[x] > 0.0);
        drawn += answer == t->label[x];
    }
    const double n = (double)(data.n - t->samples);
    ck_assert_uint_ne(right, drawn);
    ck_assert_double_eq_tol(final_likelier(f, 4), (double)right / n, 1e-15);
    ck_assert_double_eq_tol(record.row[record.rows - 1].test_accuracy, (double)drawn / n, 1e-15);
    ck_assert_double_eq_tol(final_output(f, 17, 0) + final_output(f, 17, 1), 1.0, 1e-6);
    train_free(t);

    record.row[1].information[4].i_xt = 11.5; /* a peak of the last hidden layer alone */
    const struct whole w = whole_of(&record, f, &rule);
    const struct run_row *last = &record.row[record.rows - 1];
    ck_assert_double_eq(w.train, last->train_accuracy);
    ck_assert_double_eq(w.test, last->test_accuracy);
    ck_assert_double_eq(w.likelier, final_likelier(f, 4));
    ck_assert_double_eq(w.loss, last->loss);
    ck_assert_double_eq(w.information, last->information[5].i_ty);
    ck_assert_double_eq(w.fall, 11.5 - last->information[4].i_xt);
    final_free(f);

    c.fraction = 1.0; /* nothing is left to be asked */
    f = final_new(&c, &data, recipe_bins);
    final_look(f, &record);
    ck_assert(isnan(final_likelier(f, 4)));
    final_free(f);
    run_record_free(&record);
}
END_TEST

/* By hand: one comes down to .25 at its end, the other passes that in its third row.  The last hidden
 * layer of one has fallen by 2 bits until its end, that of the other by 1 until there. */
START_TEST(equal)
{
    static struct run_record one, six;
    const struct run_row of_one[] = {
        {.loss = 1.0, .test_accuracy = 0.5, .information = {{6.0, 0}, {1.0, 0}}},
        {.loss = 0.5, .test_accuracy = 0.75, .information = {{7.0, 0}, {1.0, 0}}},
        {.loss = 0.25, .test_accuracy = 0.8125, .information = {{5.0, 0}, {1.0, 0}}}};
    const struct run_row of_six[] = {
        {.loss = 1.0, .test_accuracy = 0.5, .information = {{12.0, 0}, {8.0, 0}, {1.0, 0}}},
        {.loss = 0.375, .test_accuracy = 0.625, .information = {{12.0, 0}, {9.0, 0}, {1.0, 0}}},
        {.loss = 0.125, .test_accuracy = 0.875, .information = {{12.0, 0}, {8.0, 0}, {1.0, 0}}},
        {.loss = 0.0625, .test_accuracy = 1.0, .information = {{12.0, 0}, {4.0, 0}, {1.0, 0}}}};
    one.layers = 2;
    one.rows = 3;
    six.layers = 3;
    six.rows = 4;
    memcpy(one.row, of_one, sizeof of_one);
    memcpy(six.row, of_six, sizeof of_six);
    const struct whole_equal m = whole_equal_of(&one, &six), back = whole_equal_of(&six, &one);
    ck_assert_double_eq(m.loss, 0.25);
    ck_assert_double_eq(m.test, 0.8125);
    ck_assert_double_eq(m.other_test, 0.875);
    ck_assert_double_eq(m.worse, 0.0625);
    ck_assert_double_eq(m.fall, 2.0);
    ck_assert_double_eq(back.loss, 0.25);
    ck_assert_double_eq(back.worse, -0.0625);
    ck_assert_double_eq(back.fall, 1.0);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {likelier_of_the_hard_rule, likelier_of_the_smooth_rule, equal};
    return unit_run("whole", tests, sizeof tests / sizeof *tests);
}
