/* test_wide.c -- the wide network against a plain scalar one with the same order of operations, bit
 * for bit, and its gradient against differences of the loss in double precision. */
#include "unit.h"

#include "lanes.h"
#include "rng.h"
#include "wide.h"

enum { MAX_SAMPLES = 700, MAX_WIDTH = 150, MAX_PARAMS = 20000, MAX_INPUTS = MAX_SAMPLES * 80 };

/* Widths that leave every remainder of the tiles, no hidden layer, as many layers as there may be. */
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
static float input[MAX_INPUTS];
static uint8_t label[MAX_SAMPLES];
static uint32_t order[MAX_SAMPLES];

static void make_network(size_t i, uint64_t seed)
{
    uint64_t state = seed;
    ck_assert_int_eq(wide_shape(&shape, network[i].width, network[i].layers), 0);
    ck_assert_uint_le(shape.params, MAX_PARAMS);
    ck_assert_uint_le(MAX_SAMPLES * shape.width[0], MAX_INPUTS);
    for (size_t l = 1; l <= shape.layers; l++) {
        const double size = 2.385 / sqrt((double)shape.width[l - 1]);
        for (size_t p = shape.weight[l]; p < shape.bias[l]; p++)
            param[p] = (float)unit_uniform(&state, -size, size);
        for (size_t o = 0; o < shape.width[l]; o++)
            param[shape.bias[l] + o] = (float)unit_uniform(&state, -0.5, 0.5);
    }
    for (size_t k = 0; k < MAX_SAMPLES * shape.width[0]; k++)
        input[k] = (float)unit_uniform(&state, -1.0, 1.0);
    for (size_t k = 0; k < MAX_SAMPLES; k++) {
        label[k] = (uint8_t)(unit_random(&state) % shape.width[shape.layers]);
        order[k] = (uint32_t)(unit_random(&state) % MAX_SAMPLES); /* some come twice */
    }
}

/* What the trainer may do to a hidden layer between y and t; here by unit and sample. */
static float altered(float y, size_t l, size_t unit, size_t k)
{
    return y + 0.125F * (float)((l + 3 * unit + 5 * k) % 7) - 0.375F;
}

/* One sample forward: y and t of all layers, with scalars. */
static void plain_forward(float y[][MAX_WIDTH], float t[][MAX_WIDTH], enum unit unit,
                          const float *x, size_t k, int alter)
{
    memcpy(t[0], x, shape.width[0] * sizeof *x);
    for (size_t l = 1; l <= shape.layers; l++) {
        const size_t in = shape.width[l - 1], out = shape.width[l];
        for (size_t o = 0; o < out; o++) {
            float z = param[shape.bias[l] + o];
            for (size_t i = 0; i < in; i++)
                z = fmaf(param[shape.weight[l] + o * in + i], t[l - 1][i], z);
            y[l][o] = l < shape.layers ? unit_value(unit, z) : z;
            t[l][o] = alter ? altered(y[l][o], l, o, k) : y[l][o];
        }
    }
    float *p = y[shape.layers];
    float most = p[0], sum = 0.0F;
    for (size_t c = 1; c < shape.width[shape.layers]; c++)
        most = p[c] > most ? p[c] : most;
    for (size_t c = 0; c < shape.width[shape.layers]; c++) {
        p[c] = lanes_exp_relative(p[c] - most < -86.0F ? -86.0F : p[c] - most);
        sum += p[c];
    }
    for (size_t c = 0; c < shape.width[shape.layers]; c++)
        p[c] /= sum;
}

/* The gradient of the mean loss of n samples, one sample after the other. */
static void plain_gradient(enum unit unit, size_t n, int alter)
{
    static float y[NET_MAX_LAYERS + 1][MAX_WIDTH], t[NET_MAX_LAYERS + 1][MAX_WIDTH];
    static float d[NET_MAX_LAYERS + 1][MAX_WIDTH];
    memset(slow, 0, sizeof slow);
    for (size_t k = 0; k < n; k++) {
        plain_forward(y, t, unit, input + order[k] * shape.width[0], k, alter);
        for (size_t c = 0; c < shape.width[shape.layers]; c++)
            d[shape.layers][c] =
                1.0F / (float)n * (y[shape.layers][c] - (label[order[k]] == c ? 1.0F : 0.0F));
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
                d[l - 1][i] *= unit_slope(unit, y[l - 1][i]);
            }
        }
    }
}

