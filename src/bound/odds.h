/* odds.h -- a distribution r on the labels by its log-odds: theta[y-1] = log r[y]/r[0] for the labels
 * y = 1, 2, ... against label 0, in nats.
 *
 * Any theta is a distribution, so a search in theta needs no constraint. */
#ifndef ODDS_H
#define ODDS_H

#include <stddef.h>

#include "bottleneck.h"

/* A search keeps theta within +-ODDS_FAR: r is then within 4e-18 of 0 and 1. */
#define ODDS_FAR 40.0

/* log r and r, both (ny), of theta[ny-1]. */
void odds_softmax(double *log_r, double *r, const double *theta, size_t ny);

/* The divergences of two distributions from each other, summed, in nats. */
double odds_apart(const double *theta, const double *other, size_t ny);

#endif
