#include "draw.h"

#include "rng.h"

/* A class from p(y|x): the first whose summed probability is above a uniform number. */
static uint8_t draw_class(struct rng *r, const float *py_x, size_t classes)
{
    const float u = rng_uniform(r);
    float sum = 0.0F;
    for (size_t y = 0; y + 1 < classes; y++) {
        sum += py_x[y];
        if (u < sum)
            return (uint8_t)y;
    }
    return (uint8_t)(classes - 1);
}

/*[ draw ]*/
void draw_labels(uint8_t *label, const struct dataset *data, const struct config *c, size_t number)
{
    struct rng r;
    rng_stream(&r, c->seed, (uint32_t)number, RNG_LABELS);
    for (size_t i = 0; i < data->n; i++)
        if (data->label)
            label[i] = data->label[i];
        else if (data->classes == 2)
            label[i] = rng_uniform(&r) < data->py_x[i];
        else
            label[i] = draw_class(&r, data->py_x + i * data->classes, data->classes);
    if (c->labels == CONFIG_LABELS_SHUFFLED)
        for (size_t i = data->n; i > 1; i--) {
            const size_t j = rng_below(&r, (uint32_t)i);
            const uint8_t swap = label[i - 1];
            label[i - 1] = label[j];
            label[j] = swap;
        }
}

void draw_order(uint32_t *order, const struct dataset *data, const struct config *c, size_t number)
{
    struct rng r;
    for (size_t i = 0; i < data->n; i++)
        order[i] = (uint32_t)i;
    if (c->in_order)
        return;
    rng_stream(&r, c->seed, (uint32_t)number, RNG_SPLIT);
    rng_shuffle(&r, order, data->n);
}

void draw_label_noise(uint8_t *label, const uint32_t *order, size_t samples,
                      const struct dataset *data, const struct config *c, size_t number)
{
    if (!(c->label_noise > 0.0))
        return;
    struct rng r;
    rng_stream(&r, c->seed, (uint32_t)number, RNG_LABEL_NOISE);
    for (size_t k = 0; k < samples; k++)
        if ((double)rng_uniform(&r) < c->label_noise) {
            const size_t further = 1 + rng_below(&r, (uint32_t)data->classes - 1);
            label[order[k]] = (uint8_t)((label[order[k]] + further) % data->classes);
        }
}
/*[ end ]*/
