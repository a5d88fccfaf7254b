/* layers.h -- the activations of all layers of a network on all inputs of a data set.
 *
 * What a run looks at on a network in training, a claim can look at again on the final weights of a
 * record: the same bytes come out.  Random units take their words from the streams for measuring:
 * input k has word k, so a network that is looked at again has the same noise. */
#ifndef LAYERS_H
#define LAYERS_H

#include <stddef.h>
#include <stdint.h>

#include "dataset.h"
#include "net.h"
#include "wide.h"

struct layers {
    struct net_shape shape;
    size_t n, step;          /* inputs; floats from one row to the next */
    float *t;                /* (units but the inputs, n) with rows of `step` */
    struct net_strip *strip; /* scratch of a narrow network */
    struct wide *wide;       /* scratch of any other */
};

/* Room for a network of this shape on n inputs; dies if memory is short. */
struct layers *layers_new(const struct net_shape *shape, size_t n);
void layers_free(struct layers *w);

/* Passes all inputs, in order, through the network with the given parameters. */
void layers_forward(struct layers *w, const float *param, const struct dataset *data, uint64_t seed,
                    size_t number);

/* The first row of layer l (1 to layers), and the probability that the output gives to a class for an
 * input. */
static inline const float *layers_row(const struct layers *w, size_t l)
{
    return w->t + (w->shape.unit[l] - w->shape.width[0]) * w->step;
}

/* Activations that come from elsewhere as the only layer of a network without inputs: t is (units, n)
 * with rows of `step` floats, and must outlive the view, which is not to be freed. */
static inline struct layers layers_view(float *t, size_t step, size_t n, size_t units)
{
    return (struct layers){
        .shape = {.layers = 1, .width = {0, units}, .units = units}, .n = n, .step = step, .t = t};
}

static inline float layers_output(const struct layers *w, size_t input, size_t class)
{
    return layers_row(w, w->shape.layers)[class * w->step + input];
}

#endif
