/* test_bins.c -- bins at their edges: by hand, by counting edges, and by arithmetic where it is exact; and
 * the estimators made of them. */
#include "unit.h"

#include "bins.h"
#include "entropy.h"

/* The definition: how many inner edges low + k (high - low)/n, in double precision, are at or below
 * t.  numpy.linspace and numpy.digitize do the same, cell 0 being digitize's 1 and below. */
static unsigned slow_bin(float t, size_t intervals, size_t bins, float low, float high)
{
    const double width = ((double)high - (double)low) / (double)intervals;
    unsigned bin = 0;
    for (size_t k = 1; k < bins; k++) {
        const double edge = k == intervals ? (double)high : (double)low + (double)k * width;
        bin += (double)t >= edge;
    }
    return bin;
}

static unsigned bin_of(float t, const struct bins *b)
{
    uint8_t bin;
    bins_cut(&bin, &t, 1, b);
    return bin;
}

static const struct {
    size_t intervals;
    float low, high;
} cut[] = {
    {1, -1.0F, 1.0F},    {2, -1.0F, 1.0F},        {3, -1.0F, 1.0F},
    {15, -1.0F, 1.0F},   {30, -1.0F, 1.0F},       {49, -1.0F, 1.0F},
    {100, -1.0F, 1.0F},  {255, -1.0F, 1.0F},      {256, -1.0F, 1.0F},
    {30, 0.0F, 1.0F},    {30, -2.385F, 7.11F},    {49, 0.1F, 0.3F},
    {30, -1e-3F, 4e-3F}, {200, 1000.0F, 1001.0F}, {7, -3.0e20F, 2.5e20F},
    {83, 0.0F, 23.85F}, /* 83 times the width exceeds 23.85 */
};

/* Every edge, the floats next to it on both sides, and 20000 more, for equal intervals and for the
 * cells between edges. */
START_TEST(bins_by_counting_edges)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < sizeof cut / sizeof *cut; i++)
        for (int cells = 0; cells < 2; cells++) {
            const size_t n = cut[i].intervals, bins = n + (size_t)cells;
            const float low = cut[i].low, high = cut[i].high;
            struct bins b;
            if (bins > BINS_MAX)
                continue;
            ck_assert_int_eq(
                cells ? bins_edges(&b, n + 1, low, high) : bins_equal(&b, n, low, high), 0);
            ck_assert_uint_eq(b.n, bins);
            float t[3 * 257 + 20000];
            size_t count = 0;
            for (size_t k = 0; k <= n; k++) {
                const double edge =
                    (double)low + (double)k * (((double)high - (double)low) / (double)n);
                t[count++] = (float)edge;
                t[count++] = nextafterf((float)edge, -INFINITY);
                t[count++] = nextafterf((float)edge, INFINITY);
            }
            const double wide = (double)high - (double)low;
            for (size_t k = 0; k < 20000; k++)
                t[count++] = (float)unit_uniform(&state, (double)low - 0.01 * wide,
                                                 (double)high + 0.01 * wide);
            uint8_t bin[3 * 257 + 20000];
            bins_cut(bin, t, count, &b);
            for (size_t k = 0; k < count; k++)
                unit_require(bin[k] == slow_bin(t[k], n, bins, low, high),
                             "%zu intervals on [%g, %g], cells %d: %a is in %u", n, (double)low,
                             (double)high, cells, (double)t[k], bin[k]);
        }
}
END_TEST

/* 30 equal intervals on [-1, 1], the last one closed; 0 is the edge between 14 and 15. */
START_TEST(thirty_bins_by_hand)
{
    struct bins b;
    ck_assert_int_eq(bins_equal(&b, 30, -1.0F, 1.0F), 0);
    ck_assert_uint_eq(bin_of(-1.0F, &b), 0);
    ck_assert_uint_eq(bin_of(1.0F, &b), 29);
    ck_assert_uint_eq(bin_of(nextafterf(1.0F, 0.0F), &b), 29);
    ck_assert_uint_eq(bin_of(0.0F, &b), 15);
    ck_assert_uint_eq(bin_of(-0.0F, &b), 15);
    ck_assert_uint_eq(bin_of(-1e-20F, &b), 14);
    ck_assert_uint_eq(bin_of(1e-20F, &b), 15);
    ck_assert_uint_eq(bin_of(-0x1p-149F, &b), 14);
    ck_assert_uint_eq(bin_of(0.59F, &b), 23); /* 30 (1 + 0.59)/2 = 23.85 */
    ck_assert_uint_eq(bin_of(-2.385F, &b), 0);
    ck_assert_uint_eq(bin_of(2.385F, &b), 29);
}
END_TEST

