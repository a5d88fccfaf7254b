#include "net.h"

#include <math.h>

/* Rows of a strip: (unit, sample). */
typedef float row[NET_STRIP];

#define ALWAYS_INLINE static inline __attribute__((always_inline))

int net_shape(struct net_shape *shape, const size_t *width, size_t layers)
{
    *shape = (struct net_shape){.layers = layers};
    if (layers < 1 || layers > NET_MAX_LAYERS || width[layers] != 2)
        return -1;
    for (size_t l = 0; l <= layers; l++) {
        shape->width[l] = width[l];
        shape->unit[l] = shape->units;
        shape->units += width[l];
        if (width[l] < 1 || width[l] > NET_MAX_WIDTH || shape->units > NET_MAX_UNITS)
            return -1;
        if (l > 0) {
            shape->weight[l] = shape->params;
            shape->bias[l] = shape->params + width[l] * width[l - 1];
            shape->params = shape->bias[l] + width[l];
        }
    }
    return width[0] <= 16 ? 0 : -1; /* patterns are 16-bit numbers */
}

/*[ init ]*/
void net_init(float *param, const struct net_shape *shape, struct rng *r)
{
    for (size_t l = 1; l <= shape->layers; l++) {
        const float sigma = 1.0F / sqrtf((float)shape->width[l - 1]);
        for (size_t p = shape->weight[l]; p < shape->bias[l]; p++)
            param[p] = sigma * rng_truncated_normal(r);
        for (size_t o = 0; o < shape->width[l]; o++)
            param[shape->bias[l] + o] = 0.0F;
    }
}
/*[ end ]*/

void net_input(struct net_strip *s, const struct net_shape *shape, const uint16_t *pattern,
               size_t n)
{
    const size_t inputs = shape->width[0];
    s->length = (n + NET_TILE - 1) / NET_TILE * NET_TILE;
    for (size_t at = 0; at < n; at += NET_TILE) {
        uint32_t tile[NET_TILE];
        LANES_LOOP
        for (size_t k = 0; k < NET_TILE; k++)
            tile[k] = at + k < n ? pattern[at + k] : 0;
        for (size_t i = inputs; i-- > 0;) {
            LANES_LOOP
            for (size_t k = 0; k < NET_TILE; k++) {
                s->t[i][at + k] = (float)(tile[k] & 1);
                tile[k] >>= 1;
            }
        }
    }
}

/* Products of a weight matrix W (out, in) with a strip, and what is done to them before they leave
 * the registers. */
enum product {
    NET_INPUT,  /* z = W x + b */
    ACTIVATION, /* z = tanh(W x + b) */
    DERIVATIVE  /* z = (W^T x) (1 - y^2), y being the activations behind a tanh */
};

/* Products go by tiles that stay in registers: up to TILE_ROWS units by NET_TILE samples. */
enum { TILE_ROWS = 4 };

/* A tile of z, `rows` units high: w is its first weight, step the columns of W, b its first bias, n
 * the number of terms.  A sum starts with the bias and runs over the terms in order.  A derivative
 * has no b, the others have no y. */
ALWAYS_INLINE void product_tile(const enum product what, const size_t rows, row *z, const float *w,
                                size_t step, const float *b, const row *y, const row *x, size_t n)
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
            z[r][l] = what == ACTIVATION   ? lanes_tanh(c[r][l])
                      : what == DERIVATIVE ? c[r][l] * fmaf(-y[r][l], y[r][l], 1.0F)
                                           : c[r][l];
    }
}

/* The same for the whole length of a strip. */
ALWAYS_INLINE void product_rows(const enum product what, const size_t rows, row *z, const float *w,
                                size_t step, const float *b, const row *y, const row *x, size_t n,
                                size_t length)
{
    for (size_t l = 0; l < length; l += NET_TILE)
        product_tile(what, rows, (row *)&z[0][l], w, step, b, y ? (const row *)&y[0][l] : NULL,
                     (const row *)&x[0][l], n);
}

/* The same for any number of units. */
ALWAYS_INLINE void product(const enum product what, row *z, size_t units, const float *w,
                           size_t step, const float *b, const row *y, const row *x, size_t n,
                           size_t length)
{
    for (size_t r = 0; r < units; r += TILE_ROWS) {
        const float *wr = what == DERIVATIVE ? w + r : w + r * step;
        const float *br = what == DERIVATIVE ? NULL : b + r;
        const row *yr = what == DERIVATIVE ? y + r : NULL;
        switch (units - r) { /* a constant number of rows in each case */
        case 1: product_rows(what, 1, z + r, wr, step, br, yr, x, n, length); break;
        case 2: product_rows(what, 2, z + r, wr, step, br, yr, x, n, length); break;
        case 3: product_rows(what, 3, z + r, wr, step, br, yr, x, n, length); break;
        default: product_rows(what, TILE_ROWS, z + r, wr, step, br, yr, x, n, length); break;
        }
    }
}

/*[ forward ]*/
void net_forward(struct net_strip *s, const struct net_shape *shape, const float *param)
{
    for (size_t l = 1; l <= shape->layers; l++) {
        const size_t in = shape->width[l - 1], out = shape->width[l];
        const float *w = param + shape->weight[l], *b = param + shape->bias[l];
        const row *x = &s->t[shape->unit[l - 1]]; /* (in, sample) */
        row *t = &s->t[shape->unit[l]];           /* (out, sample) */

        if (l < shape->layers) {
            /* t = tanh(W x + b) */
            product(ACTIVATION, t, out, w, in, b, NULL, x, in, s->length);
        } else {
            /* softmax of two units: p(y=1) = 1/(1 + exp(z_0 - z_1)), by way of tanh */
            product(NET_INPUT, t, out, w, in, b, NULL, x, in, s->length);
            LANES_LOOP
            for (size_t k = 0; k < s->length; k++) {
                t[1][k] = fmaf(0.5F, lanes_tanh(0.5F * (t[1][k] - t[0][k])), 0.5F);
                t[0][k] = 1.0F - t[1][k];
            }
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
void net_backward(float *sums, struct net_strip *s, const struct net_shape *shape,
                  const float *param, const float *label, size_t n)
{
    /* softmax and cross-entropy together: d loss / d net input = p(y) - [y is the label] */
    row *d = s->d[shape->layers % 2];
    const row *p = &s->t[shape->unit[shape->layers]];
    LANES_LOOP
    for (size_t k = 0; k < s->length; k++) {
        d[1][k] = k < n ? p[1][k] - label[k] : 0.0F;
        d[0][k] = -d[1][k];
    }
    for (size_t l = shape->layers; l > 0; l--) {
        const size_t in = shape->width[l - 1], out = shape->width[l];
        const row *x = &s->t[shape->unit[l - 1]]; /* (in, sample) */
        d = s->d[l % 2];                          /* (out, sample) */

        /* d W += d x^T, d b += d */
        float *dw = sums + shape->weight[l] * LANES, *db = sums + shape->bias[l] * LANES;
        outer(dw, db, d, out, x, in, s->length);

        /* d x = W^T d, and through the tanh of the layer below: x' = 1 - x^2 */
        if (l > 1) {
            row *dx = s->d[(l - 1) % 2]; /* (in, sample) */
            product(DERIVATIVE, dx, in, param + shape->weight[l], in, NULL, x, d, out, s->length);
        }
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
