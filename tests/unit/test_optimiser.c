/* test_optimiser.c -- every optimiser against its recursion in double precision and closed forms. */
#include "unit.h"

#include "optimiser.h"

enum { N = 37, STEPS = 300 };

/* Gradients that change from step to step. */
static float gradient(size_t p, size_t step)
{
    return (float)(cos((double)(p * 7 + step * 3)) / (1.0 + (double)p));
}

START_TEST(recursions)
{
    const double rate = 0.0123, mu = 0.9;
    for (enum optimiser kind = 0; kind < OPTIMISERS; kind++) {
        struct optimiser_work w;
        float param[N], grad[N];
        double slow[N], a[N] = {0}, b[N] = {0};
        for (size_t p = 0; p < N; p++)
            slow[p] = (double)(param[p] = 0.01F * (float)p);
        optimiser_new(&w, kind, (float)rate, (float)mu, N);
        double moved = 0.0;
        for (size_t step = 1; step <= STEPS; step++) {
            for (size_t p = 0; p < N; p++) {
                const double g = (double)(grad[p] = gradient(p, step)), t = (double)step;
                switch (kind) {
                case OPTIMISER_SGD: slow[p] -= rate * g; break;
                case OPTIMISER_MOMENTUM:
                    a[p] = mu * a[p] + g;
                    slow[p] -= rate * a[p];
                    break;
                case OPTIMISER_ADAM:
                    a[p] = 0.9 * a[p] + 0.1 * g;
                    b[p] = 0.999 * b[p] + 0.001 * g * g;
                    slow[p] -= rate * sqrt(1.0 - pow(0.999, t)) / (1.0 - pow(0.9, t)) * a[p] /
                               (sqrt(b[p]) + 1e-8);
                    break;
                default: ck_abort_msg("an optimiser that this test does not know");
                }
            }
            optimiser_step(&w, param, grad);
            for (size_t p = 0; p < N; p++) {
                unit_require(fabs((double)param[p] - slow[p]) < 1e-5, "%s, step %zu: %g, not %g",
                             optimiser_name(kind), step, (double)param[p], slow[p]);
                moved = fmax(moved, fabs((double)param[p] - 0.01 * (double)p));
            }
        }
        ck_assert_double_gt(moved, 0.01);
        optimiser_free(&w);
    }
}
END_TEST

/* A constant gradient: momentum ends at rate/(1 - mu) a step, Adam at the rate, whatever the
 * gradient's size; with mu = 0 momentum is SGD to the last bit. */
START_TEST(constant_gradient)
{
    const float g = 0.37F;
    float x = 0.0F, before = 0.0F;
    struct optimiser_work w;
    optimiser_new(&w, OPTIMISER_MOMENTUM, 0x1p-10F, 0.75F, 1);
    for (int i = 0; i < 200; i++) {
        before = x;
        optimiser_step(&w, &x, &g);
    }
    ck_assert_double_eq_tol((double)(before - x), 0x1p-10 * 0.37 / 0.25, 1e-7);
    optimiser_free(&w);

    x = 0.0F;
    optimiser_new(&w, OPTIMISER_ADAM, 0x1p-10F, 0.0F, 1);
    for (int i = 0; i < 40000; i++) { /* beyond the step where the powers stop */
        before = x;
        optimiser_step(&w, &x, &g);
        if (i < 100 || i > 39900)
            ck_assert_double_eq_tol((double)(before - x), 0x1p-10, 4e-6);
    }
    optimiser_free(&w);

    struct optimiser_work plain;
    float y = x = 0.5F;
    optimiser_new(&w, OPTIMISER_MOMENTUM, 0.1F, 0.0F, 1);
    optimiser_new(&plain, OPTIMISER_SGD, 0.1F, 0.0F, 1);
    for (size_t i = 0; i < 100; i++) {
        const float change = gradient(3, i);
        optimiser_step(&w, &x, &change);
        optimiser_step(&plain, &y, &change);
        ck_assert_float_eq(x, y);
    }
    optimiser_free(&w);
    optimiser_free(&plain);
}
END_TEST

/* Adam's powers carried on are those multiplied anew from step 1, to the last bit. */
START_TEST(powers_of_adam)
{
    struct optimiser_work w;
    float x = 0.0F;
    const float g = 1.0F;
    optimiser_new(&w, OPTIMISER_ADAM, 0.001F, 0.0F, 1);
    for (size_t step = 1; step <= 40000; step++) {
        optimiser_step(&w, &x, &g);
        if (step % 1009 != 1 && step < 39990)
            continue;
        double power[2] = {1.0, 1.0}; /* below 1e-17 they count as 0 */
        for (size_t k = 0; k < step && power[1] > 1e-17; k++) {
            power[0] *= 0.9;
            power[1] *= 0.999;
        }
        ck_assert(power[0] == w.power[0] && power[1] == w.power[1]);
    }
    optimiser_free(&w);
}
END_TEST

START_TEST(names)
{
    ck_assert_str_eq(optimiser_name(OPTIMISER_SGD), "sgd");
    ck_assert_str_eq(optimiser_name(OPTIMISER_MOMENTUM), "momentum");
    ck_assert_str_eq(optimiser_name(OPTIMISER_ADAM), "adam");
    ck_assert_int_eq(OPTIMISER_SGD, 0); /* the default of a configuration */
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {recursions, constant_gradient, powers_of_adam, names};
    return unit_run("optimiser", tests, sizeof tests / sizeof *tests);
}
