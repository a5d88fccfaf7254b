/* test_wide.c -- the wide network against a plain scalar one with the same order of operations, bit
 * for bit, and its gradient against differences of the loss in double precision. */
#include "unit.h"

#include "lanes.h"
#include "rng.h"
#include "wide.h"

enum {
    INPUTS = 700,
    MAX_WIDTH = 150,
    MAX_PARAMS = 20000,
    SEED = 2385,
    NETWORK = 7,
    PASSED = 93 /* samples that were trained on before */
};

/* Widths that leave every remainder of the tiles, two classes and more, no hidden layer, as many
 * layers as there may be. */
static const struct {
    size_t layers, width[NET_MAX_LAYERS + 1];
} network[] = {
    {4, {70, 150, 20, 20, 10}},
    {2, {13, 33, 3}},
    {1, {5, 64}},
    {1, {1, 2}},
    {3, {16, 12, 17, 2}},
    {10, {7, 6, 5, 13, 12, 11, 1, 2, 3, 25, 4}},
};
enum { NETWORKS = sizeof network / sizeof *network };

static struct net_shape shape;
static float param[MAX_PARAMS], grad[MAX_PARAMS], slow[MAX_PARAMS];
static float x[INPUTS * 80];
static uint8_t label[INPUTS];
static uint32_t order[INPUTS];
static struct dataset data = {.n = INPUTS, .x = x, .label = label};

static void make_network(size_t i, uint64_t seed)
{
    uint64_t state = seed;
    ck_assert_int_eq(net_shape(&shape, network[i].width, network[i].layers), 0);
    ck_assert_uint_le(shape.params, MAX_PARAMS);
    data.features = shape.width[0];
    data.classes = shape.width[shape.layers];
    for (size_t l = 1; l <= shape.layers; l++) {
        const double size = 2.385 / sqrt((double)shape.width[l - 1]);
        for (size_t p = shape.weight[l]; p < shape.bias[l]; p++)
            param[p] = (float)unit_uniform(&state, -size, size);
        for (size_t o = 0; o < shape.width[l]; o++)
            param[shape.bias[l] + o] = (float)unit_uniform(&state, -0.5, 0.5);
    }
    for (size_t k = 0; k < INPUTS * data.features; k++)
        x[k] = (float)unit_uniform(&state, -1.0, 1.0);
    for (size_t k = 0; k < INPUTS; k++) {
        label[k] = (uint8_t)(unit_random(&state) % data.classes);
        order[k] = (uint32_t)(unit_random(&state) % INPUTS); /* some come twice */
    }
}

/* The gradient of the mean loss of n samples, as training takes it: strip after strip. */
static void gradient(struct wide *w, size_t n)
{
    struct net_random random = {.seed = SEED, .network = NETWORK};
    for (size_t k = 0; k < n; k += NET_STRIP) {
        const size_t valid = n - k < NET_STRIP ? n - k : NET_STRIP;
        uint8_t own[NET_STRIP];
        for (size_t i = 0; i < valid; i++)
            own[i] = label[order[k + i]];
        random.sample = PASSED + k;
        wide_input(w, &data, order + k, valid);
        wide_forward(w, param, &random);
        wide_backward(w, grad, param, own, 1.0F / (float)n, k == 0 ? PRODUCT_ZERO : PRODUCT_ADD);
    }
}

/* What is done to the activation of a hidden unit, counted from 0 in the first hidden layer on, of
 * the k-th sample. */
static float disturbed(float y, uint32_t unit, size_t k)
{
    const struct unit_kind *kind = unit_kind(shape.kind);
    uint32_t word;
    if (kind->fires) {
        rng_fill(&word, 1, SEED, NETWORK, RNG_FIRE, unit, PASSED + k);
        y = unit_fire(y, word);
    }
    if (shape.quantised > 0)
        y = unit_quantise(y, kind->low, kind->high, (float)((1 << shape.quantised) - 1));
    if (shape.noise > 0.0F) {
        rng_fill(&word, 1, SEED, NETWORK, RNG_NOISE, unit, PASSED + k);
        y = fmaf(shape.noise, lanes_normal(word), y);
    }
    return y;
}

/* y and t of all layers, the last being p(y), of the k-th sample, with scalars. */
static void plain_forward(float y[][MAX_WIDTH], float t[][MAX_WIDTH], size_t k)
{
    uint32_t unit = 0;
    memcpy(t[0], x + order[k] * data.features, data.features * sizeof *x);
    for (size_t l = 1; l <= shape.layers; l++) {
        const size_t in = shape.width[l - 1], out = shape.width[l];
        for (size_t o = 0; o < out; o++) {
            float z = param[shape.bias[l] + o];
            for (size_t i = 0; i < in; i++)
                z = fmaf(param[shape.weight[l] + o * in + i], t[l - 1][i], z);
            y[l][o] = l < shape.layers ? unit_value(shape.kind, z) : z;
            t[l][o] = l < shape.layers ? disturbed(y[l][o], unit++, k) : z;
        }
    }
    float *p = y[shape.layers];
    if (data.classes == 2) {
        p[1] = fmaf(0.5F, lanes_tanh(0.5F * (p[1] - p[0])), 0.5F);
        p[0] = 1.0F - p[1];
    } else {
        float most = p[0], sum = 0.0F;
        for (size_t c = 1; c < data.classes; c++)
            most = p[c] > most ? p[c] : most;
        for (size_t c = 0; c < data.classes; c++) {
            p[c] = lanes_exp_relative(p[c] - most < -80.0F ? -80.0F : p[c] - most);
            sum += p[c];
        }
        for (size_t c = 0; c < data.classes; c++)
            p[c] /= sum;
    }
}

