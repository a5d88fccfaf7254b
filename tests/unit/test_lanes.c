/* test_lanes.c -- elementary functions and ordered sums: errors, edges, and their very bits. */
#include "unit.h"

#include <float.h>

#include <gsl/gsl_cdf.h>

#include "lanes.h"

/* What lanes.h says of the errors, in ulp: below this. */
static const double claim_tanh = 3.5, claim_exp = 3.0, claim_log2 = 3.5;
static const double claim_exp_relative = 2.0, claim_log = 3.0, claim_log1p = 3.0;
static const double claim_normal = 3e-6; /* absolute */

/* Distance of a float from a value, in units of the last place of a float next to the value. */
static double ulps(float got, double exact)
{
    int e;
    frexp(exact, &e); /* exact = m 2^e with 1/2 <= m < 1 */
    const int last = e - 24 > -149 ? e - 24 : -149;
    return fabs((double)got - exact) / ldexp(1.0, last);
}

/* The header's claim, against the tanh of the library in double precision. */
START_TEST(tanh_errors)
{
    double most = 0.0;
    float at = 0.0F;
    for (uint32_t u = 0; u <= lanes_bits(128.0F); u += 61) {
        const float x = lanes_float(u), y = lanes_tanh(x);
        const double error = ulps(y, tanh((double)x));
        unit_require(y <= 1.0F, "tanh(%a) = %a is above 1", (double)x, (double)y);
        if (error > most) {
            most = error;
            at = x;
        }
    }
    printf("lanes_tanh: at most %.3f ulp, at %a\n", most, (double)at);
    fflush(stdout);
    ck_assert_double_lt(most, claim_tanh);
}
END_TEST

START_TEST(tanh_is_odd)
{
    for (uint32_t u = 0; u <= lanes_bits(INFINITY); u += 997) {
        const float x = lanes_float(u);
        unit_require(lanes_bits(lanes_tanh(-x)) == (lanes_bits(lanes_tanh(x)) | 0x80000000U),
                     "tanh(-%a) is not -tanh", (double)x);
    }
    ck_assert_uint_eq(lanes_bits(lanes_tanh(-0.0F)), lanes_bits(-0.0F));
    ck_assert_uint_eq(lanes_bits(lanes_tanh(0.0F)), lanes_bits(0.0F));
}
END_TEST

/* tanh x rounds to 1 from x = 13 log 2 = 9.0109 on, where 1 - tanh x = 2 e^(-2x) is a quarter of
 * the last place of 1; the header says: exactly 1 above 9.011. */
START_TEST(tanh_reaches_one)
{
    for (float x = nextafterf(9.011F, 10.0F); x < 9.3F; x = nextafterf(x, 10.0F))
        unit_require(lanes_tanh(x) == 1.0F, "tanh(%a) is not 1", (double)x);
    for (uint32_t u = lanes_bits(9.3F); u <= lanes_bits(FLT_MAX); u += 1009)
        unit_require(lanes_tanh(lanes_float(u)) == 1.0F, "tanh(%a) is not 1",
                     (double)lanes_float(u));
    ck_assert(lanes_tanh(INFINITY) == 1.0F);
    ck_assert(lanes_tanh(-INFINITY) == -1.0F);
    /* ... and every float before: at most 1, and at least tanh less 2 ulp, so below 1 at 8.6 */
    for (float x = 8.5F; x <= 9.011F; x = nextafterf(x, 10.0F))
        unit_require(lanes_tanh(x) <= 1.0F, "tanh(%a) is above 1", (double)x);
    ck_assert(lanes_tanh(8.5F) < 1.0F);
}
END_TEST

START_TEST(tanh_of_nan)
{
    ck_assert(isnan(lanes_tanh(NAN)));
    ck_assert(isnan(lanes_tanh(-NAN)));
    ck_assert(isnan(lanes_tanh(lanes_float(0x7f800001U))));
}
END_TEST

/* The header's claims against the exp of the library in double precision: in ulp above -1, below it
 * absolute, as the normal draws on [-2, 0] need it; and never negative. */
