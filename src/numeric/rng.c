#include "rng.h"

#include <string.h>

#include "lanes.h"

static const uint32_t multiplier[2] = {0xD2511F53U, 0xCD9E8D57U};
static const uint32_t weyl[2] = {0x9E3779B9U, 0xBB67AE85U}; /* golden ratio, sqrt(3) - 1 */

/*[ block ]*/
void rng_block(uint32_t out[4], const uint32_t counter[4], const uint32_t key[2])
{
    uint32_t a = counter[0], b = counter[1], c = counter[2], d = counter[3];
    uint32_t k0 = key[0], k1 = key[1];
    for (int round = 0; round < 10; round++) {
        const uint64_t p = (uint64_t)multiplier[0] * a, q = (uint64_t)multiplier[1] * c;
        a = (uint32_t)(q >> 32) ^ b ^ k0;
        b = (uint32_t)q;
        c = (uint32_t)(p >> 32) ^ d ^ k1;
        d = (uint32_t)p;
        k0 += weyl[0];
        k1 += weyl[1];
    }
    out[0] = a;
    out[1] = b;
    out[2] = c;
    out[3] = d;
}

void rng_stream(struct rng *r, uint64_t seed, uint32_t network, enum rng_purpose purpose)
{
    *r = (struct rng){.key = {(uint32_t)seed, (uint32_t)(seed >> 32)},
                      .counter = {0, 0, network, (uint32_t)purpose},
                      .used = RNG_BUFFER};
}

/*[ end ]*/

/* rng_block for n consecutive blocks from number `at` on, one a lane: word[4 n].  The low half of the
 * counter steps by one a block and carries into its second word.  Lanes are as wide as products, the
 * upper halves without meaning: vector units widen and narrow slowly. */
enum { MOST_BLOCKS = 32 };
static inline __attribute__((always_inline)) void
blocks(uint32_t *word, const size_t n, const uint32_t key[2], const uint32_t upper[2], uint64_t at)
{
    const uint64_t low = 0xffffffffU;
    uint64_t a[MOST_BLOCKS], b[MOST_BLOCKS], c[MOST_BLOCKS], d[MOST_BLOCKS];
    uint32_t k0 = key[0], k1 = key[1];
    LANES_LOOP
    for (size_t i = 0; i < n; i++) {
        a[i] = at + i;
        b[i] = (at + i) >> 32;
        c[i] = upper[0];
        d[i] = upper[1];
    }
    for (int round = 0; round < 10; round++) {
        LANES_LOOP
        for (size_t i = 0; i < n; i++) {
            const uint64_t p = multiplier[0] * (a[i] & low);
            const uint64_t q = multiplier[1] * (c[i] & low);
            a[i] = (q >> 32) ^ b[i] ^ k0;
            b[i] = q;
            c[i] = (p >> 32) ^ d[i] ^ k1;
            d[i] = p;
        }
        k0 += weyl[0];
        k1 += weyl[1];
    }
    LANES_LOOP
    for (size_t i = 0; i < n; i++) {
        word[4 * i] = (uint32_t)a[i];
        word[4 * i + 1] = (uint32_t)b[i];
        word[4 * i + 2] = (uint32_t)c[i];
        word[4 * i + 3] = (uint32_t)d[i];
    }
}

void rng_refill(struct rng *r)
{
    uint64_t at = (uint64_t)r->counter[1] << 32 | r->counter[0];
    for (uint32_t *word = r->word; word < r->word + RNG_BUFFER; word += 4 * MOST_BLOCKS) {
        blocks(word, MOST_BLOCKS, r->key, r->counter + 2, at);
        at += MOST_BLOCKS;
    }
    r->counter[0] = (uint32_t)at;
    r->counter[1] = (uint32_t)(at >> 32);
    r->used = 0;
}

void rng_fill(uint32_t *out, size_t n, uint64_t seed, uint32_t network, enum rng_purpose purpose,
              uint32_t stream, uint64_t position)
{
    enum { FEW = 8 };
    const uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
    const uint32_t upper[2] = {network, (uint32_t)purpose + (stream << 8)};
    uint32_t word[4 * MOST_BLOCKS];
    uint64_t at = position / 4;
    size_t skip = position % 4;
    while (n > 0) {
        const size_t made = skip + n > 4 * FEW ? MOST_BLOCKS : FEW;
        if (made == FEW)
            blocks(word, FEW, key, upper, at);
        else
            blocks(word, MOST_BLOCKS, key, upper, at);
        const size_t wanted = 4 * made - skip < n ? 4 * made - skip : n;
        memcpy(out, word + skip, wanted * sizeof *out);
        out += wanted;
        n -= wanted;
        at += made;
        skip = 0;
    }
}

/*[ draws ]*/
float rng_truncated_normal(struct rng *r)
{
    for (;;) {
        const float x = fmaf(4.0F, rng_uniform(r), -2.0F);
        if (rng_uniform(r) < lanes_exp(-0.5F * x * x))
            return x;
    }
}

void rng_shuffle(struct rng *r, uint32_t *x, size_t n)
{
    for (size_t i = n; i > 1; i--) {
        const size_t j = rng_below(r, (uint32_t)i);
        const uint32_t swap = x[i - 1];
        x[i - 1] = x[j];
        x[j] = swap;
    }
}

/*[ end ]*/

static void philox_set(void *state, unsigned long int seed)
{
    rng_stream(state, seed, 0, RNG_BOOTSTRAP);
}

static unsigned long int philox_get(void *state)
{
    return rng_word(state);
}

static double philox_get_double(void *state)
{
    const uint32_t high = rng_word(state) >> 5, low = rng_word(state) >> 6;
    return ((double)high * 0x1p26 + (double)low) * 0x1p-53;
}

static const gsl_rng_type philox_type = {"philox4x32-10",    0xffffffffUL, 0,
                                         sizeof(struct rng), philox_set,   philox_get,
                                         philox_get_double};
const gsl_rng_type *const rng_philox = &philox_type;
