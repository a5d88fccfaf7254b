/* test_net.c -- the network against a plain one in double precision, against finite differences,
 * and against itself when the samples are cut into other strips. */
#include "unit.h"

#include "net.h"
#include "reference.h"

enum { MAX_PARAMS = 4096 };

/* Networks whose widths leave every remainder of the tiles, and the ones of the paper. */
static const struct {
    size_t layers, width[NET_MAX_LAYERS + 1];
} network[] = {
    {6, {12, 10, 7, 5, 4, 3, 2}},
    {7, {12, 10, 7, 5, 4, 4, 3, 2}},
    {3, {12, 20, 9, 2}},
    {1, {12, 2}},
    {2, {1, 1, 2}},
    {4, {16, 32, 31, 17, 2}},
    {8, {12, 11, 13, 6, 8, 1, 15, 3, 2}},
    {10, {5, 2, 3, 4, 5, 6, 7, 8, 9, 10, 2}},
};
enum { NETWORKS = sizeof network / sizeof *network };

/* All inputs of up to 16 bits: input k is k. */
static uint32_t word[1 << 16];
static const struct dataset bits = {.n = 1 << 16, .features = 16, .classes = 2, .bits = word};

static void fill_words(void)
{
    for (uint32_t k = 0; k < 1 << 16; k++)
        word[k] = k;
}

/* One strip's worth of input, and parameters like those of a network in training: weights of size
 * 1/sqrt(inputs) and more, biases not 0. */
struct input {
    struct net_shape shape;
    float param[MAX_PARAMS];
    double exact[MAX_PARAMS]; /* the same numbers */
    uint32_t pattern[NET_STRIP];
    uint8_t label[NET_STRIP];
};

static void make_input(struct input *in, size_t i, uint64_t seed)
{
    uint64_t state = seed;
    fill_words();
    ck_assert_int_eq(net_shape(&in->shape, network[i].width, network[i].layers), 0);
    ck_assert_uint_le(in->shape.params, MAX_PARAMS);
    for (size_t l = 1; l <= network[i].layers; l++) {
        const double size = 2.385 / sqrt((double)network[i].width[l - 1]);
        for (size_t p = in->shape.weight[l]; p < in->shape.bias[l]; p++)
            in->param[p] = (float)unit_uniform(&state, -size, size);
        for (size_t o = 0; o < network[i].width[l]; o++)
            in->param[in->shape.bias[l] + o] = (float)unit_uniform(&state, -0.5, 0.5);
    }
    for (size_t p = 0; p < in->shape.params; p++)
        in->exact[p] = (double)in->param[p];
    for (size_t k = 0; k < NET_STRIP; k++) {
        in->pattern[k] = (uint32_t)(unit_random(&state) >> (64 - network[i].width[0]));
        in->label[k] = (uint8_t)(unit_random(&state) >> 63);
    }
}

static struct net_strip strip;
static float sums[MAX_PARAMS * LANES], grad[MAX_PARAMS];

/* Gradient of the summed loss of the first n samples. */
static void gradient(const struct input *in, size_t n)
{
    memset(sums, 0, sizeof sums);
    net_input(&strip, &in->shape, &bits, in->pattern, NET_STRIP);
    net_forward(&strip, &in->shape, in->param, NULL);
    net_backward(sums, &strip, &in->shape, in->param, in->label, n);
    net_gradient(grad, sums, &in->shape, 1.0F);
}

/* By hand: 10 (12 + 1) + 7 (10 + 1) + 5 (7 + 1) + 4 (5 + 1) + 3 (4 + 1) + 2 (3 + 1) = 294. */
START_TEST(shape_by_hand)
{
    static const size_t unit[] = {0, 12, 22, 29, 34, 38, 41};
    static const size_t weight[] = {0, 0, 130, 207, 247, 271, 286};
    static const size_t bias[] = {0, 120, 200, 242, 267, 283, 292};
    struct net_shape s;
    ck_assert_int_eq(net_shape(&s, network[0].width, 6), 0);
    ck_assert_uint_eq(s.layers, 6);
    ck_assert_uint_eq(s.params, 294);
    ck_assert_uint_eq(s.units, 43);
    for (size_t l = 0; l <= 6; l++) {
        ck_assert_uint_eq(s.width[l], network[0].width[l]);
        ck_assert_uint_eq(s.unit[l], unit[l]);
        if (l > 0) {
            ck_assert_uint_eq(s.weight[l], weight[l]);
            ck_assert_uint_eq(s.bias[l], bias[l]);
        }
    }
}
END_TEST

