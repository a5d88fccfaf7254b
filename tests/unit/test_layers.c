/* test_layers.c -- layers over all inputs, against a slow forward pass and, measured, against what a
 * run recorded. */
#include "unit.h"

#include "final.h"
#include "layers.h"
#include "recipe.h"
#include "record.h"
#include "reference.h"
#include "tasks.h"

enum { MAX_WIDTH = 150, MAX_UNITS = 400, SEED = 2385, NETWORK = 7 };

/* The final weights of a record give back the information that was measured on the run last, to the
 * last bit, also after the way through text: a short run of either recipe. */
START_TEST(as_recorded)
{
    static struct run_record record, read;
    static struct run_measured by_run;
    struct run_measured *const measured = &by_run;
    const struct config configs[] = {recipe_described(0.05, 40), recipe_coded(3)};
    const char *const estimators[] = {recipe_bins, recipe_coded_bins};
    for (size_t i = 0; i < 2; i++) {
        const struct config *c = &configs[i];
        const struct record_head head = {.config = c, .number = 3, .engine = "test"};
        struct dataset data;
        ck_assert_ptr_null(tasks_make(&data, c->task));
        run_train(&record, &measured, &estimators[i], 1, c, &data, 3);
        size_t size;
        char *text = record_run_text(&size, &record, &head);
        ck_assert_ptr_null(record_read_run(&read, text, size, &head));
        free(text);

        struct net_shape shape;
        config_shape(&shape, c);
        struct layers *w = layers_new(&shape, data.n);
        struct estimator by;
        estimator_start(&by, estimators[i], &data);
        layers_forward(w, read.param, &data, c->seed, 3);
        struct final *f = final_new(c, &data, estimators[i]);
        final_look(f, &read);
        for (size_t l = 1; l <= c->layers; l++) {
            const struct information *then = &by_run.of[record.rows - 1][l - 1];
            const struct information now = estimator_measure(&by, w, l, NULL);
            const struct information again = final_information(f, l);
            ck_assert_double_eq(now.i_xt, then->i_xt);
            ck_assert_double_eq(now.i_ty, then->i_ty);
            ck_assert_double_eq(again.i_xt, then->i_xt);
            ck_assert_double_eq(again.i_ty, then->i_ty);
        }
        final_free(f);
        estimator_end(&by);
        layers_free(w);
        dataset_free(&data);
    }
    run_record_free(&record);
    run_record_free(&read);
}
END_TEST

/* Activations t (units of layer 1 and up, one after the other) of one input by double arithmetic and
 * the functions of the system; the noise of a unit by its own stream for measuring, word k for
 * input k. */
static void slow_forward(double *t, const struct net_shape *s, const float *param,
                         const struct dataset *d, size_t k)
{
    double x[MAX_WIDTH];
    for (size_t i = 0; i < d->features; i++)
        x[i] = d->x ? (double)d->x[k * d->features + i]
                    : (double)(d->bits[k] >> (d->features - 1 - i) & 1);
    uint32_t unit = 0;
    for (size_t l = 1; l <= s->layers; l++) {
        const size_t in = s->width[l - 1], out = s->width[l];
        double *own = t + s->unit[l] - s->width[0], sum = 0.0;
        for (size_t o = 0; o < out; o++) {
            double z = (double)param[s->bias[l] + o];
            for (size_t i = 0; i < in; i++)
                z += (double)param[s->weight[l] + o * in + i] * x[i];
            if (l == s->layers) {
                sum += own[o] = exp(z);
                continue;
            }
            uint32_t word;
            rng_fill(&word, 1, SEED, NETWORK, RNG_NOISE_MEASURED, unit++, k);
            own[o] = reference_unit(s->kind, z) + (double)s->noise * (double)lanes_normal(word);
        }
        for (size_t o = 0; o < out; o++)
            x[o] = own[o] /= l == s->layers ? sum : 1.0;
    }
}

/* A network with weights at random, passed over a data set; the weights in *param. */
static struct layers *passed(float **param, const struct config *c, const struct dataset *d)
{
    struct net_shape shape;
    struct rng rng;
    config_shape(&shape, c);
    *param = calloc(shape.params, sizeof **param);
    ck_assert_ptr_nonnull(*param);
    rng_stream(&rng, 7, 0, RNG_WEIGHTS);
    net_init(*param, &shape, NET_TRUNCATED_NORMAL, 1.0F, &rng);
    for (size_t l = 1; l <= shape.layers; l++)
        for (size_t o = 0; o < shape.width[l]; o++)
            (*param)[shape.bias[l] + o] = rng_uniform(&rng) - 0.5F;
    struct layers *w = layers_new(&shape, d->n);
    layers_forward(w, *param, d, SEED, NETWORK);
    return w;
}

