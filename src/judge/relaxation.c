#include "relaxation.h"

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "course.h"
#include "icosahedron.h"
#include "lanes.h"
#include "memory.h"
#include "path.h"

/*[ measure ]*/
struct relaxation relaxation_of(const struct run_record *r, size_t l)
{
    double i_xt[RUN_MAX_ROWS] = {0};
    const size_t end = r->rows - 1; /* the last epoch */
    course_of(i_xt, r, l, COURSE_I_XT);
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

void relaxation_new(struct relaxation_points *p, size_t networks, double bits)
{
    const size_t most = networks * NET_MAX_LAYERS;
    *p = (struct relaxation_points){
        .bits = bits,
        .first = memory_array(networks + 1, sizeof *p->first, "networks"),
        .layer = memory_array(most, sizeof *p->layer, "layers"),
        .compression = memory_array(most, sizeof *p->compression, "layers"),
        .log_compression = memory_array(most, sizeof *p->log_compression, "layers"),
        .log = memory_array(most, sizeof *p->log, "layers"),
    };
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

void relaxation_add(struct relaxation_points *p, const struct relaxation *x, size_t hidden)
{
    for (size_t l = 0; l < hidden; l++) {
        if (!relaxation_counts(&x[l], p->bits)) {
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

struct relaxation_layer relaxation_layer(const struct relaxation_points *p, size_t l,
                                         size_t resamples, unsigned long seed)
{
    struct relaxation_layer x = {
        .compression = NAN, .epochs = NAN, .correlation = stats_exact(NAN)};
    double *compression = memory_array(p->networks, sizeof *compression, "networks");
    double *log = memory_array(p->networks, sizeof *log, "networks");
    for (size_t i = 0; i < p->layers; i++)
        if (p->layer[i] == l) {
            compression[x.networks] = p->compression[i];
            log[x.networks++] = p->log[i];
        }
    if (x.networks > 0) {
        x.compression = stats_median(compression, x.networks);
        x.epochs = exp2(stats_median(log, x.networks));
    }
    if (x.networks > 1)
        x.correlation = stats_bootstrap_pairs(compression, log, x.networks, STATS_RANK_CORRELATION,
                                              resamples, seed);
    free(log);
    free(compression);
    return x;
}
