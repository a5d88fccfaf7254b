/* test_information.c -- mutual information against closed forms, against joint tables, and against a
 * version that compares every pattern with every other. */
#include "unit.h"

#include "information.h"
#include "lanes.h"

enum { N = 4096, UNITS = 32 };

/* ---- joint tables ---- */

static double slow_x_log_x(double x)
{
    return x > 0.0 ? x * log2(x) : 0.0;
}

/* Closed forms: the binary symmetric channel, 1 - H(0.11); independence, 0; a copy, log2 n. */
START_TEST(plugin)
{
    const double channel[] = {0.89 / 2, 0.11 / 2, 0.11 / 2, 0.89 / 2};
    ck_assert_double_eq_tol(information_plugin(channel, 2, 2), 0.500084041835472, 1e-14);
    const double counts[] = {89, 11, 11, 89};
    ck_assert_double_eq_tol(information_plugin(counts, 2, 2), 0.500084041835472, 1e-14);

    /* The binary erasure channel: 1 - 0.35, whatever rows and columns stay empty. */
    const double erasure[] = {0.65, 0.35, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.35, 0.65, 0.0};
    ck_assert_double_eq_tol(information_plugin(erasure, 3, 4), 0.65, 1e-14);

    double product[5 * 7], copy[23 * 23] = {0};
    for (size_t x = 0; x < 5; x++)
        for (size_t y = 0; y < 7; y++)
            product[7 * x + y] = (double)(x + 1) * ((double)y + 0.385);
    ck_assert_double_eq_tol(information_plugin(product, 5, 7), 0.0, 1e-13);
    for (size_t x = 0; x < 23; x++)
        copy[23 * x + (5 * x + 3) % 23] = 2.385;
    ck_assert_double_eq_tol(information_plugin(copy, 23, 23), log2(23.0), 1e-14);
    const double none[6] = {0};
    ck_assert_double_eq(information_plugin(none, 2, 3), 0.0);
}
END_TEST

/* Slow version: sum p(x,y) log p(x,y)/(p(x) p(y)), on tables that are not square. */
START_TEST(plugin_by_definition)
{
    uint64_t state = 2385;
    for (int i = 0; i < 200; i++) {
        const size_t nx = 1 + unit_random(&state) % 40, ny = 1 + unit_random(&state) % 9;
        double joint[40 * 9], px[40] = {0}, py[9] = {0}, total = 0.0, expected = 0.0;
        for (size_t k = 0; k < nx * ny; k++) {
            joint[k] = unit_random(&state) % 3 ? unit_uniform(&state, 0.0, 23.85) : 0.0;
            px[k / ny] += joint[k];
            py[k % ny] += joint[k];
            total += joint[k];
        }
        for (size_t k = 0; k < nx * ny; k++)
            if (joint[k] > 0.0)
                expected += joint[k] / total * log2(joint[k] * total / (px[k / ny] * py[k % ny]));
        unit_require(fabs(information_plugin(joint, nx, ny) - expected) < 1e-13, "table %d", i);
    }
}
END_TEST

/* ---- layers ---- */

static const uint32_t *id; /* of the last patterns */
static uint8_t bin[UNITS * N];
static float py_x[N];
static uint32_t label_of[N]; /* of the slow version */

/* Entropy of Y for the first n inputs. */
static double entropy_y(size_t n)
{
    double mean = 0.0;
    for (size_t k = 0; k < n; k++)
        mean += (double)py_x[k] / (double)n;
    return -slow_x_log_x(mean) - slow_x_log_x(1.0 - mean);
}

/* Numbers patterns by comparing each with all before; returns how many. */
static size_t slow_patterns(size_t step, size_t units, size_t n)
{
    size_t values = 0;
    for (size_t k = 0; k < n; k++) {
        size_t j = 0;
        for (; j < k; j++) {
            size_t u = 0;
            while (u < units && bin[u * step + j] == bin[u * step + k])
                u++;
            if (u == units)
                break;
        }
        label_of[k] = j < k ? label_of[j] : (uint32_t)values++;
    }
    return values;
}

/* H(T) and H(Y) - sum p(t) H(Y|t), from the probabilities themselves. */
static struct information slow_layer(size_t values, size_t n)
{
    struct information i = {0.0, entropy_y(n), 0.0};
    for (size_t v = 0; v < values; v++) {
        double count = 0.0, ones = 0.0;
        for (size_t k = 0; k < n; k++)
            if (label_of[k] == v) {
                count += 1.0;
                ones += (double)py_x[k];
            }
        const double p = ones / count;
        i.i_xt -= slow_x_log_x(count / (double)n);
        i.i_ty += count / (double)n * (slow_x_log_x(p) + slow_x_log_x(1.0 - p));
    }
    return i;
}