START_TEST(shape_refuses)
{
    struct net_shape s;
    ck_assert_int_eq(net_shape(&s, (size_t[]){2}, 0), -1);         /* no layer */
    ck_assert_int_eq(net_shape(&s, (size_t[]){12, 5, 65}, 2), -1); /* more classes than there are */
    ck_assert_int_eq(net_shape(&s, (size_t[]){12, 5, 1}, 2), -1);  /* one output */
    ck_assert_int_eq(net_shape(&s, (size_t[]){12, 0, 2}, 2), -1);  /* an empty layer */
    ck_assert_int_eq(net_shape(&s, (size_t[]){0, 5, 2}, 2), -1);   /* no input */
    ck_assert_int_eq(net_shape(&s, (size_t[]){3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2}, 11), -1);
    /* the largest that are allowed */
    ck_assert_int_eq(net_shape(&s, (size_t[]){12, 5, 64}, 2), 0);
    ck_assert_int_eq(net_shape(&s, (size_t[]){3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2}, 10), 0);
    ck_assert_int_eq(net_shape(&s, (size_t[]){1, 2}, 1), 0);

    /* what fits a strip */
    ck_assert(net_is_narrow(&s));
    ck_assert_int_eq(net_shape(&s, (size_t[]){64, 64, 64, 62, 2}, 4), 0);
    ck_assert(net_is_narrow(&s));
    ck_assert_int_eq(net_shape(&s, (size_t[]){64, 64, 64, 63, 2}, 4), 0); /* 257 units */
    ck_assert(!net_is_narrow(&s));
    ck_assert_int_eq(net_shape(&s, (size_t[]){12, 65, 2}, 2), 0);
    ck_assert(!net_is_narrow(&s));
}
END_TEST

/* Input i is bit i from the left of as many bits as there are inputs. */
START_TEST(input_bits)
{
    static struct input in;
    for (size_t i = 0; i < NETWORKS; i++) {
        const size_t n = network[i].width[0];
        make_input(&in, i, 11);
        net_input(&strip, &in.shape, &bits, in.pattern, NET_STRIP);
        for (size_t k = 0; k < NET_STRIP; k++) {
            unsigned pattern = 0;
            for (size_t b = 0; b < n; b++) {
                unit_require(strip.t[b][k] == 0.0F || strip.t[b][k] == 1.0F, "input %zu", b);
                pattern = 2 * pattern + (strip.t[b][k] > 0.5F);
            }
            unit_require(pattern == in.pattern[k], "network %zu, sample %zu", i, k);
        }
    }
}
END_TEST

/* Activations lie in [-1, 1]: an error of 2e-6 is one of some 20 roundings. */
START_TEST(forward)
{
    static struct input in;
    for (size_t i = 0; i < NETWORKS; i++) {
        make_input(&in, i, 21);
        net_input(&strip, &in.shape, &bits, in.pattern, NET_STRIP);
        net_forward(&strip, &in.shape, in.param, NULL);
        for (size_t k = 0; k < NET_STRIP; k++) {
            struct reference r;
            reference_forward(&r, network[i].width, network[i].layers, in.exact, in.pattern[k]);
            for (size_t l = 1; l <= network[i].layers; l++)
                for (size_t o = 0; o < network[i].width[l]; o++) {
                    const double t = (double)strip.t[in.shape.unit[l] + o][k];
                    unit_require(fabs(t - r.t[l][o]) < 2e-6, "network %zu, layer %zu: %g, not %g",
                                 i, l, t, r.t[l][o]);
                }
            const float *p0 = strip.t[in.shape.units - 2], *p1 = strip.t[in.shape.units - 1];
            unit_require(p0[k] == 1.0F - p1[k], "p(y=0) + p(y=1) in sample %zu", k);
        }
    }
}
END_TEST

/* By hand: 2 inputs, no hidden layer; net inputs 0.35 and 0.75 for the pattern 10. */
START_TEST(forward_by_hand)
{
    const float param[] = {0.30F, -0.20F, 0.50F, 0.10F, 0.05F, 0.25F};
    struct net_shape shape;
    uint32_t pattern[NET_STRIP] = {2};
    fill_words();
    ck_assert_int_eq(net_shape(&shape, (size_t[]){2, 2}, 1), 0);
    net_input(&strip, &shape, &bits, pattern, NET_STRIP);
    net_forward(&strip, &shape, param, NULL);
    ck_assert_float_eq_tol(strip.t[3][0], 0.598687660112452F, 2e-7F); /* 1/(1 + e^-0.4) */
    ck_assert_float_eq_tol(strip.t[3][1], 0.549833997312478F, 2e-7F); /* 00: 1/(1 + e^-0.2) */
}
END_TEST

/* Net inputs of 1e4: probabilities 0 and 1, no NaN on the way back. */
START_TEST(saturated)
{
    static struct input in;
    make_input(&in, 0, 31);
    for (size_t p = 0; p < in.shape.params; p++)
        in.param[p] *= 1e4F;
    gradient(&in, NET_STRIP);
    for (size_t k = 0; k < NET_STRIP; k++) {
        const float p1 = strip.t[in.shape.units - 1][k];
        unit_require(p1 >= 0.0F && p1 <= 1.0F, "p(y=1) = %g", (double)p1);
    }
    for (size_t p = 0; p < in.shape.params; p++)
        unit_require(isfinite(grad[p]), "parameter %zu", p);
}
END_TEST

