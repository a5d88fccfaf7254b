/* test_penalty.c -- penalties against central differences of what they are the gradient of, the noise
 * by its moments, the cap by closed forms. */
#include "unit.h"

#include "penalty.h"

enum { PARAMS = 512 };

/* Layers with fewer, as many and more units than inputs. */
static struct net_shape shape;
static float param[PARAMS], grad[PARAMS];

static void make(uint64_t seed)
{
    uint64_t state = seed;
    ck_assert_int_eq(net_shape(&shape, (size_t[]){5, 9, 9, 4, 3}, 4), 0);
    for (size_t p = 0; p < shape.params; p++) {
        param[p] = (float)unit_uniform(&state, -0.9, 0.9);
        grad[p] = 0.0F;
    }
}

/* lambda/2 |W|^2 or lambda/2 |W W^T - 1|^2 of all layers, in double precision. */
static double penalty(const double *w, int orthonormality)
{
    double sum = 0.0;
    for (size_t l = 1; l <= shape.layers; l++) {
        const size_t in = shape.width[l - 1], out = shape.width[l];
        const double *at = w + shape.weight[l];
        const size_t n = out <= in ? out : in, m = out <= in ? in : out;
        const size_t step = out <= in ? in : 1, next = out <= in ? 1 : in;
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < (orthonormality ? n : 0); j++) {
                double product = i == j ? -1.0 : 0.0;
                for (size_t k = 0; k < m; k++)
                    product += at[i * step + k * next] * at[j * step + k * next];
                sum += product * product;
            }
        for (size_t k = 0; k < in * out && !orthonormality; k++)
            sum += at[k] * at[k];
    }
    return 0.5 * 0.37 * sum;
}

START_TEST(gradients_by_differences)
{
    for (int orthonormality = 0; orthonormality < 2; orthonormality++) {
        double exact[PARAMS];
        make(3);
        for (size_t p = 0; p < shape.params; p++)
            exact[p] = (double)param[p];
        if (orthonormality)
            penalty_orthonormality(grad, &shape, param, 0.37F);
        else
            penalty_decay(grad, &shape, param, 0.37F);
        for (size_t l = 1; l <= shape.layers; l++) {
            for (size_t p = shape.weight[l]; p < shape.bias[l]; p++) {
                const double at = exact[p], h = 1e-5;
                exact[p] = at + h;
                const double above = penalty(exact, orthonormality);
                exact[p] = at - h;
                const double slope = (above - penalty(exact, orthonormality)) / (2.0 * h);
                exact[p] = at;
                unit_require(fabs((double)grad[p] - slope) < 5e-6, "weight %zu: %g, not %g", p,
                             (double)grad[p], slope);
            }
            for (size_t o = 0; o < shape.width[l]; o++)
                ck_assert_float_eq(grad[shape.bias[l] + o], 0.0F);
        }
    }
}
END_TEST

/* What is there is added to. */
START_TEST(gradients_are_added)
{
    float alone[PARAMS];
    make(4);
    penalty_decay(grad, &shape, param, 0.5F);
    penalty_orthonormality(grad, &shape, param, 0.5F);
    memcpy(alone, grad, sizeof alone);
    for (size_t p = 0; p < shape.params; p++)
        grad[p] = 2.0F;
    penalty_decay(grad, &shape, param, 0.5F);
    penalty_orthonormality(grad, &shape, param, 0.5F);
    for (size_t p = 0; p < shape.params; p++)
        ck_assert_float_eq_tol(grad[p], alone[p] + 2.0F, 1e-5F);
}
END_TEST

/* Orthonormal rows, and columns, cost nothing. */
START_TEST(orthonormal_is_free)
{
    make(5);
    for (size_t l = 1; l <= shape.layers; l++)
        for (size_t k = 0; k < shape.width[l] * shape.width[l - 1]; k++) {
            const size_t row = k / shape.width[l - 1], column = k % shape.width[l - 1];
            param[shape.weight[l] + k] = row == column ? -1.0F : 0.0F;
        }
    penalty_orthonormality(grad, &shape, param, 1.0F);
    for (size_t p = 0; p < shape.params; p++)
        ck_assert_float_eq(grad[p], 0.0F);
}
END_TEST

/* Numbers of a stream, one after the other over all updates: mean 0, deviation sigma. */
START_TEST(noise)
{
    enum { STEPS = 500 };
    double sum = 0.0, square = 0.0;
    make(6);
    for (uint64_t step = 0; step < STEPS; step++) {
        uint32_t word[PARAMS];
        for (size_t p = 0; p < shape.params; p++)
            grad[p] = 1.0F;
        penalty_noise(grad, shape.params, 0.25F, 11, 12, step);
        rng_fill(word, shape.params, 11, 12, RNG_GRADIENT_NOISE, 0, step * shape.params);
        for (size_t p = 0; p < shape.params; p++) {
            ck_assert_float_eq(grad[p], fmaf(0.25F, lanes_normal(word[p]), 1.0F));
            sum += (double)grad[p] - 1.0;
            square += ((double)grad[p] - 1.0) * ((double)grad[p] - 1.0);
        }
    }
    const double n = (double)(STEPS * shape.params);
    ck_assert_double_eq_tol(sum / n, 0.0, 5.0 * 0.25 / sqrt(n));
    ck_assert_double_eq_tol(square / n, 0.0625, 5.0 * 0.0625 * sqrt(2.0 / n));
}
END_TEST

/* Rows above the cap end on it, in their direction; the others and the biases stay. */
START_TEST(cap)
{
    float before[PARAMS];
    make(7);
    memcpy(before, param, sizeof before);
    penalty_cap(param, &shape, 1.3);
    size_t cut = 0, left = 0;
    for (size_t l = 1; l <= shape.layers; l++)
        for (size_t o = 0; o < shape.width[l]; o++) {
            const size_t in = shape.width[l - 1], at = shape.weight[l] + o * in;
            double old = 0.0, new = 0.0;
            for (size_t i = 0; i < in; i++) {
                old += (double)before[at + i] * (double)before[at + i];
                new += (double)param[at + i] * (double)param[at + i];
            }
            if (old > 1.3 * 1.3) {
                cut++;
                ck_assert_double_eq_tol(sqrt(new), 1.3, 1e-6);
                for (size_t i = 0; i < in; i++)
                    ck_assert_double_eq_tol((double)param[at + i] * sqrt(old),
                                            (double)before[at + i] * 1.3, 1e-6);
            } else {
                left++;
                ck_assert_mem_eq(param + at, before + at, in * sizeof *param);
            }
            ck_assert_float_eq(param[shape.bias[l] + o], before[shape.bias[l] + o]);
        }
    ck_assert_uint_gt(cut, 3);
    ck_assert_uint_gt(left, 3);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {gradients_by_differences, gradients_are_added,
                                  orthonormal_is_free, noise, cap};
    return unit_run("penalty", tests, sizeof tests / sizeof *tests);
}
