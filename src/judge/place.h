/* place.h -- trained layers against the information-bottleneck bound of the task: what claim iii is
 * about.
 *
 * Information in bits; beta has no unit (see bottleneck.h). */
#ifndef PLACE_H
#define PLACE_H

#include <stddef.h>
#include <stdint.h>

#include "bottleneck.h"
#include "final.h"
#include "frontier.h"
#include "icosahedron.h"
#include "run.h"
#include "stats.h"
#include "verdict.h"

/* The bound for a smooth rule.  What it points to belongs to it. */
struct place {
    struct bottleneck *source;      /* the 64 classes of the task: inputs of one class are alike */
    size_t n;                       /* points of the curve */
    struct bottleneck_point *point; /* (n), by rising beta */
    double gap;                     /* the largest of their certificates, bits */
    struct frontier *frontier;      /* of the deterministic encoders */
};

/* The bound for the rule with this gamma, p(y|x) rounded as in icosahedron.h.  The points have n >= 2
 * values of beta from 1 + low to 1 + high, at equal ratios of beta - 1: at beta = 1 and below
 * nothing is worth its price, and soon after the curve climbs almost all its height. */
struct place *place_alloc(const struct task *task, double gamma, size_t n, double low, double high);
void place_free(struct place *b);

/* What is measured on a layer of a network at the end of training. */
enum place_quantity {
    PLACE_I_XT, /* I(X;T) */
    PLACE_I_TY, /* I(T;Y) */
    /* How far the layer lies below the curve at its I(X;T), in bits about Y, and to the right of the
     * curve at its I(T;Y), in bits about X: each the most that the points of the curve permit. */
    PLACE_BELOW,
    PLACE_RIGHT,
    PLACE_BELOW_FRONTIER, /* the same for the frontier */
    PLACE_RIGHT_FRONTIER,
    PLACE_BETA,         /* at which Eq. (eq:ib) describes the layer best; infinite above 1e9 */
    PLACE_DIVERGENCE,   /* from the encoder of the equation at that beta, Eq. (eq:divergence) */
    PLACE_SHARE,        /* that over I(X;T): the part which the equation does not explain */
    PLACE_DIVIDED,      /* H(T|class), the part of the divergence that no beta can explain */
    PLACE_CLASS_SHARE,  /* the share without that part: of I(class;T), what is not explained */
    PLACE_REVERSE_BETA, /* by the released program, see encoder_reverse; NaN if not asked for */
    PLACE_QUANTITIES
};
struct place_layer {
    double of[PLACE_QUANTITIES];
};

/* What encoder_reverse_beta is asked for; no steps: nothing. */
struct place_reverse {
    size_t steps;
    double low, high;
};

/* Where a layer with I(X;T) and I(T;Y) lies: PLACE_I_XT to PLACE_RIGHT_FRONTIER. */
void place_at(struct place_layer *m, const struct place *b, double i_xt, double i_ty);

/* How well Eq. (eq:ib) describes a layer whose I(X;T) is known: the rest.  id[k] < values is the value
 * of the layer for pattern k. */
void place_explain(struct place_layer *m, const struct place *b, const struct task *task,
                   const uint32_t *id, size_t values, const struct place_reverse *reverse);

/* All layers of a network at the end of its training: m[record->layers].  Returns 0, or -1 if the last
 * weights of the record do not give the information that it states. */
int place_measure(struct place_layer *m, const struct place *b, const struct task *task,
                  struct final *f, const struct run_record *record,
                  const struct place_reverse *reverse);

/* What claim iii asks. */
struct place_rule {
    double below, right; /* distance of every hidden layer to the curve, bits: at most */
    double share;        /* of I(X;T) that the equation leaves unexplained: at most */
    double ratio;        /* of the median divergence to that of the controls: at most */
    size_t layers;       /* how many last hidden layers share and ratio are asked of */
    double fall;         /* of I(X;T) that counts as no compression, bits: at most */
};

/* How many of n intervals lie below a limit, all of each. */
size_t place_held(const struct stats_interval *x, size_t n, double limit);

/* The verdict on a distance, from the interval of its mean in each hidden layer: a condition per
 * layer. */
enum verdict place_near(const struct stats_interval *distance, size_t hidden, double limit);

/* The verdict on the equation: the mean share, and the ratios of the median divergence to that of
 * untrained layers and of layers trained on shuffled labels, in the last layers; three conditions
 * per layer.  All arrays are (hidden). */
enum verdict place_equation(const struct stats_interval *share,
                            const struct stats_interval *to_untrained,
                            const struct stats_interval *to_shuffled, size_t hidden,
                            const struct place_rule *rule);

/* The verdict on networks with one hidden layer: it does not compress (mean fall of I(X;T)), and
 * the networks generalise worse than deep ones (mean difference in test accuracy, one layer less
 * many, below 0). */
enum verdict place_single(struct stats_interval fall, struct stats_interval difference,
                          const struct place_rule *rule);

#endif
