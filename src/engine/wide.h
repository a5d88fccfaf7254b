/* wide.h -- the networks of net.h whose layers may be of any width, by blocked products.
 *
 * Every sum runs in one order, and each of its terms is a fused multiply-add: a net input begins with
 * the bias and takes the inputs in order; a derivative takes the units of the layer above in order;
 * the gradient of a parameter takes the samples of the batch in order, whatever the strips.  So
 * neither blocks, nor strips, nor the width of a vector show in a result.  (A narrow network adds
 * samples up in lanes, so its last bits are others.)
 *
 * Samples pass in strips of up to NET_STRIP, and quantities of a layer are stored as (unit, sample).
 * Parameters and gradients are flat arrays of the caller's, laid out as net_shape says. */
#ifndef WIDE_H
#define WIDE_H

#include <stddef.h>
#include <stdint.h>

#include "dataset.h"
#include "net.h"
#include "product.h"

struct wide {
    struct net_shape shape;
    size_t n;                       /* samples of the strip */
    float *x;                       /* inputs (sample, feature) */
    net_row *y[NET_MAX_LAYERS + 1]; /* outputs of the units of layer 1 and up */
    net_row
        *t[NET_MAX_LAYERS + 1]; /* what the layer above sees; p(y) last; y unless net_disturbed */
    net_row *d[NET_MAX_LAYERS + 1]; /* d loss / d net input */
    struct product_space space;
};

/* A network of a shape that net_shape has laid out; goes by wide_free. */
struct wide *wide_new(const struct net_shape *shape);
void wide_free(struct wide *w);

/* Starts a strip of n samples, 1 to NET_STRIP: the inputs index[n] of a data set. */
void wide_input(struct wide *w, const struct dataset *data, const uint32_t *index, size_t n);

/* Activations of all layers from the inputs, Eq. (eq:forward).  Only a network whose units fire or
 * have noise looks at random. */
void wide_forward(struct wide *w, const float *param, const struct net_random *random);

/* Adds to grad[params], or begins it with, scale times the gradient of the summed cross-entropy of
 * the strip on which wide_forward has run, Eq. (eq:backward); label[n] are classes. */
void wide_backward(struct wide *w, float *grad, const float *param, const uint8_t *label,
                   float scale, enum product_start start);

#endif
