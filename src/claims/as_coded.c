/* as_coded.c -- the recipe of the original's program, against the values stored with it.
 *
 * Trains networks by the program's recipe: Adam, one batch an epoch, the hard rule.  Compares them,
 * cell by cell, with the information and the accuracy of the original's 20 networks; then asks claim i
 * of them, and what is left of claim ii in networks whose gradient has no noise.  A second, larger set
 * has initial weights only, and tells whether these are drawn as the original's were. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "die.h"
#include "ensemble.h"
#include "fall.h"
#include "published.h"
#include "recipe.h"
#include "summary.h"

/*[ params ]*/
static const struct params {
    size_t networks, epochs;
    size_t initial;               /* networks of the second set, which are not trained */
    size_t resamples;             /* of the bootstrap over networks */
    double rounding;              /* step of the published digits */
    struct published_rule agree;  /* standard errors, and shares of the cells */
    struct fall_rule compression; /* as in claim i: bits, share of epochs, last hidden layers */
    double small_error;           /* share of the training set that is wrong when fitting is done */
} full = {.networks = 50,
          .epochs = 10000,
          .initial = 200,
          .resamples = 10000,
          .rounding = 0.001,
          .agree = {.errors = 2.0, .reproduced = 0.9, .partly = 0.7},
          .compression = {.bits = 0.5, .share = 0.5, .layers = 2},
          .small_error = 0.05},
  /*[ end ]*/
    quick = {.networks = 6,
             .epochs = 2000,
             .initial = 20,
             .resamples = 1000,
             .rounding = 0.001,
             .agree = {.errors = 2.0, .reproduced = 0.9, .partly = 0.7},
             .compression = {.bits = 0.5, .share = 0.5, .layers = 2},
             .small_error = 0.05};

/* The sets of networks: the recipe, and its initial weights alone. */
enum { TRAINED, INITIAL, SETS };

static const char reference[] = "data/reference/as_coded.tsv";

/* What is measured on one layer of one network. */
enum quantity {
    PEAK,
    FALL,
    PEAK_EPOCH,
    SHARE_AFTER,
    CHANGE,
    HALF_EPOCH,
    AFTER,
    ACCURACY_PEAK,
    ACCURACY_HALF,
    QUANTITIES
};
static const struct summary_quantity quantity[QUANTITIES] = {
    [PEAK] = {"peak", "%.2f", "mean peak of I(X;T), bits", STATS_MEAN},
    [FALL] = {"fall", "%.2f", "mean fall of I(X;T) from its peak, bits", STATS_MEAN},
    [PEAK_EPOCH] = {"peak-epoch", "%.0f", "median epoch of the peak of I(X;T)", STATS_MEDIAN},
    [SHARE_AFTER] = {"share-after", "%.3f", "median share of epochs after the peak", STATS_MEDIAN},
    [CHANGE] = {"change", "%+.3f", "mean change of I(T;Y) after that peak, bits", STATS_MEAN},
    [HALF_EPOCH] = {"half-epoch", "%.0f", "median epoch with half of the fall done", STATS_MEDIAN},
    [AFTER] = {"after", "%.2f", "mean fall after the training error is small, bits", STATS_MEAN},
    [ACCURACY_PEAK] = {"accuracy-peak", "%.3f", "mean training accuracy at the peak", STATS_MEAN},
    [ACCURACY_HALF] = {"accuracy-half", "%.3f", "mean training accuracy with half of the fall done",
                       STATS_MEAN}};

static const struct summary_plan plan = {quantity, QUANTITIES, .width = 13};

/* The paths: mean and standard deviation of every layer and of the accuracy at every epoch, one layer
 * after the other, as curves are drawn. */
static void write_paths(FILE *f, FILE *accuracy, const struct run_record *record, size_t n)
{
    double x[ENSEMBLE_MAX_NETWORKS], y[ENSEMBLE_MAX_NETWORKS];
    for (size_t l = 0; l < record->layers; l++)
        for (size_t i = 0; i < record->rows; i++) {
            for (size_t k = 0; k < n; k++) {
                x[k] = record[k].row[i].information[l].i_xt;
                y[k] = record[k].row[i].information[l].i_ty;
            }
            fprintf(f, "%zu\t%zu\t%.9g\t%.9g\t%.9g\t%.9g\n", record->row[i].epoch, l + 1,
                    stats_mean(x, n), stats_sd(x, n), stats_mean(y, n), stats_sd(y, n));
        }
    for (size_t i = 0; i < record->rows; i++) {
        for (size_t k = 0; k < n; k++)
            x[k] = record[k].row[i].train_accuracy;
        fprintf(accuracy, "%zu\t%.9g\t%.9g\n", record->row[i].epoch, stats_mean(x, n),
                stats_sd(x, n));
    }
}

