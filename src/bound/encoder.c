#include "encoder.h"

#include <gsl/gsl_math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "entropy.h"
#include "memory.h"
#include "solve.h"

enum { LABELS = SOURCE_MAX_LABELS };

/* -x log x, in nats */
static double minus_x_log_x(double x)
{
    return -entropy_term(x) * M_LN2;
}

static double *room(size_t n)
{
    return memory_array(n, sizeof(double), "clusters of a layer");
}

/* ---- the layer ---- */

/* The label distributions r, (clusters, ny), and their logarithms, and p(t) times the total. */
static void means(double *r, double *log_r, double *pt, const struct source *source,
                  const double *count, size_t clusters)
{
    const size_t n = source->n, ny = source->ny;
    double *share = room(n);
    for (size_t t = 0; t < clusters; t++) {
        for (size_t x = 0; x < n; x++) {
            share[x] = count[x * clusters + t];
            pt[t] += share[x];
        }
        /* an empty cluster gets what says nothing, and no weight */
        source_mean(r + t * ny, log_r + t * ny, source, pt[t] > 0.0 ? share : source->px);
    }
    free(share);
}

struct encoder *encoder_alloc(const struct source *source, const double *count, size_t clusters)
{
    const size_t n = source->n, ny = source->ny;
    double total = 0.0;
    for (size_t i = 0; i < n * clusters; i++) {
        if (!(count[i] >= 0.0))
            return NULL;
        total += count[i];
    }
    if (!(total > 0.0) || isinf(total))
        return NULL;

    struct encoder *layer = memory_array(1, sizeof *layer, "layers");
    double *pt = room(clusters), *r = room(clusters * ny), *log_r = room(clusters * ny);
    size_t *group = memory_array(clusters, sizeof *group, "clusters of a layer");
    means(r, log_r, pt, source, count, clusters);
    layer->source = source;
    layer->px = room(n);
    for (size_t x = 0; x < n; x++) {
        double h = 0.0;
        for (size_t t = 0; t < clusters; t++) {
            const double p = count[x * clusters + t];
            layer->px[x] += p / total;
            h += minus_x_log_x(p / total);
        }
        layer->h_t_x += fmax(0.0, h - minus_x_log_x(layer->px[x])) / M_LN2;
    }

    const size_t groups = layer->groups = odds_groups(group, log_r, clusters, ny);
    layer->pg = room(groups);
    layer->divided = room(groups);
    layer->joint = room(n * groups);
    layer->same = room(n * groups);
    layer->d = room(n * groups);
    layer->q = room(n * groups);
    for (size_t t = 0; t < clusters; t++)
        layer->pg[group[t]] += pt[t] / total;
    for (size_t t = 0; t < clusters; t++) {
        const size_t g = group[t];
        const double share = pt[t] > 0.0 ? pt[t] / total / layer->pg[g] : 0.0;
        layer->divided[g] += minus_x_log_x(share);
        for (size_t x = 0; x < n; x++) {
            layer->joint[x * groups + g] += count[x * clusters + t] / total;
            layer->same[x * groups + g] += count[x * clusters + t] / total * share;
            layer->d[x * groups + g] = source_distortion(source, x, r + t * ny, log_r + t * ny);
        }
    }
    free(group);
    free(log_r);
    free(r);
    free(pt);
    return layer;
}

void encoder_free(struct encoder *layer)
{
    if (!layer)
        return;
    free(layer->q);
    free(layer->d);
    free(layer->same);
    free(layer->joint);
    free(layer->divided);
    free(layer->pg);
    free(layer->px);
    free(layer);
}

double encoder_lost(const struct encoder *layer)
{
    double sum = 0.0;
    for (size_t i = 0; i < layer->source->n * layer->groups; i++)
        if (layer->joint[i] > 0.0)
            sum += layer->joint[i] * layer->d[i];
    return sum / M_LN2;
}

/* ---- its beta ---- */

