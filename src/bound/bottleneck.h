/* bottleneck.h -- the information-bottleneck curve, each point with a proof of optimality.
 *
 * For a source p(x), p(y|x) and a beta, the encoder p(t|x) of least I(X;T) - beta I(T;Y)
 * (N. Tishby, F. C. Pereira, W. Bialek, "The information bottleneck method", Allerton 1999).  This
 * is the rate-distortion problem whose reproductions are all distributions r on the labels, with
 * the distortion d(x, r) = D_KL[p(y|x) || r]; in the weights q(r) it is convex.  With
 *
 *     Z(x) = sum_r q(r) exp(-beta d(x, r)),       F(q) = -sum_x p(x) log Z(x),
 *     c(r) = sum_x p(x) exp(-beta d(x, r)) / Z(x),
 *
 * no encoder at all is below F(q) - log max_r c(r) - beta I(X;Y), whatever q (R. E. Blahut,
 * "Computation of channel capacity and rate-distortion functions", IEEE Trans. Inform. Theory 18,
 * 1972, Theorem 6, after S. Arimoto, ibid.; for all r at once I. Csiszar, "On the computation of
 * rate-distortion functions", ibid. 20, 1974).  The best q sits on few r (K. Rose, "A mapping
 * approach to rate-distortion computation and analysis", ibid. 40, 1994): the clusters.
 *
 * Information in bits; d, F and log c in nats; beta has no unit. */
#ifndef BOTTLENECK_H
#define BOTTLENECK_H

#include <math.h>
#include <stddef.h>

enum { BOTTLENECK_MAX_LABELS = 4, BOTTLENECK_MAX_CLUSTERS = 64 };

struct clusters;

/* A source.  What it points to belongs to it. */
struct bottleneck {
    size_t n, ny;
    double *px;                       /* (n), sums to 1 */
    double *py_x;                     /* (n, ny), rows sum to 1 */
    double *minus_h;                  /* (n), sum_y p(y|x) log p(y|x), in nats */
    double py[BOTTLENECK_MAX_LABELS]; /* (ny) */
    double i_xy, h_y;                 /* I(X;Y) and H(Y) */
    struct clusters *search;          /* scratch of bottleneck_solve: clusters.h */
};

/* A source of n inputs with weights px[n], which need not sum to 1, and p(y|x) in py_x, (n, ny).
 * NULL if there is no input or not 2 to BOTTLENECK_MAX_LABELS labels, if a number is negative or
 * not finite, if all weights are 0, or if a row does not sum to 1 within 1e-9. */
struct bottleneck *bottleneck_alloc(const double *px, const double *py_x, size_t n, size_t ny);
void bottleneck_free(struct bottleneck *b);

/* A point of the curve, and the encoder that reaches it. */
struct bottleneck_point {
    double beta;
    double i_x, i_y; /* I(X;T) and I(T;Y) of the encoder */
    /* I(X;T) - beta I(T;Y) is proven to be at most this above the least possible, up to rounding
     * errors of the order of 1e-16 (1 + beta).  Infinite where nothing is proven, which is so for
     * more than two labels. */
    double gap;
    size_t clusters;                                           /* values of T */
    double q[BOTTLENECK_MAX_CLUSTERS];                         /* (clusters), p(t) */
    double r[BOTTLENECK_MAX_CLUSTERS * BOTTLENECK_MAX_LABELS]; /* (clusters, ny), p(y|t) */
};

/* The optimum at beta >= 0.  The search starts from the clusters in *point, such as those of a
 * neighbouring beta, or from one cluster if point->clusters is 0.  The result has the clusters with
 * weight, by rising p(y=1|t).  With two labels it is the global optimum whatever the start, and
 * point->gap, near 1e-11 for a beta up to 1000, proves it; it is large if BOTTLENECK_MAX_CLUSTERS
 * were too few.  With more labels it is the best of climbs of c(r) from all inputs.  Two threads
 * need two sources.  Returns 0, or -1 for a bad beta or start, and *point as it was. */
int bottleneck_solve(struct bottleneck_point *point, struct bottleneck *b, double beta);

/* Leaves beta and the clusters as they are, another program's perhaps, but for their order and the
 * sum of q, and fills in the point of their encoder and its gap.  The gap of an encoder that is far
 * from optimal may be 5 % too large.  Returns 0, or -1 for a bad beta or bad clusters. */
int bottleneck_prove(struct bottleneck_point *point, struct bottleneck *b);

/* The encoder of a point, first line of Eq. (eq:ib): pt_x is (n, clusters), its rows sum to 1. */
void bottleneck_encoder(double *pt_x, const struct bottleneck *b,
                        const struct bottleneck_point *point);

/* I(X;T) and I(T;Y) of any encoder pt_x, (n, clusters). */
void bottleneck_measure(double *i_x, double *i_y, const struct bottleneck *b, const double *pt_x,
                        size_t clusters);

/* d(x, r) of input x, from log_r[ny].  Infinite if r excludes a label that x has. */
static inline double bottleneck_distortion(const struct bottleneck *b, size_t x,
                                           const double *log_r)
{
    double d = b->minus_h[x];
    for (size_t y = 0; y < b->ny; y++)
        if (b->py_x[x * b->ny + y] > 0.0)
            d -= b->py_x[x * b->ny + y] * log_r[y];
    return d > 0.0 ? d : 0.0;
}

/* One row of the encoder for given clusters: w[t] = q[t] exp(-beta d(x, r_t))/Z(x), from log_q[k]
 * and log_r, (k, ny).  Returns log Z(x). */
static inline double bottleneck_row(double *w, const struct bottleneck *b, size_t x, double beta,
                                    const double *log_q, const double *log_r, size_t k)
{
    double top = -INFINITY, sum = 0.0;
    for (size_t t = 0; t < k; t++) {
        w[t] = log_q[t];
        if (beta > 0.0)
            w[t] -= beta * bottleneck_distortion(b, x, log_r + t * b->ny);
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

/* Bounds on the curve from n points of rising beta. */
struct bottleneck_interval {
    double low, high;
};

/* The largest I(T;Y) of any encoder with I(X;T) = i_x >= 0.  Mixtures of two encoders reach the
 * chord between their points; no encoder is above the line of slope 1/beta through a point, moved
 * by its gap. */
struct bottleneck_interval bottleneck_height(const struct bottleneck *b,
                                             const struct bottleneck_point *point, size_t n,
                                             double i_x);

/* The least I(X;T) of any encoder with I(T;Y) = i_y, likewise; high is infinite above the last
 * point. */
struct bottleneck_interval bottleneck_rate(const struct bottleneck_point *point, size_t n,
                                           double i_y);

#endif