/* One published cell against ours: a row, numbers for the text, a line on stdout.  Returns the
 * comparison, of NaN if our networks were not trained that long. */
static struct published_match compare(struct report *r, FILE *f, const struct published_cell *c,
                                      const double *x, const struct params *p)
{
    const struct published_match m = published_compare(c, x, p->networks, p->rounding);
    const struct stats_interval mean = stats_bootstrap(x, p->networks, STATS_MEAN, p->resamples, 1);
    char key[64];
    snprintf(key, sizeof key, "%s/e%zu/t%zu", published_name(c->quantity), c->epoch, c->layer);
    report_interval(r, mean, "%.3f", "mean of our networks", "%s", key);
    report_number(r, m.sd, "%.3f", "standard deviation of our networks", "%s/sd", key);
    report_number(r, c->mean, "%.3f", "published mean", "%s/theirs", key);
    report_number(r, c->sd, "%.3f", "published standard deviation", "%s/theirs-sd", key);
    report_number(r, m.z, "%+.1f", "difference of the means in standard errors", "%s/z", key);
    report_number(r, m.z_sd, "%+.1f", "difference of the deviations in standard errors", "%s/z-sd",
                  key);
    fprintf(f, "%s\t%zu\t%zu\t%.9g\t%.9g\t%.9g\t%.9g\t%.9g\t%.9g\n", published_name(c->quantity),
            c->epoch, c->layer, m.mean, m.sd, c->mean, c->sd, m.z, m.z_sd);
    printf("%-9s %5zu %3zu  %8.3f (%.3f)  %8.3f (%.3f)  %6.2f  %6.2f\n",
           published_name(c->quantity), c->epoch, c->layer, m.mean, m.sd, c->mean, c->sd, m.z,
           m.z_sd);
    return m;
}

/* All cells: how many agree, and how many would if theirs were networks like ours. */
static void match(struct report *r, const struct published *theirs, const struct run_record *record,
                  const struct params *p)
{
    const size_t n = p->networks;
    double *value = malloc(n * theirs->n * sizeof *value); /* (network, cell) */
    struct file f;
    if (!value)
        die("memory is short");
    report_table(r, &f, "_cells", "quantity\tepoch\tlayer\tmean\tsd\ttheirs\ttheirs_sd\tz\tz_sd");
    printf("%-9s %5s %3s  %17s  %17s  %6s  %6s\n", "quantity", "epoch", "T", "ours (sd)",
           "theirs (sd)", "z", "z sd");
    struct published_tally t = {0};
    for (size_t i = 0; i < theirs->n; i++) {
        const struct published_cell *c = &theirs->cell[i];
        double x[ENSEMBLE_MAX_NETWORKS];
        for (size_t k = 0; k < n; k++)
            x[k] = value[k * theirs->n + i] = published_value(&record[k], c);
        const struct published_match m = compare(r, f.stream, c, x, p);
        published_count(&t, &m, p->rounding, &p->agree);
    }
    file_commit(&f);
    if (t.cells == 0)
        die("%s has no epoch at which these networks are measured", reference);

    const struct published_alike alike =
        published_alike(theirs, value, n, p->rounding, &p->agree, p->resamples, 1);
    const double share = (double)t.agree / (double)t.cells;
    report_number(r, (double)t.cells, "%.0f", "cells that are compared", "cells");
    report_number(r, (double)t.agree, "%.0f", "cells within 2 standard errors", "cells-agree");
    report_number(r, 100.0 * share, "%.0f", "percent of the cells within 2 standard errors",
                  "share-agree");
    report_number(r, (double)t.open, "%.0f",
                  "cells in which our networks differ by more than rounding", "cells-open");
    report_number(r, (double)t.open_agree, "%.0f", "of these, within 2 standard errors",
                  "cells-open-agree");
    report_number(r, (double)t.deviations, "%.0f", "cells with a published standard deviation",
                  "deviations");
    report_number(r, (double)t.deviations_agree, "%.0f", "of these, it is within 2 standard errors",
                  "deviations-agree");
    const struct stats_interval percent = {100.0 * alike.share.value, 100.0 * alike.share.low,
                                           100.0 * alike.share.high};
    report_interval(r, percent, "%.0f", "percent of the cells that agree if both groups are alike",
                    "share-alike");
    report_number(r, 100.0 * alike.reproduced, "%.0f",
                  "percent of pairs of groups that are alike and count as reproduced",
                  "alike-pass");
    printf("%zu of %zu cells agree (%.0f %%); if both groups are alike %.0f %% [%.0f, %.0f]\n",
           t.agree, t.cells, 100.0 * share, percent.value, percent.low, percent.high);
    verdict_report(r, published_verdict(&t, &p->agree), "verdict-match",
                   "the stored values come again");
    free(value);
}

