/* layers.c -- layers among themselves: do they converge to the same places, which compresses first, and
 * what does extra width do?
 *
 * Trains the recipe of the original's text, and the same with all hidden layers twice and four times as
 * wide.  Measures how the spread of a layer's place in the information plane over networks changes with
 * training, when each layer of a network begins to compress, and how soon and how well the output knows
 * the label. */
#include <math.h>
#include <stdlib.h>

#include "arrival.h"
#include "fall.h"
#include "frame.h"
#include "memory.h"
#include "number.h"
#include "recipe.h"
#include "rules.h"

/*[ params ]*/
static const struct params {
    size_t networks[3], epochs; /* of each set: the wider, the dearer */
    size_t resamples;           /* of the bootstrap over networks */
} params[] = {
    [CLI_FULL] = {.networks = {100, 50, 12}, .epochs = 10000, .resamples = 10000},
    [CLI_QUICK] = {.networks = {6, 6, 6}, .epochs = 1000, .resamples = 1000},
};

enum { DESCRIBED, WIDE, WIDER, SETS };
static const char *const name[SETS] = {"described", "wide", "wider"};
static const size_t times[SETS] = {1, 2, 4}; /* as wide as described */
/*[ end ]*/

static const struct frame_claim claim = {
    .name = "layers",
    .purpose = "Layers among themselves: places, order, width.",
    .table = {{"layers",
               "set\tlayer\tepoch\ti_xt\ti_xt_se\ti_xt_sd\ti_ty\ti_ty_se\ti_ty_sd\tbegun"},
              {"layers_networks", NULL}},
};

/* What is measured on one layer of one network. */
struct layer {
    struct fall fall;
    double later; /* epochs from the first onset of the network's layers to the onset of this one */
};
#define AT(what) offsetof(struct layer, what)
static const struct summary_quantity quantity[] = {
    {"peak", "%.2f", "mean peak of I(X;T), bits", STATS_MEAN, AT(fall.peak)},
    {"final", "%.2f", "mean final I(X;T), bits", STATS_MEAN, AT(fall.final)},
    {"fall", "%.2f", "mean fall of I(X;T) from its peak, bits", STATS_MEAN, AT(fall.fall)},
    {"onset", "%.0f", "median epoch of the onset of compression", STATS_MEDIAN, AT(fall.onset)},
    {"later", "%.0f", "median epochs from the first onset of any layer to that of this one",
     STATS_MEDIAN, AT(later)},
};
static const struct summary_plan plan = {quantity, REPORT_LENGTH(quantity), 9, 10};

/* What is measured on a network as a whole. */
struct whole {
    double arrival;  /* epochs until the output knows so much of the label */
    double knows;    /* I(out;Y) at the end, bits */
    double accuracy; /* share of right labels on the test set at the end */
};
static const struct summary_quantity of_whole[] = {
    {"arrival", "%.0f", "median epochs to the information of the output", STATS_MEDIAN,
     offsetof(struct whole, arrival)},
    {"knows", "%.3f", "mean final I(out;Y), bits", STATS_MEAN, offsetof(struct whole, knows)},
    {"accuracy", "%.4f", "mean test accuracy at the end", STATS_MEAN,
     offsetof(struct whole, accuracy)},
};
static const struct summary_plan whole_plan = {of_whole, REPORT_LENGTH(of_whole), 9, 10};

/* A row per layer and epoch: mean path, spread over networks, share of networks whose layer compresses
 * by then; m (n, layers) of them. */
static void write_paths(FILE *f, const struct frame_set *set, const struct run_record *record,
                        const struct fall *m)
{
    static const struct course_column column[] = {
        {COURSE_I_XT, COURSE_OVER_MEAN}, {COURSE_I_XT, COURSE_OVER_SE},
        {COURSE_I_XT, COURSE_OVER_SD},   {COURSE_I_TY, COURSE_OVER_MEAN},
        {COURSE_I_TY, COURSE_OVER_SE},   {COURSE_I_TY, COURSE_OVER_SD}};
    const size_t n = set->networks, layers = record->layers;
    for (size_t l = 0; l < layers; l++)
        for (size_t i = 0; i < record->rows; i++) {
            double begun = 0.0;
            for (size_t k = 0; k < n; k++)
                begun += m[k * layers + l].onset <= (double)record->row[i].epoch;
            fprintf(f, "%s\t%zu\t%zu", set->name, l + 1, record->row[i].epoch);
            for (size_t c = 0; c < REPORT_LENGTH(column); c++)
                number_columns(f, (const double[]){course_over(record, n, i, l, column[c])}, 1);
            fprintf(f, "\t%.9g\n", begun / (double)n);
        }
}

/* How far the networks' places of layer l lie apart at the end, and how much of that is left of the
 * spread of the initial weights; `what` is i-xt or i-ty. */
