#include "slowing_report.h"

#include <gsl/gsl_math.h>

#include "number.h"

void slowing_report_spectrum(struct report *r, const char *name, const struct source *source,
                             const struct slowing_spectrum *found, double ratio)
{
    const struct report_entry number[] = {
        {source->i_xy, "%.2f", "I(X;Y), bits", "i-xy"},
        {(double)found->n, "%.0f", "transitions", "transitions"},
        {(double)found->births, "%.0f", "transitions at which a cluster comes with weight zero",
         "new"},
        {found->gap, "%.0e", "largest gap of the certificates of the curve, bits", "gap"},
        {(double)found->others, "%.0f", "points of the curve with other clusters", "others"},
        {found->growth, "%.0e", "largest |log c(r)| at a new cluster, nats", "growth"},
        {found->global, "%.0e", "first transition against that of one cluster, difference",
         "global"},
        {transition_local(source), "%.5f", "beta above which one cluster is no local optimum",
         "local"},
        {slowing_expected(found->beta, found->n), "%.3f",
         "mean distance from a transition of a log beta at random", "expected"},
        {100.0 * slowing_chance(found->beta, found->n, ratio), "%.0f",
         "chance of a log beta at random to be as near as is asked, %", "chance"}};
    report_entries(r, number, REPORT_LENGTH(number), "%s/", name);
}

void slowing_report_heading(void)
{
    puts("rule   #        beta   p(y=1|t)  clusters  steps 1 % off   closer off  middle   times");
}

static void report_transition(struct report *r, FILE *f, const char *name, size_t i,
                              const struct slowing_spectrum *found,
                              const struct slowing_delay *near, const struct slowing_delay *closer,
                              double highest)
{
    const struct transition *t = &found->transition[i];
    const double beta = found->beta[i];
    const size_t middle = GSL_MAX(near->middle_before, near->middle_after);
    const struct report_entry number[] = {
        {beta, "%#.4g", "beta of the transition", "beta"},
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
        {100.0 * (highest / beta - 1.0), "%+.1f", "% of its beta from it to the most steps",
         "shift"},
        {near->excess, "%.1e", "distance from the optimum close above it, bits", "excess"}};
    report_entries(r, number, REPORT_LENGTH(number), "%s/c%zu/", name, i + 1);
    fprintf(f, "%s\t%zu\t%.9g\t%.9g\t%zu\t%zu\t%zu\t%zu\t%zu\t%zu\t%zu\t%zu\n", name, i + 1, beta,
            t->r, t->before, t->after, near->below, near->above, closer->below, closer->above,
            near->middle_before, near->middle_after);
    printf("%s %3zu %10.5f %8.5f %2zu %2zu %7zu %7zu %7zu %7zu %7zu %7.1f\n", name, i + 1, beta,
           t->r, t->before, t->after, near->below, near->above, closer->below, closer->above,
           middle, slowing_times(near));
}

void slowing_report_transitions(struct report *r, FILE *f, const char *name,
                                const struct slowing_spectrum *found,
                                const struct slowing_delay *near,
                                const struct slowing_delay *closer, const double *highest,
                                double times, double caught)
{
    size_t slow = 0, ends_elsewhere = 0;
    for (size_t i = 0; i < found->n; i++) {
        report_transition(r, f, name, i, found, &near[i], &closer[i], highest[i]);
        slow += slowing_times(&near[i]) > times;
        ends_elsewhere += near[i].excess > caught;
    }
    report_interval(r, stats_exact((double)slow / (double)found->n), "%.2f",
                    "share of the transitions that slow the iteration down", "%s/slow-share", name);
    const struct report_entry number[] = {
        {(double)slow, "%.0f", "transitions that slow the iteration down", "slow"},
        {(double)ends_elsewhere, "%.0f",
         "transitions above which the iteration ends in another optimum", "caught"}};
    report_entries(r, number, REPORT_LENGTH(number), "%s/", name);
}

/* What an interval could have told from a limit. */
static void report_told(struct report *r, struct stats_interval x, double limit, const char *set,
                        const char *slash, size_t l, const char *name)
{
    const struct slowing_power told = slowing_told(x, limit);
    const struct report_entry number[] = {
        {told.below, "%.2f", "largest true value likely to be told below the limit", "told-below"},
        {told.above, "%.2f", "smallest true value likely to be told above it", "told-above"}};
    report_entries(r, number, REPORT_LENGTH(number), "%s%st%zu/%s/", set, slash, l + 1, name);
}

void slowing_report_layer(struct report *r, FILE *f, const char *set, size_t l, const double *beta,
                          size_t n, const struct slowing_spectrum *found, double limit,
                          size_t resamples)
{
    const struct slowing_layer layer = slowing_layer_of(beta, n, found->beta, found->n, resamples);
    const struct stats_interval median = stats_bootstrap(beta, n, STATS_MEDIAN, resamples, 1);
    size_t infinite = 0, beyond = 0;
    for (size_t k = 0; k < n; k++) {
        infinite += isinf(beta[k]) != 0;
        beyond += !isinf(beta[k]) && beta[k] > found->beta[found->n - 1];
        fprintf(f, "%s\t%zu\t%zu", set, l + 1, k);
        number_columns(
            f, (const double[]){beta[k], slowing_distance(beta[k], found->beta, found->n)}, 2);
        fputc('\n', f);
    }
    report_interval(r, median, "%.1f", "median beta of the layer", "%s/t%zu/beta", set, l + 1);
    report_interval(r, layer.ratio, "%.3f",
                    "mean distance from the nearest transition over that expected", "%s/t%zu/ratio",
                    set, l + 1);
    report_told(r, layer.ratio, limit, set, "/", l, "ratio");
    report_interval(r, layer.finite, "%.2f", "share of networks whose beta is not 0 or infinite",
                    "%s/t%zu/finite", set, l + 1);
    const struct report_entry number[] = {
        {(double)infinite, "%.0f", "networks whose beta is infinite", "infinite"},
        {(double)beyond, "%.0f", "networks whose beta is beyond the last transition", "beyond"}};
    report_entries(r, number, REPORT_LENGTH(number), "%s/t%zu/", set, l + 1);
    printf("%-9s %zu  %10.2f [%8.2f, %8.2f]  %6.3f [%5.3f, %5.3f]  %8zu  %6zu\n", set, l + 1,
           median.value, median.low, median.high, layer.ratio.value, layer.ratio.low,
           layer.ratio.high, infinite, beyond);
}

void slowing_report_settling(struct report *r, size_t l, const double *before, const double *after,
                             size_t n, const struct slowing_spectrum *found, size_t resamples)
{
    const struct stats_interval x =
        slowing_settling(before, after, n, found->beta, found->n, resamples);
    report_interval(r, x, "%.2f",
                    "mean distance from the nearest transition, trained over untrained",
                    "t%zu/settling", l + 1);
    report_told(r, x, 1.0, "", "", l, "settling");
    printf("settling  %zu  %.3f [%.3f, %.3f]\n", l + 1, x.value, x.low, x.high);
}
