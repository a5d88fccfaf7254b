/* depth.c -- claim iv: hidden layers cut the training time.
 *
 * Trains networks of 1 to 6 hidden layers, as described and by the recipe of the original's program,
 * each at the recipe's own learning rate and at others to find the best for each depth; measures when
 * each has learned the label, for goals from low to high. */
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "arrival.h"
#include "arrival_report.h"
#include "frame.h"
#include "recipe.h"
#include "rules.h"

enum { DEPTHS = 6, RATES = 8, RECIPES = 2 };
enum { DESCRIBED, CODED }; /* recipes */
static const struct params {
    size_t networks, coded, epochs; /* at the recipe's own rate; as coded */
    size_t epochs_longer; /* of one hidden layer as described, which needs more to arrive */
    size_t searched;      /* networks of each rate in the search */
    struct search {
        size_t rates;        /* candidates for the best rate, the recipe's own first */
        double rate[RATES];  /* the others, upwards: each for ... */
        double span;         /* ... this / rate epochs, to go equally far, */
        size_t epochs_least; /* but not fewer than this */
    } search[RECIPES];
    size_t resamples; /* of the bootstrap over networks */
} params[] = {
    [CLI_FULL] = {.networks = 100,
                  .coded = 40,
                  .epochs = 10000,
                  .epochs_longer = 30000,
                  .searched = 40,
                  .search = {{8, {0, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2}, 40, 600},
                             {7, {0, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1}, 4, 600}},
                  .resamples = 10000},
    [CLI_QUICK] = {.networks = 12,
                   .coded = 12,
                   .epochs = 300,
                   .epochs_longer = 400,
                   .searched = 12,
                   .search = {{4, {0, 0.02, 0.2, 2}, 20, 200}, {3, {0, 0.02, 0.1}, 4, 200}},
                   .resamples = 1000},
};

/* Where the output's paths end in the original's Fig. 5, I(T;Y) in nats for 1 to 6 hidden layers,
 * read off the printed figure. */
static const double original[DEPTHS] = {0.63, 0.675, 0.688, 0.687, 0.68, 0.68};

static const struct frame_claim claim = {
    .name = "depth",
    .purpose = "Claim iv: hidden layers cut the training time.",
    .table = {{"depth", "hidden\tlayer\tepoch\ti_xt\ti_xt_se\ti_ty\ti_ty_se"},
              {"depth_goals", ARRIVAL_REPORT_SPEED},
              {"depth_networks", ARRIVAL_REPORT_NETWORKS},
              {"depth_rates", ARRIVAL_REPORT_RATES},
              {"depth_speed", ARRIVAL_REPORT_SPEED}},
};

/* What is compared: every depth at the recipe's own rate, and at the best rate for each goal. */
static const char *const recipe[RECIPES] = {"described", "coded"};
static const char *const at_own_rate[RECIPES] = {"one", "coded"};
static const char *const at_best_rate[RECIPES] = {"best", "coded-best"};

/* The set of a recipe, number of hidden layers and candidate rate. */
static struct frame_set set_of(size_t of, size_t hidden, size_t candidate, const struct params *p)
{
    const struct search *search = &p->search[of];
    const size_t epochs = of == DESCRIBED && hidden == 1 ? p->epochs_longer : p->epochs;
    struct frame_set set = {.name = recipe[of],
                            .config = of == CODED ? recipe_coded_depth(hidden, epochs)
                                                  : recipe_depth(hidden, epochs),
                            .networks = candidate > 0 ? p->searched
                                        : of == CODED ? p->coded
                                                      : p->networks,
                            .estimator = of == CODED ? recipe_coded_bins : recipe_bins,
                            .draw = of == CODED ? RULES_CODED : RULES_MAIN};
    if (candidate > 0) {
        const double rate = search->rate[candidate];
        set.config.rate = rate;
        set.config.epochs =
            (size_t)(GSL_MAX_DBL((double)search->epochs_least, search->span / rate) + 0.5);
    }
    return set;
}

static void report_params(struct frame *f, const struct params *p)
{
    static const char *const of[RECIPES] = {"param.", "param.coded-"};
    frame_params(f, p->search[DESCRIBED].rates); /* two hidden layers at the own rate */
    report_number(&f->report, (double)p->epochs_longer, "%.0f",
                  "epochs of one hidden layer as described", "param.epochs-longer");
    report_number(&f->report, (double)p->searched, "%.0f", "networks of each rate in the search",
                  "param.searched");
    for (size_t i = 0; i < RECIPES; i++) {
        const struct search *s = &p->search[i];
        const struct report_entry param[] = {
            {(double)s->rates, "%.0f", "candidate rates", "rates"},
            {set_of(i, 2, 0, p).config.rate, "%g", "the lowest of them, the recipe's own",
             "lowest-rate"},
            {s->rate[s->rates - 1], "%g", "the highest of them", "highest-rate"},
            {s->span, "%g", "rate times epochs of the others", "span"},
            {(double)s->epochs_least, "%.0f", "least epochs of them", "epochs-least"}};
        report_entries(&f->report, param, REPORT_LENGTH(param), "%s", of[i]);
    }
    arrival_report_rule(&f->report, &rules.arrival);
}

