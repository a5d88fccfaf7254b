/* odds.h -- a distribution r on the labels by its log-odds: theta[y-1] = log r[y]/r[0] for the labels
 * y = 1, 2, ... against label 0; and by the logarithms log r[y], each with all its digits, that of a
 * label which is as good as certain too.
 *
 * Any theta is a distribution, so a search in theta needs no constraint; and log-odds tell apart what
 * probabilities do not: 1 - 1e-30 and 1 - 1e-40.  Nats. */
#ifndef ODDS_H
#define ODDS_H

#include <math.h>
#include <stddef.h>

enum { ODDS_MAX_LABELS = 64 };

/* A search keeps theta within +-ODDS_FAR, where r is 1e-304 and still a normal number. */
#define ODDS_FAR 700.0

/* log r and r, both (ny), of theta[ny-1]. */
void odds_softmax(double *log_r, double *r, const double *theta, size_t ny);

/* log r of r[ny], which sums to 1: that of the likeliest label from the others, whose sum may be far
 * below a rounding unit of it. */
void odds_log(double *log_r, const double *r, size_t ny);

/* e^v - 1 - v, with its relative accuracy at small v, too. */
double odds_excess(double v);

/* r[y] - p[y] of one label, from p[y] and the logarithms, with its relative accuracy. */
double odds_difference(double p, double log_p, double r, double log_r);

/* One label's part of D_KL[p || r], if r[y] - p[y] is added to each, which makes every part at least 0
 * and changes nothing in the sum: p (e^v - 1 - v), v = log r/p. */
static inline double odds_part(double p, double log_p, double r, double log_r)
{
    if (p == 0.0)
        return r;
    const double v = log_r - log_p;
    return fabs(v) > 0.5 ? r - p - p * v : p * odds_excess(v);
}

/* The divergences of two distributions from each other, summed. */
double odds_apart(const double *theta, const double *other, size_t ny);

/* Numbers n distributions log_r, (n, ny), such that those which are equal up to rounding errors share
 * a number: group[n], from 0 on.  Returns how many numbers there are. */
size_t odds_groups(size_t *group, const double *log_r, size_t n, size_t ny);

#endif
