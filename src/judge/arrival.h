/* arrival.h -- when a network has learned what it should, and what depth does to that: what claim iv
 * is about.  Times in epochs; a network that never arrives has the time INFINITY. */
#ifndef ARRIVAL_H
#define ARRIVAL_H

#include <stddef.h>

#include "course.h"
#include "run.h"
#include "stats.h"
#include "verdict.h"

/* The epoch at which a quantity of the output or of the whole network reaches the level, Eq. (eq:arrival): on the line between the first
 * of three measured epochs in a row that have it and the measured epoch before.  INFINITY if there
 * are no such three, or the quantity is NaN. */
double arrival_epoch(const struct run_record *r, enum course what, double level);

/* Floating-point operations of the products that one training sample takes, forward and backward,
 * Eq. (eq:flop), in a network of width[0] inputs to width[layers] outputs.  The hyperbolic tangents
 * come on top, one for each hidden unit. */
double arrival_flop(const size_t *width, size_t layers);

/* What claim iv asks: networks arrive when they reach the first two levels, and the speed-up over one
 * hidden layer is dramatic above the last.  `higher` is a second level that is told without a verdict. */
struct arrival_rule {
    double information; /* I(T;Y) of the output, bits */
    double accuracy;    /* share of right labels */
    double higher;      /* I(T;Y) of the output, bits */
    double speedup;
};

/* What is to be reached: the two of the rule, and a second level of information without a verdict. */
enum arrival_goal { ARRIVAL_INFORMATION, ARRIVAL_ACCURACY, ARRIVAL_HIGHER, ARRIVAL_GOALS };

/* The times of the networks of one depth and one rate to a goal. */
struct arrival_group {
    size_t n, run;  /* networks; epochs of their training */
    double rate;    /* learning rate */
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

/* The odd networks of that set: with them the choice is measured without flattering it.  Their epochs are
 * to be freed by the caller. */
struct arrival_group arrival_best(const struct arrival_times *candidate, size_t candidates,
                                  enum arrival_goal goal);

/* The speed-up of m networks over n with one hidden layer: the quotient of the median times, with its
 * interval.  A network that does not arrive counts against the speed-up on either side: with one
 * hidden layer as if it arrived at the end of its run, with more as never. */
struct stats_interval arrival_speedup(const double *one, size_t n, double end, const double *more,
                                      size_t m, size_t resamples, unsigned long seed);

/* The verdict of claim iv on the intervals of the speed-up of so many depths over one hidden layer:
 * each is to lie above the factor. */
enum verdict arrival_verdict(const struct stats_interval *speedup, size_t depths, double factor);

#endif
