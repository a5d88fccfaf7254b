/* noise.c -- claim ii, its second half: the noise of the gradient is the cause of compression.
 *
 * Takes the noise away: the whole training set as one batch, at the rate of the recipe times its
 * mini-batches, and at the rate of the recipe over as many times the epochs.  Gives it back in doses:
 * Gaussian noise on the gradient of the full batch, and mini-batches of several sizes at one rate.
 * Network k of every set has the same labels, training set and initial weights; the falls of I(X;T) are
 * compared where two networks are equal in loss, in weights, in epochs or in path. */
#include <math.h>
#include <stdlib.h>

#include "control_report.h"
#include "frame.h"
#include "memory.h"
#include "number.h"
#include "recipe.h"
#include "rules.h"

/*[ params ]*/
static const struct params {
    size_t networks, path_networks,
        dose_networks; /* with noise and without; on the path; of a dose */
    size_t epochs;
    size_t resamples; /* of the bootstrap over networks */
} params[] = {
    [CLI_FULL] = {.networks = 100,
                  .path_networks = 15,
                  .dose_networks = 40,
                  .epochs = 10000,
                  .resamples = 10000},
    [CLI_QUICK] =
        {.networks = 6, .path_networks = 6, .dose_networks = 6, .epochs = 2000, .resamples = 1000},
};

/* The noise of the recipe's mini-batches as a dose, see control_dose: what the first edition's networks,
 * the exploration, had over all weights where their mean I(X;T) of the last hidden layer had lost a tenth
 * of its fall (epoch 1860; data/phase_transition.tsv of version 0.3.0).  It is rounded to what is called
 * the natural dose, of which the doses are multiples. */
static const double explored = 0.0148, natural = 0.015;
enum { DOSES = 5, NATURAL = 2, BATCHES = 3 };
static const double dose[DOSES] = {0.25, 0.5, 1.0, 2.0, 4.0};
static const char *const dose_name[DOSES] = {"gradient-0.25", "gradient-0.5", "gradient-1",
                                             "gradient-2", "gradient-4"};
/* Mini-batches at the rate of the control. */
static const size_t batch[BATCHES] = {1024, 256, 64};
static const char *const batch_name[BATCHES] = {"batch-1024", "batch-256", "batch-64"};
/*[ end ]*/

static const struct frame_claim claim = {
    .name = "noise",
    .purpose = "Claim ii: the noise of the gradient is the cause of compression.",
    .table = {{"noise", "set\tlayer\tepoch\ti_xt\ti_xt_se\tweight_norm"},
              {"noise_loss", "set\tlayer\tloss\tnetworks\ti_xt\ti_xt_se"},
              {"noise_networks", NULL},
              {"noise_doses", CONTROL_REPORT_DOSES}},
};

/* The sets of networks. */
enum { NOISY, FULL, PATH, DOSE, BATCH = DOSE + DOSES, SETS = BATCH + BATCHES };

/* Mean paths along the epochs. */
static void write_paths(FILE *to, const struct frame *f, const struct run_record *record,
                        size_t set)
{
    static const struct course_column column[] = {{COURSE_I_XT, COURSE_OVER_MEAN},
                                                  {COURSE_I_XT, COURSE_OVER_SE},
                                                  {COURSE_WEIGHTS, COURSE_OVER_MEAN}};
    for (size_t l = 0; l < record->layers; l++)
        for (size_t i = 0; i < record->rows; i++) {
            fprintf(to, "%s\t%zu\t%zu", f->set[set].name, l + 1, record->row[i].epoch);
            frame_path(to, record, f->set[set].networks, i, l, column, REPORT_LENGTH(column));
        }
}

/* Mean paths along the training loss, from 1 bit down by factors of 2^(1/4): I(X;T) where each network
 * has first come down to it, over the pairs of which both have, as long as these are at least half of the
 * n. */
static void write_by_loss(FILE *to, const struct frame *f, struct run_record *const *record,
                          size_t n)
{
    static const double part[] = {1.0, 0x1.ae89f995ad3adp-1, 0x1.6a09e667f3bcdp-1,
                                  0x1.306fe0a31b715p-1}; /* 2^(-i/4) */
    double *i_xt = memory_array(n, sizeof *i_xt, "values");
    for (size_t s = NOISY; s <= FULL; s++)
        for (size_t l = 0; l < record[s]->layers; l++)
            for (size_t step = 0; step < 53; step++) { /* down to 1e-4 bit */
                const double loss = ldexp(part[step % 4], -(int)(step / 4));
                size_t pairs = 0;
                for (size_t k = 0; k < n; k++) {
                    const size_t row = control_row_at_loss(&record[s][k], loss);
                    const struct run_record *other = &record[NOISY + FULL - s][k];
                    if (row < record[s][k].rows && control_row_at_loss(other, loss) < other->rows)
                        i_xt[pairs++] = course_at(&record[s][k].row[row], l, COURSE_I_XT);
                }
                if (2 * pairs < n)
                    break;
                fprintf(to, "%s\t%zu\t%.9g\t%zu", f->set[s].name, l + 1, loss, pairs);
                number_columns(to, (const double[]){stats_mean(i_xt, pairs), stats_se(i_xt, pairs)},
                               2);
                fputc('\n', to);
            }
    free(i_xt);
}

