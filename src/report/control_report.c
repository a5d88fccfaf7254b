#include "control_report.h"

#include <math.h>
#include <stdlib.h>

#include "fall.h"
#include "memory.h"

/* ---- networks ---- */

struct learnt {
    double small, never, train, test;
};
static const struct summary_quantity learnt_quantity[] = {
    {"small", "%.0f", "median epoch of a small training error", STATS_MEDIAN,
     offsetof(struct learnt, small)},
    {"never-small", "%.2f", "share of networks whose training error does not become small",
     STATS_MEAN, offsetof(struct learnt, never)},
    {"train-error", "%.2f", "mean final error on the training set, percent", STATS_MEAN,
     offsetof(struct learnt, train)},
    {"test-error", "%.2f", "mean final error on the test set, percent", STATS_MEAN,
     offsetof(struct learnt, test)},
};
static const struct summary_plan learnt_plan = {learnt_quantity, REPORT_LENGTH(learnt_quantity), 0,
                                                0};

void control_report_learning(struct frame *f, struct control_set of)
{
    struct summary *x = frame_summary(f, &learnt_plan, of.set, SUMMARY_NETWORK);
    for (size_t k = 0; k < x->networks; k++) {
        const struct run_record *r = &of.record[k];
        const struct run_row *end = &r->row[r->rows - 1];
        const double small = fall_small(r, &rules.fall);
        const struct learnt m = {.small = small,
                                 .never = isinf(small) ? 1.0 : 0.0,
                                 .train = 100.0 * (1.0 - end->train_accuracy),
                                 .test = 100.0 * (1.0 - end->test_accuracy)};
        summary_put(x, k, &m);
    }
    summary_report(x, &f->report);
}

void control_report_natural(struct frame *f, struct control_set of)
{
    const struct config *c = &f->set[of.set].config;
    const size_t n = f->set[of.set].networks, layers = c->layers, inputs = frame_data(f, of.set)->n;
    double *dose = memory_array((layers + 1) * n, sizeof *dose, "doses"); /* (layers + 1, n) */
    size_t with = 0;                                                      /* an onset */
    for (size_t k = 0; k < n; k++) {
        const struct run_record *r = &of.record[k];
        const double onset = fall_of(r, layers - 2, &rules.fall).onset;
        size_t row = 0;
        while (row < r->rows && (double)r->row[row].epoch < onset)
            row++;
        if (row == r->rows)
            continue;
        for (size_t l = 0; l < layers; l++)
            dose[l * n + with] = control_dose(&r->row[row], l, l + 1, c, inputs);
        dose[layers * n + with++] = control_dose(&r->row[row], 0, layers, c, inputs);
    }
    for (size_t l = 0; l <= layers; l++) {
        char key[32] = "all";
        if (l < layers)
            snprintf(key, sizeof key, "t%zu", l + 1);
        report_interval(&f->report,
                        with > 0 ? stats_bootstrap(&dose[l * n], with, STATS_MEAN, f->resamples, 1)
                                 : stats_exact(NAN),
                        "%.4f", "mean noise of mini-batches as a dose, at the onset", "natural/%s",
                        key);
    }
    report_number(&f->report, (double)with, "%.0f", "networks with an onset", "natural/networks");
    free(dose);
}

/* ---- pairs ---- */

struct pair {
    struct control_cut with, without;
    double early; /* 1 if the network with noise does not compress up to its cut, else 0 */
};
#define AT(member) offsetof(struct pair, member)
static const struct summary_quantity pair_quantity[] = {
    {"with", "%.2f", "mean fall with noise, bits", STATS_MEAN, AT(with.fall)},
    {"without", "%.2f", "mean fall without, bits", STATS_MEAN, AT(without.fall)},
    {"early", "%.2f", "share of pairs cut before the one with noise compresses", STATS_MEAN,
     AT(early)},
    {"loss-with", "%.4f", "median training loss with noise, bits", STATS_MEDIAN, AT(with.loss)},
    {"loss-without", "%.4f", "median training loss without, bits", STATS_MEDIAN, AT(without.loss)},
    {"epoch-with", "%.0f", "median epoch with noise", STATS_MEDIAN, AT(with.epoch)},
    {"epoch-without", "%.0f", "median epoch without", STATS_MEDIAN, AT(without.epoch)},
    {"growth-with", "%.2f", "mean growth of the weight norm with noise, a factor", STATS_MEAN,
     AT(with.growth)},
    {"growth-without", "%.2f", "mean growth of the weight norm without, a factor", STATS_MEAN,
     AT(without.growth)},
    {"step-with", "%.1e", "median length of an update with noise", STATS_MEDIAN, AT(with.step)},
    {"step-without", "%.1e", "median length of an update without", STATS_MEDIAN, AT(without.step)},
};
const struct summary_plan control_report_plan = {pair_quantity, REPORT_LENGTH(pair_quantity), 16,
                                                 14};

static struct control_cut cut(const struct frame *f, struct control_set of, size_t k, size_t l,
                              size_t row)
{
    return control_cut(&of.record[k], l, row, &f->set[of.set].config, frame_data(f, of.set)->n);
}

