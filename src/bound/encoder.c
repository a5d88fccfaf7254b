#include "encoder.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_min.h>
#include <gsl/gsl_roots.h>
#include <gsl/gsl_sort.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "die.h"

static void *room(size_t n, size_t size)
{
    void *x = calloc(n > 0 ? n : 1, size);
    if (!x)
        die("memory is short");
    return x;
}

/* -x log x, in nats, 0 at 0 */
static double minus_x_log_x(double x)
{
    return x > 0.0 ? -x * log(x) : 0.0;
}

/* ---- the layer ---- */

/* Groups the clusters by p(y|t), (clusters, ny); group[t] is that of t.  Returns how many.  Empty
 * clusters go to the group of all others like them, which has no weight. */
static size_t make_groups(size_t *group, const double *py_t, size_t clusters, size_t ny)
{
    size_t *order = room(clusters, sizeof *order), groups = 0;
    gsl_sort_index(order, py_t, ny, clusters); /* by p(y=0|t): equal ones are near each other */
    for (size_t i = 0; i < clusters; i++) {
        const double *r = py_t + order[i] * ny;
        group[order[i]] = groups;
        for (size_t l = i; l-- > 0 && py_t[order[l] * ny] == r[0];)
            if (memcmp(py_t + order[l] * ny, r, ny * sizeof *r) == 0) {
                group[order[i]] = group[order[l]];
                break;
            }
        groups += group[order[i]] == groups;
    }
    free(order);
    return groups;
}

struct encoder *encoder_alloc(const struct bottleneck *b, const double *count, size_t clusters)
{
    const size_t n = b->n, ny = b->ny;
    double total = 0.0;
    for (size_t i = 0; i < n * clusters; i++) {
        if (!(count[i] >= 0.0))
            return NULL;
        total += count[i];
    }
    if (!(total > 0.0) || isinf(total))
        return NULL;

    struct encoder *layer = room(1, sizeof *layer);
    double *pt = room(clusters, sizeof *pt), *py_t = room(clusters * ny, sizeof *py_t);
    size_t *group = room(clusters, sizeof *group);
    layer->source = b;
    layer->px = room(n, sizeof *layer->px);
    for (size_t x = 0; x < n; x++) {
        double h = 0.0;
        for (size_t t = 0; t < clusters; t++) {
            const double p = count[x * clusters + t];
            pt[t] += p;
            layer->px[x] += p / total;
            h += minus_x_log_x(p / total);
            for (size_t y = 0; y < ny; y++)
                py_t[t * ny + y] += p * b->py_x[x * ny + y];
        }
        layer->h_t_x += fmax(0.0, h - minus_x_log_x(layer->px[x])) / M_LN2;
    }
    for (size_t t = 0; t < clusters; t++)
        for (size_t y = 0; y < ny; y++)
            py_t[t * ny + y] = pt[t] > 0.0 ? py_t[t * ny + y] / pt[t] : 0.0;