/* Every activation and the output, of narrow and wide networks; inputs that fill the last strip and
 * inputs that do not; without noise and with it. */
START_TEST(slowly)
{
    static const struct {
        struct config config;
        int narrow;
    } network[] = {
        {{.task = "icosahedron:0.99", .layers = 6, .width = {12, 10, 7, 5, 4, 3, 2}}, 1},
        {{.task = "random:20:5:300:1", .layers = 3, .width = {20, 64, 9, 5}, .noise = 0.25}, 1},
        {{.task = "random:70:10:300:1", .layers = 4, .width = {70, 150, 33, 20, 10}}, 0},
        {{.task = "random:30:2:128:1", .layers = 2, .width = {30, 65, 2}, .noise = 0.25}, 0},
        {{.task = "random:13:3:1:1",
          .layers = 3,
          .width = {13, 90, 7, 3},
          .unit = UNIT_SOFTSIGN,
          .noise = 0.5},
         0},
    };
    for (size_t i = 0; i < sizeof network / sizeof *network; i++) {
        const struct config *c = &network[i].config;
        struct dataset d;
        float *param;
        ck_assert_ptr_null(tasks_make(&d, c->task));
        struct layers *w = passed(&param, c, &d);
        ck_assert_int_eq(w->strip != NULL, network[i].narrow);
        ck_assert_int_eq(w->wide != NULL, !network[i].narrow);
        const size_t units = w->shape.units - w->shape.width[0];
        ck_assert_uint_le(units, MAX_UNITS);
        for (size_t k = 0; k < d.n; k++) {
            double t[MAX_UNITS];
            slow_forward(t, &w->shape, param, &d, k);
            for (size_t l = 1; l <= c->layers; l++)
                for (size_t o = 0; o < c->width[l]; o++) {
                    const double fast = (double)layers_row(w, l)[o * w->step + k];
                    const double slow = t[w->shape.unit[l] - w->shape.width[0] + o];
                    const double most = l < c->layers ? 5e-6 : 1e-6;
                    unit_require(fabs(fast - slow) < most,
                                 "network %zu, input %zu, layer %zu, unit %zu: %.9g, not %.9g", i,
                                 k, l, o, fast, slow);
                }
            for (size_t y = 0; y < d.classes; y++)
                unit_require(fabs((double)layers_output(w, k, y) - t[units - d.classes + y]) < 1e-6,
                             "network %zu, input %zu: p(y=%zu) %g", i, k, y,
                             (double)layers_output(w, k, y));
        }
        layers_free(w);
        free(param);
        dataset_free(&d);
    }
}
END_TEST

/* The bins of the recipe, by the slow forward pass: every one that is not within 1e-4 of an edge, in
 * widths of a bin; almost all are not. */
START_TEST(bins_slowly)
{
    const struct config c = recipe_described(0.85, 1);
    struct dataset d;
    struct bins bins;
    float *param;
    ck_assert_ptr_null(tasks_make(&d, c.task));
    ck_assert_ptr_null(bins_parse(&bins, recipe_bins));
    struct layers *w = passed(&param, &c, &d);
    const size_t hidden = w->shape.unit[c.layers] - w->shape.width[0];
    ck_assert_uint_eq(hidden, 29);
    uint8_t *bin = malloc(hidden * d.n);
    ck_assert_ptr_nonnull(bin);
    for (size_t u = 0; u < hidden; u++)
        bins_cut(bin + u * d.n, w->t + u * w->step, d.n, &bins);
    size_t decided = 0;
    for (size_t k = 0; k < d.n; k++) {
        double t[MAX_UNITS];
        slow_forward(t, &w->shape, param, &d, k);
        for (size_t u = 0; u < hidden; u++) {
            const double place = (t[u] + 1.0) / 2.0 * 30.0;
            if (fabs(place - round(place)) < 1e-4)
                continue;
            decided++;
            unit_require(bin[u * d.n + k] == (uint8_t)place,
                         "input %zu, hidden unit %zu: bin %d, not %g", k, u, bin[u * d.n + k],
                         floor(place));
        }
    }
    ck_assert_uint_gt(decided, hidden * d.n * 99 / 100);
    free(bin);
    layers_free(w);
    free(param);
    dataset_free(&d);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {as_recorded, slowly, bins_slowly};
    return unit_run("layers", tests, sizeof tests / sizeof *tests);
}
