/* sample_size.c -- the original's Fig. 7: where trained layers lie in the information plane, for
 * training sets of 4 to 84 % of the patterns.
 *
 * Trains the recipe of the original's text at each size, places the layers after the last epoch
 * beside the bound, and measures whether I(X;T) is smallest at the middle sizes. */
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "bend.h"
#include "die.h"
#include "ensemble.h"
#include "place.h"
#include "recipe.h"
#include "summary.h"

enum { MOST_SIZES = 16 };

/*[ params ]*/
static const struct params {
    size_t networks, epochs; /* networks at each size */
    size_t resamples;        /* of the bootstrap over networks */
    size_t sizes;
    double share[MOST_SIZES]; /* of the patterns that are trained on */
    struct place_curve curve; /* betas of the bound */
    struct bend_rule rule;    /* middle sizes, bits, last hidden layers */
} full = {.networks = 50,
          .epochs = 10000,
          .resamples = 10000,
          .sizes = 13,
          .share = {.04, .08, .12, .16, .20, .28, .36, .44, .52, .60, .68, .76, .84},
          .curve = {.n = 400, .low = 1, .high = 1000, .tail = 150, .end = 1e80},
          .rule = {.low = .20, .high = .60, .bits = 0.1, .layers = 2}},
  /*[ end ]*/
    quick = {.networks = 6,
             .epochs = 2000,
             .resamples = 1000,
             .sizes = 5,
             .share = {.04, .20, .36, .60, .84},
             .curve = {.n = 100, .low = 1, .high = 1000, .tail = 150, .end = 1e80},
             .rule = {.low = .20, .high = .60, .bits = 0.1, .layers = 2}};

/* What is measured on one layer of one network at one size; the bend needs the others, too. */
enum quantity { I_XT, I_TY, BELOW, RIGHT, BEND, QUANTITIES };
static const struct summary_quantity quantity[QUANTITIES] = {
    [I_XT] = {"i-xt", "%.2f", "mean I(X;T), bits", STATS_MEAN},
    [I_TY] = {"i-ty", "%.3f", "mean I(T;Y), bits", STATS_MEAN},
    [BELOW] = {"below", "%.3f", "mean distance below the bound, bits of I(T;Y)", STATS_MEAN},
    [RIGHT] = {"right", "%.2f", "mean distance to the right of the bound, bits of I(X;T)",
               STATS_MEAN},
    [BEND] = {"bend", "%+.2f", "mean I(X;T) less that at the middle sizes, bits", STATS_MEAN}};
static const struct summary_plan plan = {.quantity = quantity, .quantities = QUANTITIES};

/* What is measured on one network at one size. */
enum accuracy { TRAIN, TEST, ACCURACIES };
static const struct summary_quantity accuracy[ACCURACIES] = {
    [TRAIN] = {"train", "%.3f", "mean accuracy on the training set", STATS_MEAN},
    [TEST] = {"test", "%.3f", "mean accuracy on the other patterns", STATS_MEAN}};
static const struct summary_plan accuracy_plan = {.quantity = accuracy, .quantities = ACCURACIES};

/* What is measured on one layer of one network over all sizes. */
enum trend { SMALL, LARGE, GAIN, ORDER, TRENDS };
static const struct summary_quantity trend[TRENDS] = {
    [SMALL] = {"small", "%+.2f", "mean I(X;T) at the smallest size less that at middle sizes, bits",
               STATS_MEAN},
    [LARGE] = {"large", "%+.2f", "mean I(X;T) at the largest size less that at middle sizes, bits",
               STATS_MEAN},
    [GAIN] = {"gain", "%+.3f", "mean I(T;Y) at the largest size less that at the smallest, bits",
              STATS_MEAN},
    [ORDER] = {"order", "%.2f", "mean rank correlation of I(T;Y) with the size", STATS_MEAN}};
static const struct summary_plan trend_plan = {.quantity = trend, .quantities = TRENDS};

/* The networks of one size. */
struct size {
    char name[8]; /* in keys: p04 */
    struct summary layer[NET_MAX_LAYERS], accuracy;
};

