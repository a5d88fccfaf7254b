#include "stats.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "die.h"
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

static void *room(size_t n)
{
    double *x = malloc(n * sizeof *x);
    if (!x)
        die("memory is short");
    return x;
}

/* Of values that may be put into order. */
static double median_of(double *x, size_t n)
{
    gsl_sort(x, 1, n);
    return gsl_stats_median_from_sorted_data(x, 1, n);
}

double stats_median(const double *x, size_t n)
{
    double *sorted = room(n);
    memcpy(sorted, x, n * sizeof *x);
    const double median = median_of(sorted, n);
    free(sorted);
    return median;
}

/*[ bootstrap ]*/
struct stats_interval stats_bootstrap(const double *x, size_t n, enum stats_of statistic,
                                      size_t resamples, unsigned long seed)
{
    double *sample = room(n), *value = room(resamples), *source = room(n);
    memcpy(source, x, n * sizeof *x);
    gsl_rng *rng = gsl_rng_alloc(rng_philox);
    gsl_rng_set(rng, seed);
    for (size_t b = 0; b < resamples; b++) {
        gsl_ran_sample(rng, sample, n, source, n, sizeof *source);
        value[b] = statistic == STATS_MEAN ? stats_mean(sample, n) : median_of(sample, n);
    }
    gsl_sort(value, 1, resamples);
    const struct stats_interval interval = {
        .value = statistic == STATS_MEAN ? stats_mean(x, n) : stats_median(x, n),
        .low = gsl_stats_quantile_from_sorted_data(value, 1, resamples, 0.025),
        .high = gsl_stats_quantile_from_sorted_data(value, 1, resamples, 0.975)};
    gsl_rng_free(rng);
    free(source);
    free(value);
    free(sample);
    return interval;
}
/*[ end ]*/
