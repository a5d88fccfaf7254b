#include "clusters.h"

#include <gsl/gsl_linalg.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "odds.h"

enum { CLUSTERS = CLUSTERS_MAX, LABELS = CLUSTERS_MAX_LABELS };

/* ---- the workspace ---- */

struct clusters *clusters_alloc(const struct source *source)
{
    const size_t n = source->n, m = CLUSTERS * source->ny, nodes = n + CLUSTERS_CELLS + 1;
    if (source->ny > LABELS)
        return NULL;
    struct clusters *s = memory_array(1, sizeof *s, "workspaces");
    s->source = source;
    s->w = memory_array(n * (CLUSTERS + 3) + 2 * nodes, sizeof *s->w, "inputs of a source");
    s->log_z = s->w + n * CLUSTERS;
    s->log_a = s->log_z + n;
    s->term = s->log_a + n;
    s->node = s->term + n;
    s->value = s->node + nodes;
    s->hessian = memory_array(m * (m + 4), sizeof *s->hessian, "second derivatives");
    s->gradient = s->hessian + m * m;
    s->step = s->gradient + m;
    s->scale = s->step + m;
    s->extra = s->scale + m;
    s->order = memory_array(m, sizeof *s->order, "variables");
    return s;
}

void clusters_free(struct clusters *s)
{
    if (!s)
        return;
    free(s->order);
    free(s->hessian);
    free(s->w);
    free(s);
}

/* ---- the best weights and places of the clusters there are ---- */

void clusters_snap(struct clusters *s)
{
    const size_t width = s->source->ny - 1;
    for (size_t t = 0; t < s->k; t++)
        for (size_t x = 0; x < s->source->n; x++) {
            const double *odds = s->source->odds + x * width;
            size_t close = 0;
            for (size_t y = 0; y < width; y++) {
                const double theta = s->theta[t * width + y];
                close += fabs(odds[y] - theta) <= 4e-15 * (1.0 + fabs(theta));
            }
            if (close == width)
                memcpy(s->theta + t * width, odds, width * sizeof *odds);
        }
}

double clusters_evaluate(struct clusters *s)
{
    const struct source *b = s->source;
    double value = 0.0;
    for (size_t t = 0; t < s->k; t++) {
        odds_softmax(s->log_r + t * b->ny, s->r + t * b->ny, s->theta + t * (b->ny - 1), b->ny);
        value += exp(s->s[t]);
    }
    for (size_t x = 0; x < b->n; x++) {
        s->log_z[x] = source_row(s->w + x * s->k, b, x, s->beta, s->s, s->r, s->log_r, s->k);
        value -= b->px[x] * s->log_z[x];
    }
    return value;
}

/* 1 - r[i], from the others. */
static double rest(const double *r, size_t i, size_t ny)
{
    double sum = 0.0;
    for (size_t y = 0; y < ny; y++)
        sum += y == i ? 0.0 : r[y];
    return sum;
}

/* Gradient and Hessian of that value in the variables s, theta of each cluster.  Of the logarithm
 * l = s - beta d(x, theta) of a term of Z(x), the gradient is j = (1, beta (p(y|x) - r)), and the
 * Hessian is sum_x p(x) [(sum_t w j)(sum_t w j)' - sum_t w (j j' + l'')] + diag(q). */