/* The header: below the first edge counts to the first bin, above the last to the last. */
START_TEST(infinities_go_to_the_ends)
{
    static const size_t n[] = {2, 30, 256};
    struct bins b;
    for (size_t i = 0; i < sizeof n / sizeof *n; i++) {
        ck_assert_int_eq(bins_equal(&b, n[i], -1.0F, 1.0F), 0);
        ck_assert_uint_eq(bin_of(-INFINITY, &b), 0);
        ck_assert_uint_eq(bin_of(INFINITY, &b), n[i] - 1);
        ck_assert_int_eq(bins_edges(&b, n[i], -1.0F, 1.0F), 0);
        ck_assert_uint_eq(bin_of(-INFINITY, &b), 0);
        ck_assert_uint_eq(bin_of(INFINITY, &b), n[i] - 1);
    }
}
END_TEST

/* numpy.linspace(-1, 1, 50) and numpy.digitize: 49 half-open cells, the value 1 in a cell of its
 * own; edge 25 is -1 + 50/49 = 0.0204. */
START_TEST(fifty_edges_by_hand)
{
    struct bins b;
    ck_assert_int_eq(bins_edges(&b, 50, -1.0F, 1.0F), 0);
    ck_assert_uint_eq(b.n, 50);
    ck_assert_uint_eq(bin_of(-1.0F, &b), 0);
    ck_assert_uint_eq(bin_of(1.0F, &b), 49);
    ck_assert_uint_eq(bin_of(nextafterf(1.0F, 0.0F), &b), 48);
    ck_assert_uint_eq(bin_of(0.0F, &b), 24);
    ck_assert_uint_eq(bin_of(-1e-20F, &b), 24);
    ck_assert_uint_eq(bin_of(0.0204F, &b), 24);
    ck_assert_uint_eq(bin_of(0.0205F, &b), 25);
    ck_assert_uint_eq(bin_of(2.385F, &b), 49);
}
END_TEST

/* Closed form: with a power of two the edges are floats, and t >= edge is arithmetic. */
START_TEST(bins_of_powers_of_two)
{
    for (size_t n = 2; n <= 256; n *= 2) {
        struct bins b;
        ck_assert_int_eq(bins_equal(&b, n, -1.0F, 1.0F), 0);
        for (int k = -4096; k <= 4096; k++) {
            const double exact = floor((1.0 + k / 4096.0) / 2.0 * (double)n);
            const double bin = fmin(exact, (double)n - 1.0);
            unit_require(bin_of((float)k / 4096.0F, &b) == (unsigned)bin, "%zu bins, %d", n, k);
        }
    }
}
END_TEST

START_TEST(bins_refuse)
{
    struct bins b;
    ck_assert_int_eq(bins_equal(&b, 0, -1.0F, 1.0F), -1);
    ck_assert_int_eq(bins_equal(&b, 257, -1.0F, 1.0F), -1);
    ck_assert_int_eq(bins_equal(&b, 30, 1.0F, 1.0F), -1);
    ck_assert_int_eq(bins_equal(&b, 30, 1.0F, -1.0F), -1);
    ck_assert_int_eq(bins_equal(&b, 30, NAN, 1.0F), -1);
    ck_assert_int_eq(bins_equal(&b, 30, -1.0F, NAN), -1);
    ck_assert_int_eq(bins_edges(&b, 0, -1.0F, 1.0F), -1);
    ck_assert_int_eq(bins_edges(&b, 1, -1.0F, 1.0F), -1);
    ck_assert_int_eq(bins_edges(&b, 257, -1.0F, 1.0F), -1);
    ck_assert_int_eq(bins_edges(&b, 50, 1.0F, -1.0F), -1);
    ck_assert_int_eq(bins_equal(&b, 256, -1.0F, 1.0F), 0);
    ck_assert_int_eq(bins_edges(&b, 256, -1.0F, 1.0F), 0);
    ck_assert_int_eq(bins_edges(&b, 2, -1.0F, 1.0F), 0);
}
END_TEST

