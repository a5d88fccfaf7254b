#include "net.h"

#include <math.h>
#include <string.h>

typedef net_row row;

#define ALWAYS_INLINE static inline __attribute__((always_inline))

int net_shape(struct net_shape *shape, const size_t *width, size_t layers)
{
    *shape = (struct net_shape){.layers = layers};
    if (layers < 1 || layers > NET_MAX_LAYERS || width[layers] < 2 ||
        width[layers] > DATASET_MAX_CLASSES)
        return -1;
    for (size_t l = 0; l <= layers; l++) {
        if (width[l] < 1)
            return -1;
        shape->width[l] = width[l];
        shape->unit[l] = shape->units;
        shape->units += width[l];
        if (l > 0) {
            shape->weight[l] = shape->params;
            shape->bias[l] = shape->params + width[l] * width[l - 1];
            shape->params = shape->bias[l] + width[l];
        }
    }
    return 0;
}

int net_is_narrow(const struct net_shape *shape)
{
    for (size_t l = 0; l <= shape->layers; l++)
        if (shape->width[l] > NET_MAX_WIDTH)
            return 0;
    return shape->units <= NET_MAX_UNITS;
}

int net_disturbed(const struct net_shape *shape)
{
    return unit_kind(shape->kind)->fires || shape->quantised > 0 || shape->noise > 0.0F;
}

const char *net_law_name(enum net_law law)
{
#define NET_LAW_NAME(constant, name) name,
    static const char *const name[NET_LAWS] = {NET_LAW_TABLE(NET_LAW_NAME)};
#undef NET_LAW_NAME
    return name[law];
}

/*[ init ]*/
/* A draw with standard deviation 1, but for the cut. */
static float draw_weight(struct rng *r, enum net_law law)
{
    switch (law) {
    case NET_NORMAL: return lanes_normal(rng_word(r));
    case NET_UNIFORM: return 0x1.bb67aep+0F * fmaf(2.0F, rng_uniform(r), -1.0F); /* sqrt(3) */
    default: return rng_truncated_normal(r);
    }
}

void net_init(float *param, const struct net_shape *shape, enum net_law law, float scale,
              struct rng *r)
{
    for (size_t l = 1; l <= shape->layers; l++) {
        const float sigma = scale * (1.0F / sqrtf((float)shape->width[l - 1]));
        for (size_t p = shape->weight[l]; p < shape->bias[l]; p++)
            param[p] = sigma * draw_weight(r, law);
        for (size_t o = 0; o < shape->width[l]; o++)
            param[shape->bias[l] + o] = 0.0F;
    }
}
/*[ end ]*/

/* The inputs of a strip as bits, from their words; all words first, since a vector that is loaded
 * before its parts have been stored waits for them. */
static void input_bits(row *t, size_t inputs, const struct dataset *data, const uint32_t *index,
                       size_t n, size_t length)
{
    uint32_t word[NET_STRIP];
    if (data->counted)
        memcpy(word, index, n * sizeof *word);
    for (size_t k = 0; !data->counted && k < n; k++)
        word[k] = data->bits[index[k]];
    memset(word + n, 0, (length - n) * sizeof *word);
    for (size_t at = 0; at < length; at += NET_TILE) {
        uint32_t tile[NET_TILE];
        memcpy(tile, word + at, sizeof tile);
        for (size_t i = inputs; i-- > 0;) {
            LANES_LOOP
            for (size_t k = 0; k < NET_TILE; k++) {
                t[i][at + k] = (float)(tile[k] & 1);
                tile[k] >>= 1;
            }
        }
    }
}

/* The inputs of a strip as numbers. */
static void input_numbers(row *t, size_t inputs, const float *x, const uint32_t *index, size_t n,
                          size_t length)
{
    for (size_t k = 0; k < length; k++) {
        const float *of = k < n ? x + index[k] * inputs : NULL;
        for (size_t i = 0; i < inputs; i++)
            t[i][k] = of ? of[i] : 0.0F;
    }
}

