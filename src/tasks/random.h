/* random.h -- images of noise, for tests and for measuring speed. */
#ifndef RANDOM_H
#define RANDOM_H

#include "dataset.h"

/* n inputs of numbers from [0, 1), word i of stream 0 of the seed being number i of all, and labels
 * from stream 1, one after the other: rng_below of rng_stream's network 1.  To be freed with
 * dataset_free. */
void random_make(struct dataset *d, size_t features, size_t classes, size_t n, uint64_t seed);

#endif
