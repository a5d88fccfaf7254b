#include "bottleneck.h"

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "clusters.h"
#include "die.h"
#include "lanes.h"
#include "odds.h"
#include "peak.h"

enum { CLUSTERS = BOTTLENECK_MAX_CLUSTERS, LABELS = BOTTLENECK_MAX_LABELS };

static void *room(size_t n, size_t size)
{
    void *x = calloc(n, size);
    if (!x)
        die("memory is short");
    return x;
}

/* ---- the source ---- */

/* Are these weights and distributions?  Returns the sum of the weights, or 0. */
static double sum_of_weights(const double *px, const double *py_x, size_t n, size_t ny)
{
    double total = 0.0;
    for (size_t x = 0; x < n; x++) {
        double sum = 0.0;
        for (size_t y = 0; y < ny; y++) {
            if (!(py_x[x * ny + y] >= 0.0))
                return 0.0;
            sum += py_x[x * ny + y];
        }
        if (!(px[x] >= 0.0) || !(fabs(sum - 1.0) <= 1e-9))
            return 0.0;
        total += px[x];
    }
    return isfinite(total) ? total : 0.0;
}

static double x_log_x(double x)
{
    return x > 0.0 ? x * log(x) : 0.0;
}

struct bottleneck *bottleneck_alloc(const double *px, const double *py_x, size_t n, size_t ny)
{
    if (n < 1 || ny < 2 || ny > LABELS)
        return NULL;
    const double total = sum_of_weights(px, py_x, n, ny);
    if (!(total > 0.0))
        return NULL;

    struct bottleneck *b = room(1, sizeof *b);
    *b = (struct bottleneck){.n = n, .ny = ny, .search = clusters_alloc(n, ny)};
    b->px = room(n, sizeof *b->px);
    b->py_x = room(n * ny, sizeof *b->py_x);
    b->minus_h = room(n, sizeof *b->minus_h);

    double h_y = 0.0, h_y_x = 0.0;
    for (size_t x = 0; x < n; x++) {
        double sum = 0.0;
        for (size_t y = 0; y < ny; y++)
            sum += py_x[x * ny + y];
        b->px[x] = px[x] / total;
        for (size_t y = 0; y < ny; y++) {
            const double p = b->py_x[x * ny + y] = py_x[x * ny + y] / sum;
            b->py[y] += b->px[x] * p;
            b->minus_h[x] += x_log_x(p);
        }
        h_y_x -= b->px[x] * b->minus_h[x];
    }
    for (size_t y = 0; y < ny; y++)
        h_y -= x_log_x(b->py[y]);
    b->h_y = h_y / M_LN2;
    b->i_xy = fmax(0.0, (h_y - h_y_x) / M_LN2);
    return b;
}

void bottleneck_free(struct bottleneck *b)
{
    if (!b)
        return;
    clusters_free(b->search);
    free(b->minus_h);
    free(b->py_x);
    free(b->px);
    free(b);
}

/* ---- encoders ---- */

void bottleneck_encoder(double *pt_x, const struct bottleneck *b,
                        const struct bottleneck_point *point)
{
    const size_t k = point->clusters;
    double log_q[CLUSTERS], log_r[CLUSTERS * LABELS] = {0};
    for (size_t t = 0; t < k; t++)
        log_q[t] = log(point->q[t]);
    for (size_t i = 0; i < k * b->ny; i++)
        log_r[i] = log(point->r[i]);
    for (size_t x = 0; x < b->n; x++)
        bottleneck_row(pt_x + x * k, b, x, point->beta, log_q, log_r, k);
}

void bottleneck_measure(double *i_x, double *i_y, const struct bottleneck *b, const double *pt_x,
                        size_t clusters)
{
    const double least = 1e-300; /* smaller shares add nothing */
    double sum_x = 0.0, sum_y = 0.0;
    for (size_t t = 0; t < clusters; t++) {
        double pt = 0.0, pty[LABELS] = {0};
        for (size_t x = 0; x < b->n; x++) {
            const double p = b->px[x] * pt_x[x * clusters + t];
            pt += p;
            for (size_t y = 0; y < b->ny; y++)
                pty[y] += p * b->py_x[x * b->ny + y];
        }
        if (!(pt > least))
            continue;
        for (size_t x = 0; x < b->n; x++) {
            const double p = pt_x[x * clusters + t];
            if (p > least)
                sum_x += b->px[x] * p * lanes_log2(p / pt);
        }
        for (size_t y = 0; y < b->ny; y++)
            if (pty[y] > least)
                sum_y += pty[y] * lanes_log2(pty[y] / pt / b->py[y]);
    }
    *i_x = fmax(0.0, sum_x);
    *i_y = fmax(0.0, sum_y);
}

/* ---- points ---- */

