/* whole.h -- a network as a whole: how well it answers, and two networks compared when both have learnt
 * the same.
 *
 * Information and loss in bits, accuracies as shares of right answers. */
#ifndef WHOLE_H
#define WHOLE_H

#include "fall.h"
#include "final.h"
#include "run.h"

/* At the end of training. */
struct whole {
    double train, test; /* accuracy on the training set, on all other inputs */
    double likelier;    /* on those against the likelier label, see final_likelier */
    double loss;        /* on the training set */
    double information; /* I(out;Y) */
    double fall;        /* of I(X;T) in the last hidden layer */
};

/* `end` has looked at this network. */
struct whole whole_of(const struct run_record *r, const struct final *end,
                      const struct fall_rule *rule);

/* Two networks where both have come down to one loss, see fall_equal_loss. */
struct whole_equal {
    double loss;             /* the larger of the two there */
    double test, other_test; /* accuracy of a and b there */
    double worse;            /* that of b less that of a */
    double fall;             /* of I(X;T) in the last hidden layer of a until there */
};
struct whole_equal whole_equal_of(const struct run_record *a, const struct run_record *b);

#endif
