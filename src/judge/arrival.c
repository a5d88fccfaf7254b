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
    for (enum arrival_goal g = 0; g < ARRIVAL_GOALS; g++) {
        struct arrival_group *to = &t->to[g];
        *to = (struct arrival_group){.n = n,
                                     .run = c->epochs,
                                     .rate = c->rate,
                                     .flop = arrival_flop(c->width, c->layers),
                                     .epochs = memory_array(n, sizeof *to->epochs, "networks")};
        for (size_t k = 0; k < n; k++)
            to->epochs[k] = arrival_epoch(
                &record[k], g == ARRIVAL_ACCURACY ? accuracy : COURSE_I_TY, rule->level[g]);
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
    best.edge = fastest == 0 || fastest + 1 == candidates;
    return best;
}

/*[ speedup ]*/
struct stats_interval arrival_speedup(const struct arrival_group *one,
                                      const struct arrival_group *more)
{
    const size_t n = one->n < more->n ? one->n : more->n;
    double *soonest[2]; /* one, more: arrivals, no later than the end of the training */
    const struct arrival_group *const group[2] = {one, more};
    for (size_t g = 0; g < 2; g++) {
        soonest[g] = memory_array(n, sizeof *soonest[g], "networks");
        for (size_t k = 0; k < n; k++)
            soonest[g][k] = fmin(group[g]->epochs[k], (double)group[g]->run);
    }
    struct stats_interval x = stats_median_ratio(one->epochs, more->epochs, n);
    x.low = stats_median_ratio(soonest[0], more->epochs, n).low;
    x.high = stats_median_ratio(one->epochs, soonest[1], n).high;
    if (one->edge || more->edge)
        x.low = x.high = (double)NAN;
    free(soonest[1]);
    free(soonest[0]);
    return x;
}
/*[ end ]*/
