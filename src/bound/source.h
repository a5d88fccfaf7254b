/* source.h -- the task as a source of the information bottleneck, its curve, and layers of networks
 * as encoders of it.
 *
 * p(y|x) takes TASK_CLASSES values, so the inputs of the source are the classes, weighted by their
 * sizes: the bound is the same as that of all patterns.  Information in bits; beta has no unit (see
 * bottleneck.h). */
#ifndef SOURCE_H
#define SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "bottleneck.h"
#include "encoder.h"
#include "icosahedron.h"

/* The smooth rule at a gamma, Eq. (eq:smooth), p(y=1|x) rounded to 24 bits as in icosahedron.h; to be freed
 * with bottleneck_free. */
struct bottleneck *source_alloc(const struct task *task, double gamma);

/* Solves the bottleneck at n >= 2 points with betas from origin + low to origin + high, high > low > 0,
 * at equal ratios of beta - origin, each from the clusters of the one before.  Returns the largest
 * gap of their certificates. */
double source_curve(struct bottleneck_point *point, size_t n, struct bottleneck *b, double origin,
                    double low, double high);

/* A layer as an encoder of the classes, id[k] < values being its value for pattern k (final_values);
 * to be freed with encoder_free. */
struct encoder *source_encoder(const struct bottleneck *b, const struct task *task,
                               const uint32_t *id, size_t values);

#endif
