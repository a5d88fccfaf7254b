#include "stats.h"

#include <gsl/gsl_cdf.h>
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

double stats_quantile(const double *x, size_t n, double f)
{
    double *sorted = values(n);
    memcpy(sorted, x, n * sizeof *x);
    gsl_sort(sorted, 1, n);
    const double value = quantile(sorted, n, f);
    free(sorted);
    return value;
}

/* The 95 % interval around a value from the statistics of resamples of n, which it sorts. */
static struct stats_interval percentiles(double value, double *resample, size_t resamples, size_t n)
{
    gsl_sort(resample, 1, resamples);
    return (struct stats_interval){.value = value,
                                   .low = quantile(resample, resamples, 0.025),
                                   .high = quantile(resample, resamples, 0.975),
                                   .n = n};
}

/*[ median ]*/
struct stats_interval stats_median_exact(const double *x, size_t n)
{
    size_t r = 0; /* the largest with P(B < r) <= 2.5 % */
    while (r < n && gsl_cdf_binomial_P((unsigned)r, 0.5, (unsigned)n) <= 0.025)
        r++;
    double *low = values(n), *high = values(n);
    for (size_t k = 0; k < n; k++) {
        low[k] = isnan(x[k]) ? -INFINITY : x[k];
        high[k] = isnan(x[k]) ? INFINITY : x[k];
    }
    gsl_sort(low, 1, n);
    gsl_sort(high, 1, n);
    const struct stats_interval interval = {.value = stats_median(x, n),
                                            .low = r > 0 ? low[r - 1] : -INFINITY,
                                            .high = r > 0 ? high[n - r] : INFINITY,
                                            .n = n};
    free(high);
    free(low);
    return interval;
}
/*[ end ]*/

struct stats_interval stats_share(size_t k, size_t n)
{
    const double of = (double)n, in = (double)k;
    return (struct stats_interval){
        .value = in / of,
        .low = k == 0 ? 0.0 : gsl_cdf_beta_Pinv(0.025, in, of - in + 1.0),
        .high = k == n ? 1.0 : gsl_cdf_beta_Pinv(0.975, in + 1.0, of - in),
        .n = n};
}

/*[ bootstrap ]*/
static struct stats_interval bootstrap_mean(const double *x, size_t n, size_t resamples,
                                            unsigned long seed)
{
    double *sample = values(n), *value = values(resamples), *source = values(n);
    memcpy(source, x, n * sizeof *x);
    gsl_rng *rng = resampler(seed);
    for (size_t b = 0; b < resamples; b++) {
        gsl_ran_sample(rng, sample, n, source, n, sizeof *source);
        value[b] = stats_mean(sample, n);
    }
    const struct stats_interval interval = percentiles(stats_mean(x, n), value, resamples, n);
    gsl_rng_free(rng);
    free(source);
    free(value);
    free(sample);
    return interval;
}
/*[ end ]*/

struct stats_interval stats_bootstrap(const double *x, size_t n, enum stats_of statistic,
                                      size_t resamples, unsigned long seed)
{
    return statistic == STATS_MEAN ? bootstrap_mean(x, n, resamples, seed)
                                   : stats_median_exact(x, n);
}

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
    const struct stats_interval interval = percentiles(stats_median(x, n * m), value, resamples, n);
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
        percentiles(stats_pairs(x, y, n, statistic), value, resamples, n);
    gsl_rng_free(rng);
    free(value);
    free(ys);
    free(xs);
    return interval;
}

/*[ partial ]*/
double stats_partial(const double *x, const double *y, const double *z, size_t n)
{
    const double xy = stats_pairs(x, y, n, STATS_RANK_CORRELATION);
    const double xz = stats_pairs(x, z, n, STATS_RANK_CORRELATION);
    const double yz = stats_pairs(y, z, n, STATS_RANK_CORRELATION);
    const double left = (1.0 - xz * xz) * (1.0 - yz * yz);
    if (left < 1e-12) /* a correlation of 1, but for rounding */
        return NAN;
    return fmax(-1.0, fmin(1.0, (xy - xz * yz) / sqrt(left)));
}
/*[ end ]*/