/* A layer in which patterns repeat, and some differ in a single unit: each sample is one of a few
 * templates, sometimes with one unit changed.  What lies behind row ends is never to be read. */
static void make_layer(uint64_t *state, size_t step, size_t units, size_t n, size_t bins)
{
    uint8_t template[40][UNITS];
    const size_t templates = 1 + unit_random(state) % 40;
    for (size_t i = 0; i < templates; i++)
        for (size_t u = 0; u < units; u++)
            template[i][u] = (uint8_t)(unit_random(state) % bins);
    for (size_t u = 0; u < units; u++)
        for (size_t k = n; k < step; k++)
            bin[u * step + k] = (uint8_t)unit_random(state);
    for (size_t k = 0; k < n; k++) {
        const size_t i = unit_random(state) % templates;
        for (size_t u = 0; u < units; u++)
            bin[u * step + k] = template[i][u];
        if (unit_random(state) % 4 == 0)
            bin[unit_random(state) % units * step + k] = (uint8_t)(unit_random(state) % bins);
        /* sharp, smooth and certain probabilities */
        const double p = unit_uniform(state, -0.3, 1.3);
        py_x[k] = p < 0.0 ? 0.0F : p > 1.0 ? 1.0F : (float)p;
    }
}

static size_t patterns(size_t step, size_t units, size_t n, size_t bins)
{
    static struct information_space *space; /* to be looked at until the next call */
    information_free(space);
    space = information_new(n, 2);
    return information_patterns(&id, space, bin, step, units, bins);
}

static struct information layer(size_t step, size_t units, size_t n, size_t bins)
{
    struct information_space *s = information_new(n, 2);
    const struct information i = information_layer(s, bin, step, units, bins, py_x, entropy_y(n));
    information_free(s);
    return i;
}

/* All widths from 1 to 20 and bins from 2 to 256: codes of one word and of several. */
START_TEST(layer_by_comparing_all)
{
    static const size_t bins[] = {2, 3, 15, 30, 50, 100, 128, 200, 256};
    uint64_t state = 2385;
    size_t most = 0;
    for (size_t units = 1; units <= 20; units++)
        for (size_t b = 0; b < sizeof bins / sizeof *bins; b++) {
            const size_t n = 1 + unit_random(&state) % 500;
            const size_t step = n + unit_random(&state) % 9;
            make_layer(&state, step, units, n, bins[b]);
            const size_t values = slow_patterns(step, units, n);
            most = values > most ? values : most;
            ck_assert_uint_eq(patterns(step, units, n, bins[b]), values);
            for (size_t k = 0; k < n; k++)
                unit_require(id[k] == label_of[k], "%zu units, %zu bins: sample %zu", units,
                             bins[b], k);
            const struct information got = layer(step, units, n, bins[b]);
            const struct information expected = slow_layer(values, n);
            ck_assert_double_eq_tol(got.i_xt, expected.i_xt, 1e-12);
            ck_assert_double_eq_tol(got.i_ty, expected.i_ty, 1e-12);
        }
    ck_assert_uint_gt(most, 100);
}
END_TEST

/* The same with all 4096 inputs, and patterns that differ in one unit only: in the first, a middle
 * or the last of 32 units of 200 bins, so in each of the words that a code takes. */
START_TEST(layer_of_many_words)
{
    for (size_t place = 0; place < 32; place++) {
        for (size_t u = 0; u < 32; u++)
            for (size_t k = 0; k < N; k++)
                bin[u * N + k] = (uint8_t)((u * 37 + 11) % 200);
        for (size_t k = 0; k < N; k++)
            bin[place * N + k] = (uint8_t)(k % 200);
        ck_assert_uint_eq(patterns(N, 32, N, 200), 200);
        for (size_t k = 0; k < N; k++)
            unit_require(id[k] == k % 200, "unit %zu, sample %zu", place, k);
    }
    /* every input a pattern of its own, told by three neighbouring units */
    for (size_t place = 0; place < 30; place++) {
        memset(bin, 11, sizeof bin);
        for (size_t k = 0; k < N; k++) {
            bin[place * N + k] = (uint8_t)(k % 16);
            bin[(place + 1) * N + k] = (uint8_t)(k / 16 % 16);
            bin[(place + 2) * N + k] = (uint8_t)(k / 256);
        }
        ck_assert_uint_eq(patterns(N, 32, N, 200), N);
        for (size_t k = 0; k < N; k++)
            unit_require(id[k] == k, "unit %zu, sample %zu", place, k);
    }
}
END_TEST