/* The bound, a row per point. */
static struct place_bound *make_bound(struct report *r, const struct params *p,
                                      const struct task *task)
{
    struct place_bound *bound = place_bound_alloc(task, task->gamma, &p->curve);
    report_number(r, bound->gap, "%.1e", "largest gap of the certificates of the bound, bits",
                  "gap");
    struct file f;
    report_table(r, &f, "_bound", "beta\ti_x\ti_y\tgap");
    for (size_t i = 0; i < bound->n; i++)
        fprintf(f.stream, "%.9g\t%.9g\t%.9g\t%.3g\n", bound->point[i].beta, bound->point[i].i_x,
                bound->point[i].i_y, bound->point[i].gap);
    file_commit(&f);
    return bound;
}

/* Begins a size. */
static void begin(struct size *size, double share, size_t layers, const struct params *p)
{
    snprintf(size->name, sizeof size->name, "p%02.0f", 100.0 * share);
    for (size_t l = 0; l < layers; l++)
        summary_init(&size->layer[l], &plan, size->name, l, p->networks, p->resamples);
    summary_init(&size->accuracy, &accuracy_plan, size->name, SUMMARY_NETWORK, p->networks,
                 p->resamples);
}

/* Measures network k of a size after its last epoch. */
static void measure(struct size *size, const struct place_bound *bound, const struct task *task,
                    const struct run_config *config, const struct run_record *record, size_t k)
{
    struct place_layer place[NET_MAX_LAYERS];
    if (place_measure(place, bound, task, config, record, PLACE_WHERE, NULL) != 0)
        die("network %zu: its final weights do not give the information of its record", k);
    const struct run_row *last = &record->row[record->rows - 1];
    size->accuracy.value[TRAIN][k] = last->train_accuracy;
    size->accuracy.value[TEST][k] = last->test_accuracy;
    for (size_t l = 0; l < record->layers; l++) {
        struct summary *x = &size->layer[l];
        x->value[I_XT][k] = last->information[l].i_xt;
        x->value[I_TY][k] = last->information[l].i_ty;
        x->value[BELOW][k] = place[l].of[PLACE_BELOW];
        x->value[RIGHT][k] = place[l].of[PLACE_RIGHT];
    }
}

/* The bend of layer l in all networks. */
static void measure_bend(struct size *size, size_t l, const struct params *p)
{
    for (size_t k = 0; k < p->networks; k++) {
        double i_xt[MOST_SIZES] = {0}, bend[MOST_SIZES];
        for (size_t s = 0; s < p->sizes; s++)
            i_xt[s] = size[s].layer[l].value[I_XT][k];
        bend_of(bend, i_xt, p->share, p->sizes, &p->rule);
        for (size_t s = 0; s < p->sizes; s++)
            size[s].layer[l].value[BEND][k] = bend[s];
    }
}

/* The means of a layer, or the accuracies, at one size: numbers for the text, and the end of a row. */
static void write_means(struct summary *x, struct report *r, FILE *f)
{
    summary_report(x, r);
    for (size_t q = 0; q < x->asked; q++)
        fprintf(f, "\t%.9g\t%.9g\t%.9g", x->over[q].value, x->over[q].low, x->over[q].high);
    fputc('\n', f);
}

/* Layer l over the sizes: its trends, the size of least I(X;T), and a line on stdout. */
static void write_trends(struct summary *x, struct report *r, FILE *f, const struct size *size,
                         size_t l, const struct params *p)
{
    const size_t last = p->sizes - 1;
    double mean[MOST_SIZES];
    summary_init(x, &trend_plan, NULL, l, p->networks, p->resamples);
    for (size_t k = 0; k < p->networks; k++) {
        double i_ty[MOST_SIZES] = {0};
        for (size_t s = 0; s < p->sizes; s++)
            i_ty[s] = size[s].layer[l].value[I_TY][k];
        x->value[SMALL][k] = size[0].layer[l].value[BEND][k];
        x->value[LARGE][k] = size[last].layer[l].value[BEND][k];
        x->value[GAIN][k] = i_ty[last] - i_ty[0];
        x->value[ORDER][k] = stats_pairs(p->share, i_ty, p->sizes, STATS_RANK_CORRELATION);
    }
    summary_rows(f, x);
    for (size_t s = 0; s < p->sizes; s++)
        mean[s] = size[s].layer[l].over[I_XT].value;
    const size_t least = gsl_stats_min_index(mean, 1, p->sizes);
    report_number(r, 100.0 * p->share[least], "%.0f",
                  "size of least mean I(X;T), % of the patterns", "t%zu/least-size", l + 1);
    report_number(r, mean[least], "%.2f", "mean I(X;T) there, bits", "t%zu/least", l + 1);
    summary_report(x, r);
    printf("%zu  %9.0f %%  %10.3f", l + 1, 100.0 * p->share[least], mean[least]);
    for (size_t t = 0; t < TRENDS; t++)
        printf("  %7.3f [%6.3f, %6.3f]", x->over[t].value, x->over[t].low, x->over[t].high);
    putchar('\n');
}

