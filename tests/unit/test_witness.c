/* test_witness.c -- the engine against a second one, written from the paper's appendix: the same
 * bytes of every parameter and activation, for every unit, optimiser, option and kind of noise. */
#include "unit.h"

#include "config.h"
#include "dataset.h"
#include "layers.h"
#include "tasks.h"
#include "train.h"

#include "../witness/witness.c"

/* A setting or two that differ from those of compare_all. */
struct option {
    const char *name;
    void (*set)(struct config *c);
};

#define OPTION(name, ...)                                                                          \
    static void set_##name(struct config *c)                                                       \
    {                                                                                              \
        __VA_ARGS__;                                                                               \
    }
OPTION(label_noise, c->label_noise = 0.3)
OPTION(gradient_noise, c->gradient_noise = 0.01)
OPTION(noise, c->noise = 0.2)
OPTION(two_bits, c->quantised = 2)
OPTION(eight_bits, c->quantised = 8)
OPTION(normal_law, c->law = NET_NORMAL)
OPTION(uniform_law, c->law = NET_UNIFORM)
OPTION(scale, c->scale = 1.3)
OPTION(large_scale, c->scale = 5.0; c->rate *= 0.001)
OPTION(decay, c->decay = 0.01)
OPTION(norm_cap, c->norm_cap = 0.9)
OPTION(orthonormality, c->orthonormality = 0.02)
OPTION(shuffled_labels, c->labels = CONFIG_LABELS_SHUFFLED)
OPTION(in_order, c->in_order = 1)
OPTION(one_batch, c->batch = 0)
OPTION(small_batches, c->batch = 1; c->rate *= 0.3; c->fraction *= 0.3)
OPTION(large_batches, c->batch = 130; c->stop_loss = 0.01) /* more than a strip */
OPTION(stop, c->epochs = 12; c->stop_loss = 0.99 * log2((double)c->width[c->layers]))
OPTION(long_seed, c->seed = 0x123456789abcdefUL)
OPTION(all_noise, c->label_noise = 0.1; c->gradient_noise = 0.003; c->noise = 0.1; c->quantised = 4)
OPTION(all_penalties, c->decay = 0.003; c->norm_cap = 1.1; c->orthonormality = 0.01;
       c->stop_loss = 0.01)
#undef OPTION
#define OPTION(name)                                                                               \
    {                                                                                              \
#name, set_##name                                                                          \
    }
static const struct option options[] = {
    OPTION(label_noise),     OPTION(gradient_noise), OPTION(noise),       OPTION(two_bits),
    OPTION(eight_bits),      OPTION(normal_law),     OPTION(uniform_law), OPTION(scale),
    OPTION(large_scale),     OPTION(decay),          OPTION(norm_cap),    OPTION(orthonormality),
    OPTION(shuffled_labels), OPTION(in_order),       OPTION(one_batch),   OPTION(small_batches),
    OPTION(large_batches),   OPTION(stop),           OPTION(long_seed),   OPTION(all_noise),
    OPTION(all_penalties)};
#undef OPTION
static struct witness witness;

/* The witness numbers kinds, laws and optimisers in the appendix's order: the engine has the same
 * ones. */
static const char *const kinds[] = {"tanh",       "hard_tanh", "softsign", "sigmoid", "relu",
                                    "leaky_relu", "softplus",  "linear",   "sign"};
static const char *const laws[] = {"truncated_normal", "normal", "uniform"};
static const char *const optimisers[] = {"sgd", "momentum", "adam"};
#define COUNT(array) (sizeof(array) / sizeof(array)[0])

START_TEST(names)
{
    ck_assert_uint_eq(COUNT(kinds), UNITS);
    ck_assert_uint_eq(COUNT(optimisers), OPTIMISERS);
    ck_assert_uint_eq(COUNT(laws), NET_LAWS);
    for (size_t i = 0; i < COUNT(kinds); i++)
        ck_assert_str_eq(unit_name((enum unit)i), kinds[i]);
    for (size_t i = 0; i < COUNT(optimisers); i++)
        ck_assert_str_eq(optimiser_name((enum optimiser)i), optimisers[i]);
    for (size_t i = 0; i < COUNT(laws); i++)
        ck_assert_str_eq(net_law_name((enum net_law)i), laws[i]);
}
END_TEST