/* q[groups] = pg exp(-beta d)/Z, and the least d.  Returns log Z + beta times the least d.  Groups
 * without weight stay without, and those too far away (e^-80) get none. */
static double row_of(double *q, double *least, const double *pg, const double *d, double beta,
                     size_t groups)
{
    double z = 0.0, nearest = INFINITY;
    for (size_t g = 0; g < groups; g++)
        nearest = pg[g] > 0.0 && d[g] < nearest ? d[g] : nearest;
    for (size_t g = 0; g < groups; g++) {
        const double exponent = d[g] > nearest ? beta * (d[g] - nearest) : 0.0;
        q[g] = pg[g] > 0.0 && exponent < 80.0 ? pg[g] * exp(-exponent) : 0.0;
        z += q[g];
    }
    *least = nearest;
    for (size_t g = 0; g < groups; g++)
        q[g] /= z;
    return log(z);
}

double encoder_divergence(const struct encoder *layer, double beta)
{
    /* - sum p(x,t) log p_beta(t|x) = sum p(x) log Z + beta E d - sum p(t) log p(t) */
    const size_t groups = layer->groups;
    double sum = 0.0, least;
    for (size_t g = 0; g < groups; g++)
        sum += minus_x_log_x(layer->pg[g]) + layer->pg[g] * layer->divided[g];
    for (size_t x = 0; x < layer->source->n; x++) {
        const double *d = layer->d + x * groups, *joint = layer->joint + x * groups;
        if (!(layer->px[x] > 0.0))
            continue;
        sum += layer->px[x] * row_of(layer->q, &least, layer->pg, d, beta, groups);
        for (size_t g = 0; g < groups; g++)
            if (joint[g] > 0.0 && d[g] > least)
                sum += joint[g] * beta * (d[g] - least);
    }
    return fmax(0.0, sum / M_LN2);
}

/*[ beta ]*/
/* The derivative of the divergence by beta: E d of the layer less E d of p_beta. */
static double derivative(double log_beta, void *arg)
{
    const struct encoder *layer = arg;
    const size_t groups = layer->groups;
    double sum = 0.0, least;
    for (size_t x = 0; x < layer->source->n; x++) {
        const double *d = layer->d + x * groups, *joint = layer->joint + x * groups;
        if (!(layer->px[x] > 0.0))
            continue;
        /* The layer's mean first, so that a class in its nearest cluster adds nothing positive. */
        double own = 0.0;
        for (size_t g = 0; g < groups; g++)
            if (joint[g] > 0.0)
                own += joint[g] / layer->px[x] * d[g];
        row_of(layer->q, &least, layer->pg, d, exp(log_beta), groups);
        for (size_t g = 0; g < groups; g++)
            if (layer->q[g] > 0.0)
                sum += layer->px[x] * layer->q[g] * (own - d[g]);
    }
    return sum;
}
/*[ end ]*/

/* Is every pattern in the group of the nearest p(y|t)? */
static int all_nearest(const struct encoder *layer)
{
    const size_t groups = layer->groups;
    for (size_t x = 0; x < layer->source->n; x++)
        for (size_t g = 0; g < groups; g++)
            for (size_t h = 0; h < groups && layer->joint[x * groups + g] > 0.0; h++)
                if (layer->pg[h] > 0.0 && layer->d[x * groups + h] < layer->d[x * groups + g])
                    return 0;
    return 1;
}

double encoder_beta(const struct encoder *layer)
{
    void *arg = (void *)(uintptr_t)layer;
    double low = log(1e-6), high = 0.0;
    if (derivative(low, arg) >= 0.0)
        return 0.0;
    if (all_nearest(layer))
        return INFINITY;
    while (derivative(high, arg) < 0.0) {
        low = high;
        high += M_LN2;
        if (high > 700.0)
            return INFINITY;
    }
    return exp(solve_root(derivative, arg, low, high, 1e-13, 0.0));
}

/* ---- the divergence of the released program ---- */

