#include "bottleneck.h"

#include <gsl/gsl_math.h>
#include <string.h>

#include "certificate.h"

enum { CLUSTERS = CLUSTERS_MAX, LABELS = CLUSTERS_MAX_LABELS };

void bottleneck_encoder(double *pt_x, const struct source *source,
                        const struct bottleneck_point *point)
{
    const size_t k = point->clusters, ny = source->ny;
    double log_q[CLUSTERS], log_r[CLUSTERS * LABELS] = {0};
    for (size_t t = 0; t < k; t++) {
        log_q[t] = log(point->q[t]);
        odds_log(log_r + t * ny, point->r + t * ny, ny);
    }
    for (size_t x = 0; x < source->n; x++)
        source_row(pt_x + x * k, source, x, point->beta, log_q, point->r, log_r, k);
}

static int is_beta(double beta)
{
    return beta >= 0.0 && beta <= 1e150;
}

/* The clusters of a point as a start, their weights scaled to a sum of 1. */
static int start(struct clusters *s, const struct bottleneck_point *point)
{
    const size_t ny = s->source->ny;
    double sum = 0.0;
    if (point->clusters > CLUSTERS)
        return -1;
    s->k = point->clusters > 0 ? point->clusters : 1;
    for (size_t t = 0; t < s->k; t++) {
        const double q = point->clusters > 0 ? point->q[t] : 1.0;
        const double *r = point->clusters > 0 ? point->r + t * ny : s->source->py;
        double log_r[LABELS], total = 0.0;
        if (!(q > 0.0) || isinf(q))
            return -1;
        s->s[t] = log(q);
        sum += q;
        for (size_t y = 0; y < ny; y++) {
            if (!(r[y] >= 0.0) || isinf(r[y]))
                return -1;
            total += r[y];
        }
        if (!(fabs(total - 1.0) <= 1e-9))
            return -1;
        odds_log(log_r, r, ny);
        for (size_t y = 1; y < ny; y++) {
            /* infinite, or NaN if neither label is there */
            const double odds = fmax(log_r[y], -ODDS_FAR) - fmax(log_r[0], -ODDS_FAR);
            s->theta[t * (ny - 1) + y - 1] = fmax(-ODDS_FAR, fmin(ODDS_FAR, odds));
        }
    }
    for (size_t t = 0; t < s->k; t++)
        s->s[t] -= log(sum);
    clusters_snap(s);
    return 0;
}

/* Is cluster t before u in the order of p(y=1|t), then p(y=2|t), and so on; or, where these are equal
 * to the last digit, of the odds? */
static int precedes(const struct clusters *s, size_t t, size_t u)
{
    const size_t ny = s->source->ny;
    for (size_t y = 1; y < ny; y++)
        if (s->r[t * ny + y] != s->r[u * ny + y])
            return s->r[t * ny + y] < s->r[u * ny + y];
    for (size_t y = 0; y + 1 < ny; y++)
        if (s->theta[t * (ny - 1) + y] != s->theta[u * (ny - 1) + y])
            return s->theta[t * (ny - 1) + y] < s->theta[u * (ny - 1) + y];
    return t < u;
}

/* Fills the point with the encoder w and what it measures. */
static void finish(struct bottleneck_point *point, const struct clusters *s, double bound)
{
    const struct source *b = s->source;
    const size_t k = s->k, ny = b->ny;
    /* I(X;T) + beta (I(X;Y) - I(T;Y)) is at least F(q) - log max c, whatever the sum of q. */
    double least = -bound;
    for (size_t x = 0; x < b->n; x++)
        least -= b->px[x] * s->log_z[x];
    point->beta = s->beta;
    source_measure(&point->i_x, &point->lost, b, s->w, k);
    point->i_y = fmax(0.0, b->i_xy - point->lost);
    point->gap = fmax(0.0, point->i_x + s->beta * point->lost - least / M_LN2);
    point->clusters = k;
    for (size_t t = 0; t < k; t++) {
        size_t rank = 0;
        for (size_t u = 0; u < k; u++)
            rank += (size_t)(u != t && precedes(s, u, t));
        point->q[rank] = exp(s->s[t]);
        memcpy(point->r + rank * ny, s->r + t * ny, ny * sizeof *s->r);
    }
}

/*[ solve ]*/
int bottleneck_solve(struct bottleneck_point *point, struct clusters *work, double beta)
{
    if (!is_beta(beta) || start(work, point) != 0)
        return -1;
    work->beta = beta;
    clusters_polish(work);
    struct certificate found = certificate_find(work);
    /* Where c(r) exceeds 1, a cluster is missing. */
    for (int added = 0; found.log_c > CLUSTERS_GOAL && work->k < CLUSTERS && added < 100; added++) {
        clusters_add(work, found.theta, certificate_weight(work, found.theta));
        clusters_polish(work);
        found = certificate_find(work);
    }
    finish(point, work, found.bound);
    return 0;
}
/*[ end ]*/

int bottleneck_prove(struct bottleneck_point *point, struct clusters *work)
{
    if (!is_beta(point->beta) || start(work, point) != 0)
        return -1;
    work->beta = point->beta;
    clusters_evaluate(work);
    finish(point, work, certificate_find(work).bound);
    return 0;
}
