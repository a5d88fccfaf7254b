/* arrival.h -- when a network has learned what it should, and what depth does to that: what claim iv
 * is about.  Times in epochs; a network that never arrives has the time INFINITY. */
#ifndef ARRIVAL_H
#define ARRIVAL_H

#include <stddef.h>

#include "course.h"
#include "run.h"
#include "stats.h"

/* The epoch at which a quantity of the output or of the whole network reaches the level, Eq. (eq:arrival): on the line between the first
 * of three measured epochs in a row that have it and the measured epoch before.  INFINITY if there
 * are no such three, or the quantity is NaN. */
double arrival_epoch(const struct run_record *r, enum course what, double level);

/* Floating-point operations of the products that one training sample takes, forward and backward,
 * Eq. (eq:flop), in a network of width[0] inputs to width[layers] outputs.  The hyperbolic tangents
 * come on top, one for each hidden unit. */
double arrival_flop(const size_t *width, size_t layers);

/* What is to be reached.  Those before ARRIVAL_ACCURACY are levels of I(T;Y) of the output, upwards: the
 * one that the claim is judged by, a higher one, and others for the curve of the speed-up. */
enum arrival_goal {
    ARRIVAL_INFORMATION = 3,
    ARRIVAL_HIGHER = 5,
    ARRIVAL_ACCURACY = 8,
    ARRIVAL_GOALS
};

struct arrival_rule {
    double level[ARRIVAL_GOALS]; /* bits; of ARRIVAL_ACCURACY, the share of right labels */
};

/* The times of the networks of one depth and one rate to a goal. */
struct arrival_group {
    size_t n, run;  /* networks; epochs of their training */
    double rate;    /* learning rate */
    int edge;       /* of arrival_best: whether no rate was tried on one side of it */
    double flop;    /* of a training sample */
    double *epochs; /* (n) until they arrive */
};

/* To each goal. */
struct arrival_times {
    struct arrival_group to[ARRIVAL_GOALS];
};

/* Measures n networks of a configuration by arrival_epoch.  The accuracy is that on the test set; on the
 * training set by the original's program, which leaves one pattern for a test.  To be freed by
 * arrival_free. */
void arrival_measure(struct arrival_times *t, const struct config *c,
                     const struct run_record *record, size_t n, const struct arrival_rule *rule);
void arrival_free(struct arrival_times *t);

/* Networks that arrive. */
size_t arrival_count(const struct arrival_group *g);

/* Of sets that differ in their rate, the index of that whose even networks (0, 2, ...) reach the goal
 * first in the median; the first of several. */
size_t arrival_fastest(const struct arrival_times *candidate, size_t candidates,
                       enum arrival_goal goal);

/* The odd networks of that set: with them the choice is measured without flattering it.  The candidates
 * stand in the order of their rates: the first and the last are at the edge.  The epochs are to be freed
 * by the caller. */
struct arrival_group arrival_best(const struct arrival_times *candidate, size_t candidates,
                                  enum arrival_goal goal);

/* The speed-up: the median over networks of the time with one hidden layer over that of the network of
 * the same number with more.  What was not trained long enough is not known: the lower end is that of
 * the least that each ratio can be, as if one hidden layer arrived when its training ends and the deeper
 * network never; the upper end that of the most; the value takes "never" for never.  Without ends (NaN)
 * if either rate is at the edge of those that were tried, for the best rate may lie beyond. */
struct stats_interval arrival_speedup(const struct arrival_group *one,
                                      const struct arrival_group *more);

#endif
