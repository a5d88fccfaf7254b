/* relevant.h -- a rule that looks at some of the bits only: the others can be forgotten without loss.
 *
 * Inputs are all patterns of `bits` bits, equally likely.  The first `relevant` of them decide: half of
 * their 2^relevant patterns, drawn by the seed, have the label 1, the others 0, each with the given
 * probability.  I(X;Y) = 1 - h(probability) bits. */
#ifndef RELEVANT_H
#define RELEVANT_H

#include <stdint.h>

#include "dataset.h"

enum { RELEVANT_MAX_BITS = 16 };

/* 1 <= relevant <= bits <= RELEVANT_MAX_BITS, 1/2 < probability < 1.  The order of the patterns is
 * rng_shuffle's of stream 0 of the seed; the first half have the label 1.  To be freed with
 * dataset_free. */
void relevant_make(struct dataset *d, size_t relevant, size_t bits, double probability,
                   uint64_t seed);

#endif
