/* relaxation.h -- how long a layer takes to compress, against how much it compresses: the second half
 * of claim iv.  Information in bits, times in epochs. */
#ifndef RELAXATION_H
#define RELAXATION_H

#include <stddef.h>

#include "run.h"
#include "stats.h"
#include "verdict.h"

/* One hidden layer of one network. */
struct relaxation {
    double
        compression; /* what it cuts from the layer before it, at the end: Eq. (eq:compression) */
    double fall;     /* of I(X;T) from its peak to the end */
    double epochs;   /* from the peak until 1 - 1/e of the fall is made; NaN without a fall */
};

/* Measures layer l (0 the first hidden layer, which has the 12 bits of the input before it).  The end
 * of a relaxation lies on the line between two measured epochs. */
struct relaxation relaxation_of(const struct run_record *r, size_t l);

/* What claim iv asks of the hidden layers that fall and compress by at least `bits`: relaxation times
 * rise with the compression, which then explains more than `r2` of the variance of their logarithm,
 * and rise with more than its `power`; each by its 95 % interval. */
struct relaxation_rule {
    double bits, r2, power;
};

/* The layers of a set of networks that count, network by network.  Filled by relaxation_add; arrays
 * from relaxation_new, to be freed by relaxation_free. */
struct relaxation_points {
    double bits; /* least fall and compression of a layer that counts */
    size_t networks, layers, left_out;
    size_t *first;                               /* (networks + 1) point of each network */
    size_t *layer;                               /* (layers) from 0, the first hidden layer */
    double *compression, *log_compression, *log; /* (layers) dS, log2 dS, log2 dt */
};

/* Room for so many networks, whose layers count from so many bits on. */
void relaxation_new(struct relaxation_points *p, size_t networks, double bits);
void relaxation_free(struct relaxation_points *p);

/* Whether a layer counts. */
int relaxation_counts(const struct relaxation *x, double bits);

/* Adds the hidden layers x[hidden] of one more network: those that count, and the number of the others
 * to left_out. */
void relaxation_add(struct relaxation_points *p, const struct relaxation *x, size_t hidden);

/* Two lines through all layers that count, Eq. (eq:relaxation): log2 dt against dS, and log2 dt
 * against log2 dS; the bootstrap resamples networks. */
struct relaxation_fit {
    double intercept;            /* of the first line: log2 of epochs */
    struct stats_interval slope; /* doublings of dt per bit */
    struct stats_interval r2;    /* of the same line */
    struct stats_interval power; /* slope of the second line */
};
struct relaxation_fit relaxation_fit(const struct relaxation_points *p, size_t resamples,
                                     unsigned long seed);

/* A hidden layer over the networks in which it counts: medians, and the rank correlation of compression
 * and time among them, in which no difference between layers has a part.  NaN for want of networks. */
struct relaxation_layer {
    size_t networks;
    double compression, epochs; /* bits; epochs */
    struct stats_interval correlation;
};
struct relaxation_layer relaxation_layer(const struct relaxation_points *p, size_t l,
                                         size_t resamples, unsigned long seed);

/* The verdict from the three intervals. */
enum verdict relaxation_verdict(const struct relaxation_fit *fit,
                                const struct relaxation_rule *rule);

#endif
