#include "penalty.h"

#include <math.h>

#include "rng.h"

/*[ penalties ]*/
void penalty_decay(float *grad, const struct net_shape *shape, const float *param, float lambda)
{
    for (size_t l = 1; l <= shape->layers; l++)
        for (size_t p = shape->weight[l]; p < shape->bias[l]; p++)
            grad[p] = fmaf(lambda, param[p], grad[p]);
}

/* For n vectors of m components, the rows or the columns of W: vector i has component k at
 * w[i * step + k * next].  Sums run in order. */
static void orthonormality(float *grad, const float *w, size_t n, size_t step, size_t m,
                           size_t next, float lambda)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            float product = 0.0F;
            for (size_t k = 0; k < m; k++)
                product = fmaf(w[i * step + k * next], w[j * step + k * next], product);
            const float excess = 2.0F * lambda * (product - (i == j ? 1.0F : 0.0F));
            for (size_t k = 0; k < m; k++)
                grad[i * step + k * next] =
                    fmaf(excess, w[j * step + k * next], grad[i * step + k * next]);
        }
}

void penalty_orthonormality(float *grad, const struct net_shape *shape, const float *param,
                            float lambda)
{
    for (size_t l = 1; l <= shape->layers; l++) {
        const size_t in = shape->width[l - 1], out = shape->width[l], at = shape->weight[l];
        if (out <= in)
            orthonormality(grad + at, param + at, out, in, in, 1, lambda);
        else
            orthonormality(grad + at, param + at, in, 1, out, in, lambda);
    }
}

void penalty_noise(float *grad, size_t params, float sigma, uint64_t seed, uint32_t network,
                   uint64_t step)
{
    enum { PART = 256 };
    uint32_t word[PART];
    for (size_t at = 0; at < params; at += PART) {
        const size_t n = params - at < PART ? params - at : PART;
        rng_fill(word, n, seed, network, RNG_GRADIENT_NOISE, 0, step * params + at);
        for (size_t i = 0; i < n; i++)
            grad[at + i] = fmaf(sigma, lanes_normal(word[i]), grad[at + i]);
    }
}

void penalty_cap(float *param, const struct net_shape *shape, double cap)
{
    for (size_t l = 1; l <= shape->layers; l++)
        for (size_t o = 0; o < shape->width[l]; o++) {
            const size_t in = shape->width[l - 1];
            float *w = param + shape->weight[l] + o * in;
            double square = 0.0;
            for (size_t i = 0; i < in; i++)
                square = fma((double)w[i], (double)w[i], square);
            if (sqrt(square) > cap) {
                const float factor = (float)(cap / sqrt(square));
                for (size_t i = 0; i < in; i++)
                    w[i] *= factor;
            }
        }
}
/*[ end ]*/
