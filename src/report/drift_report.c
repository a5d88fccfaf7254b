#include "drift_report.h"

#include <stddef.h>
#include <string.h>

#include "number.h"

#define AT(member) offsetof(struct drift, member)

static const struct summary_quantity quantity[] = {
    {"turn", "%.0f", "median epoch of the first turn of the SNR", STATS_MEDIAN, AT(turn)},
    {"last-turn", "%.0f", "median epoch of its last turn", STATS_MEDIAN, AT(last_turn)},
    {"rise", "%.0f", "median epoch of the first rise of the SNR", STATS_MEDIAN, AT(rise)},
    {"last-rise", "%.0f", "median epoch of its last rise", STATS_MEDIAN, AT(last_rise)},
    {"snr-start", "%.2f", "median SNR over the level, start", STATS_MEDIAN, AT(snr_start)},
    {"snr-end", "%.2f", "median SNR over the level, end", STATS_MEDIAN, AT(snr_end)},
    {"settling", "%.2f", "median SNR, end over octave before", STATS_MEDIAN, AT(settling)},
    {"turn-error", "%.0f", "median training error at the first turn, percent", STATS_MEDIAN,
     AT(turn_error)},
    {"fall", "%.2f", "mean fall of I(X;T) from its peak, bits", STATS_MEAN, AT(fall)},
    {"onset", "%.0f", "median epoch of the onset of compression", STATS_MEDIAN, AT(onset)},
    {"small", "%.0f", "median epoch of the small training error", STATS_MEDIAN, AT(small)},
    {"early", "%.0f", "median epoch of the early training error", STATS_MEDIAN, AT(early)},
    {"fall-after-small", "%.2f", "mean share of the fall after the small error", STATS_MEAN,
     AT(after_small)},
    {"growth", "%.2f", "mean growth of the weight norm, a factor", STATS_MEAN, AT(growth)},
    {"mean-start", "%.3f", "mean |mean|/|W|, start", STATS_MEAN, AT(mean_start)},
    {"mean-end", "%.4f", "mean |mean|/|W|, end", STATS_MEAN, AT(mean_end)},
    {"deviation-start", "%.4f", "mean |deviation|/|W|, start", STATS_MEAN, AT(deviation_start)},
    {"deviation-most", "%.3f", "mean |deviation|/|W|, largest", STATS_MEAN, AT(deviation_most)},
    {"spectral-start", "%.3f", "mean |mean|/spectral norm, start", STATS_MEAN, AT(spectral_start)},
    {"spectral-end", "%.4f", "mean |mean|/spectral norm, end", STATS_MEAN, AT(spectral_end)},
    {"trace-start", "%.5f", "mean |deviation|^2/spectral norm, start", STATS_MEAN, AT(trace_start)},
    {"trace-most", "%.4f", "mean |deviation|^2/spectral norm, largest", STATS_MEAN, AT(trace_most)},
    {"trace-turn", "%.0f", "median epoch where |mean| falls below |deviation|^2", STATS_MEDIAN,
     AT(trace_turn)},
};

const struct summary_plan drift_report_plan = {quantity, REPORT_LENGTH(quantity), 9, 14};

#define OVER(member) offsetof(struct drift_over, member)

const struct drift_report_number drift_report_number[DRIFT_REPORT_NUMBERS] = {
    {"turned", "%.2f", "share of networks whose SNR turns", OVER(turned), 0},
    {"rises", "%.2f", "share of networks whose SNR rises", OVER(rises), 0},
    {"drifting", "%.2f", "share of networks that drift at the end", OVER(drifting), 0},
    {"onset-by-turn", "%.2f", "median of onset over first turn", OVER(onset_by_turn), 0},
    {"onset-by-last-turn", "%.2f", "median of onset over last turn", OVER(onset_by_last_turn), 0},
    {"onset-turn", "%.2f", "rank correlation of onset and first turn", OVER(onset_turn), 0},
    {"onset-turn-partial", "%.2f", "the same given the early error", OVER(onset_turn_partial), 0},
    {"onset-after-turn", "%.2f", "share of networks with the onset at the first turn or later",
     OVER(onset_after_turn), 0},
    {"snr-end", "%.2f", "median SNR over the level, end", OVER(snr_end), 1},
    {"onset-by-small", "%.2f", "median of onset over small error", OVER(onset_by_small), 0},
    {"onset-small", "%.2f", "rank correlation of onset and small error", OVER(onset_small), 0},
    {"fall-after-small", "%.2f", "mean share of the fall after the small error", OVER(after_small),
     1},
};

struct stats_interval drift_report_value(const struct drift_over *over, size_t number)
{
    struct stats_interval x;
    memcpy(&x, (const char *)over + drift_report_number[number].at, sizeof x);
    return x;
}

void drift_report_layer(struct report *r, struct drift *d, struct summary *x,
                        const struct run_record *record, const struct drift_rule *rule,
                        const struct fall_rule *fall)
{
    for (size_t k = 0; k < x->networks; k++) {
        d[k] = drift_of(&record[k], x->layer, rule, fall);
        summary_put(x, k, &d[k]);
    }
    summary_report(x, r);
    const size_t numbers =
        x->asked > DRIFT_REPORT_BY_LEVEL ? DRIFT_REPORT_NUMBERS : DRIFT_REPORT_NUMBERS_BY_LEVEL;
    const struct drift_over over = drift_over_networks(d, x->networks, x->resamples);
    for (size_t i = 0; i < numbers; i++) {
        const struct drift_report_number *of = &drift_report_number[i];
        if (!of->in_the_plan)
            report_interval(r, drift_report_value(&over, i), of->format, of->meaning, "%s%st%zu/%s",
                            x->set ? x->set : "", x->set ? "/" : "", x->layer + 1, of->name);
    }
}

void drift_report_rows(FILE *table, struct report *r, const char *set, size_t l,
                       const struct drift_over *over)
{
    for (size_t i = 0; i < DRIFT_REPORT_NUMBERS; i++) {
        const struct stats_interval x = drift_report_value(over, i);
        report_keep(r, x, "%s/t%zu/%s", set, l + 1, drift_report_number[i].name);
        fprintf(table, "%s\t%zu\t%s", set, l + 1, drift_report_number[i].name);
        number_columns(table, (const double[]){x.value, x.low, x.high, (double)x.n}, 4);
        fputc('\n', table);
    }
}
