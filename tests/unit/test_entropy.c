/* test_entropy.c -- terms and sums of entropies, against closed forms. */
#include "unit.h"

#include "entropy.h"

static const double log2_3 = 1.584962500721156;

START_TEST(terms)
{
    ck_assert_double_eq(entropy_term(0.0), 0.0);
    ck_assert_double_eq(entropy_term(1.0), 0.0);
    ck_assert_double_eq(entropy_term(2.0), 2.0);
    ck_assert_double_eq(entropy_term(0.25), -0.5);
    ck_assert_double_eq(entropy_term(0x1p-1022), 0x1p-1022 * -1022.0);
    ck_assert_double_eq_tol(entropy_term(3.0), 3.0 * log2_3, 1e-14);
}
END_TEST

START_TEST(binary)
{
    ck_assert_double_eq(entropy_binary(0.0), 0.0);
    ck_assert_double_eq(entropy_binary(1.0), 0.0);
    ck_assert_double_eq(entropy_binary(0.5), 1.0);
    ck_assert_double_eq_tol(entropy_binary(0.25), 2.0 - 0.75 * log2_3, 1e-15);
    ck_assert_double_eq_tol(entropy_binary(1.0 / 3.0), log2_3 - 2.0 / 3.0, 1e-15);
    /* next to 0: p log2(e/p), less p^2 log2(e)/2, here 7e-17 of it */
    const double small = 1e-15;
    ck_assert_double_eq_tol(
        entropy_binary(small) / (small * (log2(1.0 / small) + 1.4426950408889634)), 1.0, 1e-2);
}
END_TEST

START_TEST(of_counts)
{
    static const double uniform[8] = {5, 5, 5, 5, 5, 5, 5, 5}, dyadic[] = {0.5, 0.25, 0.125, 0.125},
                        none[2] = {0}, one[] = {0, 7, 0}, thirds[] = {2, 0, 4};
    ck_assert_double_eq_tol(entropy_of_counts(uniform, 8), 3.0, 1e-15);
    ck_assert_double_eq_tol(entropy_of_counts(dyadic, 4), 1.75, 1e-15);
    ck_assert_double_eq(entropy_of_counts(none, 2), 0.0);
    ck_assert_double_eq(entropy_of_counts(none, 0), 0.0);
    ck_assert_double_eq_tol(entropy_of_counts(one, 3), 0.0, 1e-15);
    ck_assert_double_eq_tol(entropy_of_counts(thirds, 3), log2_3 - 2.0 / 3.0, 1e-15);
}
END_TEST

/* Between 0 and log2 n, whatever the counts' scale. */
START_TEST(bounds)
{
    uint64_t state = 7;
    for (size_t i = 0; i < unit_volume(2000); i++) {
        double count[20], scaled[20];
        const size_t n = 1 + unit_random(&state) % 20;
        const double scale = unit_uniform(&state, 1e-3, 1e3);
        for (size_t k = 0; k < n; k++) {
            count[k] = (double)(unit_random(&state) % 4096);
            scaled[k] = scale * count[k];
        }
        const double h = entropy_of_counts(count, n);
        unit_require(h >= -1e-12 && h <= log2((double)n) + 1e-12, "%g of %zu counts", h, n);
        unit_require(fabs(h - entropy_of_counts(scaled, n)) < 1e-11, "%g, scaled by %g", h, scale);
    }
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {terms, binary, of_counts, bounds};
    return unit_run("entropy", tests, sizeof tests / sizeof *tests);
}