static void require_same_gradient(size_t i, enum unit unit, size_t n)
{
    for (size_t p = 0; p < shape.params; p++)
        unit_require(lanes_bits(grad[p]) == lanes_bits(slow[p]),
                     "network %zu, %s, %zu samples, parameter %zu: %a, not %a", i,
                     unit_kind(unit)->name, n, p, (double)grad[p], (double)slow[p]);
}

/* By hand: 150 (70 + 1) + 20 (150 + 1) + 20 (20 + 1) + 10 (20 + 1) = 14300. */
START_TEST(shape_by_hand)
{
    ck_assert_int_eq(wide_shape(&shape, network[0].width, 4), 0);
    ck_assert_uint_eq(shape.layers, 4);
    ck_assert_uint_eq(shape.params, 14300);
    ck_assert_uint_eq(shape.units, 270);
    ck_assert_uint_eq(shape.weight[1], 0);
    ck_assert_uint_eq(shape.bias[1], 10500);
    ck_assert_uint_eq(shape.weight[2], 10650);
    ck_assert_uint_eq(shape.bias[4], 14290);
    ck_assert_uint_eq(shape.unit[4], 260);
}
END_TEST

START_TEST(shape_refuses)
{
    struct net_shape s;
    ck_assert_int_eq(wide_shape(&s, (size_t[]){2}, 0), -1);          /* no layer */
    ck_assert_int_eq(wide_shape(&s, (size_t[]){9, 9, 1}, 2), -1);    /* one class */
    ck_assert_int_eq(wide_shape(&s, (size_t[]){9, 9, 65}, 2), -1);   /* 65 classes */
    ck_assert_int_eq(wide_shape(&s, (size_t[]){9, 0, 2}, 2), -1);    /* an empty layer */
    ck_assert_int_eq(wide_shape(&s, (size_t[]){0, 9, 2}, 2), -1);    /* no input */
    ck_assert_int_eq(wide_shape(&s, (size_t[]){4097, 9, 2}, 2), -1); /* too wide */
    ck_assert_int_eq(wide_shape(&s, (size_t[]){9, 4097, 2}, 2), -1);
    ck_assert_int_eq(wide_shape(&s, (size_t[]){3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2}, 11), -1);
    /* the largest that are allowed */
    ck_assert_int_eq(wide_shape(&s, (size_t[]){4096, 4096, 64}, 2), 0);
    ck_assert_uint_eq(s.params, (size_t)4096 * 4097 + (size_t)64 * 4097);
    ck_assert_int_eq(wide_shape(&s, (size_t[]){3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2}, 10), 0);
}
END_TEST

/* Every kind of unit, batches below, at and above a strip. */
START_TEST(same_bits_as_plain)
{
    static const size_t samples[] = {1, 37, WIDE_STRIP, WIDE_STRIP + 1, 600};
    for (size_t i = 0; i < NETWORKS; i++)
        for (enum unit u = 0; u < UNITS; u++) {
            make_network(i, 95 + i);
            struct wide *w = wide_new(&shape, u, 0);
            for (size_t s = 0; s < sizeof samples / sizeof *samples; s++) {
                if (i == 0 && s != 1 + u % 4) /* the large one is slow */
                    continue;
                wide_gradient(w, grad, param, input, label, order, samples[s]);
                plain_gradient(u, samples[s], 0);
                require_same_gradient(i, u, samples[s]);
            }
            wide_free(w);
        }
}
END_TEST

/* Layer by layer, with t altered between layers: activations as in the plain network, the gradient
 * with t in the products and y in the slopes. */
