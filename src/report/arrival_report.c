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

/* One depth compared with one hidden layer by one goal. */
struct compared {
    const char *setting;
    enum arrival_goal goal;
    double level;
    size_t hidden;
    const struct arrival_group *one, *more;
    struct stats_interval time, faster, saving;
};

static struct compared compare(const char *setting, enum arrival_goal goal, double level,
                               size_t hidden, const struct arrival_group *one,
                               const struct arrival_group *more)
{
    const double cost = more->flop / one->flop;
    const struct stats_interval x = hidden > 1 ? arrival_speedup(one, more) : stats_exact(1.0);
    return (struct compared){
        .setting = setting,
        .goal = goal,
        .level = level,
        .hidden = hidden,
        .one = one,
        .more = more,
        .time = stats_median_exact(more->epochs, more->n),
        .faster = x,
        .saving = {.value = x.value / cost, .low = x.low / cost, .high = x.high / cost, .n = x.n}};
}

static void write_row(FILE *f, const struct compared *x)
{
    fprintf(f, "%s\t%s\t%g\t%zu\t%g\t%zu\t%zu", x->setting, arrival_report_goal(x->goal), x->level,
            x->hidden, x->more->rate, x->more->n, arrival_count(x->more));
    number_columns(f,
                   (const double[]){x->time.value, x->time.low, x->time.high, x->faster.value,
                                    x->faster.low, x->faster.high, x->saving.value},
                   7);
    fputc('\n', f);
}

static void report_numbers(struct report *r, const struct compared *x)
{
    const char *const goal = arrival_report_goal(x->goal);
    const size_t there = arrival_count(x->more);
    char key[64];
    snprintf(key, sizeof key, "%s/h%zu/%s", x->setting, x->hidden, goal);
    const struct report_entry number[] = {
        {x->level, "%.2f", "what is to be reached, bits or share of right labels", "level"},
        {x->more->rate, "%g", "learning rate", "rate"},
        {(double)x->more->edge, "%.0f", "whether no rate was tried beyond that, and it was chosen",
         "edge"},
        {(double)x->more->n, "%.0f", "networks", "networks"},
        {(double)there, "%.0f", "networks that arrive", "arrived"}};
    report_entries(r, number, REPORT_LENGTH(number), "%s/", key);
    report_interval(r, x->time, "%.0f", "median epochs until they do", "%s/epochs", key);
    if (x->hidden > 1) {
        report_interval(r, x->faster, "%.2f", "speed-up over one hidden layer, in epochs",
                        "%s/speedup", key);
        report_interval(r, x->saving, "%.2f", "the same in floating-point operations", "%s/saving",
                        key);
    }
    printf("%-10s %-11s %6zu %6g %5zu/%-3zu %6.4g %.3g [%.3g, %.3g], %.3g\n", x->setting, goal,
           x->hidden, x->more->rate, there, x->more->n, x->time.value, x->faster.value,
           x->faster.low, x->faster.high, x->saving.value);
}

void arrival_report_depths(struct report *r, FILE *f, FILE *curve, const char *setting,
                           const struct arrival_times *group, size_t depths,
                           const struct arrival_rule *rule)
{
    for (enum arrival_goal g = 0; g < ARRIVAL_GOALS; g++)
        for (size_t h = 0; h < depths; h++) {
            const struct compared x =
                compare(setting, g, rule->level[g], h + 1, &group->to[g], &group[h].to[g]);
            const int deepest = h + 1 == depths;
            write_row(f, &x);
            if (deepest && g != ARRIVAL_ACCURACY)
                write_row(curve, &x);
            if (deepest || has_name(g))
                report_numbers(r, &x);
        }
}
