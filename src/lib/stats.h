/* stats.h -- location and spread of a sample, and bootstrap intervals, by GSL. */
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

#endif
