/* curve.h -- the bottleneck curve: its points along beta, and between them the bounds that they set
 * to any encoder.
 *
 * A curve is n points of rising beta, the caller's.  Heights are told by what is lost of the label's
 * information, I(X;Y) - I(T;Y), which has all its digits where I(T;Y) has none left.  Bits. */
#ifndef CURVE_H
#define CURVE_H

#include <stddef.h>

#include "bottleneck.h"

/* Solves the bottleneck at n >= 2 points with betas from origin + low to origin + high, high > low >
 * 0, at equal ratios of beta - origin, each from the clusters of the one before.  Returns the largest
 * gap of their certificates. */
double curve_solve(struct bottleneck_point *point, size_t n, struct clusters *work, double origin,
                   double low, double high);

/* Goes on: point[from] to point[n-1], from the beta of point[from-1] to `high`, at equal ratios.
 * Returns the largest gap of these. */
double curve_extend(struct bottleneck_point *point, size_t from, size_t n, struct clusters *work,
                    double high);

struct curve_interval {
    double low, high;
};

/* The least that an encoder with I(X;T) = i_x >= 0 must lose.  Mixtures of two encoders reach the
 * chord between their points, and that from the last point to the end of the curve, where I(X;T) is
 * source->i_end and nothing is lost; no encoder is beyond the line of slope 1/beta through a point,
 * moved by its gap. */
struct curve_interval curve_loss(const struct source *source, const struct bottleneck_point *point,
                                 size_t n, double i_x);

/* The least I(X;T) of any encoder that loses no more than `lost`, likewise; less than nothing counts
 * as nothing. */
struct curve_interval curve_rate(const struct source *source, const struct bottleneck_point *point,
                                 size_t n, double lost);

#endif
