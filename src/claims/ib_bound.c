/* ib_bound.c -- claim iii: trained layers lie on the information-bottleneck bound and satisfy its
 * equations, and networks of one hidden layer do not generalise by compression.
 *
 * Computes the bound of the task, each point with a proof of optimality, and the frontier of the
 * deterministic encoders.  Sets the layers of trained networks against both, and asks at which beta
 * the bottleneck's own equation describes a layer best and how much of it that leaves unexplained,
 * next to layers that learnt nothing: untrained, and trained on shuffled labels. */
#include <math.h>

#include "die.h"
#include "entropy.h"
#include "fall.h"
#include "frame.h"
#include "place.h"
#include "place_report.h"
#include "recipe.h"
#include "rules.h"

/*[ params ]*/
static const struct params {
    size_t networks, epochs, resamples; /* the last of the bootstrap over networks */
} params[] = {[CLI_FULL] = {50, 10000, 10000}, [CLI_QUICK] = {6, 2000, 1000}};

static const struct place_curve betas = {/* of a curve */
                                         .n = 600,    .origin = 1, .low = 1e-3,
                                         .high = 1e5, .tail = 150, .end = 1e80};
static const double other_gamma = 12.0;                 /* of the rule in the published files */
static const double known[] = {15, 35, 128, 1000, 1e5}; /* betas whose points are quoted */
static const struct place_reverse reverse = {           /* the released program's measure */
                                             .steps = 20,
                                             .low = 0.5,
                                             .high = 4096};
/*[ end ]*/

static const struct frame_claim claim = {
    .name = "ib_bound",
    .purpose = "Claim iii: trained layers lie on the information-bottleneck bound.",
    .table = {{"ib_bound", "set\tlayer\tquantity\tvalue\tlow\thigh\tsd"},
              {"ib_bound_frontier", "gamma\tbeta\ti_x\ti_y\tclusters\tlost"},
              {"ib_bound_networks", NULL},
              {"ib_curve", "gamma\tbeta\ti_x\ti_y\tgap\tclusters\tlost"}},
};

/* The sets of networks: three training sizes, two controls at the largest, and networks of one and
 * of six hidden layers. */
enum { LARGE, MIDDLE, SMALL, UNTRAINED, SHUFFLED, ONE, SIX, SETS };

/* What is measured on a network as a whole. */
struct whole {
    double accuracy, fall;
};
static const struct summary_quantity whole_quantity[] = {
    {"accuracy", "%.3f", "mean accuracy on the test set", STATS_MEAN,
     offsetof(struct whole, accuracy)},
    {"fall", "%.2f", "mean fall of I(X;T) in the last hidden layer, bits", STATS_MEAN,
     offsetof(struct whole, fall)}};
static const struct summary_plan whole_plan = {whole_quantity, REPORT_LENGTH(whole_quantity), 0, 0};

/* Measures every network of a set at the end of its training; the reverse beta, the last quantity of a
 * layer, is asked of the largest training size only. */
static void measure(struct summary **layer, struct summary *whole, struct frame *f, size_t s,
                    const struct place_bound *b)
{
    const size_t layers = f->set[s].config.layers;
    const struct run_record *record = frame_read(f, s);
    size_t wrong = 0;
#pragma omp parallel for schedule(dynamic, 1) num_threads((int)f->cli.threads) reduction(+ : wrong)
    for (size_t k = 0; k < f->set[s].networks; k++) {
        struct place_layer m[NET_MAX_LAYERS];
        struct final *end = frame_final(f, s);
        wrong += place_measure(m, b, frame_task(f, s), end, &record[k],
                               s == LARGE ? PLACE_REVERSE : PLACE_EXPLAIN, &reverse) != 0;
        final_free(end);
        for (size_t l = 0; l < layers; l++)
            summary_put(layer[l], k, &m[l]);
        const struct whole w = {record[k].row[record[k].rows - 1].test_accuracy,
                                fall_of(&record[k], layers - 2, &rules.fall).fall};
        summary_put(whole, k, &w);
    }
    if (wrong > 0)
        die("the final weights of %zu networks do not give the information of their records",
            wrong);
}

