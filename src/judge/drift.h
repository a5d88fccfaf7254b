/* drift.h -- the turn of a layer's gradient from drift to diffusion, and what happens about then:
 * what claim ii is about.
 *
 * While the norm of the mean gradient of an epoch's mini-batches exceeds that of its standard
 * deviation, weights drift; later they diffuse.  Times in epochs, INFINITY for what never happens. */
#ifndef DRIFT_H
#define DRIFT_H

#include <stddef.h>

#include "run.h"
#include "stats.h"
#include "verdict.h"

/* What claim ii asks, and where its measures draw the line. */
struct drift_rule {
    double snr;      /* signal-to-noise ratio at which drift turns into diffusion */
    double networks; /* least share of the networks that pass it, in every hidden layer */
    double error;    /* error rate on the training set below which it is small */
    double factor;   /* within which two epochs agree */
    size_t layers;   /* last hidden layers whose epochs are compared */
};

/* The end is the mean over the last octave of the training, the epochs beyond half of it; the mean of
 * a ratio is that of its logarithm.  A layer may dip below the level for a few epochs before its drift
 * begins; the late crossing is the first one after the largest signal-to-noise ratio. */
struct drift {
    double fall, share_after;  /* of I(X;T), see fall.h */
    double crossing;           /* the signal-to-noise ratio, above the level before, falls below */
    double passed;             /* 1 if it ever does, else 0 */
    double peak;               /* of I(X;T) */
    double fitted;             /* the error rate falls below its level */
    double by_peak, by_fitted; /* crossing over peak and over fitted, drift_ratio */
    double late, late_by_peak, late_by_fitted; /* the same for the late crossing */
    double late_error;                         /* error then, or at the end, percent */
    double mean_start, mean_end;               /* of the gradient, over the weight norm */
    double deviation_start, deviation_most;    /* likewise, and its largest value */
    double snr_end, settling;                  /* signal-to-noise ratio; over the octave before */
    double growth;                             /* weight norm, last over first */
    double spectral_start, spectral_end;       /* mean over the spectral norm of the weights */
    double trace_start, trace_most;            /* square of the deviation over that norm */
    double trace_crossing;                     /* the mean falls below that square */
};

/* Measures layer l (0 the first hidden layer) of one network, Eq. (eq:snr). */
struct drift drift_of(const struct run_record *r, size_t l, const struct drift_rule *rule);

/* The network as a whole. */
struct drift_error {
    double fitted;      /* epoch at which the error rate falls below its level */
    double train, test; /* error at the end, percent */
};
struct drift_error drift_error_of(const struct run_record *r, const struct drift_rule *rule);

/* The median crossing over the hidden layers of n networks, which are resampled whole; passed: the share
 * of these layers that cross at all. */
struct stats_interval drift_transition(double *passed, const struct run_record *record, size_t n,
                                       const struct drift_rule *rule, size_t resamples,
                                       unsigned long seed);

/* One epoch over another.  A crossing that never comes is later than anything, even than what does
 * not come either, and so is one after a peak in the initial weights: INFINITY. */
double drift_ratio(double crossing, double other);

/* The verdict on the turn: of the networks, those that pass (hidden) are enough in all, some or no
 * hidden layers. */
enum verdict drift_verdict_crossing(const size_t *passed, size_t networks, size_t hidden,
                                    const struct drift_rule *rule);

/* The verdict on its time: the 95 % intervals of the median ratios (hidden) of the crossing to the
 * peak of I(X;T) and to the fit lie within the factor, for all, some or none of the last layers. */
enum verdict drift_verdict_timing(const struct stats_interval *by_peak,
                                  const struct stats_interval *by_fitted, size_t hidden,
                                  const struct drift_rule *rule);

/* Index of the crossing (n) that is nearest to the epoch wanted, by the logarithm of their ratio, the
 * first of several; n if none ever comes. */
size_t drift_nearest(const struct stats_interval *crossing, size_t n, double wanted);

#endif
