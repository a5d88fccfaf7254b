#include "relevant.h"

#include <gsl/gsl_math.h>

#include "entropy.h"
#include "memory.h"
#include "rng.h"

void relevant_make(struct dataset *d, size_t relevant, size_t bits, double probability,
                   uint64_t seed)
{
    const size_t n = (size_t)1 << bits, patterns = (size_t)1 << relevant;
    struct arrays {
        double log_odds[1 << RELEVANT_MAX_BITS];
        float py_x[1 << RELEVANT_MAX_BITS];
        uint32_t bits[1 << RELEVANT_MAX_BITS], order[1 << RELEVANT_MAX_BITS];
    } *a = memory_array(1, sizeof *a, "a rule of relevant bits");
    struct rng r;
    for (size_t k = 0; k < patterns; k++)
        a->order[k] = (uint32_t)k;
    rng_stream(&r, seed, 0, RNG_DATA);
    rng_shuffle(&r, a->order, patterns);
    const double odds = M_LN2 * (lanes_log2(probability) - lanes_log2(1.0 - probability));
    for (size_t k = 0; k < patterns; k++) {
        const int one = k < patterns / 2;
        for (size_t rest = 0; rest < n / patterns; rest++) {
            const size_t x = a->order[k] * (n / patterns) + rest;
            a->bits[x] = (uint32_t)x;
            a->py_x[x] = (float)(one ? probability : 1.0 - probability);
            a->log_odds[x] = one ? odds : -odds;
        }
    }
    *d = (struct dataset){.n = n,
                          .features = bits,
                          .classes = 2,
                          .bits = a->bits,
                          .counted = 1,
                          .py_x = a->py_x,
                          .log_odds = a->log_odds,
                          .h_y = 1.0,
                          .i_xy = 1.0 - entropy_binary(probability),
                          .memory = a};
}
