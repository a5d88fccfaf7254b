/* test_course.c -- quantities along the training, of one network and over several. */
#include "unit.h"

#include "course.h"
#include "stats.h"

enum { LAYERS = 2, ROWS = 3, NETWORKS = 4 };

static struct run_record record[NETWORKS];

/* Every number of network k, layer l, row i is another one. */
static void fill(void)
{
    for (size_t k = 0; k < NETWORKS; k++) {
        record[k].rows = ROWS;
        record[k].layers = LAYERS;
        for (size_t i = 0; i < ROWS; i++) {
            struct run_row *row = &record[k].row[i];
            const double base = (double)(k * k) + 10.0 * (double)i;
            row->train_accuracy = base / 64.0;
            row->test_accuracy = base / 128.0;
            for (size_t l = 0; l < LAYERS; l++) {
                const double x = 100.0 * (double)(l + 1) + base;
                row->information[l].i_xt = x;
                row->information[l].i_ty = 2.0 * x;
                row->gradient[l] = (struct train_gradient){.mean = 3.0 * x, .deviation = 4.0 * x};
                row->weight_norm[l] = 0.5 * x;
                row->spectral_norm[l] = 0.25 * x;
            }
        }
    }
}

/* Network 2, layer 1, row 1: base 14, x 214. */
START_TEST(each_quantity)
{
    const struct run_row *row = &record[2].row[1];
    const double x = 214.0;
    ck_assert_double_eq(course_at(row, 1, COURSE_I_XT), x);
    ck_assert_double_eq(course_at(row, 1, COURSE_I_TY), 2.0 * x);
    ck_assert_double_eq(course_at(row, 1, COURSE_TRAIN_ACCURACY), 14.0 / 64.0);
    ck_assert_double_eq(course_at(row, 1, COURSE_TEST_ACCURACY), 14.0 / 128.0);
    ck_assert_double_eq(course_at(row, 1, COURSE_ERROR), 50.0 / 64.0);
    ck_assert_double_eq(course_at(row, 1, COURSE_WEIGHTS), 0.5 * x);
    ck_assert_double_eq(course_at(row, 1, COURSE_MEAN), 6.0);
    ck_assert_double_eq(course_at(row, 1, COURSE_DEVIATION), 8.0);
    ck_assert_double_eq(course_at(row, 1, COURSE_SNR), 0.75);
    ck_assert_double_eq(course_at(row, 1, COURSE_SPECTRAL_MEAN), 12.0);
    ck_assert_double_eq(course_at(row, 1, COURSE_SPECTRAL_TRACE), 64.0 * x);
}
END_TEST

START_TEST(along_the_training)
{
    double x[ROWS];
    course_of(x, &record[2], 1, COURSE_I_XT);
    ck_assert(x[0] == 204.0 && x[1] == 214.0 && x[2] == 224.0);
}
END_TEST

/* Networks 0 to 3 have 110, 111, 114, 119 in row 1 of layer 0. */
START_TEST(over_networks)
{
    const double value[NETWORKS] = {110.0, 111.0, 114.0, 119.0};
    const struct course_column column[] = {
        {COURSE_I_XT, COURSE_OVER_MEAN},  {COURSE_I_XT, COURSE_OVER_SE},
        {COURSE_I_XT, COURSE_OVER_SD},    {COURSE_I_XT, COURSE_OVER_MEDIAN},
        {COURSE_I_XT, COURSE_OVER_LOWER}, {COURSE_I_XT, COURSE_OVER_UPPER}};
    double *x = course_values(record, NETWORKS, 1, 0, COURSE_I_XT), all[ROWS];
    for (size_t k = 0; k < NETWORKS; k++)
        ck_assert_double_eq(x[k], value[k]);
    free(x);
    ck_assert_double_eq(course_over(record, NETWORKS, 1, 0, column[0]), 113.5);
    ck_assert_double_eq(course_over(record, NETWORKS, 1, 0, column[1]), stats_se(value, NETWORKS));
    ck_assert_double_eq(course_over(record, NETWORKS, 1, 0, column[2]), stats_sd(value, NETWORKS));
    ck_assert_double_eq(course_over(record, NETWORKS, 1, 0, column[3]), 112.5);
    ck_assert_double_eq(course_over(record, NETWORKS, 1, 0, column[4]), 110.75);
    ck_assert_double_eq(course_over(record, NETWORKS, 1, 0, column[5]), 115.25);
    course_over_all(all, record, NETWORKS, 0, column[3]);
    ck_assert(all[0] == 102.5 && all[1] == 112.5 && all[2] == 122.5);
}
END_TEST

int main(void)
{
    fill();
    const TTest *const tests[] = {each_quantity, along_the_training, over_networks};
    return unit_run("course", tests, sizeof tests / sizeof *tests);
}