double encoder_reverse(const struct encoder *layer, double beta, size_t steps)
{
    const struct source *b = layer->source;
    const size_t n = b->n, ny = b->ny, groups = layer->groups;
    const double eps = 0x1p-52; /* numpy.spacing(1) */
    double *q = layer->q, *pg = room(groups), *d = room(groups);
    double *log_r = room(groups * ny), *own_log = room(n), least;
    for (size_t x = 0; x < n; x++) /* sum_y p(y|x) log p(y|x) */
        for (size_t y = 0; y < ny; y++)
            if (b->py_x[x * ny + y] > 0.0)
                own_log[x] += b->py_x[x * ny + y] * b->log_py_x[x * ny + y];
    memcpy(q, layer->joint, n * groups * sizeof *q);
    for (size_t i = 0; i < n * groups; i++)
        q[i] = layer->px[i / groups] > 0.0 ? q[i] / layer->px[i / groups] : 0.0;
    for (size_t step = 0; step < steps; step++) {
        for (size_t g = 0; g < groups; g++) {
            double *r = log_r + g * ny;
            pg[g] = 0.0;
            memset(r, 0, ny * sizeof *r);
            for (size_t x = 0; x < n; x++) {
                const double p = layer->px[x] * q[x * groups + g];
                pg[g] += p;
                for (size_t y = 0; y < ny; y++)
                    r[y] += p * b->py_x[x * ny + y];
            }
            for (size_t y = 0; y < ny; y++)
                r[y] = log(pg[g] > 0.0 ? r[y] / pg[g] + eps : eps);
        }
        for (size_t x = 0; x < n; x++) {
            for (size_t g = 0; g < groups; g++) {
                d[g] = own_log[x];
                for (size_t y = 0; y < ny; y++)
                    d[g] -= b->py_x[x * ny + y] * log_r[g * ny + y];
                d[g] = d[g] > 0.0 ? d[g] : 0.0;
            }
            row_of(q + x * groups, &least, pg, d, beta, groups);
        }
    }

    /* A pattern in t has log(p(t|x) + eps) = log(1 + eps) at t and log(eps) elsewhere. */
    double sum = 0.0;
    for (size_t x = 0; x < n; x++) {
        double own = 0.0;
        if (!(layer->px[x] > 0.0))
            continue;
        for (size_t g = 0; g < groups; g++) {
            const double p = q[x * groups + g];
            own += p * layer->same[x * groups + g];
            sum -= layer->px[x] * (minus_x_log_x(p) + p * layer->divided[g]);
        }
        sum -= own * log1p(eps) + (layer->px[x] - own) * log(eps);
    }
    free(own_log);
    free(log_r);
    free(d);
    free(pg);
    return sum / M_LN2;
}

struct reverse {
    const struct encoder *layer;
    size_t steps;
};

static double reverse_at(double log_beta, void *arg)
{
    const struct reverse *r = arg;
    return encoder_reverse(r->layer, exp(log_beta), r->steps);
}

double encoder_reverse_beta(const struct encoder *layer, size_t steps, double low, double high,
                            int *censored)
{
    struct reverse arg = {layer, steps};
    const double octaves = log(high / low) / M_LN2;
    const size_t cells = octaves > 0.25 ? (size_t)ceil(4.0 * octaves) : 1;
    const double width = log(high / low) / (double)cells;
    double *value = room(cells + 1);
    size_t best = 0;
    for (size_t i = 0; i <= cells; i++) {
        value[i] = reverse_at(log(low) + (double)i * width, &arg);
        best = value[i] < value[best] ? i : best;
    }
    double at = log(low) + (double)best * width;
    if (best > 0 && best < cells) {
        const struct solve_point bracket[] = {
            {at - width, value[best - 1]}, {at, value[best]}, {at + width, value[best + 1]}};
        at = solve_minimum(reverse_at, &arg, bracket, 1e-6, 60).x;
    }
    if (censored)
        *censored = best == 0 || best == cells;
    free(value);
    return exp(at);
}
