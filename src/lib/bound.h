/* bound.h -- trained layers against the information-bottleneck bound of the task: what claim iii is
 * about.
 *
 * Information in bits; beta has no unit (see bottleneck.h). */
#ifndef BOUND_H
#define BOUND_H

#include <stddef.h>
#include <stdint.h>

#include "bottleneck.h"
#include "frontier.h"
#include "layers.h"
#include "run.h"
#include "stats.h"
#include "summary.h"
#include "verdict.h"

/* The bound for a smooth rule.  What it points to belongs to it. */
struct bound {
    struct bottleneck *source;      /* the 64 classes of the task: inputs of one class are alike */
    size_t n;                       /* points of the curve */
    struct bottleneck_point *point; /* (n), by rising beta */
    double gap;                     /* the largest of their certificates, bits */
    struct frontier *frontier;      /* of the deterministic encoders */
};

/* The bound for the rule with this gamma, p(y|x) rounded as in task.h.  The points have n >= 2
 * values of beta from 1 + low to 1 + high, at equal ratios of beta - 1: at beta = 1 and below
 * nothing is worth its price, and soon after the curve climbs almost all its height. */
struct bound *bound_alloc(const struct task *task, double gamma, size_t n, double low, double high);
void bound_free(struct bound *b);

/* What is measured on a layer of a network at the end of training. */
enum bound_quantity {
    BOUND_I_XT, /* I(X;T) */
    BOUND_I_TY, /* I(T;Y) */
    /* How far the layer lies below the curve at its I(X;T), in bits about Y, and to the right of the
     * curve at its I(T;Y), in bits about X: each the most that the points of the curve permit. */
    BOUND_BELOW,
    BOUND_RIGHT,
    BOUND_BELOW_FRONTIER, /* the same for the frontier */
    BOUND_RIGHT_FRONTIER,
    BOUND_BETA,         /* at which Eq. (eq:ib) describes the layer best; infinite above 1e9 */
    BOUND_DIVERGENCE,   /* from the encoder of the equation at that beta, Eq. (eq:divergence) */
    BOUND_SHARE,        /* that over I(X;T): the part which the equation does not explain */
    BOUND_DIVIDED,      /* H(T|class), the part of the divergence that no beta can explain */
    BOUND_CLASS_SHARE,  /* the share without that part: of I(class;T), what is not explained */
    BOUND_REVERSE_BETA, /* by the released program, see encoder_reverse; NaN if not asked for */
    BOUND_QUANTITIES
};
struct bound_layer {
    double of[BOUND_QUANTITIES];
};

extern const struct summary_quantity bound_quantity[BOUND_QUANTITIES];

/* What encoder_reverse_beta is asked for; no steps: nothing. */
struct bound_reverse {
    size_t steps;
    double low, high;
};

/* Where a layer with I(X;T) and I(T;Y) lies: BOUND_I_XT to BOUND_RIGHT_FRONTIER. */
void bound_place(struct bound_layer *m, const struct bound *b, double i_xt, double i_ty);

/* How well Eq. (eq:ib) describes a layer whose I(X;T) is known: the rest.  id[k] < values is the value
 * of the layer for pattern k. */
void bound_explain(struct bound_layer *m, const struct bound *b, const struct task *task,
                   const uint16_t *id, size_t values, const struct bound_reverse *reverse);

/* All layers of a network of a configuration at the end of its training: m[config->layers].  Returns
 * 0, or -1 if the final weights of the record do not give the information that it states. */
int bound_measure(struct bound_layer *m, const struct bound *b, const struct task *task,
                  const struct run_config *config, const struct run_record *record,
                  const struct bound_reverse *reverse);

/* What claim iii asks. */
struct bound_rule {
    double below, right; /* distance of every hidden layer to the curve, bits: at most */
    double share;        /* of I(X;T) that the equation leaves unexplained: at most */
    double ratio;        /* of the median divergence to that of the controls: at most */
    size_t layers;       /* how many last hidden layers share and ratio are asked of */
    double fall;         /* of I(X;T) that counts as no compression, bits: at most */
};

/* How many of n intervals lie below a limit, all of each. */
size_t bound_held(const struct stats_interval *x, size_t n, double limit);

/* The verdict on a distance, from the interval of its mean in each hidden layer: a condition per
 * layer. */
enum verdict bound_near(const struct stats_interval *distance, size_t hidden, double limit);

/* The verdict on the equation: the mean share, and the ratios of the median divergence to that of
 * untrained layers and of layers trained on shuffled labels, in the last layers; three conditions
 * per layer.  All arrays are (hidden). */
enum verdict bound_equation(const struct stats_interval *share,
                            const struct stats_interval *to_untrained,
                            const struct stats_interval *to_shuffled, size_t hidden,
                            const struct bound_rule *rule);

/* The verdict on networks with one hidden layer: it does not compress (mean fall of I(X;T)), and
 * the networks generalise worse than deep ones (mean difference in test accuracy, one layer less
 * many, below 0). */
enum verdict bound_single(struct stats_interval fall, struct stats_interval difference,
                          const struct bound_rule *rule);

#endif