static void report_spread(struct frame *f, const struct frame_set *set,
                          const struct run_record *record, size_t l, enum course of,
                          const char *what)
{
    const size_t n = set->networks;
    double *first = course_values(record, n, 0, l, of);
    double *last = course_values(record, n, record->rows - 1, l, of);
    report_interval(&f->report, stats_spread(last, n, f->resamples, 1), "%.3f",
                    "standard deviation over networks at the end, bits", "%s/t%zu/%s-sd", set->name,
                    l + 1, what);
    report_interval(&f->report, stats_spread_ratio(last, first, n, f->resamples, 1), "%.2f",
                    "the same over that of the initial weights", "%s/t%zu/%s-spread", set->name,
                    l + 1, what);
    free(last);
    free(first);
}

/* In how many networks each layer is the first to compress, and precedes the layer below it. */
static void report_order(struct report *r, const struct frame_set *set, const struct fall *m)
{
    const size_t n = set->networks, layers = set->config.layers;
    for (size_t l = 0; l < layers; l++) {
        report_interval(r, fall_first(m, n, layers, l), "%.2f",
                        "share of the networks in which no layer compresses earlier",
                        "%s/t%zu/first", set->name, l + 1);
        if (l == 0)
            continue;
        const struct stats_interval x = fall_before(m, n, layers, l, l - 1, &rules.fall);
        report_interval(r, x, "%.2f", "share of the networks in which the upper layer is first",
                        "%s/t%zu-before-t%zu", set->name, l + 1, l);
        report_number(r, (double)x.n, "%.0f", "networks in which both layers compress",
                      "%s/t%zu-before-t%zu/networks", set->name, l + 1, l);
    }
}

/* What the width does to the output: a wider set against the described one, network by network. */
static void report_width(struct report *r, const struct summary *wide,
                         const struct summary *described)
{
    report_interval(r,
                    stats_median_ratio(summary_values(described, "arrival"),
                                       summary_values(wide, "arrival"), wide->networks),
                    "%.2f", "median over networks of the epochs of the narrow over the wide one",
                    "%s/speedup", wide->set);
    report_interval(r, summary_difference(wide, described, "knows"), "%+.4f",
                    "mean gain of final I(out;Y) by the width, bits", "%s/gain", wide->set);
    report_interval(r, summary_difference(wide, described, "accuracy"), "%+.4f",
                    "mean gain of test accuracy by the width", "%s/accuracy-gain", wide->set);
}

int main(int argc, char **argv)
{
    struct frame *f = frame_open(&claim, argc, argv);
    const struct params *p = &params[f->cli.scale];
    struct report *r = &f->report;

    /* Train. */
    struct frame_set set[SETS];
    for (size_t s = 0; s < SETS; s++) {
        struct config c = recipe_described(0.85, p->epochs);
        for (size_t l = 1; l < c.layers; l++)
            c.width[l] *= times[s];
        set[s] = (struct frame_set){.name = name[s], .config = c, .networks = p->networks[s]};
    }
    frame_sets(f, set, SETS, p->resamples);
    if (!frame_train(f))
        return frame_close(f);

    /* Measure. */
    const size_t layers = set[DESCRIBED].config.layers;
    FILE *paths = frame_table(f, "layers");
    FILE *networks = frame_table(f, "layers_networks");
    struct fall *m = memory_array(p->networks[DESCRIBED] * layers, sizeof *m, "layers");
    struct summary *whole[SETS];
    frame_params(f, DESCRIBED);
    report_number(r, rules.arrival.level[ARRIVAL_INFORMATION], "%.2g",
                  "I(out;Y) at the arrival, bits", "param.information");
    report_number(r, (double)rules.fall.least, "%.0f", "least networks for an order",
                  "param.order-networks");
    summary_columns(networks, &plan);
    summary_heading(&plan);
    for (size_t s = 0; s < SETS; s++) {
        const struct run_record *record = frame_read(f, s);
        whole[s] = frame_summary(f, &whole_plan, s, SUMMARY_NETWORK);
        for (size_t k = 0; k < set[s].networks; k++) {
            const struct run_row *end = &record[k].row[record[k].rows - 1];
            const struct whole w = {
                arrival_epoch(&record[k], COURSE_I_TY, rules.arrival.level[ARRIVAL_INFORMATION]),
                course_at(end, layers - 1, COURSE_I_TY), end->test_accuracy};
            summary_put(whole[s], k, &w);
            for (size_t l = 0; l < layers; l++)
                m[k * layers + l] = fall_of(&record[k], l, &rules.fall);
        }
        summary_report(whole[s], r);
        for (size_t l = 0; l < layers; l++) {
            struct summary *x = frame_summary(f, &plan, s, l);
            for (size_t k = 0; k < set[s].networks; k++) {
                const struct fall own = m[k * layers + l];
                const double earliest = fall_earliest(&m[k * layers], layers);
                const double later = isfinite(own.onset) ? own.onset - earliest : INFINITY;
                summary_put(x, k, &(struct layer){own, later});
            }
            summary_write(x, r, networks);
            report_spread(f, &set[s], record, l, COURSE_I_XT, "i-xt");
            report_spread(f, &set[s], record, l, COURSE_I_TY, "i-ty");
        }
        report_order(r, &set[s], m);
        write_paths(paths, &set[s], record, m);
    }
    for (size_t s = WIDE; s < SETS; s++)
        report_width(r, whole[s], whole[DESCRIBED]);
    free(m);
    return frame_close(f);
}