/* Tells the witness what to train. */
static void tell(const struct config *c, const struct dataset *d, size_t number)
{
    memset(&witness, 0, sizeof witness);
    witness.n = d->n, witness.classes = d->classes, witness.layers = c->layers;
    memcpy(witness.width, c->width, sizeof witness.width);
    witness.bits = d->bits, witness.x = d->x, witness.p_y = d->py_x, witness.own = d->label;
    witness.seed = c->seed, witness.network = number;

    witness.shuffled = c->labels == CONFIG_LABELS_SHUFFLED, witness.in_order = c->in_order;
    witness.label_noise = c->label_noise, witness.share = c->fraction;
    witness.kind = (int)c->unit, witness.quantised = (int)c->quantised;
    witness.noise = (float)c->noise;
    witness.law = (int)c->law, witness.scale = (float)c->scale;

    witness.optimiser = (int)c->optimiser, witness.rate = (float)c->rate;
    witness.momentum = (float)c->momentum, witness.batch = c->batch, witness.epochs = c->epochs;
    witness.decay = (float)c->decay, witness.norm_cap = c->norm_cap;
    witness.orthonormality = (float)c->orthonormality;
    witness.gradient_noise = (float)c->gradient_noise, witness.stop_loss = c->stop_loss;
}

/* The statistics of the last epoch's gradient of layer l, of B batches, from the witness's sums. */
static struct train_gradient layer_gradient(size_t l, double b)
{
    double mean = 0.0, deviation = 0.0;
    for (size_t p = witness.weight[l]; p < witness.bias[l]; p++) {
        const double m = witness.sum[p] / b;
        mean += m * m;
        deviation += b > 1.0 ? fmax(0.0, witness.square[p] - m * witness.sum[p]) / (b - 1.0) : 0.0;
    }
    return (struct train_gradient){sqrt(mean), sqrt(deviation)};
}

/* The activations of measured networks, of some inputs. */
static void compare_measured(const struct train *t, const char *what)
{
    struct layers *w = layers_new(&t->shape, t->data->n);
    layers_forward(w, t->param, t->data, t->config->seed, t->number);
    for (size_t i = 0; i < t->data->n; i += 37) {
        forward(&witness, i, i, MEASURED);
        const float *expected = witness.t + witness.width[0];
        for (size_t u = 0; u < witness.unit[witness.layers + 1] - witness.width[0]; u++)
            unit_require(memcmp(&w->t[u * w->step + i], &expected[u], sizeof(float)) == 0,
                         "%s: unit %zu gives %a, witness %a\n", what, u,
                         (double)w->t[u * w->step + i], (double)expected[u]);
    }
    layers_free(w);
}

/* Trains network `number` by both. */
static void compare(struct train *t, const struct config *c, const struct dataset *d, size_t number)
{
    char what[CONFIG_TEXT_MAX];
    struct train_gradient gradient[NET_MAX_LAYERS];
    const char *wrong = config_check(c, d->features, d->classes);
    unit_require(!wrong, "%s", wrong);
    config_text(what, c);
    tell(c, d, number);
    witness_train(&witness);

    size_t epochs = 0;
    train_start(t, c, d, number);
    do
        train_epoch(t, gradient);
    while (++epochs < c->epochs && !train_stopped(t));

    unit_require(epochs == witness.done, "%s: %zu epochs, witness %zu", what, epochs,
                 (size_t)witness.done);
    unit_require(t->shape.params == witness.params, "%s: %zu parameters", what, t->shape.params);
    for (size_t p = 0; p < witness.params; p++)
        unit_require(memcmp(&t->param[p], &witness.param[p], sizeof(float)) == 0 &&
                         isfinite(witness.param[p]),
                     "%s: parameter %zu is %a, witness %a", what, p, (double)t->param[p],
                     (double)witness.param[p]);
    unit_require(c->stop_loss <= 0.0 || memcmp(&t->loss, &witness.loss, sizeof(double)) == 0,
                 "%s: loss %a, witness %a", what, t->loss, witness.loss);
    for (size_t l = 1; l <= c->layers; l++) {
        const struct train_gradient g = layer_gradient(l, (double)config_batches(c, d->n));
        unit_require(gradient[l - 1].mean == g.mean && gradient[l - 1].deviation == g.deviation,
                     "%s: gradient of layer %zu", what, l);
    }
    compare_measured(t, what);
}

