/* slowing.h -- the transitions of the bottleneck, the slowing down at them, and the layers' betas
 * beside them: what claim v is about.
 *
 * beta has no unit (see bottleneck.h); distances between betas are differences of natural
 * logarithms. */
#ifndef SLOWING_H
#define SLOWING_H

#include <stddef.h>

#include "stats.h"
#include "transition.h"

/* ---- the transitions ---- */

enum { SLOWING_MAX = 40 };

/* All transitions of a source from beta = 1 to some largest beta, and three checks of them. */
struct slowing_spectrum {
    size_t n; /* SLOWING_MAX + 1 if there are more than SLOWING_MAX */
    struct transition transition[SLOWING_MAX];
    double beta[SLOWING_MAX]; /* of the transitions, the upper ends of their brackets */
    size_t births;            /* how many are TRANSITION_NEW */
    double gap;               /* the largest of the certificates of the curve, bits */
    size_t others;            /* points of the curve whose clusters are not those that follow */
    double growth;            /* the largest |log c(r)| at a new cluster, just below, nats */
    double global;            /* |beta[0] / transition_global - 1| */
};

/* Finds them along a curve of `points` points up to the beta `high`, each to a relative precision
 * (see transition_find).  Two labels. */
void slowing_find(struct slowing_spectrum *s, struct clusters *work, size_t points, double high,
                  double precision);

/* log c(r) of the clusters of a point, in nats, Eq. (eq:growth): the alternating iteration multiplies
 * the weight of a cluster at r that has almost none by c(r) in each step.  0 at the clusters of an
 * optimum, below 0 elsewhere, and 0 again, at a transition, where the new cluster is to appear.  Two
 * labels; r is p(y=1|t). */
double slowing_growth(const struct source *source, const struct bottleneck_point *point, double r);

/* ---- slowing down ---- */

/* Steps of the alternating iteration at each of beta[n], from each input in a cluster of its own,
 * until one changes no p(t|x) by more than the tolerance; limit if that takes as many or more.
 * lagrangian[n], unless NULL, is I(X;T) - beta I(T;Y) where it ends, bits. */
void slowing_steps(size_t *steps, double *lagrangian, const struct source *source,
                   const double *beta, size_t n, double tolerance, size_t limit, size_t threads);

/* Steps around a transition: close to it on either side, and half way, in log beta, to the transition
 * before and after it, or 0 if there is none. */
struct slowing_delay {
    size_t below, above, middle_before, middle_after;
    /* How far above the optimum the iteration ends close above the transition, in bits of
     * I(X;T) - beta I(T;Y): it may be caught where the new cluster is missing. */
    double excess;
};

/* Counts the steps around each of n >= 1 transitions critical[n], which rise: at critical (1 - near),
 * critical (1 + near), and half way. */
void slowing_delays(struct slowing_delay *delay, struct clusters *work, const double *critical,
                    size_t n, double near, double tolerance, size_t limit, size_t threads);

/* Where the steps along beta[n], which rise, are most: at[i] is the index of the largest number of
 * steps between the half ways from critical[i] to its neighbours, or beyond the first and the last;
 * n if no beta is there. */
void slowing_highest(size_t *at, const double *beta, const size_t *steps, size_t n,
                     const double *critical, size_t transitions);

/* How many times slower the iteration is close to a transition than half way to the next: the smaller
 * of the two sides over the larger of the middles.  Infinite without a middle. */
double slowing_times(const struct slowing_delay *delay);

/* ---- layers ---- */

/* |log(beta/beta_c)| of the nearest beta_c of critical[n], which rise. */
double slowing_distance(double beta, const double *critical, size_t n);

/* The mean of that distance for a log beta uniform between the first and the last of n >= 2
 * transitions: in a gap of width g it is g/4, so sum g^2 / (4 sum g) over all. */
double slowing_expected(const double *critical, size_t n);

/* The chance that such a beta is nearer to a transition than the ratio times slowing_expected. */
double slowing_chance(const double *critical, size_t n, double ratio);

/* ---- what claim v asks ---- */

/* Where the measures draw the line. */
struct slowing_rule {
    double near;  /* distance from a transition, as a share of its beta, that counts as close */
    double times; /* there the iteration is more than so many times slower than half way */
};

/* A layer over the networks: mean distance of its beta over the expected one, among the networks
 * where it is neither 0 nor infinite; and their share. */
struct slowing_layer {
    struct stats_interval ratio, finite;
};

/* From beta[n] of a layer in n networks. */
struct slowing_layer slowing_layer_of(const double *beta, size_t n, const double *critical,
                                      size_t transitions, size_t resamples);

/* Whether a layer settles at transitions: the mean distance of its beta from the nearest one after
 * training over that before, among those of n networks where both are neither 0 nor infinite; NaN if
 * there is none.  The network of a number has the same initial weights in both. */
struct stats_interval slowing_settling(const double *before, const double *after, size_t n,
                                       const double *critical, size_t transitions,
                                       size_t resamples);

/* What as many networks could tell: were the true ratio below `below`, or above `above`, the whole
 * interval would lie on that side of the limit in four of five draws of the networks.  From the width of
 * the interval x that they gave, with these assumptions: on a logarithmic axis the interval is normal,
 * its width is the same for every ratio, and each of its sides tells of the errors that could have led
 * there.  NaN for an interval that is not above 0. */
struct slowing_power {
    double below, above;
};
struct slowing_power slowing_told(struct stats_interval x, double limit);

#endif
