/* lanes.h -- elementary functions and ordered sums with the same bits everywhere.
 *
 * The mathematical library of one machine is not that of the next, and a sum changes with its
 * order.  Here every operation is an IEEE 754 fused multiply-add, addition, multiplication or
 * division, or works on the bits of a number, and a sum over n terms always runs in LANES partial
 * sums (term i goes to lane i mod LANES) that are then added in pairs.  So the result does not
 * depend on the compiler, the optimisation level or the width of the vector unit, as long as the
 * compiler does not contract or reorder (-ffp-contract=off, never -ffast-math).
 *
 * The functions are written for one number and inlined into plain loops, which both gcc and clang
 * turn into vector code.  Their errors are measured in tests/unit/test_lanes.c. */
#ifndef LANES_H
#define LANES_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { LANES = 16 };

/* Stands before a loop over lanes: the iterations are independent.  Without it gcc unrolls a loop
 * of 16 into scalar code before the vectoriser sees it. */
#define LANES_LOOP _Pragma("omp simd")

static inline uint32_t lanes_bits(float x)
{
    uint32_t u;
    memcpy(&u, &x, sizeof u);
    return u;
}

static inline float lanes_float(uint32_t u)
{
    float x;
    memcpy(&x, &u, sizeof x);
    return x;
}

/*[ exp ]*/
/* e^(2y) as 2^n (1 + q), for y in [-43, 44].
 *
 * e^(2y) = 2^n e^(2r) with |2r| <= ln(2)/2.  Adding 1.5 2^23 rounds to an integer and leaves it in
 * the low bits of the float.  The polynomial is (e^(2r) - 1)/r: Taylor's up to r^2, the rest fitted
 * to the interval. */
static inline void lanes_exp_2(float *two_n, float *q, float y)
{
    const float t = fmaf(y, 0x1.715476p+1F, 0x1.8p+23F); /* 2 log2(e) */
    const float n = t - 0x1.8p+23F;
    const float r = fmaf(n, -0x1.7f7d1cp-21F, fmaf(n, -0x1.62e4p-2F, y)); /* ln(2)/2, two parts */
    float p = 0x1.6db424p-4F;
    p = fmaf(p, r, 0x1.123b52p-2F);
    p = fmaf(p, r, 0x1.55545ep-1F);
    p = fmaf(p, r, 0x1.55548ep+0F);
    p = fmaf(p, r, 2.0F);
    p = fmaf(p, r, 2.0F);
    *two_n = lanes_float((lanes_bits(t) << 23) + 0x3f800000U);
    *q = p * r;
}

/* e^(2y) - 1 for y in [-43, 44], with its relative accuracy kept near 0. */
static inline float lanes_expm1_2(float y)
{
    float two_n, q;
    lanes_exp_2(&two_n, &q, y);
    return fmaf(two_n, q, two_n - 1.0F);
}

/*[ end ]*/

/*[ exp-of ]*/
/* e^x for x in [-86, 88]: error below 3 ulp for x > -1, below 2^-23 for smaller ones. */
static inline float lanes_exp(float x)
{
    return lanes_expm1_2(0.5F * x) + 1.0F;
}

/* e^x with its relative accuracy kept for all x in [-86, 88]: error below 2 ulp. */
static inline float lanes_exp_relative(float x)
{
    float two_n, q;
    lanes_exp_2(&two_n, &q, 0.5F * x);
    return fmaf(two_n, q, two_n);
}

/*[ end ]*/

/*[ tanh ]*/
/* tanh x = (e^(2x) - 1) / (e^(2x) + 1).  Exactly odd; exactly 1 for |x| > 9.011, where a float
 * cannot tell tanh from 1; NaN for NaN.  Error below 3.5 ulp. */
static inline float lanes_tanh(float x)
{
    /* The smaller of |x| and 9.2, compared as integers, for which vector units have an instruction
     * that gcc uses; NaN counts as large there. */
    const uint32_t sign = lanes_bits(x) & 0x80000000U, a = lanes_bits(x) & 0x7fffffffU;
    const uint32_t most = 0x41133333U; /* 9.2F */
    const float m = lanes_expm1_2(lanes_float(a < most ? a : most));
    const float t = lanes_float(lanes_bits(m / (m + 2.0F)) | sign);
    return x == x ? t : x;
}

/*[ end ]*/

/*[ log2 ]*/
/* log2 x for a normal x > 0: x = 2^e m with m in [1/sqrt(2), sqrt(2)) and
 * log m = 2 artanh s = 2 (s + s^3/3 + ...), s = (m - 1)/(m + 1), |s| < 0.172.  Error below
 * 3.5 ulp, and exactly e for x = 2^e. */
