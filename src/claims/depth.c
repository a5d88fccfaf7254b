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
#include "memory.h"
#include "recipe.h"
#include "relaxation.h"
#include "relaxation_report.h"
#include "rules.h"

enum { DEPTHS = 6, RATES = 10, SETS = RATES + 1 };

/*[ params ]*/
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
static const double original_nats[DEPTHS] = {0.63, 0.675, 0.688, 0.687, 0.68, 0.68};

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

/* What is to be reached. */
enum goal { INFORMATION, ACCURACY, HIGHER, GOALS };
static const char *const goal_name[GOALS] = {"information", "accuracy", "higher"};

enum setting { ONE_RATE, BEST_RATE, CODED, SETTINGS };
static const char *const setting_name[SETTINGS] = {"one", "best", "coded"};
static const char *const verdict_key[SETTINGS] = {"verdict", "verdict-best-rate", "verdict-coded"};
static const char *const verdict_claim[SETTINGS] = {"depth speeds training up, at one rate",
                                                    "the same at the best rate for each depth",
                                                    "the same by the original's program"};

/* The sets for a number of hidden layers: the candidate rates, that of the recipe first, each for
 * about as many epochs as give the same rate times epochs; last the original's program. */
static void declare(struct frame_set *set, size_t hidden, char name[RATES][32],
                    const struct params *p)
{
    for (size_t c = 0; c < p->rates; c++) {
        set[c] = (struct frame_set){name[c], recipe_depth(hidden, p->epochs), p->networks};
        snprintf(name[c], sizeof name[c], c > 0 ? "rate%g" : "one", p->rate[c]);
        if (c > 0) {
            const double least = (double)p->epochs_least, most = (double)p->epochs;
            set[c].config.rate = p->rate[c];
            set[c].config.epochs =
                (size_t)(GSL_MIN_DBL(most, GSL_MAX_DBL(least, p->span / p->rate[c])) + 0.5);
        }
    }
    set[p->rates] =
        (struct frame_set){"coded", recipe_coded_depth(hidden, p->epochs_coded), p->networks_coded};
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
        {(double)p->epochs_least, "%.0f", "least epochs of it", "epochs-least"},
        {rules.arrival.information, "%.1f", "I(out;Y) to be reached, bits", "information"},
        {100.0 * rules.arrival.accuracy, "%.0f", "accuracy to be reached, percent",
         "accuracy-percent"},
        {rules.arrival.higher, "%.2f", "the second level of I(out;Y), bits", "higher"},
        {rules.arrival.speedup, "%g", "least dramatic speed-up", "speedup"},
        {rules.relaxation.bits, "%.1f", "least fall and compression that count, bits",
         "relaxation-bits"},
        {rules.relaxation.r2, "%.1f", "least share of the variance", "r2"},
        {rules.relaxation.power, "%g", "greatest power that is not super-linear", "power"}};
    frame_params(f, 0);
    report_entries(&f->report, param, REPORT_LENGTH(param), "param.");
}

/* Mean path of every layer of a depth, a row per layer and epoch; and where the output's ends, beside the
 * original's. */
static void write_paths(struct frame *f, FILE *paths, const struct run_record *record, size_t n)
{
    enum { I_TY = 2 };
    static const struct course_column column[] = {{COURSE_I_XT, COURSE_OVER_MEAN},
                                                  {COURSE_I_XT, COURSE_OVER_SE},
                                                  {COURSE_I_TY, COURSE_OVER_MEAN},
                                                  {COURSE_I_TY, COURSE_OVER_SE}};
    const size_t hidden = record->layers - 1;
    for (size_t l = 0; l <= hidden; l++)
        for (size_t i = 0; i < record->rows; i++) {
            fprintf(paths, "%zu\t%zu\t%zu", hidden, l + 1, record->row[i].epoch);
            frame_path(paths, record, n, i, l, column, REPORT_LENGTH(column));
        }
    double *end = memory_array(n, sizeof *end, "networks");
    for (size_t k = 0; k < n; k++)
        end[k] = course_at(&record[k].row[record[k].rows - 1], hidden, COURSE_I_TY);
    report_interval(&f->report, stats_bootstrap(end, n, STATS_MEAN, f->resamples, 1), "%.3f",
                    "mean final I(out;Y), bits", "one/h%zu/end", hidden);
    report_number(&f->report, original_nats[hidden - 1] / M_LN2, "%.3f",
                  "the original's, read off its Fig. 5, bits", "original/h%zu/end", hidden);
    free(end);
}

/* When the networks of a set reach each goal; a row per network. */
static void measure_arrival(struct arrival_group *const to[GOALS], FILE *networks,
                            const struct frame_set *set, const struct run_record *record)
{
    /* the program trains on all patterns but one, which makes no test set */
    const int coded = set->config.optimiser == TRAIN_ADAM;
    const enum course accuracy = coded ? COURSE_TRAIN_ACCURACY : COURSE_TEST_ACCURACY;
    const enum course of[GOALS] = {COURSE_I_TY, accuracy, COURSE_I_TY};
    const double level[GOALS] = {rules.arrival.information, rules.arrival.accuracy,
                                 rules.arrival.higher};
    for (size_t g = 0; g < GOALS; g++)
        *to[g] = arrival_group_of(&set->config, record, set->networks, of[g], level[g]);
    arrival_report_networks(networks, coded ? "coded" : "described", record->layers - 1, to, GOALS);
}

