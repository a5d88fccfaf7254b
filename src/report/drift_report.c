#include "drift_report.h"

#include <stddef.h>

#include "drift.h"

#define AT(member) offsetof(struct drift, member)

static const struct summary_quantity quantity[] = {
    {"fall", "%.2f", "mean fall of I(X;T) from its peak, bits", STATS_MEAN, AT(fall)},
    {"share-after", "%.3f", "median share of epochs after the peak", STATS_MEDIAN, AT(share_after)},
    {"peak", "%.0f", "median epoch of the peak of I(X;T)", STATS_MEDIAN, AT(peak)},
    {"growth", "%.2f", "mean growth of the weight norm, a factor", STATS_MEAN, AT(growth)},
    {"crossing", "%.0f", "median epoch where the SNR falls below 1", STATS_MEDIAN, AT(crossing)},
    {"passed", "%.2f", "share of networks where it does", STATS_MEAN, AT(passed)},
    {"by-peak", "%.2f", "median of crossing over peak", STATS_MEDIAN, AT(by_peak)},
    {"by-fitted", "%.2f", "median of crossing over small error", STATS_MEDIAN, AT(by_fitted)},
    {"late", "%.0f", "median epoch of the late crossing", STATS_MEDIAN, AT(late)},
    {"late-by-peak", "%.2f", "median of late crossing over peak", STATS_MEDIAN, AT(late_by_peak)},
    {"late-by-fitted", "%.2f", "median of late crossing over small error", STATS_MEDIAN,
     AT(late_by_fitted)},
    {"late-error", "%.0f", "median training error then, percent", STATS_MEDIAN, AT(late_error)},
    {"mean-start", "%.3f", "mean |mean|/|W|, start", STATS_MEAN, AT(mean_start)},
    {"mean-end", "%.4f", "mean |mean|/|W|, end", STATS_MEAN, AT(mean_end)},
    {"deviation-start", "%.4f", "mean |deviation|/|W|, start", STATS_MEAN, AT(deviation_start)},
    {"deviation-most", "%.3f", "mean |deviation|/|W|, largest", STATS_MEAN, AT(deviation_most)},
    {"snr-end", "%.2f", "median SNR, end", STATS_MEDIAN, AT(snr_end)},
    {"settling", "%.2f", "median SNR, end over octave before", STATS_MEDIAN, AT(settling)},
    {"spectral-start", "%.3f", "mean |mean|/spectral norm, start", STATS_MEAN, AT(spectral_start)},
    {"spectral-end", "%.4f", "mean |mean|/spectral norm, end", STATS_MEAN, AT(spectral_end)},
    {"trace-start", "%.5f", "mean |deviation|^2/spectral norm, start", STATS_MEAN, AT(trace_start)},
    {"trace-most", "%.4f", "mean |deviation|^2/spectral norm, largest", STATS_MEAN, AT(trace_most)},
    {"trace-crossing", "%.0f", "median epoch where |mean| falls below |deviation|^2", STATS_MEDIAN,
     AT(trace_crossing)},
};

const struct summary_plan drift_report_plan = {quantity, REPORT_LENGTH(quantity), 10, 14};

static const struct summary_quantity error_quantity[] = {
    {"fitted", "%.0f", "median epoch of a small training error", STATS_MEDIAN,
     offsetof(struct drift_error, fitted)},
    {"train-error", "%.2f", "mean final error on the training set, percent", STATS_MEAN,
     offsetof(struct drift_error, train)},
    {"test-error", "%.2f", "mean final error on the test set, percent", STATS_MEAN,
     offsetof(struct drift_error, test)},
};

const struct summary_plan drift_report_error_plan = {error_quantity, REPORT_LENGTH(error_quantity),
                                                     0, 0};