/* The gradient of the mean loss of n samples, one sample after the other. */
static void plain_gradient(size_t n)
{
    static float y[NET_MAX_LAYERS + 1][MAX_WIDTH], t[NET_MAX_LAYERS + 1][MAX_WIDTH];
    static float d[NET_MAX_LAYERS + 1][MAX_WIDTH];
    memset(slow, 0, sizeof slow);
    for (size_t k = 0; k < n; k++) {
        plain_forward(y, t, k);
        for (size_t c = 0; c < data.classes; c++)
            d[shape.layers][c] =
                1.0F / (float)n * (y[shape.layers][c] - (label[order[k]] == c ? 1.0F : 0.0F));
        if (data.classes == 2)
            d[shape.layers][0] = -d[shape.layers][1];
        for (size_t l = shape.layers; l > 0; l--) {
            const size_t in = shape.width[l - 1], out = shape.width[l];
            for (size_t o = 0; o < out; o++) {
                slow[shape.bias[l] + o] += d[l][o];
                for (size_t i = 0; i < in; i++) {
                    float *g = &slow[shape.weight[l] + o * in + i];
                    *g = fmaf(d[l][o], t[l - 1][i], *g);
                }
            }
            for (size_t i = 0; i < in && l > 1; i++) {
                d[l - 1][i] = 0.0F;
                for (size_t o = 0; o < out; o++)
                    d[l - 1][i] = fmaf(param[shape.weight[l] + o * in + i], d[l][o], d[l - 1][i]);
                d[l - 1][i] *= unit_slope(shape.kind, y[l - 1][i]);
            }
        }
    }
}

static void require_same_gradient(size_t i, size_t n)
{
    for (size_t p = 0; p < shape.params; p++)
        unit_require(lanes_bits(grad[p]) == lanes_bits(slow[p]),
                     "network %zu, %s, %zu samples, parameter %zu: %a, not %a", i,
                     unit_kind(shape.kind)->name, n, p, (double)grad[p], (double)slow[p]);
}

/* Every kind of unit, batches below, at and above a strip. */
START_TEST(same_bits_as_plain)
{
    static const size_t samples[] = {1, 37, NET_STRIP, NET_STRIP + 1, 300};
    for (size_t i = 0; i < NETWORKS; i++)
        for (enum unit u = 0; u < UNITS; u++) {
            make_network(i, 95 + i);
            shape.kind = u;
            struct wide *w = wide_new(&shape);
            for (size_t s = 0; s < sizeof samples / sizeof *samples; s++) {
                if (i == 0 && s != 1 + u % 4) /* the large one is slow */
                    continue;
                gradient(w, samples[s]);
                plain_gradient(samples[s]);
                require_same_gradient(i, samples[s]);
            }
            wide_free(w);
        }
}
END_TEST

/* Units that are rounded and have noise: t in the products, y in the slopes. */
START_TEST(same_bits_disturbed)
{
    for (size_t i = 0; i < NETWORKS; i++)
        for (enum unit u = 0; u < UNITS; u++) {
            const size_t n = i == 0 ? 41 : 150;
            make_network(i, 11 + i);
            shape.kind = u;
            shape.quantised = 4 - u % 3;
            shape.noise = u % 2 == 0 ? 0.2385F : 0.0F;
            struct wide *w = wide_new(&shape);
            gradient(w, n);
            plain_gradient(n);
            require_same_gradient(i, n);
            wide_free(w);
        }
}
END_TEST

/* Activations and p(y), layer by layer. */
START_TEST(same_activations)
{
    static float y[NET_MAX_LAYERS + 1][MAX_WIDTH], t[NET_MAX_LAYERS + 1][MAX_WIDTH];
    for (size_t i = 0; i < NETWORKS; i++) {
        make_network(i, 17);
        shape.noise = 0.1F;
        struct wide *w = wide_new(&shape);
        gradient(w, 41);
        ck_assert(w->t[shape.layers] == w->y[shape.layers]); /* nothing disturbs p(y) */
        for (size_t k = 0; k < 41; k++) {
            plain_forward(y, t, k);
            for (size_t l = 1; l <= shape.layers; l++)
                for (size_t u = 0; u < shape.width[l]; u++) {
                    unit_require(lanes_bits(w->y[l][u][k]) == lanes_bits(y[l][u]),
                                 "network %zu, layer %zu, y of unit %zu, sample %zu", i, l, u, k);
                    if (l < shape.layers)
                        unit_require(lanes_bits(w->t[l][u][k]) == lanes_bits(t[l][u]),
                                     "network %zu, layer %zu, t of unit %zu, sample %zu", i, l, u,
                                     k);
                }
        }
        wide_free(w);
    }
}
END_TEST

