/* compression.c -- claim i: most epochs of training go to compression of the input.
 *
 * Trains the recipe of the original's text at three training sizes, follows every layer in the
 * information plane, and measures how far I(X;T) falls from its peak, when, and what becomes of
 * I(T;Y) meanwhile.  Two more sets have 5 % of the patterns: in a single batch, to show what the size
 * of the mini-batch has to do with it; and with shuffled labels, of which nothing general can be
 * learnt.  The same networks are also cut into fewer and more bins, and judged by the same rules. */
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
    [CLI_FULL] = {.networks = 100, .epochs = 10000, .resamples = 10000, .moment = {0, 400, 9000}},
    [CLI_QUICK] = {.networks = 6, .epochs = 2000, .resamples = 1000, .moment = {0, 400, 2000}},
};

/* The family: numbers of bins of a unit; the recipe's is among them. */
enum { MEMBERS = 4 };
static const struct member {
    const char *name, *estimator, *large, *small; /* large, small: its sets */
} member[MEMBERS] = {
    {"bins-15", "bins:15:-1:1", "bins-15/p85", "bins-15/p05"},
    {"bins-30", "bins:30:-1:1", "bins-30/p85", "bins-30/p05"},
    {"bins-50", "bins:50:-1:1", "bins-50/p85", "bins-50/p05"},
    {"bins-100", "bins:100:-1:1", "bins-100/p85", "bins-100/p05"},
};
/*[ end ]*/

static const struct frame_claim claim = {
    .name = "compression",
    .purpose = "Claim i: most epochs of training go to compression of the input.",
    .table = {{"compression", "set\tlayer\tepoch\ti_xt\ti_xt_se\ti_ty\ti_ty_se\tsnr"},
              {"compression_crossings", "set\tlayer\tepoch\ti_xt\ti_ty"},
              {"compression_moments", "epoch\tlayer\tnetwork\ti_xt\ti_ty"},
              {"compression_networks", NULL},
              {"compression_family", REPORT_FAMILY_COLUMNS}},
};

/* The sets of networks: at three shares of the patterns, the least of them in a single batch and with
 * shuffled labels; then the largest and the least share once more for each member of the family. */
enum { LARGE, MIDDLE, SMALL, ONE_BATCH, SHUFFLED, FAMILY, SETS = FAMILY + 2 * MEMBERS };

/* What is measured on one layer of one network. */
#define AT(what) offsetof(struct fall, what)
static const struct summary_quantity quantity[] = {
    {"peak", "%.2f", "mean peak of I(X;T), bits", STATS_MEAN, AT(peak)},
    {"final", "%.2f", "mean final I(X;T), bits", STATS_MEAN, AT(final)},
    {"fall", "%.2f", "mean fall of I(X;T) from its peak, bits", STATS_MEAN, AT(fall)},
    {"after", "%.3f", "median share of epochs after the peak", STATS_MEDIAN, AT(after)},
    {"span", "%.3f", "median share of epochs between a tenth and nine tenths of the fall",
     STATS_MEDIAN, AT(span)},
    {"peak-epoch", "%.0f", "median epoch of the peak of I(X;T)", STATS_MEDIAN, AT(peak_epoch)},
    {"onset", "%.0f", "median epoch of the onset of compression", STATS_MEDIAN, AT(onset)},
    {"change", "%+.3f", "mean change of I(T;Y) after that onset, bits", STATS_MEAN, AT(change)},
    {"lost", "%.3f", "mean loss of I(T;Y) from its own maximum, bits", STATS_MEAN, AT(lost)},
};
static const struct summary_plan plan = {quantity, REPORT_LENGTH(quantity), 13, 10};

/* Mean path of every layer of a set, a row per layer and epoch; and the point of it where the
 * median signal-to-noise ratio of the gradient, above 1 before, falls below it. */
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
        const size_t above = path_rises_to(snr, record->rows, rules.drift.snr);
        const size_t c =
            above + path_falls_below(snr + above, record->rows - above, rules.drift.snr);
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