/* The cells of the initial weights once more, against many more networks of ours, which leaves the
 * error of theirs: tells whether the weights are drawn as theirs were. */
static void match_initial(struct report *r, const struct published *theirs, struct ensemble *e,
                          struct run_record *scratch, const struct params *p)
{
    static double x[PUBLISHED_MAX_CELLS][ENSEMBLE_MAX_NETWORKS];
    printf("%zu networks before training\n", p->initial);
    for (size_t k = 0; k < p->initial; k++) {
        ensemble_read(scratch, e, INITIAL, k);
        for (size_t i = 0; i < theirs->n; i++)
            x[i][k] = published_value(scratch, &theirs->cell[i]);
    }
    struct published_tally t = {0};
    for (size_t i = 0; i < theirs->n; i++) {
        const struct published_cell *c = &theirs->cell[i];
        if (c->epoch != 0)
            continue;
        const struct published_match m = published_compare(c, x[i], p->initial, p->rounding);
        published_count(&t, &m, p->rounding, &p->agree);
        char key[64];
        snprintf(key, sizeof key, "initial/%s/t%zu", published_name(c->quantity), c->layer);
        report_number(r, m.mean, "%.3f", "mean of the untrained networks", "%s", key);
        report_number(r, m.sd, "%.3f", "their standard deviation", "%s/sd", key);
        report_number(r, m.z, "%+.1f", "difference from the published in standard errors", "%s/z",
                      key);
        printf("%-9s %5d %3zu  %8.3f (%.3f)  %8.3f          %6.2f\n", published_name(c->quantity),
               0, c->layer, m.mean, m.sd, c->mean, m.z);
    }
    report_number(r, (double)t.cells, "%.0f", "cells of the untrained networks", "initial/cells");
    report_number(r, (double)t.agree, "%.0f", "of these, within 2 standard errors",
                  "initial/cells-agree");
}

/* Measures layer l of all networks. */
static void measure_layer(struct summary *layer, const struct run_record *record, size_t l,
                          const struct params *p)
{
    for (size_t k = 0; k < p->networks; k++) {
        const struct fall m = fall_of(&record[k], l);
        const struct fall_timing t = fall_timing_of(&record[k], l, p->small_error);
        layer->value[PEAK][k] = m.peak;
        layer->value[FALL][k] = m.fall;
        layer->value[PEAK_EPOCH][k] = m.peak_epoch;
        layer->value[SHARE_AFTER][k] = m.share_after;
        layer->value[CHANGE][k] = m.change;
        layer->value[HALF_EPOCH][k] = t.half_epoch;
        layer->value[AFTER][k] = t.after;
        layer->value[ACCURACY_PEAK][k] = t.accuracy_peak;
        layer->value[ACCURACY_HALF][k] = t.accuracy_half;
    }
}

/* The epoch at which the training error becomes small, the most noise of any gradient, and how far
 * the first update moves a layer: the original's epoch e is after e + 1 updates, ours after e. */
