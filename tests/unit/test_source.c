/* test_source.c -- the task as a source, against sums over the patterns; its curve; and layers of a
 * network as encoders, against the information that its run recorded. */
#include "unit.h"

#include "entropy.h"
#include "final.h"
#include "recipe.h"
#include "source.h"

static struct task task;

static void make_task(void)
{
    ck_assert_int_eq(task_init(&task, TASK_SMOOTH, 0.99), 0);
}

/* The classes say what the patterns say: I(X;Y) and H(Y) as the task has them; at gamma 12 the known
 * 0.8995 bit. */
START_TEST(information_of_the_task)
{
    make_task();
    struct bottleneck *b = source_alloc(&task, task.gamma);
    ck_assert_uint_eq(b->n, TASK_CLASSES);
    ck_assert_uint_eq(b->ny, 2);
    ck_assert_double_eq_tol(b->i_xy, task.i_xy, 1e-9);
    ck_assert_double_eq_tol(b->h_y, task.h_y, 1e-9);
    for (size_t k = 0; k < TASK_PATTERNS; k++)
        unit_require(b->py_x[2 * task.class[k] + 1] == (double)task.py_x[k], "pattern %zu", k);
    bottleneck_free(b);
    b = source_alloc(&task, 12.0);
    ck_assert_double_eq_tol(b->i_xy, 0.8995, 5e-5);
    bottleneck_free(b);
}
END_TEST

/* Betas in equal ratios, certified points, which rise; the known point at 35, (1.106, .9880). */
START_TEST(curve)
{
    make_task();
    struct bottleneck *b = source_alloc(&task, task.gamma);
    static struct bottleneck_point point[11];
    const double gap = source_curve(point, 11, b, 0.0, 35.0, 35.0 * 1024.0 / 32.0);
    double most = 0.0;
    ck_assert_double_eq(point[0].beta, 35.0);
    ck_assert_double_eq_tol(point[0].i_x, 1.106, 5e-4);
    ck_assert_double_eq_tol(point[0].i_y, 0.9880, 5e-5);
    for (size_t i = 0; i < 11; i++) {
        most = fmax(most, point[i].gap);
        if (i > 0) {
            ck_assert_double_eq_tol(point[i].beta / point[i - 1].beta, sqrt(2.0), 1e-12);
            ck_assert_double_ge(point[i].i_x, point[i - 1].i_x);
            ck_assert_double_ge(point[i].i_y, point[i - 1].i_y);
        }
    }
    ck_assert_double_eq(gap, most);
    ck_assert_double_lt(gap, 1e-9);
    bottleneck_free(b);
}
END_TEST

/* I(T;Y) and, with H(T|X) of the classes added, I(X;T) of every layer, both as the run recorded
 * them. */
START_TEST(layers_as_encoders)
{
    static struct run_record record;
    static struct run_measured by_run;
    struct run_measured *const measured = &by_run;
    const char *const estimator = recipe_bins;
    make_task();
    const struct config c = recipe_described(0.05, 40);
    struct dataset data;
    task_view(&data, &task);
    run_train(&record, &measured, &estimator, 1, &c, &data, 1);
    struct final *f = final_new(&c, &data, recipe_bins);
    final_look(f, &record);
    struct bottleneck *b = source_alloc(&task, task.gamma);
    for (size_t l = 1; l <= c.layers; l++) {
        const uint32_t *id;
        const size_t values = final_values(&id, f, l);
        struct encoder *layer = source_encoder(b, &task, id, values);
        const struct information *known = &by_run.of[record.rows - 1][l - 1];
        double i_x, i_y, *pt_x = calloc(TASK_CLASSES * layer->groups, sizeof *pt_x);
        for (size_t i = 0; i < TASK_CLASSES * layer->groups; i++)
            pt_x[i] = layer->joint[i] / layer->px[i / layer->groups];
        bottleneck_measure(&i_x, &i_y, b, pt_x, layer->groups);
        ck_assert_double_eq_tol(i_y, known->i_ty, 1e-6);
        /* H(T) of the clusters from that of the groups and of the clusters within them */
        double h_t = entropy_of_counts(layer->pg, layer->groups);
        for (size_t g = 0; g < layer->groups; g++)
            h_t += layer->pg[g] * layer->divided[g] / M_LN2;
        ck_assert_double_eq_tol(h_t, known->i_xt, 1e-6);
        free(pt_x);
        encoder_free(layer);
    }
    bottleneck_free(b);
    final_free(f);
    run_record_free(&record);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {information_of_the_task, curve, layers_as_encoders};
    return unit_run("source", tests, sizeof tests / sizeof *tests);
}
