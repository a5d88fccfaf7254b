/* depth.c -- claim iv: hidden layers cut the training time, for a layer that compresses less is done
 * sooner.
 *
 * Trains networks of 1 to 6 hidden layers at one learning rate, at others to find the best for each
 * depth, and by the recipe of the original's program; measures when each has learned the label, and
 * how long its layers take to compress against how much they do. */
#include <gsl/gsl_math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arrival.h"
#include "die.h"
#include "ensemble.h"
#include "recipe.h"
#include "relaxation.h"

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
    double information;  /* to be reached by I(out;Y), bits */
    double accuracy;     /* to be reached, share of right labels */
    double higher;       /* a second level of I(out;Y), without a verdict */
    double speedup;      /* over one hidden layer, to count as dramatic */
    struct relaxation_rule relaxation;
} full = {.networks = 50,
          .epochs = 10000,
          .epochs_longer = 30000,
          .networks_coded = 20,
          .epochs_coded = 10000,
          .rates = 10,
          .rate = {0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2},
          .span = 40,
          .epochs_least = 400,
          .resamples = 10000,
          .information = 0.9,
          .accuracy = 0.95,
          .higher = 0.95,
          .speedup = 2,
          .relaxation = {.bits = 0.1, .r2 = 0.5, .power = 1}};
/*[ end ]*/

static const struct params quick = {.networks = 4,
                                    .epochs = 700,
                                    .epochs_longer = 1000,
                                    .networks_coded = 2,
                                    .epochs_coded = 1400,
                                    .rates = 4,
                                    .rate = {0, 0.02, 0.2, 0.5},
                                    .span = 8,
                                    .epochs_least = 300,
                                    .resamples = 1000,
                                    .information = 0.9,
                                    .accuracy = 0.95,
                                    .higher = 0.95,
                                    .speedup = 2,
                                    .relaxation = {.bits = 0.1, .r2 = 0.5, .power = 1}};

/* Where the output's paths end in the original's Fig. 5, I(T;Y) in nats for 1 to 6 hidden layers,
 * read off the printed figure. */
static const double original_nats[DEPTHS] = {0.63, 0.675, 0.688, 0.687, 0.68, 0.68};

enum goal { INFORMATION, ACCURACY, HIGHER, GOALS };
static const char *const goal_name[GOALS] = {"information", "accuracy", "higher"};

enum setting { ONE_RATE, BEST_RATE, CODED, SETTINGS };
static const char *const setting_name[SETTINGS] = {"one", "best", "coded"};
static const char *const verdict_key[SETTINGS] = {"verdict", "verdict-best-rate", "verdict-coded"};
static const char *const verdict_claim[SETTINGS] = {"depth speeds training up, at one rate",
                                                    "the same at the best rate for each depth",
                                                    "the same by the original's program"};

/* The times of networks of one depth and one rate to a goal. */
struct group {
    size_t n, run;                        /* networks; epochs of their training */
    double rate, flop;                    /* flop: of a training sample */
    double epochs[ENSEMBLE_MAX_NETWORKS]; /* until they arrive */
};

/* Sets of layers whose relaxation is fitted: six hidden layers at each rate, then these. */
enum { ALL_DEPTHS = RATES, AS_CODED, FITS };

struct name {
    char text[32];
};
static struct name set_name(size_t set, const struct params *p)
{
    struct name name = {"one"};
    if (set == ALL_DEPTHS || set == AS_CODED)
        snprintf(name.text, sizeof name.text, set == ALL_DEPTHS ? "all" : "coded");
    else if (set > 0)
        snprintf(name.text, sizeof name.text, "rate%g", p->rate[set]);
    return name;
}

/* The settings for a number of hidden layers: the candidate rates, that of the recipe first, each for
 * about as many epochs as give the same rate times epochs; last the original's program. */
static void settings(struct run_config config[SETS], size_t hidden, const struct params *p)
{
    for (size_t c = 0; c < p->rates; c++) {
        config[c] = recipe_depth(hidden, p->epochs);
        if (c > 0) {
            const double least = (double)p->epochs_least, most = (double)p->epochs;
            config[c].rate = p->rate[c];
            config[c].epochs =
                (size_t)(GSL_MIN_DBL(most, GSL_MAX_DBL(least, p->span / p->rate[c])) + 0.5);
        }
    }
    config[p->rates] = recipe_coded_depth(hidden, p->epochs_coded);
}

