#include "drift.h"

#include <math.h>
#include <stdlib.h>

#include "course.h"
#include "fall.h"
#include "memory.h"
#include "path.h"

/*[ crossing ]*/
/* Row, from `from` on, where x, having been above the level, falls below it; r->rows if none. */
static size_t falls(const struct run_record *r, const double *x, size_t from, double level)
{
    while (from < r->rows && !(x[from] > level))
        from++;
    return from + path_falls_below(x + from, r->rows - from, level);
}

static double epoch_of(const struct run_record *r, size_t row)
{
    return row < r->rows ? (double)r->row[row].epoch : INFINITY;
}

double drift_ratio(double crossing, double other)
{
    return isinf(crossing) ? INFINITY : crossing / other;
}
/*[ end ]*/

/* Mean of x over the epochs in (from, to], these as shares of the training. */
static double mean_between(const struct run_record *r, const double *x, double from, double to)
{
    const double epochs = (double)r->row[r->rows - 1].epoch;
    double sum = 0.0, n = 0.0;
    for (size_t i = 0; i < r->rows; i++) {
        const double epoch = (double)r->row[i].epoch;
        if (epoch > from * epochs && epoch <= to * epochs) {
            sum += x[i];
            n += 1.0;
        }
    }
    return sum / n;
}

struct drift drift_of(const struct run_record *r, size_t l, const struct drift_rule *rule)
{
    double mean[RUN_MAX_ROWS], deviation[RUN_MAX_ROWS], error[RUN_MAX_ROWS];
    double snr[RUN_MAX_ROWS], log_snr[RUN_MAX_ROWS];
    double spectral_mean[RUN_MAX_ROWS], trace[RUN_MAX_ROWS], by_trace[RUN_MAX_ROWS];
    course_of(mean, r, l, COURSE_MEAN);
    course_of(deviation, r, l, COURSE_DEVIATION);
    course_of(snr, r, l, COURSE_SNR);
    course_of(error, r, l, COURSE_ERROR);
    course_of(spectral_mean, r, l, COURSE_SPECTRAL_MEAN);
    course_of(trace, r, l, COURSE_SPECTRAL_TRACE);
    for (size_t i = 0; i < r->rows; i++) {
        log_snr[i] = log(snr[i]);
        by_trace[i] = spectral_mean[i] / trace[i];
    }
    const size_t late = falls(r, snr, path_peak(snr, r->rows), rule->snr), end = r->rows - 1;
    const double log_end = mean_between(r, log_snr, 0.5, 1.0);
    const struct fall f = fall_of(r, l, &(struct fall_rule){.error = rule->error});
    struct drift d = {
        .fall = f.fall,
        .share_after = f.after,
        .crossing = epoch_of(r, falls(r, snr, 0, rule->snr)),
        .peak = f.peak_epoch,
        .fitted = epoch_of(r, falls(r, error, 0, rule->error)),
        .late = epoch_of(r, late),
        .late_error = 100.0 * error[late < end ? late : end],
        .mean_start = mean[0],
        .mean_end = mean_between(r, mean, 0.5, 1.0),
        .deviation_start = deviation[0],
        .deviation_most = deviation[path_peak(deviation, r->rows)],
        .snr_end = exp(log_end),
        .settling = exp(log_end - mean_between(r, log_snr, 0.25, 0.5)),
        .growth = r->row[end].weight_norm[l] / r->row[0].weight_norm[l],
        .spectral_start = spectral_mean[0],
        .spectral_end = mean_between(r, spectral_mean, 0.5, 1.0),
        .trace_start = trace[0],
        .trace_most = trace[path_peak(trace, r->rows)],
        .trace_crossing = epoch_of(r, falls(r, by_trace, 0, rule->snr)),
    };
    d.passed = isfinite(d.crossing) ? 1.0 : 0.0;
    d.by_peak = drift_ratio(d.crossing, d.peak);
    d.by_fitted = drift_ratio(d.crossing, d.fitted);
    d.late_by_peak = drift_ratio(d.late, d.peak);
    d.late_by_fitted = drift_ratio(d.late, d.fitted);
    return d;
}

struct drift_error drift_error_of(const struct run_record *r, const struct drift_rule *rule)
{
    double error[RUN_MAX_ROWS];
    const struct run_row *end = &r->row[r->rows - 1];
    course_of(error, r, 0, COURSE_ERROR);
    return (struct drift_error){.fitted = epoch_of(r, falls(r, error, 0, rule->error)),
                                .train = 100.0 * (1.0 - end->train_accuracy),
                                .test = 100.0 * (1.0 - end->test_accuracy)};
}

struct stats_interval drift_transition(double *passed, const struct run_record *record, size_t n,
                                       const struct drift_rule *rule, size_t resamples,
                                       unsigned long seed)
{
    const size_t hidden = record->layers - 1;
    double *crossing = memory_array(n * hidden, sizeof *crossing, "layers"); /* (n, hidden) */
    double crossed = 0.0;
    for (size_t i = 0; i < n * hidden; i++) {
        const struct drift d = drift_of(&record[i / hidden], i % hidden, rule);
        crossing[i] = d.crossing;
        crossed += d.passed;
    }
    *passed = crossed / (double)(n * hidden);
    const struct stats_interval x = stats_bootstrap_groups(crossing, n, hidden, resamples, seed);
    free(crossing);
    return x;
}

/*[ verdict ]*/
enum verdict drift_verdict_crossing(const size_t *passed, size_t networks, size_t hidden,
                                    const struct drift_rule *rule)
{
    size_t held = 0;
    for (size_t l = 0; l < hidden; l++)
        held += (double)passed[l] >= rule->networks * (double)networks;
    return verdict_of(held, hidden);
}

static int within(struct stats_interval ratio, double factor)
{
    return ratio.low > 1.0 / factor && ratio.high < factor;
}

enum verdict drift_verdict_timing(const struct stats_interval *by_peak,
                                  const struct stats_interval *by_fitted, size_t hidden,
                                  const struct drift_rule *rule)
{
    size_t held = 0;
    for (size_t l = hidden - rule->layers; l < hidden; l++)
        held +=
            (size_t)within(by_peak[l], rule->factor) + (size_t)within(by_fitted[l], rule->factor);
    return verdict_of(held, 2 * rule->layers);
}
/*[ end ]*/

size_t drift_nearest(const struct stats_interval *crossing, size_t n, double wanted)
{
    size_t nearest = n;
    double least = INFINITY;
    for (size_t i = 0; i < n; i++) {
        const double distance = fabs(log(crossing[i].value / wanted));
        if (distance < least) {
            least = distance;
            nearest = i;
        }
    }
    return nearest;
}
