/* test_rng.c -- the generator against its authors' known answers; streams and distributions. */
#include "unit.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort.h>

#include "lanes.h"
#include "rng.h"

/* Random123, file kat_vectors, "philox4x32 10": the three known answers of the authors. */
START_TEST(known_answers)
{
    static const struct {
        uint32_t counter[4], key[2], out[4];
    } known[] = {
        {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5U, 0xe169c58dU, 0xbc57ac4cU, 0x9b00dbd8U}},
        {{0xffffffffU, 0xffffffffU, 0xffffffffU, 0xffffffffU},
         {0xffffffffU, 0xffffffffU},
         {0x408f276dU, 0x41c83b0eU, 0xa20bc7c6U, 0x6d5451fdU}},
        {{0x243f6a88U, 0x85a308d3U, 0x13198a2eU, 0x03707344U},
         {0xa4093822U, 0x299f31d0U},
         {0xd16cfe09U, 0x94fdccebU, 0x5001e420U, 0x24126ea1U}},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        uint32_t out[4];
        rng_block(out, known[i].counter, known[i].key);
        for (size_t k = 0; k < 4; k++)
            ck_assert_uint_eq(out[k], known[i].out[k]);
    }
}
END_TEST

/* The definition in the header: the key is the seed, the upper half of the counter the network and
 * the purpose, the lower half the place; over several refills. */
START_TEST(stream_is_a_row_of_blocks)
{
    const uint64_t seed = 0x0123456789abcdefU;
    const uint32_t key[2] = {0x89abcdefU, 0x01234567U};
    struct rng r;
    rng_stream(&r, seed, 2385, RNG_SHUFFLE);
    for (uint32_t i = 0; i < 5 * RNG_BUFFER + 3; i++) {
        const uint32_t counter[4] = {i / 4, 0, 2385, RNG_SHUFFLE};
        uint32_t out[4];
        rng_block(out, counter, key);
        unit_require(rng_word(&r) == out[i % 4], "word %u", i);
    }
}
END_TEST

/* The lower half of the counter is one number of 64 bits: it carries, also within a refill. */
START_TEST(counter_carries)
{
    struct rng r;
    rng_stream(&r, 7, 11, RNG_SPLIT);
    r.counter[0] = 0xffffffc5U;
    r.counter[1] = 12;
    const uint64_t start = 12ULL << 32 | 0xffffffc5U;
    for (uint32_t i = 0; i < 2 * RNG_BUFFER + 9; i++) {
        const uint64_t at = start + i / 4;
        const uint32_t counter[4] = {(uint32_t)at, (uint32_t)(at >> 32), 11, RNG_SPLIT};
        const uint32_t key[2] = {7, 0};
        uint32_t out[4];
        rng_block(out, counter, key);
        unit_require(rng_word(&r) == out[i % 4], "word %u", i);
    }
}
END_TEST

/* Words at the same place that two streams share: about 1000/2^32 of 1000 by chance, so none. */
static unsigned shared_words(uint64_t seed, uint32_t network, enum rng_purpose purpose)
{
    struct rng a, b;
    unsigned shared = 0;
    rng_stream(&a, 1, 3, RNG_WEIGHTS);
    rng_stream(&b, seed, network, purpose);
    for (int i = 0; i < 1000; i++)
        shared += rng_word(&a) == rng_word(&b);
    return shared;
}

START_TEST(streams_differ)
{
    ck_assert_uint_eq(shared_words(1, 3, RNG_WEIGHTS), 1000); /* the same one */
    ck_assert_uint_eq(shared_words(2, 3, RNG_WEIGHTS), 0);
    ck_assert_uint_eq(shared_words(1ULL << 32 | 1, 3, RNG_WEIGHTS), 0);
    ck_assert_uint_eq(shared_words(1, 4, RNG_WEIGHTS), 0);
    ck_assert_uint_eq(shared_words(1, 3, RNG_LABELS), 0);
    ck_assert_uint_eq(shared_words(1, 3, RNG_SPLIT), 0);
    ck_assert_uint_eq(shared_words(1, 3, RNG_SHUFFLE), 0);
    ck_assert_uint_eq(shared_words(1, 3, RNG_BOOTSTRAP), 0);
}
END_TEST

