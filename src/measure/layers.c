#include "layers.h"

#include <stdlib.h>
#include <string.h>

#include "memory.h"

enum { ALIGNMENT = 64 }; /* bytes; of the widest vectors */

struct layers *layers_new(const struct net_shape *shape, size_t n)
{
    struct layers *w = memory_array(1, sizeof *w, "layers");
    w->shape = *shape;
    w->n = n;
    /* Rows are a line longer than they need: at a distance of a power of two they would share a few
     * sets of the cache. */
    w->step = (n + NET_TILE - 1) / NET_TILE * NET_TILE + NET_TILE;
    w->t = memory_aligned(ALIGNMENT, (shape->units - shape->width[0]) * w->step, sizeof *w->t,
                          "activations of layers");
    if (net_is_narrow(shape))
        w->strip = memory_aligned(ALIGNMENT, 1, sizeof *w->strip, "strips of samples");
    else
        w->wide = wide_new(shape);
    return w;
}

void layers_free(struct layers *w)
{
    if (!w)
        return;
    free(w->t);
    free(w->strip);
    wide_free(w->wide);
    free(w);
}

/* What a layer's units gave for the strip that passed last, (unit, sample). */
static const net_row *rows_of(const struct layers *w, size_t layer)
{
    return w->strip ? (const net_row *)&w->strip->t[w->shape.unit[layer]]
                    : (const net_row *)w->wide->t[layer];
}

void layers_forward(struct layers *w, const float *param, const struct dataset *data, uint64_t seed,
                    size_t number)
{
    const struct net_shape *shape = &w->shape;
    struct net_random random = {.seed = seed, .network = (uint32_t)number, .measured = 1};
    for (size_t k = 0; k < w->n; k += NET_STRIP) {
        const size_t n = w->n - k < NET_STRIP ? w->n - k : NET_STRIP;
        uint32_t index[NET_STRIP];
        for (size_t i = 0; i < n; i++)
            index[i] = (uint32_t)(k + i);
        random.sample = k;
        if (w->strip) {
            net_input(w->strip, shape, data, index, n);
            net_forward(w->strip, shape, param, &random);
        } else {
            wide_input(w->wide, data, index, n);
            wide_forward(w->wide, param, &random);
        }
        for (size_t l = 1; l <= shape->layers; l++)
            for (size_t u = 0; u < shape->width[l]; u++) {
                float *row = w->t + (shape->unit[l] - shape->width[0] + u) * w->step;
                memcpy(row + k, rows_of(w, l)[u], n * sizeof *row);
            }
    }
}
