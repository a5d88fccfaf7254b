#include "drift.h"

#include <math.h>

#include "fall.h"
#include "path.h"

/*[ crossing ]*/
/* Epoch at which x, having been above the level, falls below it. */
static double falls(const struct run_record *r, const double *x, double level)
{
    size_t above = 0;
    while (above < r->rows && !(x[above] > level))
        above++;
    const size_t i = above + path_falls_below(x + above, r->rows - above, level);
    return i < r->rows ? (double)r->row[i].epoch : INFINITY;
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

/*[ measure ]*/
struct drift drift_of(const struct run_record *r, size_t l, const struct drift_rule *rule)
{
    double mean[RUN_MAX_ROWS], deviation[RUN_MAX_ROWS], error[RUN_MAX_ROWS];
    double snr[RUN_MAX_ROWS], log_snr[RUN_MAX_ROWS], by_trace[RUN_MAX_ROWS];
    for (size_t i = 0; i < r->rows; i++) {
        const struct run_row *row = &r->row[i];
        const struct train_gradient g = row->gradient[l];
        mean[i] = g.mean / row->weight_norm[l];
        deviation[i] = g.deviation / row->weight_norm[l];
        snr[i] = g.mean / g.deviation;
        log_snr[i] = log(snr[i]);
        by_trace[i] = g.mean / (g.deviation * g.deviation);
        error[i] = 1.0 - row->train_accuracy;
    }
    const double log_end = mean_between(r, log_snr, 0.5, 1.0);
    struct drift d = {
        .crossing = falls(r, snr, rule->snr),
        .peak = fall_of(r, l).peak_epoch,
        .fitted = falls(r, error, rule->error),
        .trace_crossing = falls(r, by_trace, rule->snr),
        .mean_start = mean[0],
        .deviation_start = deviation[0],
        .mean_end = mean_between(r, mean, 0.5, 1.0),
        .deviation_end = mean_between(r, deviation, 0.5, 1.0),
        .snr_end = exp(log_end),
        .settling = exp(log_end - mean_between(r, log_snr, 0.25, 0.5)),
        .growth = r->row[r->rows - 1].weight_norm[l] / r->row[0].weight_norm[l],
    };
    d.by_peak = drift_ratio(d.crossing, d.peak);
    d.by_fitted = drift_ratio(d.crossing, d.fitted);
    return d;
}
/*[ end ]*/

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

enum verdict drift_verdict_cause(enum verdict without_noise)
{
    return without_noise == VERDICT_REPRODUCED ? VERDICT_NOT
           : without_noise == VERDICT_NOT      ? VERDICT_REPRODUCED
                                               : VERDICT_PARTLY;
}
/*[ end ]*/

/*[ nearest ]*/
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
/*[ end ]*/
