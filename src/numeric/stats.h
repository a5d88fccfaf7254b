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

/* The value below which a share f of n lies, between neighbours on a straight line; values may be
 * infinite. */
double stats_quantile(const double *x, size_t n, double f);

enum stats_of { STATS_MEAN, STATS_MEDIAN };

struct stats_interval {
    double value;     /* of the sample */
    double low, high; /* 95 % */
    size_t n;         /* networks, or whatever was repeated; 0 if it is not known */
};

/* A number without error. */
static inline struct stats_interval stats_exact(double value)
{
    return (struct stats_interval){.value = value, .low = value, .high = value};
}

/* The median and its exact interval by order statistics, which assumes nothing of the distribution and
 * takes infinite values: between the r-th smallest and the r-th largest of n values, where r is the
 * largest with P(B < r) <= 2.5 % for B ~ Bin(n, 1/2) (H. A. David, H. N. Nagaraja, "Order statistics",
 * 2003, section 7.1).  Without limits for n < 6.  NaN lies anywhere: below all for the lower end, above
 * all for the upper one. */
struct stats_interval stats_median_exact(const double *x, size_t n);

/* A share k/n and its exact interval (C. J. Clopper, E. S. Pearson, "The use of confidence or fiducial
 * limits illustrated in the case of the binomial", Biometrika 26, 1934). */
struct stats_interval stats_share(size_t k, size_t n);

/* The statistic over the n values, each an independent network.  The interval of a median is exact, see
 * above; that of a mean is the percentile bootstrap (B. Efron, "Bootstrap methods: another look at the
 * jackknife", Ann. Statist. 7, 1979): resamples the sample with replacement and takes the 2.5 % and
 * 97.5 % quantiles of the mean.  The seed fixes the resamples, so the same data give the same
 * interval. */
struct stats_interval stats_bootstrap(const double *x, size_t n, enum stats_of statistic,
                                      size_t resamples, unsigned long seed);

/* The standard deviation of n values, and its BCa interval (see stats_ratio_paired). */
struct stats_interval stats_spread(const double *x, size_t n, size_t resamples, unsigned long seed);

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

/* Spearman's rank correlation of x and y given z: of what z explains in neither, linearly in the ranks,
 * (r_xy - r_xz r_yz) / sqrt((1 - r_xz^2)(1 - r_yz^2)) (M. G. Kendall, "Partial rank correlation",
 * Biometrika 32, 1942).  NaN where the ranks of x or y are those of z, or their reverse, so that nothing
 * is left. */
double stats_partial(const double *x, const double *y, const double *z, size_t n);

/* Percentile bootstrap over the n networks; a resample without a value may lie anywhere from -1 to 1, and
 * widens the interval to both sides. */
struct stats_interval stats_bootstrap_partial(const double *x, const double *y, const double *z,
                                              size_t n, size_t resamples, unsigned long seed);
/* The same within kinds: pair i is of the kind kind[i] < kinds, and each kind has a line of its own
 * height, so what differs between kinds has no part; STATS_R2 is the share of the variance within kinds. */
struct stats_interval stats_bootstrap_within(const double *x, const double *y, const size_t *kind,
                                             size_t kinds, const size_t *first, size_t groups,
                                             enum stats_of_pairs statistic, size_t resamples,
                                             unsigned long seed);

/* The BCa interval of a statistic, bias-corrected and accelerated (B. Efron, "Better bootstrap confidence
 * intervals", J. Am. Stat. Assoc. 82, 1987), from its own value, its values in the resamples, which are
 * put into order, and those without each of the n networks.  Where the bootstrap has no spread or no
 * value, the ends are those of the percentiles. */
struct stats_interval stats_bca(double own, double *value, size_t resamples, const double *without,
                                size_t n);

/* Mean of x over mean of y, and its BCa interval: the n pairs are resampled whole. */
struct stats_interval stats_ratio_paired(const double *x, const double *y, size_t n,
                                         size_t resamples, unsigned long seed);

/* The same for the ratio of their standard deviations. */
struct stats_interval stats_spread_ratio(const double *x, const double *y, size_t n,
                                         size_t resamples, unsigned long seed);

/* The median of x[k]/y[k], positive values or INFINITY, and its exact interval.  Infinity over infinity
 * is unknown, which widens the interval to both sides; it counts as 1 in the value. */
struct stats_interval stats_median_ratio(const double *x, const double *y, size_t n);

/* ---- two groups of independent networks ---- */

/* Mean of x[n] over mean of y[m], each group resampled on its own, and its BCa interval. */
struct stats_interval stats_ratio_unpaired(const double *x, size_t n, const double *y, size_t m,
                                           size_t resamples, unsigned long seed);

/* Median of x[n] over median of y[m], positive values, and its interval, each group resampled on its
 * own.  A network that never arrives counts as INFINITY.  A ratio of two infinite medians is NaN; a
 * resample with one may lie anywhere, and widens the interval to both sides. */
struct stats_interval stats_bootstrap_ratio(const double *x, size_t n, const double *y, size_t m,
                                            size_t resamples, unsigned long seed);

#endif
