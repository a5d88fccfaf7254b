#include "arrival_report.h"

#include <gsl/gsl_math.h>

#include "number.h"

static const char *const goal_name[ARRIVAL_GOALS] = {"information", "accuracy", "higher"};

void arrival_report_rule(struct report *r, const struct arrival_rule *rule)
{
    const struct report_entry param[] = {
        {rule->information, "%.1f", "I(out;Y) to be reached, bits", "information"},
        {100.0 * rule->accuracy, "%.0f", "accuracy to be reached, percent", "accuracy-percent"},
        {rule->higher, "%.2f", "the second level of I(out;Y), bits", "higher"},
        {rule->speedup, "%g", "least dramatic speed-up", "speedup"}};
    report_entries(r, param, REPORT_LENGTH(param), "param.");
}

void arrival_report_networks(FILE *f, const char *recipe, size_t hidden,
                             const struct arrival_times *t)
{
    for (size_t k = 0; k < t->to->n; k++) {
        fprintf(f, "%s\t%zu\t%g\t%zu\t%zu", recipe, hidden, t->to->rate, t->to->run, k);
        for (size_t g = 0; g < ARRIVAL_GOALS; g++)
            number_columns(f, &t->to[g].epochs[k], 1);
        fputc('\n', f);
    }
}

/* The search by one goal. */
static void report_search(struct report *r, FILE *f, enum arrival_goal goal, size_t hidden,
                          const struct arrival_times *candidate, size_t candidates, double best)
{
    report_number(r, best, "%g", "best rate, by the even networks", "best/h%zu/%s/rate", hidden,
                  goal_name[goal]);
    for (size_t c = 0; c < candidates; c++) {
        const struct arrival_group *g = &candidate[c].to[goal];
        const double median = stats_median(g->epochs, g->n);
        if (goal == ARRIVAL_INFORMATION)
            report_number(r, median, "%.0f", "median epochs to the information at this rate",
                          "search/rate%g/h%zu", g->rate, hidden);
        fprintf(f, "%s\t%zu\t%g\t%zu\t%zu\t%.9g\t%d\n", goal_name[goal], hidden, g->rate, g->run,
                arrival_count(g), median, g->rate == best);
    }
}

void arrival_report_search(struct arrival_times *best, struct report *r, FILE *f, size_t hidden,
                           const struct arrival_times *candidate, size_t candidates)
{
    for (enum arrival_goal g = 0; g < ARRIVAL_GOALS; g++) {
        best->to[g] = arrival_best(candidate, candidates, g);
        report_search(r, f, g, hidden, candidate, candidates, best->to[g].rate);
    }
}

void arrival_report_cost(struct report *r, size_t hidden, const struct arrival_group *g,
                         const struct arrival_group *one)
{
    report_number(r, g->flop / one->flop, "%.2f",
                  "floating-point operations of a sample over those of one hidden layer",
                  "cost/h%zu", hidden);
}

void arrival_report_heading(void)
{
    printf("%-6s %-12s %6s %7s %10s %9s %s %s\n", "which", "goal", "hidden", "rate", "arrived",
           "epochs", "speed-up", "saving");
}

/* The depths compared by one goal. */
static void report_depths(struct stats_interval *speedup, struct report *r, FILE *f,
                          const char *setting, enum arrival_goal goal,
                          const struct arrival_times *group, size_t depths, size_t resamples)
{
    const struct arrival_group *one = &group->to[goal];
    for (size_t h = 0; h < depths; h++) {
        const struct arrival_group *g = &group[h].to[goal];
        const double cost = g->flop / one->flop;
        const struct stats_interval time =
            stats_bootstrap(g->epochs, g->n, STATS_MEDIAN, resamples, 1);
        struct stats_interval faster = stats_exact(1.0);
        if (h > 0)
            faster = arrival_speedup(one->epochs, one->n, (double)one->run, g->epochs, g->n,
                                     resamples, 1);
        const struct stats_interval saving = {faster.value / cost, faster.low / cost,
                                              faster.high / cost, faster.n};
        const size_t there = arrival_count(g);
        char key[64];
        snprintf(key, sizeof key, "%s/h%zu/%s", setting, h + 1, goal_name[goal]);
        report_number(r, (double)there, "%.0f", "networks that arrive", "%s/arrived", key);
        report_interval(r, time, "%.0f", "median epochs until they do", "%s/epochs", key);
        if (h > 0) {
            report_interval(r, faster, "%.2f", "speed-up over one hidden layer, in epochs",
                            "%s/speedup", key);
            report_interval(r, saving, "%.2f", "the same in floating-point operations", "%s/saving",
                            key);
        }
        fprintf(f, "%s\t%s\t%zu\t%g\t%zu\t%zu", setting, goal_name[goal], h + 1, g->rate, g->n,
                there);
        number_columns(f,
                       (const double[]){time.value, time.low, time.high, faster.value, faster.low,
                                        faster.high, saving.value},
                       7);
        fputc('\n', f);
        printf("%-6s %-12s %6zu %7g %6zu/%-3zu %9.4g %9.3g [%.3g, %.3g] %9.3g\n", setting,
               goal_name[goal], h + 1, g->rate, there, g->n, time.value, faster.value, faster.low,
               faster.high, saving.value);
        if (goal == ARRIVAL_INFORMATION)
            speedup[h] = faster;
    }
}

void arrival_report_depths(struct stats_interval *speedup, struct report *r, FILE *f,
                           const char *setting, const struct arrival_times *group, size_t depths,
                           size_t resamples)
{
    for (enum arrival_goal g = 0; g < ARRIVAL_GOALS; g++)
        report_depths(speedup, r, f, setting, g, group, depths, resamples);
}
