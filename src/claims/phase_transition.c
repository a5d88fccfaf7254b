/* phase_transition.c -- claim ii: compression starts when the gradient turns from drift to diffusion.
 *
 * Finds the epoch at which the signal-to-noise ratio of each layer's gradient falls below 1, and
 * compares it with that of the peak of I(X;T) and that at which the training error is small.  A
 * second set of networks has the whole training set as one batch, so no noise: what compresses there
 * is not compressed by noise.  A grid of learning rates and mini-batches tells how the transition
 * depends on them, and which setting meets the rule of the recipe. */
#include <math.h>

#include "drift.h"
#include "drift_report.h"
#include "fall.h"
#include "frame.h"
#include "number.h"
#include "recipe.h"
#include "rules.h"

/*[ params ]*/
static const struct params {
    size_t networks, epochs;
    size_t grid_networks, grid_epochs; /* of every setting of the grid */
    size_t resamples;                  /* of the bootstrap over networks */
} params[] = {
    [CLI_FULL] = {.networks = 50,
                  .epochs = 10000,
                  .grid_networks = 20,
                  .grid_epochs = 2500,
                  .resamples = 10000},
    [CLI_QUICK] =
        {.networks = 6, .epochs = 2000, .grid_networks = 3, .grid_epochs = 500, .resamples = 1000},
};
static const double original = 350.0; /* transition, epochs, read off the original's Fig. 4 */

/* The grid. */
enum { RATES = 6, BATCHES = 3, SETTINGS = RATES * BATCHES };
static const double rate[RATES] = {.001, .002, .003, .005, .01, .02};
static const size_t batch[BATCHES] = {128, 256, 512};
/*[ end ]*/

static const struct frame_claim claim = {
    .name = "phase_transition",
    .purpose = "Claim ii: compression starts when the gradient turns from drift to diffusion.",
    .table = {{"phase_transition", "set\tlayer\tepoch\ti_xt\ti_xt_se\tmean\tdeviation\t"
                                   "weight_norm\tspectral_mean\ttrace"},
              {"phase_transition_networks", NULL},
              {"phase_transition_settings", "rate\tbatch\tcrossing\tlow\thigh\tpassed"}},
};

/* The sets of networks: the recipe, the same without noise, the settings of the grid. */
enum { NOISE, CONTROL, GRID, SETS = GRID + SETTINGS };

/* The columns of the mean paths.  Norms of the gradient over the weight norm; last the two of the
 * original's program. */
static const struct course_column column[] = {
    {COURSE_I_XT, COURSE_OVER_MEAN},          {COURSE_I_XT, COURSE_OVER_SE},
    {COURSE_MEAN, COURSE_OVER_MEAN},          {COURSE_DEVIATION, COURSE_OVER_MEAN},
    {COURSE_WEIGHTS, COURSE_OVER_MEAN},       {COURSE_SPECTRAL_MEAN, COURSE_OVER_MEAN},
    {COURSE_SPECTRAL_TRACE, COURSE_OVER_MEAN}};

/* What compares a layer across its networks and with the set without noise, whose network k has the
 * same start, labels and training set as network k of the recipe. */
static void compare_layer(struct report *r, const struct summary *noise,
                          const struct summary *control)
{
    const size_t layer = noise->layer + 1;
    report_interval(r, summary_difference(control, noise, "fall"), "%+.2f",
                    "mean change of the fall when the noise is taken away, bits",
                    "t%zu/fall-change", layer);
    report_interval(r, summary_correlation(noise, "crossing", noise, "peak"), "%.2f",
                    "rank correlation of crossing and peak", "t%zu/correlation", layer);
    report_interval(r, summary_correlation(noise, "late", noise, "peak"), "%.2f",
                    "rank correlation of late crossing and peak", "t%zu/late-correlation", layer);
    report_interval(r, summary_correlation(control, "peak", noise, "peak"), "%.2f",
                    "rank correlation of the peak without and with noise", "t%zu/peak-correlation",
                    layer);
}

/* The transition of every setting of the grid, and where it is nearest to the original's. */
static void measure_grid(struct frame *f)
{
    struct stats_interval transition[SETTINGS + 1];
    FILE *settings = frame_table(f, "phase_transition_settings");
    for (size_t s = 0; s < SETTINGS; s++) {
        const struct config *c = &f->set[GRID + s].config;
        double passed;
        const struct stats_interval x = transition[s] =
            drift_transition(&passed, frame_read(f, GRID + s), f->set[GRID + s].networks,
                             &rules.drift, f->resamples, 1);
        report_interval(&f->report, x, "%.0f", "median crossing over networks and hidden layers",
                        "rate-%g/batch-%zu/crossing", c->rate, c->batch);
        report_number(&f->report, passed, "%.2f", "share of networks and hidden layers that cross",
                      "rate-%g/batch-%zu/passed", c->rate, c->batch);
        fprintf(settings, "%g\t%zu", c->rate, c->batch);
        number_columns(settings, (const double[]){x.value, x.low, x.high, passed}, 4);
        fputc('\n', settings);
        printf("rate %5g batch %3zu: transition %5.0f [%5.0f, %5.0f], %3.0f %% cross\n", c->rate,
               c->batch, x.value, x.low, x.high, 100.0 * passed);
    }
    transition[SETTINGS] = stats_exact(NAN); /* if none crosses */
    const size_t s = drift_nearest(transition, SETTINGS, original);
    const double of_rate = s < SETTINGS ? rate[s / BATCHES] : (double)NAN;
    const double of_batch = s < SETTINGS ? (double)batch[s % BATCHES] : (double)NAN;
    const struct report_entry nearest[] = {
        {of_rate, "%g", "rate of the setting nearest the original", "rate"},
        {of_batch, "%.0f", "its samples of a mini-batch", "batch"}};
    report_entries(&f->report, nearest, REPORT_LENGTH(nearest), "nearest/");
    report_interval(&f->report, transition[s], "%.0f", "its transition", "nearest/crossing");
    printf("nearest to %.0f: rate %g, batch %.0f\n", original, of_rate, of_batch);
}

