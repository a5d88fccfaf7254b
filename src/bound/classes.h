/* classes.h -- the task as a source of the information bottleneck, and layers of networks as encoders
 * of it.
 *
 * p(y|x) takes TASK_CLASSES values, so the inputs of the source are the classes, weighted by their
 * sizes: the bound is the same as that of all patterns. */
#ifndef CLASSES_H
#define CLASSES_H

#include <stddef.h>
#include <stdint.h>

#include "encoder.h"
#include "icosahedron.h"
#include "source.h"

/* The smooth rule at a gamma, Eq. (eq:smooth), by the log-odds of the classes; to be freed with
 * source_free.  gamma counts to 24 bits: it comes from a root finder, and a last digit in which
 * mathematical libraries differ does not reach the curve. */
struct source *classes_source(const struct task *task, double gamma);

/* A layer as an encoder of the classes, id[k] < values being its value for pattern k (final_values);
 * to be freed with encoder_free. */
struct encoder *classes_encoder(const struct source *source, const struct task *task,
                                const uint32_t *id, size_t values);

#endif
