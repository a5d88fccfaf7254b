/* cost.c -- a model of what a run costs, fitted on this machine, and how well it foretells runs it
 * was not fitted to; a line "key value unit" each.  Eq. (eq:cost):
 *
 *   run   = R L measurement + (E + 1) epoch
 *   epoch = N (sample + shuffle) + M (U unit + W weight) + B (batch + P parameter)
 *
 * E epochs of N training patterns in B mini-batches, R measurements; a network of L hidden and output
 * layers with U units, W weights and P parameters.  M is N with each mini-batch rounded up to whole
 * tiles of NET_TILE patterns; a single batch is not shuffled.  Times are those of the processor, each
 * the least of many short measurements.  Nothing in the paper depends on what this prints. */
#include <gsl/gsl_multifit.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "die.h"
#include "recipe.h"
#include "record.h"
#include "tasks.h"
#include "train.h"

enum { SAMPLE, SHUFFLE, UNIT, WEIGHT, BATCH, PARAMETER, TERMS };

/* The patterns with the smooth rule, for all recipes: the labels cost the same by either. */
static struct dataset patterns;

/* Seconds of the processor: of one of each term, and of a measurement of a layer. */
struct cost {
    double term[TERMS], measurement;
};

/* Networks from narrow to wide, of one to six hidden layers; none is used by the paper. */
static const struct {
    size_t layers, width[NET_MAX_LAYERS + 1];
} fitted[] = {
    {2, {12, 6, 2}},
    {2, {12, 16, 2}},
    {2, {12, 32, 2}},
    {3, {12, 8, 8, 2}},
    {3, {12, 16, 16, 2}},
    {3, {12, 24, 24, 2}},
    {4, {12, 9, 6, 3, 2}},
    {4, {12, 20, 14, 8, 2}},
    {5, {12, 16, 12, 8, 4, 2}},
    {6, {12, 8, 8, 8, 8, 8, 2}},
    {7, {12, 14, 11, 9, 7, 5, 3, 2}},
};
static const size_t batch[] = {64, 150, 256, 512, 0};

static const char *const name[TERMS] = {"sample",          "sample_shuffled",
                                        "sample_and_unit", "sample_and_weight",
                                        "batch",           "batch_and_parameter"};

