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
#include "recipe.h"
#include "source.h"

enum { MOST_SIZES = 16 };

/*[ params ]*/
static const struct params {
    size_t networks, epochs; /* networks at each size */
    size_t resamples;        /* of the bootstrap over networks */
    size_t sizes;
    double share[MOST_SIZES]; /* of the patterns that are trained on */
    size_t points; /* of the bound, at betas between the two, in equal steps of the log */
    double beta_low, beta_high;
    struct bend_rule rule; /* middle sizes, bits, last hidden layers */
} full = {.networks = 50,
          .epochs = 10000,
          .resamples = 10000,
          .sizes = 13,
          .share = {.04, .08, .12, .16, .20, .28, .36, .44, .52, .60, .68, .76, .84},
          .points = 400,
          .beta_low = 1.0,
          .beta_high = 1000.0,
          .rule = {.low = .20, .high = .60, .bits = 0.1, .layers = 2}},
  /*[ end ]*/
    quick = {.networks = 6,
             .epochs = 2000,
             .resamples = 1000,
             .sizes = 5,
             .share = {.04, .20, .36, .60, .84},
             .points = 100,
             .beta_low = 1.0,
             .beta_high = 1000.0,
             .rule = {.low = .20, .high = .60, .bits = 0.1, .layers = 2}};

/* What is measured on one layer of one network at one size; the bend needs the others, too. */
enum quantity { I_XT, I_TY, BELOW, RIGHT, BEND, QUANTITIES };
static const struct {
    const char *name, *format, *meaning;
} quantity[QUANTITIES] = {
    [I_XT] = {"i-xt", "%.2f", "mean I(X;T), bits"},
    [I_TY] = {"i-ty", "%.3f", "mean I(T;Y), bits"},
    [BELOW] = {"below", "%.3f", "mean distance below the bound, bits of I(T;Y)"},
    [RIGHT] = {"right", "%.2f", "mean distance to the right of the bound, bits of I(X;T)"},
    [BEND] = {"bend", "%+.2f", "mean I(X;T) less that at the middle sizes, bits"}};

/* What is measured on one layer of one network over all sizes. */
enum trend { SMALL, LARGE, GAIN, ORDER, TRENDS };
static const struct {
    const char *name, *format, *meaning;
} trend[TRENDS] = {
    [SMALL] = {"small", "%+.2f",
               "mean I(X;T) at the smallest size less that at middle sizes, bits"},
    [LARGE] = {"large", "%+.2f", "mean I(X;T) at the largest size less that at middle sizes, bits"},
    [GAIN] = {"gain", "%+.3f", "mean I(T;Y) at the largest size less that at the smallest, bits"},
    [ORDER] = {"order", "%.2f", "mean rank correlation of I(T;Y) with the size"}};

/* One value per network. */
typedef double networks[ENSEMBLE_MAX_NETWORKS];

/* The networks of one size. */
struct size {
    networks value[NET_MAX_LAYERS][QUANTITIES], train, test; /* accuracies */
};

/* The bound, a row per point, and the bounds that it sets to any encoder. */
struct bound {
    struct bottleneck *source;
    struct bottleneck_point *point;
    size_t n;
};

static void make_bound(struct bound *bound, struct report *r, const struct params *p,
                       const struct task *task)
{
    bound->n = p->points;
    bound->source = source_alloc(task, task->gamma);
    bound->point = malloc(p->points * sizeof *bound->point);
    if (!bound->source || !bound->point)
        die("memory is short");
    const double gap =
        source_curve(bound->point, p->points, bound->source, 0.0, p->beta_low, p->beta_high);
    report_number(r, gap, "%.1e", "largest gap of the certificates of the bound, bits", "gap");
    struct file f;
    report_table(r, &f, "_bound", "beta\ti_x\ti_y\tgap");
    for (size_t i = 0; i < p->points; i++)
        fprintf(f.stream, "%.9g\t%.9g\t%.9g\t%.3g\n", bound->point[i].beta, bound->point[i].i_x,
                bound->point[i].i_y, bound->point[i].gap);
    file_commit(&f);
}

