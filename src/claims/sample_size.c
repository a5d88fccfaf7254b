/* sample_size.c -- the original's Fig. 7: where trained layers lie in the information plane, for
 * training sets of 4 to 84 % of the patterns.
 *
 * Trains the recipe of the original's text at each size, places the layers after the last epoch
 * beside the bound, and measures whether I(X;T) is smallest at the middle sizes. */
#include <gsl/gsl_statistics_double.h>
#include <stdlib.h>

#include "bend.h"
#include "die.h"
#include "frame.h"
#include "place.h"
#include "recipe.h"
#include "rules.h"

/*[ params ]*/
enum { MOST_SIZES = 16 };
static const struct params {
    size_t networks, epochs; /* networks at each size */
    size_t resamples;        /* of the bootstrap over networks */
    size_t sizes;
    double share[MOST_SIZES]; /* of the patterns that are trained on */
    struct place_curve curve; /* betas of the bound */
} params[] = {
    [CLI_FULL] = {.networks = 50,
                  .epochs = 10000,
                  .resamples = 10000,
                  .sizes = 13,
                  .share = {.04, .08, .12, .16, .20, .28, .36, .44, .52, .60, .68, .76, .84},
                  .curve = {.n = 400, .low = 1, .high = 1000, .tail = 150, .end = 1e80}},
    [CLI_QUICK] = {.networks = 6,
                   .epochs = 2000,
                   .resamples = 1000,
                   .sizes = 5,
                   .share = {.04, .20, .36, .60, .84},
                   .curve = {.n = 100, .low = 1, .high = 1000, .tail = 150, .end = 1e80}},
};
/*[ end ]*/

static const struct frame_claim claim = {
    .name = "sample_size",
    .purpose = "Fig. 7: trained layers in the information plane for 4 to 84 % of the patterns.",
    .table = {{"sample_size", "share\tlayer\ti_xt\ti_xt_low\ti_xt_high\ti_ty\ti_ty_low\ti_ty_high\t"
                              "below\tbelow_low\tbelow_high\tright\tright_low\tright_high\t"
                              "bend\tbend_low\tbend_high"},
              {"sample_size_accuracy",
               "share\ttrain\ttrain_low\ttrain_high\ttest\ttest_low\ttest_high"},
              {"sample_size_bound", "beta\ti_x\ti_y\tgap"},
              {"sample_size_networks", NULL}},
};

/* What is measured on one layer of one network at one size; the bend needs the others, too. */
struct layer {
    double i_xt, i_ty, below, right, bend;
};
static const struct summary_quantity quantity[] = {
    {"i-xt", "%.2f", "mean I(X;T), bits", STATS_MEAN, offsetof(struct layer, i_xt)},
    {"i-ty", "%.3f", "mean I(T;Y), bits", STATS_MEAN, offsetof(struct layer, i_ty)},
    {"below", "%.3f", "mean distance below the bound, bits of I(T;Y)", STATS_MEAN,
     offsetof(struct layer, below)},
    {"right", "%.2f", "mean distance to the right of the bound, bits of I(X;T)", STATS_MEAN,
     offsetof(struct layer, right)},
    {"bend", "%+.2f", "mean I(X;T) less that at the middle sizes, bits", STATS_MEAN,
     offsetof(struct layer, bend)}};
static const struct summary_plan plan = {quantity, REPORT_LENGTH(quantity), 0, 0};

/* What is measured on one network at one size. */
struct accuracy {
    double train, test;
};
static const struct summary_quantity accuracy_quantity[] = {
    {"train", "%.3f", "mean accuracy on the training set", STATS_MEAN,
     offsetof(struct accuracy, train)},
    {"test", "%.3f", "mean accuracy on the other patterns", STATS_MEAN,
     offsetof(struct accuracy, test)}};
static const struct summary_plan accuracy_plan = {accuracy_quantity,
                                                  REPORT_LENGTH(accuracy_quantity), 0, 0};

/* What is measured on one layer of one network over all sizes. */
struct trend {
    double small, large, gain, order;
};
static const struct summary_quantity trend_quantity[] = {
    {"small", "%+.2f", "mean I(X;T) at the smallest size less that at middle sizes, bits",
     STATS_MEAN, offsetof(struct trend, small)},
    {"large", "%+.2f", "mean I(X;T) at the largest size less that at middle sizes, bits",
     STATS_MEAN, offsetof(struct trend, large)},
    {"gain", "%+.3f", "mean I(T;Y) at the largest size less that at the smallest, bits", STATS_MEAN,
     offsetof(struct trend, gain)},
    {"order", "%.2f", "mean rank correlation of I(T;Y) with the size", STATS_MEAN,
     offsetof(struct trend, order)}};
static const struct summary_plan trend_plan = {trend_quantity, REPORT_LENGTH(trend_quantity), 0, 0};

/* The trends of a layer over the sizes, from its summaries at[sizes]: rows, the size of least I(X;T),
 * and a line on stdout. */
