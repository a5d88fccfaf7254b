#include "stats.h"

#include <gsl/gsl_fit.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "rng.h"

double stats_mean(const double *x, size_t n)
{
    return gsl_stats_mean(x, 1, n);
}

double stats_sd(const double *x, size_t n)
{
    return n > 1 ? gsl_stats_sd(x, 1, n) : 0.0;
}

double stats_se(const double *x, size_t n)
{
    return stats_sd(x, n) / sqrt((double)n);
}

/* Room for values. */
static double *values(size_t n)
{
    return memory_array(n, sizeof(double), "values of a statistic");
}

/* Of values that may be put into order. */
static double median_of(double *x, size_t n)
{
    gsl_sort(x, 1, n);
    return gsl_stats_median_from_sorted_data(x, 1, n);
}

double stats_median(const double *x, size_t n)
{
    double *sorted = values(n);
    memcpy(sorted, x, n * sizeof *x);
    const double median = median_of(sorted, n);
    free(sorted);
    return median;
}

/* The generator of resamples; the same seed, the same resamples. */
static gsl_rng *resampler(unsigned long seed)
{
    gsl_rng *rng = gsl_rng_alloc(rng_philox);
    gsl_rng_set(rng, seed);
    return rng;
}

/* GSL's quantile, but for values that may be infinite: between two that are equal it is that value,
 * where GSL's interpolation may give infinity times zero. */
static double quantile(const double *sorted, size_t n, double f)
{
    const double place = (double)(n - 1) * f;
    const size_t i = (size_t)place, next = i + 1 < n ? i + 1 : i;
    if (sorted[i] == sorted[next] || place == (double)i)
        return sorted[i];
    return gsl_stats_quantile_from_sorted_data(sorted, 1, n, f);
}

/* The 95 % interval around a value from the statistics of the resamples, which it sorts. */
static struct stats_interval percentiles(double value, double *resample, size_t resamples)
{
    gsl_sort(resample, 1, resamples);
    return (struct stats_interval){.value = value,
                                   .low = quantile(resample, resamples, 0.025),
                                   .high = quantile(resample, resamples, 0.975)};
}

/*[ bootstrap ]*/
struct stats_interval stats_bootstrap(const double *x, size_t n, enum stats_of statistic,
                                      size_t resamples, unsigned long seed)
{
    double *sample = values(n), *value = values(resamples), *source = values(n);
    memcpy(source, x, n * sizeof *x);
    gsl_rng *rng = resampler(seed);
    for (size_t b = 0; b < resamples; b++) {
        gsl_ran_sample(rng, sample, n, source, n, sizeof *source);
        value[b] = statistic == STATS_MEAN ? stats_mean(sample, n) : median_of(sample, n);
    }
    const struct stats_interval interval = percentiles(
        statistic == STATS_MEAN ? stats_mean(x, n) : stats_median(x, n), value, resamples);
    gsl_rng_free(rng);
    free(source);
    free(value);
    free(sample);
    return interval;
}
/*[ end ]*/

struct stats_interval stats_bootstrap_groups(const double *x, size_t n, size_t m, size_t resamples,
                                             unsigned long seed)
{
    double *sample = values(n * m), *source = values(n * m), *value = values(resamples);
    memcpy(source, x, n * m * sizeof *x);
    gsl_rng *rng = resampler(seed);
    for (size_t b = 0; b < resamples; b++) {
        gsl_ran_sample(rng, sample, n, source, n, m * sizeof *source);
        value[b] = median_of(sample, n * m);
    }
    const struct stats_interval interval = percentiles(stats_median(x, n * m), value, resamples);
    gsl_rng_free(rng);
    free(value);
    free(source);
    free(sample);
    return interval;
}

double stats_pairs(const double *x, const double *y, size_t n, enum stats_of_pairs statistic)
{
    if (statistic == STATS_RANK_CORRELATION) {
        double *work = values(2 * n);
        const double r = gsl_stats_spearman(x, 1, y, 1, n, work);
        free(work);
        return isnan(r) ? 0.0 : r;
    }
    double intercept, slope, cov00, cov01, cov11, rest;
    gsl_fit_linear(x, 1, y, 1, n, &intercept, &slope, &cov00, &cov01, &cov11, &rest);
    return statistic == STATS_SLOPE ? slope : 1.0 - rest / gsl_stats_tss(y, 1, n);
}

