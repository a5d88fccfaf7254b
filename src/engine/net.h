/* net.h -- a fully connected network on binary inputs: tanh hidden layers, a softmax output of two
 * units, cross-entropy loss.
 *
 * Samples are the lanes: NET_STRIP of them pass through the network together, and each quantity of
 * a strip is stored as (unit, sample), so one weight meets a whole vector of samples.  A sum over
 * units keeps its order, a sum over samples runs in LANES fixed partial sums: neither tile sizes
 * nor vector widths show in a result.
 *
 * All parameters are one flat array owned by the caller, layer after layer, weights (out, in)
 * before biases (out), so that an optimiser is one loop.  Gradients have the same layout. */
#ifndef NET_H
#define NET_H

#include <stddef.h>
#include <stdint.h>

#include "lanes.h"
#include "rng.h"

enum {
    NET_MAX_LAYERS = 10, /* weight layers: hidden layers and the output */
    NET_MAX_WIDTH = 32,  /* units of one layer */
    NET_MAX_UNITS = 128, /* units of all layers, inputs included */
    NET_TILE = 32,       /* samples of a tile of a product, which stays in registers */
    NET_STRIP = 128      /* most samples in flight: a strip stays in the L1 cache */
};

/* The shape of a network and where its layers lie.  Layer 0 is the input, layer `layers` the
 * output. */
struct net_shape {
    size_t layers;
    size_t width[NET_MAX_LAYERS + 1];  /* units of a layer */
    size_t unit[NET_MAX_LAYERS + 1];   /* first unit of a layer among all units */
    size_t weight[NET_MAX_LAYERS + 1]; /* first weight into a layer among all parameters */
    size_t bias[NET_MAX_LAYERS + 1];   /* first bias of a layer among all parameters */
    size_t units, params;
};

/* One strip of samples on its way through a network. */
struct net_strip {
    size_t length; /* samples, rounded up to whole tiles: as far as the rows are in use */
    _Alignas(64) float t[NET_MAX_UNITS][NET_STRIP]; /* activations (unit, sample), inputs first */
    _Alignas(64) float d[2][NET_MAX_WIDTH][NET_STRIP]; /* d loss / d net input, of two layers */
};

/* Lays out a network of the given widths, width[0] inputs to width[layers] = 2 outputs.  Returns 0,
 * or -1 if there are too many layers or units, or a layer is empty. */
int net_shape(struct net_shape *shape, const size_t *width, size_t layers);

/* Initial parameters: weights from the normal distribution with standard deviation
 * 1/sqrt(inputs of the layer), cut off at two of them; biases 0. */
void net_init(float *param, const struct net_shape *shape, struct rng *r);

/* Starts a strip of n samples, 1 to NET_STRIP, whose inputs are the bits, 0 or 1, of pattern[n]; the
 * most significant of the width[0] bits is input 0.  The last tile is filled up with pattern 0. */
void net_input(struct net_strip *s, const struct net_shape *shape, const uint16_t *pattern,
               size_t n);

/* Activations of all layers from the inputs, Eq. (eq:forward).  The output units hold p(y=0) and
 * p(y=1). */
void net_forward(struct net_strip *s, const struct net_shape *shape, const float *param);

/* Adds the gradient of the summed cross-entropy of the first n samples of a strip, on which
 * net_forward has run, to sums (params, LANES), Eq. (eq:backward).  label[NET_STRIP] is 0 or 1;
 * those from n on do not count. */
void net_backward(float *sums, struct net_strip *s, const struct net_shape *shape,
                  const float *param, const float *label, size_t n);

/* grad[params] = scale * the sum of each parameter's lanes. */
void net_gradient(float *grad, const float *sums, const struct net_shape *shape, float scale);

#endif