/* Largest magnitude in a range of parameters. */
static double largest(const double *x, size_t from, size_t to)
{
    double most = 0.0;
    for (size_t p = from; p < to; p++)
        most = fmax(most, fabs(x[p]));
    return most;
}

/* Compares grad with an exact gradient, layer by layer: `tolerance` of the largest component. */
static void compare_gradient(const double *exact, const struct net_shape *s, double tolerance)
{
    for (size_t l = 1; l <= s->layers; l++) {
        const size_t end = s->bias[l] + s->width[l];
        const double size = largest(exact, s->weight[l], end);
        unit_require(size > 1e-6, "layer %zu has no gradient to compare", l);
        for (size_t p = s->weight[l]; p < end; p++)
            unit_require(fabs((double)grad[p] - exact[p]) <= tolerance * size,
                         "layer %zu, parameter %zu: %.9g, not %.9g", l, p, (double)grad[p],
                         exact[p]);
    }
}

/* Against the chain rule in double precision. */
START_TEST(backward)
{
    static struct input in;
    for (size_t i = 0; i < NETWORKS; i++) {
        double exact[MAX_PARAMS] = {0};
        make_input(&in, i, 41);
        gradient(&in, NET_STRIP);
        for (size_t k = 0; k < NET_STRIP; k++)
            reference_gradient(exact, network[i].width, network[i].layers, in.exact, in.pattern[k],
                               in.label[k], 1.0);
        compare_gradient(exact, &in.shape, 1e-5);
    }
}
END_TEST

/* Against central differences of the loss in double precision, for every parameter:
 * (L(p + h) - L(p - h))/(2 h), off by about h^2 = 1e-8. */
START_TEST(gradient_by_differences)
{
    static struct input in;
    const double h = 1e-4;
    for (size_t i = 0; i < NETWORKS; i++) {
        double exact[MAX_PARAMS] = {0};
        make_input(&in, i, 51);
        gradient(&in, NET_STRIP);
        for (size_t p = 0; p < in.shape.params; p++) {
            double loss[2] = {0};
            const double at = in.exact[p];
            for (int side = 0; side < 2; side++) {
                in.exact[p] = at + (side ? h : -h);
                for (size_t k = 0; k < NET_STRIP; k++)
                    loss[side] += reference_loss(network[i].width, network[i].layers, in.exact,
                                                 in.pattern[k], in.label[k]);
            }
            in.exact[p] = at;
            exact[p] = (loss[1] - loss[0]) / (2.0 * h);
        }
        compare_gradient(exact, &in.shape, 1e-5);
    }
}
END_TEST

/* Samples from n on are padding: whatever they are, they add nothing, not a bit. */
START_TEST(padding_adds_nothing)
{
    static struct input in;
    static float first[MAX_PARAMS];
    for (size_t i = 0; i < NETWORKS; i++)
        for (size_t n = 0; n < NET_STRIP; n += 37) {
            double exact[MAX_PARAMS] = {0};
            make_input(&in, i, 61);
            gradient(&in, n);
            memcpy(first, grad, sizeof first);
            for (size_t k = n; k < NET_STRIP; k++) {
                in.pattern[k] ^= 1;
                in.label[k] = (uint8_t)(1 - in.label[k]);
            }
            gradient(&in, n);
            for (size_t p = 0; p < in.shape.params; p++)
                unit_require(lanes_bits(first[p]) == lanes_bits(grad[p]), "parameter %zu", p);
            for (size_t k = 0; k < n; k++)
                reference_gradient(exact, network[i].width, network[i].layers, in.exact,
                                   in.pattern[k], in.label[k], 1.0);
            if (n > 0)
                compare_gradient(exact, &in.shape, 1e-5);
            else
                for (size_t p = 0; p < in.shape.params; p++)
                    unit_require(grad[p] == 0.0F, "parameter %zu", p);
        }
}
END_TEST

/* The sums of SAMPLES samples that pass in strips of `size` each. */
enum { SAMPLES = 2 * NET_STRIP - 24 };

static void sums_in_strips(float *to, const struct input *in, const uint32_t *pattern,
                           const uint8_t *label, size_t size)
{
    memset(to, 0, sizeof sums);
    for (size_t at = 0; at < SAMPLES; at += size) {
        uint8_t y[NET_STRIP] = {0};
        const size_t n = SAMPLES - at < size ? SAMPLES - at : size;
        memcpy(y, label + at, n * sizeof *y);
        net_input(&strip, &in->shape, &bits, pattern + at, n);
        net_forward(&strip, &in->shape, in->param, NULL);
        net_backward(to, &strip, &in->shape, in->param, y, n);
    }
}

/* Sample i adds to lane i mod LANES, so 232 samples in strips of 128 + 104, of 16, of 32, or of 112,
 * 112 and 8 leave the same bits. */