static void report_params(struct report *r, const struct run_config *c, const struct params *p)
{
    recipe_report(r, c, p->networks);
    report_number(r, (double)p->epochs_longer, "%.0f", "epochs of one hidden layer at the one rate",
                  "param.epochs-longer");
    report_number(r, (double)p->networks_coded, "%.0f", "networks of a depth as coded",
                  "param.networks-coded");
    report_number(r, (double)p->epochs_coded, "%.0f", "epochs as coded", "param.epochs-coded");
    report_number(r, (double)p->rates, "%.0f", "candidate rates", "param.rates");
    report_number(r, p->rate[p->rates - 1], "%g", "the highest of them", "param.highest-rate");
    report_number(r, p->span, "%g", "rate times epochs of the search", "param.span");
    report_number(r, (double)p->epochs_least, "%.0f", "least epochs of it", "param.epochs-least");
    report_number(r, p->information, "%.1f", "I(out;Y) to be reached, bits", "param.information");
    report_number(r, 100.0 * p->accuracy, "%.0f", "accuracy to be reached, percent",
                  "param.accuracy-percent");
    report_number(r, p->higher, "%.2f", "the second level of I(out;Y), bits", "param.higher");
    report_number(r, p->speedup, "%g", "least dramatic speed-up", "param.speedup");
    report_number(r, p->relaxation.bits, "%.1f", "least fall and compression that count, bits",
                  "param.relaxation-bits");
    report_number(r, p->relaxation.r2, "%.1f", "least share of the variance", "param.r2");
    report_number(r, p->relaxation.power, "%g", "greatest power that is not super-linear",
                  "param.power");
}

/* Mean path of every layer of a depth, a row per layer and epoch. */
static void write_paths(FILE *f, const struct run_record *record, size_t n)
{
    for (size_t l = 0; l < record->layers; l++)
        for (size_t i = 0; i < record->rows; i++) {
            double x[ENSEMBLE_MAX_NETWORKS], y[ENSEMBLE_MAX_NETWORKS];
            for (size_t k = 0; k < n; k++) {
                x[k] = record[k].row[i].information[l].i_xt;
                y[k] = record[k].row[i].information[l].i_ty;
            }
            fprintf(f, "%zu\t%zu\t%zu\t%.9g\t%.9g\t%.9g\t%.9g\n", record->layers - 1, l + 1,
                    record->row[i].epoch, stats_mean(x, n), stats_se(x, n), stats_mean(y, n),
                    stats_se(y, n));
        }
}

/* Where the output's path ends, beside the original's. */
static void report_end(struct report *r, const struct run_record *record, size_t n,
                       size_t resamples)
{
    const size_t hidden = record->layers - 1;
    double end[ENSEMBLE_MAX_NETWORKS];
    for (size_t k = 0; k < n; k++)
        end[k] = record[k].row[record[k].rows - 1].information[hidden].i_ty;
    report_interval(r, stats_bootstrap(end, n, STATS_MEAN, resamples, 1), "%.3f",
                    "mean final I(out;Y), bits", "one/h%zu/end", hidden);
    report_number(r, original_nats[hidden - 1] / M_LN2, "%.3f",
                  "the original's, read off its Fig. 5, bits", "original/h%zu/end", hidden);
}

/* When n networks reach each goal; a row per network. */
static void measure_arrival(struct group *const to[GOALS], FILE *f, const char *recipe,
                            const struct run_config *c, const struct run_record *record, size_t n,
                            const struct params *p)
{
    /* the program trains on all patterns but one, which makes no test set */
    const enum arrival_of share = c->optimiser == OPTIMISER_ADAM ? ARRIVAL_TRAIN : ARRIVAL_TEST;
    const enum arrival_of of[GOALS] = {ARRIVAL_INFORMATION, share, ARRIVAL_INFORMATION};
    const double level[GOALS] = {p->information, p->accuracy, p->higher};
    for (size_t g = 0; g < GOALS; g++) {
        to[g]->n = n;
        to[g]->run = c->epochs;
        to[g]->rate = c->rate;
        to[g]->flop = arrival_flop(c->width, c->layers);
    }
    for (size_t k = 0; k < n; k++) {
        fprintf(f, "%s\t%zu\t%g\t%zu\t%zu", recipe, c->layers - 1, c->rate, c->epochs, k);
        for (size_t g = 0; g < GOALS; g++) {
            to[g]->epochs[k] = arrival_epoch(&record[k], of[g], level[g]);
            fprintf(f, "\t%.9g", to[g]->epochs[k]);
        }
        fputc('\n', f);
    }
}

