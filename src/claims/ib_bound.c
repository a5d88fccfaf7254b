/* ib_bound.c -- claim iii: trained layers lie on the information-bottleneck bound and satisfy its
 * equations, and networks of one hidden layer do not generalise by compression.
 *
 * Computes the bound of the task, each point with a proof of optimality, and the frontier of the
 * deterministic encoders.  Sets the layers of trained networks against both, as encoders and as what
 * the rest of the network reads, next to layers that know nothing of the rule: untrained, and of networks
 * that know shuffled labels by heart.  Compares one hidden layer with six when both have learnt. */
#include <math.h>

#include "die.h"
#include "frame.h"
#include "place.h"
#include "place_report.h"
#include "recipe.h"
#include "rules.h"
#include "whole_report.h"

/*[ params ]*/
static const struct params {
    size_t networks, pairs; /* of each set; of six hidden layers */
    size_t epochs;          /* of most sets */
    size_t wide, converged; /* of the wide control; of one hidden layer and six */
    size_t resamples;       /* of the bootstrap over networks */
} params[] = {
    [CLI_FULL] = {100, 30, 10000, 2000, 30000, 10000}, [CLI_QUICK] = {6, 6, 2000, 400, 6000, 1000}};

static const struct place_curve betas = {/* of a curve */
                                         .n = 600,    .origin = 1, .low = 1e-3,
                                         .high = 1e5, .tail = 150, .end = 1e80};
static const double other_gamma = 12.0;                 /* of the rule in the published files */
static const double known[] = {15, 35, 128, 1000, 1e5}; /* betas whose points are quoted */
static const struct place_reverse reverse = {           /* the released program's measure */
                                             .steps = 1,
                                             .low = 0.5,
                                             .high = 4096};
/*[ end ]*/

static const struct frame_claim claim = {
    .name = "ib_bound",
    .purpose = "Claim iii: trained layers lie on the information-bottleneck bound.",
    .table = {{"ib_bound", "set\tlayer\tquantity\tvalue\tlow\thigh\tsd"},
              {"ib_bound_frontier", "gamma\tbeta\ti_x\ti_y\tclusters\tlost"},
              {"ib_bound_networks", NULL},
              {"ib_bound_single", "set\tepoch\tloss\ti_xt\taccuracy"},
              {"ib_curve", "gamma\tbeta\ti_x\ti_y\tgap\tclusters\tlost"}},
};

/* The sets of networks: three training sizes, three controls, and networks of one and of six hidden
 * layers. */
enum { LARGE, MIDDLE, SMALL, UNTRAINED, SHUFFLED, WIDE, ONE, NARROW, SIX, SETS };

/* What the theorem of Section (sec:theory) is checked on. */
struct theorem {
    size_t layers, equal; /* those looked at; those whose divergence is the horizontal distance */
    double excess, least; /* the largest and the least by which it exceeds that */
};

/* Measures every network of a set at the end of its training. */
static void measure(struct summary **layer, struct summary *whole, struct theorem *theorem,
                    struct frame *f, size_t s, const struct place_bound *b)
{
    const size_t layers = f->set[s].config.layers;
    const struct run_record *record = frame_read(f, s);
    size_t wrong = 0, beyond = 0, equal = 0;
    double excess = theorem->excess, least = theorem->least;
#pragma omp parallel for schedule(dynamic, 1) num_threads((int)f->cli.threads)                     \
    reduction(+ : wrong, beyond, equal) reduction(max : excess) reduction(min : least)
    for (size_t k = 0; k < f->set[s].networks; k++) {
        const struct run_record *r = &record[k];
        struct place_layer m[NET_MAX_LAYERS];
        struct final *end = frame_final(f, s);
        wrong += place_measure(m, b, frame_task(f, s), end, r,
                               s == LARGE ? PLACE_REVERSE : PLACE_EXPLAIN, &reverse) != 0;
        const struct whole w = whole_of(r, end, &rules.fall);
        final_free(end);
        for (size_t l = 0; l < layers; l++) {
            summary_put(layer[l], k, &m[l]);
            beyond += (size_t) !(place_excess(&m[l]) <= PLACE_ROUNDING);
            excess = fmax(excess, place_excess(&m[l]));
            least = fmin(least, place_excess(&m[l]));
            equal += fabs(place_excess(&m[l])) < PLACE_ROUNDING;
        }
        summary_put(whole, k, &w);
    }
    if (wrong > 0)
        die("the final weights of %zu networks do not give the information of their records",
            wrong);
    if (beyond > 0)
        die("%zu layers diverge by more than their horizontal distance to the bound, by %g bit",
            beyond, excess);
    theorem->layers += layers * f->set[s].networks;
    theorem->equal += equal;
    theorem->excess = excess;
    theorem->least = least;
}