START_TEST(altered_between_layers)
{
    static float y[NET_MAX_LAYERS + 1][MAX_WIDTH], t[NET_MAX_LAYERS + 1][MAX_WIDTH];
    const size_t n = 41;
    for (size_t i = 0; i < NETWORKS; i++) {
        make_network(i, 11);
        struct wide *w = wide_new(&shape, UNIT_SIGMOID, 1);
        uint8_t own[MAX_SAMPLES];
        for (size_t k = 0; k < n; k++) {
            memcpy(w->x + k * shape.width[0], input + order[k] * shape.width[0],
                   shape.width[0] * sizeof *input);
            own[k] = label[order[k]];
        }
        for (size_t l = 1; l <= shape.layers; l++) {
            wide_forward(w, param, l, n);
            for (size_t u = 0; l < shape.layers && u < shape.width[l]; u++)
                for (size_t k = 0; k < n; k++) {
                    float *at = &w->t[l][u * WIDE_STRIP + k];
                    *at = altered(*at, l, u, k);
                }
        }
        for (size_t k = 0; k < n; k++) {
            plain_forward(y, t, UNIT_SIGMOID, input + order[k] * shape.width[0], k, 1);
            for (size_t l = 1; l <= shape.layers; l++)
                for (size_t u = 0; u < shape.width[l]; u++)
                    unit_require(lanes_bits(w->y[l][u * WIDE_STRIP + k]) == lanes_bits(y[l][u]),
                                 "network %zu, layer %zu, unit %zu, sample %zu", i, l, u, k);
        }
        wide_loss(w, own, n, 1.0F / (float)n);
        for (size_t l = shape.layers; l > 0; l--)
            wide_backward(w, grad, param, l, n, PRODUCT_ZERO);
        plain_gradient(UNIT_SIGMOID, n, 1);
        require_same_gradient(i, UNIT_SIGMOID, n);
        wide_free(w);
    }
}
END_TEST

/* The mean loss of n samples in double precision, by the mathematical library, tanh units. */
static double exact_loss(const double *at, size_t n)
{
    static double t[NET_MAX_LAYERS + 1][MAX_WIDTH];
    double loss = 0.0;
    for (size_t k = 0; k < n; k++) {
        for (size_t i = 0; i < shape.width[0]; i++)
            t[0][i] = (double)input[order[k] * shape.width[0] + i];
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
        struct wide *w = wide_new(&shape, UNIT_TANH, 0);
        wide_gradient(w, grad, param, input, label, order, n);
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

/* Net inputs far apart, and one that is not a number. */
START_TEST(softmax_at_its_ends)
{
    ck_assert_int_eq(wide_shape(&shape, (size_t[]){1, 3}, 1), 0);
    struct wide *w = wide_new(&shape, UNIT_TANH, 0);
    const float weights[] = {0.0F, 0.0F, 0.0F, 3e38F, -3e38F, 80.0F};
    w->x[0] = 1.0F;
    wide_forward(w, weights, 1, 1);
    ck_assert(w->y[1][0] == 1.0F);
    ck_assert(w->y[1][WIDE_STRIP] > 0.0F && w->y[1][WIDE_STRIP] < 5e-38F);
    ck_assert(w->y[1][2 * WIDE_STRIP] > 0.0F && w->y[1][2 * WIDE_STRIP] < 5e-38F);
    const float bad[] = {0.0F, 0.0F, 0.0F, 1.0F, NAN, 0.0F};
    wide_forward(w, bad, 1, 1);
    for (size_t c = 0; c < 3; c++)
        ck_assert(isnan(w->y[1][c * WIDE_STRIP]));
    wide_free(w);
}
END_TEST

/* Labels that follow from the inputs are learned. */
START_TEST(learns)
{
    make_network(4, 13);
    const size_t n = 200;
    for (size_t k = 0; k < n; k++) {
        order[k] = (uint32_t)k;
        label[k] = input[k * shape.width[0]] + input[k * shape.width[0] + 1] > 0.0F;
    }
    struct wide *w = wide_new(&shape, UNIT_RELU, 0);
    for (int step = 0; step < 500; step++) {
        wide_gradient(w, grad, param, input, label, order, n);
        for (size_t p = 0; p < shape.params; p++)
            param[p] = fmaf(-0.2F, grad[p], param[p]);
    }
    size_t right = 0;
    for (size_t k = 0; k < n; k++) /* the last gradient left p(y) of all samples */
        right += (w->y[shape.layers][WIDE_STRIP + k] > 0.5F) == (label[k] == 1);
    ck_assert_uint_ge(right, 195);
    wide_free(w);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {shape_by_hand,
                                  shape_refuses,
                                  same_bits_as_plain,
                                  altered_between_layers,
                                  gradient_by_differences,
                                  softmax_at_its_ends,
                                  learns};
    return unit_run("wide", tests, sizeof tests / sizeof *tests);
}
