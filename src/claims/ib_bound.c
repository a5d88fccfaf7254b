/* ib_bound.c -- claim iii: trained layers lie on the information-bottleneck bound and satisfy its
 * equations, and networks of one hidden layer do not generalise by compression.
 *
 * Computes the bound of the task, each point with a proof of optimality, and the frontier of the
 * deterministic encoders.  Sets the layers of trained networks against both, and asks at which beta
 * the bottleneck's own equation describes a layer best and how much of it that leaves unexplained,
 * next to layers that learnt nothing: untrained, and trained on shuffled labels. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "die.h"
#include "ensemble.h"
#include "fall.h"
#include "place.h"
#include "recipe.h"
#include "summary.h"

/*[ params ]*/
static const struct scale {
    size_t networks, epochs, resamples; /* the last of the bootstrap over networks */
} full = {50, 10000, 10000}, quick = {6, 2000, 1000};

static const struct params {
    struct place_curve curve;     /* betas of a curve */
    double gamma;                 /* of a second curve: the rule in the published files */
    double known[5];              /* betas whose points are quoted */
    struct place_reverse reverse; /* steps of the released program's measure; range of beta */
    struct place_rule rule;       /* bits, shares, layers: see judge/place.h */
} params = {
    .curve = {.n = 600, .origin = 1, .low = 1e-3, .high = 1e5, .tail = 150, .end = 1e80},
    .gamma = 12.0,
    .known = {15, 35, 128, 1000, 1e5},
    .reverse = {.steps = 20, .low = 0.5, .high = 4096},
    .rule = {.below = 0.05, .right = 0.5, .share = 0.1, .ratio = 0.5, .layers = 2, .fall = 0.5}};
/*[ end ]*/

/* The sets of networks: three training sizes, two controls at the largest, and networks of one and
 * of six hidden layers. */
enum { LARGE, MIDDLE, SMALL, UNTRAINED, SHUFFLED, ONE, SIX, SETS };
static const char *const set_name[SETS] = {"p85",      "p45", "p05", "untrained",
                                           "shuffled", "one", "six"};

static const struct summary_plan layer_plan = {place_quantity, PLACE_QUANTITIES, .set_width = 9,
                                               .width = 14};

/* What is measured on a network as a whole. */
enum whole { ACCURACY, FALL, WHOLES };
static const struct summary_quantity whole[WHOLES] = {
    [ACCURACY] = {"accuracy", "%.3f", "mean accuracy on the test set", STATS_MEAN},
    [FALL] = {"fall", "%.2f", "mean fall of I(X;T) in the last hidden layer, bits", STATS_MEAN}};

static const struct summary_plan whole_plan = {.quantity = whole, .quantities = WHOLES};

/* A set, measured. */
struct set {
    size_t layers;
    struct summary layer[NET_MAX_LAYERS], whole;
};

/* The bound for one gamma: its curve and frontier as tables, its largest gap and the known points as
 * numbers. */