static void report_params(struct frame *f, const struct params *p)
{
    struct net_shape shape;
    config_shape(&shape, &f->set[LARGE].config);
    const struct report_entry param[] = {
        {(double)shape.params, "%.0f", "weights and biases of a network", "weights"},
        {(double)p->pairs, "%.0f", "networks of six hidden layers", "pairs"},
        {(double)p->wide, "%.0f", "epochs of the wide control", "epochs-wide"},
        {(double)p->converged, "%.0f", "epochs of one hidden layer and six", "epochs-converged"},
        {(double)(betas.n + betas.tail), "%.0f", "points of a curve", "betas"},
        {reverse.low, "%.1f", "least beta of the released program's measure", "reverse-low"},
        {reverse.high, "%.0f", "largest beta of that", "reverse-high"}};
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
        [SHUFFLED] = {"shuffled", recipe_by_heart(p->epochs), p->networks},
        [WIDE] = {"wide", recipe_by_heart_wide(p->wide), p->networks},
        [ONE] = {"one", recipe_depth(1, p->converged), p->networks},
        [NARROW] = {"one-narrow", recipe_depth(1, p->converged), p->networks},
        [SIX] = {"six", recipe_depth(6, p->converged), p->pairs},
    };
    set[NARROW].config.width[1] = 3;
    frame_sets(f, set, SETS, p->resamples);
    if (!frame_train(f))
        return frame_close(f);
    report_params(f, p);

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
    FILE *single = frame_table(f, "ib_bound_single");
    struct summary *layer[SETS][NET_MAX_LAYERS] = {{NULL}}, *whole[SETS];
    struct theorem theorem = {.excess = -INFINITY, .least = INFINITY};
    summary_columns(networks, &place_report_plan);
    summary_heading(&place_report_plan);
    for (size_t s = 0; s < SETS; s++) {
        whole[s] = frame_summary(f, &whole_report_plan, s, SUMMARY_NETWORK);
        for (size_t l = 0; l < set[s].config.layers; l++) {
            layer[s][l] = frame_summary(f, &place_report_plan, s, l);
            layer[s][l]->asked = s == LARGE ? PLACE_QUANTITIES : PLACE_REVERSE_BETA;
        }
        measure(layer[s], whole[s], &theorem, f, s, bound);
        for (size_t l = 0; l < set[s].config.layers; l++)
            place_report_layer(r, layers, networks, layer[s][l]);
        summary_report(whole[s], r);
        if (s >= ONE)
            whole_report_path(single, f, s);
    }
    place_report_task(r, task);
    const struct report_entry checked[] = {
        {fmax(theorem.excess, 1e-12), "%.1e",
         "largest divergence less horizontal distance, 1e-12 if it is less, bits", "excess"},
        {-theorem.least, "%.2f", "largest horizontal distance less divergence, bits", "slack"},
        {(double)theorem.layers, "%.0f", "layers looked at", "layers"},
        {(double)theorem.equal, "%.0f", "layers in which the two are the same", "equal"}};
    report_entries(r, checked, REPORT_LENGTH(checked), "theorem/");

    /* Compare. */
    const size_t hidden = set[LARGE].config.layers - 1;
    place_report_control(r, layer[LARGE], layer[UNTRAINED], hidden);
    place_report_control(r, layer[LARGE], layer[SHUFFLED], hidden);
    place_report_control(r, layer[LARGE], layer[WIDE], hidden);
    place_report_control(r, layer[SMALL], layer[SHUFFLED], hidden);
    whole_report_compare(f, ONE, whole[ONE], SIX, whole[SIX]);
    place_bound_free(other);
    place_bound_free(bound);
    return frame_close(f);
}
