#include "frontier.h"

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

/* (p0 + p1) times the entropy of its two shares, in nats, with its relative accuracy kept where one
 * share is small. */
static double spread(double p0, double p1)
{
    const double p = p0 + p1, small = fmin(p0, p1) / p;
    return small > 0.0 ? p * (minus_x_log_x(small) - (1.0 - small) * log1p(-small)) : 0.0;
}

/* ---- deterministic encoders ---- */

/* The inputs that differ in p(y|x), by rising p(y=1|x); equal ones are one atom. */
struct atoms {
    size_t n, *of;            /* of[x] is the atom of input x */
    double *p0, *p1, *spread; /* p(x, y=0), p(x, y=1) and their spread */
};

static void atoms_free(struct atoms *a)
{
    free(a->spread);
    free(a->p1);
    free(a->p0);
    free(a->of);
}

static struct atoms atoms_of(const struct bottleneck *b)
{
    struct atoms a = {.of = room(b->n, sizeof *a.of),
                      .p0 = room(b->n, sizeof *a.p0),
                      .p1 = room(b->n, sizeof *a.p1),
                      .spread = room(b->n, sizeof *a.spread)};
    double *odds = room(b->n, sizeof *odds);
    size_t *order = room(b->n, sizeof *order);
    for (size_t x = 0; x < b->n; x++)
        odds[x] = log(b->py_x[2 * x + 1]) - log(b->py_x[2 * x]);
    gsl_sort_index(order, odds, 1, b->n);
    size_t last = b->n; /* the last input with weight */
    for (size_t i = 0; i < b->n; i++) {
        const size_t x = order[i];
        if (b->px[x] > 0.0) {
            if (last == b->n || odds[x] > odds[last])
                a.n++;
            last = x;
        }
        a.of[x] = a.n > 0 ? a.n - 1 : 0;
        a.p0[a.of[x]] += b->px[x] * b->py_x[2 * x];
        a.p1[a.of[x]] += b->px[x] * b->py_x[2 * x + 1];
    }
    for (size_t i = 0; i < a.n; i++)
        a.spread[i] = spread(a.p0[i], a.p1[i]);
    free(order);
    free(odds);
    return a;
}

/*[ intervals ]*/
/* The best intervals: end[t] is one past the last atom of cluster t.  Returns how many. */
static size_t best_intervals(size_t *end, const struct atoms *a, double beta, size_t clusters)
{
    /* least[l][j]: the least cost of atoms 0..j-1 in l clusters, or in any number if that is free
     * (then one row serves); from[l][j]: where the last of them begins. */
    const size_t rows = clusters > 0 ? clusters : 1, width = a->n + 1;
    double *least = room((rows + 1) * width, sizeof *least);
    size_t *from = room((rows + 1) * width, sizeof *from);
    const double of_h = isinf(beta) ? 0.0 : 1.0, of_lost = isinf(beta) ? 1.0 : beta;
    for (size_t i = 1; i < (rows + 1) * width; i++)
        least[i] = INFINITY;
    if (clusters == 0)
        least[width] = 0.0;

    for (size_t j = 1; j <= a->n; j++) {
        double p0 = 0.0, p1 = 0.0, apart = 0.0;
        for (size_t i = j; i-- > 0;) {
            /* The cluster of the atoms i..j-1: its share of H(T) and of what is lost about Y. */
            p0 += a->p0[i];
            p1 += a->p1[i];
            apart += a->spread[i];
            const double lost = i + 1 < j ? fmax(0.0, spread(p0, p1) - apart) : 0.0;
            const double cost = of_h * minus_x_log_x(p0 + p1) + of_lost * lost;
            for (size_t l = 1; l <= rows; l++) {
                const double sum = least[(clusters > 0 ? l - 1 : l) * width + i] + cost;
                if (sum < least[l * width + j]) {
                    least[l * width + j] = sum;
                    from[l * width + j] = i;
                }
            }
        }
    }

    /* Back along the beginnings, then into rising order. */
    size_t count = 0, l = rows;
    for (size_t j = a->n; j > 0; l -= clusters > 0) {
        end[count++] = j;
        j = from[l * width + j];
    }
    for (size_t i = 0; i < count / 2; i++) {
        const size_t swap = end[i];
        end[i] = end[count - 1 - i];
        end[count - 1 - i] = swap;
    }
    free(from);
    free(least);
    return count;
}
/*[ end ]*/

static void number_clusters(size_t *cluster, const struct bottleneck *b, const struct atoms *a,
                            const size_t *end)
{
    for (size_t x = 0; x < b->n; x++) {
        cluster[x] = 0;
        while (end[cluster[x]] <= a->of[x])
            cluster[x]++;
    }
}

size_t frontier_best(size_t *cluster, const struct bottleneck *b, double beta, size_t clusters)
{
    if (b->ny != 2 || !(beta > 0.0))
        return 0;
    struct atoms a = atoms_of(b);
    size_t *end = room(a.n, sizeof *end), count = 0;
    if (clusters <= a.n) {
        count = best_intervals(end, &a, beta, clusters);
        number_clusters(cluster, b, &a, end);
    }
    free(end);
    atoms_free(&a);
    return count;
}