/* Closed form: the upper 24 bits of the word, as a fraction of 2^24. */
START_TEST(uniform_is_the_upper_bits)
{
    struct rng a, b;
    rng_stream(&a, 5, 0, RNG_LABELS);
    rng_stream(&b, 5, 0, RNG_LABELS);
    for (int i = 0; i < 10000; i++) {
        const double expected = floor((double)rng_word(&b) / 256.0) / 16777216.0;
        unit_require((double)rng_uniform(&a) == expected, "draw %d", i);
    }
    a.used = 0;
    a.word[0] = 0xffffffffU; /* the largest is the last multiple of 2^-24 below 1 */
    ck_assert(rng_uniform(&a) == 1.0F - 0x1p-24F);
}
END_TEST

/* Pearson's statistic against equal frequencies, as the probability to exceed it. */
static double chi_square_p(const double *count, size_t n)
{
    double total = 0.0, chi2 = 0.0;
    for (size_t i = 0; i < n; i++)
        total += count[i];
    const double expected = total / (double)n;
    for (size_t i = 0; i < n; i++)
        chi2 += (count[i] - expected) * (count[i] - expected) / expected;
    return gsl_cdf_chisq_Q(chi2, (double)n - 1.0);
}

START_TEST(below_is_uniform)
{
    static const uint32_t bound[] = {2, 7, 12, 64, 1000};
    struct rng r;
    for (size_t i = 0; i < sizeof bound / sizeof *bound; i++) {
        double count[1000] = {0};
        rng_stream(&r, 2385, (uint32_t)i, RNG_SPLIT);
        for (uint32_t k = 0; k < 200 * bound[i]; k++) {
            const uint32_t x = rng_below(&r, bound[i]);
            unit_require(x < bound[i], "%u of %u", x, bound[i]);
            count[x] += 1.0;
        }
        ck_assert_double_gt(chi_square_p(count, bound[i]), 1e-3);
    }
    ck_assert_uint_eq(rng_below(&r, 1), 0);
}
END_TEST

/* The words that multiplication alone would map unevenly are rejected: onto 3 2^30 values, a
 * multiple of 3 would come from two words in four, the others from one each. */
START_TEST(below_rejects_what_would_bias)
{
    const uint32_t n = 3U << 30;
    double count[3] = {0};
    struct rng r;
    rng_stream(&r, 2385, 0, RNG_SPLIT);
    for (int k = 0; k < 30000; k++) {
        const uint32_t x = rng_below(&r, n);
        unit_require(x < n, "%u", x);
        count[x % 3] += 1.0;
    }
    ck_assert_double_gt(chi_square_p(count, 3), 1e-3);

    /* Closed form: 2^32 mod n = 2^30 words are rejected, so one word in four. */
    struct rng a, b;
    rng_stream(&a, 1, 0, RNG_SPLIT);
    b = a;
    size_t words = 0;
    for (int k = 0; k < 30000; k++) {
        const uint32_t x = rng_below(&a, n);
        uint64_t product;
        do { /* the plain rule: the lower half of word * n is at least 2^32 mod n */
            product = (uint64_t)rng_word(&b) * n;
            words++;
        } while ((uint32_t)product < (1ULL << 32) % n);
        unit_require(x == (uint32_t)(product >> 32), "draw %d", k);
    }
    ck_assert_double_eq_tol((double)words, 40000.0, 5.0 * sqrt(40000.0 / 3.0));
}
END_TEST

/* Distribution function of the standard normal cut off at 2. */
static double truncated_cdf(double x)
{
    const double low = gsl_cdf_ugaussian_P(-2.0);
    return (gsl_cdf_ugaussian_P(x) - low) / (1.0 - 2.0 * low);
}

START_TEST(truncated_normal)
{
    enum { N = 200000 };
    static double x[N];
    struct rng r;
    rng_stream(&r, 2385, 0, RNG_WEIGHTS);
    double mean = 0.0, square = 0.0;
    for (size_t i = 0; i < N; i++) {
        x[i] = (double)rng_truncated_normal(&r);
        unit_require(fabs(x[i]) <= 2.0, "%g is out of range", x[i]);
        mean += x[i] / N;
        square += x[i] * x[i] / N;
    }
    /* Closed form: variance 1 - 2 2 phi(2)/(2 Phi(2) - 1) = 0.7737. */
    const double inside = 1.0 - 2.0 * gsl_cdf_ugaussian_Q(2.0);
    const double variance = 1.0 - 4.0 * gsl_ran_ugaussian_pdf(2.0) / inside;
    ck_assert_double_eq_tol(variance, 0.7737, 5e-5);
    /* Fourth moment, by parts: 3 variance - 2 2^3 phi(2)/(2 Phi(2) - 1). */
    const double fourth = 3.0 * variance - 16.0 * gsl_ran_ugaussian_pdf(2.0) / inside;
    ck_assert_double_eq_tol(mean, 0.0, 4.0 * sqrt(variance / N));
    ck_assert_double_eq_tol(square, variance, 4.0 * sqrt((fourth - variance * variance) / N));

    /* Kolmogorov and Smirnov: sqrt(N) D stays below 1.95 with probability 0.999. */
    double d = 0.0;
    gsl_sort(x, 1, N);
    for (size_t i = 0; i < N; i++) {
        const double p = truncated_cdf(x[i]);
        d = fmax(d, fmax(p - (double)i / N, (double)(i + 1) / N - p));
    }
    ck_assert_double_lt(sqrt(N) * d, 1.95);
}
END_TEST

