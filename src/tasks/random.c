#include "random.h"

#include "memory.h"
#include "rng.h"

void random_make(struct dataset *d, size_t features, size_t classes, size_t n, uint64_t seed)
{
    float *x = memory_array(n * features + (n + sizeof *x - 1) / sizeof *x, sizeof *x,
                            "numbers of random inputs");
    uint8_t *label = (uint8_t *)(x + n * features); /* behind the numbers */
    struct rng r;
    rng_stream(&r, seed, 0, RNG_DATA);
    for (size_t k = 0; k < n * features; k++)
        x[k] = rng_uniform(&r);
    rng_stream(&r, seed, 1, RNG_DATA);
    for (size_t i = 0; i < n; i++)
        label[i] = (uint8_t)rng_below(&r, (uint32_t)classes);
    *d = (struct dataset){
        .n = n, .features = features, .classes = classes, .x = x, .label = label, .memory = x};
    dataset_entropies(d);
}