static void measure_training(struct report *r, const struct run_record *record,
                             const struct params *p)
{
    double small[ENSEMBLE_MAX_NETWORKS], noise = 0.0, arrived = 0.0, first = 0.0;
    for (size_t l = 0; l < record->layers; l++) {
        double change[ENSEMBLE_MAX_NETWORKS];
        for (size_t k = 0; k < p->networks; k++)
            change[k] = record[k].row[1].information[l].i_xt - record[k].row[0].information[l].i_xt;
        first = fmax(first, fabs(stats_mean(change, p->networks)));
    }
    for (size_t k = 0; k < p->networks; k++) {
        small[k] = fall_timing_of(&record[k], 0, p->small_error).small_epoch;
        arrived += isfinite(small[k]);
        for (size_t i = 0; i < record[k].rows; i++)
            for (size_t l = 0; l < record[k].layers; l++)
                noise = fmax(noise, record[k].row[i].gradient[l].deviation);
    }
    report_number(r, arrived, "%.0f", "networks whose training error becomes small",
                  "small-networks");
    report_interval(r, stats_bootstrap(small, p->networks, STATS_MEDIAN, p->resamples, 1), "%.0f",
                    "median epoch at which the training error becomes small", "small-epoch");
    report_number(r, noise, "%.0f", "largest standard deviation of a gradient", "noise");
    report_number(r, first, "%.3f", "largest mean change of I(X;T) in the first epoch, bits",
                  "first-update");
    if (noise > 0.0)
        die("a gradient has noise, so its networks say nothing about compression without it");
}

/* The thresholds, for the text. */
static void report_rules(struct report *r, const struct params *p)
{
    report_number(r, p->agree.errors, "%.0f", "standard errors within which a cell agrees",
                  "param.errors");
    report_number(r, 100.0 * p->agree.reproduced, "%.0f", "percent of cells for reproduced",
                  "param.reproduced");
    report_number(r, 100.0 * p->agree.partly, "%.0f", "percent of cells for partly",
                  "param.partly");
    report_number(r, p->compression.bits, "%.1f", "least fall of I(X;T), bits",
                  "param.compressed-bits");
    report_number(r, 100.0 * p->small_error, "%.0f", "a small training error, percent",
                  "param.small-error");
}

int main(int argc, char **argv)
{
    struct cli cli;
    cli_parse(&cli, argc, argv, "as_coded",
              "The recipe of the original's program, against the values stored with it.");
    const struct params *p = cli.scale == CLI_FULL ? &full : &quick;
    static struct published theirs;
    published_read(&theirs, reference);

    /* Train. */
    const struct run_config config[SETS] = {recipe_coded(p->epochs), recipe_coded(0)};
    const size_t networks_of[SETS] = {p->networks, p->initial};
    struct ensemble ensemble;
    ensemble_init(&ensemble, &cli, config, networks_of, SETS);
    if (!ensemble_fill(&ensemble))
        return 0;

    /* Measure. */
    struct run_record *record = malloc(p->networks * sizeof *record);
    struct summary *layer = malloc(config->layers * sizeof *layer);
    if (!record || !layer)
        die("memory is short");
    struct file paths, accuracy, networks;
    struct report report;
    report_open(&report, &cli);
    recipe_report(&report, config, p->networks);
    report_number(&report, (double)p->initial, "%.0f", "networks that are not trained",
                  "param.initial");
    report_number(&report, (double)theirs.cell[0].networks, "%.0f", "networks of the original",
                  "param.published-networks");
    report_rules(&report, p);
    report_table(&report, &paths, "", "epoch\tlayer\ti_xt_mean\ti_xt_sd\ti_ty_mean\ti_ty_sd");
    report_table(&report, &accuracy, "_accuracy", "epoch\taccuracy_mean\taccuracy_sd");
    match_initial(&report, &theirs, &ensemble, record, p);
    ensemble_read_all(record, &ensemble, TRAINED);
    write_paths(paths.stream, accuracy.stream, record, p->networks);
    match(&report, &theirs, record, p);
    measure_training(&report, record, p);
    summary_table(&networks, &report, &plan);
    summary_heading(&plan);
    for (size_t l = 0; l < config->layers; l++) {
        summary_init(&layer[l], &plan, NULL, l, p->networks, p->resamples);
        measure_layer(&layer[l], record, l, p);
        summary_write(&layer[l], &report, networks.stream);
    }
    file_commit(&paths);
    file_commit(&accuracy);
    file_commit(&networks);

    /* Judge. */
    struct stats_interval fall[NET_MAX_LAYERS], after[NET_MAX_LAYERS];
    summary_over(fall, layer, config->layers - 1, FALL);
    summary_over(after, layer, config->layers - 1, SHARE_AFTER);
    const enum verdict compression = fall_verdict(fall, after, config->layers - 1, &p->compression);
    verdict_report(&report, compression, "verdict-compression",
                   "the last hidden layers compress for most of the training");
    verdict_report(&report, fall_without_noise(compression), "verdict-noise",
                   "it is the noise of the gradient that compresses");
    report_close(&report);
    free(layer);
    free(record);
    ensemble_free(&ensemble);
    return 0;
}