void net_input(struct net_strip *s, const struct net_shape *shape, const struct dataset *data,
               const uint32_t *index, size_t n)
{
    s->length = (n + NET_TILE - 1) / NET_TILE * NET_TILE;
    if (data->bits)
        input_bits(s->t, shape->width[0], data, index, n, s->length);
    else
        input_numbers(s->t, shape->width[0], data->x, index, n, s->length);
}

/* Products of a weight matrix W (out, in) with a strip, and what is done to them before they leave
 * the registers. */
enum product {
    NET_INPUT,  /* z = W x + b */
    ACTIVATION, /* z = value(W x + b) */
    DERIVATIVE  /* z = (W^T x) slope(y), y being the activations of such units */
};

/* Products go by tiles that stay in registers: up to TILE_ROWS units by NET_TILE samples. */
enum { TILE_ROWS = 4 };

/* A tile of z, `rows` units high: w is its first weight, step the columns of W, b its first bias, n
 * the number of terms.  A sum starts with the bias and runs over the terms in order.  A derivative
 * has no b, the others have no y. */
ALWAYS_INLINE void product_tile(const enum product what, const enum unit kind, const size_t rows,
                                row *z, const float *w, size_t step, const float *b, const row *y,
                                const row *x, size_t n)
{
    float c[TILE_ROWS][NET_TILE];
    for (size_t r = 0; r < rows; r++) {
        const float start = what == DERIVATIVE ? 0.0F : b[r];
        LANES_LOOP
        for (size_t l = 0; l < NET_TILE; l++)
            c[r][l] = start;
    }
    size_t k = 0;
    do { /* not `for`: the tile stays in registers if it is certain that the loop runs */
        for (size_t r = 0; r < rows; r++) {
            const float a = what == DERIVATIVE ? w[k * step + r] : w[r * step + k];
            LANES_LOOP
            for (size_t l = 0; l < NET_TILE; l++)
                c[r][l] = fmaf(a, x[k][l], c[r][l]);
        }
    } while (++k < n);
    for (size_t r = 0; r < rows; r++) {
        LANES_LOOP
        for (size_t l = 0; l < NET_TILE; l++)
            z[r][l] = what == ACTIVATION   ? unit_value(kind, c[r][l])
                      : what == DERIVATIVE ? c[r][l] * unit_slope(kind, y[r][l])
                                           : c[r][l];
    }
}

/* The same for the whole length of a strip. */
ALWAYS_INLINE void product_rows(const enum product what, const enum unit kind, const size_t rows,
                                row *z, const float *w, size_t step, const float *b, const row *y,
                                const row *x, size_t n, size_t length)
{
    for (size_t l = 0; l < length; l += NET_TILE)
        product_tile(what, kind, rows, (row *)&z[0][l], w, step, b,
                     y ? (const row *)&y[0][l] : NULL, (const row *)&x[0][l], n);
}

/* The same for any number of units. */
ALWAYS_INLINE void product(const enum product what, const enum unit kind, row *z, size_t units,
                           const float *w, size_t step, const float *b, const row *y, const row *x,
                           size_t n, size_t length)
{
    for (size_t r = 0; r < units; r += TILE_ROWS) {
        const float *wr = what == DERIVATIVE ? w + r : w + r * step;
        const float *br = what == DERIVATIVE ? NULL : b + r;
        const row *yr = what == DERIVATIVE ? y + r : NULL;
        switch (units - r) { /* a constant number of rows in each case */
        case 1: product_rows(what, kind, 1, z + r, wr, step, br, yr, x, n, length); break;
        case 2: product_rows(what, kind, 2, z + r, wr, step, br, yr, x, n, length); break;
        case 3: product_rows(what, kind, 3, z + r, wr, step, br, yr, x, n, length); break;
        default: product_rows(what, kind, TILE_ROWS, z + r, wr, step, br, yr, x, n, length); break;
        }
    }
}

/* The products of a hidden layer for each kind of unit, which is thus known where the code is made:
 * forward_... gives y (out, sample) from x (in, sample), backward_... dx (in, sample), the derivative
 * with respect to the net inputs of a layer that holds y, from d (out, sample) of the layer above. */