struct stats_interval stats_bootstrap_partial(const double *x, const double *y, const double *z,
                                              size_t n, size_t resamples, unsigned long seed)
{
    double *xs = values(n), *ys = values(n), *zs = values(n);
    double *low = values(resamples), *high = values(resamples);
    gsl_rng *rng = resampler(seed);
    for (size_t b = 0; b < resamples; b++) {
        for (size_t k = 0; k < n; k++) {
            const size_t from = gsl_rng_uniform_int(rng, n);
            xs[k] = x[from];
            ys[k] = y[from];
            zs[k] = z[from];
        }
        const double value = stats_partial(xs, ys, zs, n);
        low[b] = isnan(value) ? -1.0 : value;
        high[b] = isnan(value) ? 1.0 : value;
    }
    struct stats_interval interval = percentiles(stats_partial(x, y, z, n), low, resamples, n);
    interval.high = percentiles(interval.value, high, resamples, 0).high;
    gsl_rng_free(rng);
    free(high);
    free(low);
    free(zs);
    free(ys);
    free(xs);
    return interval;
}

/* Takes from each value the mean of its kind; exactly 0 where all of a kind are alike. */
static void centre(double *x, const size_t *kind, size_t kinds, size_t n)
{
    for (size_t k = 0; k < kinds; k++) {
        double base = 0.0, sum = 0.0, count = 0.0;
        for (size_t i = n; i-- > 0;)
            base = kind[i] == k ? x[i] : base;
        for (size_t i = 0; i < n; i++)
            if (kind[i] == k) {
                sum += x[i] - base;
                count += 1.0;
            }
        for (size_t i = 0; i < n; i++)
            x[i] = kind[i] == k ? x[i] - base - sum / count : x[i];
    }
}

/* stats_pairs, within kinds unless there are none (0); NaN where there are too few pairs.  Spoils x and
 * y. */
static double line_of(double *x, double *y, const size_t *kind, size_t kinds, size_t n,
                      enum stats_of_pairs statistic)
{
    centre(x, kind, kinds, n);
    centre(y, kind, kinds, n);
    return n < 2 ? (double)NAN : stats_pairs(x, y, n, statistic);
}

struct stats_interval stats_bootstrap_within(const double *x, const double *y, const size_t *kind,
                                             size_t kinds, const size_t *first, size_t groups,
                                             enum stats_of_pairs statistic, size_t resamples,
                                             unsigned long seed)
{
    size_t largest = 1;
    for (size_t g = 0; g < groups; g++)
        largest = first[g + 1] - first[g] > largest ? first[g + 1] - first[g] : largest;
    const size_t most = groups * largest + 1;
    double *xs = values(most), *ys = values(most);
    size_t *kinds_of = memory_array(most, sizeof *kinds_of, "kinds");
    double *low = values(resamples + 1), *high = values(resamples + 1), value = (double)NAN;
    gsl_rng *rng = resampler(seed);
    for (size_t b = 0; b <= resamples; b++) { /* the last is the sample itself */
        size_t n = 0;
        for (size_t k = 0; k < groups; k++) {
            const size_t g = b == resamples ? k : gsl_rng_uniform_int(rng, groups);
            const size_t size = first[g + 1] - first[g];
            memcpy(xs + n, x + first[g], size * sizeof *x);
            memcpy(ys + n, y + first[g], size * sizeof *y);
            if (kinds > 0)
                memcpy(kinds_of + n, kind + first[g], size * sizeof *kind);
            n += size;
        }
        value = line_of(xs, ys, kinds_of, kinds, n, statistic);
        low[b] = isfinite(value) ? value : -INFINITY;
        high[b] = isfinite(value) ? value : INFINITY;
    }
    struct stats_interval interval = percentiles(value, low, resamples, groups);
    interval.high = percentiles(value, high, resamples, 0).high;
    gsl_rng_free(rng);
    free(high);
    free(low);
    free(kinds_of);
    free(ys);
    free(xs);
    return interval;
}

struct stats_interval stats_bootstrap_pair_groups(const double *x, const double *y,
                                                  const size_t *first, size_t groups,
                                                  enum stats_of_pairs statistic, size_t resamples,
                                                  unsigned long seed)
{
    return stats_bootstrap_within(x, y, NULL, 0, first, groups, statistic, resamples, seed);
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
        percentiles(stats_median(x, n) / stats_median(y, m), low, resamples, n < m ? n : m);
    interval.high = percentiles(interval.value, high, resamples, 0).high;
    gsl_rng_free(rng);
    free(high);
    free(low);
    free(ys);
    free(xs);
    return interval;
}

/* ---- ratios ---- */

/* What is divided: a statistic of each group. */
typedef double statistic(const double *, size_t);

/* of(x)/of(y), or of(x) without a y. */
static double quotient_of(statistic *of, const double *x, size_t n, const double *y, size_t m)
{
    return m > 0 ? of(x, n) / of(y, m) : of(x, n);
}

