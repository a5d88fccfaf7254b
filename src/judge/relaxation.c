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

/*[ fit ]*/
struct relaxation_fit relaxation_fit(const struct relaxation_points *p, enum relaxation_lines lines,
                                     size_t resamples, unsigned long seed)
{
    const size_t kinds = lines == RELAXATION_WITHIN ? NET_MAX_LAYERS : 0;
    const struct {
        const double *x;
        enum stats_of_pairs statistic;
    } line[] = {{p->compression, STATS_SLOPE},
                {p->compression, STATS_R2},
                {p->log_compression, STATS_SLOPE},
                {p->log_compression, STATS_R2}};
    struct stats_interval x[4];
    for (size_t i = 0; i < 4; i++)
        x[i] = stats_bootstrap_within(line[i].x, p->log, p->layer, kinds, p->first, p->networks,
                                      line[i].statistic, resamples, seed);
    return (struct relaxation_fit){.slope = x[0], .slope_r2 = x[1], .power = x[2], .r2 = x[3]};
}
/*[ end ]*/

struct relaxation_layer relaxation_layer(const struct relaxation_points *p, size_t l,
                                         size_t resamples, unsigned long seed)
{
    struct relaxation_layer x = {.compression = NAN,
                                 .epochs = NAN,
                                 .mean_compression = NAN,
                                 .mean_log = {NAN, NAN},
                                 .power = stats_exact(NAN),
                                 .correlation = stats_exact(NAN)};
    double *of[3]; /* dS, log2 dS, log2 dt of the networks */
    const double *const from[3] = {p->compression, p->log_compression, p->log};
    size_t *each = memory_array(p->networks + 1, sizeof *each, "networks"); /* one pair each */
    for (size_t q = 0; q < 3; q++) {
        of[q] = memory_array(p->networks, sizeof *of[q], "networks");
        x.networks = 0;
        for (size_t i = 0; i < p->layers; i++)
            if (p->layer[i] == l)
                of[q][x.networks++] = from[q][i];
    }
    for (size_t k = 0; k <= x.networks; k++)
        each[k] = k;
    if (x.networks > 0) {
        x.compression = stats_median(of[0], x.networks);
        x.epochs = exp2(stats_median(of[2], x.networks));
        x.mean_compression = stats_mean(of[0], x.networks);
        x.mean_log[0] = stats_mean(of[1], x.networks);
        x.mean_log[1] = stats_mean(of[2], x.networks);
    }
    if (x.networks > 1) {
        x.power = stats_bootstrap_pair_groups(of[1], of[2], each, x.networks, STATS_SLOPE,
                                              resamples, seed);
        x.correlation = stats_bootstrap_pairs(of[0], of[2], x.networks, STATS_RANK_CORRELATION,
                                              resamples, seed);
    }
    for (size_t q = 0; q < 3; q++)
        free(of[q]);
    free(each);
    return x;
}

/*[ change ]*/
struct relaxation_change relaxation_change(const struct relaxation *a, const struct relaxation *b,
                                           size_t n, double bits, size_t resamples,
                                           unsigned long seed)
{
    struct relaxation_change change = {.known = 0};
    double *more = memory_array(n, sizeof *more, "networks");
    double *times = memory_array(n, sizeof *times, "networks");
    double *known = memory_array(n, sizeof *known, "networks");
    for (size_t k = 0; k < n; k++) {
        const int counts = relaxation_counts(&a[k], bits) && relaxation_counts(&b[k], bits);
        more[k] = a[k].compression - b[k].compression;
        times[k] = counts ? a[k].epochs / b[k].epochs : (double)NAN;
        if (counts)
            known[change.known++] = times[k];
    }
    change.more = stats_bootstrap(more, n, STATS_MEAN, resamples, seed);
    change.longer = stats_median_exact(times, n);
    change.longer.value = change.known > 0 ? stats_median(known, change.known) : (double)NAN;
    free(known);
    free(times);
    free(more);
    return change;
}
/*[ end ]*/
