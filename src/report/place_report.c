#include "place_report.h"

#include <math.h>

#include "entropy.h"
#include "number.h"

#define AT(quantity) ((quantity) * sizeof(double))

static const struct summary_quantity quantity[] = {
    {"i-xt", "%.2f", "mean I(X;T), bits", STATS_MEAN, AT(PLACE_I_XT)},
    {"i-ty", "%.4f", "mean I(T;Y), bits", STATS_MEAN, AT(PLACE_I_TY)},
    {"below", "%.4f", "mean distance below the curve, bits about Y", STATS_MEAN, AT(PLACE_BELOW)},
    {"right", "%.2f", "mean distance right of it, bits about X", STATS_MEAN, AT(PLACE_RIGHT)},
    {"below-frontier", "%.4f", "mean distance below the deterministic frontier, bits", STATS_MEAN,
     AT(PLACE_BELOW_FRONTIER)},
    {"right-frontier", "%.2f", "mean distance right of it, bits", STATS_MEAN,
     AT(PLACE_RIGHT_FRONTIER)},
    {"beta", "%.3g", "median beta of least divergence", STATS_MEDIAN, AT(PLACE_BETA)},
    {"divergence", "%.2f", "median of the least divergence, bits", STATS_MEDIAN,
     AT(PLACE_DIVERGENCE)},
    {"share", "%.3f", "mean share of it in I(X;T)", STATS_MEAN, AT(PLACE_SHARE)},
    {"divided", "%.2f", "mean H(T|class), bits", STATS_MEAN, AT(PLACE_DIVIDED)},
    {"class-share", "%.3f", "mean share of the rest in I(class;T)", STATS_MEAN,
     AT(PLACE_CLASS_SHARE)},
    {"decoder", "%.4f", "mean divergence of what the network reads in it, bits", STATS_MEAN,
     AT(PLACE_DECODER)},
    {"reverse-beta", "%.4g", "median beta by the measure of the released program", STATS_MEDIAN,
     AT(PLACE_REVERSE_BETA)},
    {"reverse-end", "%.0f", "-1 or 1 if that is an end of its range, the lower or upper",
     STATS_MEDIAN, AT(PLACE_REVERSE_END)},
};

const struct summary_plan place_report_plan = {quantity, REPORT_LENGTH(quantity), 9, 14};

void place_report_bound(struct report *r, FILE *curve, FILE *frontier, const struct place_bound *b,
                        double gamma, const char *name, const double *known, size_t n)
{
    for (size_t i = 0; i < b->n; i++) {
        const struct bottleneck_point *p = &b->point[i];
        fprintf(curve, "%.9g\t%.9g\t%.9g\t%.9g\t%.3g\t%zu\t%.9g\n", gamma, p->beta, p->i_x, p->i_y,
                p->gap, p->clusters, p->lost);
    }
    for (size_t i = 0; i < b->frontier->n; i++) {
        const struct frontier_corner *c = &b->frontier->corner[i];
        fprintf(frontier, "%.9g\t%.9g\t%.9g\t%.9g\t%zu\t%.9g\n", gamma, c->beta, c->i_x, c->i_y,
                c->clusters, c->lost);
    }
    printf("gamma %.2f: %zu values of beta, largest certificate gap %.2g bit\n", gamma, b->n,
           b->gap);
    const struct bottleneck_point *last = &b->point[b->n - 1];
    const struct report_entry number[] = {
        {gamma, "%.2f", "gamma of the rule", "gamma"},
        {b->source->i_xy, "%.4f", "I(X;Y), bits", "i_xy"},
        {b->gap, "%.1e", "largest certificate gap, bits", "gap"},
        {last->i_x, "%.2f", "I(X;T) of the last point, bits", "last/i_x"},
        {(double)last->clusters, "%.0f", "clusters of the last point", "last/clusters"},
        {b->source->i_xy - curve_loss(b->source, b->point, b->n, 1.0).low, "%.4f",
         "I(T;Y) of the curve at I(X;T) = 1 bit, bits", "at-one-bit"}};
    report_entries(r, number, REPORT_LENGTH(number), "%s/", name);
    struct clusters *work = clusters_alloc(b->source);
    for (size_t i = 0; i < n; i++) {
        struct bottleneck_point p = {.clusters = 0};
        bottleneck_solve(&p, work, known[i]);
        printf("  beta %g: I(X;T) %.4f, I(T;Y) %.4f bit\n", p.beta, p.i_x, p.i_y);
        report_number(r, p.i_x, "%.4f", "I(X;T) at this beta, bits", "%s/b%g/i_x", name, p.beta);
        report_number(r, p.i_y, "%.4f", "I(T;Y) at this beta, bits", "%s/b%g/i_y", name, p.beta);
        report_number(r, p.lost, "%.1e", "I(X;Y) - I(T;Y) at this beta, bits", "%s/b%g/lost", name,
                      p.beta);
    }
    clusters_free(work);
}