static void report_bound(struct report *r, FILE *curve, FILE *frontier, const struct place_bound *b,
                         double gamma, const char *name)
{
    for (size_t i = 0; i < b->n; i++) {
        const struct bottleneck_point *p = &b->point[i];
        fprintf(curve, "%.9g\t%.9g\t%.9g\t%.9g\t%.3g\t%zu\t%.9g\n", gamma, p->beta, p->i_x, p->i_y,
                p->gap, p->clusters, p->lost);
    }
    for (size_t i = 0; i < b->frontier->n; i++) {
        const struct frontier_corner *c = &b->frontier->corner[i];
        fprintf(frontier, "%.9g\t%.9g\t%.9g\t%.9g\t%zu\t%.9g\n", gamma, c->beta, c->i_x, c->i_y,
                c->clusters, c->lost);
    }
    const double gap = b->gap;
    printf("gamma %.2f: %zu values of beta, largest certificate gap %.2g bit\n", gamma, b->n, gap);
    report_number(r, gamma, "%.2f", "gamma of the rule", "%s/gamma", name);
    report_number(r, b->source->i_xy, "%.4f", "I(X;Y), bits", "%s/i_xy", name);
    report_number(r, gap, "%.1e", "largest certificate gap, bits", "%s/gap", name);
    const struct bottleneck_point *last = &b->point[b->n - 1];
    report_number(r, last->i_x, "%.2f", "I(X;T) of the last point, bits", "%s/last/i_x", name);
    report_number(r, (double)last->clusters, "%.0f", "clusters of the last point",
                  "%s/last/clusters", name);
    report_number(r, b->source->i_xy - curve_loss(b->source, b->point, b->n, 1.0).low, "%.4f",
                  "I(T;Y) of the curve at I(X;T) = 1 bit, bits", "%s/at-one-bit", name);
    struct clusters *work = clusters_alloc(b->source);
    for (size_t i = 0; i < sizeof params.known / sizeof *params.known; i++) {
        struct bottleneck_point p = {.clusters = 0};
        bottleneck_solve(&p, work, params.known[i]);
        printf("  beta %g: I(X;T) %.4f, I(T;Y) %.4f bit\n", p.beta, p.i_x, p.i_y);
        report_number(r, p.i_x, "%.4f", "I(X;T) at this beta, bits", "%s/b%g/i_x", name, p.beta);
        report_number(r, p.i_y, "%.4f", "I(T;Y) at this beta, bits", "%s/b%g/i_y", name, p.beta);
        report_number(r, p.lost, "%.1e", "I(X;Y) - I(T;Y) at this beta, bits", "%s/b%g/lost", name,
                      p.beta);
    }
    clusters_free(work);
}

/* Begins set s; the reverse beta, the last quantity of a layer, is asked of the largest training size
 * only. */
static void begin(struct set *set, size_t s, size_t layers, const struct scale *scale)
{
    set->layers = layers;
    for (size_t l = 0; l < layers; l++) {
        summary_init(&set->layer[l], &layer_plan, set_name[s], l, scale->networks,
                     scale->resamples);
        set->layer[l].asked = s == LARGE ? PLACE_QUANTITIES : PLACE_REVERSE_BETA;
    }
    summary_init(&set->whole, &whole_plan, set_name[s], SUMMARY_NETWORK, scale->networks,
                 scale->resamples);
}

/* Measures every network of a set at the end of its training. */
static void measure(struct set *set, const struct place_bound *b, const struct run_record *record,
                    const struct run_config *config, const struct task *task, size_t networks,
                    enum place_depth depth, const struct cli *cli)
{
#pragma omp parallel for schedule(dynamic, 1) num_threads((int)cli->threads)
    for (size_t k = 0; k < networks; k++) {
        struct place_layer m[NET_MAX_LAYERS];
        if (place_measure(m, b, task, config, &record[k], depth, &params.reverse) != 0)
            die("network %zu: its final weights do not give the information of its record", k);
        for (size_t l = 0; l < config->layers; l++)
            for (size_t q = 0; q < PLACE_QUANTITIES; q++)
                set->layer[l].value[q][k] = m[l].of[q];
        set->whole.value[FALL][k] = fall_of(&record[k], config->layers - 2).fall;
        set->whole.value[ACCURACY][k] = record[k].row[record[k].rows - 1].test_accuracy;
    }
}

/* A set as tables, numbers for the text, and lines on stdout. */
static void report_set(struct report *r, FILE *layers, FILE *networks, struct set *set, size_t n)
{
    for (size_t l = 0; l < set->layers; l++) {
        struct summary *x = &set->layer[l];
        size_t infinite = 0;
        for (size_t k = 0; k < n; k++)
            infinite += isinf(x->value[PLACE_BETA][k]) != 0;
        report_number(r, (double)infinite, "%.0f", "networks whose beta is infinite",
                      "%s/t%zu/infinite", x->set, l + 1);
        summary_write(x, r, networks);
        for (size_t q = 0; q < x->asked; q++)
            fprintf(layers, "%s\t%zu\t%s\t%.9g\t%.9g\t%.9g\t%.9g\n", x->set, l + 1,
                    place_quantity[q].name, x->over[q].value, x->over[q].low, x->over[q].high,
                    place_quantity[q].statistic == STATS_MEAN ? stats_sd(x->value[q], n)
                                                              : (double)NAN);
    }
    summary_report(&set->whole, r);
}

