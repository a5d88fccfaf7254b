#include "parity.h"

#include "memory.h"

void parity_make(struct dataset *d, size_t bits)
{
    const size_t n = (size_t)1 << bits;
    uint32_t *x = memory_array(2 * n, sizeof *x, "patterns"); /* patterns, then labels */
    uint8_t *label = (uint8_t *)(x + n);
    for (uint32_t i = 0; i < n; i++) {
        x[i] = i;
        for (uint32_t left = i; left > 0; left &= left - 1)
            label[i] ^= 1;
    }
    *d = (struct dataset){.n = n,
                          .features = bits,
                          .classes = 2,
                          .bits = x,
                          .counted = 1,
                          .label = label,
                          .memory = x};
    dataset_entropies(d);
}