/* Measures network k of a size after its last epoch. */
static void measure(struct size *size, const struct bound *bound, const struct run_record *record,
                    size_t k)
{
    const struct run_row *last = &record->row[record->rows - 1];
    size->train[k] = last->train_accuracy;
    size->test[k] = last->test_accuracy;
    for (size_t l = 0; l < record->layers; l++) {
        const double i_xt = last->information[l].i_xt, i_ty = last->information[l].i_ty;
        networks *value = size->value[l];
        value[I_XT][k] = i_xt;
        value[I_TY][k] = i_ty;
        value[BELOW][k] =
            bottleneck_height(bound->source, bound->point, bound->n, i_xt).high - i_ty;
        value[RIGHT][k] = i_xt - bottleneck_rate(bound->point, bound->n, i_ty).low;
    }
}

/* Name of a size in keys: p04. */
static void name_of(char name[8], double share)
{
    snprintf(name, 8, "p%02.0f", 100.0 * share);
}

/* The bend of layer l in all networks. */
static void measure_bend(struct size *size, size_t l, const struct params *p)
{
    for (size_t k = 0; k < p->networks; k++) {
        double i_xt[MOST_SIZES] = {0}, bend[MOST_SIZES];
        for (size_t s = 0; s < p->sizes; s++)
            i_xt[s] = size[s].value[l][I_XT][k];
        bend_of(bend, i_xt, p->share, p->sizes, &p->rule);
        for (size_t s = 0; s < p->sizes; s++)
            size[s].value[l][BEND][k] = bend[s];
    }
}

/* The means of layer l at each size: a row each, numbers for the text. */
static void write_layer(struct report *r, FILE *f, const struct size *size, size_t l,
                        const struct params *p)
{
    for (size_t s = 0; s < p->sizes; s++) {
        char name[8];
        name_of(name, p->share[s]);
        fprintf(f, "%.9g\t%zu", p->share[s], l + 1);
        for (size_t q = 0; q < QUANTITIES; q++) {
            const struct stats_interval x =
                stats_bootstrap(size[s].value[l][q], p->networks, STATS_MEAN, p->resamples, 1);
            fprintf(f, "\t%.9g\t%.9g\t%.9g", x.value, x.low, x.high);
            report_interval(r, x, quantity[q].format, quantity[q].meaning, "%s/t%zu/%s", name,
                            l + 1, quantity[q].name);
        }
        fputc('\n', f);
    }
}

static void write_accuracy(struct report *r, FILE *f, const struct size *size, double share,
                           const struct params *p)
{
    char name[8];
    name_of(name, share);
    const struct stats_interval train = stats_bootstrap(size->train, p->networks, STATS_MEAN,
                                                        p->resamples, 1),
                                test = stats_bootstrap(size->test, p->networks, STATS_MEAN,
                                                       p->resamples, 1);
    fprintf(f, "%.9g\t%.9g\t%.9g\t%.9g\t%.9g\t%.9g\t%.9g\n", share, train.value, train.low,
            train.high, test.value, test.low, test.high);
    report_interval(r, train, "%.3f", "mean accuracy on the training set", "%s/train", name);
    report_interval(r, test, "%.3f", "mean accuracy on the other patterns", "%s/test", name);
}

