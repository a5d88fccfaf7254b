/* net.h -- a narrow, fully connected network: hidden units of one kind (unit.h), a softmax output,
 * cross-entropy loss.
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

#include "dataset.h"
#include "lanes.h"
#include "rng.h"
#include "unit.h"

enum {
    NET_MAX_LAYERS = 10, /* weight layers: hidden layers and the output */
    NET_MAX_WIDTH = 64,  /* units of one layer of a narrow network */
    NET_MAX_UNITS = 256, /* units of all its layers, inputs included */
    NET_TILE = 32,       /* samples of a tile of a product, which stays in registers */
    NET_STRIP = 128      /* most samples in flight: a strip stays in the L1 cache */
};

/* The shape of a network and where its layers lie, and what its hidden units are.  Layer 0 is the
 * input, layer `layers` the output. */
struct net_shape {
    size_t layers;
    size_t width[NET_MAX_LAYERS + 1];  /* units of a layer */
    size_t unit[NET_MAX_LAYERS + 1];   /* first unit of a layer among all units */
    size_t weight[NET_MAX_LAYERS + 1]; /* first weight into a layer among all parameters */
    size_t bias[NET_MAX_LAYERS + 1];   /* first bias of a layer among all parameters */
    size_t units, params;
    /* Of a hidden unit: y = value(net input); then, each if wanted, it fires, is rounded to one of
     * 2^quantised levels, and gets noise: t, which the next layer sees. */
    enum unit kind;
    unsigned quantised; /* bits, 2 to 8; 0: not */
    float noise;        /* deviation */
};

/* The distributions of initial weights. */
#define NET_LAW_TABLE(LINE)                                                                        \
    LINE(NET_TRUNCATED_NORMAL, "truncated_normal")                                                 \
    LINE(NET_NORMAL, "normal")                                                                     \
    LINE(NET_UNIFORM, "uniform")
#define NET_LAW_CONSTANT(constant, name) constant,
enum net_law { NET_LAW_TABLE(NET_LAW_CONSTANT) NET_LAWS };
#undef NET_LAW_CONSTANT

const char *net_law_name(enum net_law law);

/* Where the random words of a strip's hidden units come from.  Hidden unit u, counted from 0 in the
 * first hidden layer on, has a stream of its own for firing and one for noise; word i belongs to
 * sample i. */
struct net_random {
    uint64_t seed;
    uint32_t network;
    int measured;    /* streams of a network that is measured, not trained */
    uint64_t sample; /* number of the strip's first sample */
};

/* What a strip has of one unit, a number for each sample. */
typedef float net_row[NET_STRIP];

/* One strip of samples on its way through a network. */
struct net_strip {
    size_t length; /* samples, rounded up to whole tiles: as far as the rows are in use */
    _Alignas(64) float t[NET_MAX_UNITS][NET_STRIP]; /* activations (unit, sample), inputs first */
    _Alignas(64) float d[2][NET_MAX_WIDTH][NET_STRIP]; /* d loss / d net input, of two layers */
    _Alignas(64) float y[NET_MAX_UNITS][NET_STRIP];    /* t before noise, if net_disturbed */
};

/* Lays out a network of tanh units of the given widths, width[0] inputs to width[layers] classes.
 * Returns 0, or -1 if there are too many layers, a layer is empty, or the classes are not 2 to 64. */
int net_shape(struct net_shape *shape, const size_t *width, size_t layers);

/* Whether a strip has room for it. */
int net_is_narrow(const struct net_shape *shape);

/* Whether the hidden units fire, are rounded, or have noise. */
int net_disturbed(const struct net_shape *shape);

/* Initial parameters: weights from a distribution with standard deviation scale/sqrt(inputs of the
 * layer): normal, normal and cut off at two deviations (which leaves a deviation of .88 of them), or
 * uniform; biases 0. */
void net_init(float *param, const struct net_shape *shape, enum net_law law, float scale,
              struct rng *r);

/* Starts a strip of n samples, 1 to NET_STRIP: the inputs index[n] of a data set.  The last tile is
 * filled up with zeros. */
void net_input(struct net_strip *s, const struct net_shape *shape, const struct dataset *data,
               const uint32_t *index, size_t n);

/* Activations of all layers from the inputs, Eq. (eq:forward).  The output units hold p(y) of the
 * classes.  Only a network whose units fire or have noise looks at random. */
void net_forward(struct net_strip *s, const struct net_shape *shape, const float *param,
                 const struct net_random *random);

/* Adds the gradient of the summed cross-entropy of the first n samples of a strip, on which
 * net_forward has run, to sums (params, LANES), Eq. (eq:backward).  label[NET_STRIP] are classes;
 * those from n on do not count. */
void net_backward(float *sums, struct net_strip *s, const struct net_shape *shape,
                  const float *param, const uint8_t *label, size_t n);

/* grad[params] = scale * the sum of each parameter's lanes. */
void net_gradient(float *grad, const float *sums, const struct net_shape *shape, float scale);

/* The parts that wide networks share, on rows of a strip, as far as `length`, whole tiles. */

/* t[length] of hidden unit `unit`, numbered as in the shape, from its y[length]: it fires, is
 * rounded, gets noise. */
void net_disturb(float *t, const float *y, const struct net_shape *shape, size_t unit,
                 const struct net_random *random, size_t length);

/* p(y) of the classes from their net inputs, in place. */
void net_softmax(net_row *t, size_t classes, size_t length);

/* d of the output units from p: scale * d cross-entropy / d net input of the first n samples, and 0
 * behind them. */
void net_error(net_row *d, const net_row *p, size_t classes, const uint8_t *label, size_t n,
               size_t length, float scale);

#endif
