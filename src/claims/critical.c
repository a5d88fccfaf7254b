/* critical.c -- claim v: critical slowing down at the transitions of the bottleneck, and layers that
 * settle there.
 *
 * Finds the transitions of the optimal encoder for the task's rule and for a softer one, counts the
 * steps of the alternating iteration along beta, and compares the beta of every layer of trained
 * networks with the transitions; untrained networks are the control. */
#include <math.h>
#include <stdlib.h>

#include "classes.h"
#include "die.h"
#include "final.h"
#include "frame.h"
#include "memory.h"
#include "recipe.h"
#include "rules.h"
#include "slowing.h"
#include "slowing_report.h"

/*[ params ]*/
static const struct params {
    size_t networks, epochs;
    size_t resamples;    /* of the bootstrap over networks */
    size_t points;       /* of the curve in which transitions are looked for */
    size_t betas, limit; /* at which steps are counted, and the most that are counted */
    double tolerance;    /* largest change of a p(t|x) in the last step */
    double caught;       /* more bits above the optimum than this are another optimum */
} params[] = {
    [CLI_FULL] = {.networks = 100,
                  .epochs = 10000,
                  .resamples = 10000,
                  .points = 2000,
                  .betas = 600,
                  .limit = 100000,
                  .tolerance = 1e-8,
                  .caught = 1e-7},
    [CLI_QUICK] = {.networks = 6,
                   .epochs = 2000,
                   .resamples = 1000,
                   .points = 500,
                   .betas = 40,
                   .limit = 2000,
                   .tolerance = 1e-6,
                   .caught = 1e-5},
};
static const double soft_gamma = 12.0;      /* of the softer rule */
static const double beta_high = 1000.0;     /* transitions are looked for from beta = 1 to here */
static const double precision = 1e-8;       /* relative, of the beta of a transition */
static const double example[] = {1.1, 2.0}; /* betas of which the text quotes the steps */
static const double closer =
    0.003; /* a second distance from a transition, as a share of its beta */
/*[ end ]*/

static const struct frame_claim claim = {
    .name = "critical",
    .purpose = "Claim v: slowing down at the transitions of the bottleneck, and layers there.",
    .table = {{"critical", "source\tbeta\tsteps\tcut"},
              {"critical_networks", "set\tlayer\tnetwork\tbeta\tdistance"},
              {"critical_transitions", SLOWING_REPORT_COLUMNS}},
};

/* The two rules: that of the task, and the softer one. */
enum { TASK, SOFT, SOURCES };
static const char *const source_name[SOURCES] = {"task", "soft"};

/* The sets of networks. */
enum { TRAINED, UNTRAINED, SETS };

/* A source, its transitions and the steps around them. */
struct spectrum {
    struct source *source;
    struct slowing_spectrum found;
    struct slowing_delay near[SLOWING_MAX], closer[SLOWING_MAX];
    double highest[SLOWING_MAX]; /* beta of the most steps around each transition */
};

/* Counts the steps around the transitions and along all betas; a row per beta. */
static void count_steps(struct spectrum *s, struct clusters *work, struct frame *f,
                        FILE *steps_table, const char *name, const struct params *p)
{
    double *beta = memory_array(p->betas, sizeof *beta, "betas");
    size_t *steps = memory_array(p->betas, sizeof *steps, "betas"), at[SLOWING_MAX];
    for (size_t i = 0; i < p->betas; i++)
        beta[i] = pow(beta_high, (double)i / (double)(p->betas - 1));
    slowing_steps(steps, NULL, s->source, beta, p->betas, p->tolerance, p->limit, f->cli.threads);
    size_t cut = 0;
    for (size_t i = 0; i < p->betas; i++) {
        const int ended = steps[i] >= p->limit;
        fprintf(steps_table, "%s\t%.9g\t%zu\t%d\n", name, beta[i], steps[i], ended);
        cut += (size_t)ended;
    }
    report_number(&f->report, (double)cut, "%.0f", "betas at which counting ends before the steps",
                  "%s/cut", name);
    slowing_highest(at, beta, steps, p->betas, s->found.beta, s->found.n);
    for (size_t i = 0; i < s->found.n; i++)
        s->highest[i] = at[i] < p->betas ? beta[at[i]] : (double)NAN;
    for (size_t i = 0; i < REPORT_LENGTH(example); i++) {
        slowing_steps(steps, NULL, s->source, &example[i], 1, p->tolerance, p->limit, 1);
        report_number(&f->report, (double)steps[0], "%.0f", "steps at this beta", "%s/at-%g", name,
                      example[i]);
    }
    slowing_delays(s->near, work, s->found.beta, s->found.n, rules.slowing.near, p->tolerance,
                   p->limit, f->cli.threads);
    slowing_delays(s->closer, work, s->found.beta, s->found.n, closer, p->tolerance, p->limit,
                   f->cli.threads);
    free(steps);
    free(beta);
}