static inline double lanes_log2(double x)
{
    const uint64_t half = 0x3fe6a09e667f3bcdU; /* sqrt(1/2) */
    uint64_t u;
    memcpy(&u, &x, sizeof u);
    /* The exponent, biased so that it is positive, turned into a double by way of its bits. */
    const uint64_t k = (u - half + (1024ULL << 52)) >> 52;
    const uint64_t k_bits = 0x4330000000000000U | k, m_bits = u - ((k - 1024) << 52);
    double e, m;
    memcpy(&e, &k_bits, sizeof e);
    memcpy(&m, &m_bits, sizeof m);
    e -= 0x1p52 + 1024.0;

    const double s = (m - 1.0) / (m + 1.0), z = s * s;
    double p = 1.0 / 21;
    p = fma(p, z, 1.0 / 19);
    p = fma(p, z, 1.0 / 17);
    p = fma(p, z, 1.0 / 15);
    p = fma(p, z, 1.0 / 13);
    p = fma(p, z, 1.0 / 11);
    p = fma(p, z, 1.0 / 9);
    p = fma(p, z, 1.0 / 7);
    p = fma(p, z, 1.0 / 5);
    p = fma(p, z, 1.0 / 3);
    const double log_m = 2.0 * fma(s * z, p, s);
    return fma(log_m, 0x1.71547652b82fep+0, e); /* log2(e) */
}

/*[ end ]*/

/*[ log ]*/
/* log x for a normal x > 0, as lanes_log2 does it: error below 3 ulp, and exactly 0 for x = 1. */
static inline float lanes_log(float x)
{
    const uint32_t half = 0x3f3504f3U; /* sqrt(1/2) */
    /* The exponent, biased so that it is positive, turned into a float by way of its bits. */
    const uint32_t k = (lanes_bits(x) - half + (128U << 23)) >> 23;
    const float e = lanes_float(0x4b000000U | k) - (0x1p23F + 128.0F);
    const float m = lanes_float(lanes_bits(x) - ((k - 128U) << 23));

    const float s = (m - 1.0F) / (m + 1.0F), z = s * s;
    float p = 1.0F / 9;
    p = fmaf(p, z, 1.0F / 7);
    p = fmaf(p, z, 1.0F / 5);
    p = fmaf(p, z, 1.0F / 3);
    const float log_m = 2.0F * fmaf(s * z, p, s);
    return fmaf(e, 0x1.62e4p-1F, fmaf(e, 0x1.7f7d1cp-20F, log_m)); /* log 2, in two parts */
}

/* log(1 + x) for x in [0, 1]: 2 artanh s with s = x/(x + 2) <= 1/3.  Error below 3 ulp. */
static inline float lanes_log1p(float x)
{
    const float s = x / (x + 2.0F), z = s * s;
    float p = 1.0F / 15;
    p = fmaf(p, z, 1.0F / 13);
    p = fmaf(p, z, 1.0F / 11);
    p = fmaf(p, z, 1.0F / 9);
    p = fmaf(p, z, 1.0F / 7);
    p = fmaf(p, z, 1.0F / 5);
    p = fmaf(p, z, 1.0F / 3);
    return 2.0F * fmaf(s * z, p, s);
}

/*[ end ]*/

/*[ normal ]*/
/* A standard normal from 32 random bits: the lower 31 choose the share q of the distribution beyond
 * +-|x|, the highest the sign.  |x| = sqrt(2) erfinv(1 - q) by a polynomial in w = -log(q (2 - q))
 * of M. Giles, "Approximating the erfinv function", GPU Computing Gems 2 (2011), and for w > 5 by
 * one in sqrt(w) that is fitted as far as the 31 bits reach.  From -6.338 to 6.338; error below
 * 3e-6. */
static inline float lanes_normal(uint32_t word)
{
    const float q = ((float)(int32_t)(word & 0x7fffffffU) + 0.5F) * 0x1p-31F;
    const float w = -lanes_log(q * (2.0F - q));

    const float c = w - 2.5F; /* for w < 5 */
    float p = 2.81022636e-08F;
    p = fmaf(p, c, 3.43273939e-07F);
    p = fmaf(p, c, -3.5233877e-06F);
    p = fmaf(p, c, -4.39150654e-06F);
    p = fmaf(p, c, 0.00021858087F);
    p = fmaf(p, c, -0.00125372503F);
    p = fmaf(p, c, -0.00417768164F);
    p = fmaf(p, c, 0.246640727F);
    p = fmaf(p, c, 1.50140941F);

    const float t = sqrtf(w) - 3.0F; /* for the tail */
    float far = -0x1.74e24ep-17F;
    far = fmaf(far, t, -0x1.1f3eeap-13F);
    far = fmaf(far, t, 0x1.2d2008p-10F);
    far = fmaf(far, t, -0x1.bd296cp-9F);
    far = fmaf(far, t, 0x1.7cd6aap-8F);
    far = fmaf(far, t, -0x1.f9c856p-8F);
    far = fmaf(far, t, 0x1.34ed24p-7F);
    far = fmaf(far, t, 0x1.006e4p+0F);
    far = fmaf(far, t, 0x1.6a9fp+1F);

    const float x = 0x1.6a09e6p+0F * (w < 5.0F ? p : far) * (1.0F - q); /* sqrt(2) */
    return lanes_float(lanes_bits(x) | (word & 0x80000000U));
}

/*[ end ]*/

/*[ sum ]*/
/* The sum of the lanes: of neighbours, then of neighbouring pairs, and so on. */
static inline float lanes_sum(const float x[LANES])
{
    float s[LANES];
    for (int l = 0; l < LANES; l++)
        s[l] = x[l];
    for (int n = LANES / 2; n > 0; n /= 2)
        for (int l = 0; l < n; l++)
            s[l] = s[2 * l] + s[2 * l + 1];
    return s[0];
}
/*[ end ]*/

#endif
