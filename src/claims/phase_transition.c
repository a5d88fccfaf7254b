/* phase_transition.c -- claim ii: compression starts when the gradient turns from drift to diffusion.
 *
 * Finds the epoch at which the signal-to-noise ratio of each layer's gradient falls below 1, and
 * compares it with that of the peak of I(X;T) and that at which the training error is small.  A
 * second set of networks has the whole training set as one batch, so no noise: what compresses there
 * is not compressed by noise.  A grid of learning rates and mini-batches tells how the transition
 * depends on them, and which setting meets the rule of the recipe. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "die.h"
#include "drift.h"
#include "ensemble.h"
#include "fall.h"
#include "recipe.h"
#include "summary.h"

/*[ params ]*/
/* The grid. */
enum { RATES = 6, BATCHES = 3, SETTINGS = RATES * BATCHES };
static const double rate[RATES] = {.001, .002, .003, .005, .01, .02};
static const size_t batch[BATCHES] = {128, 256, 512};

static const struct params {
    size_t networks, epochs;
    size_t grid_networks, grid_epochs; /* of every setting of the grid */
    size_t resamples;                  /* of the bootstrap over networks */
    double original;                   /* transition, epochs, read off the original's Fig. 4 */
    struct drift_rule rule;            /* of claim ii */
    struct fall_rule compression;      /* of claim i, for the networks without noise */
} full = {.networks = 50,
          .epochs = 10000,
          .grid_networks = 20,
          .grid_epochs = 2500,
          .resamples = 10000,
          .original = 350.0,
          .rule = {.snr = 1.0, .networks = 0.9, .error = 0.05, .factor = 3.0, .layers = 2},
          .compression = {.bits = 0.5, .share = 0.5, .layers = 2}},
  /*[ end ]*/
    quick = {.networks = 6,
             .epochs = 2000,
             .grid_networks = 3,
             .grid_epochs = 500,
             .resamples = 1000,
             .original = 350.0,
             .rule = {.snr = 1.0, .networks = 0.9, .error = 0.05, .factor = 3.0, .layers = 2},
             .compression = {.bits = 0.5, .share = 0.5, .layers = 2}};

/* The sets of networks: the recipe, the same without noise, the settings of the grid. */
enum { NOISE, CONTROL, GRID, SETS = GRID + SETTINGS };
static const char *const set_name[GRID] = {"mini-batch", "full-batch"};

/* What is measured on one layer of one network; without noise, the first few. */
enum quantity {
    FALL,
    AFTER,
    PEAK,
    GROWTH,
    WITHOUT_NOISE,
    CROSSING = WITHOUT_NOISE,
    PASSED,
    BY_PEAK,
    BY_FITTED,
    LATE,
    LATE_BY_PEAK,
    LATE_BY_FITTED,
    LATE_ERROR,
    MEAN_START,
    MEAN_END,
    DEVIATION_START,
    DEVIATION_MOST,
    SNR_END,
    SETTLING,
    SPECTRAL_START,
    SPECTRAL_END,
    TRACE_START,
    TRACE_MOST,
    TRACE_CROSSING,
    QUANTITIES
};
static const struct summary_quantity quantity[QUANTITIES] = {
    [FALL] = {"fall", "%.2f", "mean fall of I(X;T) from its peak, bits", STATS_MEAN},
    [AFTER] = {"share-after", "%.3f", "median share of epochs after the peak", STATS_MEDIAN},
    [PEAK] = {"peak", "%.0f", "median epoch of the peak of I(X;T)", STATS_MEDIAN},
    [GROWTH] = {"growth", "%.2f", "mean growth of the weight norm, a factor", STATS_MEAN},
    [CROSSING] = {"crossing", "%.0f", "median epoch where the SNR falls below 1", STATS_MEDIAN},
    [PASSED] = {"passed", "%.2f", "share of networks where it does", STATS_MEAN},
    [BY_PEAK] = {"by-peak", "%.2f", "median of crossing over peak", STATS_MEDIAN},
    [BY_FITTED] = {"by-fitted", "%.2f", "median of crossing over small error", STATS_MEDIAN},
    [LATE] = {"late", "%.0f", "median epoch of the late crossing", STATS_MEDIAN},
    [LATE_BY_PEAK] = {"late-by-peak", "%.2f", "median of late crossing over peak", STATS_MEDIAN},
    [LATE_BY_FITTED] = {"late-by-fitted", "%.2f", "median of late crossing over small error",
                        STATS_MEDIAN},
    [LATE_ERROR] = {"late-error", "%.0f", "median training error then, percent", STATS_MEDIAN},
    [MEAN_START] = {"mean-start", "%.3f", "mean |mean|/|W|, start", STATS_MEAN},
    [MEAN_END] = {"mean-end", "%.4f", "mean |mean|/|W|, end", STATS_MEAN},
    [DEVIATION_START] = {"deviation-start", "%.4f", "mean |deviation|/|W|, start", STATS_MEAN},
    [DEVIATION_MOST] = {"deviation-most", "%.3f", "mean |deviation|/|W|, largest", STATS_MEAN},
    [SNR_END] = {"snr-end", "%.2f", "median SNR, end", STATS_MEDIAN},
    [SETTLING] = {"settling", "%.2f", "median SNR, end over octave before", STATS_MEDIAN},
    [SPECTRAL_START] = {"spectral-start", "%.3f", "mean |mean|/spectral norm, start", STATS_MEAN},
    [SPECTRAL_END] = {"spectral-end", "%.4f", "mean |mean|/spectral norm, end", STATS_MEAN},
    [TRACE_START] = {"trace-start", "%.5f", "mean |deviation|^2/spectral norm, start", STATS_MEAN},
    [TRACE_MOST] = {"trace-most", "%.4f", "mean |deviation|^2/spectral norm, largest", STATS_MEAN},
    [TRACE_CROSSING] = {"trace-crossing", "%.0f",
                        "median epoch where |mean| falls below "
                        "|deviation|^2",
                        STATS_MEDIAN}};

