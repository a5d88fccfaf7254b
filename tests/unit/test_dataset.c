/* test_dataset.c -- probabilities and entropies of data sets by hand, and what is refused. */
#include "unit.h"

#include "dataset.h"

static const uint32_t bits[] = {0, 1, 2, 3};
static const float x[] = {0.5F, -1.0F, 2.0F, 3.0F};
static const float p2[] = {0.0F, 1.0F, 0.5F, 0.25F};
static const float p3[] = {1, 0, 0, 0, 1, 0, 0, 0, 1, 0.5F, 0.25F, 0.25F};
static const uint8_t label[] = {0, 2, 2, 1};
static const struct dataset two = {.n = 4, .features = 2, .classes = 2, .bits = bits, .py_x = p2};
static const struct dataset three = {.n = 4, .features = 1, .classes = 3, .x = x, .py_x = p3};
static const struct dataset labelled = {
    .n = 4, .features = 1, .classes = 3, .x = x, .label = label};

/* Two: p(y=1) = 1.75/4; H(Y|X) = (0 + 0 + 1 + .811278)/4.  Three: p = (1.5, 1.25, 1.25)/4 and
 * H(Y|X) = 1.5/4.  Labels: 1/4, 1/4, 1/2, H(Y) = 1.5 = I(X;Y). */
START_TEST(by_hand)
{
    struct dataset d = two;
    dataset_entropies(&d);
    ck_assert_double_eq_tol(d.h_y, 0.988699408, 1e-8);
    ck_assert_double_eq_tol(d.i_xy, 0.988699408 - 1.811278124 / 4.0, 1e-8);
    ck_assert_double_eq(dataset_p(&d, 3, 0), 0.75);
    ck_assert_double_eq(dataset_p(&d, 3, 1), 0.25);
    d = three;
    dataset_entropies(&d);
    ck_assert_double_eq_tol(d.h_y, -(0.375 * log2(0.375) + 0.625 * log2(0.3125)), 1e-12);
    ck_assert_double_eq_tol(d.i_xy, d.h_y - 0.375, 1e-12);
    ck_assert_double_eq(dataset_p(&d, 3, 2), 0.25);
    d = labelled;
    dataset_entropies(&d);
    ck_assert_double_eq_tol(d.h_y, 1.5, 1e-12);
    ck_assert_double_eq_tol(d.i_xy, 1.5, 1e-12);
    ck_assert_double_eq(dataset_p(&d, 1, 2), 1.0);
    ck_assert_double_eq(dataset_p(&d, 1, 1), 0.0);
}
END_TEST

static void refused(const struct dataset *d, const char *why)
{
    const char *problem = dataset_check(d);
    ck_assert_ptr_nonnull(problem);
    ck_assert_msg(strstr(problem, why) != NULL, "\"%s\" does not say \"%s\"", problem, why);
}

START_TEST(check)
{
    static const float bad_sum[] = {1, 0, 0, 0, 1, 0, 0, 0, 1, 0.5F, 0.25F, 0.2F};
    static const float bad_p[] = {0.0F, 1.5F, 0.5F, 0.25F};
    static const float bad_x[] = {0.0F, INFINITY, 0.5F, 0.25F};
    static const double odds[4] = {0};
    ck_assert_ptr_null(dataset_check(&two));
    ck_assert_ptr_null(dataset_check(&three));
    ck_assert_ptr_null(dataset_check(&labelled));
    struct dataset d = two;
    d.counted = 1;
    ck_assert_ptr_null(dataset_check(&d));
    d = two, d.n = 0, refused(&d, "inputs");
    d = two, d.n = DATASET_MAX_INPUTS + 1, refused(&d, "inputs");
    d = two, d.classes = 1, refused(&d, "classes");
    d = labelled, d.classes = 65, refused(&d, "classes");
    d = labelled, d.classes = 2, refused(&d, "label is not a class");
    d = two, d.x = x, refused(&d, "one form");
    d = two, d.bits = NULL, refused(&d, "one form");
    d = two, d.label = label, refused(&d, "one form");
    d = two, d.py_x = NULL, refused(&d, "one form");
    d = two, d.features = 33, refused(&d, "features");
    d = two, d.features = 1, refused(&d, "more bits");
    d = two, d.bits = bits + 1, d.n = 3, d.counted = 1, refused(&d, "numbers");
    d = two, d.py_x = bad_p, refused(&d, "probability");
    d = three, d.py_x = bad_sum, refused(&d, "add up");
    d = three, d.x = bad_x, refused(&d, "finite");
    d = three, d.log_odds = odds, refused(&d, "log-odds");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {by_hand, check};
    return unit_run("dataset", tests, sizeof tests / sizeof *tests);
}