START_TEST(strips_do_not_show)
{
    static struct input in, more;
    static float whole[MAX_PARAMS * LANES], parts[MAX_PARAMS * LANES];
    for (size_t i = 0; i < NETWORKS; i++) {
        uint32_t pattern[2 * NET_STRIP];
        uint8_t label[2 * NET_STRIP];
        make_input(&in, i, 71);
        make_input(&more, i, 72);
        memcpy(pattern, in.pattern, sizeof in.pattern);
        memcpy(pattern + NET_STRIP, more.pattern, sizeof more.pattern);
        memcpy(label, in.label, sizeof in.label);
        memcpy(label + NET_STRIP, more.label, sizeof more.label);
        sums_in_strips(whole, &in, pattern, label, NET_STRIP);
        for (size_t size = 16; size < NET_STRIP; size += 16) {
            sums_in_strips(parts, &in, pattern, label, size);
            for (size_t p = 0; p < in.shape.params * LANES; p++)
                unit_require(lanes_bits(whole[p]) == lanes_bits(parts[p]), "strips of %zu, sum %zu",
                             size, p);
        }
    }
}
END_TEST

/* A strip of n samples ends with the tile that holds the last: its samples have the activations of a
 * full strip, its padding those of pattern 0, and what lies behind is left alone. */
START_TEST(length_of_a_strip)
{
    static const size_t some[] = {1, 31, 32, 33, 64, 100, 127, 128};
    static struct input in;
    static struct net_strip full;
    for (size_t i = 0; i < NETWORKS; i++)
        for (size_t j = 0; j < sizeof some / sizeof *some; j++) {
            const size_t n = some[j];
            make_input(&in, i, 75);
            for (size_t k = n; k < NET_STRIP; k++)
                in.pattern[k] = 0;
            net_input(&full, &in.shape, &bits, in.pattern, NET_STRIP);
            net_forward(&full, &in.shape, in.param, NULL);
            for (size_t k = n; k < NET_STRIP; k++)
                in.pattern[k] = 0xffff; /* not to be read */
            memset(&strip, 0xa5, sizeof strip);
            memset(sums, 0, sizeof sums);
            net_input(&strip, &in.shape, &bits, in.pattern, n);
            ck_assert_uint_eq(strip.length, (n + 31) / 32 * 32);
            net_forward(&strip, &in.shape, in.param, NULL);
            net_backward(sums, &strip, &in.shape, in.param, in.label, n);
            for (size_t u = 0; u < in.shape.units; u++) {
                for (size_t k = 0; k < strip.length; k++)
                    unit_require(lanes_bits(strip.t[u][k]) == lanes_bits(full.t[u][k]),
                                 "%zu samples, unit %zu, sample %zu", n, u, k);
                for (size_t k = strip.length; k < NET_STRIP; k++)
                    unit_require(lanes_bits(strip.t[u][k]) == 0xa5a5a5a5U,
                                 "%zu samples, unit %zu, behind the end at %zu", n, u, k);
            }
            for (size_t u = 0; u < NET_MAX_WIDTH; u++)
                for (size_t k = strip.length; k < NET_STRIP; k++)
                    unit_require(lanes_bits(strip.d[0][u][k]) == 0xa5a5a5a5U &&
                                     lanes_bits(strip.d[1][u][k]) == 0xa5a5a5a5U,
                                 "%zu samples, derivative %zu at %zu", n, u, k);
        }
}
END_TEST

/* A sample's activations do not depend on its place in a strip or on its neighbours. */
START_TEST(place_in_strip_does_not_show)
{
    static struct input in;
    static struct net_strip turned;
    for (size_t i = 0; i < NETWORKS; i++) {
        uint32_t pattern[NET_STRIP];
        make_input(&in, i, 81);
        net_input(&strip, &in.shape, &bits, in.pattern, NET_STRIP);
        net_forward(&strip, &in.shape, in.param, NULL);
        for (size_t k = 0; k < NET_STRIP; k++)
            pattern[(k * 37 + 5) % NET_STRIP] = in.pattern[k];
        net_input(&turned, &in.shape, &bits, pattern, NET_STRIP);
        net_forward(&turned, &in.shape, in.param, NULL);
        for (size_t u = 0; u < in.shape.units; u++)
            for (size_t k = 0; k < NET_STRIP; k++)
                unit_require(lanes_bits(strip.t[u][k]) ==
                                 lanes_bits(turned.t[u][(k * 37 + 5) % NET_STRIP]),
                             "unit %zu, sample %zu", u, k);
    }
}
END_TEST

/* The header's order of a sum over units: bias first, then unit after unit, fused. */
START_TEST(order_of_a_sum)
{
    static struct input in;
    make_input(&in, 2, 91);
    net_input(&strip, &in.shape, &bits, in.pattern, NET_STRIP);
    net_forward(&strip, &in.shape, in.param, NULL);
    for (size_t k = 0; k < NET_STRIP; k++)
        for (size_t o = 0; o < 9; o++) {
            float z = in.param[in.shape.bias[2] + o];
            for (size_t i = 0; i < 20; i++)
                z = fmaf(in.param[in.shape.weight[2] + 20 * o + i], strip.t[12 + i][k], z);
            unit_require(lanes_bits(strip.t[32 + o][k]) == lanes_bits(lanes_tanh(z)), "unit %zu",
                         o);
        }
}
END_TEST

