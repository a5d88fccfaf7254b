/* critical.c -- claim v: critical slowing down at the transitions of the bottleneck, and layers that
 * settle there.
 *
 * Finds the transitions of the optimal encoder for the task's rule and for a softer one, counts the
 * steps of the alternating iteration along beta, and compares the beta of every layer of trained
 * networks with the transitions; untrained networks are the control. */
#include <gsl/gsl_math.h>
#include <stdio.h>
#include <stdlib.h>

#include "classes.h"
#include "die.h"
#include "ensemble.h"
#include "layers.h"
#include "memory.h"
#include "recipe.h"
#include "slowing.h"

/*[ params ]*/
static const struct params {
    size_t networks, epochs;
    double fraction;  /* of the patterns: the training set */
    size_t resamples; /* of the bootstrap over networks */
    double gamma;     /* of the softer rule */
    size_t points; /* of the curve in which transitions are looked for, beta from 1 to beta_high */
    double beta_high, precision; /* relative, of the beta of a transition */
    size_t betas, limit;         /* at which steps are counted, and the most that are counted */
    double example[2];           /* betas of which the text quotes the steps */
    double tolerance;            /* largest change of a p(t|x) in the last step */
    double caught;               /* more bits above the optimum than this are another optimum */
    double closer;               /* a second distance from a transition, as a share of its beta */
    struct slowing_rule rule;    /* see judge/slowing.h */
} full = {.networks = 50,
          .epochs = 10000,
          .fraction = 0.85,
          .resamples = 10000,
          .gamma = 12.0,
          .points = 2000,
          .beta_high = 1000.0,
          .precision = 1e-8,
          .betas = 600,
          .limit = 100000,
          .example = {1.1, 2.0},
          .tolerance = 1e-8,
          .caught = 1e-7,
          .closer = 0.003,
          .rule = {.near = 0.01, .times = 3.0, .ratio = 0.5, .share = 0.5, .layers = 2}},
  /*[ end ]*/
    quick = {.networks = 6,
             .epochs = 2000,
             .fraction = 0.85,
             .resamples = 1000,
             .gamma = 12.0,
             .points = 500,
             .beta_high = 1000.0,
             .precision = 1e-8,
             .betas = 40,
             .limit = 2000,
             .example = {1.1, 2.0},
             .tolerance = 1e-6,
             .caught = 1e-5,
             .closer = 0.003,
             .rule = {.near = 0.01, .times = 3.0, .ratio = 0.5, .share = 0.5, .layers = 2}};

/* The two rules: that of the task, and the softer one. */
enum { TASK, SOFT, SOURCES };
static const char *const source_name[SOURCES] = {"task", "soft"};

/* The sets of networks. */
enum { TRAINED, UNTRAINED, SETS };
static const char *const set_name[SETS] = {"trained", "untrained"};

/* A source, its transitions and the steps around them. */
struct spectrum {
    struct source *source;
    struct slowing_spectrum found;
    struct slowing_delay near[SLOWING_MAX], closer[SLOWING_MAX];
    double highest[SLOWING_MAX]; /* beta of the most steps around each transition */
};

/* A number of a source, a transition or a layer. */
struct number {
    double value;
    const char *format, *meaning, *name;
};

static void report_numbers(struct report *r, const struct number *x, size_t n, const char *path)
{
    for (size_t i = 0; i < n; i++)
        report_number(r, x[i].value, x[i].format, x[i].meaning, "%s/%s", path, x[i].name);
}

/* Finds the transitions. */
static void find_transitions(struct spectrum *s, struct clusters *work, struct report *r,
                             const char *name, const struct params *p)
{
    struct slowing_spectrum *f = &s->found;
    slowing_find(f, work, p->points, p->beta_high, p->precision);
    if (f->n < 2 || f->n > SLOWING_MAX)
        die("%s: %zu transitions: wanted 2 to %d", name, f->n, SLOWING_MAX);
    const struct number number[] = {
        {s->source->i_xy, "%.2f", "I(X;Y), bits", "i-xy"},
        {(double)f->n, "%.0f", "transitions", "transitions"},
        {(double)f->births, "%.0f", "transitions at which a cluster comes with weight zero", "new"},
        {f->gap, "%.0e", "largest gap of the certificates of the curve, bits", "gap"},
        {(double)f->others, "%.0f", "points of the curve with other clusters", "others"},
        {f->growth, "%.0e", "largest |log c(r)| at a new cluster, nats", "growth"},
        {f->global, "%.0e", "first transition against that of one cluster, difference", "global"},
        {transition_local(s->source), "%.5f", "beta above which one cluster is no local optimum",
         "local"},
        {slowing_expected(f->beta, f->n), "%.3f",
         "mean distance from a transition of a log beta at random", "expected"},
        {100.0 * slowing_chance(f->beta, f->n, p->rule.ratio), "%.0f",
         "chance of a log beta at random to be as near as is asked, %", "chance"}};
    report_numbers(r, number, sizeof number / sizeof *number, name);
}