/*[ bca ]*/
struct stats_interval stats_bca(double own, double *value, size_t resamples, const double *without,
                                size_t n)
{
    double less = 0.0; /* resamples below the value, ties by half */
    for (size_t b = 0; b < resamples; b++)
        less += value[b] < own ? 1.0 : value[b] == own ? 0.5 : 0.0;
    struct stats_interval interval = percentiles(own, value, resamples, n);

    /* bias: where the value stands among the resamples; acceleration: by leaving one out at a time */
    double mean = 0.0, square = 0.0, cube = 0.0;
    for (size_t k = 0; k < n; k++)
        mean += without[k] / (double)n;
    for (size_t k = 0; k < n; k++) {
        const double d = mean - without[k];
        square += d * d;
        cube += d * d * d;
    }
    const double bias = gsl_cdf_ugaussian_Pinv(less / (double)resamples);
    const double acceleration = cube / (6.0 * pow(square, 1.5));
    double end[2];
    for (int high = 0; high <= 1; high++) {
        const double z = bias + gsl_cdf_ugaussian_Pinv(high ? 0.975 : 0.025);
        end[high] = gsl_cdf_ugaussian_P(bias + z / (1.0 - acceleration * z));
    }
    if (isfinite(own) && end[0] >= 0.0 && end[0] < end[1] && end[1] <= 1.0) {
        interval.low = quantile(value, resamples, end[0]);
        interval.high = quantile(value, resamples, end[1]);
    }
    return interval;
}
/*[ end ]*/

/* The BCa interval of of(x)/of(y), or of of(x) if m is 0; pairs, of which there are n = m, are resampled
 * whole. */
static struct stats_interval ratio(const double *x, size_t n, const double *y, size_t m, int paired,
                                   statistic *of, size_t resamples, unsigned long seed)
{
    double *xs = values(n), *ys = values(m + 1), *value = values(resamples);
    gsl_rng *rng = resampler(seed);
    for (size_t b = 0; b < resamples; b++) {
        for (size_t k = 0; k < n; k++) {
            const size_t from = gsl_rng_uniform_int(rng, n);
            xs[k] = x[from];
            if (paired)
                ys[k] = y[from];
        }
        for (size_t k = 0; k < m && !paired; k++)
            ys[k] = y[gsl_rng_uniform_int(rng, m)];
        value[b] = quotient_of(of, xs, n, ys, m);
    }
    const size_t left_out = paired ? n : n + m;
    double *without = values(left_out);
    for (size_t k = 0; k < left_out; k++) {
        size_t nx = 0, ny = 0;
        for (size_t i = 0; i < n; i++)
            if (k != i)
                xs[nx++] = x[i];
        for (size_t i = 0; i < m; i++)
            if (k != (paired ? i : n + i))
                ys[ny++] = y[i];
        without[k] = quotient_of(of, xs, nx, ys, ny);
    }
    struct stats_interval interval =
        stats_bca(quotient_of(of, x, n, y, m), value, resamples, without, left_out);
    interval.n = m > 0 && m < n ? m : n;
    gsl_rng_free(rng);
    free(without);
    free(value);
    free(ys);
    free(xs);
    return interval;
}

struct stats_interval stats_ratio_paired(const double *x, const double *y, size_t n,
                                         size_t resamples, unsigned long seed)
{
    return ratio(x, n, y, n, 1, stats_mean, resamples, seed);
}

struct stats_interval stats_spread_ratio(const double *x, const double *y, size_t n,
                                         size_t resamples, unsigned long seed)
{
    return ratio(x, n, y, n, 1, stats_sd, resamples, seed);
}

struct stats_interval stats_spread(const double *x, size_t n, size_t resamples, unsigned long seed)
{
    return ratio(x, n, NULL, 0, 0, stats_sd, resamples, seed);
}

struct stats_interval stats_ratio_unpaired(const double *x, size_t n, const double *y, size_t m,
                                           size_t resamples, unsigned long seed)
{
    return ratio(x, n, y, m, 0, stats_mean, resamples, seed);
}

struct stats_interval stats_median_ratio(const double *x, const double *y, size_t n)
{
    double *quotient = values(n);
    for (size_t k = 0; k < n; k++)
        quotient[k] = x[k] / y[k];
    struct stats_interval interval = stats_median_exact(quotient, n);
    for (size_t k = 0; k < n; k++)
        quotient[k] = isnan(quotient[k]) ? 1.0 : quotient[k];
    interval.value = stats_median(quotient, n);
    free(quotient);
    return interval;
}