/* H(T) and the loss, in nats. */
static struct frontier_corner corner_of(const struct atoms *a, const size_t *end, size_t clusters)
{
    struct frontier_corner c = {.clusters = clusters};
    for (size_t t = 0, i = 0; t < clusters; t++) {
        double p0 = 0.0, p1 = 0.0, apart = 0.0;
        const size_t first = i;
        for (; i < end[t]; i++) {
            p0 += a->p0[i];
            p1 += a->p1[i];
            apart += a->spread[i];
        }
        c.i_x += minus_x_log_x(p0 + p1);
        c.lost += i > first + 1 ? fmax(0.0, spread(p0, p1) - apart) : 0.0;
    }
    return c;
}

/* An encoder on the hull, by the ends of its intervals. */
static void append(struct frontier *f, const struct bottleneck *b, const struct atoms *a,
                   const size_t *end, struct frontier_corner c)
{
    f->corner = realloc(f->corner, (f->n + 1) * sizeof *f->corner);
    f->cluster = realloc(f->cluster, (f->n + 1) * b->n * sizeof *f->cluster);
    if (!f->corner || !f->cluster)
        die("memory is short");
    number_clusters(f->cluster + f->n * b->n, b, a, end);
    f->corner[f->n++] = c;
}

/* Appends the corners between two, in order: at the beta for which the two are as good as each
 * other, the best encoder is a third, or there is none between them. */
static void append_between(struct frontier *f, const struct bottleneck *b, const struct atoms *a,
                           struct frontier_corner low, struct frontier_corner high)
{
    const double beta = (high.i_x - low.i_x) / (low.lost - high.lost);
    if (!(beta > 0.0) || isinf(beta))
        return;
    size_t *end = room(a->n, sizeof *end);
    const size_t clusters = best_intervals(end, a, beta, 0);
    const struct frontier_corner c = corner_of(a, end, clusters);
    const double value = low.i_x + beta * low.lost;
    if (c.i_x + beta * c.lost < value * (1.0 - 1e-12) && c.i_x > low.i_x && c.i_x < high.i_x) {
        append_between(f, b, a, low, c);
        append(f, b, a, end, c);
        append_between(f, b, a, c, high);
    }
    free(end);
}

struct frontier *frontier_alloc(const struct bottleneck *b)
{
    if (b->ny != 2)
        return NULL;
    struct atoms a = atoms_of(b);
    struct frontier *f = room(1, sizeof *f);
    f->inputs = b->n;
    size_t *one = room(a.n, sizeof *one), *all = room(a.n, sizeof *all);
    one[0] = a.n;
    for (size_t i = 0; i < a.n; i++)
        all[i] = i + 1;
    const struct frontier_corner low = corner_of(&a, one, 1), high = corner_of(&a, all, a.n);
    append(f, b, &a, one, low);
    append_between(f, b, &a, low, high);
    if (high.lost < f->corner[f->n - 1].lost)
        append(f, b, &a, all, high);
    for (size_t k = f->n; k-- > 0;) {
        struct frontier_corner *c = f->corner + k;
        c->beta = k > 0 ? (c->i_x - c[-1].i_x) / (c[-1].lost - c->lost) : 0.0;
    }
    for (size_t k = 0; k < f->n; k++) {
        struct frontier_corner *c = f->corner + k;
        c->i_x = k > 0 ? c->i_x / M_LN2 : 0.0;
        c->lost /= M_LN2;
        c->i_y = k > 0 ? b->i_xy - c->lost : 0.0;
    }
    free(all);
    free(one);
    atoms_free(&a);
    return f;
}

void frontier_free(struct frontier *f)
{
    if (!f)
        return;
    free(f->cluster);
    free(f->corner);
    free(f);
}

double frontier_above(const struct frontier *f, double i_x, double i_y)
{
    size_t k = 1;
    while (k < f->n && f->corner[k].i_x < i_x)
        k++;
    if (k >= f->n)
        return f->corner[f->n - 1].i_y - i_y;
    const struct frontier_corner *c = f->corner + k, *b = c - 1;
    return b->i_y + (c->i_y - b->i_y) * (i_x - b->i_x) / (c->i_x - b->i_x) - i_y;
}

double frontier_left(const struct frontier *f, double i_x, double i_y)
{
    size_t k = 1;
    while (k < f->n && f->corner[k].i_y < i_y)
        k++;
    if (k >= f->n)
        return i_x - f->corner[f->n - 1].i_x;
    const struct frontier_corner *c = f->corner + k, *b = c - 1;
    return i_x - (b->i_x + (c->i_x - b->i_x) * (i_y - b->i_y) / (c->i_y - b->i_y));
}

/* ---- the beta of a layer ---- */

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

struct frontier_layer *frontier_layer_alloc(const struct bottleneck *b, const double *count,
                                            size_t clusters)
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

    struct frontier_layer *layer = room(1, sizeof *layer);
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

void frontier_layer_free(struct frontier_layer *layer)
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

double frontier_divergence(const struct frontier_layer *layer, double beta)
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
    const struct frontier_layer *layer = arg;
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

double frontier_beta(const struct frontier_layer *layer)
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

double frontier_reverse(const struct frontier_layer *layer, double beta, size_t steps)
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
    const struct frontier_layer *layer;
    size_t steps;
};

static double reverse_at(double log_beta, void *arg)
{
    const struct reverse *r = arg;
    return frontier_reverse(r->layer, exp(log_beta), r->steps);
}

double frontier_reverse_beta(const struct frontier_layer *layer, size_t steps, double low,
                             double high)
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
