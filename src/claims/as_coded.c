/* as_coded.c -- the recipe of the original's program of February 2017, against the values stored with it.
 *
 * Trains networks by the program's recipe: Adam, one batch an epoch, the hard rule.  Compares them, cell by
 * cell, with the information and the accuracy of the original's 20 networks, at 39 epochs; then asks the
 * same of four wrong recipes, to know what the comparison is worth; then asks claim i and the first half of
 * claim ii of networks whose gradient has no noise. */
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
    size_t wrong;     /* networks of a wrong recipe */
    size_t initial;   /* networks that are not trained */
    size_t resamples; /* of the bootstrap over networks */
} params[] = {
    [CLI_FULL] =
        {.networks = 100, .epochs = 10000, .wrong = 30, .initial = 200, .resamples = 10000},
    [CLI_QUICK] = {.networks = 6, .epochs = 2000, .wrong = 6, .initial = 20, .resamples = 1000},
};
static const double rounding = 0.0001;          /* step of the published digits */
static const size_t quoted[] = {0, 1002, 9998}; /* epochs of which the text has every cell */
static const double wrong_rate = 4e-4;          /* twice that of the recipe */
static const size_t wrong_batch = 512;          /* for the whole training set */
enum { BEFORE = 4 }; /* the layer before the last hidden one, counted from 0 */
/*[ end ]*/

static const struct frame_claim claim = {
    .name = "as_coded",
    .purpose = "The recipe of the original's program, against the values stored with it.",
    .table = {{"as_coded", "epoch\tlayer\ti_xt_mean\ti_xt_sd\ti_ty_mean\ti_ty_sd"},
              {"as_coded_accuracy", "epoch\taccuracy_mean\taccuracy_sd"},
              {"as_coded_cells", PUBLISHED_REPORT_CELLS},
              {"as_coded_shares", PUBLISHED_REPORT_SHARES},
              {"as_coded_networks", NULL}},
    .reference = 1,
};

/* The sets of networks: the recipe; the wrong ones, the last of which is its initial weights alone. */
enum { TRAINED, BINS, RATE, BATCH, INITIAL, SETS };

#define AT(member) offsetof(struct fall, member)
static const struct summary_quantity quantity[] = {
    {"peak", "%.2f", "mean peak of I(X;T), bits", STATS_MEAN, AT(peak)},
    {"fall", "%.2f", "mean fall of I(X;T) from its peak, bits", STATS_MEAN, AT(fall)},
    {"peak-epoch", "%.0f", "median epoch of the peak of I(X;T)", STATS_MEDIAN, AT(peak_epoch)},
    {"after", "%.3f", "median share of epochs after the peak", STATS_MEDIAN, AT(after)},
    {"onset", "%.0f", "median epoch of the onset of compression", STATS_MEDIAN, AT(onset)},
    {"span", "%.3f", "median share of epochs from onset to done", STATS_MEDIAN, AT(span)},
    {"change", "%+.3f", "mean change of I(T;Y) after that onset, bits", STATS_MEAN, AT(change)},
    {"small", "%.0f", "median epoch of the small training error", STATS_MEDIAN, AT(small)},
    {"fall-after-small", "%.2f", "mean share of the fall after the small error", STATS_MEAN,
     AT(after_small)},
};
static const struct summary_plan plan = {quantity, REPORT_LENGTH(quantity), 0, 16};

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

/* Their networks at the end, one by one, and ours. */
static void measure_ends(struct frame *f, const struct run_record *record)
{
    const size_t n = f->set[TRAINED].networks, end = record->rows - 1;
    char path[FILE_PATH_MAX];
    if (snprintf(path, sizeof path, "%s/as_coded_networks.tsv", f->cli.reference_dir) >=
        FILE_PATH_MAX)
        die("the name of a directory is too long: %s", f->cli.reference_dir);
    struct published_ends *theirs = memory_array(1, sizeof *theirs, "tables");
    published_read_ends(theirs, path);
    double *ours = memory_array(record->layers * n, sizeof *ours, "networks"); /* (layers, n) */
    for (size_t l = 0; l < record->layers; l++)
        for (size_t k = 0; k < n; k++)
            ours[l * n + k] = course_at(&record[k].row[end], l, COURSE_I_XT);
    published_report_laggards(&f->report, theirs, ours, n, BEFORE);
    free(ours);
    free(theirs);
}

