/* as_released.c -- claims i and ii by the program that the original's authors released.
 *
 * Trains networks by its recipe: Adam, the hard rule, mini-batches of 512 that are the same in every epoch.
 * Asks of them what is asked of the recipe of the text: whether the last hidden layers compress, whether
 * the gradient turns, what the onset of compression follows.  A second set has the whole training set as one
 * batch, so no noise, at the same rate and with as many updates. */
#include <math.h>
#include <stdlib.h>

#include "control_report.h"
#include "drift_report.h"
#include "frame.h"
#include "memory.h"
#include "recipe.h"
#include "rules.h"

/*[ params ]*/
static const struct params {
    size_t networks, control_networks; /* with noise and without */
    size_t epochs;                     /* with noise */
    size_t resamples;                  /* of the bootstrap over networks */
} params[] = {
    [CLI_FULL] = {.networks = 100, .control_networks = 20, .epochs = 8000, .resamples = 10000},
    [CLI_QUICK] = {.networks = 6, .control_networks = 6, .epochs = 800, .resamples = 1000},
};
/*[ end ]*/

static const struct frame_claim claim = {
    .name = "as_released",
    .purpose = "Claims i and ii by the program that the original's authors released.",
    .table = {{"as_released",
               "set\tlayer\tepoch\tupdates\ti_xt\ti_xt_se\ti_ty\ti_ty_se\tsnr\tlower\t"
               "upper\ttrain\ttest"},
              {"as_released_falls", NULL},
              {"as_released_drift", NULL},
              {"as_released_pairs", NULL},
              {"as_released_family", REPORT_FAMILY_COLUMNS}},
};

/* The sets of networks. */
enum { NOISY, FULL, SETS };

/* Of claim i what drift_report_plan does not have. */
#define AT(member) offsetof(struct fall, member)
static const struct summary_quantity quantity[] = {
    {"peak", "%.2f", "mean peak of I(X;T), bits", STATS_MEAN, AT(peak)},
    {"peak-epoch", "%.0f", "median epoch of the peak of I(X;T)", STATS_MEDIAN, AT(peak_epoch)},
    {"after", "%.3f", "median share of epochs after the peak", STATS_MEDIAN, AT(after)},
    {"span", "%.3f", "median share of epochs from onset to done", STATS_MEDIAN, AT(span)},
    {"change", "%+.3f", "mean change of I(T;Y) after the onset, bits", STATS_MEAN, AT(change)},
    {"lost", "%.3f", "mean loss of I(T;Y) from its own maximum, bits", STATS_MEAN, AT(lost)},
};
static const struct summary_plan falls = {quantity, REPORT_LENGTH(quantity), 0, 14};

/* Paths over the networks of a set: means, and the signal-to-noise ratio with its quartiles. */
static void write_paths(FILE *to, struct frame *f, size_t s, const struct run_record *record)
{
    static const struct course_column column[] = {
        {COURSE_I_XT, COURSE_OVER_MEAN},         {COURSE_I_XT, COURSE_OVER_SE},
        {COURSE_I_TY, COURSE_OVER_MEAN},         {COURSE_I_TY, COURSE_OVER_SE},
        {COURSE_SNR, COURSE_OVER_MEDIAN},        {COURSE_SNR, COURSE_OVER_LOWER},
        {COURSE_SNR, COURSE_OVER_UPPER},         {COURSE_TRAIN_ACCURACY, COURSE_OVER_MEAN},
        {COURSE_TEST_ACCURACY, COURSE_OVER_MEAN}};
    const struct frame_set *set = &f->set[s];
    const size_t batches = config_batches(&set->config, frame_data(f, s)->n);
    for (size_t l = 0; l < record->layers; l++)
        for (size_t i = 0; i < record->rows; i++) {
            const size_t epoch = record->row[i].epoch;
            fprintf(to, "%s\t%zu\t%zu\t%zu", s == NOISY ? "mini-batch" : "full-batch", l + 1, epoch,
                    epoch * batches);
            frame_path(to, record, set->networks, i, l, column, REPORT_LENGTH(column));
        }
}

/* Claims i and ii of every layer with noise; the turn also at the level at which drift and diffusion are
 * equal in an epoch. */
