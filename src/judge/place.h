/* place.h -- trained layers against the information-bottleneck bound of the task: what claim iii is
 * about.
 *
 * Information in bits; beta has no unit (see bottleneck.h). */
#ifndef PLACE_H
#define PLACE_H

#include <stddef.h>
#include <stdint.h>

#include "curve.h"
#include "final.h"
#include "frontier.h"
#include "icosahedron.h"
#include "run.h"
#include "stats.h"
#include "verdict.h"

/* What layers are placed against: the bound for a smooth rule.  What it points to belongs to it, and
 * threads may share it. */
struct place_bound {
    struct source *source;          /* the 64 classes of the task: inputs of one class are alike */
    size_t n;                       /* points of the curve */
    struct bottleneck_point *point; /* (n), by rising beta */
    double gap;                     /* the largest of their certificates, bits */
    struct frontier *frontier;      /* of the deterministic encoders */
};

/* Where the points of a curve are: n >= 2 values of beta from origin + low to origin + high, at equal
 * ratios of beta - origin, then `tail` more at equal ratios up to `end`.  At beta = 1 and below
 * nothing is worth its price, and soon after the curve climbs almost all its height; in the tail it
 * tells apart classes that are ever more certain, until all 64 are clusters. */
struct place_curve {
    size_t n;
    double origin, low, high;
    size_t tail;
    double end;
};

/* The bound for the rule with this gamma. */
struct place_bound *place_bound_alloc(const struct task *task, double gamma,
                                      const struct place_curve *curve);
void place_bound_free(struct place_bound *b);

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
    PLACE_BETA,         /* at which Eq. (eq:ib) describes the layer best; see encoder_counted */
    PLACE_DIVERGENCE,   /* from the encoder of the equation at that beta, Eq. (eq:divergence) */
    PLACE_SHARE,        /* that over I(X;T): the part which the equation does not explain */
    PLACE_DIVIDED,      /* H(T|class), the part of the divergence that no beta can explain */
    PLACE_CLASS_SHARE,  /* the share without that part: of I(class;T), what is not explained */
    PLACE_REVERSE_BETA, /* by the released program, see encoder_reverse; NaN if not asked for */
    PLACE_QUANTITIES
};
struct place_layer {
    double of[PLACE_QUANTITIES];
    int censored; /* is PLACE_REVERSE_BETA an end of its range? */
};

/* How far a measure goes. */
enum place_depth {
    PLACE_WHERE,   /* PLACE_I_XT to PLACE_RIGHT_FRONTIER; all else is NaN */
    PLACE_EXPLAIN, /* and how well Eq. (eq:ib) describes the layer */
    PLACE_REVERSE  /* and by the released program */
};

/* What encoder_reverse_beta is asked for. */
struct place_reverse {
    size_t steps;
    double low, high;
};

/* Where a layer lies that has I(X;T) and loses so much of I(X;Y): PLACE_I_XT to PLACE_RIGHT_FRONTIER.
 * Near the end of the curve, where layers differ in 1e-20 bit about Y, only the loss tells. */
void place_at(struct place_layer *m, const struct place_bound *b, double i_xt, double lost);

/* A layer with I(X;T), by id[k] < values, its value for pattern k. */
void place_layer(struct place_layer *m, const struct place_bound *b, const struct task *task,
                 double i_xt, const uint32_t *id, size_t values, enum place_depth depth,
                 const struct place_reverse *reverse);

/* All layers of a network at the end of its training: m[record->layers].  Returns 0, or -1 if the last
 * weights of the record do not give the information that it states. */
int place_measure(struct place_layer *m, const struct place_bound *b, const struct task *task,
                  struct final *f, const struct run_record *record, enum place_depth depth,
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