/* Counts the steps around the transitions and along all betas; a row per beta. */
static void count_steps(struct spectrum *s, struct clusters *work, struct report *r, FILE *f,
                        const char *name, const struct params *p, size_t threads)
{
    double *beta = memory_array(p->betas, sizeof *beta, "betas");
    size_t *steps = memory_array(p->betas, sizeof *steps, "betas");
    for (size_t i = 0; i < p->betas; i++)
        beta[i] = pow(p->beta_high, (double)i / (double)(p->betas - 1));
    slowing_steps(steps, NULL, s->source, beta, p->betas, p->tolerance, p->limit, threads);
    for (size_t i = 0; i < p->betas; i++)
        fprintf(f, "%s\t%.9g\t%zu\n", name, beta[i], steps[i]);
    size_t at[SLOWING_MAX];
    slowing_highest(at, beta, steps, p->betas, s->found.beta, s->found.n);
    for (size_t i = 0; i < s->found.n; i++)
        s->highest[i] = at[i] < p->betas ? beta[at[i]] : NAN;
    for (size_t i = 0; i < sizeof p->example / sizeof *p->example; i++) {
        slowing_steps(steps, NULL, s->source, &p->example[i], 1, p->tolerance, p->limit, 1);
        report_number(r, (double)steps[0], "%.0f", "steps at this beta", "%s/at-%g", name,
                      p->example[i]);
    }
    slowing_delays(s->near, work, s->found.beta, s->found.n, p->rule.near, p->tolerance, p->limit,
                   threads);
    slowing_delays(s->closer, work, s->found.beta, s->found.n, p->closer, p->tolerance, p->limit,
                   threads);
}

/* The transitions: a row each, numbers for the text, and a line on stdout. */
static void write_transitions(const struct spectrum *s, struct report *r, FILE *f, const char *name,
                              const struct params *p)
{
    size_t slow = 0, caught = 0;
    for (size_t i = 0; i < s->found.n; i++) {
        const struct transition *t = &s->found.transition[i];
        const struct slowing_delay *near = &s->near[i], *closer = &s->closer[i];
        const size_t middle = GSL_MAX(near->middle_before, near->middle_after);
        const struct number number[] = {
            {s->found.beta[i], "%#.4g", "beta of the transition", "beta"},
            {t->r, "%.4f", "p(y=1|t) of the new cluster", "r"},
            {(double)t->before, "%.0f", "clusters before it", "before"},
            {(double)t->after, "%.0f", "clusters after it", "after"},
            {(double)near->below, "%.0f", "steps close below it", "below"},
            {(double)near->above, "%.0f", "steps close above it", "above"},
            {(double)closer->below, "%.0f", "steps closer below it", "closer-below"},
            {(double)closer->above, "%.0f", "steps closer above it", "closer-above"},
            {(double)middle, "%.0f", "steps half way to the next, the more of the two", "middle"},
            {slowing_times(near), "%.1f", "times slower close to it", "times"},
            {slowing_times(closer), "%.1f", "times slower closer to it", "times-closer"},
            {100.0 * (s->highest[i] / s->found.beta[i] - 1.0), "%+.1f",
             "% of its beta from it to the most steps", "shift"},
            {near->excess, "%.1e", "distance from the optimum close above it, bits", "excess"}};
        char path[32];
        snprintf(path, sizeof path, "%s/c%zu", name, i + 1);
        report_numbers(r, number, sizeof number / sizeof *number, path);
        slow += slowing_times(near) > p->rule.times;
        caught += near->excess > p->caught;
        fprintf(f, "%s\t%zu\t%.9g\t%.9g\t%zu\t%zu\t%zu\t%zu\t%zu\t%zu\t%zu\t%zu\n", name, i + 1,
                s->found.beta[i], t->r, t->before, t->after, near->below, near->above,
                closer->below, closer->above, near->middle_before, near->middle_after);
        printf("%s %3zu %10.5f %8.5f %2zu %2zu %7zu %7zu %7zu %7zu %7zu %7.1f\n", name, i + 1,
               s->found.beta[i], t->r, t->before, t->after, near->below, near->above, closer->below,
               closer->above, middle, slowing_times(near));
    }
    report_number(r, (double)slow, "%.0f", "transitions that slow the iteration down", "%s/slow",
                  name);
    report_number(r, (double)caught, "%.0f",
                  "transitions above which the iteration ends in another optimum", "%s/caught",
                  name);
}

