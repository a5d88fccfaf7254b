/* relaxation.h -- how long a layer takes to compress, against how much it compresses: the second half
 * of claim iv.  Information in bits, times in epochs. */
#ifndef RELAXATION_H
#define RELAXATION_H

#include <stddef.h>

#include "run.h"
#include "stats.h"

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

/* Which layers count: those that fall and compress by so many bits at least. */
struct relaxation_rule {
    double bits;
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

/* Two lines, Eq. (eq:relaxation): log2 dt against dS, and log2 dt against log2 dS.  RELAXATION_WITHIN
 * gives each layer a height of its own, so that what differs between layers has no part in the slope,
 * and the share of the variance is that within layers; RELAXATION_POOLED draws one line through all.
 * The bootstrap resamples networks, with all their layers. */
enum relaxation_lines { RELAXATION_WITHIN, RELAXATION_POOLED };
struct relaxation_fit {
    struct stats_interval slope, slope_r2; /* doublings of dt per bit; share of the variance */
    struct stats_interval power, r2;       /* of the compression; share of the variance */
};
struct relaxation_fit relaxation_fit(const struct relaxation_points *p, enum relaxation_lines lines,
                                     size_t resamples, unsigned long seed);

/* A hidden layer over the networks in which it counts: medians; the point that the lines of
 * RELAXATION_WITHIN pass through; power and rank correlation of compression and time among these
 * networks alone.  NaN for want of networks. */
struct relaxation_layer {
    size_t networks;
    double compression, epochs; /* bits; epochs */
    double mean_compression;    /* dS, bits */
    double mean_log[2];         /* log2 dS, log2 dt */
    struct stats_interval power, correlation;
};
struct relaxation_layer relaxation_layer(const struct relaxation_points *p, size_t l,
                                         size_t resamples, unsigned long seed);

/* One layer in two sets of n networks that go together by their number, such as one in which it is
 * narrow and one in which it is not. */
struct relaxation_change {
    size_t known;                 /* networks in which it counts in both sets */
    struct stats_interval longer; /* median of the ratio of the times, a over b; a network in which
                                     it does not count may have any, and widens the interval */
    struct stats_interval more;   /* mean difference of the compression, a - b, bits */
};
struct relaxation_change relaxation_change(const struct relaxation *a, const struct relaxation *b,
                                           size_t n, double bits, size_t resamples,
                                           unsigned long seed);

#endif