static void report_params(struct frame *f, const struct params *p)
{
    const struct report_entry param[] = {
        {f->set[CONTROL].config.rate, "%g", "rate without noise", "full-batch-rate"},
        {(double)p->grid_networks, "%.0f", "networks of a setting", "grid-networks"},
        {(double)p->grid_epochs, "%.0f", "epochs of a setting", "grid-epochs"},
        {original, "%.0f", "transition in the original", "original"},
        {100.0 * rules.drift.networks, "%.0f", "least networks, percent", "passed"},
        {100.0 * rules.drift.error, "%.0f", "small error, percent", "error"},
        {rules.drift.factor, "%.0f", "factor within which epochs agree", "factor"},
        {rules.fall.bits, "%.1f", "least fall, bits", "compressed-bits"}};
    frame_params(f, NOISE);
    report_entries(&f->report, param, REPORT_LENGTH(param), "param.");
}

int main(int argc, char **argv)
{
    struct frame *f = frame_open(&claim, argc, argv);
    const struct params *p = &params[f->cli.scale];
    struct report *r = &f->report;

    /* Train. */
    const double share = 0.85; /* of the patterns, in the original's main experiment */
    struct frame_set set[SETS] = {
        [NOISE] = {"mini-batch", recipe_described(share, p->epochs), p->networks},
        [CONTROL] = {"full-batch", recipe_full_batch(share, p->epochs), p->networks},
    };
    for (size_t s = 0; s < SETTINGS; s++) {
        struct frame_set *setting = &set[GRID + s];
        *setting = (struct frame_set){.config = recipe_described(share, p->grid_epochs),
                                      .networks = p->grid_networks};
        setting->config.rate = rate[s / BATCHES];
        setting->config.batch = batch[s % BATCHES];
    }
    frame_sets(f, set, SETS, p->resamples);
    if (!frame_train(f))
        return frame_close(f);

    /* Measure. */
    const size_t layers = set[NOISE].config.layers, hidden = layers - 1;
    FILE *paths = frame_table(f, "phase_transition");
    FILE *networks = frame_table(f, "phase_transition_networks");
    struct summary *layer[GRID][NET_MAX_LAYERS];
    report_params(f, p);
    summary_columns(networks, &drift_report_plan);
    summary_heading(&drift_report_plan);
    for (size_t s = NOISE; s <= CONTROL; s++) {
        const struct run_record *record = frame_read(f, s);
        for (size_t l = 0; l < layers; l++)
            for (size_t i = 0; i < record->rows; i++) {
                fprintf(paths, "%s\t%zu\t%zu", set[s].name, l + 1, record->row[i].epoch);
                frame_path(paths, record, p->networks, i, l, column, REPORT_LENGTH(column));
            }
        struct summary *error = frame_summary(f, &drift_report_error_plan, s, SUMMARY_NETWORK);
        for (size_t k = 0; k < p->networks; k++) {
            const struct drift_error m = drift_error_of(&record[k], &rules.drift);
            summary_put(error, k, &m);
        }
        summary_report(error, r);
        printf("%-10s the training error is small after %.0f epochs\n", set[s].name,
               summary_interval(error, "fitted").value);
        for (size_t l = 0; l < layers; l++) {
            struct summary *x = layer[s][l] = frame_summary(f, &drift_report_plan, s, l);
            x->asked = s == NOISE ? x->asked : DRIFT_REPORT_WITHOUT_NOISE;
            for (size_t k = 0; k < p->networks; k++) {
                const struct drift m = drift_of(&record[k], l, &rules.drift);
                summary_put(x, k, &m);
            }
            summary_write(x, r, networks);
        }
    }
    for (size_t l = 0; l < layers; l++)
        compare_layer(r, layer[NOISE][l], layer[CONTROL][l]);
    measure_grid(f);

    /* Judge. */
    size_t passed[NET_MAX_LAYERS] = {0};
    struct stats_interval by_peak[NET_MAX_LAYERS], by_fitted[NET_MAX_LAYERS];
    struct stats_interval fall[NET_MAX_LAYERS], after[NET_MAX_LAYERS]; /* without noise */
    for (size_t l = 0; l < hidden; l++)
        for (size_t k = 0; k < p->networks; k++)
            passed[l] += summary_values(layer[NOISE][l], "passed")[k] > 0.0;
    summary_over(by_peak, layer[NOISE], hidden, "by-peak");
    summary_over(by_fitted, layer[NOISE], hidden, "by-fitted");
    summary_over(fall, layer[CONTROL], hidden, "fall");
    summary_over(after, layer[CONTROL], hidden, "share-after");
    const enum verdict without_noise = fall_verdict(fall, after, hidden, &rules.fall);
    report_verdict(r, drift_verdict_crossing(passed, p->networks, hidden, &rules.drift),
                   "verdict-crossing",
                   "the gradient of every hidden layer turns from drift to diffusion");
    report_verdict(r, drift_verdict_timing(by_peak, by_fitted, hidden, &rules.drift),
                   "verdict-timing",
                   "it turns when compression starts and when the training error becomes small");
    report_verdict(r, without_noise, "full-batch/verdict",
                   "without noise, the last hidden layers compress for most of the training");
    report_verdict(r, fall_without_noise(without_noise), "verdict-cause",
                   "the noise of the gradient is the cause of compression");
    return frame_close(f);
}
