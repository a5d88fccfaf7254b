/* fall.h -- the rise and fall of I(X;T) of a layer along training: what claim i is about.
 * Information in bits. */
#ifndef FALL_H
#define FALL_H

#include <stddef.h>

#include "run.h"
#include "stats.h"
#include "verdict.h"

struct fall {
    double peak, final, fall;       /* of I(X;T): the largest value, the last, their difference */
    double peak_epoch, share_after; /* of the peak; share of the epochs that come after it */
    double change;                  /* of I(T;Y) from the epoch of the peak to the end */
    double lost;                    /* of I(T;Y) from its own maximum to the end */
};

/* Measures layer l (0 the first hidden layer) of one network. */
struct fall fall_of(const struct run_record *r, size_t l);

/* When layer l of one network compresses, against what the network can do by then. */
struct fall_timing {
    double small_epoch;   /* where the training error falls below a level (see path.h); infinite if
                             it does not */
    double half_epoch;    /* the first, from the peak of I(X;T) on, with half of the fall done */
    double before, after; /* bits of the fall that come before small_epoch, and after it */
    double accuracy_peak, accuracy_half; /* on the training set, at the peak and at half_epoch */
};

struct fall_timing fall_timing_of(const struct run_record *r, size_t l, double level);

/* What claim i asks of a layer: the 95 % interval of the mean fall lies above `bits`, and the median
 * share of epochs after the peak above `share`; and it asks it of the last `layers` hidden layers. */
struct fall_rule {
    double bits, share;
    size_t layers;
};

/* The verdict on the hidden layers of a set of networks, from the interval of the fall and the
 * median share of each hidden layer. */
enum verdict fall_verdict(const struct stats_interval *fall, const struct stats_interval *share,
                          size_t hidden, const struct fall_rule *rule);

/* What compression in networks whose gradient has no noise says of claim ii, by which the noise is the
 * cause: the reverse of the verdict on that compression. */
enum verdict fall_without_noise(enum verdict compression);

/* The verdict on its companion: compressing, the last hidden layer loses information on the label if
 * data are scarce, and does not if they are ample.  From the intervals of the mean change of I(T;Y)
 * after the peak of I(X;T), bits. */
enum verdict fall_overfitting(struct stats_interval scarce, struct stats_interval ample);

#endif
