#include "final.h"

#include <math.h>
#include <stdlib.h>

#include "die.h"
#include "draw.h"
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
    f->config = *c;
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
    layers_forward(f->layers, record->param, f->bins->data, f->config.seed, record->number);
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

double final_output(const struct final *f, size_t input, size_t class)
{
    return (double)layers_output(f->layers, input, class);
}

/*[ likelier ]*/
/* Whether the likelier class of an input has the largest output. */
static size_t likelier(const struct final *f, size_t input)
{
    const struct dataset *d = f->bins->data;
    size_t best = 0, least = 1;
    for (size_t y = 1; y < d->classes; y++)
        best = dataset_p(d, input, y) > dataset_p(d, input, best) ? y : best;
    for (size_t y = 0; y < d->classes; y++)
        least &= y == best || final_output(f, input, best) > final_output(f, input, y);
    return least;
}

double final_likelier(const struct final *f, size_t number)
{
    const struct dataset *d = f->bins->data;
    const size_t samples = config_samples(&f->config, d->n);
    uint32_t *order = memory_array(d->n, sizeof *order, "inputs");
    size_t right = 0;
    draw_order(order, d, &f->config, number); /* the training set comes first */
    for (size_t k = samples; k < d->n; k++)
        right += likelier(f, order[k]);
    free(order);
    return samples < d->n ? (double)right / (double)(d->n - samples) : (double)NAN;
}
/*[ end ]*/
