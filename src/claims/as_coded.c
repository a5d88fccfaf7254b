/* as_coded.c -- the recipe of the original's program, against the values stored with it.
 *
 * Trains networks by the program's recipe: Adam, one batch an epoch, the hard rule.  Compares them,
 * cell by cell, with the information and the accuracy of the original's 20 networks; then asks claim i
 * of them, and what is left of claim ii in networks whose gradient has no noise.  A second, larger set
 * has initial weights only, and tells whether these are drawn as the original's were. */
#include <math.h>
#include <stdlib.h>

#include "die.h"
#include "fall.h"
#include "frame.h"
#include "memory.h"
#include "published.h"
#include "published_report.h"
#include "recipe.h"
#include "rules.h"

/*[ params ]*/
static const struct params {
    size_t networks, epochs;
    size_t initial;   /* networks of the second set, which are not trained */
    size_t resamples; /* of the bootstrap over networks */
} params[] = {
    [CLI_FULL] = {.networks = 50, .epochs = 10000, .initial = 200, .resamples = 10000},
    [CLI_QUICK] = {.networks = 6, .epochs = 2000, .initial = 20, .resamples = 1000},
};
static const double rounding = 0.001; /* step of the published digits */
/*[ end ]*/

static const struct frame_claim claim = {
    .name = "as_coded",
    .purpose = "The recipe of the original's program, against the values stored with it.",
    .table = {{"as_coded", "epoch\tlayer\ti_xt_mean\ti_xt_sd\ti_ty_mean\ti_ty_sd"},
              {"as_coded_accuracy", "epoch\taccuracy_mean\taccuracy_sd"},
              {"as_coded_cells", "quantity\tepoch\tlayer\tmean\tsd\ttheirs\ttheirs_sd\tz\tz_sd"},
              {"as_coded_networks", NULL}},
    .reference = 1,
};

/* The sets of networks: the recipe, and its initial weights alone. */
enum { TRAINED, INITIAL, SETS };

/* What is measured on one layer of one network. */
struct layer {
    struct fall fall;
    struct fall_timing timing;
};
#define AT(member) offsetof(struct layer, member)
static const struct summary_quantity quantity[] = {
    {"peak", "%.2f", "mean peak of I(X;T), bits", STATS_MEAN, AT(fall.peak)},
    {"fall", "%.2f", "mean fall of I(X;T) from its peak, bits", STATS_MEAN, AT(fall.fall)},
    {"peak-epoch", "%.0f", "median epoch of the peak of I(X;T)", STATS_MEDIAN, AT(fall.peak_epoch)},
    {"share-after", "%.3f", "median share of epochs after the peak", STATS_MEDIAN, AT(fall.after)},
    {"change", "%+.3f", "mean change of I(T;Y) after that peak, bits", STATS_MEAN, AT(fall.change)},
    {"half-epoch", "%.0f", "median epoch with half of the fall done", STATS_MEDIAN,
     AT(timing.half_epoch)},
    {"after", "%.2f", "mean fall after the training error is small, bits", STATS_MEAN,
     AT(timing.after)},
    {"accuracy-peak", "%.3f", "mean training accuracy at the peak", STATS_MEAN,
     AT(timing.accuracy_peak)},
    {"accuracy-half", "%.3f", "mean training accuracy with half of the fall done", STATS_MEAN,
     AT(timing.accuracy_half)},
};
static const struct summary_plan plan = {quantity, REPORT_LENGTH(quantity), 0, 13};

/* The paths: mean and standard deviation of every layer and of the accuracy at every epoch, one layer
 * after the other, as curves are drawn. */
static void write_paths(FILE *f, FILE *accuracy, const struct run_record *record, size_t n)
{
    static const struct course_column information[] = {{COURSE_I_XT, COURSE_OVER_MEAN},
                                                       {COURSE_I_XT, COURSE_OVER_SD},
                                                       {COURSE_I_TY, COURSE_OVER_MEAN},
                                                       {COURSE_I_TY, COURSE_OVER_SD}};
    static const struct course_column share[] = {{COURSE_TRAIN_ACCURACY, COURSE_OVER_MEAN},
                                                 {COURSE_TRAIN_ACCURACY, COURSE_OVER_SD}};
    for (size_t l = 0; l < record->layers; l++)
        for (size_t i = 0; i < record->rows; i++) {
            fprintf(f, "%zu\t%zu", record->row[i].epoch, l + 1);
            frame_path(f, record, n, i, l, information, REPORT_LENGTH(information));
        }
    for (size_t i = 0; i < record->rows; i++) {
        fprintf(accuracy, "%zu", record->row[i].epoch);
        frame_path(accuracy, record, n, i, 0, share, REPORT_LENGTH(share));
    }
}

/* The epoch at which the training error becomes small, the most noise of any gradient, and how far
 * the first update moves a layer: the original's epoch e is after e + 1 updates, ours after e. */