struct stats_interval control_report_pairs(struct frame *f, FILE *rows, const char *name,
                                           enum control_terms terms, struct control_set with,
                                           struct control_set without, size_t l)
{
    struct summary *x = frame_summary(f, &control_report_plan, without.set, l);
    x->set = name;
    for (size_t k = 0; k < x->networks; k++) {
        const struct fall_rows at = control_rows(terms, &with.record[k], &without.record[k], l);
        struct pair p = {cut(f, with, k, l, at.a), cut(f, without, k, l, at.b), 0.0};
        p.early = p.with.fall < rules.fall.bits ? 1.0 : 0.0;
        summary_put(x, k, &p);
    }
    summary_write(x, &f->report, rows);
    report_interval(&f->report,
                    stats_ratio_paired(summary_values(x, "without"), summary_values(x, "with"),
                                       x->networks, f->resamples, 1),
                    "%.2f", "mean fall without noise over that with it", "t%zu/%s", l + 1, name);
    return summary_interval(x, "with");
}

/* ---- doses ---- */

struct dosed {
    struct control_cut loss, end;
};
static const struct summary_quantity dosed_quantity[] = {
    {"fall", "%.2f", "mean fall at equal loss of all doses, bits", STATS_MEAN,
     offsetof(struct dosed, loss.fall)},
    {"fall-end", "%.2f", "mean fall at the end, bits", STATS_MEAN,
     offsetof(struct dosed, end.fall)},
    {"epoch", "%.0f", "median epoch of equal loss", STATS_MEDIAN,
     offsetof(struct dosed, loss.epoch)},
    {"growth", "%.2f", "mean growth of the weight norm at equal loss, a factor", STATS_MEAN,
     offsetof(struct dosed, loss.growth)},
};
static const struct summary_plan dosed_plan = {dosed_quantity, REPORT_LENGTH(dosed_quantity), 16,
                                               14};

struct response {
    double order, change, natural;
};
static const struct summary_quantity response_quantity[] = {
    {"order", "%.2f", "mean rank correlation of fall and dose at equal loss", STATS_MEAN,
     offsetof(struct response, order)},
    {"change", "%+.2f", "mean fall with the largest dose minus without, at equal loss, bits",
     STATS_MEAN, offsetof(struct response, change)},
    {"change-natural", "%+.2f",
     "mean fall with the natural dose minus without, at equal loss, bits", STATS_MEAN,
     offsetof(struct response, natural)},
};
static const struct summary_plan response_plan = {response_quantity,
                                                  REPORT_LENGTH(response_quantity), 16, 14};

/* The fall of layer l in network k of one member minus that in another, at equal loss of the two. */
static double change(const struct control_dosed *a, const struct control_dosed *b, size_t k,
                     size_t l)
{
    const struct run_record *with = &a->of.record[k], *without = &b->of.record[k];
    const struct fall_rows at = fall_equal_loss(with, without);
    return fall_until(with, l, at.a) - fall_until(without, l, at.b);
}

void control_report_family(struct frame *f, FILE *rows, const struct control_family *family,
                           size_t l)
{
    const struct control_dosed *member = family->member;
    const size_t n = family->doses, last = n - 1; /* it has fewest networks, if they differ */
    struct summary *dosed[CONTROL_MAX_DOSES];
    struct summary *response = frame_summary(f, &response_plan, member[last].of.set, l);
    response->set = family->name;
    response->asked -= family->natural == 0; /* what the natural dose does is asked last */
    for (size_t m = 0; m < n; m++) {
        dosed[m] = frame_summary(f, &dosed_plan, member[last].of.set, l);
        dosed[m]->set = member[m].name;
    }

    for (size_t k = 0; k < response->networks; k++) {
        const struct run_record *r[CONTROL_MAX_DOSES];
        size_t row[CONTROL_MAX_DOSES];
        double dose[CONTROL_MAX_DOSES], fall[CONTROL_MAX_DOSES];
        for (size_t m = 0; m < n; m++)
            r[m] = &member[m].of.record[k];
        control_equal_loss(row, r, n);
        for (size_t m = 0; m < n; m++) {
            const struct dosed x = {cut(f, member[m].of, k, l, row[m]),
                                    cut(f, member[m].of, k, l, r[m]->rows - 1)};
            dose[m] = member[m].dose;
            fall[m] = x.loss.fall;
            summary_put(dosed[m], k, &x);
        }
        const struct response x = {stats_pairs(dose, fall, n, STATS_RANK_CORRELATION),
                                   change(&member[last], &member[0], k, l),
                                   change(&member[family->natural], &member[0], k, l)};
        summary_put(response, k, &x);
    }

    for (size_t m = 0; m < n; m++) {
        fprintf(rows, "%s\t%.9g\t%zu", family->name, member[m].dose, l + 1);
        summary_means(dosed[m], &f->report, rows);
        summary_print(dosed[m]);
    }
    summary_report(response, &f->report);
    summary_print(response);
}
