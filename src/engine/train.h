/* train.h -- training by mini-batches, and the statistics of the mini-batch gradient.
 *
 * In the form of GSL's iterative methods: train_start, then train_epoch as often as wanted; the
 * caller's loop decides when to measure.  What is trained is a pure function of a configuration, a
 * data set and a number. */
#ifndef TRAIN_H
#define TRAIN_H

#include <stddef.h>
#include <stdint.h>

#include "config.h"
#include "dataset.h"
#include "net.h"
#include "optimiser.h"
#include "rng.h"
#include "wide.h"

/* What the mini-batches of one epoch say of the gradient of one layer's weights W (biases left
 * out), Eq. (eq:snr): the Frobenius norm of its mean over the batches and of its standard
 * deviation over them (weight by weight, B - 1 in the denominator; 0 for a single batch).  It is the
 * gradient of the loss alone, before penalties and noise. */
struct train_gradient {
    double mean, deviation;
};

struct train {
    const struct config *config; /* of the caller, as is the data set */
    const struct dataset *data;
    size_t number;
    struct net_shape shape;
    size_t samples,
        batch;       /* of the training set; of a mini-batch, the last of an epoch may have fewer */
    uint32_t *order; /* (n) inputs: the training set in the order of the epoch, then the others */
    uint8_t *label;  /* (n) of every input */
    float *param, *grad;  /* (params) */
    float *sums;          /* (params, LANES), of a narrow network */
    double *sum, *square; /* (params) over the batches of an epoch */
    struct optimiser_work optimiser;
    struct rng shuffle;
    uint64_t steps, passed; /* updates done, samples trained on, repetitions included */
    double
        loss; /* mean cross-entropy of the last epoch's samples as they passed, bits; NaN unless the
                    configuration stops at a loss */
    struct net_strip *strip;
    struct wide *wide; /* in place of a strip, if the network is not narrow; else NULL */
};

/* A workspace for one training after the other; to be freed with train_free. */
struct train *train_new(void);
void train_free(struct train *t);

/* Draws network `number` of a configuration on a data set, both of which must stay: its labels, its
 * training set, its weights.  The configuration has passed config_check. */
void train_start(struct train *t, const struct config *c, const struct dataset *data,
                 size_t number);

/* One epoch: shuffles the training set (unless it is one batch, or in order), then one update per
 * mini-batch with the mean gradient of its samples.  gradient[layers], if not NULL, gets the
 * statistics of each layer. */
void train_epoch(struct train *t, struct train_gradient *gradient);

/* Whether the loss of the last epoch is one that the configuration stops at. */
int train_stopped(const struct train *t);

/* The Frobenius norm of the weights into layer l (1 to layers), biases left out. */
double train_weight_norm(const struct train *t, size_t l);

/* The spectral norm of the same matrix, its largest singular value. */
double train_spectral_norm(const struct train *t, size_t l);

#endif