/* ---- the estimators ---- */

START_TEST(names)
{
    struct bins b;
    ck_assert_ptr_null(bins_parse(&b, "bins:30:-1:1"));
    ck_assert_uint_eq(b.n, 30);
    ck_assert_uint_eq(bin_of(1.0F, &b), 29);
    ck_assert_ptr_null(bins_parse(&b, "edges:50:-1:1"));
    ck_assert_uint_eq(b.n, 50);
    ck_assert_uint_eq(bin_of(1.0F, &b), 49);
    ck_assert_ptr_null(bins_parse(&b, "bins:12:0:23.85"));
    ck_assert_uint_eq(bin_of(2.385F, &b), 1); /* 12 2.385/23.85 = 1.2 */
    static const char *const bad[] = {"bins",          "bins:",         "bins:30",
                                      "bins:30:-1",    "bins:30:-1:",   "bins:30:-1:1:2",
                                      "bins:1:-1:1",   "bins:257:-1:1", "bins:2.5:-1:1",
                                      "bins:30:1:-1",  "bins:30:nan:1", "bins:30:-1:1x",
                                      "edges:1:-1:1",  "edges:257:0:1", "bins:30:-1:inf",
                                      "bins:30: -1:1", "cells:30:-1:1", "binss:30:-1:1"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        unit_require(bins_parse(&b, bad[i]), "%s was taken", bad[i]);
}
END_TEST

/* ---- layers ---- */

enum { UNITS_MOST = 40, INPUTS = 700, STEP = 731 };

static const float class_one[INPUTS]; /* p(y=1|x) where it does not matter */

/* Activations of a layer in the bins of bins:4:-2:2; an input of the second half has the bins of one in
 * the first half, if elsewhere in them.  What lies between the rows is not looked at. */
static void make_layer(float *t, size_t units, uint64_t *state)
{
    static double middle[INPUTS / 2];
    for (size_t u = 0; u < units; u++) {
        for (size_t k = 0; k < INPUTS / 2; k++)
            middle[k] = (double)(unit_random(state) % 4) - 1.5;
        for (size_t k = 0; k < STEP; k++)
            t[u * STEP + k] =
                k < INPUTS ? (float)(middle[k % (INPUTS / 2)] + unit_uniform(state, -0.49, 0.49))
                           : NAN;
    }
}

/* The values of a layer are its distinct patterns of bins, numbered as they first appear; measured
 * anew, layer after layer, some wider than the one before. */
START_TEST(values_are_patterns)
{
    static const size_t units[] = {1, 3, 2, UNITS_MOST, 4};
    static float t[UNITS_MOST * STEP];
    static size_t first[INPUTS];
    const struct dataset d = {.n = INPUTS, .classes = 2, .py_x = class_one};
    struct bins b;
    uint64_t state = 2385;
    ck_assert_ptr_null(bins_parse(&b, "bins:4:-2:2"));
    struct bins_space *s = bins_new(&b, &d);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        make_layer(t, units[i], &state);
        const uint32_t *id;
        const size_t values = bins_values(&id, s, t, STEP, units[i]);
        size_t seen = 0;
        for (size_t k = 0; k < INPUTS; k++) {
            unit_require(id[k] <= seen && id[k] < values, "layer %zu: value %u out of order", i,
                         id[k]);
            if (id[k] == seen)
                first[seen++] = k;
            /* alike to the first of its value, unlike to the first of any other */
            for (size_t v = 0; v < seen; v++) {
                int same = 1;
                for (size_t u = 0; u < units[i]; u++)
                    same &= slow_bin(t[u * STEP + k], 4, 4, -2.0F, 2.0F) ==
                            slow_bin(t[u * STEP + first[v]], 4, 4, -2.0F, 2.0F);
                unit_require(same == (v == id[k]), "layer %zu: inputs %zu and %zu", i, k, first[v]);
            }
        }
        ck_assert_uint_eq(seen, values);
        ck_assert_uint_gt(values, 1);
        ck_assert_uint_le(values, INPUTS / 2);
    }
    bins_free(s);
    bins_free(NULL);
}
END_TEST

