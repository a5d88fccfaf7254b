#include "arrival.h"

#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

#include "memory.h"
#include "path.h"

double arrival_epoch(const struct run_record *r, enum course what, double level)
{
    double x[RUN_MAX_ROWS] = {0};
    course_of(x, r, r->layers - 1, what);
    const size_t i = path_rises_to(x, r->rows, level);
    if (i == r->rows)
        return INFINITY;
    const double epoch = (double)r->row[i].epoch;
    if (i == 0 || isnan(x[i - 1]))
        return epoch;
    const double before = (double)r->row[i - 1].epoch;
    return before + (epoch - before) * (level - x[i - 1]) / (x[i] - x[i - 1]);
}

double arrival_flop(const size_t *width, size_t layers)
{
    size_t weights = 0;
    for (size_t l = 0; l < layers; l++)
        weights += width[l] * width[l + 1];
    /* a multiplication and an addition for each weight: forward, for its gradient, and back to the
     * layer before, which the inputs do not need */
    return 2.0 * (double)(3 * weights - width[0] * width[1]);
}

/* Every other network from the given one on; returns their number. */
static size_t every_other(double *to, const double *epochs, size_t n, size_t from)
{
    size_t m = 0;
    for (size_t k = from; k < n; k += 2)
        to[m++] = epochs[k];
    return m;
}

void arrival_measure(struct arrival_times *t, const struct config *c,
                     const struct run_record *record, size_t n, const struct arrival_rule *rule)
{
    const enum course accuracy =
        c->optimiser == OPTIMISER_ADAM ? COURSE_TRAIN_ACCURACY : COURSE_TEST_ACCURACY;
    const enum course what[ARRIVAL_GOALS] = {COURSE_I_TY, accuracy, COURSE_I_TY};
    const double level[ARRIVAL_GOALS] = {rule->information, rule->accuracy, rule->higher};
    for (size_t g = 0; g < ARRIVAL_GOALS; g++) {
        struct arrival_group *to = &t->to[g];
        *to = (struct arrival_group){.n = n,
                                     .run = c->epochs,
                                     .rate = c->rate,
                                     .flop = arrival_flop(c->width, c->layers),
                                     .epochs = memory_array(n, sizeof *to->epochs, "networks")};
        for (size_t k = 0; k < n; k++)
            to->epochs[k] = arrival_epoch(&record[k], what[g], level[g]);
    }
}

void arrival_free(struct arrival_times *t)
{
    for (size_t g = 0; g < ARRIVAL_GOALS; g++)
        free(t->to[g].epochs);
}

size_t arrival_count(const struct arrival_group *g)
{
    size_t all = 0;
    for (size_t k = 0; k < g->n; k++)
        all += isfinite(g->epochs[k]) != 0;
    return all;
}

size_t arrival_fastest(const struct arrival_times *candidate, size_t candidates,
                       enum arrival_goal goal)
{
    double *median = memory_array(candidates, sizeof *median, "candidates");
    for (size_t c = 0; c < candidates; c++) {
        const struct arrival_group *g = &candidate[c].to[goal];
        double *even = memory_array(g->n, sizeof *even, "networks");
        median[c] = stats_median(even, every_other(even, g->epochs, g->n, 0));
        free(even);
    }
    const size_t fastest = gsl_stats_min_index(median, 1, candidates);
    free(median);
    return fastest;
}

struct arrival_group arrival_best(const struct arrival_times *candidate, size_t candidates,
                                  enum arrival_goal goal)
{
    const size_t fastest = arrival_fastest(candidate, candidates, goal);
    const struct arrival_group *chosen = &candidate[fastest].to[goal];
    struct arrival_group best = *chosen;
    best.epochs = memory_array(chosen->n, sizeof *best.epochs, "networks");
    best.n = every_other(best.epochs, chosen->epochs, chosen->n, 1);
    return best;
}

struct stats_interval arrival_speedup(const double *one, size_t n, double end, const double *more,
                                      size_t m, size_t resamples, unsigned long seed)
{
    double *least = memory_array(n, sizeof *least, "networks");
    for (size_t k = 0; k < n; k++)
        least[k] = fmin(one[k], end);
    const struct stats_interval x = stats_bootstrap_ratio(least, n, more, m, resamples, seed);
    free(least);
    return x;
}

enum verdict arrival_verdict(const struct stats_interval *speedup, size_t depths, double factor)
{
    size_t held = 0;
    for (size_t h = 0; h < depths; h++)
        held += speedup[h].low > factor;
    return verdict_of(held, depths);
}
