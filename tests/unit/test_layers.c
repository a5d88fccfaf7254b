/* test_layers.c -- layers over all patterns, against what a run recorded and against a slow forward
 * pass. */
#include "unit.h"

#include "layers.h"
#include "recipe.h"
#include "run.h"

static struct task task;
static struct dataset data;

static struct layers *new_layers(const struct run_config *c)
{
    void *memory = NULL;
    ck_assert_int_eq(posix_memalign(&memory, LAYERS_ALIGNMENT, sizeof(struct layers)), 0);
    struct layers *w = memory;
    run_bins(&w->bins, c);
    return w;
}

/* A short run of either recipe. */
static struct run_config configs(size_t i)
{
    struct run_config c = i == 0 ? recipe_described(0.05, 40) : recipe_coded(3);
    return c;
}

/* The final weights of a record give back the information it recorded last, to the last bit, also
 * after the way through text. */
START_TEST(as_recorded)
{
    static struct run_record record, read;
    for (size_t i = 0; i < 2; i++) {
        const struct run_config c = configs(i);
        ck_assert_int_eq(task_init(&task, c.rule, c.i_xy), 0);
        struct run *r = run_new();
        run_train(&record, r, &c, &task, 3);
        run_free(r);
        size_t size;
        char *text = run_write(&size, &record, &c, "test");
        ck_assert_ptr_null(run_read(&read, text, size, &c, 3, "test"));
        free(text);

        struct net_shape shape;
        struct layers *w = new_layers(&c);
        net_shape(&shape, c.width, c.layers);
        task_view(&data, &task);
        layers_forward(w, &shape, read.param, &data, c.seed, 3);
        for (size_t l = 1; l <= c.layers; l++) {
            const struct information now = layers_information(w, l, &data);
            const struct information *then = &record.row[record.rows - 1].information[l - 1];
            ck_assert_double_eq(now.i_xt, then->i_xt);
            ck_assert_double_eq(now.i_ty, then->i_ty);
        }
        free(w);
    }
}
END_TEST

/* Activations by double arithmetic and the system's tanh: every bin that is not within 1e-5 of an
 * edge, and the output; and the values of a layer are its distinct patterns of bins. */
START_TEST(slowly)
{
    const struct run_config c = recipe_described(0.85, 1);
    struct net_shape shape;
    struct rng rng;
    static float param[RUN_MAX_PARAMS];
    net_shape(&shape, c.width, c.layers);
    rng_stream(&rng, 7, 0, RNG_WEIGHTS);
    net_init(param, &shape, NET_TRUNCATED_NORMAL, 1.0F, &rng);
    struct layers *w = new_layers(&c);
    task_init(&task, c.rule, c.i_xy);
    task_view(&data, &task);
    layers_forward(w, &shape, param, &data, c.seed, 0);
    size_t decided = 0;
    for (size_t k = 0; k < TASK_PATTERNS; k++) {
        double x[NET_MAX_WIDTH], t[NET_MAX_WIDTH];
        for (size_t i = 0; i < TASK_BITS; i++)
            x[i] = (double)(k >> (TASK_BITS - 1 - i) & 1);
        for (size_t l = 1; l <= c.layers; l++) {
            for (size_t o = 0; o < c.width[l]; o++) {
                t[o] = (double)param[shape.bias[l] + o];
                for (size_t i = 0; i < c.width[l - 1]; i++)
                    t[o] += (double)param[shape.weight[l] + o * c.width[l - 1] + i] * x[i];
            }
            for (size_t o = 0; o < c.width[l] && l < c.layers; o++) {
                x[o] = tanh(t[o]);
                const double place = (x[o] + 1.0) / 2.0 * 30.0;
                if (fabs(place - round(place)) < 1e-4)
                    continue;
                decided++;
                unit_require(w->bin[shape.unit[l] + o][k] == (uint8_t)place,
                             "pattern %zu, layer %zu, unit %zu: bin %d, not %g", k, l, o,
                             w->bin[shape.unit[l] + o][k], floor(place));
            }
        }
        unit_require(fabs((double)w->p_one[k] - 1.0 / (1.0 + exp(t[0] - t[1]))) < 1e-6,
                     "pattern %zu: p(y=1) %g", k, (double)w->p_one[k]);
    }
    ck_assert_uint_gt(decided, 29 * TASK_PATTERNS * 99 / 100);

    for (size_t l = 1; l <= c.layers; l++) {
        const size_t values = layers_values(w, l);
        static size_t first[TASK_PATTERNS];
        size_t seen = 0;
        for (size_t k = 0; k < TASK_PATTERNS; k++) {
            const size_t id = w->space.id[k];
            unit_require(id <= seen && id < values, "layer %zu: value %zu out of order", l, id);
            if (id == seen)
                first[seen++] = k;
            for (size_t o = 0; o < c.width[l]; o++)
                unit_require(w->bin[shape.unit[l] + o][k] == w->bin[shape.unit[l] + o][first[id]],
                             "layer %zu: pattern %zu is not like the first of its value", l, k);
        }
        ck_assert_uint_eq(seen, values);
    }
    free(w);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {as_recorded, slowly};
    return unit_run("layers", tests, sizeof tests / sizeof *tests);
}