int main(int argc, char **argv)
{
    struct cli cli;
    cli_parse(&cli, argc, argv, "sample_size",
              "Fig. 7: trained layers in the information plane for 4 to 84 % of the patterns.");
    const struct params *p = cli.scale == CLI_FULL ? &full : &quick;

    /* Train. */
    struct run_config config[MOST_SIZES];
    size_t networks_of[MOST_SIZES];
    for (size_t s = 0; s < p->sizes; s++) {
        config[s] = recipe_described(p->share[s], p->epochs);
        networks_of[s] = p->networks;
    }
    struct ensemble ensemble;
    ensemble_init(&ensemble, &cli, config, networks_of, p->sizes);
    if (!ensemble_fill(&ensemble))
        return 0;

    /* Measure. */
    const size_t layers = config[0].layers, hidden = layers - 1;
    struct run_record *record = malloc(sizeof *record);
    struct size *size = malloc(p->sizes * sizeof *size);
    struct summary *over = malloc(layers * sizeof *over); /* all sizes */
    if (!record || !size || !over)
        die("memory is short");
    struct report report;
    report_open(&report, &cli);
    recipe_report(&report, &config[p->sizes - 1], p->networks);
    report_number(&report, (double)p->sizes, "%.0f", "sizes of the training set", "param.sizes");
    report_number(&report, (double)(p->curve.n + p->curve.tail), "%.0f", "points of the bound",
                  "param.points");
    const struct task *task = &ensemble.task[0];
    struct place_bound *bound = make_bound(&report, p, task);
    for (size_t s = 0; s < p->sizes; s++) {
        begin(&size[s], p->share[s], layers, p);
        for (size_t k = 0; k < p->networks; k++) {
            ensemble_read(record, &ensemble, s, k);
            measure(&size[s], bound, task, &config[s], record, k);
        }
    }
    struct file means, accuracies, networks;
    report_table(&report, &means, "",
                 "share\tlayer\ti_xt\ti_xt_low\ti_xt_high\ti_ty\ti_ty_low\ti_ty_high\t"
                 "below\tbelow_low\tbelow_high\tright\tright_low\tright_high\t"
                 "bend\tbend_low\tbend_high");
    report_table(&report, &accuracies, "_accuracy",
                 "share\ttrain\ttrain_low\ttrain_high\ttest\ttest_low\ttest_high");
    summary_table(&networks, &report, &trend_plan);
    for (size_t s = 0; s < p->sizes; s++) {
        fprintf(accuracies.stream, "%.9g", p->share[s]);
        write_means(&size[s].accuracy, &report, accuracies.stream);
    }
    printf("T  least size  least I(X;T)");
    for (size_t t = 0; t < TRENDS; t++)
        printf("  %-25s", trend[t].name);
    putchar('\n');
    for (size_t l = 0; l < layers; l++) {
        measure_bend(size, l, p);
        for (size_t s = 0; s < p->sizes; s++) {
            fprintf(means.stream, "%.9g\t%zu", p->share[s], l + 1);
            write_means(&size[s].layer[l], &report, means.stream);
        }
        write_trends(&over[l], &report, networks.stream, size, l, p);
    }
    file_commit(&means);
    file_commit(&accuracies);
    file_commit(&networks);

    /* Judge. */
    struct stats_interval small[NET_MAX_LAYERS], large[NET_MAX_LAYERS];
    summary_over(small, over, hidden, SMALL);
    summary_over(large, over, hidden, LARGE);
    report_number(&report, p->rule.bits, "%.1f", "least bend of I(X;T), bits", "param.bend-bits");
    report_number(&report, 100.0 * p->rule.low, "%.0f", "least middle size, %", "param.middle-low");
    report_number(&report, 100.0 * p->rule.high, "%.0f", "largest middle size, %",
                  "param.middle-high");
    verdict_report(&report, bend_verdict(small, large, hidden, &p->rule), "verdict",
                   "I(X;T) of the last hidden layers is smallest at the middle sizes");
    report_close(&report);
    place_bound_free(bound);
    free(over);
    free(size);
    free(record);
    ensemble_free(&ensemble);
    return 0;
}