/* How long the hidden layers of n networks take to compress; a row per network and layer. */
static void measure_relaxation(struct relaxation_points *points, FILE *f, const char *name,
                               const struct run_record *record, size_t n, double bits)
{
    const size_t hidden = record->layers - 1;
    for (size_t k = 0; k < n; k++) {
        struct relaxation x[NET_MAX_LAYERS];
        for (size_t l = 0; l < hidden; l++) {
            x[l] = relaxation_of(&record[k], l);
            fprintf(f, "%s\t%zu\t%zu\t%zu\t%.9g\t%.9g\t", name, hidden, k, l + 1, x[l].compression,
                    x[l].fall);
            if (isnan(x[l].epochs))
                fputs("nan\t0\n", f);
            else
                fprintf(f, "%.9g\t%d\n", x[l].epochs, relaxation_counts(&x[l], bits));
        }
        relaxation_add(points, x, hidden, bits);
    }
}

/* Networks with a finite time. */
static size_t arrived(const double *epochs, size_t n)
{
    size_t all = 0;
    for (size_t k = 0; k < n; k++)
        all += isfinite(epochs[k]) != 0;
    return all;
}

/* Of the candidate rates, the one at which the even networks of a depth reach the goal first; the
 * group at the best rate is its odd networks. */
static void choose_rate(struct group *best, const struct group *candidate, const struct params *p)
{
    const size_t n = candidate->n;
    double *epochs = malloc(p->rates * n * sizeof *epochs);
    if (!epochs)
        die("memory is short");
    for (size_t c = 0; c < p->rates; c++)
        memcpy(epochs + c * n, candidate[c].epochs, n * sizeof *epochs);
    const struct group *chosen = &candidate[arrival_fastest(epochs, p->rates, n)];
    *best = *chosen;
    best->n = arrival_odd(best->epochs, chosen->epochs, n);
    free(epochs);
}

/* The search for the best rate: the median time of a depth to a goal at each candidate rate. */
static void report_search(struct report *r, FILE *f, enum goal goal, size_t hidden,
                          const struct group *candidate, double best, const struct params *p)
{
    report_number(r, best, "%g", "best rate, by the even networks", "best/h%zu/%s/rate", hidden,
                  goal_name[goal]);
    for (size_t c = 0; c < p->rates; c++) {
        const struct group *g = &candidate[c];
        const double median = stats_median(g->epochs, g->n);
        if (goal == INFORMATION)
            report_number(r, median, "%.0f", "median epochs to the information at this rate",
                          "search/rate%g/h%zu", g->rate, hidden);
        fprintf(f, "%s\t%zu\t%g\t%zu\t%zu\t%.9g\t%d\n", goal_name[goal], hidden, g->rate, g->run,
                arrived(g->epochs, g->n), median, g->rate == best);
    }
}

/* Compares the depths: epochs to the goal and how many networks arrive; the speed-up over one hidden
 * layer in epochs, and the saving in floating-point operations.  Fills speedup[h - 1] for h + 1
 * hidden layers. */
