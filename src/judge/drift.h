/* drift.h -- the turn of a layer's gradient from drift to diffusion, and the onset of compression about
 * then: what claim ii is about.
 *
 * The signal-to-noise ratio of a layer's gradient is the norm of its mean over the mini-batches of an
 * epoch, over the norm of its standard deviation, Eq. (eq:snr).  Above a level, weights drift; below it,
 * they diffuse.  At a ratio of 1 both are equal in one update; at 1/sqrt(B) they are in an epoch of B
 * updates, in which a drift adds up to B times its step, a diffusion to sqrt(B) times.  Times in epochs,
 * INFINITY for what never happens; see path.h for when it does. */
#ifndef DRIFT_H
#define DRIFT_H

#include <stddef.h>

#include "fall.h"
#include "run.h"
#include "stats.h"

/* Where the measures draw the line. */
struct drift_rule {
    double snr;   /* level of the signal-to-noise ratio */
    double early; /* error rate on the training set; below it, a network has begun to learn */
};

/* The level at which drift and diffusion are equal in an epoch of so many mini-batches. */
double drift_level(size_t batches);

/* The end is the mean over the last octave of the training, the measurements beyond half of its epochs;
 * the mean of a ratio is that of its logarithm. */
struct drift {
    double turn,
        last_turn; /* the ratio falls from above the level to below it: first and last time */
    double rise, last_rise;    /* it rises from below to above it */
    double drifting;           /* 1 if it is above it at the end, else 0 */
    double snr_start, snr_end; /* over the level */
    double settling;           /* the end over the octave before */
    double turn_error;         /* on the training set at the first turn, or at the end, percent */
    double fall, onset, small, after_small; /* see fall.h */
    double early;                           /* the training error falls below that level */
    double mean_start, mean_end;            /* of the gradient, over the weight norm */
    double deviation_start, deviation_most; /* likewise, and its largest value */
    double growth;                          /* weight norm, last over first */
    double spectral_start, spectral_end;    /* mean over the spectral norm of the weights */
    double trace_start, trace_most;         /* square of the deviation over that norm */
    double trace_turn;                      /* the mean falls from above that square to below it */
};

/* Measures layer l (0 the first hidden layer) of one network. */
struct drift drift_of(const struct run_record *r, size_t l, const struct drift_rule *rule,
                      const struct fall_rule *fall);

/* ---- over networks ---- */

/* Of one layer of n networks.  A layer that does not compress has no onset: it is not after a turn. */
struct drift_over {
    /* shares of the networks: which turn at all, which rise, which drift at the end */
    struct stats_interval turned, rises, drifting;
    /* medians of the onset over the epoch of the small error, of the first turn, of the last.  Where
     * neither comes, the ratio is unknown. */
    struct stats_interval onset_by_small, onset_by_turn, onset_by_last_turn;
    /* rank correlations of the onset with them; the latter also given the epoch of the early error */
    struct stats_interval onset_small, onset_turn, onset_turn_partial;
    struct stats_interval onset_after_turn;     /* share whose onset comes with the turn or later */
    struct stats_interval snr_end, after_small; /* median, mean */
};
struct drift_over drift_over_networks(const struct drift *d, size_t n, size_t resamples);

/* The median first turn over the hidden layers of n networks, which are resampled whole; turned: the share
 * of these layers that turn at all.  d: (n, hidden). */
struct stats_interval drift_transition(double *turned, const struct drift *d, size_t n,
                                       size_t hidden, size_t resamples);

/* Index of the epoch (n) that is nearest to the one wanted, by the logarithm of their ratio, the first of
 * several; n if all are infinite. */
size_t drift_nearest(const struct stats_interval *epoch, size_t n, double wanted);

#endif
