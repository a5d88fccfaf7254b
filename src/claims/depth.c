/* depth.c -- claim iv: hidden layers cut the training time, for a layer that compresses less is done
 * sooner.
 *
 * Trains networks of 1 to 6 hidden layers at one learning rate, at others to find the best for each
 * depth, and by the recipe of the original's program; measures when each has learned the label, and
 * how long its layers take to compress against how much they do. */
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "arrival.h"
#include "arrival_report.h"
#include "frame.h"
#include "recipe.h"
#include "relaxation.h"
#include "relaxation_report.h"
#include "rules.h"

/*[ params ]*/
enum { DEPTHS = 6, RATES = 10, SETS = RATES + 1 };
static const struct params {
    size_t networks, epochs; /* at the one rate of the recipe as described */
    size_t epochs_longer;    /* of one hidden layer, which needs more to arrive */
    size_t networks_coded, epochs_coded;
    size_t rates;        /* candidates for the best rate, that of the recipe first */
    double rate[RATES];  /* the others, from [1] on: each for ... */
    double span;         /* ... this / rate epochs, to go equally far, */
    size_t epochs_least; /* but not fewer than this, nor more than `epochs` */
    size_t resamples;    /* of the bootstrap over networks */
} params[] = {
    [CLI_FULL] = {.networks = 50,
                  .epochs = 10000,
                  .epochs_longer = 30000,
                  .networks_coded = 20,
                  .epochs_coded = 10000,
                  .rates = 10,
                  .rate = {0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2},
                  .span = 40,
                  .epochs_least = 400,
                  .resamples = 10000},
    [CLI_QUICK] = {.networks = 4,
                   .epochs = 700,
                   .epochs_longer = 1000,
                   .networks_coded = 2,
                   .epochs_coded = 1400,
                   .rates = 4,
                   .rate = {0, 0.02, 0.2, 0.5},
                   .span = 8,
                   .epochs_least = 300,
                   .resamples = 1000},
};
/*[ end ]*/

/* Where the output's paths end in the original's Fig. 5, I(T;Y) in nats for 1 to 6 hidden layers,
 * read off the printed figure. */
static const double original[DEPTHS] = {0.63, 0.675, 0.688, 0.687, 0.68, 0.68};

static const struct frame_claim claim = {
    .name = "depth",
    .purpose = "Claim iv: hidden layers cut the training time, each compressing little and soon.",
    .table = {{"depth", "hidden\tlayer\tepoch\ti_xt\ti_xt_se\ti_ty\ti_ty_se"},
              {"depth_fits", RELAXATION_REPORT_COLUMNS},
              {"depth_networks",
               "recipe\thidden\trate\tepochs\tnetwork\tinformation\taccuracy\thigher"},
              {"depth_rates", "goal\thidden\trate\tepochs\tarrived\tmedian\tchosen"},
              {"depth_relaxation",
               "set\thidden\tnetwork\tlayer\tcompression\tfall\tepochs\tcounts"},
              {"depth_speed", ARRIVAL_REPORT_COLUMNS}},
};

/* What is compared: every depth at the one rate, each at its best, and by the original's program. */
enum { ONE_RATE, BEST_RATE, CODED, SETTINGS };
static const struct {
    const char *name, *verdict, *claim;
} setting[SETTINGS] = {{"one", "verdict", "depth speeds training up, at one rate"},
                       {"best", "verdict-best-rate", "the same at the best rate for each depth"},
                       {"coded", "verdict-coded", "the same by the original's program"}};

/* The sets for a number of hidden layers: the candidate rates, that of the recipe first, each for
 * about as many epochs as give the same rate times epochs; last the original's program. */
static void declare(struct frame_set *set, size_t hidden, char name[RATES][32],
                    const struct params *p)
{
    for (size_t c = 0; c < p->rates; c++) {
        set[c] = (struct frame_set){
            .name = name[c], .config = recipe_depth(hidden, p->epochs), .networks = p->networks};
        snprintf(name[c], sizeof name[c], c > 0 ? "rate%g" : "one", p->rate[c]);
        if (c > 0) {
            const double least = (double)p->epochs_least, most = (double)p->epochs;
            set[c].config.rate = p->rate[c];
            set[c].config.epochs =
                (size_t)(GSL_MIN_DBL(most, GSL_MAX_DBL(least, p->span / p->rate[c])) + 0.5);
        }
    }
    set[p->rates] = (struct frame_set){.name = "coded",
                                       .config = recipe_coded_depth(hidden, p->epochs_coded),
                                       .networks = p->networks_coded,
                                       .estimator = recipe_coded_bins};
}

static void report_params(struct frame *f, const struct params *p)
{
    const struct report_entry param[] = {
        {(double)p->epochs_longer, "%.0f", "epochs of one hidden layer at the one rate",
         "epochs-longer"},
        {(double)p->networks_coded, "%.0f", "networks of a depth as coded", "networks-coded"},
        {(double)p->epochs_coded, "%.0f", "epochs as coded", "epochs-coded"},
        {(double)p->rates, "%.0f", "candidate rates", "rates"},
        {p->rate[p->rates - 1], "%g", "the highest of them", "highest-rate"},
        {p->span, "%g", "rate times epochs of the search", "span"},
        {(double)p->epochs_least, "%.0f", "least epochs of it", "epochs-least"}};
    frame_params(f, 0);
    report_entries(&f->report, param, REPORT_LENGTH(param), "param.");
    arrival_report_rule(&f->report, &rules.arrival);
    relaxation_report_rule(&f->report, &rules.relaxation);
}