static void write_trends(struct summary *trends, struct report *r, FILE *f,
                         struct summary *const at[MOST_SIZES], const struct params *p)
{
    const size_t last = p->sizes - 1, layer = trends->layer + 1;
    double mean[MOST_SIZES];
    for (size_t k = 0; k < p->networks; k++) {
        double i_ty[MOST_SIZES] = {0};
        for (size_t s = 0; s < p->sizes; s++)
            i_ty[s] = summary_values(at[s], "i-ty")[k];
        const struct trend m = {summary_values(at[0], "bend")[k],
                                summary_values(at[last], "bend")[k], i_ty[last] - i_ty[0],
                                stats_pairs(p->share, i_ty, p->sizes, STATS_RANK_CORRELATION)};
        summary_put(trends, k, &m);
    }
    summary_rows(f, trends);
    for (size_t s = 0; s < p->sizes; s++)
        mean[s] = summary_interval(at[s], "i-xt").value;
    const size_t least = gsl_stats_min_index(mean, 1, p->sizes);
    report_number(r, 100.0 * p->share[least], "%.0f",
                  "size of least mean I(X;T), % of the patterns", "t%zu/least-size", layer);
    report_number(r, mean[least], "%.2f", "mean I(X;T) there, bits", "t%zu/least", layer);
    summary_report(trends, r);
    printf("%zu  %9.0f %%  %10.3f", layer, 100.0 * p->share[least], mean[least]);
    for (size_t t = 0; t < trends->asked; t++)
        printf("  %7.3f [%6.3f, %6.3f]", trends->over[t].value, trends->over[t].low,
               trends->over[t].high);
    putchar('\n');
}

int main(int argc, char **argv)
{
    struct frame *f = frame_open(&claim, argc, argv);
    const struct params *p = &params[f->cli.scale];
    struct report *r = &f->report;

    /* Train. */
    char name[MOST_SIZES][8]; /* in keys: p04 */
    struct frame_set set[MOST_SIZES] = {{NULL}};
    for (size_t s = 0; s < p->sizes; s++) {
        snprintf(name[s], sizeof name[s], "p%02.0f", 100.0 * p->share[s]);
        set[s] = (struct frame_set){.name = name[s],
                                    .config = recipe_described(p->share[s], p->epochs),
                                    .networks = p->networks};
    }
    frame_sets(f, set, p->sizes, p->resamples);
    if (!frame_train(f))
        return frame_close(f);
    frame_params(f, p->sizes - 1);
    report_number(r, (double)p->sizes, "%.0f", "sizes of the training set", "param.sizes");
    report_number(r, (double)(p->curve.n + p->curve.tail), "%.0f", "points of the bound",
                  "param.points");

    /* The bound. */
    const struct task *task = frame_task(f, 0);
    struct place_bound *bound = place_bound_alloc(task, task->gamma, &p->curve);
    report_number(r, bound->gap, "%.1e", "largest gap of the certificates of the bound, bits",
                  "gap");
    FILE *curve = frame_table(f, "sample_size_bound");
    for (size_t i = 0; i < bound->n; i++)
        fprintf(curve, "%.9g\t%.9g\t%.9g\t%.3g\n", bound->point[i].beta, bound->point[i].i_x,
                bound->point[i].i_y, bound->point[i].gap);

    /* Measure every network at the end of its training. */
    const size_t layers = set[0].config.layers;
    struct summary *layer[NET_MAX_LAYERS][MOST_SIZES];
    FILE *accuracies = frame_table(f, "sample_size_accuracy");
    for (size_t s = 0; s < p->sizes; s++) {
        const struct run_record *record = frame_read(f, s);
        struct summary *accuracy = frame_summary(f, &accuracy_plan, s, SUMMARY_NETWORK);
        for (size_t l = 0; l < layers; l++)
            layer[l][s] = frame_summary(f, &plan, s, l);
        struct final *last = frame_final(f, s);
        for (size_t k = 0; k < p->networks; k++) {
            struct place_layer place[NET_MAX_LAYERS];
            if (place_measure(place, bound, task, last, &record[k], PLACE_WHERE, NULL) != 0)
                die("network %zu: its final weights do not give the information of its record", k);
            const struct run_row *end = &record[k].row[record[k].rows - 1];
            summary_put(accuracy, k, &(struct accuracy){end->train_accuracy, end->test_accuracy});
            for (size_t l = 0; l < layers; l++) {
                const struct layer m = {end->information[l].i_xt, end->information[l].i_ty,
                                        place[l].of[PLACE_BELOW], place[l].of[PLACE_RIGHT], 0};
                summary_put(layer[l][s], k, &m);
            }
        }
        final_free(last);
        fprintf(accuracies, "%.9g", p->share[s]);
        summary_means(accuracy, r, accuracies);
    }

    /* Compare the sizes within each network. */
    struct summary *trends[NET_MAX_LAYERS];
    FILE *means = frame_table(f, "sample_size"), *networks = frame_table(f, "sample_size_networks");
    summary_columns(networks, &trend_plan);
    printf("T  least size  least I(X;T)");
    for (size_t t = 0; t < trend_plan.quantities; t++)
        printf("  %-25s", trend_quantity[t].name);
    putchar('\n');
    for (size_t l = 0; l < layers; l++) {
        for (size_t k = 0; k < p->networks; k++) {
            double i_xt[MOST_SIZES] = {0}, bend[MOST_SIZES];
            for (size_t s = 0; s < p->sizes; s++)
                i_xt[s] = summary_values(layer[l][s], "i-xt")[k];
            bend_of(bend, i_xt, p->share, p->sizes, &rules.bend);
            for (size_t s = 0; s < p->sizes; s++)
                summary_values(layer[l][s], "bend")[k] = bend[s];
        }
        for (size_t s = 0; s < p->sizes; s++) {
            fprintf(means, "%.9g\t%zu", p->share[s], l + 1);
            summary_means(layer[l][s], r, means);
        }
        trends[l] = frame_summary(f, &trend_plan, FRAME_ALL_SETS, l);
        write_trends(trends[l], r, networks, layer[l], p);
    }

    const struct report_entry rule[] = {
        {100.0 * rules.bend.low, "%.0f", "least middle size, %", "middle-low"},
        {100.0 * rules.bend.high, "%.0f", "largest middle size, %", "middle-high"}};
    report_entries(r, rule, REPORT_LENGTH(rule), "param.");
    place_bound_free(bound);
    return frame_close(f);
}
