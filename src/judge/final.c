#include "final.h"

#include <stdlib.h>

#include "die.h"
#include "memory.h"
#include "train.h"

struct final *final_new(const struct config *c, const struct dataset *data, const char *estimator)
{
    struct final *f = memory_array(1, sizeof *f, "layers");
    const char *problem = bins_parse(&f->bins, estimator);
    if (problem)
        die("estimator %s: %s", estimator, problem);
    struct net_shape shape;
    size_t widest = 0;
    train_shape(&shape, c);
    for (size_t l = 1; l <= shape.layers; l++)
        widest = shape.width[l] > widest ? shape.width[l] : widest;
    f->layers = layers_new(&shape, data->n);
    f->space = information_new(data->n, data->classes);
    f->bin = memory_array(widest * data->n, sizeof *f->bin, "the bins of a layer");
    f->data = data;
    return f;
}

void final_free(struct final *f)
{
    if (!f)
        return;
    layers_free(f->layers);
    information_free(f->space);
    free(f->bin);
    free(f);
}

void final_look(struct final *f, const struct config *c, const struct run_record *record)
{
    layers_forward(f->layers, record->param, f->data, c->seed, record->number);
}

static void cut(struct final *f, size_t l)
{
    const struct layers *w = f->layers;
    for (size_t u = 0; u < w->shape.width[l]; u++)
        bins_cut(f->bin + u * w->n, layers_row(w, l) + u * w->step, w->n, &f->bins);
}

size_t final_values(const uint32_t **id, struct final *f, size_t l)
{
    cut(f, l);
    return information_patterns(id, f->space, f->bin, f->data->n, f->layers->shape.width[l],
                                f->bins.n);
}

struct information final_information(struct final *f, size_t l)
{
    cut(f, l);
    return bins_information(f->space, f->bin, f->layers->shape.width[l], f->bins.n, f->data);
}
