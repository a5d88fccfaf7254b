/* test_decoder.c -- what a network makes of a layer against what the layer says of the label: by hand,
 * by the definition, at the ends. */
#include "unit.h"

#include "decoder.h"

enum { INPUTS = 200, VALUES = 7, CLASSES = 3 };

/* By hand: value 0 has p = (1/4, 3/4) over two inputs and is read as (1/2, 1/2); value 1, one input, is
 * read as it is.  2/3 of 1/4 log2 1/2 + 3/4 log2 3/2 bits. */
START_TEST(by_hand)
{
    const uint32_t id[] = {0, 1, 0};
    const double p[] = {0.5, 0.5, 0.1, 0.9, 0.0, 1.0}, q[] = {0.75, 0.25, 0.1, 0.9, 0.25, 0.75};
    const double known = 2.0 / 3.0 * (-0.25 + 0.75 * log2(1.5));
    ck_assert_double_gt(known, 0.1);
    ck_assert_double_eq_tol(decoder_divergence(id, 2, p, q, 3, 2), known, 1e-14);
    /* in the other direction it is another number */
    ck_assert_double_gt(fabs(decoder_divergence(id, 2, q, p, 3, 2) - known), 0.01);
    /* what is read off the mean is read off any inputs with that mean; of one input each, it is not */
    const double same[] = {0.25, 0.75, 0.1, 0.9, 0.25, 0.75};
    ck_assert_double_eq_tol(decoder_divergence(id, 2, p, same, 3, 2), 0.0, 1e-14);
    const uint32_t own[] = {0, 1, 2};
    ck_assert_double_gt(decoder_divergence(own, 3, p, same, 3, 2), 0.1);
}
END_TEST

/* An answer that excludes what is so costs what the least float does; what is never so costs nothing. */
START_TEST(certain)
{
    const uint32_t id[] = {0, 0};
    const double p[] = {1, 0, 1, 0}, right[] = {1, 0, 1, 0}, wrong[] = {0, 1, 0, 1};
    ck_assert_double_eq(decoder_divergence(id, 1, p, right, 2, 2), 0.0);
    ck_assert_double_eq_tol(decoder_divergence(id, 1, p, wrong, 2, 2), 126.0, 1e-12);
}
END_TEST

/* The definition, value by value. */
static double slow(const uint32_t *id, const double *p, const double *q)
{
    double sum = 0.0;
    for (size_t t = 0; t < VALUES; t++) {
        double n = 0.0, py[CLASSES] = {0}, qy[CLASSES] = {0};
        for (size_t k = 0; k < INPUTS; k++)
            n += id[k] == t;
        for (size_t k = 0; k < INPUTS; k++)
            for (size_t y = 0; y < CLASSES && id[k] == t; y++) {
                py[y] += p[k * CLASSES + y] / n;
                qy[y] += q[k * CLASSES + y] / n;
            }
        for (size_t y = 0; y < CLASSES && n > 0.0; y++)
            sum += n / INPUTS * py[y] * log2(py[y] / qy[y]);
    }
    return sum;
}

START_TEST(by_definition)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < unit_volume(20); i++) {
        uint32_t id[INPUTS];
        double x[2][INPUTS * CLASSES];
        for (size_t k = 0; k < INPUTS; k++) {
            id[k] = (uint32_t)(unit_random(&state) % (VALUES - 1)); /* one value is empty */
            for (size_t s = 0; s < 2; s++) {
                double *row = x[s] + k * CLASSES, sum = 0.0;
                for (size_t y = 0; y < CLASSES; y++)
                    sum += row[y] = unit_uniform(&state, 0.01, 1.0);
                for (size_t y = 0; y < CLASSES; y++)
                    row[y] /= sum;
            }
        }
        const double known = slow(id, x[0], x[1]);
        ck_assert_double_gt(known, 0.0);
        ck_assert_double_eq_tol(decoder_divergence(id, VALUES, x[0], x[1], INPUTS, CLASSES), known,
                                1e-13);
    }
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {by_hand, certain, by_definition};
    return unit_run("decoder", tests, sizeof tests / sizeof *tests);
}
