#include "selftest.h"

#include <stddef.h>
#include <stdint.h>

#include "die.h"
#include "lanes.h"
#include "rng.h"

enum { N = 8 * LANES };

/* The FNV-1a hash of the bytes of x[n], least significant first. */
static uint64_t hash(const uint64_t *x, size_t n)
{
    uint64_t h = 0xcbf29ce484222325U;
    for (size_t i = 0; i < n; i++)
        for (int shift = 0; shift < 64; shift += 8)
            h = (h ^ (x[i] >> shift & 0xffU)) * 0x100000001b3U;
    return h;
}

static uint64_t hash_floats(const float x[N])
{
    uint64_t bits[N];
    for (size_t i = 0; i < N; i++)
        bits[i] = lanes_bits(x[i]);
    return hash(bits, N);
}

/* Numbers in (-4, 4) that the compiler cannot know. */
static void inputs(float x[N])
{
    static volatile uint32_t seed = 0x9E3779B9U;
    uint32_t u = seed;
    for (size_t i = 0; i < N; i++) {
        u = 1664525U * u + 1013904223U; /* Numerical Recipes' quick generator */
        x[i] = (float)((int32_t)u >> 8) * 0x1p-21F;
    }
}

static uint64_t hyperbolic(const float x[N])
{
    float y[N];
    LANES_LOOP
    for (size_t i = 0; i < N; i++)
        y[i] = lanes_tanh(x[i]);
    return hash_floats(y);
}

static uint64_t exponential(const float x[N])
{
    float y[N];
    LANES_LOOP
    for (size_t i = 0; i < N; i++)
        y[i] = lanes_exp(8.0F * x[i]);
    return hash_floats(y);
}

static uint64_t logarithm(const float x[N])
{
    uint64_t bits[N];
    for (size_t i = 0; i < N; i++) {
        const double y = lanes_log2(1.0 / 3 + (double)x[i] * (double)x[i]);
        memcpy(&bits[i], &y, sizeof y);
    }
    return hash(bits, N);
}

/* A product and a sum are rounded each, unless they are written as one. */
static uint64_t products(const float x[N])
{
    float y[N];
    for (size_t i = 0; i < N; i++)
        y[i] = x[i] * x[N - 1 - i] + x[(i + 1) % N];
    return hash_floats(y);
}

/* Sums in the order they are written, with fused multiply-adds and without. */
static uint64_t sums(const float x[N])
{
    float fused = 0.0F, plain = 0.0F, lane[LANES] = {0};
    for (size_t i = 0; i < N; i++) {
        fused = fmaf(x[i], x[N - 1 - i], fused);
        plain += x[i] * x[(5 * i) % N];
    }
    for (size_t i = 0; i < N; i += LANES)
        for (size_t l = 0; l < LANES; l++)
            lane[l] += x[i + l] / 3.0F;
    const uint64_t bits[3] = {lanes_bits(fused), lanes_bits(plain), lanes_bits(lanes_sum(lane))};
    return hash(bits, 3);
}

/* Numbers below the smallest normal one, the sign of zero, infinity and NaN. */
static uint64_t edges(const float x[N])
{
    const float zero = x[0] - x[0], tiny = fmaf(x[0], x[0], 1.0F) * 0x1p-140F;
    const uint64_t bits[6] = {lanes_bits(tiny),        lanes_bits(tiny / 3.0F),
                              lanes_bits(-zero),       lanes_bits(0.0F + -zero),
                              lanes_bits(1.0F / zero), zero / zero != zero / zero};
    return hash(bits, 6);
}

static uint64_t words(void)
{
    static struct rng r; /* large for the stack */
    uint64_t bits[N];
    rng_stream(&r, 7, 11, RNG_SHUFFLE);
    for (size_t i = 0; i < N; i++)
        bits[i] = rng_word(&r);
    return hash(bits, N);
}

const char *selftest_failure(void)
{
    /* The answers of gcc and clang, with and without optimisation, on vector units of all widths. */
    float x[N];
    inputs(x);
    if (hyperbolic(x) != 0x3d3bfc85724ccb4fU)
        return "the hyperbolic tangent";
    if (exponential(x) != 0x822fb005bd94cf4aU)
        return "the exponential";
    if (logarithm(x) != 0x65811351f350fbc6U)
        return "the logarithm";
    if (products(x) != 0x865829eaa47f45ccU)
        return "a product and a sum";
    if (sums(x) != 0x6b8bf655069a902fU)
        return "a long sum";
    if (edges(x) != 0x553c0d938158bc81U)
        return "very small numbers, zero or infinity";
    if (words() != 0x0a6c55eb6d075d27U)
        return "random words";
    return NULL;
}

void selftest(void)
{
    const char *failure = selftest_failure();
    if (failure)
        die("this program computes other bits than all others (%s): compile it again without the "
            "flags in CC, OPT or EXTRA that change arithmetic",
            failure);
}