static const struct summary_plan plan = {quantity, QUANTITIES, .set_width = 10, .width = 14};

/* What is measured on a network as a whole. */
enum error { FITTED, TRAIN, TEST, ERRORS };
static const struct summary_quantity error[ERRORS] = {
    [FITTED] = {"fitted", "%.0f", "median epoch of a small training error", STATS_MEDIAN},
    [TRAIN] = {"train-error", "%.2f", "mean final error on the training set, percent", STATS_MEAN},
    [TEST] = {"test-error", "%.2f", "mean final error on the test set, percent", STATS_MEAN}};
static const struct summary_plan error_plan = {.quantity = error, .quantities = ERRORS};

/* Mean path of every layer of a set, a row per layer and epoch.  Norms of the gradient over the
 * weight norm; last the two of the original's program, which takes the trace of the covariance for
 * the deviation and the spectral norm of the weights. */
static void write_paths(FILE *f, const char *set, const struct run_record *record, size_t n)
{
    enum { I_XT, MEAN, DEVIATION, WEIGHTS, SPECTRAL_MEAN, TRACE, COLUMNS };
    for (size_t l = 0; l < record->layers; l++)
        for (size_t i = 0; i < record->rows; i++) {
            double x[COLUMNS][ENSEMBLE_MAX_NETWORKS];
            for (size_t k = 0; k < n; k++) {
                const struct run_row *row = &record[k].row[i];
                const struct train_gradient g = row->gradient[l];
                x[I_XT][k] = row->information[l].i_xt;
                x[MEAN][k] = g.mean / row->weight_norm[l];
                x[DEVIATION][k] = g.deviation / row->weight_norm[l];
                x[WEIGHTS][k] = row->weight_norm[l];
                x[SPECTRAL_MEAN][k] = g.mean / row->spectral_norm[l];
                x[TRACE][k] = g.deviation * g.deviation / row->spectral_norm[l];
            }
            fprintf(f, "%s\t%zu\t%zu\t%.9g\t%.9g", set, l + 1, record->row[i].epoch,
                    stats_mean(x[I_XT], n), stats_se(x[I_XT], n));
            for (size_t c = MEAN; c < COLUMNS; c++)
                fprintf(f, "\t%.9g", stats_mean(x[c], n));
            fputc('\n', f);
        }
}