START_TEST(shuffle_is_a_permutation)
{
    enum { N = 4096 };
    uint32_t x[N + 1], seen[N] = {0};
    struct rng r;
    rng_stream(&r, 2385, 0, RNG_SHUFFLE);
    for (uint32_t i = 0; i <= N; i++)
        x[i] = i;
    rng_shuffle(&r, x, N);
    unsigned fixed = 0;
    for (size_t i = 0; i < N; i++) {
        unit_require(x[i] < N && seen[x[i]]++ == 0, "entry %zu", i);
        fixed += x[i] == i;
    }
    ck_assert_uint_eq(x[N], N);   /* what lies behind is left alone */
    ck_assert_uint_lt(fixed, 10); /* one fixed point on average, ten in 1e-7 of all cases */

    /* Nothing to order: nothing is drawn. */
    const uint32_t used = r.used;
    rng_shuffle(&r, x, 1);
    rng_shuffle(&r, x, 0);
    ck_assert_uint_eq(r.used, used);
}
END_TEST

/* All 24 orders of four are equally frequent. */
START_TEST(shuffle_is_uniform)
{
    double count[24] = {0};
    struct rng r;
    rng_stream(&r, 2385, 1, RNG_SHUFFLE);
    for (int k = 0; k < 24000; k++) {
        uint32_t x[4] = {0, 1, 2, 3};
        rng_shuffle(&r, x, 4);
        /* The number of an order: how many of the later entries are smaller, in mixed radix. */
        size_t order = 0;
        for (size_t i = 0; i < 3; i++) {
            size_t smaller = 0;
            for (size_t j = i + 1; j < 4; j++)
                smaller += x[j] < x[i];
            order = order * (4 - i) + smaller;
        }
        count[order] += 1.0;
    }
    ck_assert_double_gt(chi_square_p(count, 24), 1e-3);
}
END_TEST

START_TEST(generator_for_gsl)
{
    const unsigned long seed = 0x89abcdefUL;
    gsl_rng *g = gsl_rng_alloc(rng_philox);
    struct rng r;
    ck_assert_str_eq(gsl_rng_name(g), "philox4x32-10");
    ck_assert_uint_eq(gsl_rng_max(g), 0xffffffffU);
    ck_assert_uint_eq(gsl_rng_min(g), 0);

    /* Its stream is that of network 0, RNG_BOOTSTRAP. */
    gsl_rng_set(g, seed);
    rng_stream(&r, seed, 0, RNG_BOOTSTRAP);
    for (int i = 0; i < 2000; i++)
        unit_require(gsl_rng_get(g) == rng_word(&r), "word %d", i);

    /* Closed form: the upper 27 and 26 bits of two words, as a fraction of 2^53. */
    for (int i = 0; i < 2000; i++) {
        const double high = floor(rng_word(&r) / 32.0), low = floor(rng_word(&r) / 64.0);
        const double u = gsl_rng_uniform(g);
        unit_require(u == (high * 67108864.0 + low) / 9007199254740992.0, "draw %d", i);
        unit_require(u >= 0.0 && u < 1.0, "draw %d is %g", i, u);
    }

    /* The largest is below 1. */
    struct rng *state = gsl_rng_state(g);
    state->used = 0;
    state->word[0] = state->word[1] = 0xffffffffU;
    ck_assert_double_eq(gsl_rng_uniform(g), 1.0 - 0x1p-53);

    /* A copy goes on by itself; a new seed starts anew. */
    gsl_rng *copy = gsl_rng_clone(g);
    ck_assert_uint_eq(gsl_rng_get(copy), gsl_rng_get(g));
    gsl_rng_set(g, seed + 1);
    gsl_rng_set(copy, seed);
    ck_assert_uint_ne(gsl_rng_get(copy), gsl_rng_get(g));
    gsl_rng_free(copy);
    gsl_rng_free(g);
}
END_TEST

