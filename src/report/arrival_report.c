#include "arrival_report.h"

#include "number.h"

const char *arrival_report_goal(enum arrival_goal goal)
{
    static const char *const name[ARRIVAL_GOALS] = {"i80",
                                                    "i85",
                                                    "i88",
                                                    [ARRIVAL_INFORMATION] = "information",
                                                    "i92",
                                                    [ARRIVAL_HIGHER] = "higher",
                                                    "i96",
                                                    "i97",
                                                    [ARRIVAL_ACCURACY] = "accuracy"};
    return name[goal];
}

static int has_name(enum arrival_goal goal)
{
    return goal == ARRIVAL_INFORMATION || goal == ARRIVAL_HIGHER || goal == ARRIVAL_ACCURACY;
}

void arrival_report_rule(struct report *r, const struct arrival_rule *rule)
{
    const double *level = rule->level;
    const struct report_entry param[] = {
        {level[ARRIVAL_INFORMATION], "%.1f", "I(out;Y) to be reached, bits", "information"},
        {level[ARRIVAL_HIGHER], "%.2f", "a higher I(out;Y), bits", "higher"},
        {level[0], "%.1f", "the lowest of the curve, bits", "lowest"},
        {level[ARRIVAL_ACCURACY - 1], "%.2f", "the highest of the curve, bits", "highest"},
        {100.0 * level[ARRIVAL_ACCURACY], "%.0f", "accuracy to be reached, percent",
         "accuracy-percent"}};
    report_entries(r, param, REPORT_LENGTH(param), "param.");
}

void arrival_report_networks(FILE *f, const char *recipe, size_t hidden,
                             const struct arrival_times *t)
{
    for (size_t k = 0; k < t->to->n; k++) {
        fprintf(f, "%s\t%zu\t%g\t%zu\t%zu", recipe, hidden, t->to->rate, t->to->run, k);
        for (enum arrival_goal g = 0; g < ARRIVAL_GOALS; g++)
            if (has_name(g))
                number_columns(f, &t->to[g].epochs[k], 1);
        fputc('\n', f);
    }
}

void arrival_report_search(struct arrival_times *best, struct report *r, FILE *f,
                           const char *setting, size_t hidden,
                           const struct arrival_times *candidate, size_t candidates)
{
    for (enum arrival_goal goal = 0; goal < ARRIVAL_GOALS; goal++) {
        const char *const name = arrival_report_goal(goal);
        best->to[goal] = arrival_best(candidate, candidates, goal);
        report_number(r, best->to[goal].rate, "%g", "best rate, by the even networks",
                      "%s/h%zu/%s/rate", setting, hidden, name);
        report_number(r, (double)best->to[goal].edge, "%.0f",
                      "whether that is the lowest or the highest that was tried", "%s/h%zu/%s/edge",
                      setting, hidden, name);
        for (size_t c = 0; c < candidates; c++) {
            const struct arrival_group *g = &candidate[c].to[goal];
            const double median = stats_median(g->epochs, g->n);
            if (goal == ARRIVAL_INFORMATION)
                report_number(r, median, "%.0f", "median epochs to the information at this rate",
                              "%s/search/rate%g/h%zu", setting, g->rate, hidden);
            fprintf(f, "%s\t%s\t%zu\t%g\t%zu\t%zu", setting, name, hidden, g->rate, g->run,
                    arrival_count(g));
            number_columns(f, &median, 1);
            fprintf(f, "\t%d\n", g->rate == best->to[goal].rate);
        }
    }
}

void arrival_report_heading(void)
{
    printf("%-10s %-11s %6s %6s %9s %6s %s\n", "which", "goal", "hidden", "rate", "arrived",
           "epochs", "speed-up, saving");
}

/* One depth compared with one hidden layer by one goal; `whole`: the numbers and a line, too. */
static void report_depth(struct report *r, FILE *f, const char *setting, enum arrival_goal goal,
                         double level, size_t hidden, const struct arrival_group *one,
                         const struct arrival_group *g, int whole)
{
    const double cost = g->flop / one->flop;
    const size_t there = arrival_count(g);
    const struct stats_interval time = stats_median_exact(g->epochs, g->n);
    struct stats_interval faster = stats_exact(1.0);
    if (hidden > 1)
        faster = arrival_speedup(one, g);
    const struct stats_interval saving = {faster.value / cost, faster.low / cost,
                                          faster.high / cost, faster.n};
    fprintf(f, "%s\t%s\t%g\t%zu\t%g\t%zu\t%zu", setting, arrival_report_goal(goal), level, hidden,
            g->rate, g->n, there);
    number_columns(f,
                   (const double[]){time.value, time.low, time.high, faster.value, faster.low,
                                    faster.high, saving.value},
                   7);
    fputc('\n', f);
    if (!whole)
        return;
    char key[64];
    snprintf(key, sizeof key, "%s/h%zu/%s", setting, hidden, arrival_report_goal(goal));
    report_number(r, (double)g->n, "%.0f", "networks", "%s/networks", key);
    report_number(r, (double)there, "%.0f", "networks that arrive", "%s/arrived", key);
    report_interval(r, time, "%.0f", "median epochs until they do", "%s/epochs", key);
    if (hidden > 1) {
        report_interval(r, faster, "%.2f", "speed-up over one hidden layer, in epochs",
                        "%s/speedup", key);
        report_interval(r, saving, "%.2f", "the same in floating-point operations", "%s/saving",
                        key);
    }
    printf("%-10s %-11s %6zu %6g %5zu/%-3zu %6.4g %.3g [%.3g, %.3g], %.3g\n", setting,
           arrival_report_goal(goal), hidden, g->rate, there, g->n, time.value, faster.value,
           faster.low, faster.high, saving.value);
}

void arrival_report_depths(struct report *r, FILE *f, const char *setting,
                           const struct arrival_times *group, size_t depths,
                           const struct arrival_rule *rule)
{
    for (enum arrival_goal g = 0; g < ARRIVAL_GOALS; g++)
        for (size_t h = 0; h < depths; h++)
            report_depth(r, f, setting, g, rule->level[g], h + 1, &group->to[g], &group[h].to[g],
                         has_name(g) || h + 1 == depths);
}
