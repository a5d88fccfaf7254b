/* compression.c -- claim i: most epochs of training go to compression of the input.
 *
 * Trains the recipe of the original's text at three training sizes, follows every layer in the
 * information plane, and measures how far I(X;T) falls from its peak, when, and what becomes of
 * I(T;Y) meanwhile.  A fourth set has 5 % of the patterns in a single batch, to show what the size
 * of the mini-batch has to do with it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "die.h"
#include "ensemble.h"
#include "fall.h"
#include "path.h"
#include "recipe.h"
#include "summary.h"

/*[ params ]*/
static const struct params {
    size_t networks, epochs;
    size_t resamples;      /* of the bootstrap over networks */
    size_t moment[3];      /* epochs of the first figure; the original's: 0, 400, 9000 */
    struct fall_rule rule; /* of claim i: bits, share of epochs, last hidden layers */
} full = {.networks = 50,
          .epochs = 10000,
          .resamples = 10000,
          .moment = {0, 400, 9000},
          .rule = {.bits = 0.5, .share = 0.5, .layers = 2}},
  /*[ end ]*/
    quick = {.networks = 6,
             .epochs = 2000,
             .resamples = 1000,
             .moment = {0, 400, 2000},
             .rule = {.bits = 0.5, .share = 0.5, .layers = 2}};

/* The sets of networks: share of the patterns that is trained on, and the name in keys. */
enum { LARGE, MIDDLE, SMALL, SMALL_ONE_BATCH, SETS };
static const double share[SETS] = {0.85, 0.45, 0.05, 0.05};
static const char *const set_name[SETS] = {"p85", "p45", "p05", "p05-one-batch"};

/* What is measured on one layer of one network. */
enum quantity { PEAK, FINAL, FALL, PEAK_EPOCH, SHARE_AFTER, CHANGE, LOST, QUANTITIES };
static const struct summary_quantity quantity[QUANTITIES] = {
    [PEAK] = {"peak", "%.2f", "mean peak of I(X;T), bits", STATS_MEAN},
    [FINAL] = {"final", "%.2f", "mean final I(X;T), bits", STATS_MEAN},
    [FALL] = {"fall", "%.2f", "mean fall of I(X;T) from its peak, bits", STATS_MEAN},
    [PEAK_EPOCH] = {"peak-epoch", "%.0f", "median epoch of the peak of I(X;T)", STATS_MEDIAN},
    [SHARE_AFTER] = {"share-after", "%.3f", "median share of epochs after the peak", STATS_MEDIAN},
    [CHANGE] = {"change", "%+.3f", "mean change of I(T;Y) after that peak, bits", STATS_MEAN},
    [LOST] = {"lost", "%.3f", "mean loss of I(T;Y) from its own maximum, bits", STATS_MEAN}};

static const struct summary_plan plan = {quantity, QUANTITIES, .set_width = 14, .width = 11};

/* Mean path of every layer of a set, a row per layer and epoch; and the point of it where the
 * median signal-to-noise ratio of the gradient falls below 1. */
static void write_paths(FILE *f, FILE *crossing, const char *set, const struct run_record *record,
                        size_t n)
{
    for (size_t l = 0; l < record->layers; l++) {
        double ratio[RUN_MAX_ROWS], i_xt[RUN_MAX_ROWS], i_ty[RUN_MAX_ROWS];
        for (size_t i = 0; i < record->rows; i++) {
            double x[ENSEMBLE_MAX_NETWORKS], y[ENSEMBLE_MAX_NETWORKS], snr[ENSEMBLE_MAX_NETWORKS];
            for (size_t k = 0; k < n; k++) {
                const struct run_row *row = &record[k].row[i];
                x[k] = row->information[l].i_xt;
                y[k] = row->information[l].i_ty;
                snr[k] = row->gradient[l].mean / row->gradient[l].deviation;
            }
            i_xt[i] = stats_mean(x, n);
            i_ty[i] = stats_mean(y, n);
            ratio[i] = stats_median(snr, n);
            fprintf(f, "%s\t%zu\t%zu\t%.9g\t%.9g\t%.9g\t%.9g\t%.9g\n", set, l + 1,
                    record->row[i].epoch, i_xt[i], stats_se(x, n), i_ty[i], stats_se(y, n),
                    ratio[i]);
        }
        const size_t c = path_falls_below(ratio, record->rows, 1.0);
        if (c < record->rows)
            fprintf(crossing, "%s\t%zu\t%zu\t%.9g\t%.9g\n", set, l + 1, record->row[c].epoch,
                    i_xt[c], i_ty[c]);
    }
}

