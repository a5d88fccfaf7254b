/* test_loss.c -- the loss of networks that are sure and wrong: a probability that is 0 to the last bit
 * costs 126 bits, that of the least normal float. */
#include "unit.h"

#include "run.h"
#include "tasks.h"

/* No hidden layer, and steps so large that each output is 0 or 1. */
static const struct config sure = {.task = "icosahedron:hard",
                                   .layers = 1,
                                   .width = {12, 2},
                                   .unit = UNIT_TANH,
                                   .optimiser = OPTIMISER_SGD,
                                   .rate = 1e6,
                                   .batch = 256,
                                   .fraction = 0.5,
                                   .epochs = 6,
                                   .seed = 1};

static struct run_record record;
static struct dataset data;

static void train(const struct config *c)
{
    ck_assert_ptr_null(tasks_make(&data, c->task));
    ck_assert_ptr_null(run_check(c, &data));
    run_train(&record, NULL, NULL, 0, c, &data, 3);
    dataset_free(&data);
}

START_TEST(sure_and_wrong)
{
    train(&sure);
    for (size_t i = 1; i < record.rows; i++) {
        const struct run_row *row = &record.row[i];
        ck_assert_double_lt(row->train_accuracy, 1.0);
        ck_assert_double_gt(row->train_accuracy, 0.0);
        ck_assert_double_eq_tol(row->loss, 126.0 * (1.0 - row->train_accuracy), 1e-9);
    }
    run_record_free(&record);
}
END_TEST

/* The loss at which training ends is the same quantity: below 126 bits after the first epoch. */
START_TEST(stops_by_the_same_loss)
{
    struct config c = sure;
    c.stop_loss = 125.0;
    train(&c);
    ck_assert_uint_eq(record.row[record.rows - 1].epoch, 1);
    run_record_free(&record);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {sure_and_wrong, stops_by_the_same_loss};
    return unit_run("loss", tests, sizeof tests / sizeof *tests);
}
