#include "run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layers.h"
#include "memory.h"

/*[ schedule ]*/
size_t run_schedule(size_t *epoch, size_t epochs)
{
    static const size_t reported[] = {400, 1002, 9000, 9998};
    size_t n = 0, next = 0;
    for (size_t e = 0; e <= epochs; e++) {
        int wanted = e == next || e == epochs;
        if (e == next)
            next = e + 1 + e / 16;
        for (size_t k = 0; k < sizeof reported / sizeof *reported; k++)
            wanted |= e == reported[k];
        if (wanted && n < RUN_MAX_ROWS)
            epoch[n++] = e;
    }
    return n;
}
/*[ end ]*/

const char *run_check(const struct config *c, const struct dataset *d)
{
    size_t epoch[RUN_MAX_ROWS];
    const char *problem = config_check(c, d->features, d->classes);
    if (problem)
        return problem;
    return run_schedule(epoch, c->epochs) == RUN_MAX_ROWS
               ? "there are more epochs than a schedule holds"
               : NULL;
}

void run_record_init(struct run_record *record, const struct config *c, size_t number)
{
    struct net_shape shape;
    config_shape(&shape, c);
    free(record->param);
    *record = (struct run_record){.number = number, .layers = c->layers, .params = shape.params};
    record->param = NULL;
    if (shape.params <= RUN_KEPT_PARAMS)
        record->param =
            memory_array(shape.params, sizeof *record->param, "the weights of a record");
}

void run_record_free(struct run_record *record)
{
    free(record->param);
    record->param = NULL;
}

/*[ measure ]*/
/* Everything but information that is measured on a network between two epochs. */
static void look(struct run_row *row, const struct train *t, const struct layers *w)
{
    for (size_t l = 1; l <= t->shape.layers; l++) {
        row->weight_norm[l - 1] = train_weight_norm(t, l);
        row->spectral_norm[l - 1] = train_spectral_norm(t, l);
    }

    /* the training set is the first t->samples of t->order, the test set the rest */
    const size_t n = t->data->n, classes = t->data->classes;
    double loss = 0.0;
    size_t right[2] = {0};
    for (size_t k = 0; k < n; k++) {
        const size_t x = t->order[k], y = t->label[x];
        const float p = layers_output(w, x, y);
        /* The label has the largest of the probabilities; of two, more than half. */
        int best = classes > 2 || p > 0.5F;
        for (size_t other = 0; best && classes > 2 && other < classes; other++)
            best = other == y || p > layers_output(w, x, other);
        right[k >= t->samples] += (size_t)best;
        if (k < t->samples) /* a probability that is 0 to the last bit counts as the least float */
            loss -= lanes_log2((double)fmaxf(p, 0x1p-126F));
    }
    const size_t tested = n - t->samples;
    row->loss = loss / (double)t->samples;
    row->train_accuracy = (double)right[0] / (double)t->samples;
    row->test_accuracy = tested ? (double)right[1] / (double)tested : (double)NAN;
}
/*[ end ]*/

/*[ train ]*/
void run_train(struct run_record *record, struct run_measured *const *measured,
               const char *const *estimator, size_t n, const struct config *c,
               const struct dataset *d, size_t number)
{
    size_t epoch[RUN_MAX_ROWS];
    struct estimator by[RUN_MAX_ESTIMATORS];
    struct train *t = train_new();
    train_start(t, c, d, number);
    struct layers *w = layers_new(&t->shape, d->n);
    for (size_t i = 0; i < n; i++)
        estimator_start(&by[i], estimator[i], d);
    run_record_init(record, c, number);
    run_schedule(epoch, c->epochs);
    for (size_t e = 0, last = 0; !last; e++) {
        last = e == c->epochs || train_stopped(t);
        if (e < epoch[record->rows] && !last) {
            train_epoch(t, NULL);
            continue;
        }
        struct run_row *row = &record->row[record->rows];
        row->epoch = e;
        layers_forward(w, t->param, d, c->seed, number);
        look(row, t, w);
        for (size_t i = 0; i < n; i++)
            for (size_t l = 1; l <= c->layers; l++)
                measured[i]->of[record->rows][l - 1] = estimator_measure(&by[i], w, l, t->param);
        if (last && record->param)
            memcpy(record->param, t->param, record->params * sizeof *record->param);
        train_epoch(t, row->gradient); /* the last row needs one epoch more for its gradient */
        record->rows++;
    }
    for (size_t i = 0; i < n; i++)
        estimator_end(&by[i]);
    layers_free(w);
    train_free(t);
}
/*[ end ]*/