/* beta of every layer of network k of a set. */
static void measure_network(double (*beta)[ENSEMBLE_MAX_NETWORKS], struct layers *w,
                            const struct run_config *config, const struct run_record *record,
                            const struct source *source, const struct task *task, size_t k)
{
    struct net_shape shape;
    net_shape(&shape, config->width, config->layers);
    layers_forward(w, &shape, record->param);
    for (size_t l = 0; l < config->layers; l++) {
        const size_t values = layers_values(w, l + 1);
        struct encoder *layer = classes_encoder(source, task, w->space.id, values);
        beta[l][k] = encoder_counted(encoder_beta(layer));
        encoder_free(layer);
    }
}

/* One layer of a set beside the transitions of the task: a row per network, numbers for the text, and
 * a line on stdout. */
static struct slowing_layer write_layer(const double *beta, const struct spectrum *s,
                                        struct report *r, FILE *f, const char *set, size_t l,
                                        const struct params *p)
{
    const struct slowing_layer layer =
        slowing_layer_of(beta, p->networks, s->found.beta, s->found.n, p->resamples);
    const struct stats_interval median =
        stats_bootstrap(beta, p->networks, STATS_MEDIAN, p->resamples, 1);
    size_t infinite = 0, beyond = 0;
    for (size_t k = 0; k < p->networks; k++) {
        infinite += isinf(beta[k]) != 0;
        beyond += !isinf(beta[k]) && beta[k] > s->found.beta[s->found.n - 1];
        fprintf(f, "%s\t%zu\t%zu\t%.9g\t%.9g\n", set, l + 1, k, beta[k],
                slowing_distance(beta[k], s->found.beta, s->found.n));
    }
    report_interval(r, median, "%.1f", "median beta of the layer", "%s/t%zu/beta", set, l + 1);
    report_interval(r, layer.ratio, "%.3f",
                    "mean distance from the nearest transition over that expected", "%s/t%zu/ratio",
                    set, l + 1);
    const struct number number[] = {
        {layer.share * (double)p->networks, "%.0f", "networks whose beta is not 0 or infinite",
         "finite"},
        {(double)infinite, "%.0f", "networks whose beta is infinite", "infinite"},
        {(double)beyond, "%.0f", "networks whose beta is beyond the last transition", "beyond"}};
    char path[32];
    snprintf(path, sizeof path, "%s/t%zu", set, l + 1);
    report_numbers(r, number, sizeof number / sizeof *number, path);
    printf("%-9s %zu  %10.2f [%8.2f, %8.2f]  %6.3f [%5.3f, %5.3f]  %8zu  %6zu\n", set, l + 1,
           median.value, median.low, median.high, layer.ratio.value, layer.ratio.low,
           layer.ratio.high, infinite, beyond);
    return layer;
}

static void report_params(struct report *r, const struct params *p)
{
    const struct number number[] = {
        {p->gamma, "%.0f", "gamma of the softer rule", "gamma"},
        {(double)p->points, "%.0f", "points of the curve", "points"},
        {p->beta_high, "%.0f", "largest beta", "beta-high"},
        {p->rule.near * 100.0, "%g", "distance that counts as close, %", "near"},
        {p->closer * 100.0, "%g", "second distance, %", "closer"},
        {p->rule.times, "%g", "least slowing down", "times"},
        {p->rule.ratio, "%g", "most of the ratio of distances", "ratio"},
        {p->rule.share * 100.0, "%g", "least share of networks with a beta, %", "share"}};
    for (size_t i = 0; i < sizeof number / sizeof *number; i++)
        report_number(r, number[i].value, number[i].format, number[i].meaning, "param.%s",
                      number[i].name);
}