/* The median divergence of each hidden layer over that of a control. */
static void compare(struct stats_interval *ratio, struct report *r, const struct set *set,
                    const struct set *control, const char *name, const struct scale *scale)
{
    for (size_t l = 0; l + 1 < set->layers; l++) {
        ratio[l] = stats_bootstrap_ratio(set->layer[l].value[PLACE_DIVERGENCE], scale->networks,
                                         control->layer[l].value[PLACE_DIVERGENCE], scale->networks,
                                         scale->resamples, 1);
        report_interval(r, ratio[l], "%.2f", "median divergence over that of the control",
                        "p85/t%zu/to-%s", l + 1, name);
    }
}

/* What the task permits: the bits that name a class; the share of right labels of the best answer to
 * every pattern, and of always the same answer. */
static void report_task(struct report *r, const struct task *task)
{
    double size[TASK_CLASSES], best = 0.0, ones = 0.0;
    for (size_t c = 0; c < TASK_CLASSES; c++)
        size[c] = task->size[c];
    for (size_t k = 0; k < TASK_PATTERNS; k++) {
        const double p = (double)task->py_x[k];
        best += fmax(p, 1.0 - p) / TASK_PATTERNS;
        ones += p / TASK_PATTERNS;
    }
    report_number(r, information_entropy(size, TASK_CLASSES), "%.2f", "H(class), bits",
                  "class-entropy");
    report_number(r, best, "%.3f", "accuracy of the best answers", "best-accuracy");
    report_number(r, fmax(ones, 1.0 - ones), "%.3f", "accuracy of always the same answer",
                  "chance");
}

/* The verdicts on the measured sets. */
static void judge(struct report *r, const struct set *set, const struct scale *scale)
{
    const struct place_rule *rule = &params.rule;
    const size_t hidden = set[LARGE].layers - 1;
    struct stats_interval below[NET_MAX_LAYERS], right[NET_MAX_LAYERS], unexplained[NET_MAX_LAYERS];
    struct stats_interval to_untrained[NET_MAX_LAYERS], to_shuffled[NET_MAX_LAYERS];
    summary_over(below, set[LARGE].layer, hidden, PLACE_BELOW);
    summary_over(right, set[LARGE].layer, hidden, PLACE_RIGHT);
    summary_over(unexplained, set[LARGE].layer, hidden, PLACE_SHARE);
    compare(to_untrained, r, &set[LARGE], &set[UNTRAINED], set_name[UNTRAINED], scale);
    compare(to_shuffled, r, &set[LARGE], &set[SHUFFLED], set_name[SHUFFLED], scale);
    double less[ENSEMBLE_MAX_NETWORKS]; /* number k has the same labels and test set in both */
    for (size_t k = 0; k < scale->networks; k++)
        less[k] = set[ONE].whole.value[ACCURACY][k] - set[SIX].whole.value[ACCURACY][k];
    const struct stats_interval difference =
        stats_bootstrap(less, scale->networks, STATS_MEAN, scale->resamples, 1);
    report_interval(r, difference, "%+.3f", "mean difference in test accuracy to six hidden layers",
                    "one/accuracy-difference");
    report_number(r, (double)place_held(below, hidden, rule->below), "%.0f",
                  "hidden layers near the curve, vertically", "held-below");
    report_number(r, (double)place_held(right, hidden, rule->right), "%.0f",
                  "hidden layers near the curve, horizontally", "held-right");
    verdict_report(r, place_near(below, hidden, rule->below), "verdict-vertical",
                   "the hidden layers lie just below the curve");
    verdict_report(r, place_near(right, hidden, rule->right), "verdict-horizontal",
                   "the hidden layers lie just right of the curve");
    verdict_report(r, place_equation(unexplained, to_untrained, to_shuffled, hidden, rule),
                   "verdict-encoder", "the last hidden layers satisfy the equations of the bound");
    verdict_report(r, place_single(set[ONE].whole.over[FALL], difference, rule),
                   "verdict-single-layer",
                   "one hidden layer does not compress, and generalises worse than six");
}

