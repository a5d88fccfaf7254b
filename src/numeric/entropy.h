/* entropy.h -- terms and sums of entropies, in bits, on lanes_log2: the same bits everywhere. */
#ifndef ENTROPY_H
#define ENTROPY_H

#include <stddef.h>

#include "lanes.h"

/* x log2 x; 0 at 0.  Without a branch, so that loops over lanes stay vector code. */
static inline double entropy_term(double x)
{
    const double safe = x > 0.0 ? x : 1.0;
    return x * lanes_log2(safe);
}

/* Of one choice with probability p. */
static inline double entropy_binary(double p)
{
    return -(entropy_term(p) + entropy_term(1.0 - p));
}

/* Of counts[n], or of probabilities; 0 if there are none.  N H = N log N - sum n log n. */
static inline double entropy_of_counts(const double *counts, size_t n)
{
    double total = 0.0, sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        total += counts[i];
        sum += entropy_term(counts[i]);
    }
    return total > 0.0 ? lanes_log2(total) - sum / total : 0.0;
}

#endif
