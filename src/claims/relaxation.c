/* relaxation.c -- claim iv's explanation: a layer that compresses more takes longer, and more than in
 * proportion.
 *
 * Measures in networks of six hidden layers how long a layer takes to compress, against how much it
 * does: from network to network within a layer, and where a layer is made narrower. */
#include <stdlib.h>

#include "frame.h"
#include "memory.h"
#include "recipe.h"
#include "relaxation.h"
#include "relaxation_report.h"
#include "rules.h"

/*[ params ]*/
enum { HIDDEN = 6, CHANGED = 4 }; /* hidden layers; which of them is made narrower */
enum { DESCRIBED, NARROW, LONGER, RATE, HIGHER, CODED, SETS };
static const struct params {
    struct {
        const char *name;
        size_t networks, epochs;
        double rate; /* 0: that of the recipe */
    } set[SETS];
    size_t resamples; /* of the bootstrap over networks */
} params[] = {
    [CLI_FULL] = {.set = {[DESCRIBED] = {"described", 100, 10000, 0},
                          [NARROW] = {"narrow", 100, 10000, 0},
                          [LONGER] = {"longer", 30, 30000, 0},
                          [RATE] = {"rate", 100, 2000, 0.02},
                          [HIGHER] = {"higher", 100, 400, 0.2},
                          [CODED] = {"coded", 40, 10000, 0}},
                  .resamples = 10000},
    [CLI_QUICK] = {.set = {[DESCRIBED] = {"described", 6, 700, 0},
                           [NARROW] = {"narrow", 6, 700, 0},
                           [LONGER] = {"longer", 6, 1000, 0},
                           [RATE] = {"rate", 6, 400, 0.02},
                           [HIGHER] = {"higher", 6, 300, 0.2},
                           [CODED] = {"coded", 6, 700, 0}},
                   .resamples = 1000},
};
/*[ end ]*/

static const struct frame_claim claim = {
    .name = "relaxation",
    .purpose = "Claim iv, why: whether a layer that compresses more takes longer.",
    .table = {{"relaxation", RELAXATION_REPORT_FITS},
              {"relaxation_layers", RELAXATION_REPORT_LAYERS},
              {"relaxation_networks", RELAXATION_REPORT_NETWORKS}},
};

/* All as described but the last, which is the original's program; the rates as the search of depth.c
 * has them. */
static void declare(struct frame_set set[SETS], const struct params *p)
{
    for (size_t s = 0; s < SETS; s++) {
        const size_t epochs = p->set[s].epochs;
        set[s] = (struct frame_set){.name = p->set[s].name,
                                    .config = s == CODED ? recipe_coded_depth(HIDDEN, epochs)
                                                         : recipe_depth(HIDDEN, epochs),
                                    .networks = p->set[s].networks,
                                    .estimator = s == CODED ? recipe_coded_bins : recipe_bins,
                                    .draw = s == CODED ? RULES_CODED : RULES_MAIN};
        if (p->set[s].rate > 0.0)
            set[s].config.rate = p->set[s].rate;
    }
    set[NARROW].config.width[CHANGED] /= 2;
}

static void report_params(struct frame *f, const struct params *p, const struct frame_set *set)
{
    const struct report_entry param[] = {
        {(double)set[DESCRIBED].config.width[CHANGED], "%.0f", "units of the layer to be changed",
         "width"},
        {(double)set[NARROW].config.width[CHANGED], "%.0f", "when it is narrower", "width-narrow"},
        {(double)p->set[LONGER].networks, "%.0f", "networks that train longer", "networks-longer"},
        {(double)p->set[LONGER].epochs, "%.0f", "epochs of these", "epochs-longer"},
        {p->set[RATE].rate, "%g", "a higher rate", "rate-higher"},
        {p->set[HIGHER].rate, "%g", "a rate higher still", "rate-highest"}};
    frame_params(f, DESCRIBED);
    report_entries(&f->report, param, REPORT_LENGTH(param), "param.");
    relaxation_report_rule(&f->report, &rules.relaxation);
}

/* Layer l (from 0) where the changed layer is narrow against where it is not. */
static void compare(struct report *r, const char *name, size_t l, struct relaxation *const *x,
                    size_t n, size_t resamples)
{
    struct relaxation *own[2];
    for (size_t s = DESCRIBED; s <= NARROW; s++) {
        own[s] = memory_array(n, sizeof *own[s], "networks");
        for (size_t k = 0; k < n; k++)
            own[s][k] = x[s][k * NET_MAX_LAYERS + l];
    }
    const struct relaxation_change change =
        relaxation_change(own[NARROW], own[DESCRIBED], n, rules.relaxation.bits, resamples, 1);
    relaxation_report_change(r, name, &change);
    free(own[NARROW]);
    free(own[DESCRIBED]);
}

int main(int argc, char **argv)
{
    struct frame *f = frame_open(&claim, argc, argv);
    const struct params *p = &params[f->cli.scale];
    struct report *r = &f->report;

    /* Train. */
    struct frame_set set[SETS];
    declare(set, p);
    frame_sets(f, set, SETS, p->resamples);
    if (!frame_train(f))
        return frame_close(f);
    report_params(f, p, set);

    /* Measure; fit within layers and, to compare, through all of them at once. */
    FILE *fits = frame_table(f, "relaxation"), *layers = frame_table(f, "relaxation_layers");
    FILE *networks = frame_table(f, "relaxation_networks");
    struct relaxation *x[SETS]; /* (networks, NET_MAX_LAYERS) */
    relaxation_report_heading();
    for (size_t s = 0; s < SETS; s++) {
        const size_t n = set[s].networks;
        struct relaxation_points points;
        x[s] = memory_array(n * NET_MAX_LAYERS, sizeof *x[s], "layers");
        relaxation_new(&points, n, rules.relaxation.bits);
        relaxation_report_networks(&points, x[s], networks, set[s].name, frame_read(f, s), n);
        relaxation_report_fits(r, fits, set[s].name, &points, p->resamples);
        relaxation_report_layers(r, layers, set[s].name, &points, HIDDEN, p->resamples);
        relaxation_free(&points);
    }

    /* Intervene: the layer that is made narrower, and the one that comes after it. */
    compare(r, "narrow", CHANGED - 1, x, p->set[NARROW].networks, p->resamples);
    compare(r, "next", CHANGED, x, p->set[NARROW].networks, p->resamples);
    for (size_t s = 0; s < SETS; s++)
        free(x[s]);
    return frame_close(f);
}