static double processor(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* How much of each term there is in an epoch. */
static void amounts(double x[TERMS], const struct config *c)
{
    struct net_shape s;
    config_shape(&s, c);
    const size_t n = config_samples(c, patterns.n),
                 size = c->batch == 0 || c->batch > n ? n : c->batch;
    const size_t units = s.units - s.width[0], batches = config_batches(c, patterns.n);
    size_t passed = 0;
    for (size_t at = 0; at < n; at += size)
        passed += ((n - at < size ? n - at : size) + NET_TILE - 1) / NET_TILE * NET_TILE;
    x[SAMPLE] = (double)n;
    x[SHUFFLE] = batches > 1 ? (double)n : 0.0;
    x[UNIT] = (double)(passed * units);
    x[WEIGHT] = (double)(passed * (s.params - units)); /* as many biases as units */
    x[BATCH] = (double)batches;
    x[PARAMETER] = (double)(batches * s.params);
}

static double epoch_expected(const struct cost *cost, const struct config *c)
{
    double x[TERMS], seconds = 0.0;
    amounts(x, c);
    for (size_t i = 0; i < TERMS; i++)
        seconds += cost->term[i] * x[i];
    return seconds;
}

static double run_expected(const struct cost *cost, const struct config *c)
{
    size_t epoch[RUN_MAX_ROWS];
    const double rows = (double)run_schedule(epoch, c->epochs);
    return rows * (double)c->layers * cost->measurement +
           (double)(c->epochs + 1) * epoch_expected(cost, c);
}

/* Seconds of an epoch of each of n settings.  They are measured in turn, several times, so that
 * minutes of other work on the machine do not fall on a few of them. */
static void epochs_measured(double *seconds, const struct config *c, size_t n)
{
    enum { PASSES = 8, ROUNDS = 12, EPOCHS = 8 };
    struct train *t = train_new();
    for (size_t i = 0; i < n; i++)
        seconds[i] = 1e9;
    for (int pass = 0; pass < PASSES; pass++)
        for (size_t i = 0; i < n; i++) {
            train_start(t, &c[i], &patterns, 0);
            for (int round = 0; round < ROUNDS; round++) {
                const double start = processor();
                for (int e = 0; e < EPOCHS; e++)
                    train_epoch(t, NULL);
                seconds[i] = fmin(seconds[i], (processor() - start) / EPOCHS);
            }
        }
    train_free(t);
}

/* Seconds of a run, its layers measured, and of the text of both. */
static double run_seconds(const struct config *c, const char *estimator, int rounds)
{
    static struct run_measured layers;
    struct run_measured *const measured = &layers;
    struct run_record record = {0};
    const struct record_head head = {.config = c, .engine = "bench"},
                             head_of_layers = {.config = c,
                                               .engine = "bench",
                                               .estimator = estimator,
                                               .version = "bench"};
    double seconds = 1e9;
    for (int round = 0; round < rounds; round++) {
        size_t size;
        const double start = processor();
        run_train(&record, &measured, &estimator, 1, c, &patterns, 0);
        char *text = record_run_text(&size, &record, &head);
        char *text_of_layers = record_measured_text(&size, measured, &record, &head_of_layers);
        seconds = fmin(seconds, processor() - start);
        free(text);
        free(text_of_layers);
    }
    run_record_free(&record);
    return seconds;
}

/* The terms of an epoch by least squares of the relative error; returns the largest of these. */
static double fit(struct cost *cost)
{
    enum { SHAPES = sizeof fitted / sizeof *fitted, BATCHES = sizeof batch / sizeof *batch };
    const size_t n = SHAPES * BATCHES;
    gsl_matrix *x = gsl_matrix_alloc(n, TERMS), *covariance = gsl_matrix_alloc(TERMS, TERMS);
    gsl_vector *one = gsl_vector_alloc(n), *term = gsl_vector_alloc(TERMS);
    gsl_multifit_linear_workspace *work = gsl_multifit_linear_alloc(n, TERMS);
    struct config c[SHAPES * BATCHES];
    double seconds[SHAPES * BATCHES];
    for (size_t i = 0; i < n; i++) {
        c[i] = recipe_described(0.85, 1);
        c[i].layers = fitted[i / BATCHES].layers;
        memcpy(c[i].width, fitted[i / BATCHES].width, sizeof c[i].width);
        c[i].batch = batch[i % BATCHES];
    }
    epochs_measured(seconds, c, n);
    for (size_t i = 0; i < n; i++) {
        double amount[TERMS];
        amounts(amount, &c[i]);
        for (size_t k = 0; k < TERMS; k++)
            gsl_matrix_set(x, i, k, amount[k] / seconds[i]);
        gsl_vector_set(one, i, 1.0);
    }
    double square, worst = 0.0;
    gsl_multifit_linear(x, one, term, covariance, &square, work);
    for (size_t k = 0; k < TERMS; k++)
        cost->term[k] = gsl_vector_get(term, k);
    for (size_t i = 0; i < n; i++) {
        double ratio = 0.0;
        for (size_t k = 0; k < TERMS; k++)
            ratio += gsl_matrix_get(x, i, k) * cost->term[k];
        worst = fmax(worst, fabs(ratio - 1.0));
    }
    gsl_multifit_linear_free(work);
    gsl_matrix_free(x);
    gsl_matrix_free(covariance);
    gsl_vector_free(one);
    gsl_vector_free(term);
    return worst;
}

/* What a run adds to its epochs, by layer and measurement. */
static double measurement(void)
{
    const struct config c = recipe_described(0.85, 300);
    size_t epoch[RUN_MAX_ROWS];
    double seconds;
    epochs_measured(&seconds, &c, 1);
    const double rest = run_seconds(&c, recipe_bins, 40) - (double)(c.epochs + 1) * seconds;
    return rest / (double)(run_schedule(epoch, c.epochs) * c.layers);
}

/* Measured over expected, for a run the fit has not seen. */
static void check(const char *what, const struct cost *cost, const struct config *c,
                  const char *estimator)
{
    printf("cost_check_%s %.3f 1\n", what, run_seconds(c, estimator, 12) / run_expected(cost, c));
}

int main(void)
{
    struct cost cost;
    die_program("cost");
    const struct config full = recipe_described(0.85, 10000);
    if (tasks_make(&patterns, full.task))
        die("the task cannot be set up");

    const double worst = fit(&cost);
    cost.measurement = measurement();
    for (size_t i = 0; i < TERMS; i++)
        printf("cost_ns_per_%s %.3g ns\n", name[i], 1e9 * cost.term[i]);
    printf("cost_us_per_measurement_and_layer %.3g us\n", 1e6 * cost.measurement);
    printf("cost_worst_of_fit %.3g 1\n", worst);

    const struct config described = recipe_described(0.85, 2000),
                        few = recipe_described(0.05, 2000);
    const struct config coded = recipe_coded(500), deep = recipe_depth(6, 500);
    check("described", &cost, &described, recipe_bins);
    check("five_percent", &cost, &few, recipe_bins);
    check("coded", &cost, &coded, recipe_coded_bins);
    check("depth_6", &cost, &deep, recipe_bins);

    const double whole = run_expected(&cost, &full);
    const double training = (double)(full.epochs + 1) * epoch_expected(&cost, &full);
    printf("run_expected_s %.3g s\n", whole);
    printf("measuring_share_of_run %.3g 1\n", 1.0 - training / whole);
    struct config depth[6];
    double seconds[6];
    for (size_t i = 0; i < 6; i++)
        depth[i] = recipe_depth(i + 1, 1);
    epochs_measured(seconds, depth, 6);
    for (size_t i = 0; i < 6; i++)
        printf("depth_ns_per_sample_%zu %.3g ns\n", i + 1,
               1e9 * seconds[i] / (double)config_samples(&depth[i], patterns.n));
    dataset_free(&patterns);
    return 0;
}