int main(int argc, char **argv)
{
    struct cli cli;
    cli_parse(&cli, argc, argv, "critical",
              "Claim v: slowing down at the transitions of the bottleneck, and layers there.");
    const struct params *p = cli.scale == CLI_FULL ? &full : &quick;

    /* Train. */
    const struct run_config config[SETS] = {
        [TRAINED] = recipe_described(p->fraction, p->epochs),
        [UNTRAINED] = recipe_described(p->fraction, 0),
    };
    const size_t networks_of[SETS] = {p->networks, p->networks};
    struct ensemble ensemble;
    ensemble_init(&ensemble, &cli, config, networks_of, SETS);
    if (!ensemble_fill(&ensemble))
        return 0;
    const struct task *task = &ensemble.task[TRAINED];

    /* Transitions, and the steps at them. */
    struct spectrum *spectrum = calloc(SOURCES, sizeof *spectrum);
    if (!spectrum)
        die("memory is short");
    struct report report;
    struct file steps, transitions, betas;
    report_open(&report, &cli);
    recipe_report(&report, &config[TRAINED], p->networks);
    report_params(&report, p);
    report_table(&report, &steps, "", "source\tbeta\tsteps");
    report_table(&report, &transitions, "_transitions",
                 "source\tnumber\tbeta\tr\tbefore\tafter\tbelow\tabove\tcloser_below\t"
                 "closer_above\tmiddle_before\tmiddle_after");
    printf(
        "rule   #        beta   p(y=1|t)  clusters  steps 1 %% off   closer off  middle   times\n");
    struct slowing_delay near[SOURCES * SLOWING_MAX]; /* of all transitions */
    size_t transitions_found = 0;
    for (size_t i = 0; i < SOURCES; i++) {
        struct spectrum *s = &spectrum[i];
        s->source = classes_source(task, i == TASK ? task->gamma : p->gamma);
        struct clusters *work = clusters_alloc(s->source);
        find_transitions(s, work, &report, source_name[i], p);
        count_steps(s, work, &report, steps.stream, source_name[i], p, cli.threads);
        write_transitions(s, &report, transitions.stream, source_name[i], p);
        for (size_t k = 0; k < s->found.n; k++)
            near[transitions_found++] = s->near[k];
        clusters_free(work);
    }
    file_commit(&steps);
    file_commit(&transitions);

    /* Layers. */
    const size_t layers = config[TRAINED].layers, hidden = layers - 1;
    struct run_record *record = malloc(sizeof *record);
    double(*beta)[NET_MAX_LAYERS][ENSEMBLE_MAX_NETWORKS] = malloc(SETS * sizeof *beta);
    struct layers *w = NULL;
    if (!record || !beta || posix_memalign((void **)&w, LAYERS_ALIGNMENT, sizeof *w) != 0)
        die("memory is short");
    run_bins(&w->bins, &config[TRAINED]);
    report_table(&report, &betas, "_networks", "set\tlayer\tnetwork\tbeta\tdistance");
    struct slowing_layer layer[SETS][NET_MAX_LAYERS];
    printf("networks  T        beta                          ratio          infinite  beyond\n");
    for (size_t s = 0; s < SETS; s++) {
        for (size_t k = 0; k < p->networks; k++) {
            ensemble_read(record, &ensemble, s, k);
            measure_network(beta[s], w, &config[s], record, spectrum[TASK].source, task, k);
        }
        for (size_t l = 0; l < layers; l++)
            layer[s][l] =
                write_layer(beta[s][l], &spectrum[TASK], &report, betas.stream, set_name[s], l, p);
    }
    file_commit(&betas);
    struct stats_interval approach[NET_MAX_LAYERS] = {0};
    for (size_t l = 0; l < layers; l++) {
        const struct slowing_spectrum *f = &spectrum[TASK].found;
        approach[l] = slowing_approach(beta[UNTRAINED][l], beta[TRAINED][l], p->networks, f->beta,
                                       f->n, p->resamples);
        report_interval(&report, approach[l], "%.2f",
                        "mean change of the distance from the nearest transition by training",
                        "t%zu/approach", l + 1);
        printf("approach  %zu  %.3f [%.3f, %.3f]\n", l + 1, approach[l].value, approach[l].low,
               approach[l].high);
    }

    /* Judge. */
    verdict_report(&report, slowing_iteration(near, transitions_found, &p->rule), "verdict-slowing",
                   "the iteration is slow within 1 % of every transition");
    verdict_report(&report, slowing_layers(layer[TRAINED], hidden, &p->rule), "verdict-layers",
                   "the last hidden layers are at transitions");
    verdict_report(&report, slowing_settling(approach, hidden, &p->rule), "verdict-settling",
                   "training takes the last hidden layers nearer to transitions");
    report_close(&report);
    for (size_t i = 0; i < SOURCES; i++)
        source_free(spectrum[i].source);
    free(w);
    free(beta);
    free(record);
    free(spectrum);
    ensemble_free(&ensemble);
    return 0;
}