#define HIDDEN(constant, function, name, low, high, fires)                                         \
    static void forward_##function(row *y, size_t out, const float *w, const float *b,             \
                                   const row *x, size_t in, size_t length)                         \
    {                                                                                              \
        product(ACTIVATION, constant, y, out, w, in, b, NULL, x, in, length);                      \
    }                                                                                              \
    static void backward_##function(row *dx, size_t in, const float *w, const row *y,              \
                                    const row *d, size_t out, size_t length)                       \
    {                                                                                              \
        product(DERIVATIVE, constant, dx, in, w, in, NULL, y, d, out, length);                     \
    }
UNIT_TABLE(HIDDEN)
#undef HIDDEN

#define HIDDEN(constant, function, name, low, high, fires)                                         \
    {forward_##function, backward_##function},
static const struct {
    void (*forward)(row *, size_t, const float *, const float *, const row *, size_t, size_t);
    void (*backward)(row *, size_t, const float *, const row *, const row *, size_t, size_t);
} hidden[UNITS] = {UNIT_TABLE(HIDDEN)};
#undef HIDDEN

void net_disturb(float *t, const float *y, const struct net_shape *shape, size_t unit,
                 const struct net_random *random, size_t length)
{
    const struct unit_kind *kind = unit_kind(shape->kind);
    const uint32_t stream = (uint32_t)(unit - shape->width[0]);
    uint32_t word[NET_STRIP];
    memcpy(t, y, length * sizeof *t);
    if (kind->fires) {
        rng_fill(word, length, random->seed, random->network,
                 random->measured ? RNG_FIRE_MEASURED : RNG_FIRE, stream, random->sample);
        LANES_LOOP
        for (size_t k = 0; k < length; k++)
            t[k] = unit_fire(t[k], word[k]);
    }
    if (shape->quantised > 0) {
        const float n = (float)((1U << shape->quantised) - 1U);
        LANES_LOOP
        for (size_t k = 0; k < length; k++)
            t[k] = unit_quantise(t[k], kind->low, kind->high, n);
    }
    if (shape->noise > 0.0F) {
        rng_fill(word, length, random->seed, random->network,
                 random->measured ? RNG_NOISE_MEASURED : RNG_NOISE, stream, random->sample);
        LANES_LOOP
        for (size_t k = 0; k < length; k++)
            t[k] = fmaf(shape->noise, lanes_normal(word[k]), t[k]);
    }
}

/*[ softmax ]*/
/* Probabilities of two classes from their net inputs: p(y=1) = 1/(1 + exp(z_0 - z_1)), by way of
 * tanh. */
static void softmax_two(row *t, size_t length)
{
    LANES_LOOP
    for (size_t k = 0; k < length; k++) {
        t[1][k] = fmaf(0.5F, lanes_tanh(0.5F * (t[1][k] - t[0][k])), 0.5F);
        t[0][k] = 1.0F - t[1][k];
    }
}

/* Of more: exp(z - the largest z), the sum over the classes in order, a division.  What is smaller
 * by 80 or more counts as smaller by 80. */
static void softmax_more(row *t, size_t classes, size_t length)
{
    for (size_t at = 0; at < length; at += NET_TILE) {
        float most[NET_TILE], sum[NET_TILE] = {0};
        memcpy(most, &t[0][at], sizeof most);
        for (size_t c = 1; c < classes; c++)
            LANES_LOOP
        for (size_t k = 0; k < NET_TILE; k++)
            most[k] = t[c][at + k] > most[k] ? t[c][at + k] : most[k];
        for (size_t c = 0; c < classes; c++)
            LANES_LOOP
        for (size_t k = 0; k < NET_TILE; k++) {
            const float below = t[c][at + k] - most[k];
            t[c][at + k] = lanes_exp_relative(below < -80.0F ? -80.0F : below);
            sum[k] += t[c][at + k];
        }
        for (size_t c = 0; c < classes; c++)
            LANES_LOOP
        for (size_t k = 0; k < NET_TILE; k++)
            t[c][at + k] /= sum[k];
    }
}

void net_softmax(row *t, size_t classes, size_t length)
{
    if (classes == 2)
        softmax_two(t, length);
    else
        softmax_more(t, classes, length);
}
/*[ end ]*/

/*[ forward ]*/
void net_forward(struct net_strip *s, const struct net_shape *shape, const float *param,
                 const struct net_random *random)
{
    const int disturbed = net_disturbed(shape);
    for (size_t l = 1; l <= shape->layers; l++) {
        const size_t in = shape->width[l - 1], out = shape->width[l], first = shape->unit[l];
        const float *w = param + shape->weight[l], *b = param + shape->bias[l];
        const row *x = &s->t[shape->unit[l - 1]]; /* (in, sample) */
        row *t = &s->t[first];                    /* (out, sample) */

        if (l < shape->layers) {
            /* y = value(W x + b), and t = y, or what noise makes of it */
            row *y = disturbed ? &s->y[first] : t;
            hidden[shape->kind].forward(y, out, w, b, x, in, s->length);
            for (size_t o = 0; disturbed && o < out; o++)
                net_disturb(t[o], y[o], shape, first + o, random, s->length);
        } else {
            product(NET_INPUT, UNIT_LINEAR, t, out, w, in, b, NULL, x, in, s->length);
            net_softmax(t, out, s->length);
        }
    }
}
/*[ end ]*/

/* Gradient sums go by tiles of up to OUTER_ROWS by OUTER_COLUMNS weights, LANES sums each. */
enum { OUTER_ROWS = 4, OUTER_COLUMNS = 4 };

/* sums(r, c, lane) += sum over the samples of that lane of d(r, sample) x(c, sample), for a block
 * of a weight matrix with `step` columns. */
ALWAYS_INLINE void outer_tile(const size_t rows, const size_t columns, float *sums, size_t step,
                              const row *d, const row *x, size_t length)
{
    float c[OUTER_ROWS][OUTER_COLUMNS][LANES];
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++)
            LANES_LOOP
    for (size_t l = 0; l < LANES; l++)
        c[i][j][l] = sums[(i * step + j) * LANES + l];
    size_t k = 0;
    do { /* not `for`, as above */
        for (size_t i = 0; i < rows; i++)
            for (size_t j = 0; j < columns; j++)
                LANES_LOOP
        for (size_t l = 0; l < LANES; l++)
            c[i][j][l] = fmaf(d[i][k + l], x[j][k + l], c[i][j][l]);
    } while ((k += LANES) < length);
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++)
            LANES_LOOP
    for (size_t l = 0; l < LANES; l++)
        sums[(i * step + j) * LANES + l] = c[i][j][l];
}