static void measure_training(struct frame *f, const struct run_record *record)
{
    const size_t n = f->set[TRAINED].networks;
    double *small = memory_array(n, sizeof *small, "networks");
    double *change = memory_array(n, sizeof *change, "networks");
    double noise = 0.0, arrived = 0.0, first = 0.0;
    for (size_t l = 0; l < record->layers; l++) {
        for (size_t k = 0; k < n; k++)
            change[k] = course_at(&record[k].row[1], l, COURSE_I_XT) -
                        course_at(&record[k].row[0], l, COURSE_I_XT);
        first = fmax(first, fabs(stats_mean(change, n)));
    }
    for (size_t k = 0; k < n; k++) {
        small[k] = fall_timing_of(&record[k], 0, rules.fall.error).small_epoch;
        arrived += isfinite(small[k]);
        for (size_t i = 0; i < record[k].rows; i++)
            for (size_t l = 0; l < record[k].layers; l++)
                noise = fmax(noise, record[k].row[i].gradient[l].deviation);
    }
    report_number(&f->report, arrived, "%.0f", "networks whose training error becomes small",
                  "small-networks");
    report_interval(&f->report, stats_bootstrap(small, n, STATS_MEDIAN, f->resamples, 1), "%.0f",
                    "median epoch at which the training error becomes small", "small-epoch");
    report_number(&f->report, noise, "%.0f", "largest standard deviation of a gradient", "noise");
    report_number(&f->report, first, "%.3f",
                  "largest mean change of I(X;T) in the first epoch, bits", "first-update");
    if (noise > 0.0)
        die("a gradient has noise, so its networks say nothing about compression without it");
    free(change);
    free(small);
}

static void report_params(struct frame *f, const struct published *theirs)
{
    const struct published_rule *rule = &rules.published;
    const struct report_entry param[] = {
        {(double)f->set[INITIAL].networks, "%.0f", "networks that are not trained", "initial"},
        {(double)theirs->cell[0].networks, "%.0f", "networks of the original",
         "published-networks"},
        {rule->errors, "%.0f", "standard errors within which a cell agrees", "errors"},
        {100.0 * rule->reproduced, "%.0f", "percent of cells for reproduced", "reproduced"},
        {100.0 * rule->partly, "%.0f", "percent of cells for partly", "partly"},
        {rules.fall.bits, "%.1f", "least fall of I(X;T), bits", "compressed-bits"},
        {100.0 * rules.fall.error, "%.0f", "a small training error, percent", "small-error"}};
    frame_params(f, TRAINED);
    report_entries(&f->report, param, REPORT_LENGTH(param), "param.");
}

int main(int argc, char **argv)
{
    struct frame *f = frame_open(&claim, argc, argv);
    const struct params *p = &params[f->cli.scale];
    struct report *r = &f->report;

    /* Train. */
    const struct frame_set set[SETS] = {
        [TRAINED] = {NULL, recipe_coded(p->epochs), p->networks, recipe_coded_bins},
        [INITIAL] = {NULL, recipe_coded(0), p->initial, recipe_coded_bins},
    };
    frame_sets(f, set, SETS, p->resamples);
    if (!frame_train(f))
        return frame_close(f);

    /* Compare with the published values: before training, then cell by cell. */
    char path[FILE_PATH_MAX];
    frame_reference(path, f);
    struct published *theirs = memory_array(1, sizeof *theirs, "tables");
    published_read(theirs, path);
    report_params(f, theirs);
    double *x = published_values(theirs, frame_read(f, INITIAL), p->initial);
    published_report_initial(r, theirs, x, p->initial, rounding, &rules.published);
    free(x);
    const struct run_record *record = frame_read(f, TRAINED);
    write_paths(frame_table(f, "as_coded"), frame_table(f, "as_coded_accuracy"), record,
                p->networks);
    x = published_values(theirs, record, p->networks);
    const enum verdict match =
        published_report_cells(r, frame_table(f, "as_coded_cells"), theirs, x, p->networks,
                               rounding, &rules.published, p->resamples);
    report_verdict(r, match, "verdict-match", "the stored values come again");
    free(x);
    free(theirs);

    /* Measure. */
    const size_t layers = set[TRAINED].config.layers, hidden = layers - 1;
    FILE *networks = frame_table(f, "as_coded_networks");
    struct summary *layer[NET_MAX_LAYERS];
    measure_training(f, record);
    summary_columns(networks, &plan);
    summary_heading(&plan);
    for (size_t l = 0; l < layers; l++) {
        layer[l] = frame_summary(f, &plan, TRAINED, l);
        for (size_t k = 0; k < p->networks; k++) {
            const struct layer m = {fall_of(&record[k], l, &rules.fall),
                                    fall_timing_of(&record[k], l, rules.fall.error)};
            summary_put(layer[l], k, &m);
        }
        summary_write(layer[l], r, networks);
    }

    /* Judge. */
    struct stats_interval fall[NET_MAX_LAYERS], after[NET_MAX_LAYERS];
    summary_over(fall, layer, hidden, "fall");
    summary_over(after, layer, hidden, "share-after");
    const enum verdict compression = fall_verdict(fall, after, hidden, &rules.fall);
    report_verdict(r, compression, "verdict-compression",
                   "the last hidden layers compress for most of the training");
    report_verdict(r, fall_without_noise(compression), "verdict-noise",
                   "it is the noise of the gradient that compresses");
    return frame_close(f);
}