/* Mean path of every layer of a depth; where the output's ends, by the original in nats. */
static void write_paths(struct frame *f, FILE *paths, double nats, const struct run_record *record,
                        size_t n)
{
    const size_t hidden = record->layers - 1;
    static const struct course_column column[] = {{COURSE_I_XT, COURSE_OVER_MEAN},
                                                  {COURSE_I_XT, COURSE_OVER_SE},
                                                  {COURSE_I_TY, COURSE_OVER_MEAN},
                                                  {COURSE_I_TY, COURSE_OVER_SE}};
    for (size_t l = 0; l <= hidden; l++)
        for (size_t i = 0; i < record->rows; i++) {
            fprintf(paths, "%zu\t%zu\t%zu", hidden, l + 1, record->row[i].epoch);
            frame_path(paths, record, n, i, l, column, REPORT_LENGTH(column));
        }
    double *end = course_values(record, n, record->rows - 1, hidden, COURSE_I_TY);
    report_interval(&f->report, stats_bootstrap(end, n, STATS_MEAN, f->resamples, 1), "%.3f",
                    "mean final I(out;Y), bits", "one/h%zu/end", hidden);
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
    const size_t coded = p->rates, sets = coded + 1, longer = DEPTHS * sets;
    struct frame_set set[DEPTHS * SETS + 1];
    char name[RATES][32];
    for (size_t h = 0; h < DEPTHS; h++)
        declare(&set[h * sets], h + 1, name, p);
    set[longer] =
        (struct frame_set){.config = recipe_depth(1, p->epochs_longer), .networks = p->networks};
    frame_sets(f, set, longer + 1, p->resamples);
    if (!frame_train(f))
        return frame_close(f);
    report_params(f, p);

    /* Measure. */
    FILE *paths = frame_table(f, "depth"), *networks = frame_table(f, "depth_networks");
    FILE *rates = frame_table(f, "depth_rates"), *relaxations = frame_table(f, "depth_relaxation");
    struct arrival_times candidate[RATES], group[SETTINGS][DEPTHS];
    struct relaxation_points all, points[SETS]; /* of all depths; of six hidden layers */
    relaxation_new(&all, DEPTHS * p->networks, rules.relaxation.bits);
    for (size_t h = 0; h < DEPTHS; h++) {
        for (size_t c = 0; c < sets; c++) {
            const struct frame_set *own = &set[h * sets + c];
            const struct run_record *record = frame_read(f, h * sets + c);
            struct arrival_times *times = c == coded ? &group[CODED][h] : &candidate[c];
            arrival_measure(times, &own->config, record, own->networks, &rules.arrival);
            arrival_report_networks(networks, c == coded ? "coded" : "described", h + 1, times);
            if (c == 0) {
                write_paths(f, paths, original[h], record, own->networks);
                relaxation_report_networks(&all, relaxations, "all", record, own->networks);
            }
            if (h + 1 == DEPTHS) {
                relaxation_new(&points[c], own->networks, rules.relaxation.bits);
                relaxation_report_networks(&points[c], relaxations, own->name, record,
                                           own->networks);
            }
        }
        group[ONE_RATE][h] = candidate[0];
        arrival_report_search(&group[BEST_RATE][h], r, rates, h + 1, candidate, p->rates);
        for (size_t c = 1; c < p->rates; c++)
            arrival_free(&candidate[c]);
        arrival_report_cost(r, h + 1, group[ONE_RATE][h].to, group[ONE_RATE][0].to);
    }
    /* one hidden layer, trained for longer, in place of the same at the rate of the recipe */
    arrival_free(&group[ONE_RATE][0]);
    arrival_measure(&group[ONE_RATE][0], &set[longer].config, frame_read(f, longer), p->networks,
                    &rules.arrival);
    arrival_report_networks(networks, "described", 1, &group[ONE_RATE][0]);

    /* Compare the depths; fit the relaxation. */
    FILE *speed = frame_table(f, "depth_speed"), *fits = frame_table(f, "depth_fits");
    struct stats_interval speedup[SETTINGS][DEPTHS];
    arrival_report_heading();
    for (size_t s = 0; s < SETTINGS; s++)
        arrival_report_depths(speedup[s], r, speed, setting[s].name, group[s], DEPTHS,
                              p->resamples);
    relaxation_report_heading();
    struct relaxation_fit fit[SETS];
    for (size_t c = 0; c < coded; c++)
        fit[c] = relaxation_report_fit(r, fits, name[c], &points[c], p->resamples);
    relaxation_report_fit(r, fits, "all", &all, p->resamples);
    relaxation_report_fit(r, fits, "coded", &points[coded], p->resamples);
    relaxation_report_layers(r, &points[0], DEPTHS, p->resamples);

    /* Judge. */
    for (size_t s = 0; s < SETTINGS; s++)
        report_verdict(r, arrival_verdict(&speedup[s][1], DEPTHS - 1, rules.arrival.speedup),
                       setting[s].verdict, setting[s].claim);
    report_verdict(r, relaxation_verdict(&fit[0], &rules.relaxation), "verdict-relaxation",
                   "relaxation times grow super-linearly with the compression");
    for (size_t c = 0; c < sets; c++)
        relaxation_free(&points[c]);
    relaxation_free(&all);
    for (size_t i = 0; i < SETTINGS * DEPTHS; i++)
        arrival_free(&group[i / DEPTHS][i % DEPTHS]);
    return frame_close(f);
}
