/* phase_transition.c -- claim ii: compression starts when the gradient turns from drift to diffusion.
 *
 * Finds when the signal-to-noise ratio of each layer's gradient turns, at three shares of the patterns and
 * at two levels, and compares that with the onset of compression and with the epoch at which the training
 * error becomes small.  A grid of learning rates and mini-batches, of networks of its own, tells what
 * hangs on these two, and which setting meets the rule of the recipe.  Whether the noise of the gradient
 * is the cause of compression is asked by noise.c. */
#include <math.h>
#include <stdlib.h>

#include "drift_report.h"
#include "frame.h"
#include "memory.h"
#include "number.h"
#include "recipe.h"
#include "rules.h"

/*[ params ]*/
static const struct params {
    size_t networks, epochs;
    size_t grid_networks, grid_epochs; /* of every setting of the grid; epochs at most */
    double grid_span;                  /* rate times epochs, to go equally far */
    size_t resamples;                  /* of the bootstrap over networks */
} params[] = {
    [CLI_FULL] = {.networks = 100,
                  .epochs = 10000,
                  .grid_networks = 36,
                  .grid_epochs = 10000,
                  .grid_span = 20, /* the recipe's own */
                  .resamples = 10000},
    [CLI_QUICK] = {.networks = 6,
                   .epochs = 2000,
                   .grid_networks = 6,
                   .grid_epochs = 200,
                   .grid_span = 0.4,
                   .resamples = 1000},
};
static const double original = 350.0; /* transition, epochs, read off the original's Fig. 4 */

/* Shares of the patterns; the grid, at the first and the last of them, its mini-batches as at the first. */
enum { SHARES = 3, RATES = 6, BATCHES = 3, SETTINGS = RATES * BATCHES };
static const double share[SHARES] = {.85, .45, .05};
static const char *const share_name[SHARES] = {"p85", "p45", "p05"};
static const double rate[RATES] = {.001, .002, .003, .005, .01, .02};
static const size_t batch[BATCHES] = {128, 256, 512};
/*[ end ]*/

static const struct frame_claim claim = {
    .name = "phase_transition",
    .purpose = "Claim ii: compression starts when the gradient turns from drift to diffusion.",
    .table = {{"phase_transition", "set\tlayer\tepoch\tsnr\tlower\tupper\tmean\tdeviation\t"
                                   "spectral_mean\ttrace"},
              {"phase_transition_networks", NULL},
              {"phase_transition_settings", "rate\tbatch\tturn\tlow\thigh\tturned"},
              {"phase_transition_grid", DRIFT_REPORT_COLUMNS},
              {"phase_transition_family", REPORT_FAMILY_COLUMNS}},
};

/* The sets of networks: the recipe at each share; each setting of the grid at the most patterns, then each
 * at the least. */
enum { GRID = SHARES, GRID_LEAST = GRID + SETTINGS, SETS = GRID_LEAST + SETTINGS };

/* The paths over the networks: the signal-to-noise ratio and its quartiles; norms of the gradient over the
 * weight norm; last the two of the original's program. */
static const struct course_column column[] = {
    {COURSE_SNR, COURSE_OVER_MEDIAN},         {COURSE_SNR, COURSE_OVER_LOWER},
    {COURSE_SNR, COURSE_OVER_UPPER},          {COURSE_MEAN, COURSE_OVER_MEAN},
    {COURSE_DEVIATION, COURSE_OVER_MEAN},     {COURSE_SPECTRAL_MEAN, COURSE_OVER_MEAN},
    {COURSE_SPECTRAL_TRACE, COURSE_OVER_MEAN}};

/* The rule with the level at which drift and diffusion are equal in an epoch, not in an update. */
static struct drift_rule epoch_rule(const struct frame *f, size_t set)
{
    struct drift_rule rule = rules.drift;
    rule.snr = drift_level(config_batches(&f->set[set].config, frame_data(f, set)->n));
    return rule;
}