START_TEST(exp_errors)
{
    double most = 0.0, absolute = 0.0;
    for (uint32_t u = lanes_bits(0x1p-30F); u <= lanes_bits(88.0F); u += 61) {
        const float x = lanes_float(u), y = lanes_exp(-x);
        most = fmax(most, ulps(lanes_exp(x), exp((double)x)));
        if (x < 1.0F)
            most = fmax(most, ulps(y, exp(-(double)x)));
        if (x <= 86.0F) {
            absolute = fmax(absolute, fabs((double)y - exp(-(double)x)));
            unit_require(y >= 0.0F, "exp(%a) is negative", -(double)x);
        }
    }
    printf("lanes_exp: at most %.3f ulp above -1, 2^%.3f below\n", most, log2(absolute));
    fflush(stdout);
    ck_assert_double_lt(most, claim_exp);
    ck_assert_double_lt(absolute, 0x1p-23);
    ck_assert(lanes_exp(0.0F) == 1.0F);
    ck_assert(lanes_exp(-0.0F) == 1.0F);
}
END_TEST

/* The headers' claims for the single-precision functions of one argument, against the library in
 * double precision. */
START_TEST(exp_relative_errors)
{
    double most = 0.0;
    for (uint32_t u = 0; u <= lanes_bits(86.0F); u += 61) {
        const float x = lanes_float(u);
        most = fmax(most, ulps(lanes_exp_relative(x), exp((double)x)));
        most = fmax(most, ulps(lanes_exp_relative(-x), exp(-(double)x)));
    }
    printf("lanes_exp_relative: at most %.3f ulp\n", most);
    fflush(stdout);
    ck_assert_double_lt(most, claim_exp_relative);
    ck_assert(lanes_exp_relative(0.0F) == 1.0F);
}
END_TEST

START_TEST(log_errors)
{
    double most = 0.0;
    for (uint32_t u = lanes_bits(FLT_MIN); u <= lanes_bits(FLT_MAX); u += 61) {
        const float x = lanes_float(u);
        most = fmax(most, ulps(lanes_log(x), log((double)x)));
    }
    for (uint32_t u = lanes_bits(0.5F); u <= lanes_bits(2.0F); u++) {
        const float x = lanes_float(u);
        most = fmax(most, ulps(lanes_log(x), log((double)x)));
    }
    printf("lanes_log: at most %.3f ulp\n", most);
    fflush(stdout);
    ck_assert_double_lt(most, claim_log);
    ck_assert_uint_eq(lanes_bits(lanes_log(1.0F)), lanes_bits(0.0F));
}
END_TEST

START_TEST(log1p_errors)
{
    double most = 0.0;
    for (uint32_t u = 0; u <= lanes_bits(1.0F); u += 61) {
        const float x = lanes_float(u);
        most = fmax(most, ulps(lanes_log1p(x), log1p((double)x)));
    }
    printf("lanes_log1p: at most %.3f ulp\n", most);
    fflush(stdout);
    ck_assert_double_lt(most, claim_log1p);
    ck_assert(lanes_log1p(0.0F) == 0.0F);
}
END_TEST

/* Against GSL's inverse of the normal distribution: the bulk, and every word of the tail. */
static double normal_error(uint32_t word)
{
    const double q = ((double)(word & 0x7fffffffU) + 0.5) * 0x1p-31; /* beyond it on both sides */
    const double x = gsl_cdf_ugaussian_Qinv(0.5 * q);
    return fabs((double)lanes_normal(word) - (word >> 31 ? -x : x));
}

START_TEST(normal_errors)
{
    double most = 0.0;
    for (uint32_t word = 0; word < 0xffffff00U; word += 4093)
        most = fmax(most, normal_error(word));
    for (uint32_t word = 0; word < 100000; word++)
        most = fmax(most, fmax(normal_error(word), normal_error(0x80000000U + word)));
    printf("lanes_normal: at most %.3g, reaches %.7g\n", most, (double)lanes_normal(0));
    fflush(stdout);
    ck_assert_double_lt(most, claim_normal);
    /* The tail: 2^-32 on both sides, 6.33796. */
    ck_assert_double_eq_tol((double)lanes_normal(0), gsl_cdf_ugaussian_Qinv(0x1p-33), 3e-6);
    ck_assert_double_lt((double)lanes_normal(0), 6.338);
    ck_assert_float_eq(lanes_normal(0x80000000U), -lanes_normal(0));
    ck_assert_float_eq(lanes_normal(0x7fffffffU), 0.0F);
}
END_TEST

/* Distance of a double from a value, in units of its last place. */
static double ulps_double(double got, long double exact)
{
    int e;
    frexpl(exact, &e);
    return (double)(fabsl((long double)got - exact) / ldexpl(1.0L, e - 53));
}

static double log2_error(double most, double x)
{
    return fmax(most, ulps_double(lanes_log2(x), log2l((long double)x)));
}

/* The header's claim, against log2 in extended precision: all exponents, the neighbourhood of 1,
 * both sides of the cut at sqrt(1/2), counts, and probabilities. */