/* The same sums sample by sample: each operation fused or rounded where the header says, each sum in
 * its order, each random number that of its unit and sample. */
static void slow_sums(float *to, const struct input *in, const struct dataset *data,
                      const struct net_random *random, size_t n)
{
    const struct net_shape *s = &in->shape;
    const struct unit_kind *kind = unit_kind(s->kind);
    const size_t classes = s->width[s->layers];
    memset(to, 0, sizeof sums);
    for (size_t k = 0; k < n; k++) {
        static float t[NET_MAX_LAYERS + 1][NET_MAX_WIDTH], y[NET_MAX_LAYERS + 1][NET_MAX_WIDTH];
        float d[NET_MAX_WIDTH], dx[NET_MAX_WIDTH];
        for (size_t i = 0; i < s->width[0]; i++)
            t[0][i] = data->x ? data->x[in->pattern[k] * s->width[0] + i]
                              : (float)(in->pattern[k] >> (s->width[0] - 1 - i) & 1);
        for (size_t l = 1; l <= s->layers; l++)
            for (size_t o = 0; o < s->width[l]; o++) {
                float z = in->param[s->bias[l] + o];
                for (size_t i = 0; i < s->width[l - 1]; i++)
                    z = fmaf(in->param[s->weight[l] + o * s->width[l - 1] + i], t[l - 1][i], z);
                t[l][o] = y[l][o] = l < s->layers ? unit_value(s->kind, z) : z;
                if (l == s->layers)
                    continue;
                const uint32_t unit = (uint32_t)(s->unit[l] - s->width[0] + o);
                uint32_t random_word;
                if (kind->fires) {
                    rng_fill(&random_word, 1, random->seed, random->network,
                             random->measured ? RNG_FIRE_MEASURED : RNG_FIRE, unit,
                             random->sample + k);
                    t[l][o] = unit_fire(t[l][o], random_word);
                }
                if (s->quantised)
                    t[l][o] = unit_quantise(t[l][o], kind->low, kind->high,
                                            (float)((1 << s->quantised) - 1));
                if (s->noise > 0.0F) {
                    rng_fill(&random_word, 1, random->seed, random->network,
                             random->measured ? RNG_NOISE_MEASURED : RNG_NOISE, unit,
                             random->sample + k);
                    t[l][o] = fmaf(s->noise, lanes_normal(random_word), t[l][o]);
                }
            }
        const float *z = t[s->layers];
        if (classes == 2) {
            d[1] = fmaf(0.5F, lanes_tanh(0.5F * (z[1] - z[0])), 0.5F) - (float)in->label[k];
            d[0] = -d[1];
        } else {
            float most = z[0], sum = 0.0F;
            for (size_t c = 1; c < classes; c++)
                most = z[c] > most ? z[c] : most;
            for (size_t c = 0; c < classes; c++)
                sum += d[c] = lanes_exp_relative(z[c] - most < -80.0F ? -80.0F : z[c] - most);
            for (size_t c = 0; c < classes; c++)
                d[c] = d[c] / sum - (in->label[k] == c ? 1.0F : 0.0F);
        }
        for (size_t l = s->layers; l > 0; l--) {
            const size_t inputs = s->width[l - 1];
            for (size_t o = 0; o < s->width[l]; o++) {
                to[(s->bias[l] + o) * LANES + k % LANES] += d[o];
                for (size_t i = 0; i < inputs; i++) {
                    float *sum = &to[(s->weight[l] + o * inputs + i) * LANES + k % LANES];
                    *sum = fmaf(d[o], t[l - 1][i], *sum);
                }
            }
            for (size_t i = 0; i < inputs; i++) {
                dx[i] = 0.0F;
                for (size_t o = 0; o < s->width[l]; o++)
                    dx[i] = fmaf(in->param[s->weight[l] + o * inputs + i], d[o], dx[i]);
                dx[i] *= unit_slope(s->kind, y[l - 1][i]);
            }
            memcpy(d, dx, sizeof d);
        }
    }
}

START_TEST(order_of_the_gradient_sums)
{
    static struct input in;
    static float slow[MAX_PARAMS * LANES];
    for (size_t i = 0; i < NETWORKS; i++)
        for (size_t n = NET_STRIP; n > 40; n -= 29) {
            make_input(&in, i, 93);
            gradient(&in, n);
            slow_sums(slow, &in, &bits, NULL, n);
            for (size_t p = 0; p < in.shape.params * LANES; p++)
                unit_require(lanes_bits(sums[p]) == lanes_bits(slow[p]),
                             "network %zu, %zu samples, sum %zu", i, n, p);
        }
}
END_TEST

