/* penalty.h -- what is done to a gradient before a step, and to the weights after it.  Biases are
 * left alone, but for the noise. */
#ifndef PENALTY_H
#define PENALTY_H

#include "net.h"

/* grad += the gradient of lambda/2 |W|^2. */
void penalty_decay(float *grad, const struct net_shape *shape, const float *param, float lambda);

/* grad += the gradient of lambda/2 |W W^T - 1|^2, for each layer; of W^T W, if there are more rows
 * than columns: 2 lambda (W W^T - 1) W. */
void penalty_orthonormality(float *grad, const struct net_shape *shape, const float *param,
                            float lambda);

/* grad[params] += sigma times a standard normal number, for each parameter; the words of update
 * `step`, counted from 0, follow those of the ones before. */
void penalty_noise(float *grad, size_t params, float sigma, uint64_t seed, uint32_t network,
                   uint64_t step);

/* Scales the weights into each unit down to the norm `cap` where they have more. */
void penalty_cap(float *param, const struct net_shape *shape, double cap);

#endif