/* Every unit, optimiser and option. */
static void compare_all(const struct dataset *d, size_t layers, const size_t hidden[],
                        double fraction)
{
    struct train *t = train_new();
    size_t number = 0;
    for (size_t u = 0; u < COUNT(kinds); u++)
        for (size_t o = 0; o < COUNT(optimisers); o++)
            for (size_t option = 0; option < COUNT(options); option++) {
                struct config c = {.task = "of this test",
                                   .fraction = fraction,
                                   .layers = layers,
                                   .width = {d->features},
                                   .unit = (enum unit)u,
                                   .optimiser = (enum optimiser)o,
                                   .rate = o == OPTIMISER_MOMENTUM ? 0.005 : 0.03,
                                   .momentum = o == OPTIMISER_MOMENTUM ? 0.9 : 0.0,
                                   .batch = 37,
                                   .epochs = 2,
                                   .seed = 3};
                memcpy(c.width + 1, hidden, (layers - 1) * sizeof hidden[0]);
                c.width[layers] = d->classes;
                options[option].set(&c);
                compare(t, &c, d, number++);
            }
    train_free(t);
}

static void compare_task(const char *task, size_t layers, const size_t hidden[], double fraction)
{
    struct dataset d;
    ck_assert_ptr_null(tasks_make(&d, task));
    compare_all(&d, layers, hidden, fraction);
    dataset_free(&d);
}

START_TEST(bits)
{
    compare_task("icosahedron:0.99", 3, (const size_t[]){7, 5}, 0.05);
}
END_TEST

START_TEST(numbers)
{
    compare_task("random:5:2:211:4", 3, (const size_t[]){4, 9}, 0.9);
}
END_TEST

/* Labels drawn from p(y|x) of four classes. */
START_TEST(classes)
{
    enum { N = 64, CLASSES = 4 };
    uint32_t x[N];
    float p[N][CLASSES];
    uint64_t random = 1;
    for (uint32_t i = 0; i < N; i++) {
        double q[CLASSES], sum = 0.0;
        for (size_t y = 0; y < CLASSES; y++)
            sum += q[y] = unit_uniform(&random, 0.0, 1.0);
        for (size_t y = 0; y < CLASSES; y++)
            p[i][y] = (float)(q[y] / sum);
        x[i] = (i * 11) % N;
    }
    struct dataset d = {.n = N, .features = 6, .classes = CLASSES, .bits = x, .py_x = p[0]};
    dataset_entropies(&d);
    ck_assert_ptr_null(dataset_check(&d));
    compare_all(&d, 4, (const size_t[]){9, 4, 3}, 0.8);
}
END_TEST

START_TEST(wide_layer)
{
    compare_task("random:5:2:150:9", 3, (const size_t[]){67, 3}, 0.9);
}
END_TEST

START_TEST(wide_inputs)
{
    compare_task("random:70:7:90:9", 2, (const size_t[]){5}, 0.9);
}
END_TEST

/* No layer is wide, but there are 269 units. */
START_TEST(wide_in_all)
{
    compare_task("random:64:3:50:9", 8, (const size_t[]){3, 64, 3, 64, 3, 62, 3}, 0.9);
}
END_TEST

/* Random data are those of the appendix, too. */
START_TEST(random_data)
{
    enum { DATA = 11, CLASSES = 5 }; /* the purpose */
    struct dataset d;
    ck_assert_ptr_null(tasks_make(&d, "random:7:5:300:77777777777"));
    memset(&witness, 0, sizeof witness);
    witness.seed = 77777777777;
    for (size_t i = 0; i < d.n * d.features; i++)
        unit_require(d.x[i] == uniform(next(&witness, DATA)), "number %zu", i);
    witness.next[DATA] = 0, witness.network = 1;
    for (size_t i = 0; i < d.n; i++)
        unit_require(d.label[i] == below(&witness, DATA, CLASSES), "label %zu", i);
    dataset_free(&d);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {names,      bits,        numbers,     classes,
                                  wide_layer, wide_inputs, wide_in_all, random_data};
    return unit_run("witness", tests, COUNT(tests));
}