/* sums(r, lane) += sum over the samples of that lane of d(r, sample), for the biases of a block. */
ALWAYS_INLINE void bias_tile(const size_t rows, float *sums, const row *d, size_t length)
{
    float c[OUTER_ROWS][LANES];
    for (size_t i = 0; i < rows; i++)
        LANES_LOOP
    for (size_t l = 0; l < LANES; l++)
        c[i][l] = sums[i * LANES + l];
    size_t k = 0;
    do {
        for (size_t i = 0; i < rows; i++)
            LANES_LOOP
        for (size_t l = 0; l < LANES; l++)
            c[i][l] += d[i][k + l];
    } while ((k += LANES) < length);
    for (size_t i = 0; i < rows; i++)
        LANES_LOOP
    for (size_t l = 0; l < LANES; l++)
        sums[i * LANES + l] = c[i][l];
}

/* Both for a block of rows of a weight matrix (out, in) and their biases. */
ALWAYS_INLINE void outer_rows(const size_t rows, float *sums, float *bias_sums, const row *d,
                              const row *x, size_t in, size_t length)
{
    for (size_t c = 0; c < in; c += OUTER_COLUMNS) {
        float *st = sums + c * LANES;
        switch (in - c) { /* a constant number of columns in each case */
        case 1: outer_tile(rows, 1, st, in, d, x + c, length); break;
        case 2: outer_tile(rows, 2, st, in, d, x + c, length); break;
        case 3: outer_tile(rows, 3, st, in, d, x + c, length); break;
        default: outer_tile(rows, OUTER_COLUMNS, st, in, d, x + c, length); break;
        }
    }
    bias_tile(rows, bias_sums, d, length);
}