/* A share of the patterns: paths, and every layer at both levels. */
static void measure_share(struct frame *f, size_t s, FILE *paths, FILE *networks)
{
    static const char *const by_epoch[SHARES] = {"epoch/p85", "epoch/p45", "epoch/p05"};
    const struct frame_set *set = &f->set[s];
    const struct run_record *record = frame_read(f, s);
    const struct drift_rule epoch = epoch_rule(f, s);
    struct drift *d = memory_array(set->networks, sizeof *d, "networks");
    for (size_t l = 0; l < record->layers; l++) {
        for (size_t i = 0; i < record->rows; i++) {
            fprintf(paths, "%s\t%zu\t%zu", set->name, l + 1, record->row[i].epoch);
            frame_path(paths, record, set->networks, i, l, column, REPORT_LENGTH(column));
        }
        struct summary *x = frame_summary(f, &drift_report_plan, s, l);
        x->asked = s == 0 ? x->asked : DRIFT_REPORT_NOT_NORMS;
        drift_report_layer(&f->report, d, x, record, &rules.drift, &rules.fall);
        summary_rows(networks, x);
        summary_print(x);
        x = frame_summary(f, &drift_report_plan, s, l);
        x->set = by_epoch[s];
        x->asked = DRIFT_REPORT_BY_LEVEL;
        drift_report_layer(&f->report, d, x, record, &epoch, &rules.fall);
        summary_rows(networks, x);
    }
    report_number(&f->report, epoch.snr, "%.2f", "1 over the root of the mini-batches of an epoch",
                  "%s/level", by_epoch[s]);
    free(d);
}

/* A set of the grid: its numbers, for the rules and as rows of a table, and its transition. */
static struct stats_interval measure_setting(struct frame *f, double *turned, size_t s, FILE *grid)
{
    const struct run_record *record = frame_read(f, s);
    const size_t hidden = record->layers - 1, n = f->set[s].networks;
    struct drift *d = memory_array(hidden * n, sizeof *d, "layers"); /* (hidden, n) */
    for (size_t l = 0; l < hidden; l++) {
        for (size_t k = 0; k < n; k++)
            d[l * n + k] = drift_of(&record[k], l, &rules.drift, &rules.fall);
        const struct drift_over over = drift_over_networks(&d[l * n], n, f->resamples);
        drift_report_rows(grid, &f->report, f->set[s].name, l, &over);
    }
    const struct stats_interval x = drift_transition(turned, d, n, hidden, f->resamples);
    free(d);
    return x;
}

/* The verdicts by the other level: but for that on the onset, which no level enters. */
static void judge_by_epoch(struct frame *f, FILE *family)
{
    static const char *const key[] = {"verdict-turn", "verdict-turn-scarce", "verdict-order"};
    for (size_t v = 0; v < REPORT_LENGTH(key); v++)
        report_family(&f->report, family, rules_find(claim.name, key[v]), "epoch", "", "epoch/");
}

/* The verdicts at a setting.  Of the sets that the rules ask for, the one in the middle is not in the grid:
 * it stays that of the recipe. */
static void judge_setting(struct frame *f, FILE *family, const char *member)
{
    static const char *const rule[][2] = {{"verdict-turn", "p85/"},
                                          {"verdict-turn-scarce", "p05/"},
                                          {"verdict-onset", "p85/"},
                                          {"verdict-order", "p85/"}};
    for (size_t v = 0; v < REPORT_LENGTH(rule); v++) {
        char set[80];
        snprintf(set, sizeof set, "%s/%s", member, rule[v][1]);
        report_family(&f->report, family, rules_find(claim.name, rule[v][0]), member, rule[v][1],
                      set);
    }
}

/* Every setting of the grid: its transition, its verdicts; and where the transition is nearest to the
 * original's. */