struct stats_interval stats_bootstrap_pairs(const double *x, const double *y, size_t n,
                                            enum stats_of_pairs statistic, size_t resamples,
                                            unsigned long seed)
{
    double *xs = values(n), *ys = values(n), *value = values(resamples);
    gsl_rng *rng = resampler(seed);
    for (size_t b = 0; b < resamples; b++) {
        for (size_t k = 0; k < n; k++) {
            const size_t from = gsl_rng_uniform_int(rng, n);
            xs[k] = x[from];
            ys[k] = y[from];
        }
        value[b] = stats_pairs(xs, ys, n, statistic);
    }
    const struct stats_interval interval =
        percentiles(stats_pairs(x, y, n, statistic), value, resamples);
    gsl_rng_free(rng);
    free(value);
    free(ys);
    free(xs);
    return interval;
}

/* stats_pairs, but NaN where there are too few pairs. */
static double line_of(const double *x, const double *y, size_t n, enum stats_of_pairs statistic)
{
    return n < 2 ? (double)NAN : stats_pairs(x, y, n, statistic);
}

struct stats_interval stats_bootstrap_pair_groups(const double *x, const double *y,
                                                  const size_t *first, size_t groups,
                                                  enum stats_of_pairs statistic, size_t resamples,
                                                  unsigned long seed)
{
    size_t largest = 1;
    for (size_t g = 0; g < groups; g++)
        largest = first[g + 1] - first[g] > largest ? first[g + 1] - first[g] : largest;
    double *xs = values(groups * largest + 1), *ys = values(groups * largest + 1);
    double *low = values(resamples), *high = values(resamples);
    gsl_rng *rng = resampler(seed);
    for (size_t b = 0; b < resamples; b++) {
        size_t n = 0;
        for (size_t k = 0; k < groups; k++) {
            const size_t g = gsl_rng_uniform_int(rng, groups), size = first[g + 1] - first[g];
            memcpy(xs + n, x + first[g], size * sizeof *x);
            memcpy(ys + n, y + first[g], size * sizeof *y);
            n += size;
        }
        const double value = line_of(xs, ys, n, statistic);
        low[b] = isfinite(value) ? value : -INFINITY;
        high[b] = isfinite(value) ? value : INFINITY;
    }
    struct stats_interval interval = percentiles(
        line_of(x + first[0], y + first[0], first[groups] - first[0], statistic), low, resamples);
    interval.high = percentiles(interval.value, high, resamples).high;
    gsl_rng_free(rng);
    free(high);
    free(low);
    free(ys);
    free(xs);
    return interval;
}

struct stats_interval stats_bootstrap_ratio(const double *x, size_t n, const double *y, size_t m,
                                            size_t resamples, unsigned long seed)
{
    /* a resample whose ratio is unknown lies anywhere: at 0 for the lower end, at infinity for the
     * upper */
    double *xs = values(n), *ys = values(m), *low = values(resamples), *high = values(resamples);
    gsl_rng *rng = resampler(seed);
    for (size_t b = 0; b < resamples; b++) {
        for (size_t k = 0; k < n; k++)
            xs[k] = x[gsl_rng_uniform_int(rng, n)];
        for (size_t k = 0; k < m; k++)
            ys[k] = y[gsl_rng_uniform_int(rng, m)];
        const double ratio = median_of(xs, n) / median_of(ys, m);
        low[b] = isnan(ratio) ? 0.0 : ratio;
        high[b] = isnan(ratio) ? INFINITY : ratio;
    }
    struct stats_interval interval =
        percentiles(stats_median(x, n) / stats_median(y, m), low, resamples);
    interval.high = percentiles(interval.value, high, resamples).high;
    gsl_rng_free(rng);
    free(high);
    free(low);
    free(ys);
    free(xs);
    return interval;
}