START_TEST(log2_errors)
{
    double most = 0.0;
    uint64_t state = 2385;
    for (int i = 0; i < 1000000; i++) {
        const uint64_t random = unit_random(&state);
        const double m = 1.0 + (double)(random >> 12) * 0x1p-52;
        most = log2_error(most, ldexp(m, (int)(random % 2045) - 1022));
        most = log2_error(most, m);
        most = log2_error(most, 0.5 * m);
    }
    double above = 1.0, below = 1.0, cut_above = sqrt(0.5), cut_below = sqrt(0.5);
    for (int i = 0; i < 20000; i++) {
        above = nextafter(above, 2.0);
        below = nextafter(below, 0.0);
        cut_above = nextafter(cut_above, 1.0);
        cut_below = nextafter(cut_below, 0.0);
        most = log2_error(most, above);
        most = log2_error(most, below);
        most = log2_error(most, cut_above);
        most = log2_error(most, cut_below);
        most = log2_error(most, 2.0 * cut_above);
        most = log2_error(most, 2.0 * cut_below);
    }
    for (int n = 3; n <= 8192; n++)
        if (n & (n - 1)) {
            most = log2_error(most, n);
            most = log2_error(most, n / 8193.0);
        }
    printf("lanes_log2: at most %.3f ulp\n", most);
    fflush(stdout);
    ck_assert_double_lt(most, claim_log2);
}
END_TEST

START_TEST(log2_of_powers_of_two)
{
    for (int e = -1022; e <= 1023; e++)
        unit_require(lanes_log2(ldexp(1.0, e)) == (double)e, "log2(2^%d) is not exact", e);
}
END_TEST

/* The sum of n neighbouring lanes: of its left half and of its right half. */
static float tree(const float *x, int n)
{
    return n == 1 ? *x : tree(x, n / 2) + tree(x + n / 2, n / 2);
}

START_TEST(sum_goes_by_pairs)
{
    uint64_t state = 2385;
    int forward_differs = 0;
    for (size_t i = 0; i < unit_volume(10000); i++) {
        float x[LANES], forward = 0.0F;
        for (int l = 0; l < LANES; l++) {
            x[l] = (float)unit_uniform(&state, -2.385, 3.75);
            forward += x[l];
        }
        unit_require(lanes_bits(lanes_sum(x)) == lanes_bits(tree(x, LANES)), "another order");
        forward_differs += lanes_bits(lanes_sum(x)) != lanes_bits(forward);
    }
    ck_assert_int_gt(forward_differs, 1000); /* the comparison can tell orders apart */
}
END_TEST

/* Closed forms: 2^-24 is half the last place of 1, and a tie goes to 1. */
START_TEST(sum_by_hand)
{
    /* One after the other, all but the 1 would be lost.  In pairs the first is; then 2, 4 and 8
     * halves of the last place are added. */
    float x[LANES] = {1.0F};
    for (int l = 1; l < LANES; l++)
        x[l] = 0x1p-24F;
    ck_assert(lanes_sum(x) == 1.0F + 7 * 0x1p-23F);

    /* Two neighbours of their own; the lower half of the lanes added to the upper would give 1. */
    const float y[LANES] = {[0] = 1.0F, [2] = 0x1p-24F, [3] = 0x1p-24F};
    ck_assert(lanes_sum(y) == 1.0F + 0x1p-23F);

    /* A sum of dyadic numbers is exact in any order: none is left out, none counts twice. */
    float z[LANES];
    for (int l = 0; l < LANES; l++)
        z[l] = ldexpf(1.0F, l);
    ck_assert(lanes_sum(z) == 65535.0F);
}
END_TEST

/* Many values in a loop that becomes vector code, and one at a time through a pointer that keeps
 * the compiler from it. */
START_TEST(vector_code_gives_the_same_bits)
{
    enum { N = 4096 };
    static float x[N], y[N];
    static double z[N];
    float (*volatile one_tanh)(float) = lanes_tanh;
    double (*volatile one_log2)(double) = lanes_log2;
    uint64_t state = 2385;
    for (size_t i = 0; i < N; i++)
        x[i] = (float)unit_uniform(&state, -10.0, 10.0);
    LANES_LOOP
    for (size_t i = 0; i < N; i++) {
        y[i] = lanes_tanh(x[i]);
        z[i] = lanes_log2((double)fabsf(x[i]));
    }
    for (size_t i = 0; i < N; i++) {
        unit_require(lanes_bits(y[i]) == lanes_bits(one_tanh(x[i])), "tanh(%a)", (double)x[i]);
        unit_require(z[i] == one_log2((double)fabsf(x[i])), "log2(%a)", (double)x[i]);
    }
}
END_TEST

