/* stats.h -- location, spread and association of samples, and bootstrap intervals, by GSL. */
#ifndef STATS_H
#define STATS_H

#include <stddef.h>

double stats_mean(const double *x, size_t n);

/* Standard deviation, n - 1 in the denominator; 0 for a single value. */
double stats_sd(const double *x, size_t n);

/* Standard error of the mean. */
double stats_se(const double *x, size_t n);

double stats_median(const double *x, size_t n);

enum stats_of { STATS_MEAN, STATS_MEDIAN };

struct stats_interval {
    double value;     /* of the sample */
    double low, high; /* 95 % */
};

/* Percentile bootstrap over the n values, each an independent network (B. Efron, "Bootstrap
 * methods: another look at the jackknife", Ann. Statist. 7, 1979): resamples the sample with
 * replacement and takes the 2.5 % and 97.5 % quantiles of the statistic.  The seed fixes the
 * resamples, so the same data give the same interval. */
struct stats_interval stats_bootstrap(const double *x, size_t n, enum stats_of statistic,
                                      size_t resamples, unsigned long seed);

/* Median of the values x (n, m) of n networks, m of each, and its interval: networks are resampled
 * whole, since the values of one go together. */
struct stats_interval stats_bootstrap_groups(const double *x, size_t n, size_t m, size_t resamples,
                                             unsigned long seed);

/* ---- pairs: x[k] and y[k] belong to the same network ---- */

enum stats_of_pairs {
    STATS_RANK_CORRELATION, /* Spearman's, ties at their mean rank; 0 if all x or all y are alike */
    STATS_SLOPE,            /* of the least-squares line y = intercept + slope x */
    STATS_R2                /* share of the variance of y that the line explains */
};

/* The statistic of n >= 2 pairs; infinite values are ranked, but spoil a line. */
double stats_pairs(const double *x, const double *y, size_t n, enum stats_of_pairs statistic);

/* Percentile bootstrap over the n pairs, as stats_bootstrap. */
struct stats_interval stats_bootstrap_pairs(const double *x, const double *y, size_t n,
                                            enum stats_of_pairs statistic, size_t resamples,
                                            unsigned long seed);

/* The same where several pairs belong to one network, which is resampled as a whole: network g has
 * the pairs first[g] to first[g + 1] - 1, none or more of them.  A resample without a line, for want
 * of two different x or y, may lie anywhere, and widens the interval to both sides. */
struct stats_interval stats_bootstrap_pair_groups(const double *x, const double *y,
                                                  const size_t *first, size_t groups,
                                                  enum stats_of_pairs statistic, size_t resamples,
                                                  unsigned long seed);

/* ---- two groups of independent networks ---- */

/* Median of x[n] over median of y[m], positive values, and its interval, each group resampled on its
 * own.  A network that never arrives counts as INFINITY.  A ratio of two infinite medians is NaN; a
 * resample with one may lie anywhere, and widens the interval to both sides. */
struct stats_interval stats_bootstrap_ratio(const double *x, size_t n, const double *y, size_t m,
                                            size_t resamples, unsigned long seed);

#endif