/* The median divergence of each hidden layer over that of a control. */
static void compare(struct stats_interval *ratio, struct report *r, struct summary *const *layer,
                    struct summary *const *control, size_t hidden)
{
    for (size_t l = 0; l < hidden; l++) {
        ratio[l] = summary_ratio(layer[l], control[l], "divergence");
        report_interval(r, ratio[l], "%.2f", "median divergence over that of the control",
                        "p85/t%zu/to-%s", l + 1, control[l]->set);
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
    const struct report_entry number[] = {
        {entropy_of_counts(size, TASK_CLASSES), "%.2f", "H(class), bits", "class-entropy"},
        {best, "%.3f", "accuracy of the best answers", "best-accuracy"},
        {fmax(ones, 1.0 - ones), "%.3f", "accuracy of always the same answer", "chance"}};
    report_entries(r, number, REPORT_LENGTH(number), "%s", "");
}

static void report_params(struct frame *f)
{
    const struct place_rule *rule = &rules.place;
    const struct report_entry param[] = {
        {(double)(betas.n + betas.tail), "%.0f", "points of a curve", "betas"},
        {rule->below, "%.2f", "largest vertical distance, bits", "below"},
        {rule->right, "%.1f", "largest horizontal distance, bits", "right"},
        {rule->share, "%.1f", "largest share left unexplained", "share"},
        {rule->ratio, "%.1f", "largest ratio to a control", "ratio"},
        {rule->fall, "%.1f", "largest fall that is no compression, bits", "fall"},
        {(double)reverse.steps, "%.0f", "steps of the released program", "reverse-steps"}};
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
        [UNTRAINED] = {"untrained", recipe_described(0.85, 0), p->networks},
        [SHUFFLED] = {"shuffled", recipe_described(0.85, p->epochs), p->networks},
        [ONE] = {"one", recipe_depth(1, p->epochs), p->networks},
        [SIX] = {"six", recipe_depth(6, p->epochs), p->networks},
    };
    set[SHUFFLED].config.labels = CONFIG_LABELS_SHUFFLED;
    frame_sets(f, set, SETS, p->resamples);
    if (!frame_train(f))
        return frame_close(f);
    report_params(f);

    /* The bound. */
    const struct task *task = frame_task(f, LARGE);
    struct place_bound *bound = place_bound_alloc(task, task->gamma, &betas);
    struct place_bound *other = place_bound_alloc(task, other_gamma, &betas);
    FILE *curve = frame_table(f, "ib_curve"), *frontier = frame_table(f, "ib_bound_frontier");
    place_report_bound(r, curve, frontier, bound, task->gamma, "curve", known,
                       REPORT_LENGTH(known));
    place_report_bound(r, curve, frontier, other, other_gamma, "curve-other", known,
                       REPORT_LENGTH(known));

    /* Measure. */
    FILE *layers = frame_table(f, "ib_bound"), *networks = frame_table(f, "ib_bound_networks");
    struct summary *layer[SETS][NET_MAX_LAYERS] = {{NULL}}, *whole[SETS];
    summary_columns(networks, &place_report_plan);
    summary_heading(&place_report_plan);
    for (size_t s = 0; s < SETS; s++) {
        whole[s] = frame_summary(f, &whole_plan, s, SUMMARY_NETWORK);
        for (size_t l = 0; l < set[s].config.layers; l++) {
            layer[s][l] = frame_summary(f, &place_report_plan, s, l);
            layer[s][l]->asked = s == LARGE ? PLACE_QUANTITIES : PLACE_REVERSE_BETA;
        }
        measure(layer[s], whole[s], f, s, bound);
        for (size_t l = 0; l < set[s].config.layers; l++)
            place_report_layer(r, layers, networks, layer[s][l]);
        summary_report(whole[s], r);
    }
    report_task(r, task);

    /* Judge. */
    const struct place_rule *rule = &rules.place;
    const size_t hidden = set[LARGE].config.layers - 1;
    struct stats_interval below[NET_MAX_LAYERS], right[NET_MAX_LAYERS], unexplained[NET_MAX_LAYERS];
    struct stats_interval to_untrained[NET_MAX_LAYERS], to_shuffled[NET_MAX_LAYERS];
    summary_over(below, layer[LARGE], hidden, "below");
    summary_over(right, layer[LARGE], hidden, "right");
    summary_over(unexplained, layer[LARGE], hidden, "share");
    compare(to_untrained, r, layer[LARGE], layer[UNTRAINED], hidden);
    compare(to_shuffled, r, layer[LARGE], layer[SHUFFLED], hidden);
    /* network k has the same labels and test set with one hidden layer as with six */
    const struct stats_interval less = summary_difference(whole[ONE], whole[SIX], "accuracy");
    report_interval(r, less, "%+.3f", "mean difference in test accuracy to six hidden layers",
                    "one/accuracy-difference");
    report_number(r, (double)place_held(below, hidden, rule->below), "%.0f",
                  "hidden layers near the curve, vertically", "held-below");
    report_number(r, (double)place_held(right, hidden, rule->right), "%.0f",
                  "hidden layers near the curve, horizontally", "held-right");
    report_verdict(r, place_near(below, hidden, rule->below), "verdict-vertical",
                   "the hidden layers lie just below the curve");
    report_verdict(r, place_near(right, hidden, rule->right), "verdict-horizontal",
                   "the hidden layers lie just right of the curve");
    report_verdict(r, place_equation(unexplained, to_untrained, to_shuffled, hidden, rule),
                   "verdict-encoder", "the last hidden layers satisfy the equations of the bound");
    report_verdict(r, place_single(summary_interval(whole[ONE], "fall"), less, rule),
                   "verdict-single-layer",
                   "one hidden layer does not compress, and generalises worse than six");
    place_bound_free(other);
    place_bound_free(bound);
    return frame_close(f);
}
