/* encoder.h -- a layer as an encoder p(t|x), and the beta at which the bottleneck's own equation fits
 * it best.
 *
 * Information in bits; beta has no unit (see bottleneck.h). */
#ifndef ENCODER_H
#define ENCODER_H

#include <math.h>
#include <stddef.h>

#include "source.h"

/* A layer.  Clusters with the same p(y|t), up to rounding errors, stand together as one group, as the
 * exponent of p_beta(t|x) is the same for them.  What it points to belongs to it, but the source,
 * which must outlive it. */
struct encoder {
    const struct source *source;
    size_t groups;
    double *px;      /* (n), of the counts */
    double *pg;      /* (groups) */
    double *joint;   /* (n, groups), p(x, g) */
    double *d;       /* (n, groups), D_KL[p(y|x) || p(y|g)] in nats; may be infinite */
    double *same;    /* (n, groups), sum over t in g of p(x, t) p(t|g) */
    double *divided; /* (groups), -sum over t in g of p(t|g) log p(t|g) */
    double *q;       /* (n, groups), scratch */
    double h_t_x;    /* H(T|X), X the class, in bits: 0 if no class is split */
};

/* A layer from counts: count, (source->n, clusters), has the number or weight of the patterns of
 * each class of inputs in each cluster.  NULL if a count is negative or not finite, or all are 0. */
struct encoder *encoder_alloc(const struct source *source, const double *count, size_t clusters);
void encoder_free(struct encoder *layer);

/* What the layer loses of the label's information, I(X;Y) - I(T;Y), with its own relative accuracy;
 * exactly 0 if each class, or each group of classes with one p(y|x), is alone in its clusters.  For
 * classes with the weights of the counts. */
double encoder_lost(const struct encoder *layer);

/* E_x D_KL[p(t|x) || p_beta(t|x)] in bits, x a pattern, so that p(t|x) is 0 or 1, and
 * p_beta(t|x) = p(t)/Z(x) exp(-beta D_KL[p(y|x) || p(y|t)]) with the layer's own p(t), p(y|t).
 * With x the class, and p(t|x) the shares of its patterns, it is less by layer->h_t_x.  At an infinite
 * beta, p_beta(t|x) is p(t) on the nearest p(y|t) and 0 elsewhere. */
double encoder_divergence(const struct encoder *layer, double beta);

/* The beta of least divergence.  Its derivative, E_x of the layer's mean D_KL[p(y|x) || p(y|t)]
 * less that of p_beta(t|x), rises with beta, as the divergence is convex; its zero is taken.  0 if T
 * says nothing about Y; infinite if every pattern is in a cluster of the nearest p(y|t), when the
 * divergence falls for ever.  Where clusters mix classes that are as good as certain, it is finite but
 * may be 1e40. */
double encoder_beta(const struct encoder *layer);

/* A beta above this is counted as infinite: what it turns on is worth less than 1e-9 bit about Y. */
#define ENCODER_FAR 1e9
static inline double encoder_counted(double beta)
{
    return beta > ENCODER_FAR ? (double)INFINITY : beta;
}

/* The divergence in the released program of Shwartz-Ziv and Tishby (IDNNs, source/main_fas.py,
 * 2017), in bits: from the layer, `steps` steps of the self-consistent equations give q(t|x) (theirs
 * is one: its loop passes 20 times, but never puts the new p(t|x) in place of the old), and the divergence is the reverse, E_x D_KL[q(t|x) || p(t|x) + 2^-52], with 2^-52 added
 * to p(y|t) in the logarithm, too. */
double encoder_reverse(const struct encoder *layer, double beta, size_t steps);

/* The beta of its least value: GSL's minimiser on log beta, around the best of a grid of four to
 * the octave on [low, high].  Not convex, so a minimum narrower than the grid can be missed; the
 * end of the range if the least value is there, and then *censored, unless NULL, is 1: the true value lies
 * at or beyond that end. */
double encoder_reverse_beta(const struct encoder *layer, size_t steps, double low, double high,
                            int *censored);

#endif
