/* control.h -- a network and its control, which lacks the noise of the gradient and shares all else:
 * labels, training set and initial weights.  Their falls of I(X;T) are compared where the two are equal
 * in something, for at equal epochs one of them may just be slower.
 * Information and loss in bits, norms and steps without unit. */
#ifndef CONTROL_H
#define CONTROL_H

#include <stddef.h>

#include "config.h"
#include "fall.h"
#include "run.h"

/* One network, cut at a row of its record. */
struct control_cut {
    double fall;   /* of I(X;T) of the layer up to there, see fall_until */
    double epoch;  /* of the row */
    double loss;   /* on the training set */
    double growth; /* of the norm of the layer's weights, over that at the start */
    double step;   /* root mean square length of an update of the layer's weights, by
                      control_step */
};

/* Cuts layer l (0 the first hidden layer) of a network of configuration c, trained on so many
 * inputs of the data set, at a row. */
struct control_cut control_cut(const struct run_record *r, size_t l, size_t row,
                               const struct config *c, size_t inputs);

/* What two networks are equal in where they are cut. */
enum control_terms {
    CONTROL_LOSS, /* on the training set, see fall_equal_loss */
    CONTROL_NORM, /* of layer l's weights: where it has first come up to the smaller of their two
                     largest */
    CONTROL_END   /* both are trained; equal epochs or updates, as their configurations have it */
};
struct fall_rows control_rows(enum control_terms terms, const struct run_record *a,
                              const struct run_record *b, size_t l);

/* Equal loss of n networks, row[n]: each at which its training loss has first come down to the largest
 * of their n smallest losses; of two, the same as fall_equal_loss. */
void control_equal_loss(size_t *row, const struct run_record *const *member, size_t n);

/* The row at which the training loss has first come down to a level; r->rows if it never does. */
size_t control_row_at_loss(const struct run_record *r, double loss);

/* Root mean square length of the plain updates of layer l's weights in the epoch of a row, from the mean
 * and the deviation of its B mini-batches and the noise that was added to each of the layer's n
 * weights:  rate sqrt(mean^2 + (B - 1)/B deviation^2 + n noise^2).  NaN of an optimiser whose updates are no
 * multiples of the gradient. */
double control_step(const struct run_row *row, size_t l, const struct config *c, size_t inputs);

/* The noise of mini-batches as a dose: the deviation of the noise which, added to each component of the
 * gradient of one update at B times the rate, takes the weights of layers `from` to `to` - 1 as far as B
 * mini-batches do whose gradients are independent: the root mean square over those weights of their
 * deviation, over sqrt(B).  B noisy steps of the rate go sqrt(B) rate deviation, one at B times the rate
 * B rate dose. */
double control_dose(const struct run_row *row, size_t from, size_t to, const struct config *c,
                    size_t inputs);

#endif
