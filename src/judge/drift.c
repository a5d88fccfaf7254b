#include "drift.h"

#include <math.h>
#include <stdlib.h>

#include "course.h"
#include "memory.h"
#include "path.h"

double drift_level(size_t batches)
{
    return 1.0 / sqrt((double)batches);
}

static double epoch_of(const struct run_record *r, size_t row)
{
    return row < r->rows ? (double)r->row[row].epoch : INFINITY;
}

/* Mean of x over the measurements with an epoch in (from, to], these as shares of the training. */
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
struct drift drift_of(const struct run_record *r, size_t l, const struct drift_rule *rule,
                      const struct fall_rule *fall)
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
    const size_t end = r->rows - 1;
    const double log_end = mean_between(r, log_snr, 0.5, 1.0);
    const struct path_turns turns = path_turns(snr, r->rows, rule->snr);
    const struct fall f = fall_of(r, l, fall);
    return (struct drift){
        .turn = epoch_of(r, turns.first_down),
        .last_turn = epoch_of(r, turns.last_down),
        .rise = epoch_of(r, turns.first_up),
        .last_rise = epoch_of(r, turns.last_up),
        .drifting = turns.side > 0 ? 1.0 : 0.0,
        .snr_start = snr[0] / rule->snr,
        .snr_end = exp(log_end) / rule->snr,
        .settling = exp(log_end - mean_between(r, log_snr, 0.25, 0.5)),
        .turn_error = 100.0 * error[turns.down > 0 ? turns.first_down : end],
        .fall = f.fall,
        .onset = f.onset,
        .small = f.small,
        .after_small = f.after_small,
        .early = epoch_of(r, path_falls_below(error, r->rows, rule->early)),
        .mean_start = mean[0],
        .mean_end = mean_between(r, mean, 0.5, 1.0),
        .deviation_start = deviation[0],
        .deviation_most = deviation[path_peak(deviation, r->rows)],
        .growth = r->row[end].weight_norm[l] / r->row[0].weight_norm[l],
        .spectral_start = spectral_mean[0],
        .spectral_end = mean_between(r, spectral_mean, 0.5, 1.0),
        .trace_start = trace[0],
        .trace_most = trace[path_peak(trace, r->rows)],
        .trace_turn = epoch_of(r, path_turns(by_trace, r->rows, 1.0).first_down),
    };
}
/*[ end ]*/

/*[ over ]*/
struct drift_over drift_over_networks(const struct drift *d, size_t n, size_t resamples)
{
    enum { TURN, LAST, ONSET, SMALL, EARLY, END, AFTER, MEASURES };
    double *x[MEASURES];
    size_t turned = 0, rises = 0, drifting = 0, after = 0;
    for (size_t m = 0; m < MEASURES; m++)
        x[m] = memory_array(n, sizeof *x[m], "networks");
    for (size_t k = 0; k < n; k++) {
        x[TURN][k] = d[k].turn;
        x[LAST][k] = d[k].last_turn;
        x[ONSET][k] = d[k].onset;
        x[SMALL][k] = d[k].small;
        x[EARLY][k] = d[k].early;
        x[END][k] = d[k].snr_end;
        x[AFTER][k] = d[k].after_small;
        turned += isfinite(d[k].turn) != 0;
        rises += isfinite(d[k].rise) != 0;
        drifting += d[k].drifting > 0.0;
        after += isfinite(d[k].onset) && d[k].onset >= d[k].turn;
    }
    const enum stats_of_pairs rank = STATS_RANK_CORRELATION;
    const struct drift_over over = {
        .turned = stats_share(turned, n),
        .rises = stats_share(rises, n),
        .drifting = stats_share(drifting, n),
        .onset_by_small = stats_median_ratio(x[ONSET], x[SMALL], n),
        .onset_by_turn = stats_median_ratio(x[ONSET], x[TURN], n),
        .onset_by_last_turn = stats_median_ratio(x[ONSET], x[LAST], n),
        .onset_small = stats_bootstrap_pairs(x[ONSET], x[SMALL], n, rank, resamples, 1),
        .onset_turn = stats_bootstrap_pairs(x[ONSET], x[TURN], n, rank, resamples, 1),
        .onset_turn_partial = stats_bootstrap_partial(x[ONSET], x[TURN], x[EARLY], n, resamples, 1),
        .onset_after_turn = stats_share(after, n),
        .snr_end = stats_bootstrap(x[END], n, STATS_MEDIAN, resamples, 1),
        .after_small = stats_bootstrap(x[AFTER], n, STATS_MEAN, resamples, 1),
    };
    for (size_t m = 0; m < MEASURES; m++)
        free(x[m]);
    return over;
}
/*[ end ]*/

struct stats_interval drift_transition(double *turned, const struct drift *d, size_t n,
                                       size_t hidden, size_t resamples)
{
    double *turn = memory_array(n * hidden, sizeof *turn, "layers"); /* (n, hidden) */
    double finite = 0.0;
    for (size_t i = 0; i < n * hidden; i++) {
        turn[i] = d[i].turn;
        finite += isfinite(d[i].turn) ? 1.0 : 0.0;
    }
    *turned = finite / (double)(n * hidden);
    const struct stats_interval x = stats_bootstrap_groups(turn, n, hidden, resamples, 1);
    free(turn);
    return x;
}

size_t drift_nearest(const struct stats_interval *epoch, size_t n, double wanted)
{
    size_t nearest = n;
    double least = INFINITY;
    for (size_t i = 0; i < n; i++) {
        const double distance = fabs(log(epoch[i].value / wanted));
        if (distance < least) {
            least = distance;
            nearest = i;
        }
    }
    return nearest;
}