static void differentiate(struct clusters *s)
{
    const struct source *b = s->source;
    const size_t k = s->k, ny = b->ny, m = k * ny;
    double wj[CLUSTERS * LABELS] = {0};
    memset(s->hessian, 0, m * m * sizeof *s->hessian);
    memset(s->gradient, 0, m * sizeof *s->gradient);
    for (size_t t = 0; t < k; t++)
        s->gradient[t * ny] = s->hessian[t * ny * m + t * ny] = exp(s->s[t]);
    for (size_t x = 0; x < b->n; x++) {
        if (b->px[x] == 0.0)
            continue;
        for (size_t t = 0; t < k; t++) {
            const double *r = s->r + t * ny, w = s->w[x * k + t];
            double j[LABELS] = {1.0}, *h = s->hessian + t * ny * m + t * ny;
            for (size_t y = 0; y < ny; y++)
                wj[t * ny + y] = 0.0;
            if (w == 0.0)
                continue;
            for (size_t y = 1; y < ny; y++)
                j[y] = s->beta * odds_difference(r[y], s->log_r[t * ny + y], b->py_x[x * ny + y],
                                                 b->log_py_x[x * ny + y]);
            for (size_t i = 0; i < ny; i++) {
                wj[t * ny + i] = w * j[i];
                s->gradient[t * ny + i] -= b->px[x] * w * j[i];
                for (size_t l = 0; l <= i; l++) {
                    const double l2 = l == 0   ? 0.0
                                      : i == l ? -s->beta * r[i] * rest(r, i, ny)
                                               : s->beta * r[i] * r[l];
                    h[i * m + l] -= b->px[x] * w * (j[i] * j[l] + l2);
                }
            }
        }
        for (size_t i = 0; i < m; i++)
            for (size_t l = 0; l <= i && wj[i] != 0.0; l++)
                s->hessian[i * m + l] += b->px[x] * wj[i] * wj[l];
    }
    for (size_t i = 0; i < m; i++)
        for (size_t l = 0; l < i; l++)
            s->hessian[l * m + i] = s->hessian[i * m + l];
}

/* The Newton step, by Cholesky factors of the Hessian, scaled to a unit diagonal and made positive
 * definite if it is not (P. E. Gill, W. Murray, M. H. Wright, "Practical Optimization", 1981).
 * decrease is twice that of the value, promised; returns by how much log c can differ from 0 at or
 * near a cluster. */
static double find_step(double *decrease, struct clusters *s)
{
    const size_t ny = s->source->ny, m = s->k * ny;
    differentiate(s);
    for (size_t i = 0; i < m; i++) {
        const double h = fabs(s->hessian[i * m + i]);
        s->scale[i] = h > 0.0 ? 1.0 / sqrt(h) : 1.0;
        s->step[i] = -s->gradient[i] * s->scale[i];
    }
    for (size_t i = 0; i < m; i++)
        for (size_t l = 0; l < m; l++)
            s->hessian[i * m + l] *= s->scale[i] * s->scale[l];
    gsl_matrix_view h = gsl_matrix_view_array(s->hessian, m, m);
    gsl_vector_view step = gsl_vector_view_array(s->step, m);
    gsl_vector_view extra = gsl_vector_view_array(s->extra, m);
    gsl_permutation order = {m, s->order};
    gsl_linalg_mcholesky_decomp(&h.matrix, &order, &extra.vector);
    gsl_linalg_mcholesky_svx(&h.matrix, &order, &step.vector);
    double off = 0.0;
    *decrease = 0.0;
    for (size_t t = 0; t < s->k; t++)
        for (size_t y = 0; y < ny; y++) {
            /* The gradient in s is q (1 - c), that in theta -q times the gradient of c. */
            const size_t i = t * ny + y;
            s->step[i] *= s->scale[i];
            *decrease -= s->gradient[i] * s->step[i];
            const double change = s->gradient[i] * (y > 0 ? s->step[i] : 1.0);
            off = fmax(off, fabs(change) * exp(-s->s[t]));
        }
    return off;
}

static void drop(struct clusters *s, size_t t)
{
    const size_t after = s->k - t - 1, width = s->source->ny - 1;
    memmove(s->s + t, s->s + t + 1, after * sizeof *s->s);
    memmove(s->theta + t * width, s->theta + (t + 1) * width, after * width * sizeof *s->theta);
    s->k--;
}

/* Drops clusters without weight and makes one of two that coincide; returns whether any. */
static int tidy(struct clusters *s)
{
    const size_t ny = s->source->ny, width = ny - 1, before = s->k;
    for (size_t t = s->k; t-- > 0;)
        if (s->s[t] < -32.0 && s->k > 1) /* a weight of 1e-14 */
            drop(s, t);
    for (size_t t = s->k; t-- > 1;)
        for (size_t u = 0; u < t; u++) {
            double *a = s->theta + u * width, *c = s->theta + t * width;
            if (s->beta * odds_apart(a, c, ny) > 1e-10)
                continue;
            const double q = exp(s->s[u]), p = exp(s->s[t]);
            for (size_t y = 0; y < width; y++)
                a[y] = (q * a[y] + p * c[y]) / (q + p);
            s->s[u] = log(q + p);
            drop(s, t);
            break;
        }
    return s->k != before;
}