/* The layers of a set whose records are read: rows, numbers, lines. */
static void measure(struct frame *f, FILE *networks, struct summary **layer, size_t set,
                    const struct run_record *record)
{
    for (size_t l = 0; l < record->layers; l++) {
        layer[l] = frame_summary(f, &plan, set, l);
        for (size_t k = 0; k < f->set[set].networks; k++) {
            const struct fall m = fall_of(&record[k], l, &rules.fall);
            summary_put(layer[l], k, &m);
        }
        summary_write(layer[l], &f->report, networks);
    }
}

/* How much more of the label is lost with few patterns than with many, in the networks of the same
 * number; the keys begin with `at`. */
static void compare(struct report *r, struct summary *const *few, struct summary *const *many,
                    size_t layers, const char *at)
{
    for (size_t l = 0; l < layers; l++)
        report_interval(r, summary_difference(few[l], many[l], "lost"), "%+.3f",
                        "mean loss of I(T;Y) at the least training size minus at the largest, bits",
                        "%st%zu/lost-more", at, l + 1);
}

static void report_params(struct frame *f)
{
    const struct report_entry param[] = {
        {rules.fall.bits, "%.1f", "least fall of I(X;T), bits", "compressed-bits"},
        {100.0 * rules.fall.part, "%.0f", "part of a fall at its onset, percent", "part"}};
    frame_params(f, LARGE);
    report_entries(&f->report, param, REPORT_LENGTH(param), "param.");
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
        [ONE_BATCH] = {"p05-one-batch", recipe_described(0.05, p->epochs), p->networks},
        [SHUFFLED] = {"p05-shuffled", recipe_described(0.05, p->epochs), p->networks},
    };
    set[ONE_BATCH].config.batch = 0;
    set[SHUFFLED].config.labels = CONFIG_LABELS_SHUFFLED;
    for (size_t m = 0; m < MEMBERS; m++) {
        struct frame_set *of = &set[FAMILY + 2 * m];
        of[0] = set[LARGE];
        of[0].name = member[m].large;
        of[1] = set[SMALL];
        of[1].name = member[m].small;
        of[0].estimator = of[1].estimator = member[m].estimator;
    }
    frame_sets(f, set, SETS, p->resamples);
    if (!frame_train(f))
        return frame_close(f);

    /* Measure. */
    const size_t layers = set[LARGE].config.layers;
    FILE *paths = frame_table(f, "compression");
    FILE *crossings = frame_table(f, "compression_crossings");
    FILE *moments = frame_table(f, "compression_moments");
    FILE *networks = frame_table(f, "compression_networks");
    struct summary *layer[SETS][NET_MAX_LAYERS];
    report_params(f);
    summary_columns(networks, &plan);
    summary_heading(&plan);
    for (size_t s = 0; s < SETS; s++) {
        const struct run_record *record = frame_read(f, s);
        if (s < FAMILY)
            write_paths(paths, crossings, &set[s], record);
        if (s == LARGE)
            write_moments(moments, p->moment, record, p->networks);
        measure(f, networks, layer[s], s, record);
    }
    compare(r, layer[SMALL], layer[LARGE], layers, "");

    /* The same rules for the members of the family; the verdicts are judged by the frame. */
    FILE *family = frame_table(f, "compression_family");
    static const char *const verdict[] = {"verdict", "verdict-overfitting", "verdict-forgetting"};
    for (size_t m = 0; m < MEMBERS; m++) {
        char at[32];
        snprintf(at, sizeof at, "%s/", member[m].name);
        compare(r, layer[FAMILY + 2 * m + 1], layer[FAMILY + 2 * m], layers, at);
        for (size_t v = 0; v < REPORT_LENGTH(verdict); v++)
            report_family(r, family, rules_find(claim.name, verdict[v]), member[m].name, "", at);
    }
    return frame_close(f);
}