/* Measures layer l of all networks of a set. */
static void measure_layer(struct summary *layer, const struct run_record *record, size_t l,
                          const struct params *p)
{
    for (size_t k = 0; k < p->networks; k++) {
        const struct drift d = drift_of(&record[k], l, &p->rule);
        const struct fall m = fall_of(&record[k], l);
        layer->value[FALL][k] = m.fall;
        layer->value[AFTER][k] = m.share_after;
        layer->value[PEAK][k] = d.peak;
        layer->value[GROWTH][k] = d.growth;
        layer->value[CROSSING][k] = d.crossing;
        layer->value[PASSED][k] = isfinite(d.crossing) ? 1.0 : 0.0;
        layer->value[BY_PEAK][k] = d.by_peak;
        layer->value[BY_FITTED][k] = d.by_fitted;
        layer->value[LATE][k] = d.late;
        layer->value[LATE_BY_PEAK][k] = d.late_by_peak;
        layer->value[LATE_BY_FITTED][k] = d.late_by_fitted;
        layer->value[LATE_ERROR][k] = 100.0 * d.late_error;
        layer->value[MEAN_START][k] = d.mean_start;
        layer->value[MEAN_END][k] = d.mean_end;
        layer->value[DEVIATION_START][k] = d.deviation_start;
        layer->value[DEVIATION_MOST][k] = d.deviation_most;
        layer->value[SNR_END][k] = d.snr_end;
        layer->value[SETTLING][k] = d.settling;
        layer->value[SPECTRAL_START][k] = d.spectral_start;
        layer->value[SPECTRAL_END][k] = d.spectral_end;
        layer->value[TRACE_START][k] = d.trace_start;
        layer->value[TRACE_MOST][k] = d.trace_most;
        layer->value[TRACE_CROSSING][k] = d.trace_crossing;
    }
}

/* What compares layer l across its networks and with the set without noise, whose network k has the
 * same start, labels and training set as network k of the recipe. */
static void compare_layer(struct report *r, size_t l, const struct summary *noise,
                          const struct summary *control, const struct params *p)
{
    double change[ENSEMBLE_MAX_NETWORKS];
    for (size_t k = 0; k < p->networks; k++)
        change[k] = control->value[FALL][k] - noise->value[FALL][k];
    report_interval(r, stats_bootstrap(change, p->networks, STATS_MEAN, p->resamples, 1), "%+.2f",
                    "mean change of the fall when the noise is taken away, bits",
                    "t%zu/fall-change", l + 1);
    const struct {
        const char *name, *meaning;
        const double *x;
    } with_peak[] = {
        {"correlation", "rank correlation of crossing and peak", noise->value[CROSSING]},
        {"late-correlation", "rank correlation of late crossing and peak", noise->value[LATE]},
        {"peak-correlation", "rank correlation of the peak without and with noise",
         control->value[PEAK]},
    };
    for (size_t i = 0; i < sizeof with_peak / sizeof *with_peak; i++)
        report_interval(r,
                        stats_bootstrap_pairs(with_peak[i].x, noise->value[PEAK], p->networks,
                                              STATS_RANK_CORRELATION, p->resamples, 1),
                        "%.2f", with_peak[i].meaning, "t%zu/%s", l + 1, with_peak[i].name);
}

/* When the training error of a set becomes small, and the final error rates, percent. */
static void measure_error(struct report *r, const char *set, const struct run_record *record,
                          const struct params *p)
{
    static struct summary x;
    summary_init(&x, &error_plan, set, SUMMARY_NETWORK, p->networks, p->resamples);
    for (size_t k = 0; k < p->networks; k++) {
        const struct run_row *end = &record[k].row[record[k].rows - 1];
        x.value[FITTED][k] = drift_of(&record[k], 0, &p->rule).fitted;
        x.value[TRAIN][k] = 100.0 * (1.0 - end->train_accuracy);
        x.value[TEST][k] = 100.0 * (1.0 - end->test_accuracy);
    }
    summary_report(&x, r);
    printf("%-10s the training error is small after %.0f epochs\n", set, x.over[FITTED].value);
}

/* The transition of setting s: the median over its networks and their hidden layers of the crossing;
 * passed: the share of these that cross at all. */