void clusters_polish(struct clusters *s)
{
    const size_t ny = s->source->ny;
    const double noise = 1e-14; /* in the value */
    double value = clusters_evaluate(s), least = INFINITY, decrease;
    for (int steps = 0, stale = 0; steps < 300 && stale < 25; steps++) {
        const double off = find_step(&decrease, s);
        if (off == 0.0 || (off < 0.3 * CLUSTERS_GOAL && off > 0.2 * least))
            return; /* small, and no longer smaller with each step */
        stale = off < least || decrease > 1e-16 ? 0 : stale + 1;
        least = fmin(least, off);
        /* No weight and no odds change by more than a factor e^2 at once. */
        double old_s[CLUSTERS] = {0}, old_theta[CLUSTERS * LABELS] = {0}, most = 2.0, next;
        for (size_t i = 0; i < s->k * ny; i++)
            most = fmax(most, fabs(s->step[i]));
        memcpy(old_s, s->s, s->k * sizeof *old_s);
        memcpy(old_theta, s->theta, s->k * (ny - 1) * sizeof *old_theta);
        double length = 2.0 / most;
        for (;; length /= 2.0) {
            for (size_t t = 0; t < s->k; t++) {
                s->s[t] = old_s[t] + length * s->step[t * ny];
                for (size_t y = 1; y < ny; y++) {
                    const size_t i = t * (ny - 1) + y - 1;
                    const double to = old_theta[i] + length * s->step[t * ny + y];
                    s->theta[i] = fmax(-ODDS_FAR, fmin(ODDS_FAR, to));
                }
            }
            clusters_snap(s);
            next = clusters_evaluate(s);
            if (next <= value - 0.1 * length * decrease + noise || length < 1e-9)
                break;
        }
        value = next;
        if (tidy(s))
            value = clusters_evaluate(s);
    }
}

/* ---- one cluster more ---- */

/* Cluster k, the new one, and cluster `near`: two halves of what that was, at from -+ shift to. */
static void split(struct clusters *s, size_t near, double weight, const double *from,
                  const double *to, double shift, size_t width)
{
    const size_t k = s->k - 1;
    s->s[near] = s->s[k] = weight - M_LN2;
    for (size_t y = 0; y < width; y++) {
        s->theta[near * width + y] = from[y] - shift * (to[y] - from[y]);
        s->theta[k * width + y] = from[y] + shift * (to[y] - from[y]);
    }
}

void clusters_add(struct clusters *s, const double *theta, double e)
{
    const size_t k = s->k, ny = s->source->ny, width = ny - 1;
    size_t near = 0;
    for (size_t t = 1; t < k; t++)
        if (odds_apart(s->theta + t * width, theta, ny) <
            odds_apart(s->theta + near * width, theta, ny))
            near = t;
    double old_s[CLUSTERS], old[LABELS] = {0}, best = 0.0;
    memcpy(old_s, s->s, k * sizeof *old_s);
    memcpy(old, s->theta + near * width, width * sizeof *old);

    s->k = k + 1;
    for (size_t t = 0; t < k; t++)
        s->s[t] = old_s[t] + log1p(-e);
    s->s[k] = log(e);
    memcpy(s->theta + k * width, theta, width * sizeof *theta);
    double least = clusters_evaluate(s);
    memcpy(s->s, old_s, k * sizeof *old_s);
    double shift = 1.0;
    for (int halvings = 0; halvings < 10; halvings++, shift /= 2.0) {
        split(s, near, old_s[near], old, theta, shift, width);
        const double value = clusters_evaluate(s);
        if (value < least) {
            least = value;
            best = shift;
        }
    }
    if (best > 0.0) {
        split(s, near, old_s[near], old, theta, best, width);
        return;
    }
    for (size_t t = 0; t < k; t++)
        s->s[t] = old_s[t] + log1p(-e);
    s->s[k] = log(e);
    memcpy(s->theta + near * width, old, width * sizeof *old);
    memcpy(s->theta + k * width, theta, width * sizeof *theta);
}
