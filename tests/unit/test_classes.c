/* test_classes.c -- the task as a source, against sums over the patterns; and layers of a
 * network as encoders, against the information that its run recorded. */
#include "unit.h"

#include "bound.h"
#include "entropy.h"
#include "final.h"
#include "recipe.h"

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
    struct source *b = classes_source(&task, task.gamma);
    ck_assert_uint_eq(b->n, TASK_CLASSES);
    ck_assert_uint_eq(b->ny, 2);
    /* the task rounds p(y|x) to 24 bits, the source gamma */
    ck_assert_double_eq_tol(b->i_xy, task.i_xy, 1e-7);
    ck_assert_double_eq_tol(b->h_y, task.h_y, 1e-7);
    for (size_t k = 0; k < TASK_PATTERNS; k++)
        unit_require(fabs(b->py_x[2 * task.class[k] + 1] - (double)task.py_x[k]) < 1e-7,
                     "pattern %zu", k);
    for (size_t c = 0; c < TASK_CLASSES; c++) { /* all differ, in either direction */
        ck_assert_double_eq_tol(b->odds[c] / (task.gamma * (task.f[c] - 5.89)), 1.0, 1e-6);
        ck_assert(c == 0 || (b->log_py_x[2 * c] < b->log_py_x[2 * c - 2] &&
                             b->log_py_x[2 * c + 1] > b->log_py_x[2 * c - 1]));
    }
    source_free(b);
    b = classes_source(&task, 12.0);
    ck_assert_double_eq_tol(b->i_xy, 0.8995, 5e-5);
    source_free(b);
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
    struct source *b = classes_source(&task, task.gamma);
    for (size_t l = 1; l <= c.layers; l++) {
        const uint32_t *id;
        const size_t values = final_values(&id, f, l);
        struct encoder *layer = classes_encoder(b, &task, id, values);
        const struct information *known = &by_run.of[record.rows - 1][l - 1];
        double i_x, i_y, *pt_x = calloc(TASK_CLASSES * layer->groups, sizeof *pt_x);
        for (size_t i = 0; i < TASK_CLASSES * layer->groups; i++)
            pt_x[i] = layer->joint[i] / layer->px[i / layer->groups];
        bound_measure(&i_x, &i_y, b, pt_x, layer->groups);
        ck_assert_double_eq_tol(i_y, known->i_ty, 1e-6);
        ck_assert_double_eq_tol(b->i_xy - encoder_lost(layer), i_y, 1e-12);
        /* H(T) of the clusters from that of the groups and of the clusters within them */
        double h_t = entropy_of_counts(layer->pg, layer->groups);
        for (size_t g = 0; g < layer->groups; g++)
            h_t += layer->pg[g] * layer->divided[g] / M_LN2;
        ck_assert_double_eq_tol(h_t, known->i_xt, 1e-6);
        free(pt_x);
        encoder_free(layer);
    }
    source_free(b);
    final_free(f);
    run_record_free(&record);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {information_of_the_task, layers_as_encoders};
    return unit_run("classes", tests, sizeof tests / sizeof *tests);
}