/* ---- other units, more classes, numbers as inputs, noise ---- */

/* Inputs of numbers, some below 0. */
enum { NUMBERS = 200 };
static float number[NUMBERS * 20];

/* A network of five inputs, hidden layers of seven and six units, so many classes. */
static void make_other(struct input *in, struct dataset *data, enum unit kind, size_t classes,
                       int numbers)
{
    uint64_t state = 100 * classes + kind;
    ck_assert_int_eq(net_shape(&in->shape, (size_t[]){5, 7, 6, classes}, 3), 0);
    in->shape.kind = kind;
    for (size_t p = 0; p < in->shape.params; p++)
        in->exact[p] = (double)(in->param[p] = (float)unit_uniform(&state, -0.9, 0.9));
    for (size_t k = 0; k < NUMBERS * 5; k++)
        number[k] = (float)unit_uniform(&state, -1.0, 1.0);
    for (size_t k = 0; k < NET_STRIP; k++) {
        in->pattern[k] = (uint32_t)(unit_random(&state) % 32);
        in->label[k] = (uint8_t)(unit_random(&state) % classes);
    }
    fill_words();
    *data = bits;
    if (numbers)
        *data = (struct dataset){.n = NUMBERS, .features = 5, .x = number};
}

/* The summed loss of a strip in double precision, at in->exact. */
static double exact_loss(const struct input *in, const struct dataset *data)
{
    const struct net_shape *s = &in->shape;
    double loss = 0.0;
    for (size_t k = 0; k < NET_STRIP; k++) {
        double t[2][NET_MAX_WIDTH], sum = 0.0;
        for (size_t i = 0; i < 5; i++)
            t[0][i] = data->x ? (double)data->x[in->pattern[k] * 5 + i]
                              : (double)(in->pattern[k] >> (4 - i) & 1);
        for (size_t l = 1; l <= s->layers; l++)
            for (size_t o = 0; o < s->width[l]; o++) {
                double z = in->exact[s->bias[l] + o];
                for (size_t i = 0; i < s->width[l - 1]; i++)
                    z += in->exact[s->weight[l] + o * s->width[l - 1] + i] * t[(l - 1) % 2][i];
                t[l % 2][o] = l < s->layers ? reference_unit(s->kind, z) : z;
            }
        for (size_t c = 0; c < s->width[s->layers]; c++)
            sum += exp(t[s->layers % 2][c] - t[s->layers % 2][in->label[k]]);
        loss += log(sum);
    }
    return loss;
}

/* Every kind of unit, two and more classes, bits and numbers, against central differences of the loss
 * in double precision.  Units that fire have no such gradient. */
START_TEST(every_gradient_by_differences)
{
    static const size_t classes[] = {2, 3, 10, 64};
    static struct input in;
    struct dataset data;
    const double h = 1e-6;
    for (enum unit kind = 0; kind < UNITS; kind++)
        for (size_t c = 0; c < 4 && !unit_kind(kind)->fires; c++) {
            static double exact[MAX_PARAMS];
            make_other(&in, &data, kind, classes[c], c % 2 == 0);
            memset(sums, 0, sizeof sums);
            net_input(&strip, &in.shape, &data, in.pattern, NET_STRIP);
            net_forward(&strip, &in.shape, in.param, NULL);
            net_backward(sums, &strip, &in.shape, in.param, in.label, NET_STRIP);
            net_gradient(grad, sums, &in.shape, 1.0F);
            for (size_t p = 0; p < in.shape.params; p++) {
                const double at = in.exact[p];
                in.exact[p] = at + h;
                const double above = exact_loss(&in, &data);
                in.exact[p] = at - h;
                exact[p] = (above - exact_loss(&in, &data)) / (2.0 * h);
                in.exact[p] = at;
            }
            compare_gradient(exact, &in.shape, 2e-5);
        }
}
END_TEST

/* Every kind of unit, softmax, noise, levels and firing, alone and together, to the last bit; for
 * firing and rounding units this is the straight-through rule: the slope is that of the y before. */
START_TEST(every_gradient_to_the_bit)
{
    static struct input in;
    static float slow[MAX_PARAMS * LANES];
    struct dataset data;
    for (enum unit kind = 0; kind < UNITS; kind++)
        for (unsigned option = 0; option < 16; option++) {
            const struct net_random random = {
                .seed = 5 + option, .network = 3, .measured = option & 8, .sample = 1001 * option};
            make_other(&in, &data, kind, option & 1 ? 2 : 7, option & 2);
            in.shape.quantised = option & 4 ? 3 : 0;
            in.shape.noise = option & 8 ? 0.25F : 0.0F;
            memset(sums, 0, sizeof sums);
            net_input(&strip, &in.shape, &data, in.pattern, NET_STRIP);
            net_forward(&strip, &in.shape, in.param, &random);
            net_backward(sums, &strip, &in.shape, in.param, in.label, NET_STRIP - 27);
            slow_sums(slow, &in, &data, &random, NET_STRIP - 27);
            for (size_t p = 0; p < in.shape.params * LANES; p++)
                unit_require(lanes_bits(sums[p]) == lanes_bits(slow[p]),
                             "%s units, options %u, sum %zu", unit_kind(kind)->name, option, p);
        }
}
END_TEST