/* Every network at three moments. */
static void write_moments(FILE *f, const size_t moment[3], const struct run_record *record,
                          size_t n)
{
    for (size_t i = 0; i < record->rows; i++) {
        const size_t epoch = record->row[i].epoch;
        if (epoch != moment[0] && epoch != moment[1] && epoch != moment[2])
            continue;
        for (size_t l = 0; l < record->layers; l++)
            for (size_t k = 0; k < n; k++)
                fprintf(f, "%zu\t%zu\t%zu\t%.9g\t%.9g\n", epoch, l + 1, k,
                        record[k].row[i].information[l].i_xt, record[k].row[i].information[l].i_ty);
    }
}

/* Measures layer l of all networks of a set. */
static void measure_layer(struct summary *layer, const struct run_record *record, size_t l,
                          size_t n)
{
    for (size_t k = 0; k < n; k++) {
        const struct fall m = fall_of(&record[k], l);
        layer->value[PEAK][k] = m.peak;
        layer->value[FINAL][k] = m.final;
        layer->value[FALL][k] = m.fall;
        layer->value[PEAK_EPOCH][k] = m.peak_epoch;
        layer->value[SHARE_AFTER][k] = m.share_after;
        layer->value[CHANGE][k] = m.change;
        layer->value[LOST][k] = m.lost;
    }
}

int main(int argc, char **argv)
{
    struct cli cli;
    cli_parse(&cli, argc, argv, "compression",
              "Claim i: most epochs of training go to compression of the input.");
    const struct params *p = cli.scale == CLI_FULL ? &full : &quick;

    /* Train. */
    struct run_config config[SETS];
    size_t networks_of[SETS];
    for (size_t s = 0; s < SETS; s++) {
        config[s] = recipe_described(share[s], p->epochs);
        networks_of[s] = p->networks;
    }
    config[SMALL_ONE_BATCH].batch = 0;
    struct ensemble ensemble;
    ensemble_init(&ensemble, &cli, config, networks_of, SETS);
    if (!ensemble_fill(&ensemble))
        return 0;

    /* Measure. */
    const size_t layers = config[LARGE].layers, hidden = layers - 1;
    struct run_record *record = malloc(p->networks * sizeof *record);
    struct summary(*layer)[NET_MAX_LAYERS] = malloc(SETS * sizeof *layer);
    if (!record || !layer)
        die("memory is short");
    struct file paths, crossings, moments, networks;
    struct report report;
    report_open(&report, &cli);
    recipe_report(&report, &config[LARGE], p->networks);
    report_table(&report, &paths, "", "set\tlayer\tepoch\ti_xt\ti_xt_se\ti_ty\ti_ty_se\tsnr");
    report_table(&report, &crossings, "_crossings", "set\tlayer\tepoch\ti_xt\ti_ty");
    report_table(&report, &moments, "_moments", "epoch\tlayer\tnetwork\ti_xt\ti_ty");
    summary_table(&networks, &report, &plan);
    summary_heading(&plan);
    for (size_t s = 0; s < SETS; s++) {
        ensemble_read_all(record, &ensemble, s);
        write_paths(paths.stream, crossings.stream, set_name[s], record, p->networks);
        if (s == LARGE)
            write_moments(moments.stream, p->moment, record, p->networks);
        for (size_t l = 0; l < layers; l++) {
            struct summary *x = &layer[s][l];
            summary_init(x, &plan, set_name[s], l, p->networks, p->resamples);
            measure_layer(x, record, l, p->networks);
            summary_write(x, &report, networks.stream);
        }
    }
    file_commit(&paths);
    file_commit(&crossings);
    file_commit(&moments);
    file_commit(&networks);

    /* Judge. */
    struct stats_interval fall[NET_MAX_LAYERS], after[NET_MAX_LAYERS];
    summary_over(fall, layer[LARGE], hidden, FALL);
    summary_over(after, layer[LARGE], hidden, SHARE_AFTER);
    report_number(&report, p->rule.bits, "%.1f", "least fall of I(X;T), bits",
                  "param.compressed-bits");
    verdict_report(&report, fall_verdict(fall, after, hidden, &p->rule), "verdict",
                   "the last hidden layers compress for most of the training");
    verdict_report(&report,
                   fall_overfitting(layer[SMALL][hidden - 1].over[CHANGE],
                                    layer[LARGE][hidden - 1].over[CHANGE]),
                   "verdict-overfitting", "compression loses the label at 5 %, not at 85 %");
    report_close(&report);
    free(layer);
    free(record);
    ensemble_free(&ensemble);
    return 0;
}
