#include "peak.h"

#include <gsl/gsl_math.h>
#include <string.h>

#include "odds.h"

enum { LABELS = BOTTLENECK_MAX_LABELS };

/* log c at the log-odds theta; the logarithms of its terms are left in term. */
static double log_c(const struct bottleneck *b, const double *theta)
{
    const struct clusters *s = b->search;
    double log_r[LABELS], r[LABELS], top = -INFINITY, sum = 0.0;
    odds_softmax(log_r, r, theta, b->ny);
    for (size_t x = 0; x < b->n; x++) {
        s->term[x] = s->log_a[x] - s->beta * bottleneck_distortion(b, x, log_r);
        top = fmax(top, s->term[x]);
    }
    for (size_t x = 0; x < b->n; x++)
        if (s->term[x] > top - 40.0)
            sum += exp(s->term[x] - top);
    return top + log(sum);
}

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

/* Halves the cell until its bound is good enough or below a maximum found elsewhere. */
static void search_cell(struct peak *peak, const struct bottleneck *b, double u, double h, double f,
                        double g)
{
    const double bound = b->search->beta > 0.0 ? cell_bound(b->search->beta, u, h, f, g) : f;
    if (bound <= fmax(peak->log_c, 0.0) + peak->slack || h < 1e-12) {
        peak->bound = fmax(peak->bound, bound);
        return;
    }
    const double middle = u + 0.5 * h, value = log_c(b, &middle);
    if (value > peak->log_c) {
        peak->log_c = value;
        peak->theta[0] = middle;
    }
    search_cell(peak, b, u, 0.5 * h, f, value);
    search_cell(peak, b, middle, 0.5 * h, value, g);
}

/* Two labels: all r, with a bound. */
static void search_interval(struct peak *peak, const struct bottleneck *b)
{
    /* Nodes at equal steps of asin sqrt(r), where every exp(-beta d) is equally wide. */
    enum { MOST = 1024 };
    const double beta = b->search->beta, wanted = 16.0 + 8.0 * sqrt(beta);
    const size_t cells = wanted < MOST ? (size_t)wanted : MOST;
    double node[MOST + 1], value[MOST + 1];
    for (size_t i = 0; i <= cells; i++) {
        const double odds = i > 0 ? 2.0 * log(tan(M_PI_2 * (double)i / (double)cells)) : -ODDS_FAR;
        node[i] = i < cells ? odds : ODDS_FAR;
        value[i] = log_c(b, node + i);
        if (value[i] > peak->log_c) {
            peak->log_c = value[i];
            peak->theta[0] = node[i];
        }
    }
    /* Of a maximum well above 0, and so no proof, only the place matters. */
    peak->slack += 0.05 * fmax(peak->log_c, 0.0);
    /* M never falls with u, so that below the first node log c grows by beta log(1 + e^-ODDS_FAR) at
     * most; above the last node it is the same with the labels exchanged. */
    peak->bound = fmax(value[0], value[cells]) + beta * log1p(exp(-ODDS_FAR));
    for (size_t i = 0; i < cells; i++)
        search_cell(peak, b, node[i], node[i + 1] - node[i], value[i], value[i + 1]);
}

/* More labels: climbs from the p(y|x) of every input, by r <- the mean of p(y|x) under the terms of
 * c(r), which never lowers c.  This finds maxima and proves nothing. */
static void search_simplex(struct peak *peak, const struct bottleneck *b)
{
    const size_t ny = b->ny;
    for (size_t start = 0; start < b->n; start++) {
        double theta[LABELS], r[LABELS], last = -INFINITY, value = 0.0;
        for (size_t y = 0; y < ny; y++)
            r[y] = 0.99 * b->py_x[start * ny + y] + 0.01 * b->py[y];
        for (int climbs = 0; climbs < 500; climbs++) {
            for (size_t y = 1; y < ny; y++)
                theta[y - 1] = fmax(-ODDS_FAR, fmin(ODDS_FAR, log(r[y]) - log(r[0])));
            value = log_c(b, theta);
            if (!(value > last + 1e-13))
                break;
            last = value;
            memset(r, 0, sizeof r);
            for (size_t x = 0; x < b->n; x++)
                for (size_t y = 0; y < ny; y++)
                    r[y] += exp(b->search->term[x] - value) * b->py_x[x * ny + y];
            for (size_t y = 0; y < ny; y++)
                r[y] = fmax(r[y], 1e-18);
        }
        if (value > peak->log_c) {
            peak->log_c = value;
            memcpy(peak->theta, theta, (ny - 1) * sizeof *theta);
        }
    }
    peak->bound = INFINITY;
}

struct peak peak_find(struct bottleneck *b)
{
    struct clusters *s = b->search;
    struct peak peak = {.log_c = -INFINITY, .slack = clusters_goal(s->beta)};
    for (size_t x = 0; x < b->n; x++)
        s->log_a[x] = log(b->px[x]) - s->log_z[x];
    if (b->ny == 2)
        search_interval(&peak, b);
    else
        search_simplex(&peak, b);
    return peak;
}

double peak_weight(const struct bottleneck *b, const double *theta)
{
    const double *term = b->search->term;
    double low = 0.0, high = 1.0, e = 1e-3;
    log_c(b, theta);
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