/* GSL's draws from it: uniform in the sense of Kolmogorov and Smirnov. */
START_TEST(gsl_uniform_is_uniform)
{
    enum { N = 100000 };
    static double x[N];
    gsl_rng *g = gsl_rng_alloc(rng_philox);
    gsl_rng_set(g, 2385);
    for (size_t i = 0; i < N; i++)
        x[i] = gsl_rng_uniform(g);
    gsl_sort(x, 1, N);
    double d = 0.0;
    for (size_t i = 0; i < N; i++)
        d = fmax(d, fmax(x[i] - (double)i / N, (double)(i + 1) / N - x[i]));
    ck_assert_double_lt(sqrt(N) * d, 1.95);
    gsl_rng_free(g);
}
END_TEST

/* rng_fill from any position gives the words of the stream: those of rng_word in stream 0, and the
 * blocks themselves where the position needs more than 32 bits. */
START_TEST(fill_from_any_position)
{
    enum { N = 1200 };
    static uint32_t all[N], part[N];
    static const size_t length[] = {1, 2, 3, 4, 31, 32, 33, 127, 128, 129, 300};
    struct rng r;
    rng_stream(&r, 2385, 7, RNG_NOISE);
    for (size_t i = 0; i < N; i++)
        all[i] = rng_word(&r);
    for (size_t at = 0; at < 140; at++)
        for (size_t k = 0; k < sizeof length / sizeof *length; k++) {
            memset(part, 0xa5, sizeof part);
            rng_fill(part, length[k], 2385, 7, RNG_NOISE, 0, at);
            ck_assert_mem_eq(part, all + at, length[k] * sizeof *part);
            ck_assert_uint_eq(part[length[k]], 0xa5a5a5a5U); /* not a word more */
        }

    const uint64_t position = (1ULL << 35) - 6; /* block 2^33 - 2 and half of the next ... */
    const uint32_t key[2] = {11, 12};
    rng_fill(part, 11, 12ULL << 32 | 11, 3, RNG_FIRE, 0x54321, position);
    for (uint64_t i = 0; i < 11; i++) {
        const uint64_t block = (position + i) / 4;
        const uint32_t counter[4] = {(uint32_t)block, (uint32_t)(block >> 32), 3,
                                     0x54321U * 256U + (uint32_t)RNG_FIRE};
        uint32_t word[4];
        rng_block(word, counter, key);
        ck_assert_uint_eq(part[i], word[(position + i) % 4]);
    }
}
END_TEST

/* Moments of normal numbers from the generator: mean 0, variance 1, third 0, fourth 3; shares beyond
 * 1, 2, 3 and 4 by the distribution; each within 5 standard errors. */
START_TEST(normals)
{
    enum { N = 4000000, STEP = 1000 };
    static uint32_t word[STEP];
    double moment[5] = {0}, beyond[5] = {0};
    for (uint64_t at = 0; at < N; at += STEP) {
        rng_fill(word, STEP, 2385, 1, RNG_NOISE, 5, at);
        for (size_t i = 0; i < STEP; i++) {
            double x = (double)lanes_normal(word[i]), power = 1.0;
            for (size_t k = 1; k < 5; k++) {
                moment[k] += power *= x;
                beyond[k] += fabs(x) > (double)k;
            }
        }
    }
    const double variance[5] = {0, 1, 2, 15, 96}; /* of x^k */
    const double expected[5] = {0, 0, 1, 0, 3};
    for (size_t k = 1; k < 5; k++) {
        const double p = 2.0 * gsl_cdf_ugaussian_Q((double)k);
        ck_assert_double_eq_tol(moment[k] / N, expected[k], 5.0 * sqrt(variance[k] / N));
        ck_assert_double_eq_tol(beyond[k] / N, p, 5.0 * sqrt(p * (1.0 - p) / N));
    }
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {known_answers,
                                  stream_is_a_row_of_blocks,
                                  counter_carries,
                                  streams_differ,
                                  uniform_is_the_upper_bits,
                                  below_is_uniform,
                                  below_rejects_what_would_bias,
                                  truncated_normal,
                                  shuffle_is_a_permutation,
                                  shuffle_is_uniform,
                                  generator_for_gsl,
                                  gsl_uniform_is_uniform,
                                  fill_from_any_position,
                                  normals};
    return unit_run("rng", tests, sizeof tests / sizeof *tests);
}
