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

void net_input(struct net_strip *s, const struct net_shape *shape, const uint16_t *pattern)
{
    const size_t n = shape->width[0];
    for (size_t i = 0; i < n; i++) {
        LANES_LOOP
        for (size_t k = 0; k < NET_STRIP; k++)
            s->t[i][k] = (float)(pattern[k] >> (n - 1 - i) & 1);
    }
}

/* Products go by tiles that stay in registers: up to TILE_ROWS units by TILE_LANES samples. */
enum { TILE_ROWS = 8, TILE_LANES = 32 };

/* z(r, l) = b(r) + sum_k w(r, k) x(k, l) for `rows` units and TILE_LANES samples.  Weight (r, k) is
 * w[r * r_step + k * k_step], so the same code serves a matrix and its transpose.  b may be NULL.
 * The sum starts with the bias and runs over k in order. */
ALWAYS_INLINE void product_tile(const size_t rows, row *z, const float *w, size_t r_step,
                                size_t k_step, const float *b, const row *x, size_t n)
{
    float c[TILE_ROWS][TILE_LANES];
    for (size_t r = 0; r < rows; r++) {
        const float start = b ? b[r] : 0.0F;
        LANES_LOOP
        for (size_t l = 0; l < TILE_LANES; l++)
            c[r][l] = start;
    }
    size_t k = 0;
    do /* not `for`: the tile stays in registers if it is certain that the loop runs */
        for (size_t r = 0; r < rows; r++) {
            const float a = w[r * r_step + k * k_step];
            LANES_LOOP
            for (size_t l = 0; l < TILE_LANES; l++)
                c[r][l] = fmaf(a, x[k][l], c[r][l]);
        }
    while (++k < n);
    for (size_t r = 0; r < rows; r++)
        LANES_LOOP
    for (size_t l = 0; l < TILE_LANES; l++)
        z[r][l] = c[r][l];
}

/* The same for any number of units and a whole strip. */
static void product(row *z, size_t units, const float *w, size_t r_step, size_t k_step,
                    const float *b, const row *x, size_t n)
{
    for (size_t r = 0; r < units; r += TILE_ROWS)
        for (size_t l = 0; l < NET_STRIP; l += TILE_LANES) {
            row *zt = (row *)&z[r][l];
            const row *xt = (const row *)&x[0][l];
            const float *wt = w + r * r_step, *bt = b ? b + r : NULL;
            switch (units - r) { /* a constant number of rows in each case */
            case 1: product_tile(1, zt, wt, r_step, k_step, bt, xt, n); break;
            case 2: product_tile(2, zt, wt, r_step, k_step, bt, xt, n); break;
            case 3: product_tile(3, zt, wt, r_step, k_step, bt, xt, n); break;
            case 4: product_tile(4, zt, wt, r_step, k_step, bt, xt, n); break;
            case 5: product_tile(5, zt, wt, r_step, k_step, bt, xt, n); break;
            case 6: product_tile(6, zt, wt, r_step, k_step, bt, xt, n); break;
            case 7: product_tile(7, zt, wt, r_step, k_step, bt, xt, n); break;
            default: product_tile(TILE_ROWS, zt, wt, r_step, k_step, bt, xt, n); break;
            }
        }
}

/*[ forward ]*/
void net_forward(struct net_strip *s, const struct net_shape *shape, const float *param)
{
    for (size_t l = 1; l <= shape->layers; l++) {
        const size_t in = shape->width[l - 1], out = shape->width[l];
        const row *x = &s->t[shape->unit[l - 1]]; /* (in, sample) */
        row *t = &s->t[shape->unit[l]];           /* (out, sample) */

        /* net input: t = W x + b */
        product(t, out, param + shape->weight[l], in, 1, param + shape->bias[l], x, in);

        if (l < shape->layers) {
            for (size_t o = 0; o < out; o++)
                LANES_LOOP
            for (size_t k = 0; k < NET_STRIP; k++)
                t[o][k] = lanes_tanh(t[o][k]);
        } else {
            /* softmax of two units: p(y=1) = 1/(1 + exp(t_0 - t_1)), by way of tanh */
            LANES_LOOP
            for (size_t k = 0; k < NET_STRIP; k++) {
                t[1][k] = fmaf(0.5F, lanes_tanh(0.5F * (t[1][k] - t[0][k])), 0.5F);
                t[0][k] = 1.0F - t[1][k];
            }
        }
    }
}
/*[ end ]*/