/* The explicit joint tables, of X and T and of T and Y, through the plug-in estimate. */
START_TEST(layer_by_joint_tables)
{
    static double x_t[300 * 300], t_y[300 * 2];
    uint64_t state = 2385;
    for (int i = 0; i < 40; i++) {
        const size_t units = 1 + unit_random(&state) % 20, bins = 2 + unit_random(&state) % 199;
        const size_t n = 300;
        make_layer(&state, n, units, n, bins);
        const size_t values = slow_patterns(n, units, n);
        memset(x_t, 0, sizeof x_t);
        memset(t_y, 0, sizeof t_y);
        for (size_t k = 0; k < n; k++) {
            x_t[k * values + label_of[k]] = 1.0;
            t_y[2 * label_of[k]] += 1.0 - (double)py_x[k];
            t_y[2 * label_of[k] + 1] += (double)py_x[k];
        }
        const struct information got = layer(n, units, n, bins);
        ck_assert_double_eq_tol(got.i_xt, information_plugin(x_t, n, values), 1e-12);
        ck_assert_double_eq_tol(got.i_ty, information_plugin(t_y, values, 2), 1e-12);
    }
}
END_TEST

/* Closed forms on the twelve bits of 4096 inputs, with y their first bit sent through a binary
 * symmetric channel of error 0.11. */
START_TEST(layers_by_hand)
{
    for (size_t k = 0; k < N; k++) {
        py_x[k] = k >> 11 ? 0.89F : 0.11F;
        for (size_t u = 0; u < 12; u++)
            bin[u * N + k] = (uint8_t)(k >> (11 - u) & 1);
    }
    const double channel = 0.500084041835472;      /* 1 - H(0.11); 0.11F is 4e-9 off */
    for (size_t units = 1; units <= 12; units++) { /* the first bits: as many bits */
        const struct information i = layer(N, units, N, 2);
        ck_assert_double_eq(i.i_xt, (double)units);
        ck_assert_double_eq_tol(i.i_ty, channel, 1e-7);
    }
    /* all bits but the first say nothing about y */
    struct information_space *space = information_new(N, 2);
    struct information i = information_layer(space, bin + N, N, 11, 2, py_x, entropy_y(N));
    information_free(space);
    ck_assert_double_eq(i.i_xt, 11.0);
    ck_assert_double_eq_tol(i.i_ty, 0.0, 1e-12);

    /* a constant layer */
    memset(bin, 17, sizeof bin);
    i = layer(N, 20, N, 30);
    ck_assert_double_eq(i.i_xt, 0.0);
    ck_assert_double_eq_tol(i.i_ty, 0.0, 1e-12);

    /* one input apart from all others: H(1/4096) */
    bin[0] = 3;
    i = layer(N, 20, N, 30);
    ck_assert_double_eq_tol(
        i.i_xt, -1.0 / 4096 * log2(1.0 / 4096) - 4095.0 / 4096 * log2(4095.0 / 4096), 1e-12);

    /* y known exactly from a layer that tells 3 in 8 apart: I(X;T) = I(T;Y) = H(3/8) */
    for (size_t k = 0; k < N; k++) {
        py_x[k] = k % 8 < 3 ? 1.0F : 0.0F;
        bin[k] = (uint8_t)(k % 8 < 3 ? 200 : 1);
    }
    i = layer(N, 1, N, 256);
    ck_assert_double_eq_tol(i.i_xt, 0.954434002924965, 1e-12);
    ck_assert_double_eq_tol(i.i_ty, 0.954434002924965, 1e-12);
}
END_TEST

/* The order of units, of inputs, and the names of the bins do not matter. */
START_TEST(invariant_under_permutations)
{
    static uint8_t first[UNITS * N];
    static float first_py_x[N];
    uint64_t state = 2385;
    for (int i = 0; i < 40; i++) {
        const size_t n = 1000, units = 1 + unit_random(&state) % 20;
        const size_t bins = 2 + unit_random(&state) % 199;
        make_layer(&state, n, units, n, bins);
        const struct information before = layer(n, units, n, bins);
        memcpy(first, bin, sizeof first);
        memcpy(first_py_x, py_x, sizeof first_py_x);
        for (size_t u = 0; u < units; u++) /* units backwards, bins renamed, inputs turned */
            for (size_t k = 0; k < n; k++)
                bin[u * n + k] =
                    (uint8_t)(bins - 1 - first[(units - 1 - u) * n + (k * 37 + 5) % n]);
        for (size_t k = 0; k < n; k++)
            py_x[k] = first_py_x[(k * 37 + 5) % n];
        const struct information after = layer(n, units, n, bins);
        ck_assert_double_eq_tol(after.i_xt, before.i_xt, 1e-12);
        ck_assert_double_eq_tol(after.i_ty, before.i_ty, 1e-12);
    }
}
END_TEST