int main(int argc, char **argv)
{
    struct frame *f = frame_open(&claim, argc, argv);
    const struct params *p = &params[f->cli.scale];

    /* Train. */
    const size_t coded = p->rates, sets = coded + 1,
                 longer = DEPTHS * sets; /* of each depth; all */
    struct frame_set *set = memory_array(longer + 1, sizeof *set, "sets");
    char name[RATES][32];
    for (size_t h = 0; h < DEPTHS; h++)
        declare(&set[h * sets], h + 1, name, p);
    set[longer] = (struct frame_set){NULL, recipe_depth(1, p->epochs_longer), p->networks};
    frame_sets(f, set, longer + 1, p->resamples);
    if (!frame_train(f)) {
        free(set);
        return frame_close(f);
    }
    report_params(f, p);

    /* Measure. */
    FILE *paths = frame_table(f, "depth"), *networks = frame_table(f, "depth_networks");
    FILE *rates = frame_table(f, "depth_rates"), *relaxations = frame_table(f, "depth_relaxation");
    struct arrival_group candidate[GOALS][RATES], group[SETTINGS][GOALS][DEPTHS];
    struct relaxation_points all, points[SETS]; /* of all depths; of six hidden layers */
    relaxation_new(&all, DEPTHS * p->networks);
    for (size_t h = 0; h < DEPTHS; h++) {
        for (size_t c = 0; c < sets; c++) {
            const struct frame_set *own = &set[h * sets + c];
            const struct run_record *record = frame_read(f, h * sets + c);
            struct arrival_group *to[GOALS];
            for (size_t g = 0; g < GOALS; g++)
                to[g] = c == coded ? &group[CODED][g][h] : &candidate[g][c];
            measure_arrival(to, networks, own, record);
            if (c == 0) {
                write_paths(f, paths, record, own->networks);
                relaxation_report_networks(&all, relaxations, "all", record, own->networks,
                                           rules.relaxation.bits);
            }
            if (h + 1 == DEPTHS) {
                relaxation_new(&points[c], own->networks);
                relaxation_report_networks(&points[c], relaxations, own->name, record,
                                           own->networks, rules.relaxation.bits);
            }
        }
        for (size_t g = 0; g < GOALS; g++) {
            group[BEST_RATE][g][h] = arrival_best(candidate[g], p->rates);
            arrival_report_search(&f->report, rates, goal_name[g], h + 1, candidate[g], p->rates,
                                  group[BEST_RATE][g][h].rate, g == INFORMATION);
            group[ONE_RATE][g][h] = candidate[g][0];
            for (size_t c = 1; c < p->rates; c++)
                arrival_free(&candidate[g][c]);
        }
        report_number(&f->report, group[ONE_RATE][0][h].flop / group[ONE_RATE][0][0].flop, "%.2f",
                      "floating-point operations of a sample over those of one hidden layer",
                      "cost/h%zu", h + 1);
    }
    /* one hidden layer, trained for longer */
    struct arrival_group *to[GOALS];
    for (size_t g = 0; g < GOALS; g++) {
        to[g] = &group[ONE_RATE][g][0];
        arrival_free(to[g]);
    }
    measure_arrival(to, networks, &set[longer], frame_read(f, longer));

    /* Compare the depths; fit the relaxation. */
    FILE *speed = frame_table(f, "depth_speed"), *fits = frame_table(f, "depth_fits");
    struct stats_interval speedup[SETTINGS][GOALS][DEPTHS];
    arrival_report_heading();
    for (size_t s = 0; s < SETTINGS; s++)
        for (size_t g = 0; g < GOALS; g++)
            arrival_report_depths(speedup[s][g], &f->report, speed, setting_name[s], goal_name[g],
                                  group[s][g], DEPTHS, p->resamples);
    puts("relaxation: doublings of the time per bit, share of the variance, power of the "
         "compression");
    struct relaxation_fit fit[SETS];
    for (size_t c = 0; c < coded; c++)
        fit[c] = relaxation_report_fit(&f->report, fits, name[c], &points[c], p->resamples);
    relaxation_report_fit(&f->report, fits, "all", &all, p->resamples);
    relaxation_report_fit(&f->report, fits, "coded", &points[coded], p->resamples);
    relaxation_report_layers(&f->report, &points[0], DEPTHS, p->resamples);

    /* Judge. */
    for (size_t s = 0; s < SETTINGS; s++)
        report_verdict(
            &f->report,
            arrival_verdict(speedup[s][INFORMATION] + 1, DEPTHS - 1, rules.arrival.speedup),
            verdict_key[s], verdict_claim[s]);
    report_verdict(&f->report, relaxation_verdict(&fit[0], &rules.relaxation), "verdict-relaxation",
                   "relaxation times grow super-linearly with the compression");
    for (size_t c = 0; c < sets; c++)
        relaxation_free(&points[c]);
    relaxation_free(&all);
    for (size_t i = 0; i < SETTINGS * GOALS * DEPTHS; i++)
        arrival_free(&group[0][0][i]);
    free(set);
    return frame_close(f);
}
