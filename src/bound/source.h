/* source.h -- the source of the information bottleneck: inputs x with weights p(x) and label
 * distributions p(y|x).  It never changes, so that threads can share it; what a search needs besides
 * is its own (clusters.h).
 *
 * p(y|x) is kept with its logarithms and log-odds, each to full relative accuracy, however near to 0
 * or 1: the divergences of labels that are as good as certain are then exact, too, and the
 * bottleneck can be solved up to the beta at which the last two inputs part (odds.h).
 *
 * Information in bits; divergences in nats. */
#ifndef SOURCE_H
#define SOURCE_H

#include <stddef.h>

#include "odds.h"

enum { SOURCE_MAX_LABELS = ODDS_MAX_LABELS };

/* What it points to belongs to it. */
struct source {
    size_t n, ny;
    double *px;                   /* (n), sums to 1 */
    double *py_x, *log_py_x;      /* (n, ny), p(y|x), rows sum to 1, and its logarithm */
    double *odds;                 /* (n, ny-1), log p(y|x)/p(0|x) */
    double py[SOURCE_MAX_LABELS]; /* (ny) */
    double i_xy, h_y;             /* I(X;Y) and H(Y) */
    /* Where the curve ends: the least I(X;T) with I(T;Y) = I(X;Y), which is the entropy of x when all x
     * of one p(y|x) are taken for one (O. Shamir, S. Sabato, N. Tishby, "Learning and generalization
     * with the information bottleneck", Theor. Comput. Sci. 411, 2010: the minimal sufficient
     * statistic). */
    double i_end;
};

/* A source of n inputs with weights px[n], which need not sum to 1, and p(y|x) in py_x, (n, ny).  The
 * likeliest label of an input counts as 1 less the others.  NULL if there is no input or not 2 to
 * SOURCE_MAX_LABELS labels, if a number is negative or not finite, if all weights are 0, or if a row
 * does not sum to 1 within 1e-9. */
struct source *source_alloc(const double *px, const double *py_x, size_t n, size_t ny);

/* The same from log-odds, (n, ny-1), which may be infinite for two labels, but not NaN. */
struct source *source_alloc_odds(const double *px, const double *odds, size_t n, size_t ny);
void source_free(struct source *s);

/* d(x, r) = D_KL[p(y|x) || r] from r and its logarithm, (ny), without cancellation.  Infinite if r
 * excludes a label that x has. */
static inline double source_distortion(const struct source *s, size_t x, const double *r,
                                       const double *log_r)
{
    const double *p = s->py_x + x * s->ny, *log_p = s->log_py_x + x * s->ny;
    if (s->ny == 2) { /* a short cut for distant r; o is the less likely label */
        const size_t o = (size_t)(p[1] <= p[0]), k = 1 - o;
        if (p[o] == 0.0)
            return -log_r[k];
        const double v = (log_r[o] - log_r[k]) - (log_p[o] - log_p[k]);
        if (fabs(v) > 0.5)
            return r[k] > 0.0 ? log_p[k] - log_r[k] - p[o] * v : (double)INFINITY;
    }
    double d = 0.0;
    for (size_t y = 0; y < s->ny; y++)
        d += odds_part(p[y], log_p[y], r[y], log_r[y]);
    return d;
}

/* The mean r of p(y|x) under weights share[n], not all 0, and its logarithm.  Exactly p(y|x) of the
 * only x with weight. */
void source_mean(double *r, double *log_r, const struct source *s, const double *share);

/* One row of the encoder for given clusters: w[t] = q[t] exp(-beta d(x, r_t))/Z(x), from log_q[k],
 * r and log_r, (k, ny).  Returns log Z(x). */
double source_row(double *w, const struct source *s, size_t x, double beta, const double *log_q,
                  const double *r, const double *log_r, size_t k);

/* I(X;T) of any encoder pt_x, (n, clusters), whose rows sum to 1, and what it loses, I(X;Y) - I(T;Y),
 * with its own relative accuracy: the mean of d(x, p(y|t)). */
void source_measure(double *i_x, double *lost, const struct source *s, const double *pt_x,
                    size_t clusters);

#endif