    const size_t groups = layer->groups = make_groups(group, py_t, clusters, ny);
    layer->pg = room(groups, sizeof *layer->pg);
    layer->divided = room(groups, sizeof *layer->divided);
    layer->joint = room(n * groups, sizeof *layer->joint);
    layer->same = room(n * groups, sizeof *layer->same);
    layer->d = room(n * groups, sizeof *layer->d);
    layer->q = room(n * groups, sizeof *layer->q);
    for (size_t t = 0; t < clusters; t++)
        layer->pg[group[t]] += pt[t] / total;
    for (size_t t = 0; t < clusters; t++) {
        const size_t g = group[t];
        const double share = pt[t] > 0.0 ? pt[t] / total / layer->pg[g] : 0.0;
        layer->divided[g] += minus_x_log_x(share);
        for (size_t x = 0; x < n; x++) {
            layer->joint[x * groups + g] += count[x * clusters + t] / total;
            layer->same[x * groups + g] += count[x * clusters + t] / total * share;
        }
        double log_r[BOTTLENECK_MAX_LABELS];
        for (size_t y = 0; y < ny; y++)
            log_r[y] = log(py_t[t * ny + y]);
        for (size_t x = 0; x < n; x++)
            layer->d[x * groups + g] = bottleneck_distortion(b, x, log_r);
    }
    free(group);
    free(py_t);
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

/* ---- its beta ---- */

/* q[groups] = pg exp(-beta d)/Z, and the least d.  Returns log Z + beta times the least d.  Groups
 * without weight stay without, and those too far away (e^-80) get none. */
static double row_of(double *q, double *least, const double *pg, const double *d, double beta,
                     size_t groups)
{
    double z = 0.0;
    *least = INFINITY;
    for (size_t g = 0; g < groups; g++)
        if (pg[g] > 0.0)
            *least = fmin(*least, d[g]);
    for (size_t g = 0; g < groups; g++) {
        const double exponent = beta * (d[g] - *least);
        q[g] = pg[g] > 0.0 && exponent < 80.0 ? pg[g] * exp(-exponent) : 0.0;
        z += q[g];
    }
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

double encoder_beta(const struct encoder *layer)
{
    gsl_function f = {derivative, (void *)(uintptr_t)layer};
    double low = log(1e-6), high = 0.0;
    if (derivative(low, f.params) >= 0.0)
        return 0.0;
    if (derivative(log(1e9), f.params) < 1e-13) /* rounding errors are not larger */
        return INFINITY;
    while (derivative(high, f.params) < 0.0) {
        low = high;
        high += M_LN2;
    }
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    gsl_root_fsolver_set(solver, &f, low, high);
    do {
        gsl_root_fsolver_iterate(solver);
        low = gsl_root_fsolver_x_lower(solver);
        high = gsl_root_fsolver_x_upper(solver);
    } while (gsl_root_test_interval(low, high, 1e-13, 0.0) == GSL_CONTINUE);
    const double beta = exp(gsl_root_fsolver_root(solver));
    gsl_root_fsolver_free(solver);
    return beta;
}

/* ---- the divergence of the released program ---- */

double encoder_reverse(const struct encoder *layer, double beta, size_t steps)
{
    const struct bottleneck *b = layer->source;
    const size_t n = b->n, ny = b->ny, groups = layer->groups;
    const double eps = 0x1p-52; /* numpy.spacing(1) */
    double *q = layer->q, *pg = room(groups, sizeof *pg), *d = room(groups, sizeof *d);
    double *log_r = room(groups * ny, sizeof *log_r), least;
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
            for (size_t g = 0; g < groups; g++)
                d[g] = bottleneck_distortion(b, x, log_r + g * ny);
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

double encoder_reverse_beta(const struct encoder *layer, size_t steps, double low, double high)
{
    struct reverse arg = {layer, steps};
    gsl_function f = {reverse_at, &arg};
    const double octaves = log(high / low) / M_LN2;
    const size_t cells = octaves > 0.25 ? (size_t)ceil(4.0 * octaves) : 1;
    const double width = log(high / low) / (double)cells;
    double *value = room(cells + 1, sizeof *value);
    size_t best = 0;
    for (size_t i = 0; i <= cells; i++) {
        value[i] = reverse_at(log(low) + (double)i * width, &arg);
        best = value[i] < value[best] ? i : best;
    }
    double at = log(low) + (double)best * width;
    if (best > 0 && best < cells && value[best] < value[best - 1] &&
        value[best] < value[best + 1]) {
        gsl_min_fminimizer *m = gsl_min_fminimizer_alloc(gsl_min_fminimizer_brent);
        gsl_min_fminimizer_set_with_values(m, &f, at, value[best], at - width, value[best - 1],
                                           at + width, value[best + 1]);
        for (int i = 0; i < 60; i++) {
            gsl_min_fminimizer_iterate(m);
            if (gsl_min_test_interval(gsl_min_fminimizer_x_lower(m), gsl_min_fminimizer_x_upper(m),
                                      1e-6, 0.0) == GSL_SUCCESS)
                break;
        }
        at = gsl_min_fminimizer_x_minimum(m);
        gsl_min_fminimizer_free(m);
    }
    free(value);
    return exp(at);
}
