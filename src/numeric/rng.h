/* rng.h -- random numbers: the counter-based generator Philox4x32-10.
 *
 * Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as
 * 1, 2, 3", SC11 (2011).  Block i of a stream is a pure function of its key and of i, so streams
 * are independent by construction and need no jumping ahead: the key is the seed, the upper half of
 * the counter the network and the purpose, the lower half the place in the stream.
 *
 * The first block of key 0, counter 0 is 6627e8d5 e169c58d bc57ac4c 9b00dbd8 (the authors' known
 * answers; tests/unit/test_rng.c checks all three). */
#ifndef RNG_H
#define RNG_H

#include <gsl/gsl_rng.h>
#include <stddef.h>
#include <stdint.h>

/* What a stream is for: each use draws from its own, so that none shifts another.  A purpose is the
 * last word of the counter; streams of one purpose that are told apart by a number k < 2^24 (one of
 * each hidden unit, say) add k << 8 to it. */
enum rng_purpose {
    RNG_WEIGHTS,
    RNG_LABELS,
    RNG_SPLIT,
    RNG_SHUFFLE,
    RNG_BOOTSTRAP,
    RNG_LABEL_NOISE,    /* labels that are replaced by another */
    RNG_GRADIENT_NOISE, /* added to gradients */
    RNG_NOISE,          /* of units in training, a stream each */
    RNG_FIRE,           /* whether +-1 units fire in training, a stream each */
    RNG_NOISE_MEASURED, /* the same when a network is measured */
    RNG_FIRE_MEASURED,
    RNG_DATA /* data sets of random images */
};

enum { RNG_BUFFER = 512 };

/* A stream and the words of it that were made ahead.  Plain data, owned by the caller. */
struct rng {
    uint32_t key[2], counter[4];
    uint32_t used; /* words of the buffer given out */
    uint32_t word[RNG_BUFFER];
};

/* One block: out[4] from counter[4] and key[2], ten rounds. */
void rng_block(uint32_t out[4], const uint32_t counter[4], const uint32_t key[2]);

/* Sets a stream to its start. */
void rng_stream(struct rng *r, uint64_t seed, uint32_t network, enum rng_purpose purpose);

/* Makes the next RNG_BUFFER words; rng_word calls it. */
void rng_refill(struct rng *r);

/* out[n]: the words of a stream from number `position` on, whatever was asked for before, so that
 * samples can be taken in any order and cut into any strips.  Stream 0 is that of rng_stream. */
void rng_fill(uint32_t *out, size_t n, uint64_t seed, uint32_t network, enum rng_purpose purpose,
              uint32_t stream, uint64_t position);

/* The next 32 random bits. */
static inline uint32_t rng_word(struct rng *r)
{
    if (r->used == RNG_BUFFER)
        rng_refill(r);
    return r->word[r->used++];
}

/* Uniform on {0, ..., n-1}, exactly, for 0 < n; by multiplication, with a division only in the rare
 * case that may have to be rejected (D. Lemire, "Fast random integer generation in an interval",
 * ACM TOMACS 29, 2019). */
static inline uint32_t rng_below(struct rng *r, uint32_t n)
{
    uint64_t m = (uint64_t)rng_word(r) * n;
    if ((uint32_t)m < n)
        for (const uint32_t least = -n % n; (uint32_t)m < least;)
            m = (uint64_t)rng_word(r) * n;
    return (uint32_t)(m >> 32);
}

/* Uniform on [0, 1), a multiple of 2^-24. */
static inline float rng_uniform(struct rng *r)
{
    return (float)(rng_word(r) >> 8) * 0x1p-24F;
}

/* Standard normal, cut off at two standard deviations, by rejection from the uniform on [-2, 2]: a
 * method that needs nothing but exp, so the same numbers come on every machine (GSL's own normal
 * draws pass through the system's logarithm). */
float rng_truncated_normal(struct rng *r);

/* Puts x[n] into random order (Fisher and Yates). */
void rng_shuffle(struct rng *r, uint32_t *x, size_t n);

/* The same generator for GSL's distributions and resampling: gsl_rng_alloc(rng_philox); its seed is
 * the key, its stream that of network 0, RNG_BOOTSTRAP. */
extern const gsl_rng_type *const rng_philox;

#endif
