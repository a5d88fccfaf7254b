#include "final.h"

#include <stdlib.h>

#include "die.h"
#include "memory.h"

struct final *final_new(const struct config *c, const struct dataset *data, const char *estimator)
{
    struct final *f = memory_array(1, sizeof *f, "layers");
    struct bins bins;
    struct net_shape shape;
    const char *problem = bins_parse(&bins, estimator);
    if (problem)
        die("estimator %s: %s", estimator, problem);
    config_shape(&shape, c);
    f->layers = layers_new(&shape, data->n);
    f->bins = bins_new(&bins, data);
    f->seed = c->seed;
    return f;
}

void final_free(struct final *f)
{
    if (!f)
        return;
    layers_free(f->layers);
    bins_free(f->bins);
    free(f);
}

void final_look(struct final *f, const struct run_record *record)
{
    layers_forward(f->layers, record->param, f->bins->data, f->seed, record->number);
}

size_t final_values(const uint32_t **id, struct final *f, size_t l)
{
    return bins_values(id, f->bins, layers_row(f->layers, l), f->layers->step,
                       f->layers->shape.width[l]);
}

struct information final_information(struct final *f, size_t l)
{
    return bins_information(f->bins, layers_row(f->layers, l), f->layers->step,
                            f->layers->shape.width[l]);
}
