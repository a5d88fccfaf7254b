#include "certificate.h"

#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <string.h>

enum { LABELS = CLUSTERS_MAX_LABELS, MOST_CELLS = CLUSTERS_CELLS };

/* A chord serves up to this steepness. */
static const double sharp = 1e8;

/* The logarithm of the sum of exp(term[n]). */
static double log_sum(const double *term, size_t n)
{
    double top = -INFINITY, sum = 0.0;
    for (size_t x = 0; x < n; x++)
        top = fmax(top, term[x]);
    for (size_t x = 0; x < n; x++)
        if (term[x] >= top - 40.0)
            sum += exp(term[x] - top);
    return top + log(sum);
}

/* log c at the log-odds theta; the logarithms of its terms are left in term. */
static double log_c(struct clusters *s, const double *theta)
{
    const struct source *b = s->source;
    double log_r[LABELS], r[LABELS];
    odds_softmax(log_r, r, theta, b->ny);
    for (size_t x = 0; x < b->n; x++)
        s->term[x] = s->log_a[x] - s->beta * source_distortion(b, x, r, log_r);
    return log_sum(s->term, b->n);
}

/* ---- two labels: all r, with a bound ---- */

/*[ bound ]*/
/* Two labels.  In the log-odds u, log c(u) = log M(u) - beta log(1 + e^u), where M is a sum of
 * exponentials of u with positive weights, so that log M is convex.  From u to u + h it is below
 * its chord, and for the chord the maximum of log c has a closed form.  f and g are log c at the
 * two ends. */
static double cell_bound(double beta, double u, double h, double f, double g)
{
    const double r = 1.0 / (1.0 + exp(-u));
    const double slope = (g - f + beta * log1p(r * expm1(h))) / h; /* of the chord */
    const double top = slope / beta; /* the derivative is zero where r is this */
    double v = top < r ? 0.0 : top < 1.0 ? log(top / (1.0 - top)) - u : h;
    v = fmax(0.0, fmin(h, v));
    return f + slope * v - beta * log1p(r * expm1(v));
}
/*[ end ]*/

/* Where every exp(-beta d(x, r)) is far narrower than the cell, rounding errors of the chord would be
 * larger than c.  There each term is bounded by its value at the place of the cell that is nearest
 * to x, for a term falls on either side of x. */
static double sharp_bound(struct clusters *s, double u, double h)
{
    const struct source *b = s->source;
    double end[2], log_r[4], r[4];
    for (size_t i = 0; i < 2; i++) {
        end[i] = u + (double)i * h;
        odds_softmax(log_r + 2 * i, r + 2 * i, end + i, 2);
    }
    for (size_t x = 0; x < b->n; x++) {
        const size_t i = b->odds[x] > end[1];
        const int outside = b->odds[x] < end[0] || b->odds[x] > end[1];
        s->term[x] = s->log_a[x];
        if (outside)
            s->term[x] -= s->beta * source_distortion(b, x, r + 2 * i, log_r + 2 * i);
    }
    return log_sum(s->term, b->n);
}

/* How steep exp(-beta d) can be in the cell: beta r (1 - r) at the r next to 1/2. */
static double steepness(double beta, double u, double h)
{
    const double v = exp(-fabs(fmax(u, fmin(0.0, u + h))));
    return beta * v / gsl_pow_2(1.0 + v);
}

/* Halves the cell until its bound is good enough or below a maximum found elsewhere. */
static void search_cell(struct certificate *found, struct clusters *s, double u, double h, double f,
                        double g)
{
    const double bound = s->beta == 0.0                     ? f
                         : steepness(s->beta, u, h) > sharp ? sharp_bound(s, u, h)
                                                            : cell_bound(s->beta, u, h, f, g);
    if (bound <= fmax(found->log_c, 0.0) + found->slack || h < 1e-12) {
        found->bound = fmax(found->bound, bound);
        return;
    }
    const double middle = u + 0.5 * h, value = log_c(s, &middle);
    if (value > found->log_c) {
        found->log_c = value;
        found->theta[0] = middle;
    }
    search_cell(found, s, u, 0.5 * h, f, value);
    search_cell(found, s, middle, 0.5 * h, value, g);
}

/* The ends of the cells: equal steps of asin sqrt(r), where every exp(-beta d) is equally wide; where
 * that would be too many, the inputs too, one of which is next to every maximum.  Returns how many
 * there are. */
