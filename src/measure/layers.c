#include "layers.h"

void layers_forward(struct layers *w, const struct net_shape *shape, const float *param)
{
    struct net_strip *s = &w->strip;
    const size_t inputs = shape->width[0], y1 = shape->units - 1;
    w->shape = *shape;
    for (size_t k = 0; k < TASK_PATTERNS; k += NET_STRIP) {
        uint16_t pattern[NET_STRIP];
        for (size_t i = 0; i < NET_STRIP; i++)
            pattern[i] = (uint16_t)(k + i);
        net_input(s, shape, pattern, NET_STRIP);
        net_forward(s, shape, param);
        for (size_t u = inputs; u < shape->units; u++)
            information_bin(&w->bin[u][k], s->t[u], NET_STRIP, &w->bins);
        for (size_t i = 0; i < NET_STRIP; i++)
            w->p_one[k + i] = s->t[y1][i];
    }
}

struct information layers_information(struct layers *w, size_t l, const struct task *task)
{
    return information_layer(&w->space, w->bin[w->shape.unit[l]], TASK_PATTERNS, w->shape.width[l],
                             TASK_PATTERNS, w->bins.n, task->py_x, task->h_y);
}

size_t layers_values(struct layers *w, size_t l)
{
    return information_patterns(&w->space, w->bin[w->shape.unit[l]], TASK_PATTERNS,
                                w->shape.width[l], TASK_PATTERNS, w->bins.n);
}
