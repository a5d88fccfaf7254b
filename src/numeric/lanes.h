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

/* e^(2y) - 1 for y in [-43, 44], with its relative accuracy kept near 0.
 *
 * e^(2y) = 2^n e^(2r) with |2r| <= ln(2)/2.  Adding 1.5 2^23 rounds to an integer and leaves it in
 * the low bits of the float.  The polynomial is (e^(2r) - 1)/r: Taylor's up to r^2, the rest fitted
 * to the interval. */
static inline float lanes_expm1_2(float y)
{
    const float t = fmaf(y, 0x1.715476p+1F, 0x1.8p+23F); /* 2 log2(e) */
    const float n = t - 0x1.8p+23F;
    const float r = fmaf(n, -0x1.7f7d1cp-21F, fmaf(n, -0x1.62e4p-2F, y)); /* ln(2)/2, two parts */
    const float two_n = lanes_float((lanes_bits(t) << 23) + 0x3f800000U);
    float p = 0x1.6db424p-4F;
    p = fmaf(p, r, 0x1.123b52p-2F);
    p = fmaf(p, r, 0x1.55545ep-1F);
    p = fmaf(p, r, 0x1.55548ep+0F);
    p = fmaf(p, r, 2.0F);
    p = fmaf(p, r, 2.0F);
    return fmaf(two_n, p * r, two_n - 1.0F);
}

/* e^x for x in [-86, 88]: error below 3 ulp for x > -1, below 2^-23 for smaller ones. */
static inline float lanes_exp(float x)
{
    return lanes_expm1_2(0.5F * x) + 1.0F;
}

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

#endif