/* Probabilities of many classes: they add up to 1, and net inputs far apart leave 0 and 1. */
START_TEST(softmax_of_many)
{
    static struct input in;
    struct dataset data;
    make_other(&in, &data, UNIT_LINEAR, 64, 1);
    for (int scale = 0; scale < 2; scale++) {
        net_input(&strip, &in.shape, &data, in.pattern, NET_STRIP);
        net_forward(&strip, &in.shape, in.param, NULL);
        const float(*p)[NET_STRIP] = (const float(*)[NET_STRIP])strip.t[in.shape.unit[3]];
        for (size_t k = 0; k < NET_STRIP; k++) {
            double sum = 0.0;
            for (size_t c = 0; c < 64; c++) {
                unit_require(p[c][k] >= 0.0F && p[c][k] <= 1.0F, "p = %g", (double)p[c][k]);
                sum += (double)p[c][k];
            }
            ck_assert_double_eq_tol(sum, 1.0, 1e-5);
        }
        for (size_t q = in.shape.weight[3]; q < in.shape.params; q++)
            in.param[q] *= 1e6F;
    }
}
END_TEST

/* The noise that t has over y: mean 0, deviation sigma, different from unit to unit, from sample to
 * sample, from training to measuring; and none of it depends on how the samples are cut. */
START_TEST(noise)
{
    enum { STRIPS = 400 };
    static struct input in;
    static struct net_strip again;
    struct dataset data;
    make_other(&in, &data, UNIT_TANH, 2, 0);
    in.shape.noise = 0.5F;
    double sum = 0.0, square = 0.0, beside = 0.0, across = 0.0;
    for (uint64_t s = 0; s < STRIPS; s++) {
        struct net_random random = {.seed = 1, .network = 2, .sample = s * NET_STRIP};
        net_input(&strip, &in.shape, &data, in.pattern, NET_STRIP);
        net_forward(&strip, &in.shape, in.param, &random);
        for (size_t u = 5; u < 18; u++)
            for (size_t k = 0; k + 1 < NET_STRIP; k++) {
                const double n = (double)(strip.t[u][k] - strip.y[u][k]);
                sum += n;
                square += n * n;
                beside += n * (double)(strip.t[u][k + 1] - strip.y[u][k + 1]);
                across += u > 5 ? n * (double)(strip.t[u - 1][k] - strip.y[u - 1][k]) : 0.0;
            }
        if (s > 0)
            continue;
        random.sample = 40; /* the samples from 40 on, by themselves */
        net_input(&again, &in.shape, &data, in.pattern + 40, 50);
        net_forward(&again, &in.shape, in.param, &random);
        for (size_t u = 5; u < 20; u++)
            ck_assert_mem_eq(again.t[u], strip.t[u] + 40, 50 * sizeof(float));
        random.measured = 1;
        net_forward(&again, &in.shape, in.param, &random);
        ck_assert_mem_ne(again.t[5], strip.t[5] + 40, 50 * sizeof(float));
    }
    const double n = STRIPS * 13.0 * (NET_STRIP - 1);
    ck_assert_double_eq_tol(sum / n, 0.0, 5.0 * 0.5 / sqrt(n));
    ck_assert_double_eq_tol(square / n, 0.25, 5.0 * 0.25 * sqrt(2.0 / n));
    ck_assert_double_eq_tol(beside / n, 0.0, 5.0 * 0.25 / sqrt(n));
    ck_assert_double_eq_tol(across / n, 0.0, 5.0 * 0.25 / sqrt(n));
}
END_TEST

/* Scale times the sum of a parameter's lanes, to the bit, whatever the number of parameters. */
START_TEST(gradient_is_the_ordered_sum)
{
    static struct input in;
    uint64_t state = 2385;
    for (size_t i = 0; i < NETWORKS; i++) {
        make_input(&in, i, 95);
        for (size_t k = 0; k < in.shape.params * LANES; k++)
            sums[k] = (float)unit_uniform(&state, -2.385, 3.75);
        net_gradient(grad, sums, &in.shape, 0.2385F);
        for (size_t p = 0; p < in.shape.params; p++)
            unit_require(lanes_bits(grad[p]) == lanes_bits(0.2385F * lanes_sum(sums + p * LANES)),
                         "network %zu, parameter %zu", i, p);
    }
}
END_TEST

