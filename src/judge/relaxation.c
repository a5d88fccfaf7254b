#include "relaxation.h"

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "die.h"
#include "lanes.h"
#include "path.h"
#include "icosahedron.h"

/*[ measure ]*/
struct relaxation relaxation_of(const struct run_record *r, size_t l)
{
    double i_xt[RUN_MAX_ROWS] = {0};
    size_t end = 0; /* the last epoch */
    for (size_t i = 0; i < r->rows; i++) {
        i_xt[i] = r->row[i].information[l].i_xt;
        end = i;
    }
    const double before = l == 0 ? (double)TASK_BITS : r->row[end].information[l - 1].i_xt;
    const size_t peak = path_peak(i_xt, r->rows);
    struct relaxation x = {
        .compression = before - i_xt[end], .fall = i_xt[peak] - i_xt[end], .epochs = (double)NAN};
    if (!(x.fall > 0.0))
        return x;
    /* the first measured epoch at which the share is made; the last has made all of it */
    const double level = i_xt[peak] - (1.0 - 1.0 / M_E) * x.fall;
    size_t i = peak + 1;
    while (i_xt[i] > level)
        i++;
    const double e0 = (double)r->row[i - 1].epoch, e1 = (double)r->row[i].epoch;
    x.epochs = e0 + (e1 - e0) * (i_xt[i - 1] - level) / (i_xt[i - 1] - i_xt[i]) -
               (double)r->row[peak].epoch;
    return x;
}
/*[ end ]*/

void relaxation_new(struct relaxation_points *p, size_t networks)
{
    const size_t most = networks * NET_MAX_LAYERS;
    *p = (struct relaxation_points){.first = malloc((networks + 1) * sizeof *p->first),
                                    .layer = malloc(most * sizeof *p->layer),
                                    .compression = malloc(most * sizeof *p->compression),
                                    .log_compression = malloc(most * sizeof *p->log_compression),
                                    .log = malloc(most * sizeof *p->log)};
    if (!p->first || !p->layer || !p->compression || !p->log_compression || !p->log)
        die("memory is short");
    p->first[0] = 0;
}

void relaxation_free(struct relaxation_points *p)
{
    free(p->log);
    free(p->log_compression);
    free(p->compression);
    free(p->layer);
    free(p->first);
}

int relaxation_counts(const struct relaxation *x, double bits)
{
    return x->fall >= bits && x->compression >= bits;
}

void relaxation_add(struct relaxation_points *p, const struct relaxation *x, size_t hidden,
                    double bits)
{
    for (size_t l = 0; l < hidden; l++) {
        if (!relaxation_counts(&x[l], bits)) {
            p->left_out++;
            continue;
        }
        p->layer[p->layers] = l;
        p->compression[p->layers] = x[l].compression;
        p->log_compression[p->layers] = lanes_log2(x[l].compression);
        p->log[p->layers++] = lanes_log2(x[l].epochs);
    }
    p->first[++p->networks] = p->layers;
}

struct relaxation_fit relaxation_fit(const struct relaxation_points *p, size_t resamples,
                                     unsigned long seed)
{
    struct relaxation_fit fit = {
        .slope = stats_bootstrap_pair_groups(p->compression, p->log, p->first, p->networks,
                                             STATS_SLOPE, resamples, seed),
        .r2 = stats_bootstrap_pair_groups(p->compression, p->log, p->first, p->networks, STATS_R2,
                                          resamples, seed),
        .power = stats_bootstrap_pair_groups(p->log_compression, p->log, p->first, p->networks,
                                             STATS_SLOPE, resamples, seed)};
    fit.intercept = p->layers == 0 ? (double)NAN
                                   : stats_mean(p->log, p->layers) -
                                         fit.slope.value * stats_mean(p->compression, p->layers);
    return fit;
}

enum verdict relaxation_verdict(const struct relaxation_fit *fit,
                                const struct relaxation_rule *rule)
{
    const int rises = fit->slope.low > 0.0;
    const int explains = rises && fit->r2.low > rule->r2; /* a line that falls is no support */
    const int superlinear = fit->power.low > rule->power;
    return verdict_of((size_t)rises + (size_t)explains + (size_t)superlinear, 3);
}

static double plain(double x)
{
    return isnan(x) ? (double)NAN : x; /* its sign is the platform's */
}

/* An interval as three columns, and on stdout. */
static void put(FILE *f, struct stats_interval x)
{
    x = (struct stats_interval){plain(x.value), plain(x.low), plain(x.high)};
    fprintf(f, "\t%.9g\t%.9g\t%.9g", x.value, x.low, x.high);
    printf("  %.3g [%.3g, %.3g]", x.value, x.low, x.high);
}

void relaxation_report(struct report *r, FILE *f, const char *name,
                       const struct relaxation_points *p, const struct relaxation_fit *fit)
{
    report_number(r, (double)p->layers, "%.0f", "layers that count", "relaxation/%s/layers", name);
    report_number(r, (double)p->left_out, "%.0f", "layers left out", "relaxation/%s/left-out",
                  name);
    report_interval(r, fit->slope, "%.2f", "doublings of the relaxation time per bit",
                    "relaxation/%s/slope", name);
    report_interval(r, fit->r2, "%.2f", "share of its variance that this line explains",
                    "relaxation/%s/r2", name);
    report_interval(r, fit->power, "%.2f", "power of the compression", "relaxation/%s/power", name);
    fprintf(f, "%s\t%zu\t%zu\t%.9g", name, p->layers, p->left_out, plain(fit->intercept));
    printf("relaxation %-8s %4zu layers:", name, p->layers);
    put(f, fit->slope);
    put(f, fit->r2);
    put(f, fit->power);
    fputc('\n', f);
    putchar('\n');
}

void relaxation_report_layers(struct report *r, const struct relaxation_points *p, size_t hidden,
                              size_t resamples)
{
    double *compression = malloc((p->networks + 1) * sizeof *compression);
    double *log = malloc((p->networks + 1) * sizeof *log);
    if (!compression || !log)
        die("memory is short");
    for (size_t l = 0; l < hidden; l++) {
        size_t n = 0;
        for (size_t i = 0; i < p->layers; i++)
            if (p->layer[i] == l) {
                compression[n] = p->compression[i];
                log[n++] = p->log[i];
            }
        report_number(r, (double)n, "%.0f", "networks in which the layer counts",
                      "relaxation/t%zu/networks", l + 1);
        struct stats_interval correlation = {(double)NAN, (double)NAN, (double)NAN};
        if (n > 1)
            correlation =
                stats_bootstrap_pairs(compression, log, n, STATS_RANK_CORRELATION, resamples, 1);
        report_number(r, n > 0 ? stats_median(compression, n) : (double)NAN, "%.2f",
                      "median compression, bits", "relaxation/t%zu/compression", l + 1);
        report_number(r, n > 0 ? exp2(stats_median(log, n)) : (double)NAN, "%.0f",
                      "median relaxation time, epochs", "relaxation/t%zu/epochs", l + 1);
        report_interval(r, correlation, "%.2f",
                        "rank correlation of compression and time within the layer",
                        "relaxation/t%zu/correlation", l + 1);
    }
    free(log);
    free(compression);
}