static void compare(struct stats_interval speedup[DEPTHS - 1], struct report *r, FILE *f,
                    enum setting setting, enum goal goal, const struct group group[DEPTHS],
                    size_t resamples)
{
    for (size_t h = 0; h < DEPTHS; h++) {
        const struct group *g = &group[h];
        const double *epochs = g->epochs, cost = g->flop / group->flop;
        const struct stats_interval time =
            stats_bootstrap(epochs, g->n, STATS_MEDIAN, resamples, 1);
        struct stats_interval faster = {1.0, 1.0, 1.0};
        if (h > 0)
            faster = speedup[h - 1] = arrival_speedup(group->epochs, group->n, (double)group->run,
                                                      epochs, g->n, resamples, 1);
        const struct stats_interval saving = {faster.value / cost, faster.low / cost,
                                              faster.high / cost};
        const size_t there = arrived(epochs, g->n);
        char key[64];
        snprintf(key, sizeof key, "%s/h%zu/%s", setting_name[setting], h + 1, goal_name[goal]);
        report_number(r, (double)there, "%.0f", "networks that arrive", "%s/arrived", key);
        report_interval(r, time, "%.0f", "median epochs until they do", "%s/epochs", key);
        if (h > 0) {
            report_interval(r, faster, "%.2f", "speed-up over one hidden layer, in epochs",
                            "%s/speedup", key);
            report_interval(r, saving, "%.2f", "the same in floating-point operations", "%s/saving",
                            key);
        }
        fprintf(f, "%s\t%s\t%zu\t%g\t%zu\t%zu\t%.9g\t%.9g\t%.9g\t%.9g\t%.9g\t%.9g\t%.9g\n",
                setting_name[setting], goal_name[goal], h + 1, g->rate, g->n, there, time.value,
                time.low, time.high, faster.value, faster.low, faster.high, saving.value);
        printf("%-6s %-12s %6zu %7g %6zu/%-3zu %9.4g %9.3g [%.3g, %.3g] %9.3g\n",
               setting_name[setting], goal_name[goal], h + 1, g->rate, there, g->n, time.value,
               faster.value, faster.low, faster.high, saving.value);
    }
}