/* Gradient sums go by tiles of up to OUTER_ROWS by OUTER_COLUMNS weights, LANES sums each. */
enum { OUTER_ROWS = 3, OUTER_COLUMNS = 4 };

/* sums(r, c, lane) += sum over the samples of that lane of d(r, sample) x(c, sample), for a block
 * of a weight matrix with `step` columns. */
ALWAYS_INLINE void outer_tile(const size_t rows, const size_t columns, float *sums, size_t step,
                              const row *d, const row *x)
{
    float c[OUTER_ROWS][OUTER_COLUMNS][LANES];
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++)
            LANES_LOOP
    for (size_t l = 0; l < LANES; l++)
        c[i][j][l] = sums[(i * step + j) * LANES + l];
    for (size_t k = 0; k < NET_STRIP; k += LANES)
        for (size_t i = 0; i < rows; i++)
            for (size_t j = 0; j < columns; j++)
                LANES_LOOP
    for (size_t l = 0; l < LANES; l++)
        c[i][j][l] = fmaf(d[i][k + l], x[j][k + l], c[i][j][l]);
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++)
            LANES_LOOP
    for (size_t l = 0; l < LANES; l++)
        sums[(i * step + j) * LANES + l] = c[i][j][l];
}

/* The same for a whole weight matrix (out, in). */
static void outer(float *sums, const row *d, size_t out, const row *x, size_t in)
{
    for (size_t r = 0; r < out; r += OUTER_ROWS)
        for (size_t c = 0; c < in; c += OUTER_COLUMNS) {
            float *st = sums + (r * in + c) * LANES;
            const size_t rows = out - r < OUTER_ROWS ? out - r : OUTER_ROWS;
            const size_t columns = in - c < OUTER_COLUMNS ? in - c : OUTER_COLUMNS;
            switch (rows * OUTER_COLUMNS + columns - 1) { /* constants in each case */
            case 4: outer_tile(1, 1, st, in, d + r, x + c); break;
            case 5: outer_tile(1, 2, st, in, d + r, x + c); break;
            case 6: outer_tile(1, 3, st, in, d + r, x + c); break;
            case 7: outer_tile(1, 4, st, in, d + r, x + c); break;
            case 8: outer_tile(2, 1, st, in, d + r, x + c); break;
            case 9: outer_tile(2, 2, st, in, d + r, x + c); break;
            case 10: outer_tile(2, 3, st, in, d + r, x + c); break;
            case 11: outer_tile(2, 4, st, in, d + r, x + c); break;
            case 12: outer_tile(3, 1, st, in, d + r, x + c); break;
            case 13: outer_tile(3, 2, st, in, d + r, x + c); break;
            case 14: outer_tile(3, 3, st, in, d + r, x + c); break;
            default: outer_tile(3, 4, st, in, d + r, x + c); break;
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
    for (size_t k = 0; k < NET_STRIP; k++) {
        d[1][k] = k < n ? p[1][k] - label[k] : 0.0F;
        d[0][k] = -d[1][k];
    }
    for (size_t l = shape->layers; l > 0; l--) {
        const size_t in = shape->width[l - 1], out = shape->width[l];
        const row *x = &s->t[shape->unit[l - 1]]; /* (in, sample) */
        d = s->d[l % 2];                          /* (out, sample) */

        /* d W += d x^T, d b += d */
        outer(sums + shape->weight[l] * LANES, d, out, x, in);
        float *db = sums + shape->bias[l] * LANES;
        for (size_t r = 0; r < out; r++)
            for (size_t k = 0; k < NET_STRIP; k += LANES)
                LANES_LOOP
        for (size_t i = 0; i < LANES; i++)
            db[r * LANES + i] += d[r][k + i];

        /* d x = W^T d, and through the tanh of the layer below: x' = 1 - x^2 */
        if (l > 1) {
            row *dx = s->d[(l - 1) % 2]; /* (in, sample) */
            product(dx, in, param + shape->weight[l], 1, in, NULL, d, out);
            for (size_t i = 0; i < in; i++)
                LANES_LOOP
            for (size_t k = 0; k < NET_STRIP; k++)
                dx[i][k] *= fmaf(-x[i][k], x[i][k], 1.0F);
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