static void report_params(struct report *r)
{
    const struct place_rule *rule = &params.rule;
    report_number(r, (double)(params.curve.n + params.curve.tail), "%.0f", "points of a curve",
                  "param.betas");
    report_number(r, rule->below, "%.2f", "largest vertical distance, bits", "param.below");
    report_number(r, rule->right, "%.1f", "largest horizontal distance, bits", "param.right");
    report_number(r, rule->share, "%.1f", "largest share left unexplained", "param.share");
    report_number(r, rule->ratio, "%.1f", "largest ratio to a control", "param.ratio");
    report_number(r, rule->fall, "%.1f", "largest fall that is no compression, bits", "param.fall");
    report_number(r, (double)params.reverse.steps, "%.0f", "steps of the released program",
                  "param.reverse-steps");
}

int main(int argc, char **argv)
{
    struct cli cli;
    cli_parse(&cli, argc, argv, "ib_bound",
              "Claim iii: trained layers lie on the information-bottleneck bound.");
    const struct scale *scale = cli.scale == CLI_FULL ? &full : &quick;

    /* Train. */
    struct run_config config[SETS] = {
        [LARGE] = recipe_described(0.85, scale->epochs),
        [MIDDLE] = recipe_described(0.45, scale->epochs),
        [SMALL] = recipe_described(0.05, scale->epochs),
        [UNTRAINED] = recipe_described(0.85, 0),
        [SHUFFLED] = recipe_described(0.85, scale->epochs),
        [ONE] = recipe_depth(1, scale->epochs),
        [SIX] = recipe_depth(6, scale->epochs),
    };
    config[SHUFFLED].shuffled = 1;
    size_t networks_of[SETS];
    for (size_t s = 0; s < SETS; s++)
        networks_of[s] = scale->networks;
    struct ensemble ensemble;
    ensemble_init(&ensemble, &cli, config, networks_of, SETS);
    if (!ensemble_fill(&ensemble))
        return 0;

    /* The bound. */
    const struct task *task = &ensemble.task[LARGE];
    struct place_bound *bound = place_bound_alloc(task, task->gamma, &params.curve);
    struct place_bound *other = place_bound_alloc(task, params.gamma, &params.curve);
    struct file curve, frontier, layers, networks;
    struct report report;
    report_open(&report, &cli);
    recipe_report(&report, &config[LARGE], scale->networks);
    report_params(&report);
    report_table_named(&report, &curve, "ib_curve", "gamma\tbeta\ti_x\ti_y\tgap\tclusters\tlost");
    report_table(&report, &frontier, "_frontier", "gamma\tbeta\ti_x\ti_y\tclusters\tlost");
    report_bound(&report, curve.stream, frontier.stream, bound, task->gamma, "curve");
    report_bound(&report, curve.stream, frontier.stream, other, params.gamma, "curve-other");
    file_commit(&curve);
    file_commit(&frontier);

    /* Measure. */
    struct run_record *record = malloc(scale->networks * sizeof *record);
    struct set *set = malloc(SETS * sizeof *set);
    if (!record || !set)
        die("memory is short");
    report_table(&report, &layers, "", "set\tlayer\tquantity\tvalue\tlow\thigh\tsd");
    summary_table(&networks, &report, &layer_plan);
    summary_heading(&layer_plan);
    for (size_t s = 0; s < SETS; s++) {
        const enum place_depth depth = s == LARGE ? PLACE_REVERSE : PLACE_EXPLAIN;
        ensemble_read_all(record, &ensemble, s);
        begin(&set[s], s, config[s].layers, scale);
        measure(&set[s], bound, record, &config[s], task, scale->networks, depth, &cli);
        report_set(&report, layers.stream, networks.stream, &set[s], scale->networks);
    }
    file_commit(&layers);
    file_commit(&networks);
    report_task(&report, task);

    /* Judge. */
    judge(&report, set, scale);
    report_close(&report);
    free(set);
    free(record);
    place_bound_free(other);
    place_bound_free(bound);
    ensemble_free(&ensemble);
    return 0;
}