static struct stats_interval transition_of(double *passed, struct ensemble *e, size_t s,
                                           size_t hidden, const struct params *p)
{
    static struct run_record record;
    double crossing[ENSEMBLE_MAX_NETWORKS * NET_MAX_LAYERS]; /* (networks, hidden) */
    size_t finite = 0;
    for (size_t k = 0; k < p->grid_networks; k++) {
        ensemble_read(&record, e, GRID + s, k);
        for (size_t l = 0; l < hidden; l++) {
            crossing[k * hidden + l] = drift_of(&record, l, &p->rule).crossing;
            finite += isfinite(crossing[k * hidden + l]) != 0;
        }
    }
    *passed = (double)finite / (double)(p->grid_networks * hidden);
    return stats_bootstrap_groups(crossing, p->grid_networks, hidden, p->resamples, 1);
}

/* The transition of every setting of the grid, and where it is nearest to the original's. */
static void measure_grid(struct report *r, struct ensemble *e, size_t hidden,
                         const struct params *p)
{
    struct stats_interval transition[SETTINGS + 1];
    struct file f;
    report_table(r, &f, "_settings", "rate\tbatch\tcrossing\tlow\thigh\tpassed");
    for (size_t s = 0; s < SETTINGS; s++) {
        const double of_rate = rate[s / BATCHES];
        const size_t of_batch = batch[s % BATCHES];
        double passed;
        transition[s] = transition_of(&passed, e, s, hidden, p);
        report_interval(r, transition[s], "%.0f", "median crossing over networks and hidden layers",
                        "rate-%g/batch-%zu/crossing", of_rate, of_batch);
        report_number(r, passed, "%.2f", "share of networks and hidden layers that cross",
                      "rate-%g/batch-%zu/passed", of_rate, of_batch);
        fprintf(f.stream, "%g\t%zu\t%.9g\t%.9g\t%.9g\t%.9g\n", of_rate, of_batch,
                transition[s].value, transition[s].low, transition[s].high, passed);
        printf("rate %5g batch %3zu: transition %5.0f [%5.0f, %5.0f], %3.0f %% cross\n", of_rate,
               of_batch, transition[s].value, transition[s].low, transition[s].high,
               100.0 * passed);
    }
    file_commit(&f);
    transition[SETTINGS] = (struct stats_interval){NAN, NAN, NAN}; /* if none crosses */
    const size_t s = drift_nearest(transition, SETTINGS, p->original);
    const double of_rate = s < SETTINGS ? rate[s / BATCHES] : (double)NAN;
    const double of_batch = s < SETTINGS ? (double)batch[s % BATCHES] : (double)NAN;
    report_number(r, of_rate, "%g", "rate of the setting nearest the original", "nearest/rate");
    report_number(r, of_batch, "%.0f", "its samples of a mini-batch", "nearest/batch");
    report_interval(r, transition[s], "%.0f", "its transition", "nearest/crossing");
    printf("nearest to %.0f: rate %g, batch %.0f\n", p->original, of_rate, of_batch);
}

static void report_params(struct report *r, const struct run_config *config, const struct params *p)
{
    recipe_report(r, &config[NOISE], p->networks);
    report_number(r, config[CONTROL].rate, "%g", "rate without noise", "param.full-batch-rate");
    report_number(r, (double)p->grid_networks, "%.0f", "networks of a setting",
                  "param.grid-networks");
    report_number(r, (double)p->grid_epochs, "%.0f", "epochs of a setting", "param.grid-epochs");
    report_number(r, p->original, "%.0f", "transition in the original", "param.original");
    report_number(r, 100.0 * p->rule.networks, "%.0f", "least networks, percent", "param.passed");
    report_number(r, 100.0 * p->rule.error, "%.0f", "small error, percent", "param.error");
    report_number(r, p->rule.factor, "%.0f", "factor within which epochs agree", "param.factor");
    report_number(r, p->compression.bits, "%.1f", "least fall, bits", "param.compressed-bits");
}