/* beta of every layer of the networks of a set: beta[l * networks + k]. */
static double *measure_betas(struct frame *f, size_t s, const struct source *source)
{
    const struct frame_set *set = &f->set[s];
    const struct run_record *record = frame_read(f, s);
    double *beta = memory_array(set->config.layers * set->networks, sizeof *beta, "layers");
    struct final *w = frame_final(f, s);
    for (size_t k = 0; k < set->networks; k++) {
        final_look(w, &record[k]);
        for (size_t l = 0; l < set->config.layers; l++) {
            const uint32_t *id;
            const size_t values = final_values(&id, w, l + 1);
            struct encoder *layer = classes_encoder(source, frame_task(f, s), id, values);
            beta[l * set->networks + k] = encoder_counted(encoder_beta(layer));
            encoder_free(layer);
        }
    }
    final_free(w);
    return beta;
}

static void report_params(struct frame *f, const struct params *p)
{
    const struct report_entry number[] = {
        {soft_gamma, "%.0f", "gamma of the softer rule", "gamma"},
        {(double)p->points, "%.0f", "points of the curve", "points"},
        {beta_high, "%.0f", "largest beta", "beta-high"},
        {(double)p->betas, "%.0f", "betas at which steps are counted", "betas"},
        {(double)p->limit, "%.0f", "most steps that are counted", "limit"},
        {rules.slowing.near * 100.0, "%g", "distance that counts as close, %", "near"},
        {closer * 100.0, "%g", "second distance, %", "closer"},
        {rules.slowing.times, "%g", "least slowing down", "times"}};
    frame_params(f, TRAINED);
    report_entries(&f->report, number, REPORT_LENGTH(number), "param.");
}

int main(int argc, char **argv)
{
    struct frame *f = frame_open(&claim, argc, argv);
    const struct params *p = &params[f->cli.scale];
    struct report *r = &f->report;

    /* Train. */
    const struct frame_set set[SETS] = {
        [TRAINED] = {"trained", recipe_described(0.85, p->epochs), p->networks},
        [UNTRAINED] = {"untrained", recipe_described(0.85, 0), p->networks},
    };
    frame_sets(f, set, SETS, p->resamples);
    if (!frame_train(f))
        return frame_close(f);
    report_params(f, p);

    /* Transitions, and the steps at them. */
    struct spectrum *spectrum = memory_array(SOURCES, sizeof *spectrum, "sources");
    const struct task *task = frame_task(f, TRAINED);
    FILE *steps = frame_table(f, "critical");
    FILE *transitions = frame_table(f, "critical_transitions");
    /* the ratio of distances that the rule asks for */
    const double limit = rules_find(claim.name, "verdict-layers")->condition[0].limit;
    slowing_report_heading();
    for (size_t i = 0; i < SOURCES; i++) {
        struct spectrum *s = &spectrum[i];
        s->source = classes_source(task, i == TASK ? task->gamma : soft_gamma);
        struct clusters *work = clusters_alloc(s->source);
        slowing_find(&s->found, work, p->points, beta_high, precision);
        if (s->found.n < 2 || s->found.n > SLOWING_MAX)
            die("%s: %zu transitions: wanted 2 to %d", source_name[i], s->found.n, SLOWING_MAX);
        slowing_report_spectrum(r, source_name[i], s->source, &s->found, limit);
        count_steps(s, work, f, steps, source_name[i], p);
        slowing_report_transitions(r, transitions, source_name[i], &s->found, s->near, s->closer,
                                   s->highest, rules.slowing.times, p->caught);
        clusters_free(work);
    }

    /* Layers; the frame judges. */
    const size_t n = p->networks, layers = set[TRAINED].config.layers;
    const struct slowing_spectrum *found = &spectrum[TASK].found;
    FILE *networks = frame_table(f, "critical_networks");
    double *beta[SETS];
    printf("networks  T        beta                          ratio          infinite  beyond\n");
    for (size_t s = 0; s < SETS; s++) {
        beta[s] = measure_betas(f, s, spectrum[TASK].source);
        for (size_t l = 0; l < layers; l++)
            slowing_report_layer(r, networks, set[s].name, l, &beta[s][l * n], n, found, limit,
                                 p->resamples);
    }
    for (size_t l = 0; l < layers; l++)
        slowing_report_settling(r, l, &beta[UNTRAINED][l * n], &beta[TRAINED][l * n], n, found,
                                p->resamples);
    for (size_t s = 0; s < SETS; s++)
        free(beta[s]);
    for (size_t i = 0; i < SOURCES; i++)
        source_free(spectrum[i].source);
    free(spectrum);
    return frame_close(f);
}