static size_t place_nodes(struct clusters *s)
{
    const struct source *b = s->source;
    const double wanted = 16.0 + 8.0 * sqrt(s->beta);
    const size_t cells = wanted < MOST_CELLS ? (size_t)wanted : MOST_CELLS;
    size_t n = 0;
    s->node[n++] = -ODDS_FAR;
    for (size_t i = 1; i < cells; i++)
        s->node[n++] = 2.0 * log(tan(M_PI_2 * (double)i / (double)cells));
    for (size_t x = 0; x < b->n && cells == MOST_CELLS; x++)
        if (fabs(b->odds[x]) < ODDS_FAR)
            s->node[n++] = b->odds[x];
    s->node[n++] = ODDS_FAR;
    gsl_sort(s->node, 1, n);
    return n;
}

static void search_interval(struct certificate *found, struct clusters *s)
{
    const size_t n = place_nodes(s);
    for (size_t i = 0; i < n; i++) {
        s->value[i] = log_c(s, s->node + i);
        if (s->value[i] > found->log_c) {
            found->log_c = s->value[i];
            found->theta[0] = s->node[i];
        }
    }
    /* Of a maximum well above 0, and so no proof, only the place matters. */
    found->slack += 0.05 * fmax(found->log_c, 0.0);
    /* M never falls with u, so that below the first node log c grows by beta log(1 + e^-ODDS_FAR) at
     * most; above the last node it is the same with the labels exchanged. */
    found->bound = fmax(s->value[0], s->value[n - 1]) + s->beta * log1p(exp(-ODDS_FAR));
    for (size_t i = 0; i + 1 < n; i++)
        if (s->node[i + 1] > s->node[i])
            search_cell(found, s, s->node[i], s->node[i + 1] - s->node[i], s->value[i],
                        s->value[i + 1]);
}

/* ---- more labels ---- */

/* Climbs from the p(y|x) of every input, by r <- the mean of p(y|x) under the terms of c(r), which
 * never lowers c.  This finds maxima and proves nothing. */
static void search_simplex(struct certificate *found, struct clusters *s)
{
    const struct source *b = s->source;
    const size_t ny = b->ny;
    for (size_t start = 0; start < b->n; start++) {
        double theta[LABELS], r[LABELS], last = -INFINITY, value = 0.0;
        for (size_t y = 0; y < ny; y++)
            r[y] = 0.99 * b->py_x[start * ny + y] + 0.01 * b->py[y];
        for (int climbs = 0; climbs < 500; climbs++) {
            for (size_t y = 1; y < ny; y++)
                theta[y - 1] = fmax(-ODDS_FAR, fmin(ODDS_FAR, log(r[y]) - log(r[0])));
            value = log_c(s, theta);
            if (!(value > last + 1e-13))
                break;
            last = value;
            memset(r, 0, sizeof r);
            for (size_t x = 0; x < b->n; x++)
                for (size_t y = 0; y < ny; y++)
                    r[y] += exp(s->term[x] - value) * b->py_x[x * ny + y];
            for (size_t y = 0; y < ny; y++)
                r[y] = fmax(r[y], 1e-18);
        }
        if (value > found->log_c) {
            found->log_c = value;
            memcpy(found->theta, theta, (ny - 1) * sizeof *theta);
        }
    }
    found->bound = INFINITY;
}

struct certificate certificate_find(struct clusters *s)
{
    struct certificate found = {.log_c = -INFINITY, .slack = CLUSTERS_GOAL};
    for (size_t x = 0; x < s->source->n; x++)
        s->log_a[x] = log(s->source->px[x]) - s->log_z[x];
    if (s->source->ny == 2)
        search_interval(&found, s);
    else
        search_simplex(&found, s);
    return found;
}

double certificate_weight(struct clusters *s, const double *theta)
{
    const struct source *b = s->source;
    const double *term = s->term;
    double low = 0.0, high = 1.0, e = 1e-3;
    log_c(s, theta);
    for (int steps = 0; steps < 60 && high - low > 1e-3 * low; steps++) {
        double slope = 0.0, curve = 0.0;
        for (size_t x = 0; x < b->n; x++) {
            if (b->px[x] == 0.0)
                continue;
            const double ratio = expm1(fmin(term[x] - log(b->px[x]), 600.0));
            const double change = ratio / (1.0 + e * ratio);
            slope -= b->px[x] * change;
            curve += b->px[x] * change * change;
        }
        *(slope < 0.0 ? &low : &high) = e;
        e -= slope / curve;
        if (!(e > low && e < high))
            e = low > 0.0 ? sqrt(low * high) : 0.01 * high;
    }
    return e;
}