static uint64_t double_bits(double x)
{
    uint64_t u;
    memcpy(&u, &x, sizeof u);
    return u;
}

/* What the header rests on, by hand: (1 + 2^-12)^2 = 1 + 2^-11 + 2^-24, whose last bit a float
 * drops.  A fused multiply-add keeps it until the end; a product and a sum that the compiler has
 * contracted would keep it, too, and must not. */
START_TEST(fused_where_written_and_only_there)
{
    enum { N = 64 };
    float a[N], fused[N], plain[N];
    const float c = -(1.0F + 0x1p-11F);
    volatile float unknown = 1.0F + 0x1p-12F; /* to the compiler */
    for (size_t i = 0; i < N; i++)
        a[i] = unknown;
    LANES_LOOP
    for (size_t i = 0; i < N; i++) {
        fused[i] = fmaf(a[i], a[i], c);
        plain[i] = a[i] * a[i] + c;
    }
    for (size_t i = 0; i < N; i++) {
        unit_require(fused[i] == 0x1p-24F, "fmaf is not fused");
        unit_require(plain[i] == 0.0F, "a product and a sum were contracted");
    }
    volatile double x = 1.0 + 0x1p-27;
    ck_assert(fma(x, x, -(1.0 + 0x1p-26)) == 0x1p-54);
    ck_assert(x * x - (1.0 + 0x1p-26) == 0.0);
}
END_TEST

/* All the bits of many results: gcc 12 and clang 14, from -O0 to -O3, with SSE2, AVX2 and AVX-512
 * gave these.  A compiler or a machine that gives others cannot reproduce a record. */
START_TEST(bits_on_every_machine)
{
    uint64_t hash = UNIT_HASH;
    for (uint32_t u = 0; u <= lanes_bits(128.0F); u += 1009)
        hash = unit_hash(hash, lanes_bits(lanes_tanh(lanes_float(u))));
    ck_assert_uint_eq(hash, 0x9d749819ef7873cbU);

    hash = UNIT_HASH;
    uint64_t state = 2385;
    for (int i = 0; i < 1000000; i++) {
        const uint64_t random = unit_random(&state);
        const double m = 1.0 + (double)(random >> 12) * 0x1p-52;
        hash = unit_hash(hash, double_bits(lanes_log2(ldexp(m, (int)(random % 64) - 32))));
    }
    ck_assert_uint_eq(hash, 0x25793a67163e6b3fU);

    hash = UNIT_HASH;
    for (uint32_t u = lanes_bits(0x1p-20F); u <= lanes_bits(80.0F); u += 1009) {
        hash = unit_hash(hash, lanes_bits(lanes_exp(-lanes_float(u))));
        hash = unit_hash(hash, lanes_bits(lanes_exp(lanes_float(u))));
    }
    ck_assert_uint_eq(hash, 0x00e14c020d4dd317U);

    hash = UNIT_HASH;
    for (uint32_t u = lanes_bits(0x1p-20F); u <= lanes_bits(80.0F); u += 1009) {
        hash = unit_hash(hash, lanes_bits(lanes_exp_relative(-lanes_float(u))));
        hash = unit_hash(hash, lanes_bits(lanes_exp_relative(lanes_float(u))));
        hash = unit_hash(hash, lanes_bits(lanes_log(lanes_float(u))));
    }
    for (uint32_t u = 0; u <= lanes_bits(1.0F); u += 1009)
        hash = unit_hash(hash, lanes_bits(lanes_log1p(lanes_float(u))));
    for (uint32_t word = 0; word < 0xffffff00U; word += 4093)
        hash = unit_hash(hash, lanes_bits(lanes_normal(word)));
    ck_assert_uint_eq(hash, 0x16aa33d509891bedU);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {tanh_errors,
                                  tanh_is_odd,
                                  tanh_reaches_one,
                                  tanh_of_nan,
                                  exp_errors,
                                  exp_relative_errors,
                                  log_errors,
                                  log1p_errors,
                                  normal_errors,
                                  log2_errors,
                                  log2_of_powers_of_two,
                                  sum_goes_by_pairs,
                                  sum_by_hand,
                                  vector_code_gives_the_same_bits,
                                  fused_where_written_and_only_there,
                                  bits_on_every_machine};
    return unit_run("lanes", tests, sizeof tests / sizeof *tests);
}