/* I(X;T) = H(T) and I(T;Y) = H(Y) - H(Y|T) by their definitions, from counts of values and classes;
 * by the names of the estimators, too. */
START_TEST(information_by_definition)
{
    enum { CLASSES = 5, UNITS_FEW = 3, VALUES = 4 * 4 * 4 };
    static float t[UNITS_FEW * STEP], p_two[INPUTS], p_five[CLASSES * INPUTS];
    static uint8_t label[INPUTS];
    uint64_t state = 2385;
    make_layer(t, UNITS_FEW, &state);
    for (size_t k = 0; k < INPUTS; k++) {
        /* classes that follow the layer, more or less */
        const size_t y = (slow_bin(t[k], 4, 4, -2.0F, 2.0F) + unit_random(&state) % 2) % CLASSES;
        p_two[k] = (float)unit_uniform(&state, 0.0, 1.0) * (y < 2 ? 1.0F : 0.25F);
        for (size_t c = 0; c < CLASSES; c++)
            p_five[CLASSES * k + c] = c == y ? 0.75F : 0.0625F;
        label[k] = (uint8_t)y;
    }
    struct dataset set[] = {
        {.n = INPUTS, .classes = 2, .py_x = p_two},
        {.n = INPUTS, .classes = CLASSES, .py_x = p_five},
        {.n = INPUTS, .classes = CLASSES, .label = label},
    };
    for (size_t i = 0; i < sizeof set / sizeof *set; i++) {
        struct dataset *d = &set[i];
        double count[VALUES] = {0}, joint[VALUES * CLASSES] = {0}, h_y_t = 0.0;
        dataset_entropies(d);
        for (size_t k = 0; k < INPUTS; k++) {
            size_t value = 0;
            for (size_t u = 0; u < UNITS_FEW; u++)
                value = 4 * value + slow_bin(t[u * STEP + k], 4, 4, -2.0F, 2.0F);
            count[value] += 1.0;
            for (size_t y = 0; y < d->classes; y++)
                joint[value * CLASSES + y] += dataset_p(d, k, y);
        }
        for (size_t v = 0; v < VALUES; v++)
            h_y_t += count[v] / INPUTS * entropy_of_counts(joint + v * CLASSES, d->classes);
        struct bins b;
        ck_assert_ptr_null(bins_parse(&b, "bins:4:-2:2"));
        struct bins_space *s = bins_new(&b, d);
        const struct information m = bins_information(s, t, STEP, UNITS_FEW);
        ck_assert_double_eq_tol(m.i_xt, entropy_of_counts(count, VALUES), 1e-9);
        ck_assert_double_eq_tol(m.i_ty, d->h_y - h_y_t, 1e-6); /* p(y|x) are floats */
        ck_assert_double_gt(m.i_ty, 0.05);
        bins_free(s);
        static const char *const spec[] = {"bins:4:-2:2", "edges:5:-2:2"};
        for (size_t e = 0; e < 2; e++) { /* nothing is at 2, so the last cell is empty */
            struct estimator by;
            const struct layers view = layers_view(t, STEP, INPUTS, UNITS_FEW);
            estimator_start(&by, spec[e], d);
            const struct information same = estimator_measure(&by, &view, 1, NULL);
            ck_assert_double_eq(same.i_xt, m.i_xt);
            ck_assert_double_eq(same.i_ty, m.i_ty);
            estimator_end(&by);
        }
    }
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {bins_by_counting_edges,
                                  thirty_bins_by_hand,
                                  infinities_go_to_the_ends,
                                  fifty_edges_by_hand,
                                  bins_of_powers_of_two,
                                  bins_refuse,
                                  names,
                                  values_are_patterns,
                                  information_by_definition};
    return unit_run("bins", tests, sizeof tests / sizeof *tests);
}