/* No gradient may have noise, or its networks say nothing about compression without it. */
static void check_noise(struct frame *f, const struct run_record *record)
{
    double noise = 0.0;
    for (size_t k = 0; k < f->set[TRAINED].networks; k++)
        for (size_t i = 0; i < record[k].rows; i++)
            for (size_t l = 0; l < record[k].layers; l++)
                noise = fmax(noise, record[k].row[i].gradient[l].deviation);
    report_number(&f->report, noise, "%.0f", "largest standard deviation of a gradient", "noise");
    if (noise > 0.0)
        die("a gradient has noise, so its networks say nothing about compression without it");
}

/* Every layer of the recipe: its fall, and its onset beside the small error. */
static void measure_falls(struct frame *f, const struct run_record *record)
{
    FILE *networks = frame_table(f, "as_coded_networks");
    struct report *r = &f->report;
    const size_t n = f->set[TRAINED].networks;
    summary_columns(networks, &plan);
    summary_heading(&plan);
    for (size_t l = 0; l < record->layers; l++) {
        struct summary *layer = frame_summary(f, &plan, TRAINED, l);
        for (size_t k = 0; k < n; k++) {
            const struct fall m = fall_of(&record[k], l, &rules.fall);
            summary_put(layer, k, &m);
        }
        summary_write(layer, r, networks);
        report_interval(
            r,
            stats_median_ratio(summary_values(layer, "onset"), summary_values(layer, "small"), n),
            "%.2f", "median of onset over small error", "t%zu/onset-by-small", l + 1);
        report_interval(r, summary_correlation(layer, "onset", layer, "small"), "%.2f",
                        "rank correlation of onset and small error", "t%zu/onset-small", l + 1);
    }
}

static void report_params(struct frame *f, const struct published *theirs)
{
    size_t epochs = 0; /* of theirs */
    for (size_t i = 0; i < theirs->n; i++)
        epochs += theirs->cell[i].quantity == PUBLISHED_ACCURACY;
    const struct report_entry param[] = {
        {(double)f->set[INITIAL].networks, "%.0f", "networks that are not trained", "initial"},
        {(double)theirs->cell[0].networks, "%.0f", "networks of the original",
         "published-networks"},
        {(double)epochs, "%.0f", "epochs of the original", "published-epochs"},
        {rules.published.errors, "%.0f", "standard errors within which a cell agrees", "errors"},
        {100.0 * rules.published.chance, "%.0f", "percent of alike groups that agree less",
         "chance"},
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
    const struct frame_set recipe = {NULL, recipe_coded(p->epochs), p->networks, recipe_coded_bins,
                                     RULES_CODED};
    struct frame_set set[SETS] = {recipe, recipe, recipe, recipe, recipe};
    set[BINS].name = "bins-30";
    set[BINS].estimator = recipe_bins;
    set[RATE].name = "rate-4e-4";
    set[RATE].config.rate = wrong_rate;
    set[BATCH].name = "batch-512";
    set[BATCH].config.batch = wrong_batch;
    set[RATE].networks = set[BATCH].networks = p->wrong;
    set[INITIAL].name = "initial";
    set[INITIAL].config.epochs = 0;
    set[INITIAL].networks = p->initial;
    frame_sets(f, set, SETS, p->resamples);
    if (!frame_train(f))
        return frame_close(f);

    /* Compare every set with the published values. */
    char path[FILE_PATH_MAX];
    frame_reference(path, f);
    struct published *theirs = memory_array(1, sizeof *theirs, "tables");
    published_read(theirs, path);
    report_params(f, theirs);
    FILE *shares = frame_table(f, "as_coded_shares");
    for (size_t s = SETS; s-- > 0;) {
        const struct run_record *record = frame_read(f, s);
        const size_t n = set[s].networks;
        char at[32] = "";
        if (set[s].name)
            snprintf(at, sizeof at, "%s/", set[s].name);
        double *x = published_values(theirs, record, n);
        if (s == INITIAL)
            published_report_initial(r, theirs, x, n, rounding, &rules.published);
        if (s == TRAINED)
            published_report_cells(r, frame_table(f, "as_coded_cells"), theirs, x, n, rounding,
                                   quoted, REPORT_LENGTH(quoted), p->resamples);
        published_report_shares(r, shares, at, theirs, x, n, rounding, &rules.published,
                                p->resamples);
        free(x);
    }
    free(theirs);

    /* Measure the recipe, which was read last; the frame judges. */
    write_paths(frame_table(f, "as_coded"), frame_table(f, "as_coded_accuracy"), f->record,
                p->networks);
    measure_ends(f, f->record);
    check_noise(f, f->record);
    measure_falls(f, f->record);
    return frame_close(f);
}
