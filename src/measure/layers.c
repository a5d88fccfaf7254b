#include "layers.h"

void layers_forward(struct layers *w, const struct net_shape *shape, const float *param,
                    const struct dataset *data, uint64_t seed, size_t number)
{
    struct net_strip *s = &w->strip;
    const size_t inputs = shape->width[0], y1 = shape->unit[shape->layers] + 1;
    struct net_random random = {.seed = seed, .network = (uint32_t)number, .measured = 1};
    w->shape = *shape;
    w->n = data->n;
    for (size_t k = 0; k < data->n; k += NET_STRIP) {
        const size_t n = data->n - k < NET_STRIP ? data->n - k : NET_STRIP;
        uint32_t index[NET_STRIP];
        for (size_t i = 0; i < n; i++)
            index[i] = (uint32_t)(k + i);
        random.sample = k;
        net_input(s, shape, data, index, n);
        net_forward(s, shape, param, &random);
        for (size_t u = inputs; u < shape->units; u++)
            information_bin(&w->bin[u][k], s->t[u], n, &w->bins);
        for (size_t i = 0; i < n; i++)
            w->p_one[k + i] = s->t[y1][i];
    }
}

struct information layers_information(struct layers *w, size_t l, const struct dataset *data)
{
    return information_layer(&w->space, w->bin[w->shape.unit[l]], INFORMATION_MAX_SAMPLES,
                             w->shape.width[l], w->n, w->bins.n, data->py_x, data->h_y);
}

size_t layers_values(struct layers *w, size_t l)
{
    return information_patterns(&w->space, w->bin[w->shape.unit[l]], INFORMATION_MAX_SAMPLES,
                                w->shape.width[l], w->n, w->bins.n);
}