/* Data processing: fewer units, or two bins taken for one, never tell more about X or Y; and
 * I(T;Y) <= I(X;T) <= log2 n. */
START_TEST(processing_never_adds)
{
    uint64_t state = 2385;
    for (int i = 0; i < 100; i++) {
        const size_t n = 2 + unit_random(&state) % 1000, units = 2 + unit_random(&state) % 19;
        const size_t bins = 2 + unit_random(&state) % 199;
        make_layer(&state, n, units, n, bins);
        const struct information all = layer(n, units, n, bins);
        const struct information fewer = layer(n, units - 1, n, bins);
        for (size_t k = 0; k < units * n; k++)
            bin[k] = (uint8_t)(bin[k] / 2);
        const struct information merged = layer(n, units, n, bins);
        const double slack = 1e-12;
        ck_assert_double_le(fewer.i_xt, all.i_xt + slack);
        ck_assert_double_le(fewer.i_ty, all.i_ty + slack);
        ck_assert_double_le(merged.i_xt, all.i_xt + slack);
        ck_assert_double_le(merged.i_ty, all.i_ty + slack);
        ck_assert_double_le(all.i_xt, log2((double)n) + slack);
        ck_assert_double_le(all.i_ty, all.i_xt + slack);
        ck_assert_double_ge(merged.i_ty, -slack);
        ck_assert_double_le(all.i_ty, entropy_y(n) + slack);
    }
}
END_TEST

/* At most 12 bits about 4096 inputs, whatever the layer. */
START_TEST(at_most_twelve_bits)
{
    uint64_t state = 2385;
    for (size_t units = 1; units <= 32; units += 5) {
        for (size_t k = 0; k < units * N; k++)
            bin[k] = (uint8_t)(unit_random(&state) % 200);
        ck_assert_double_le(layer(N, units, N, 200).i_xt, 12.0);
    }
    /* six units of 200 bins tell 4096 random inputs apart but for 1e-7 of all cases */
    ck_assert_double_eq(layer(N, 6, N, 200).i_xt, 12.0);
}
END_TEST

/* More classes than two: from the definition, through the joint table; and two classes given as a table
 * of both columns say the same as their one. */
START_TEST(many_classes)
{
    enum { MOST = 23, INPUTS = 300 };
    static float p[INPUTS * MOST];
    static double t_y[INPUTS * MOST];
    uint64_t state = 2385;
    for (int i = 0; i < 60; i++) {
        const size_t units = 1 + unit_random(&state) % 20, bins = 2 + unit_random(&state) % 199;
        const size_t classes = 3 + unit_random(&state) % (MOST - 2);
        double mean[MOST] = {0}, h_y = 0.0;
        make_layer(&state, INPUTS, units, INPUTS, bins);
        const size_t values = slow_patterns(INPUTS, units, INPUTS);
        memset(t_y, 0, sizeof t_y);
        for (size_t k = 0; k < INPUTS; k++) {
            float left = 1.0F; /* each class takes a part, some none, the last what is left */
            for (size_t y = 0; y < classes; y++) {
                const float part = (float)fmax(0.0, unit_uniform(&state, -0.5, 1.0));
                p[k * classes + y] = y + 1 < classes ? left * part : left;
                left -= p[k * classes + y];
                t_y[label_of[k] * classes + y] += (double)p[k * classes + y];
                mean[y] += (double)p[k * classes + y] / INPUTS;
            }
        }
        for (size_t y = 0; y < classes; y++)
            h_y -= slow_x_log_x(mean[y]);
        struct information_space *s = information_new(INPUTS, classes);
        const struct information got = information_layer(s, bin, INPUTS, units, bins, p, h_y);
        information_free(s);
        ck_assert_double_eq_tol(got.i_xt, slow_layer(values, INPUTS).i_xt, 1e-12);
        ck_assert_double_eq_tol(got.i_ty, information_plugin(t_y, values, classes), 1e-6);
    }
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {plugin,
                                  plugin_by_definition,
                                  layer_by_comparing_all,
                                  layer_of_many_words,
                                  layer_by_joint_tables,
                                  layers_by_hand,
                                  invariant_under_permutations,
                                  processing_never_adds,
                                  at_most_twelve_bits,
                                  many_classes};
    return unit_run("information", tests, sizeof tests / sizeof *tests);
}
