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
    PLACE_DECODER,      /* from p(y|t) to what the network makes of t, see decoder.h */
    PLACE_REVERSE_BETA, /* by the released program, see encoder_reverse */
    PLACE_REVERSE_END, /* 0, but -1 or 1 if that is the lower or upper end of its range, and the true
                           value at or beyond it */
    PLACE_QUANTITIES
};
struct place_layer {
    double of[PLACE_QUANTITIES]; /* NaN if not asked for */
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

/* What the divergence exceeds the horizontal distance by: never more than rounding errors do, by the
 * theorem of Section (sec:theory).  PLACE_ROUNDING, bits, is far above those. */
double place_excess(const struct place_layer *m);
#define PLACE_ROUNDING 1e-9

/* All layers of a network at the end of its training: m[record->layers].  Returns 0, or -1 if the last
 * weights of the record do not give the information that it states. */
int place_measure(struct place_layer *m, const struct place_bound *b, const struct task *task,
                  struct final *f, const struct run_record *record, enum place_depth depth,
                  const struct place_reverse *reverse);

#endif