/* Layer l over the sizes: its trends, the size of least I(X;T), and a line on stdout. */
static void write_trends(struct stats_interval over[TRENDS], struct report *r, FILE *f,
                         const struct size *size, size_t l, const struct params *p)
{
    static networks value[TRENDS];
    const size_t last = p->sizes - 1;
    double mean[MOST_SIZES];
    for (size_t k = 0; k < p->networks; k++) {
        double i_ty[MOST_SIZES] = {0};
        for (size_t s = 0; s < p->sizes; s++)
            i_ty[s] = size[s].value[l][I_TY][k];
        value[SMALL][k] = size[0].value[l][BEND][k];
        value[LARGE][k] = size[last].value[l][BEND][k];
        value[GAIN][k] = i_ty[last] - i_ty[0];
        value[ORDER][k] = stats_pairs(p->share, i_ty, p->sizes, STATS_RANK_CORRELATION);
        fprintf(f, "%zu\t%zu", l + 1, k);
        for (size_t t = 0; t < TRENDS; t++)
            fprintf(f, "\t%.9g", value[t][k]);
        fputc('\n', f);
    }
    for (size_t s = 0; s < p->sizes; s++)
        mean[s] = stats_mean(size[s].value[l][I_XT], p->networks);
    const size_t least = gsl_stats_min_index(mean, 1, p->sizes);
    report_number(r, 100.0 * p->share[least], "%.0f",
                  "size of least mean I(X;T), % of the patterns", "t%zu/least-size", l + 1);
    report_number(r, mean[least], "%.2f", "mean I(X;T) there, bits", "t%zu/least", l + 1);
    printf("%zu  %9.0f %%  %10.3f", l + 1, 100.0 * p->share[least], mean[least]);
    for (size_t t = 0; t < TRENDS; t++) {
        over[t] = stats_bootstrap(value[t], p->networks, STATS_MEAN, p->resamples, 1);
        report_interval(r, over[t], trend[t].format, trend[t].meaning, "t%zu/%s", l + 1,
                        trend[t].name);
        printf("  %7.3f [%6.3f, %6.3f]", over[t].value, over[t].low, over[t].high);
    }
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
    if (!record || !size)
        die("memory is short");
    struct report report;
    report_open(&report, &cli);
    recipe_report(&report, &config[p->sizes - 1], p->networks);
    report_number(&report, (double)p->sizes, "%.0f", "sizes of the training set", "param.sizes");
    report_number(&report, (double)p->points, "%.0f", "points of the bound", "param.points");
    struct bound bound;
    make_bound(&bound, &report, p, &ensemble.task[0]);
    for (size_t s = 0; s < p->sizes; s++)
        for (size_t k = 0; k < p->networks; k++) {
            ensemble_read(record, &ensemble, s, k);
            measure(&size[s], &bound, record, k);
        }
    struct file layers_file, accuracy, networks_file;
    report_table(&report, &layers_file, "",
                 "share\tlayer\ti_xt\ti_xt_low\ti_xt_high\ti_ty\ti_ty_low\ti_ty_high\t"
                 "below\tbelow_low\tbelow_high\tright\tright_low\tright_high\t"
                 "bend\tbend_low\tbend_high");
    report_table(&report, &accuracy, "_accuracy",
                 "share\ttrain\ttrain_low\ttrain_high\ttest\ttest_low\ttest_high");
    report_table(&report, &networks_file, "_networks", "layer\tnetwork\tsmall\tlarge\tgain\torder");
    for (size_t s = 0; s < p->sizes; s++)
        write_accuracy(&report, accuracy.stream, &size[s], p->share[s], p);
    struct stats_interval over[NET_MAX_LAYERS][TRENDS] = {0};
    printf("T  least size  least I(X;T)");
    for (size_t t = 0; t < TRENDS; t++)
        printf("  %-25s", trend[t].name);
    putchar('\n');
    for (size_t l = 0; l < layers; l++) {
        measure_bend(size, l, p);
        write_layer(&report, layers_file.stream, size, l, p);
        write_trends(over[l], &report, networks_file.stream, size, l, p);
    }
    file_commit(&layers_file);
    file_commit(&accuracy);
    file_commit(&networks_file);

    /* Judge. */
    struct stats_interval small[NET_MAX_LAYERS], large[NET_MAX_LAYERS];
    for (size_t l = 0; l < hidden; l++) {
        small[l] = over[l][SMALL];
        large[l] = over[l][LARGE];
    }
    report_number(&report, p->rule.bits, "%.1f", "least bend of I(X;T), bits", "param.bend-bits");
    report_number(&report, 100.0 * p->rule.low, "%.0f", "least middle size, %", "param.middle-low");
    report_number(&report, 100.0 * p->rule.high, "%.0f", "largest middle size, %",
                  "param.middle-high");
    verdict_report(&report, bend_verdict(small, large, hidden, &p->rule), "verdict",
                   "I(X;T) of the last hidden layers is smallest at the middle sizes");
    report_close(&report);
    bottleneck_free(bound.source);
    free(bound.point);
    free(size);
    free(record);
    ensemble_free(&ensemble);
    return 0;
}