static void measure_grid(struct frame *f, FILE *family)
{
    struct stats_interval transition[SETTINGS + 1];
    FILE *settings = frame_table(f, "phase_transition_settings");
    FILE *grid = frame_table(f, "phase_transition_grid");
    struct report *r = &f->report;
    for (size_t s = 0; s < SETTINGS; s++) {
        const double of_rate = rate[s / BATCHES], of_batch = (double)batch[s % BATCHES];
        char member[64];
        double turned, least;
        snprintf(member, sizeof member, "rate-%g/batch-%g", of_rate, of_batch);
        const struct stats_interval x = transition[s] = measure_setting(f, &turned, GRID + s, grid);
        measure_setting(f, &least, GRID_LEAST + s, grid);
        report_interval(r, x, "%.0f", "median first turn over networks and hidden layers",
                        "%s/turn", member);
        report_number(r, turned, "%.2f", "share of networks and hidden layers that turn",
                      "%s/turned", member);
        number_write(settings, of_rate, NUMBER_DIGITS);
        number_columns(settings, (const double[]){of_batch, x.value, x.low, x.high, turned}, 5);
        fputc('\n', settings);
        judge_setting(f, family, member);
    }
    transition[SETTINGS] = stats_exact(NAN); /* if none turns */
    const size_t s = drift_nearest(transition, SETTINGS, original);
    const struct report_entry nearest[] = {{s < SETTINGS ? rate[s / BATCHES] : (double)NAN, "%g",
                                            "rate of the setting nearest the original", "rate"},
                                           {s < SETTINGS ? (double)batch[s % BATCHES] : (double)NAN,
                                            "%.0f", "its samples of a mini-batch", "batch"}};
    report_entries(r, nearest, REPORT_LENGTH(nearest), "nearest/");
    report_interval(r, transition[s], "%.0f", "its transition", "nearest/turn");
}

static void report_params(struct frame *f, const struct params *p)
{
    const struct report_entry param[] = {
        {(double)p->grid_networks, "%.0f", "networks of a setting", "grid-networks"},
        {(double)p->grid_epochs, "%.0f", "epochs of a setting, at most", "grid-epochs"},
        {p->grid_span, "%g", "rate times epochs of a setting", "grid-span"},
        {original, "%.0f", "transition in the original", "original"},
        {100.0 * rules.fall.error, "%.0f", "small error, percent", "error"},
        {100.0 * rules.drift.early, "%.0f", "early error, percent", "early-error"}};
    frame_params(f, 0);
    report_entries(&f->report, param, REPORT_LENGTH(param), "param.");
    report_number(&f->report, (double)f->set[SHARES - 1].config.batch, "%.0f",
                  "samples of a mini-batch at the least share", "param.batch-least");
}

int main(int argc, char **argv)
{
    struct frame *f = frame_open(&claim, argc, argv);
    const struct params *p = &params[f->cli.scale];

    /* Train. */
    struct frame_set set[SETS];
    char name[SETS][64];
    for (size_t s = 0; s < SHARES; s++)
        set[s] = (struct frame_set){share_name[s], recipe_described(share[s], p->epochs),
                                    p->networks, .draw = RULES_MAIN};
    for (size_t s = GRID; s < SETS; s++) {
        const size_t of = (s - GRID) % SETTINGS, at = s < GRID_LEAST ? 0 : SHARES - 1;
        const double r = rate[of / BATCHES];
        const size_t b = batch[of % BATCHES];
        const double span = p->grid_span / r + 0.5, most = (double)p->grid_epochs;
        const size_t epochs = (size_t)(span < most ? span : most);
        snprintf(name[s], sizeof name[s], "rate-%g/batch-%zu/%s", r, b, share_name[at]);
        set[s] = (struct frame_set){name[s], recipe_setting(share[at], epochs, r, b),
                                    p->grid_networks, .draw = RULES_GRID};
    }
    frame_sets(f, set, SETS, p->resamples);
    if (!frame_train(f))
        return frame_close(f);

    /* Measure; the frame judges. */
    FILE *paths = frame_table(f, "phase_transition");
    FILE *networks = frame_table(f, "phase_transition_networks");
    FILE *family = frame_table(f, "phase_transition_family");
    report_params(f, p);
    summary_columns(networks, &drift_report_plan);
    summary_heading(&drift_report_plan);
    for (size_t s = 0; s < SHARES; s++)
        measure_share(f, s, paths, networks);
    judge_by_epoch(f, family);
    measure_grid(f, family);
    return frame_close(f);
}