/* Both for a whole layer. */
static void outer(float *sums, float *bias_sums, const row *d, size_t out, const row *x, size_t in,
                  size_t length)
{
    for (size_t r = 0; r < out; r += OUTER_ROWS) {
        float *wr = sums + r * in * LANES, *br = bias_sums + r * LANES;
        switch (out - r) { /* a constant number of rows in each case */
        case 1: outer_rows(1, wr, br, d + r, x, in, length); break;
        case 2: outer_rows(2, wr, br, d + r, x, in, length); break;
        case 3: outer_rows(3, wr, br, d + r, x, in, length); break;
        default: outer_rows(OUTER_ROWS, wr, br, d + r, x, in, length); break;
        }
    }
}

/*[ backward ]*/
/* softmax and cross-entropy together: d loss / d net input = p(y) - [y is the label] */
void net_error(row *d, const row *p, size_t classes, const uint8_t *label, size_t n, size_t length,
               float scale)
{
    for (size_t c = 1; c < classes; c++)
        LANES_LOOP
    for (size_t k = 0; k < length; k++)
        d[c][k] = k < n ? scale * (p[c][k] - (label[k] == c ? 1.0F : 0.0F)) : 0.0F;
    LANES_LOOP
    for (size_t k = 0; k < length; k++) /* of two probabilities one is 1 less the other */
        d[0][k] = classes == 2 ? -d[1][k]
                  : k < n      ? scale * (p[0][k] - (label[k] == 0 ? 1.0F : 0.0F))
                               : 0.0F;
}

void net_backward(float *sums, struct net_strip *s, const struct net_shape *shape,
                  const float *param, const uint8_t *label, size_t n)
{
    const row *activation = net_disturbed(shape) ? s->y : s->t;
    net_error(s->d[shape->layers % 2], &s->t[shape->unit[shape->layers]],
              shape->width[shape->layers], label, n, s->length, 1.0F);
    for (size_t l = shape->layers; l > 0; l--) {
        const size_t in = shape->width[l - 1], out = shape->width[l];
        const row *x = &s->t[shape->unit[l - 1]]; /* (in, sample) */
        const row *d = s->d[l % 2];               /* (out, sample) */

        /* d W += d x^T, d b += d */
        float *dw = sums + shape->weight[l] * LANES, *db = sums + shape->bias[l] * LANES;
        outer(dw, db, d, out, x, in, s->length);

        /* d x = W^T d, and through the units of the layer below, as if nothing disturbed them */
        if (l > 1)
            hidden[shape->kind].backward(s->d[(l - 1) % 2], in, param + shape->weight[l],
                                         &activation[shape->unit[l - 1]], d, out, s->length);
    }
}
/*[ end ]*/

void net_gradient(float *grad, const float *sums, const struct net_shape *shape, float scale)
{
    /* Pairs, pairs of pairs, and so on, for BLOCK parameters at once: the order of lanes_sum. */
    enum { BLOCK = 32 };
    size_t p = 0;
    for (; p + BLOCK <= shape->params; p += BLOCK) {
        const float *s16 = sums + p * LANES;
        float s8[BLOCK * 8], s4[BLOCK * 4], s2[BLOCK * 2];
        LANES_LOOP
        for (size_t i = 0; i < BLOCK * 8; i++)
            s8[i] = s16[2 * i] + s16[2 * i + 1];
        LANES_LOOP
        for (size_t i = 0; i < BLOCK * 4; i++)
            s4[i] = s8[2 * i] + s8[2 * i + 1];
        LANES_LOOP
        for (size_t i = 0; i < BLOCK * 2; i++)
            s2[i] = s4[2 * i] + s4[2 * i + 1];
        LANES_LOOP
        for (size_t i = 0; i < BLOCK; i++)
            grad[p + i] = scale * (s2[2 * i] + s2[2 * i + 1]);
    }
    for (; p < shape->params; p++)
        grad[p] = scale * lanes_sum(sums + p * LANES);
}