/* Inputs as bits are the numbers 0 and 1. */
START_TEST(inputs_as_bits)
{
    static uint32_t bits[INPUTS];
    static float first[MAX_PARAMS];
    make_network(4, 12);
    for (size_t k = 0; k < INPUTS; k++) {
        bits[k] = 0;
        for (size_t i = 0; i < data.features; i++) {
            float *at = &x[k * data.features + i];
            *at = *at < 0.0F ? 0.0F : 1.0F;
            bits[k] = 2 * bits[k] + (uint32_t)*at;
        }
    }
    struct wide *w = wide_new(&shape);
    gradient(w, 150);
    memcpy(first, grad, sizeof grad);
    data.x = NULL, data.bits = bits;
    memset(grad, 0, sizeof grad);
    gradient(w, 150);
    data.x = x, data.bits = NULL;
    ck_assert_mem_eq(first, grad, sizeof grad);
    wide_free(w);
}
END_TEST

/* The mean loss of n samples in double precision, by the mathematical library, tanh units. */
static double exact_loss(const double *at, size_t n)
{
    static double t[NET_MAX_LAYERS + 1][MAX_WIDTH];
    double loss = 0.0;
    for (size_t k = 0; k < n; k++) {
        for (size_t i = 0; i < shape.width[0]; i++)
            t[0][i] = (double)x[order[k] * data.features + i];
        for (size_t l = 1; l <= shape.layers; l++)
            for (size_t o = 0; o < shape.width[l]; o++) {
                double z = at[shape.bias[l] + o];
                for (size_t i = 0; i < shape.width[l - 1]; i++)
                    z += at[shape.weight[l] + o * shape.width[l - 1] + i] * t[l - 1][i];
                t[l][o] = l < shape.layers ? tanh(z) : z;
            }
        double sum = 0.0;
        for (size_t c = 0; c < shape.width[shape.layers]; c++)
            sum += exp(t[shape.layers][c]);
        loss += log(sum) - t[shape.layers][label[order[k]]];
    }
    return loss / (double)n;
}

START_TEST(gradient_by_differences)
{
    static double at[MAX_PARAMS];
    const size_t n = 30;
    const double h = 1e-5;
    for (size_t i = 1; i < NETWORKS; i++) {
        make_network(i, 12);
        struct wide *w = wide_new(&shape);
        gradient(w, n);
        for (size_t p = 0; p < shape.params; p++)
            at[p] = (double)param[p];
        for (size_t p = 0; p < shape.params; p++) {
            at[p] += h;
            const double above = exact_loss(at, n);
            at[p] -= 2.0 * h;
            const double difference = (above - exact_loss(at, n)) / (2.0 * h);
            at[p] = (double)param[p];
            unit_require(fabs((double)grad[p] - difference) < 2e-6,
                         "network %zu, parameter %zu: %g, not %g", i, p, (double)grad[p],
                         difference);
        }
        wide_free(w);
    }
}
END_TEST

/* A weight that is not a number shows in every probability. */
START_TEST(not_a_number)
{
    make_network(1, 13);
    param[shape.weight[2] + 5] = NAN;
    struct wide *w = wide_new(&shape);
    gradient(w, 20);
    for (size_t c = 0; c < data.classes; c++)
        ck_assert(isnan(w->y[2][c][19]));
    wide_free(w);
}
END_TEST

/* Labels that follow from the inputs are learned. */
START_TEST(learns)
{
    make_network(4, 13);
    const size_t n = 100;
    for (size_t k = 0; k < n; k++) {
        order[k] = (uint32_t)k;
        label[k] = x[k * data.features] + x[k * data.features + 1] > 0.0F;
    }
    shape.kind = UNIT_RELU;
    struct wide *w = wide_new(&shape);
    for (int step = 0; step < 500; step++) {
        gradient(w, n);
        for (size_t p = 0; p < shape.params; p++)
            param[p] = fmaf(-0.2F, grad[p], param[p]);
    }
    size_t right = 0;
    for (size_t k = 0; k < n; k++)
        right += (w->y[shape.layers][1][k] > 0.5F) == (label[k] == 1);
    ck_assert_uint_ge(right, 98);
    wide_free(w);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {same_bits_as_plain,
                                  same_bits_disturbed,
                                  same_activations,
                                  inputs_as_bits,
                                  gradient_by_differences,
                                  not_a_number,
                                  learns};
    return unit_run("wide", tests, sizeof tests / sizeof *tests);
}
