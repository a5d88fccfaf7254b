/* compression.c -- claim i: most epochs of training go to compression of the input.
 *
 * Trains the recipe of the original's text at three training sizes, follows every layer in the
 * information plane, and measures how far I(X;T) falls from its peak, when, and what becomes of
 * I(T;Y) meanwhile.  A fourth set has 5 % of the patterns in a single batch, to show what the size
 * of the mini-batch has to do with it. */
#include "fall.h"
#include "frame.h"
#include "path.h"
#include "recipe.h"
#include "rules.h"

/*[ params ]*/
static const struct params {
    size_t networks, epochs;
    size_t resamples; /* of the bootstrap over networks */
    size_t moment[3]; /* epochs of the first figure; the original's: 0, 400, 9000 */
} params[] = {
    [CLI_FULL] = {.networks = 50, .epochs = 10000, .resamples = 10000, .moment = {0, 400, 9000}},
    [CLI_QUICK] = {.networks = 6, .epochs = 2000, .resamples = 1000, .moment = {0, 400, 2000}},
};
/*[ end ]*/

static const struct frame_claim claim = {
    .name = "compression",
    .purpose = "Claim i: most epochs of training go to compression of the input.",
    .table = {{"compression", "set\tlayer\tepoch\ti_xt\ti_xt_se\ti_ty\ti_ty_se\tsnr"},
              {"compression_crossings", "set\tlayer\tepoch\ti_xt\ti_ty"},
              {"compression_moments", "epoch\tlayer\tnetwork\ti_xt\ti_ty"},
              {"compression_networks", NULL}},
};

/* The sets of networks: at three shares of the patterns, and the least of them in a single batch. */
enum { LARGE, MIDDLE, SMALL, SMALL_ONE_BATCH, SETS };

/* What is measured on one layer of one network. */
static const struct summary_quantity quantity[] = {
    {"peak", "%.2f", "mean peak of I(X;T), bits", STATS_MEAN, offsetof(struct fall, peak)},
    {"final", "%.2f", "mean final I(X;T), bits", STATS_MEAN, offsetof(struct fall, final)},
    {"fall", "%.2f", "mean fall of I(X;T) from its peak, bits", STATS_MEAN,
     offsetof(struct fall, fall)},
    {"peak-epoch", "%.0f", "median epoch of the peak of I(X;T)", STATS_MEDIAN,
     offsetof(struct fall, peak_epoch)},
    {"after", "%.3f", "median share of epochs after the peak", STATS_MEDIAN,
     offsetof(struct fall, after)},
    {"change", "%+.3f", "mean change of I(T;Y) after that peak, bits", STATS_MEAN,
     offsetof(struct fall, change)},
    {"lost", "%.3f", "mean loss of I(T;Y) from its own maximum, bits", STATS_MEAN,
     offsetof(struct fall, lost)},
};
static const struct summary_plan plan = {quantity, REPORT_LENGTH(quantity), 14, 11};

/* Mean path of every layer of a set, a row per layer and epoch; and the point of it where the
 * median signal-to-noise ratio of the gradient falls below 1. */
static void write_paths(FILE *f, FILE *crossings, const struct frame_set *set,
                        const struct run_record *record)
{
    enum { I_XT, I_XT_SE, I_TY, I_TY_SE, SNR, COLUMNS };
    static const struct course_column column[COLUMNS] = {{COURSE_I_XT, COURSE_OVER_MEAN},
                                                         {COURSE_I_XT, COURSE_OVER_SE},
                                                         {COURSE_I_TY, COURSE_OVER_MEAN},
                                                         {COURSE_I_TY, COURSE_OVER_SE},
                                                         {COURSE_SNR, COURSE_OVER_MEDIAN}};
    const size_t n = set->networks;
    for (size_t l = 0; l < record->layers; l++) {
        for (size_t i = 0; i < record->rows; i++) {
            fprintf(f, "%s\t%zu\t%zu", set->name, l + 1, record->row[i].epoch);
            frame_path(f, record, n, i, l, column, COLUMNS);
        }
        double snr[RUN_MAX_ROWS];
        course_over_all(snr, record, n, l, column[SNR]);
        const size_t c = path_falls_below(snr, record->rows, 1.0);
        if (c < record->rows)
            fprintf(crossings, "%s\t%zu\t%zu\t%.9g\t%.9g\n", set->name, l + 1, record->row[c].epoch,
                    course_over(record, n, c, l, column[I_XT]),
                    course_over(record, n, c, l, column[I_TY]));
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
                        course_at(&record[k].row[i], l, COURSE_I_XT),
                        course_at(&record[k].row[i], l, COURSE_I_TY));
    }
}

int main(int argc, char **argv)
{
    struct frame *f = frame_open(&claim, argc, argv);
    const struct params *p = &params[f->cli.scale];
    struct report *r = &f->report;

    /* Train. */
    struct frame_set set[SETS] = {
        [LARGE] = {"p85", recipe_described(0.85, p->epochs), p->networks},
        [MIDDLE] = {"p45", recipe_described(0.45, p->epochs), p->networks},
        [SMALL] = {"p05", recipe_described(0.05, p->epochs), p->networks},
        [SMALL_ONE_BATCH] = {"p05-one-batch", recipe_described(0.05, p->epochs), p->networks},
    };
    set[SMALL_ONE_BATCH].config.batch = 0;
    frame_sets(f, set, SETS, p->resamples);
    if (!frame_train(f))
        return frame_close(f);

    /* Measure. */
    const size_t layers = set[LARGE].config.layers, hidden = layers - 1;
    FILE *paths = frame_table(f, "compression");
    FILE *crossings = frame_table(f, "compression_crossings");
    FILE *moments = frame_table(f, "compression_moments");
    FILE *networks = frame_table(f, "compression_networks");
    struct summary *layer[SETS][NET_MAX_LAYERS];
    frame_params(f, LARGE);
    summary_columns(networks, &plan);
    summary_heading(&plan);
    for (size_t s = 0; s < SETS; s++) {
        const struct run_record *record = frame_read(f, s);
        write_paths(paths, crossings, &set[s], record);
        if (s == LARGE)
            write_moments(moments, p->moment, record, p->networks);
        for (size_t l = 0; l < layers; l++) {
            struct summary *x = layer[s][l] = frame_summary(f, &plan, s, l);
            for (size_t k = 0; k < p->networks; k++) {
                const struct fall m = fall_of(&record[k], l, &rules.fall);
                summary_put(x, k, &m);
            }
            summary_write(x, r, networks);
        }
    }

    /* Judge. */
    struct stats_interval fall[NET_MAX_LAYERS], after[NET_MAX_LAYERS];
    summary_over(fall, layer[LARGE], hidden, "fall");
    summary_over(after, layer[LARGE], hidden, "after");
    report_number(r, rules.fall.bits, "%.1f", "least fall of I(X;T), bits",
                  "param.compressed-bits");
    report_verdict(r, fall_verdict(fall, after, hidden, &rules.fall), "verdict",
                   "the last hidden layers compress for most of the training");
    return frame_close(f);
}
