#include "source.h"

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "entropy.h"
#include "memory.h"

/* ---- making one ---- */

/* The sum of the weights, or 0 if they are none. */
static double sum_of(const double *px, size_t n)
{
    double total = 0.0;
    for (size_t x = 0; x < n; x++) {
        if (!(px[x] >= 0.0))
            return 0.0;
        total += px[x];
    }
    return isfinite(total) ? total : 0.0;
}

static struct source *empty(const double *px, size_t n, size_t ny)
{
    const double total = n > 0 && ny >= 2 && ny <= SOURCE_MAX_LABELS ? sum_of(px, n) : 0.0;
    if (!(total > 0.0))
        return NULL;
    struct source *s = memory_array(1, sizeof *s, "sources");
    s->n = n;
    s->ny = ny;
    s->px = memory_array(n, sizeof *s->px, "inputs");
    s->py_x = memory_array(n * ny, sizeof *s->py_x, "inputs");
    s->log_py_x = memory_array(n * ny, sizeof *s->log_py_x, "inputs");
    s->odds = memory_array(n * (ny - 1), sizeof *s->odds, "inputs");
    for (size_t x = 0; x < n; x++)
        s->px[x] = px[x] / total;
    return s;
}

/* Fills in what follows from p(x) and p(y|x). */
static struct source *complete(struct source *s)
{
    const size_t ny = s->ny;
    double log_py[SOURCE_MAX_LABELS], i_xy = 0.0, i_end = 0.0;
    source_mean(s->py, log_py, s, s->px);
    for (size_t x = 0; x < s->n; x++)
        if (s->px[x] > 0.0)
            i_xy += s->px[x] * source_distortion(s, x, s->py, log_py);
    for (size_t y = 0; y < ny; y++)
        s->h_y -= entropy_term(s->py[y]);
    size_t *group = memory_array(s->n, sizeof *group, "inputs");
    double *weight = memory_array(s->n, sizeof *weight, "inputs");
    odds_groups(group, s->log_py_x, s->n, ny);
    for (size_t x = 0; x < s->n; x++)
        weight[group[x]] += s->px[x];
    for (size_t x = 0; x < s->n; x++)
        i_end -= entropy_term(weight[x]);
    free(weight);
    free(group);
    s->i_xy = i_xy / M_LN2;
    s->i_end = fmax(0.0, i_end);
    return s;
}

struct source *source_alloc(const double *px, const double *py_x, size_t n, size_t ny)
{
    struct source *s = empty(px, n, ny);
    for (size_t x = 0; s && x < n; x++) {
        const double *p = py_x + x * ny;
        double sum = 0.0, *log_p = s->log_py_x + x * ny;
        int negative = 0;
        for (size_t y = 0; y < ny; y++) {
            negative |= !(p[y] >= 0.0);
            sum += p[y];
        }
        if (negative || !(fabs(sum - 1.0) <= 1e-9)) {
            source_free(s);
            return NULL;
        }
        for (size_t y = 0; y < ny; y++)
            s->py_x[x * ny + y] = p[y] / sum;
        odds_log(log_p, s->py_x + x * ny, ny);
        for (size_t y = 1; y < ny; y++)
            s->odds[x * (ny - 1) + y - 1] = log_p[y] - log_p[0];
    }
    return s ? complete(s) : NULL;
}

struct source *source_alloc_odds(const double *px, const double *odds, size_t n, size_t ny)
{
    struct source *s = empty(px, n, ny);
    for (size_t i = 0; s && i < n * (ny - 1); i++)
        if (isnan(odds[i]) || (isinf(odds[i]) && ny > 2)) {
            source_free(s);
            return NULL;
        }
    if (!s)
        return NULL;
    memcpy(s->odds, odds, n * (ny - 1) * sizeof *odds);
    for (size_t x = 0; x < n; x++)
        odds_softmax(s->log_py_x + x * ny, s->py_x + x * ny, odds + x * (ny - 1), ny);
    return complete(s);
}

void source_free(struct source *s)
{
    if (!s)
        return;
    free(s->odds);
    free(s->log_py_x);
    free(s->py_x);
    free(s->px);
    free(s);
}

/* ---- encoders ---- */

void source_mean(double *r, double *log_r, const struct source *s, const double *share)
{
    /* As a multiple of p(y|x) of the heaviest x: what is far smaller does not get lost. */
    const size_t ny = s->ny;
    size_t top = 0;
    double sum = 0.0;
    for (size_t x = 0; x < s->n; x++) {
        sum += share[x];
        top = share[x] > share[top] ? x : top;
    }
    for (size_t y = 0; y < ny; y++) {
        const double p = s->py_x[top * ny + y], log_p = s->log_py_x[top * ny + y];
        double more = 0.0;
        for (size_t x = 0; x < s->n; x++)
            if (x != top && share[x] > 0.0)
                more += share[x] / sum *
                        odds_difference(p, log_p, s->py_x[x * ny + y], s->log_py_x[x * ny + y]);
        r[y] = p + more;
        log_r[y] = p > 0.0 ? log_p + log1p(more / p) : log(more);
    }
}

double source_row(double *w, const struct source *s, size_t x, double beta, const double *log_q,
                  const double *r, const double *log_r, size_t k)
{
    double top = -INFINITY, sum = 0.0;
    for (size_t t = 0; t < k; t++) {
        w[t] = log_q[t];
        if (beta > 0.0)
            w[t] -= beta * source_distortion(s, x, r + t * s->ny, log_r + t * s->ny);
        top = fmax(top, w[t]);
    }
    for (size_t t = 0; t < k; t++) {
        w[t] = exp(w[t] - top);
        sum += w[t];
    }
    for (size_t t = 0; t < k; t++)
        w[t] /= sum;
    return top + log(sum);
}

void source_measure(double *i_x, double *lost, const struct source *s, const double *pt_x,
                    size_t clusters)
{
    const double least = 1e-300; /* smaller shares add nothing */
    double sum_x = 0.0, sum_lost = 0.0, *share = memory_array(s->n, sizeof *share, "inputs");
    for (size_t t = 0; t < clusters; t++) {
        double pt = 0.0, r[SOURCE_MAX_LABELS], log_r[SOURCE_MAX_LABELS];
        for (size_t x = 0; x < s->n; x++) {
            share[x] = s->px[x] * pt_x[x * clusters + t];
            pt += share[x];
        }
        if (!(pt > least))
            continue;
        source_mean(r, log_r, s, share);
        for (size_t x = 0; x < s->n; x++)
            if (share[x] > least) {
                sum_x += share[x] * lanes_log2(pt_x[x * clusters + t] / pt);
                sum_lost += share[x] * source_distortion(s, x, r, log_r);
            }
    }
    free(share);
    *i_x = fmax(0.0, sum_x);
    *lost = sum_lost / M_LN2;
}
