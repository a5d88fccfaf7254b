/* test_unit.c -- the kinds of hidden units: values and slopes against the library's functions and
 * against differences, levels of quantised units, firing. */
#include "unit.h"

#include "net.h"
#include "reference.h"
#include "rng.h"

START_TEST(values)
{
    for (enum unit u = 0; u < UNITS; u++)
        for (double z = -100.0; z <= 100.0; z += 0.0078125) {
            const double y = reference_unit(u, z);
            /* a sigmoid near 0 and softplus: relative; the others in units of 1 */
            const double size = u == UNIT_SOFTPLUS || fabs(y) > 1.0 ? fabs(y) : 1.0;
            unit_require(fabs((double)unit_value(u, (float)z) - y) <= 4e-7 * size + 2e-35,
                         "%s(%g) is %.9g, not %.9g", unit_kind(u)->name, z,
                         (double)unit_value(u, (float)z), y);
        }
}
END_TEST

/* The slope is the derivative, by central differences of the exact function; at the edges of
 * pieces, which the steps do not straddle, by the header. */
START_TEST(slopes)
{
    for (enum unit u = 0; u < UNITS; u++) {
        for (double z = -20.0 + 0.00390625; z <= 20.0; z += 0.0078125) {
            const double h = 1e-6,
                         slope = (reference_unit(u, z + h) - reference_unit(u, z - h)) / (2.0 * h);
            const double got = (double)unit_slope(u, unit_value(u, (float)z));
            unit_require(fabs(got - slope) <= 1e-6, "%s: the slope at %g is %.9g, not %.9g",
                         unit_kind(u)->name, z, got, slope);
        }
    }
    ck_assert_float_eq(unit_slope(UNIT_RELU, 0.0F), 0.0F);
    ck_assert_float_eq(unit_slope(UNIT_LEAKY_RELU, 0.0F), 0.01F);
    ck_assert_float_eq(unit_slope(UNIT_HARD_TANH, 1.0F), 0.0F);
    ck_assert_float_eq(unit_slope(UNIT_HARD_TANH, -1.0F), 0.0F);
    ck_assert_float_eq(unit_slope(UNIT_SOFTPLUS, 1000.0F), 1.0F);
    ck_assert_float_eq(unit_value(UNIT_SOFTPLUS, 1e30F), 1e30F);
}
END_TEST

/* What is not a number stays so: a network that has blown up does not look sound. */
START_TEST(nan_stays)
{
    for (enum unit u = 0; u < UNITS; u++)
        ck_assert(isnan(unit_value(u, NAN)));
    ck_assert(isnan(unit_quantise(NAN, -1.0F, 1.0F, 15.0F)));
}
END_TEST

START_TEST(names)
{
    for (enum unit u = 0; u < UNITS; u++)
        for (enum unit v = 0; v < u; v++)
            ck_assert_str_ne(unit_kind(u)->name, unit_kind(v)->name);
    ck_assert_str_eq(unit_kind(UNIT_TANH)->name, "tanh");
    ck_assert_int_eq(UNIT_TANH, 0); /* the default of a configuration */
    for (enum unit u = 0; u < UNITS; u++)
        ck_assert_int_eq(unit_kind(u)->fires, u == UNIT_SIGN);
}
END_TEST

/* The nearest of 2^bits levels, by a search through all of them; both ends are levels; the levels
 * of a range around 0 are symmetric to the last bit; what is a level stays. */
START_TEST(levels)
{
    for (enum unit u = 0; u < UNITS; u++)
        for (unsigned bits = 2; bits <= 8; bits++) {
            const float low = unit_kind(u)->low, high = unit_kind(u)->high;
            const int n = (1 << bits) - 1;
            for (float y = low - 1.0F; y <= high + 1.0F; y += 0.00317F) {
                const double got = (double)unit_quantise(y, low, high, (float)n);
                double nearest = 1e9, second = 1e9;
                for (int k = 0; k <= n; k++) {
                    const double level = (double)low + (double)(high - low) * k / n;
                    if (fabs(level - (double)y) < fabs(nearest - (double)y)) {
                        second = nearest;
                        nearest = level;
                    } else if (fabs(level - (double)y) < fabs(second - (double)y)) {
                        second = level;
                    }
                }
                const double margin = fabs(fabs(second - (double)y) - fabs(nearest - (double)y));
                unit_require(margin < 1e-5 || fabs(got - nearest) < 1e-6,
                             "%u bits on [%g, %g]: %g goes to %g, not %g", bits, (double)low,
                             (double)high, (double)y, got, nearest);
            }
            ck_assert_float_eq(unit_quantise(1e30F, low, high, (float)n), high);
            ck_assert_float_eq(unit_quantise(-1e30F, low, high, (float)n), low);
            for (int k = 0; k <= n; k++) {
                const float level =
                    unit_quantise(low + (high - low) * (float)k / (float)n, low, high, (float)n);
                ck_assert_float_eq(unit_quantise(level, low, high, (float)n), level);
                if (low == -high)
                    ck_assert_float_eq(unit_quantise(-level, low, high, (float)n), -level);
            }
        }
}
END_TEST

/* +1 as often as the mean says. */
START_TEST(firing)
{
    enum { N = 400000 };
    static uint32_t word[N];
    rng_fill(word, N, 2385, 0, RNG_FIRE, 1, 0);
    static const float mean[] = {-1.0F, -0.9F, -0.3F, 0.0F, 0.5F, 0.99F, 1.0F};
    for (size_t k = 0; k < sizeof mean / sizeof *mean; k++) {
        double sum = 0.0;
        for (size_t i = 0; i < N; i++) {
            const float t = unit_fire(mean[k], word[i]);
            unit_require(fabsf(t) == 1.0F, "fired %g", (double)t);
            sum += (double)t;
        }
        const double m = (double)mean[k], error = sqrt((1.0 - m * m) / N);
        ck_assert_double_eq_tol(sum / N, m, 5.0 * error + 1e-7);
    }
}
END_TEST

/* All the bits of many values and slopes; every compiler and machine gives these. */
START_TEST(bits_on_every_machine)
{
    uint64_t hash = UNIT_HASH;
    for (enum unit u = 0; u < UNIT_SIGN; u++)
        for (uint32_t b = lanes_bits(0x1p-20F); b <= lanes_bits(100.0F); b += 10007)
            for (uint32_t sign = 0; sign < 2; sign++) {
                const float y = unit_value(u, lanes_float(b | sign << 31));
                hash = unit_hash(hash, lanes_bits(y));
                hash = unit_hash(hash, lanes_bits(unit_slope(u, y)));
                hash = unit_hash(hash, lanes_bits(unit_quantise(y, -1.0F, 1.0F, 15.0F)));
                hash = unit_hash(hash, lanes_bits(unit_quantise(y, 0.0F, 6.0F, 63.0F)));
            }
    ck_assert_uint_eq(hash, 0x21e40a109b72a101U);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        values, slopes, nan_stays, names, levels, firing, bits_on_every_machine};
    return unit_run("unit", tests, sizeof tests / sizeof *tests);
}
