#include "wide.h"

#include <stdlib.h>
#include <string.h>

#include "lanes.h"
#include "memory.h"
#include "unit.h"

enum { ALIGNMENT = 64 }; /* bytes; of the widest vectors */

#define ALWAYS_INLINE static inline __attribute__((always_inline))

struct wide *wide_new(const struct net_shape *shape)
{
    struct wide *w = memory_aligned(ALIGNMENT, 1, sizeof *w, "wide networks");
    w->shape = *shape;
    w->x = memory_aligned(ALIGNMENT, shape->width[0] * NET_STRIP, sizeof *w->x, "inputs");
    for (size_t l = 1; l <= shape->layers; l++) {
        const size_t units = shape->width[l];
        w->y[l] = memory_aligned(ALIGNMENT, units, sizeof *w->y[l], "activations");
        w->d[l] = memory_aligned(ALIGNMENT, units, sizeof *w->d[l], "derivatives");
        w->t[l] = w->y[l];
        if (net_disturbed(shape) && l < shape->layers)
            w->t[l] = memory_aligned(ALIGNMENT, units, sizeof *w->t[l], "activations");
    }
    return w;
}

void wide_free(struct wide *w)
{
    if (!w)
        return;
    for (size_t l = 1; l <= w->shape.layers; l++) {
        if (w->t[l] != w->y[l])
            free(w->t[l]);
        free(w->y[l]);
        free(w->d[l]);
    }
    free(w->x);
    free(w);
}

void wide_input(struct wide *w, const struct dataset *data, const uint32_t *index, size_t n)
{
    const size_t features = w->shape.width[0];
    w->n = n;
    for (size_t k = 0; k < n; k++) {
        float *to = w->x + k * features;
        if (data->bits)
            for (size_t i = 0; i < features; i++)
                to[i] = (float)(data->bits[index[k]] >> (features - 1 - i) & 1);
        else
            memcpy(to, data->x + index[k] * features, features * sizeof *to);
    }
}

/* Rows as one array (unit, sample). */
static float *flat(net_row *rows)
{
    return (float *)rows;
}

/* What a layer gives to the one above, (unit, sample). */
static struct product_factor activations(const struct wide *w, size_t l)
{
    return l == 0 ? (struct product_factor){w->x, 1, w->shape.width[0]}
                  : (struct product_factor){flat(w->t[l]), NET_STRIP, 1};
}

static struct product_factor transposed(struct product_factor f)
{
    return (struct product_factor){f.at, f.column, f.row};
}

/* y = value(y) and d = d slope(y), over rows of samples, for a kind that is constant. */
ALWAYS_INLINE void values_of(const enum unit kind, net_row *y, size_t units, size_t length)
{
    for (size_t u = 0; u < units; u++) {
        LANES_LOOP
        for (size_t k = 0; k < length; k++)
            y[u][k] = unit_value(kind, y[u][k]);
    }
}
ALWAYS_INLINE void slopes_of(const enum unit kind, net_row *d, const net_row *y, size_t units,
                             size_t length)
{
    for (size_t u = 0; u < units; u++) {
        LANES_LOOP
        for (size_t k = 0; k < length; k++)
            d[u][k] *= unit_slope(kind, y[u][k]);
    }
}

/* The same for any kind. */
static void values(enum unit kind, net_row *y, size_t units, size_t length)
{
    switch (kind) {
#define VALUES(constant, ...)                                                                      \
    case constant: values_of(constant, y, units, length); break;
        UNIT_TABLE(VALUES)
#undef VALUES
    default: break;
    }
}
static void slopes(enum unit kind, net_row *d, const net_row *y, size_t units, size_t length)
{
    switch (kind) {
#define SLOPES(constant, ...)                                                                      \
    case constant: slopes_of(constant, d, y, units, length); break;
        UNIT_TABLE(SLOPES)
#undef SLOPES
    default: break;
    }
}

/* Samples of the strip, rounded up to whole tiles.  The products leave those beyond alone. */
static size_t whole_tiles(const struct wide *w)
{
    return (w->n + NET_TILE - 1) / NET_TILE * NET_TILE;
}

/*[ forward ]*/
void wide_forward(struct wide *w, const float *param, const struct net_random *random)
{
    const struct net_shape *s = &w->shape;
    for (size_t l = 1; l <= s->layers; l++) {
        const size_t in = s->width[l - 1], out = s->width[l], length = whole_tiles(w);
        const struct product_factor weight = {param + s->weight[l], in, 1}; /* (out, in) */

        /* y = value(W t + b), and t = y, or what noise makes of it */
        product(flat(w->y[l]), NET_STRIP, out, w->n, in, weight, activations(w, l - 1),
                PRODUCT_BIAS, param + s->bias[l], &w->space);
        if (l < s->layers)
            values(s->kind, w->y[l], out, length);
        else
            net_softmax(w->y[l], out, length);
        for (size_t u = 0; w->t[l] != w->y[l] && u < out; u++)
            net_disturb(w->t[l][u], w->y[l][u], s, s->unit[l] + u, random, length);
    }
}
/*[ end ]*/

/*[ backward ]*/
void wide_backward(struct wide *w, float *grad, const float *param, const uint8_t *label,
                   float scale, enum product_start start)
{
    static const float one = 1.0F;
    const struct product_factor ones = {&one, 0, 0};
    const struct net_shape *s = &w->shape;
    const size_t length = whole_tiles(w);
    net_error(w->d[s->layers], w->y[s->layers], s->width[s->layers], label, w->n, length, scale);
    for (size_t l = s->layers; l > 0; l--) {
        const size_t in = s->width[l - 1], out = s->width[l];
        const struct product_factor d = {flat(w->d[l]), NET_STRIP, 1};
        const struct product_factor weight = {param + s->weight[l], in, 1};

        /* d W = d t^T; a bias is the weight of an input that is always 1 */
        product(grad + s->weight[l], in, out, in, w->n, d, transposed(activations(w, l - 1)), start,
                NULL, &w->space);
        product(grad + s->bias[l], 1, out, 1, w->n, d, ones, start, NULL, &w->space);

        /* d t = W^T d, and through the units of the layer below, as if nothing disturbed them */
        if (l > 1) {
            product(flat(w->d[l - 1]), NET_STRIP, in, w->n, out, transposed(weight), d,
                    PRODUCT_ZERO, NULL, &w->space);
            slopes(s->kind, w->d[l - 1], w->y[l - 1], in, length);
        }
    }
}
/*[ end ]*/