int main(int argc, char **argv)
{
    struct cli cli;
    cli_parse(&cli, argc, argv, "depth",
              "Claim iv: hidden layers cut the training time, each compressing little and soon.");
    const struct params *p = cli.scale == CLI_FULL ? &full : &quick;
    const size_t n = p->networks, program = p->rates;

    /* Train. */
    enum { CONFIGS = DEPTHS * SETS + 1 };
    struct run_config config[CONFIGS];
    size_t networks_of[CONFIGS], configs = 0;
    for (size_t h = 0; h < DEPTHS; h++) {
        settings(&config[configs], h + 1, p);
        for (size_t c = 0; c <= program; c++)
            networks_of[configs++] = c == program ? p->networks_coded : n;
    }
    const size_t longer = configs;
    config[longer] = recipe_depth(1, p->epochs_longer);
    networks_of[configs++] = n;
    struct ensemble ensemble;
    ensemble_init(&ensemble, &cli, config, networks_of, configs);
    if (!ensemble_fill(&ensemble))
        return 0;

    /* Measure. */
    const size_t most = n > p->networks_coded ? n : p->networks_coded;
    struct run_record *record = malloc(most * sizeof *record);
    struct group(*candidate)[RATES] = malloc(GOALS * sizeof *candidate);
    struct group(*group)[GOALS][DEPTHS] = malloc(SETTINGS * sizeof *group);
    if (!record || !candidate || !group)
        die("memory is short");
    struct relaxation_points points[FITS];
    for (size_t i = 0; i < FITS; i++)
        relaxation_new(&points[i], DEPTHS * most);
    struct file paths, networks, rates, speed, relaxations, fits;
    struct report report;
    report_open(&report, &cli);
    report_params(&report, &config[0], p);
    report_table(&report, &paths, "", "hidden\tlayer\tepoch\ti_xt\ti_xt_se\ti_ty\ti_ty_se");
    report_table(&report, &networks, "_networks",
                 "recipe\thidden\trate\tepochs\tnetwork\tinformation\taccuracy\thigher");
    report_table(&report, &rates, "_rates", "goal\thidden\trate\tepochs\tarrived\tmedian\tchosen");
    report_table(&report, &speed, "_speed",
                 "setting\tgoal\thidden\trate\tnetworks\tarrived\tepochs\tepochs_low\tepochs_high\t"
                 "speedup\tspeedup_low\tspeedup_high\tsaving");
    report_table(&report, &relaxations, "_relaxation",
                 "set\thidden\tnetwork\tlayer\tcompression\tfall\tepochs\tcounts");
    report_table(&report, &fits, "_fits", RELAXATION_COLUMNS);
    for (size_t h = 0; h < DEPTHS; h++) {
        const struct run_config *own = &config[h * (program + 1)];
        for (size_t c = 0; c <= program; c++) {
            const size_t at = h * (program + 1) + c, size = networks_of[at];
            const char *const recipe = c == program ? "coded" : "described";
            for (size_t k = 0; k < size; k++)
                ensemble_read(&record[k], &ensemble, at, k);
            struct group *to[GOALS];
            for (size_t g = 0; g < GOALS; g++)
                to[g] = c == program ? &group[CODED][g][h] : &candidate[g][c];
            measure_arrival(to, networks.stream, recipe, &own[c], record, size, p);
            if (c == 0) {
                write_paths(paths.stream, record, size);
                report_end(&report, record, size, p->resamples);
                measure_relaxation(&points[ALL_DEPTHS], relaxations.stream, "all", record, size,
                                   p->relaxation.bits);
            }
            if (h + 1 == DEPTHS)
                measure_relaxation(&points[c == program ? AS_CODED : c], relaxations.stream,
                                   set_name(c == program ? AS_CODED : c, p).text, record, size,
                                   p->relaxation.bits);
        }
        for (size_t g = 0; g < GOALS; g++) {
            group[ONE_RATE][g][h] = candidate[g][0];
            choose_rate(&group[BEST_RATE][g][h], candidate[g], p);
            report_search(&report, rates.stream, (enum goal)g, h + 1, candidate[g],
                          group[BEST_RATE][g][h].rate, p);
        }
        report_number(&report, group[ONE_RATE][0][h].flop / group[ONE_RATE][0][0].flop, "%.2f",
                      "floating-point operations of a sample over those of one hidden layer",
                      "cost/h%zu", h + 1);
    }
    struct group *to[GOALS];
    for (size_t g = 0; g < GOALS; g++)
        to[g] = &group[ONE_RATE][g][0];
    for (size_t k = 0; k < n; k++)
        ensemble_read(&record[k], &ensemble, longer, k);
    measure_arrival(to, networks.stream, "described", &config[longer], record, n, p);

    /* Compare the depths; fit the relaxation. */
    struct stats_interval speedup[SETTINGS][GOALS][DEPTHS - 1];
    printf("%-6s %-12s %6s %7s %10s %9s %s %s\n", "which", "goal", "hidden", "rate", "arrived",
           "epochs", "speed-up", "saving");
    for (size_t s = 0; s < SETTINGS; s++)
        for (size_t g = 0; g < GOALS; g++)
            compare(speedup[s][g], &report, speed.stream, (enum setting)s, (enum goal)g,
                    group[s][g], p->resamples);
    puts("relaxation: doublings of the time per bit, share of the variance, power of the "
         "compression");
    struct relaxation_fit fit[FITS];
    for (size_t i = 0; i < FITS; i++)
        if (i < program || i >= ALL_DEPTHS) {
            fit[i] = relaxation_fit(&points[i], p->resamples, 1);
            relaxation_report(&report, fits.stream, set_name(i, p).text, &points[i], &fit[i]);
        }
    relaxation_report_layers(&report, &points[0], DEPTHS, p->resamples);
    file_commit(&paths);
    file_commit(&networks);
    file_commit(&rates);
    file_commit(&speed);
    file_commit(&relaxations);
    file_commit(&fits);

    /* Judge. */
    for (size_t s = 0; s < SETTINGS; s++)
        verdict_report(&report, arrival_verdict(speedup[s][INFORMATION], DEPTHS - 1, p->speedup),
                       verdict_key[s], verdict_claim[s]);
    verdict_report(&report, relaxation_verdict(&fit[0], &p->relaxation), "verdict-relaxation",
                   "relaxation times grow super-linearly with the compression");
    report_close(&report);
    for (size_t i = 0; i < FITS; i++)
        relaxation_free(&points[i]);
    free(group);
    free(candidate);
    free(record);
    ensemble_free(&ensemble);
    return 0;
}