/* Mean path of every layer of a depth, up to the epochs that all depths have; where the output's ends,
 * by the original in nats. */
static void write_paths(struct frame *f, FILE *paths, double nats, const struct run_record *record,
                        const struct params *p)
{
    const size_t hidden = record->layers - 1, n = p->networks;
    static const struct course_column column[] = {{COURSE_I_XT, COURSE_OVER_MEAN},
                                                  {COURSE_I_XT, COURSE_OVER_SE},
                                                  {COURSE_I_TY, COURSE_OVER_MEAN},
                                                  {COURSE_I_TY, COURSE_OVER_SE}};
    size_t rows = record->rows;
    while (record->row[rows - 1].epoch > p->epochs)
        rows--;
    for (size_t l = 0; l <= hidden; l++)
        for (size_t i = 0; i < rows; i++) {
            fprintf(paths, "%zu\t%zu\t%zu", hidden, l + 1, record->row[i].epoch);
            frame_path(paths, record, n, i, l, column, REPORT_LENGTH(column));
        }
    double *end = course_values(record, n, rows - 1, hidden, COURSE_I_TY);
    report_interval(&f->report, stats_bootstrap(end, n, STATS_MEAN, f->resamples, 1), "%.3f",
                    "mean final I(out;Y), bits", "one/h%zu/end", hidden);
    report_number(&f->report, (double)record->row[rows - 1].epoch, "%.0f", "its epoch",
                  "one/h%zu/end-epoch", hidden);
    report_number(&f->report, nats / M_LN2, "%.3f", "the original's, read off its Fig. 5, bits",
                  "original/h%zu/end", hidden);
    free(end);
}

int main(int argc, char **argv)
{
    struct frame *f = frame_open(&claim, argc, argv);
    const struct params *p = &params[f->cli.scale];
    struct report *r = &f->report;

    /* Train. */
    struct frame_set set[RECIPES * DEPTHS * RATES];
    size_t sets = 0, first[RECIPES][DEPTHS]; /* of the sets of a recipe and depth */
    for (size_t i = 0; i < RECIPES; i++)
        for (size_t h = 0; h < DEPTHS; h++) {
            first[i][h] = sets;
            for (size_t c = 0; c < p->search[i].rates; c++)
                set[sets++] = set_of(i, h + 1, c, p);
        }
    frame_sets(f, set, sets, p->resamples);
    if (!frame_train(f))
        return frame_close(f);
    report_params(f, p);

    /* Measure when they arrive; find the best rate of each depth, and compare the depths. */
    FILE *paths = frame_table(f, "depth"), *networks = frame_table(f, "depth_networks");
    FILE *rates = frame_table(f, "depth_rates"), *speed = frame_table(f, "depth_speed");
    FILE *curve = frame_table(f, "depth_goals");
    arrival_report_heading();
    for (size_t i = 0; i < RECIPES; i++) {
        struct arrival_times own[DEPTHS], best[DEPTHS], candidate[RATES];
        for (size_t h = 0; h < DEPTHS; h++) {
            for (size_t c = 0; c < p->search[i].rates; c++) {
                const size_t s = first[i][h] + c;
                const struct run_record *record = frame_read(f, s);
                arrival_measure(&candidate[c], &set[s].config, record, p->searched, &rules.arrival);
                if (c > 0) {
                    arrival_report_networks(networks, recipe[i], h + 1, &candidate[c]);
                    continue;
                }
                arrival_measure(&own[h], &set[s].config, record, set[s].networks, &rules.arrival);
                arrival_report_networks(networks, recipe[i], h + 1, &own[h]);
                if (i == DESCRIBED)
                    write_paths(f, paths, original[h], record, p);
            }
            arrival_report_search(&best[h], r, rates, at_best_rate[i], h + 1, candidate,
                                  p->search[i].rates);
            for (size_t c = 0; c < p->search[i].rates; c++)
                arrival_free(&candidate[c]);
            report_number(r, own[h].to->flop / own->to->flop, "%.2f",
                          "floating-point operations of a sample over those of one hidden layer",
                          "%s/h%zu/cost", at_own_rate[i], h + 1);
        }
        arrival_report_depths(r, speed, curve, at_own_rate[i], own, DEPTHS, &rules.arrival);
        arrival_report_depths(r, speed, curve, at_best_rate[i], best, DEPTHS, &rules.arrival);
        for (size_t h = 0; h < DEPTHS; h++) {
            arrival_free(&own[h]);
            arrival_free(&best[h]);
        }
    }
    return frame_close(f);
}
