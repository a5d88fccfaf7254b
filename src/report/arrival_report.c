#include "arrival_report.h"

#include <gsl/gsl_math.h>

#include "number.h"

void arrival_report_networks(FILE *f, const char *recipe, size_t hidden,
                             struct arrival_group *const *to, size_t goals)
{
    for (size_t k = 0; k < to[0]->n; k++) {
        fprintf(f, "%s\t%zu\t%g\t%zu\t%zu", recipe, hidden, to[0]->rate, to[0]->run, k);
        for (size_t g = 0; g < goals; g++)
            number_columns(f, &to[g]->epochs[k], 1);
        fputc('\n', f);
    }
}

void arrival_report_search(struct report *r, FILE *f, const char *goal, size_t hidden,
                           const struct arrival_group *candidate, size_t candidates, double best,
                           int medians)
{
    report_number(r, best, "%g", "best rate, by the even networks", "best/h%zu/%s/rate", hidden,
                  goal);
    for (size_t c = 0; c < candidates; c++) {
        const struct arrival_group *g = &candidate[c];
        const double median = stats_median(g->epochs, g->n);
        if (medians)
            report_number(r, median, "%.0f", "median epochs to the information at this rate",
                          "search/rate%g/h%zu", g->rate, hidden);
        fprintf(f, "%s\t%zu\t%g\t%zu\t%zu\t%.9g\t%d\n", goal, hidden, g->rate, g->run,
                arrival_count(g), median, g->rate == best);
    }
}

void arrival_report_heading(void)
{
    printf("%-6s %-12s %6s %7s %10s %9s %s %s\n", "which", "goal", "hidden", "rate", "arrived",
           "epochs", "speed-up", "saving");
}

void arrival_report_depths(struct stats_interval *speedup, struct report *r, FILE *f,
                           const char *setting, const char *goal, const struct arrival_group *group,
                           size_t depths, size_t resamples)
{
    for (size_t h = 0; h < depths; h++) {
        const struct arrival_group *g = &group[h];
        const double cost = g->flop / group->flop;
        const struct stats_interval time =
            stats_bootstrap(g->epochs, g->n, STATS_MEDIAN, resamples, 1);
        struct stats_interval faster = {1.0, 1.0, 1.0};
        if (h > 0)
            faster = arrival_speedup(group->epochs, group->n, (double)group->run, g->epochs, g->n,
                                     resamples, 1);
        const struct stats_interval saving = {faster.value / cost, faster.low / cost,
                                              faster.high / cost};
        const size_t there = arrival_count(g);
        char key[64];
        snprintf(key, sizeof key, "%s/h%zu/%s", setting, h + 1, goal);
        report_number(r, (double)there, "%.0f", "networks that arrive", "%s/arrived", key);
        report_interval(r, time, "%.0f", "median epochs until they do", "%s/epochs", key);
        if (h > 0) {
            report_interval(r, faster, "%.2f", "speed-up over one hidden layer, in epochs",
                            "%s/speedup", key);
            report_interval(r, saving, "%.2f", "the same in floating-point operations", "%s/saving",
                            key);
        }
        fprintf(f, "%s\t%s\t%zu\t%g\t%zu\t%zu", setting, goal, h + 1, g->rate, g->n, there);
        number_columns(f,
                       (const double[]){time.value, time.low, time.high, faster.value, faster.low,
                                        faster.high, saving.value},
                       7);
        fputc('\n', f);
        printf("%-6s %-12s %6zu %7g %6zu/%-3zu %9.4g %9.3g [%.3g, %.3g] %9.3g\n", setting, goal,
               h + 1, g->rate, there, g->n, time.value, faster.value, faster.low, faster.high,
               saving.value);
        speedup[h] = faster;
    }
}