void place_report_layer(struct report *r, FILE *layers, FILE *networks, struct summary *x)
{
    const double *beta = summary_values(x, "beta");
    size_t infinite = 0;
    for (size_t k = 0; k < x->networks; k++)
        infinite += isinf(beta[k]) != 0;
    report_number(r, (double)infinite, "%.0f", "networks whose beta is infinite",
                  "%s/t%zu/infinite", x->set, x->layer + 1);
    summary_write(x, r, networks);
    if (x->asked > PLACE_REVERSE_END) { /* a median at an end of the range is only a bound */
        const double end = summary_interval(x, "reverse-end").value;
        report_word(r,
                    end < 0.0   ? "at most"
                    : end > 0.0 ? "at least"
                                : "about",
                    end, "how the true median lies to the one that was found",
                    "%s/t%zu/reverse-beta/is", x->set, x->layer + 1);
    }
    for (size_t q = 0; q < x->asked; q++) {
        const struct summary_quantity *of = &x->plan->quantity[q];
        const double sd = of->statistic == STATS_MEAN
                              ? stats_sd(summary_values(x, of->name), x->networks)
                              : (double)NAN;
        fprintf(layers, "%s\t%zu\t%s", x->set, x->layer + 1, of->name);
        number_columns(layers,
                       (const double[]){x->over[q].value, x->over[q].low, x->over[q].high, sd}, 4);
        fputc('\n', layers);
    }
}

void place_report_control(struct report *r, struct summary *const *layer,
                          struct summary *const *control, size_t hidden)
{
    static const char *const compared[] = {"below", "right", "divergence", "decoder"};
    for (size_t l = hidden - 2; l < hidden; l++)
        for (size_t q = 0; q < REPORT_LENGTH(compared); q++)
            report_interval(r, summary_ratio(layer[l], control[l], compared[q]), "%.3f",
                            "ratio of its mean to that of the control", "%s/t%zu/%s-to-%s",
                            layer[l]->set, l + 1, compared[q], control[l]->set);
}

void place_report_task(struct report *r, const struct task *task)
{
    double size[TASK_CLASSES], best = 0.0, ones = 0.0;
    for (size_t c = 0; c < TASK_CLASSES; c++)
        size[c] = task->size[c];
    for (size_t k = 0; k < TASK_PATTERNS; k++) {
        const double p = (double)task->py_x[k];
        best += fmax(p, 1.0 - p) / TASK_PATTERNS;
        ones += p / TASK_PATTERNS;
    }
    const struct report_entry number[] = {
        {entropy_of_counts(size, TASK_CLASSES), "%.2f", "H(class), bits", "class-entropy"},
        {best, "%.3f", "accuracy of the best answers", "best-accuracy"},
        {fmax(ones, 1.0 - ones), "%.3f", "accuracy of always the same answer", "chance"}};
    report_entries(r, number, REPORT_LENGTH(number), "%s", "");
}
