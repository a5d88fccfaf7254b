/* train.h -- training by mini-batches, and the statistics of the mini-batch gradient.
 *
 * In the form of GSL's iterative methods: train_init, then train_epoch as often as wanted; the
 * caller's loop decides when to measure.  Everything is in one struct, no memory is allocated. */
#ifndef TRAIN_H
#define TRAIN_H

#include <stddef.h>
#include <stdint.h>

#include "net.h"
#include "rng.h"

enum train_optimiser { TRAIN_SGD, TRAIN_ADAM };

enum {
    TRAIN_MAX_SAMPLES = 4096,
    TRAIN_MAX_PARAMS = 1024 /* of one network */
};

/* What the mini-batches of one epoch say of the gradient of one layer's weights W (biases left
 * out), Eq. (eq:snr): the Frobenius norm of its mean over the batches and of its standard
 * deviation over them (weight by weight, B - 1 in the denominator; 0 for a single batch). */
struct train_gradient {
    double mean, deviation;
};

struct train {
    struct net_shape shape;
    enum train_optimiser optimiser;
    float rate;   /* learning rate */
    size_t batch; /* samples of a mini-batch; the last of an epoch may have fewer */
    size_t samples;
    uint16_t pattern[TRAIN_MAX_SAMPLES]; /* the training set, in the order of the epoch */
    float label[TRAIN_MAX_SAMPLES];      /* of every pattern, by pattern */
    struct rng shuffle;
    size_t steps; /* updates done */
    _Alignas(64) float param[TRAIN_MAX_PARAMS];
    _Alignas(64) float first[TRAIN_MAX_PARAMS], second[TRAIN_MAX_PARAMS]; /* Adam's moments */
    _Alignas(64) float grad[TRAIN_MAX_PARAMS];
    _Alignas(64) float sums[TRAIN_MAX_PARAMS * LANES];
    _Alignas(64) double sum[TRAIN_MAX_PARAMS], square[TRAIN_MAX_PARAMS]; /* over the batches */
    struct net_strip strip;
};

/* Sets the optimiser to its start.  The caller has filled shape, optimiser, rate, batch (0 or more
 * than the samples: all of them), samples, pattern, label, shuffle and param.  Returns 0, or -1 if
 * there are too many parameters or samples, or none. */
int train_init(struct train *t);

/* One epoch: shuffles the training set (unless it is one batch), then one update per mini-batch
 * with the mean gradient of its samples.  gradient[layers], if not NULL, gets the statistics of
 * each layer. */
void train_epoch(struct train *t, struct train_gradient *gradient);

/* The Frobenius norm of the weights into layer l (1 to layers), biases left out. */
double train_weight_norm(const struct train *t, size_t l);

/* The spectral norm of the same matrix, its largest singular value. */
double train_spectral_norm(const struct train *t, size_t l);

#endif