/* The clusters of a point as a start, their weights scaled to a sum of 1. */
static int start(struct bottleneck *b, const struct bottleneck_point *point)
{
    struct clusters *s = b->search;
    const size_t ny = b->ny;
    double sum = 0.0;
    if (point->clusters > CLUSTERS)
        return -1;
    s->k = point->clusters > 0 ? point->clusters : 1;
    for (size_t t = 0; t < s->k; t++) {
        const double q = point->clusters > 0 ? point->q[t] : 1.0;
        const double *r = point->clusters > 0 ? point->r + t * ny : b->py;
        if (!(q > 0.0) || isinf(q))
            return -1;
        s->s[t] = log(q);
        sum += q;
        for (size_t y = 0; y < ny; y++) {
            if (!(r[y] >= 0.0) || isinf(r[y]))
                return -1;
            const double odds = log(fmax(r[y], 1e-18)) - log(fmax(r[0], 1e-18));
            if (y > 0)
                s->theta[t * (ny - 1) + y - 1] = fmax(-ODDS_FAR, fmin(ODDS_FAR, odds));
        }
    }
    for (size_t t = 0; t < s->k; t++)
        s->s[t] -= log(sum);
    return 0;
}

/* Is cluster t before u in the order of p(y=1|t), then p(y=2|t), and so on? */
static int precedes(const struct bottleneck *b, size_t t, size_t u)
{
    const double *r = b->search->r;
    for (size_t y = 1; y < b->ny; y++)
        if (r[t * b->ny + y] != r[u * b->ny + y])
            return r[t * b->ny + y] < r[u * b->ny + y];
    return t < u;
}

/* Fills the point with the encoder w and what it measures. */
static void finish(struct bottleneck_point *point, const struct bottleneck *b, double bound)
{
    const struct clusters *s = b->search;
    const size_t k = s->k, ny = b->ny;
    /* I(X;T) + beta (I(X;Y) - I(T;Y)) is at least F(q) - log max c, whatever the sum of q. */
    double least = -bound;
    for (size_t x = 0; x < b->n; x++)
        least -= b->px[x] * s->log_z[x];
    point->beta = s->beta;
    bottleneck_measure(&point->i_x, &point->i_y, b, s->w, k);
    const double value = point->i_x + s->beta * (b->i_xy - point->i_y);
    point->gap = fmax(0.0, value - least / M_LN2);
    point->clusters = k;
    for (size_t t = 0; t < k; t++) {
        size_t rank = 0;
        for (size_t u = 0; u < k; u++)
            rank += (size_t)(u != t && precedes(b, u, t));
        point->q[rank] = exp(s->s[t]);
        memcpy(point->r + rank * ny, s->r + t * ny, ny * sizeof *s->r);
    }
}

/*[ solve ]*/
int bottleneck_solve(struct bottleneck_point *point, struct bottleneck *b, double beta)
{
    struct clusters *s = b->search;
    if (!(beta >= 0.0) || isinf(beta) || start(b, point) != 0)
        return -1;
    s->beta = beta;
    clusters_polish(b);
    struct peak peak = peak_find(b);
    /* Where c(r) exceeds 1, a cluster is missing. */
    for (int added = 0; peak.log_c > clusters_goal(beta) && s->k < CLUSTERS && added < 100;
         added++) {
        clusters_add(b, peak.theta, peak_weight(b, peak.theta));
        clusters_polish(b);
        peak = peak_find(b);
    }
    finish(point, b, peak.bound);
    return 0;
}
/*[ end ]*/

int bottleneck_prove(struct bottleneck_point *point, struct bottleneck *b)
{
    if (!(point->beta >= 0.0) || isinf(point->beta) || start(b, point) != 0)
        return -1;
    b->search->beta = point->beta;
    clusters_evaluate(b);
    finish(point, b, peak_find(b).bound);
    return 0;
}

/* ---- the curve between points ---- */

struct bottleneck_interval bottleneck_height(const struct bottleneck *b,
                                             const struct bottleneck_point *point, size_t n,
                                             double i_x)
{
    struct bottleneck_interval height = {0.0, fmin(i_x, b->i_xy)};
    double x0 = 0.0, y0 = 0.0; /* the point before, at first the origin */
    for (size_t i = 0; i < n; i++) {
        const double x1 = point[i].i_x, y1 = point[i].i_y;
        if (point[i].beta > 0.0)
            height.high = fmin(height.high, y1 + (i_x - x1 + point[i].gap) / point[i].beta);
        if (x1 <= i_x)
            height.low = fmax(height.low, y1);
        else if (x0 <= i_x)
            height.low = fmax(height.low, y0 + (y1 - y0) * (i_x - x0) / (x1 - x0));
        x0 = x1;
        y0 = y1;
    }
    height.low = fmin(height.low, height.high);
    return height;
}

struct bottleneck_interval bottleneck_rate(const struct bottleneck_point *point, size_t n,
                                           double i_y)
{
    struct bottleneck_interval rate = {fmax(0.0, i_y), i_y > 0.0 ? INFINITY : 0.0};
    double x0 = 0.0, y0 = 0.0;
    for (size_t i = 0; i < n; i++) {
        const double x1 = point[i].i_x, y1 = point[i].i_y;
        rate.low = fmax(rate.low, x1 - point[i].gap + point[i].beta * (i_y - y1));
        if (y0 < i_y && i_y <= y1)
            rate.high = fmin(rate.high, x0 + (x1 - x0) * (i_y - y0) / (y1 - y0));
        x0 = x1;
        y0 = y1;
    }
    rate.low = fmin(rate.low, rate.high);
    return rate;
}