static void report_params(struct frame *f, const struct params *p)
{
    const struct report_entry param[] = {
        {f->set[FULL].config.rate, "%g", "rate of the full batch and of the doses",
         "full-batch-rate"},
        {(double)f->set[PATH].config.epochs, "%.0f", "epochs at equal path", "path-epochs"},
        {(double)p->path_networks, "%.0f", "networks at equal path", "path-networks"},
        {(double)p->dose_networks, "%.0f", "networks of a dose", "dose-networks"},
        {explored, "%.4f", "noise of mini-batches as a dose in the exploration", "explored"},
        {natural, "%g", "noise on the gradient that is called the natural", "natural"},
        {dose[DOSES - 1], "%g", "largest dose, multiples of the natural", "dose-most"},
        {dose[0], "%g", "smallest dose, likewise", "dose-least"},
        {100.0 * rules.fall.error, "%.0f", "small error, percent", "error"},
        {rules.fall.bits, "%.1f", "least fall, bits", "compressed-bits"}};
    frame_params(f, NOISY);
    report_entries(&f->report, param, REPORT_LENGTH(param), "param.");
}

int main(int argc, char **argv)
{
    struct frame *f = frame_open(&claim, argc, argv);
    const struct params *p = &params[f->cli.scale];
    struct report *r = &f->report;

    /* Train. */
    const double share = 0.85; /* of the patterns, in the original's main experiment */
    struct frame_set set[SETS] = {
        [NOISY] = {"mini-batch", recipe_described(share, p->epochs), p->networks},
        [FULL] = {"full-batch", recipe_full_batch(share, p->epochs), p->networks},
        [PATH] = {"same-rate", recipe_equal_path(share, p->epochs), p->path_networks},
    };
    for (size_t d = 0; d < DOSES; d++) {
        set[DOSE + d] = (struct frame_set){
            .name = dose_name[d], .config = set[FULL].config, .networks = p->dose_networks};
        set[DOSE + d].config.gradient_noise = dose[d] * natural;
    }
    for (size_t b = 0; b < BATCHES; b++) {
        set[BATCH + b] = (struct frame_set){
            .name = batch_name[b], .config = set[FULL].config, .networks = p->dose_networks};
        set[BATCH + b].config.batch = batch[b];
    }
    frame_sets(f, set, SETS, p->resamples); /* all of RULES_MAIN */
    if (!frame_train(f))
        return frame_close(f);

    /* Measure. */
    const size_t layers = set[NOISY].config.layers;
    struct run_record *record[SETS];
    FILE *paths = frame_table(f, "noise"), *by_loss = frame_table(f, "noise_loss");
    FILE *networks = frame_table(f, "noise_networks"), *doses = frame_table(f, "noise_doses");
    report_params(f, p);
    for (size_t s = 0; s < SETS; s++) { /* all at once, for they are compared network by network */
        record[s] = memory_array(set[s].networks, sizeof *record[s], "records");
        ensemble_read_all(record[s], &f->ensemble, s);
        control_report_learning(f, (struct control_set){s, record[s]});
        if (s <= PATH)
            write_paths(paths, f, record[s], s);
    }
    control_report_natural(f, (struct control_set){NOISY, record[NOISY]});
    write_by_loss(by_loss, f, record, p->networks);

    const struct control_set noisy = {NOISY, record[NOISY]}, full = {FULL, record[FULL]},
                             path = {PATH, record[PATH]};
    summary_columns(networks, &control_report_plan);
    summary_heading(&control_report_plan);
    for (size_t l = 0; l < layers; l++) {
        const struct stats_interval with =
            control_report_pairs(f, networks, "equal-loss", CONTROL_LOSS, noisy, full, l);
        report_interval(r, with, "%.2f", "mean fall with noise at equal loss, bits",
                        "t%zu/fall-noisy", l + 1);
        control_report_pairs(f, networks, "equal-norm", CONTROL_NORM, noisy, full, l);
        control_report_pairs(f, networks, "equal-epochs", CONTROL_END, noisy, full, l);
        control_report_pairs(f, networks, "equal-path", CONTROL_END, noisy, path, l);
        control_report_pairs(f, networks, "equal-path-loss", CONTROL_LOSS, noisy, path, l);
    }

    struct control_family gradient = {"gradient", 1, {{"gradient-0", 0.0, full}}, 1 + NATURAL};
    struct control_family batches = {"batch", 1, {{"batch-full", 0.0, full}}, 0};
    for (size_t d = 0; d < DOSES; d++)
        gradient.member[gradient.doses++] =
            (struct control_dosed){dose_name[d], dose[d], {DOSE + d, record[DOSE + d]}};
    for (size_t b = 0; b < BATCHES; b++) /* the noise grows as the batch shrinks */
        batches.member[batches.doses++] = (struct control_dosed){
            batch_name[b], 1.0 / (double)batch[b], {BATCH + b, record[BATCH + b]}};
    for (size_t l = 0; l < layers; l++) {
        control_report_family(f, doses, &gradient, l);
        control_report_family(f, doses, &batches, l);
    }

    for (size_t s = 0; s < SETS; s++) {
        for (size_t k = 0; k < set[s].networks; k++)
            run_record_free(&record[s][k]);
        free(record[s]);
    }
    return frame_close(f);
}