/* Each lane counts once; what lies behind the last parameter is left alone. */
START_TEST(gradient_of_sums)
{
    struct net_shape shape;
    ck_assert_int_eq(net_shape(&shape, (size_t[]){3, 2}, 1), 0);
    for (size_t p = 0; p < shape.params; p++)
        for (size_t l = 0; l < LANES; l++)
            sums[p * LANES + l] = ldexpf(1.0F, (int)l) + (float)p;
    grad[shape.params] = 2.385F;
    net_gradient(grad, sums, &shape, 0.25F);
    for (size_t p = 0; p < shape.params; p++) /* (2^16 - 1 + 16 p)/4, exactly */
        ck_assert(grad[p] == (65535.0F + 16.0F * (float)p) / 4.0F);
    ck_assert(grad[shape.params] == 2.385F); /* nothing behind the last */
}
END_TEST

/* The weights are the truncated normal draws in order, over sqrt(inputs); biases are 0. */
START_TEST(init)
{
    float param[MAX_PARAMS];
    double mean[7] = {0}, square[7] = {0}, count[7] = {0};
    struct net_shape s;
    ck_assert_int_eq(net_shape(&s, network[0].width, 6), 0);
    for (uint32_t n = 0; n < 300; n++) {
        struct rng r, same;
        rng_stream(&r, 2385, n, RNG_WEIGHTS);
        same = r;
        for (size_t p = 0; p < MAX_PARAMS; p++)
            param[p] = 2.385F;
        net_init(param, &s, NET_TRUNCATED_NORMAL, 1.0F, &r);
        for (size_t l = 1; l <= 6; l++) {
            const double sigma = 1.0 / sqrt((double)s.width[l - 1]);
            for (size_t p = s.weight[l]; p < s.bias[l]; p++) {
                const double w = (double)param[p], x = (double)rng_truncated_normal(&same);
                unit_require(fabs(w - sigma * x) <= 4e-7 * sigma, "weight %zu", p);
                unit_require(fabs(w) <= 2.000001 * sigma, "weight %zu is %g", p, w);
                mean[l] += w / sigma;
                square[l] += w / sigma * w / sigma;
                count[l] += 1.0;
            }
            for (size_t o = 0; o < s.width[l]; o++)
                unit_require(param[s.bias[l] + o] == 0.0F, "bias %zu of layer %zu", o, l);
        }
        unit_require(param[s.params] == 2.385F, "behind the last parameter");
    }
    /* Variance of the normal distribution cut off at 2: 0.7737; its fourth moment 1.4162, so the
     * standard error of the mean square of n draws is sqrt((1.4162 - 0.7737^2)/n). */
    for (size_t l = 1; l <= 6; l++) {
        const double n = count[l];
        ck_assert_double_eq_tol(mean[l] / n, 0.0, 4.0 * sqrt(0.7737 / n));
        ck_assert_double_eq_tol(square[l] / n, 0.7737, 4.0 * sqrt((1.4162 - 0.5986) / n));
    }
}
END_TEST

/* The other laws have the deviation scale/sqrt(inputs) as it is; the uniform one ends at sqrt(3) of
 * them. */
START_TEST(laws)
{
    static float param[64 * 63 + 64];
    struct net_shape s;
    ck_assert_int_eq(net_shape(&s, (size_t[]){63, 64}, 1), 0);
    const double sigma = 3.0 / sqrt(63.0);
    for (enum net_law law = NET_NORMAL; law <= NET_UNIFORM; law++) {
        double mean = 0.0, square = 0.0, most = 0.0, n = 0.0;
        for (uint32_t network_number = 0; network_number < 50; network_number++) {
            struct rng r;
            rng_stream(&r, 2385, network_number, RNG_WEIGHTS);
            net_init(param, &s, law, 3.0F, &r);
            for (size_t p = 0; p < s.bias[1]; p++, n += 1.0) {
                mean += (double)param[p];
                square += (double)param[p] * (double)param[p];
                most = fmax(most, fabs((double)param[p]));
            }
        }
        ck_assert_double_eq_tol(mean / n, 0.0, 5.0 * sigma / sqrt(n));
        ck_assert_double_eq_tol(square / n / sigma / sigma, 1.0, 5.0 * sqrt(2.0 / n));
        if (law == NET_UNIFORM)
            ck_assert_double_eq_tol(most / sigma, sqrt(3.0), 1e-3);
        else
            ck_assert_double_gt(most / sigma, 4.0);
    }
    ck_assert_str_eq(net_law_name(NET_UNIFORM), "uniform");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {shape_by_hand,
                                  shape_refuses,
                                  input_bits,
                                  forward,
                                  forward_by_hand,
                                  saturated,
                                  backward,
                                  gradient_by_differences,
                                  padding_adds_nothing,
                                  strips_do_not_show,
                                  length_of_a_strip,
                                  place_in_strip_does_not_show,
                                  order_of_a_sum,
                                  order_of_the_gradient_sums,
                                  gradient_is_the_ordered_sum,
                                  gradient_of_sums,
                                  init,
                                  laws,
                                  every_gradient_by_differences,
                                  every_gradient_to_the_bit,
                                  softmax_of_many,
                                  noise};
    return unit_run("net", tests, sizeof tests / sizeof *tests);
}