/* The three verdicts. */
static void judge(struct report *r, struct summary layer[GRID][NET_MAX_LAYERS], size_t hidden,
                  const struct params *p)
{
    size_t passed[NET_MAX_LAYERS] = {0};
    struct stats_interval by_peak[NET_MAX_LAYERS], by_fitted[NET_MAX_LAYERS];
    struct stats_interval fall[NET_MAX_LAYERS], after[NET_MAX_LAYERS]; /* without noise */
    for (size_t l = 0; l < hidden; l++)
        for (size_t k = 0; k < p->networks; k++)
            passed[l] += layer[NOISE][l].value[PASSED][k] > 0.0;
    summary_over(by_peak, layer[NOISE], hidden, BY_PEAK);
    summary_over(by_fitted, layer[NOISE], hidden, BY_FITTED);
    summary_over(fall, layer[CONTROL], hidden, FALL);
    summary_over(after, layer[CONTROL], hidden, AFTER);
    const enum verdict without_noise = fall_verdict(fall, after, hidden, &p->compression);
    verdict_report(r, drift_verdict_crossing(passed, p->networks, hidden, &p->rule),
                   "verdict-crossing",
                   "the gradient of every hidden layer turns from drift to diffusion");
    verdict_report(r, drift_verdict_timing(by_peak, by_fitted, hidden, &p->rule), "verdict-timing",
                   "it turns when compression starts and when the training error becomes small");
    verdict_report(r, without_noise, "full-batch/verdict",
                   "without noise, the last hidden layers compress for most of the training");
    verdict_report(r, fall_without_noise(without_noise), "verdict-cause",
                   "the noise of the gradient is the cause of compression");
}

int main(int argc, char **argv)
{
    struct cli cli;
    cli_parse(&cli, argc, argv, "phase_transition",
              "Claim ii: compression starts when the gradient turns from drift to diffusion.");
    const struct params *p = cli.scale == CLI_FULL ? &full : &quick;

    /* Train. */
    const double share = 0.85; /* of the patterns, in the original's main experiment */
    struct run_config config[SETS];
    size_t networks_of[SETS] = {[NOISE] = p->networks, [CONTROL] = p->networks};
    config[NOISE] = recipe_described(share, p->epochs);
    config[CONTROL] = recipe_full_batch(share, p->epochs);
    for (size_t s = 0; s < SETTINGS; s++) {
        config[GRID + s] = recipe_described(share, p->grid_epochs);
        config[GRID + s].rate = rate[s / BATCHES];
        config[GRID + s].batch = batch[s % BATCHES];
        networks_of[GRID + s] = p->grid_networks;
    }
    struct ensemble ensemble;
    ensemble_init(&ensemble, &cli, config, networks_of, SETS);
    if (!ensemble_fill(&ensemble))
        return 0;

    /* Measure. */
    const size_t layers = config[NOISE].layers, hidden = layers - 1;
    struct run_record *record = malloc(p->networks * sizeof *record);
    struct summary(*layer)[NET_MAX_LAYERS] = malloc(GRID * sizeof *layer);
    if (!record || !layer)
        die("memory is short");
    struct file paths, networks;
    struct report report;
    report_open(&report, &cli);
    report_params(&report, config, p);
    report_table(&report, &paths, "",
                 "set\tlayer\tepoch\ti_xt\ti_xt_se\tmean\tdeviation\tweight_norm\tspectral_mean\t"
                 "trace");
    summary_table(&networks, &report, &plan);
    summary_heading(&plan);
    for (size_t s = NOISE; s <= CONTROL; s++) {
        ensemble_read_all(record, &ensemble, s);
        write_paths(paths.stream, set_name[s], record, p->networks);
        measure_error(&report, set_name[s], record, p);
        for (size_t l = 0; l < layers; l++) {
            struct summary *x = &layer[s][l];
            summary_init(x, &plan, set_name[s], l, p->networks, p->resamples);
            x->asked = s == NOISE ? QUANTITIES : WITHOUT_NOISE;
            measure_layer(x, record, l, p);
            summary_write(x, &report, networks.stream);
        }
    }
    file_commit(&paths);
    file_commit(&networks);
    for (size_t l = 0; l < layers; l++)
        compare_layer(&report, l, &layer[NOISE][l], &layer[CONTROL][l], p);
    measure_grid(&report, &ensemble, hidden, p);

    /* Judge. */
    judge(&report, layer, hidden, p);
    report_close(&report);
    free(layer);
    free(record);
    ensemble_free(&ensemble);
    return 0;
}