static void measure_layers(struct frame *f, const struct run_record *record)
{
    FILE *fall_rows = frame_table(f, "as_released_falls");
    FILE *drift_rows = frame_table(f, "as_released_drift");
    const size_t n = f->set[NOISY].networks;
    struct summary_plan drifts = drift_report_plan;
    drifts.set_width = 0;
    struct drift_rule epoch = rules.drift;
    epoch.snr = drift_level(config_batches(&f->set[NOISY].config, frame_data(f, NOISY)->n));
    report_number(&f->report, epoch.snr, "%.2f", "1 over the root of the mini-batches of an epoch",
                  "epoch/level");
    struct drift *d = memory_array(n, sizeof *d, "networks");
    summary_columns(fall_rows, &falls);
    summary_columns(drift_rows, &drifts);
    summary_heading(&falls);
    for (size_t l = 0; l < record->layers; l++) {
        struct summary *x = frame_summary(f, &falls, NOISY, l);
        for (size_t k = 0; k < n; k++) {
            const struct fall m = fall_of(&record[k], l, &rules.fall);
            summary_put(x, k, &m);
        }
        summary_write(x, &f->report, fall_rows);
        x = frame_summary(f, &drift_report_plan, NOISY, l);
        drift_report_layer(&f->report, d, x, record, &rules.drift, &rules.fall);
        summary_rows(drift_rows, x);
        x = frame_summary(f, &drift_report_plan, NOISY, l);
        x->set = "epoch";
        x->asked = DRIFT_REPORT_BY_LEVEL;
        drift_report_layer(&f->report, d, x, record, &epoch, &rules.fall);
    }
    free(d);
}

/* The falls with noise and without, network by network, as many as there are controls. */
static void compare(struct frame *f, struct control_set with, struct control_set without)
{
    FILE *rows = frame_table(f, "as_released_pairs");
    summary_columns(rows, &control_report_plan);
    summary_heading(&control_report_plan);
    for (size_t l = 0; l < with.record->layers; l++) {
        const struct stats_interval fall =
            control_report_pairs(f, rows, "equal-loss", CONTROL_LOSS, with, without, l);
        report_interval(&f->report, fall, "%.2f", "mean fall with noise at equal loss, bits",
                        "t%zu/fall-noisy", l + 1);
        control_report_pairs(f, rows, "equal-updates", CONTROL_END, with, without, l);
        control_report_pairs(f, rows, "equal-norm", CONTROL_NORM, with, without, l);
    }
}

static void report_params(struct frame *f)
{
    const struct report_entry param[] = {
        {(double)f->set[FULL].networks, "%.0f", "networks without noise", "control-networks"},
        {(double)f->set[FULL].config.epochs, "%.0f", "epochs without noise", "control-epochs"},
        {100.0 * rules.fall.error, "%.0f", "small error, percent", "small-error"},
        {rules.fall.bits, "%.1f", "least fall, bits", "compressed-bits"}};
    frame_params(f, NOISY);
    report_entries(&f->report, param, REPORT_LENGTH(param), "param.");
}

int main(int argc, char **argv)
{
    struct frame *f = frame_open(&claim, argc, argv);
    const struct params *p = &params[f->cli.scale];

    /* Train. */
    const struct frame_set set[SETS] = {
        [NOISY] = {NULL, recipe_released(p->epochs), p->networks, recipe_released_bins,
                   RULES_RELEASED},
        [FULL] = {"full-batch", recipe_released_full(p->epochs), p->control_networks,
                  recipe_released_bins, RULES_RELEASED},
    };
    frame_sets(f, set, SETS, p->resamples);
    if (!frame_train(f))
        return frame_close(f);

    /* Measure; the frame judges. */
    struct run_record *record[SETS];
    FILE *paths = frame_table(f, "as_released"), *family = frame_table(f, "as_released_family");
    report_params(f);
    for (size_t s = 0; s < SETS; s++) { /* both at once, for they are compared network by network */
        record[s] = memory_array(set[s].networks, sizeof *record[s], "records");
        ensemble_read_all(record[s], &f->ensemble, s);
        write_paths(paths, f, s, record[s]);
        control_report_learning(f, (struct control_set){s, record[s]});
    }
    measure_layers(f, record[NOISY]);
    compare(f, (struct control_set){NOISY, record[NOISY]},
            (struct control_set){FULL, record[FULL]});

    /* The same rules by the other level. */
    static const char *const by_level[] = {"verdict-turn", "verdict-order"};
    for (size_t v = 0; v < REPORT_LENGTH(by_level); v++)
        report_family(&f->report, family, rules_find(claim.name, by_level[v]), "epoch", "",
                      "epoch/");
    for (size_t s = 0; s < SETS; s++) {
        for (size_t k = 0; k < set[s].networks; k++)
            run_record_free(&record[s][k]);
        free(record[s]);
    }
    return frame_close(f);
}
