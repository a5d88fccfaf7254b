#include "wide.h"

#include <stdlib.h>
#include <string.h>

#include "lanes.h"
#include "memory.h"

enum { CACHE_LINE = 64 };

#define ALWAYS_INLINE static inline __attribute__((always_inline))

int wide_shape(struct net_shape *shape, const size_t *width, size_t layers)
{
    *shape = (struct net_shape){.layers = layers};
    if (layers < 1 || layers > NET_MAX_LAYERS || width[layers] < 2 ||
        width[layers] > WIDE_MAX_CLASSES)
        return -1;
    for (size_t l = 0; l <= layers; l++) {
        if (width[l] < 1 || width[l] > WIDE_MAX_WIDTH)
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

static float *room(size_t units)
{
    return memory_aligned(CACHE_LINE, units * WIDE_STRIP, sizeof(float), "activations");
}

struct wide *wide_new(const struct net_shape *shape, enum unit unit, int apart)
{
    struct wide *w = memory_aligned(CACHE_LINE, 1, sizeof *w, "networks");
    w->shape = *shape;
    w->unit = unit;
    w->x = room(shape->width[0]);
    for (size_t l = 1; l <= shape->layers; l++) {
        w->y[l] = room(shape->width[l]);
        w->t[l] = apart && l < shape->layers ? room(shape->width[l]) : w->y[l];
        w->d[l] = room(shape->width[l]);
    }
    return w;
}

void wide_free(struct wide *w)
{
    for (size_t l = 1; l <= w->shape.layers; l++) {
        if (w->t[l] != w->y[l])
            free(w->t[l]);
        free(w->y[l]);
        free(w->d[l]);
    }
    free(w->x);
    free(w);
}

/* What layer l gives to the one above, as a factor: (unit, sample) and its transpose. */
static struct product_factor below(const struct wide *w, size_t l)
{
    return l == 0 ? (struct product_factor){w->x, 1, w->shape.width[0]}
                  : (struct product_factor){w->t[l], WIDE_STRIP, 1};
}
static struct product_factor transposed(struct product_factor f)
{
    return (struct product_factor){f.at, f.column, f.row};
}

/* Loops over the samples of some units, for a kind that is constant. */
ALWAYS_INLINE void values_of(const enum unit u, float *y, size_t units, size_t n)
{
    for (size_t i = 0; i < units; i++, y += WIDE_STRIP)
        LANES_LOOP
    for (size_t k = 0; k < n; k++)
        y[k] = unit_value(u, y[k]);
}
ALWAYS_INLINE void slopes_of(const enum unit u, float *d, const float *y, size_t units, size_t n)
{
    for (size_t i = 0; i < units; i++, d += WIDE_STRIP, y += WIDE_STRIP)
        LANES_LOOP
    for (size_t k = 0; k < n; k++)
        d[k] *= unit_slope(u, y[k]);
}

/* y = value(y) */
static void values(enum unit u, float *y, size_t units, size_t n)
{
    switch (u) {
#define VALUES(constant, ...)                                                                      \
    case constant: values_of(constant, y, units, n); break;
        UNIT_TABLE(VALUES)
#undef VALUES
    default: break;
    }
}

/* d = d slope(y) */
static void slopes(enum unit u, float *d, const float *y, size_t units, size_t n)
{
    switch (u) {
#define SLOPES(constant, ...)                                                                      \
    case constant: slopes_of(constant, d, y, units, n); break;
        UNIT_TABLE(SLOPES)
#undef SLOPES
    default: break;
    }
}

/*[ softmax ]*/
/* p(c) = e^(z_c - max z) / sum; below e^-86 of the largest nothing gets smaller. */
static void softmax(float *y, size_t classes, size_t n)
{
    float most[WIDE_STRIP], sum[WIDE_STRIP] = {0};
    memcpy(most, y, n * sizeof *most);
    for (size_t c = 1; c < classes; c++)
        LANES_LOOP
    for (size_t k = 0; k < n; k++)
        most[k] = y[c * WIDE_STRIP + k] > most[k] ? y[c * WIDE_STRIP + k] : most[k];
    for (size_t c = 0; c < classes; c++)
        LANES_LOOP
    for (size_t k = 0; k < n; k++) {
        const float z = y[c * WIDE_STRIP + k] - most[k];
        y[c * WIDE_STRIP + k] = lanes_exp_relative(z < -86.0F ? -86.0F : z);
        sum[k] += y[c * WIDE_STRIP + k];
    }
    for (size_t c = 0; c < classes; c++)
        LANES_LOOP
    for (size_t k = 0; k < n; k++)
        y[c * WIDE_STRIP + k] /= sum[k];
}
/*[ end ]*/

void wide_forward(struct wide *w, const float *param, size_t l, size_t n)
{
    const size_t in = w->shape.width[l - 1], out = w->shape.width[l];
    const struct product_factor weight = {param + w->shape.weight[l], in, 1};
    product(w->y[l], WIDE_STRIP, out, n, in, weight, below(w, l - 1), PRODUCT_BIAS,
            param + w->shape.bias[l], &w->space);
    if (l == w->shape.layers)
        softmax(w->y[l], out, n);
    else
        values(w->unit, w->y[l], out, n);
    if (w->t[l] != w->y[l])
        memcpy(w->t[l], w->y[l], out * WIDE_STRIP * sizeof(float));
}

void wide_loss(struct wide *w, const uint8_t *label, size_t n, float scale)
{
    /* softmax and cross-entropy together: p(y) - [y is the label] */
    const size_t layers = w->shape.layers;
    for (size_t c = 0; c < w->shape.width[layers]; c++)
        for (size_t k = 0; k < n; k++) {
            const float p = w->y[layers][c * WIDE_STRIP + k];
            w->d[layers][c * WIDE_STRIP + k] = scale * (label[k] == c ? p - 1.0F : p);
        }
}

void wide_backward(struct wide *w, float *grad, const float *param, size_t l, size_t n,
                   enum product_start start)
{
    const size_t in = w->shape.width[l - 1], out = w->shape.width[l];
    const struct product_factor d = {w->d[l], WIDE_STRIP, 1};
    /* a bias is the weight of an input that is always 1 */
    static const float one = 1.0F;
    product(grad + w->shape.weight[l], in, out, in, n, d, transposed(below(w, l - 1)), start, NULL,
            &w->space);
    product(grad + w->shape.bias[l], 1, out, 1, n, d, (struct product_factor){&one, 0, 0}, start,
            NULL, &w->space);
    if (l > 1) {
        const struct product_factor weight = {param + w->shape.weight[l], in, 1};
        product(w->d[l - 1], WIDE_STRIP, in, n, out, transposed(weight), d, PRODUCT_ZERO, NULL,
                &w->space);
        slopes(w->unit, w->d[l - 1], w->y[l - 1], in, n);
    }
}

void wide_gradient(struct wide *w, float *grad, const float *param, const float *input,
                   const uint8_t *label, const uint32_t *order, size_t n)
{
    const size_t features = w->shape.width[0];
    for (size_t at = 0; at < n; at += WIDE_STRIP) {
        const size_t strip = n - at < WIDE_STRIP ? n - at : WIDE_STRIP;
        uint8_t own[WIDE_STRIP];
        for (size_t k = 0; k < strip; k++) {
            const size_t sample = order[at + k];
            memcpy(w->x + k * features, input + sample * features, features * sizeof *input);
            own[k] = label[sample];
        }
        for (size_t l = 1; l <= w->shape.layers; l++)
            wide_forward(w, param, l, strip);
        wide_loss(w, own, strip, 1.0F / (float)n);
        for (size_t l = w->shape.layers; l > 0; l--)
            wide_backward(w, grad, param, l, strip, at == 0 ? PRODUCT_ZERO : PRODUCT_ADD);
    }
}
