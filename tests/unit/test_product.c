/* test_product.c -- blocked products against the three plain loops they stand for, bit for bit, for
 * shapes around every edge of a block and for all strides.  test_blocks.c is this file once more,
 * with other blocks. */
#include "unit.h"

#include "lanes.h"
#include "product.h"

enum { MAX_ROWS = 40, MAX_COLUMNS = 560, MAX_TERMS = 560, GAP = 3, MAX_STEP = MAX_COLUMNS + GAP };

static struct product_space space;
static float a_memory[MAX_ROWS * 2 * MAX_TERMS], b_memory[MAX_TERMS * 2 * MAX_COLUMNS];
static float c[MAX_ROWS * MAX_STEP], expected[MAX_ROWS * MAX_STEP], bias[MAX_ROWS];

/* Of very different sizes and both signs, so that a sum depends on its order. */
static float random_number(uint64_t *state)
{
    const float x = (float)unit_uniform(state, -1.0, 1.0);
    return ldexpf(x, (int)(unit_random(state) % 17) - 8);
}

static int same(float x, float y)
{
    return lanes_bits(x) == lanes_bits(y) || (isnan(x) && isnan(y));
}

/* c = start + a b; the terms in order, or from the last to the first. */
static void plain_loops(float *to, size_t step, size_t rows, size_t columns, size_t terms,
                        struct product_factor a, struct product_factor b, enum product_start start,
                        int backwards)
{
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++) {
            float *sum = to + i * step + j;
            *sum = start == PRODUCT_ZERO ? 0.0F : start == PRODUCT_BIAS ? bias[i] : *sum;
            for (size_t n = 0; n < terms; n++) {
                const size_t k = backwards ? terms - 1 - n : n;
                *sum = fmaf(a.at[i * a.row + k * a.column], b.at[k * b.row + j * b.column], *sum);
            }
        }
}

/* A factor (rows, columns) in memory: by rows, by columns, and both with gaps. */
static struct product_factor factor(const float *memory, size_t rows, size_t columns, size_t layout)
{
    switch (layout) {
    case 0: return (struct product_factor){memory, columns, 1};
    case 1: return (struct product_factor){memory, 1, rows};
    case 2: return (struct product_factor){memory, columns + GAP, 1};
    default: return (struct product_factor){memory, 2, 2 * rows};
    }
}

static void fill(uint64_t *state)
{
    for (size_t i = 0; i < sizeof a_memory / sizeof *a_memory; i++)
        a_memory[i] = random_number(state);
    for (size_t i = 0; i < sizeof b_memory / sizeof *b_memory; i++)
        b_memory[i] = random_number(state);
    for (size_t i = 0; i < MAX_ROWS; i++)
        bias[i] = random_number(state);
}

static void fill_c(uint64_t *state)
{
    for (size_t i = 0; i < MAX_ROWS * MAX_STEP; i++)
        c[i] = random_number(state);
    memcpy(expected, c, sizeof c);
}

/* All of c, what lies between and behind its rows included, is as expected. */
static void require_c(size_t rows, size_t columns, size_t terms)
{
    for (size_t i = 0; i < MAX_ROWS * MAX_STEP; i++)
        unit_require(same(c[i], expected[i]), "(%zu, %zu, %zu), number %zu: %a, not %a", rows,
                     columns, terms, i, (double)c[i], (double)expected[i]);
}

static const size_t some_rows[] = {1, 2, 5, 6, 7, 11, 12, 13, 24, 37};
static const size_t some_columns[] = {1, 7, 15, 16, 17, 32, 49, 511, 512, 513, 545};
static const size_t some_terms[] = {1, 2, 3, 31, 255, 256, 257, 513};
#define COUNT(x) (sizeof(x) / sizeof *(x))

START_TEST(plain)
{
    uint64_t state = 2385, different = 0, all = 0;
    fill(&state);
    for (size_t r = 0; r < COUNT(some_rows); r++)
        for (size_t s = 0; s < COUNT(some_columns); s++)
            for (size_t t = 0; t < COUNT(some_terms); t++) {
                const size_t rows = some_rows[r], columns = some_columns[s], terms = some_terms[t];
                const size_t step = columns + unit_random(&state) % (GAP + 1);
                const struct product_factor a =
                    factor(a_memory, rows, terms, unit_random(&state) % 4);
                const struct product_factor b =
                    factor(b_memory, terms, columns, unit_random(&state) % 4);
                const enum product_start start = (enum product_start)(unit_random(&state) % 3);
                fill_c(&state);
                product(c, step, rows, columns, terms, a, b, start, bias, &space);
                plain_loops(expected, step, rows, columns, terms, a, b, start, 0);
                require_c(rows, columns, terms);

                /* this test would notice another order */
                plain_loops(expected, step, 1, 1, terms, a, b, PRODUCT_ZERO, 0);
                plain_loops(c, step, 1, 1, terms, a, b, PRODUCT_ZERO, 1);
                different += terms > 2 && !same(c[0], expected[0]);
                all += terms > 2;
            }
    ck_assert_uint_gt(3 * different, 2 * all);
}
END_TEST

/* Terms cut into two products, the second of which adds to c, change nothing. */
START_TEST(continued)
{
    uint64_t state = 93;
    fill(&state);
    for (size_t cut = 1; cut < 300; cut += 23) {
        const size_t rows = 23, columns = 45, terms = 300;
        const struct product_factor a = {a_memory, terms, 1}, b = {b_memory, columns, 1};
        const struct product_factor rest_a = {a_memory + cut, terms, 1};
        const struct product_factor rest_b = {b_memory + cut * columns, columns, 1};
        fill_c(&state);
        product(expected, MAX_STEP, rows, columns, terms, a, b, PRODUCT_BIAS, bias, &space);
        product(c, MAX_STEP, rows, columns, cut, a, b, PRODUCT_BIAS, bias, &space);
        product(c, MAX_STEP, rows, columns, terms - cut, rest_a, rest_b, PRODUCT_ADD, NULL, &space);
        require_c(rows, columns, terms);
    }
}
END_TEST

/* What is not finite stays in its row of a or column of b, also where a tile is filled up. */
START_TEST(not_finite)
{
    uint64_t state = 11;
    fill(&state);
    const size_t rows = 17, columns = 21, terms = 40;
    a_memory[3 * terms + 5] = INFINITY;
    a_memory[16 * terms + 39] = NAN;
    b_memory[7 * columns + 20] = -INFINITY;
    const struct product_factor a = {a_memory, terms, 1}, b = {b_memory, columns, 1};
    fill_c(&state);
    product(c, columns, rows, columns, terms, a, b, PRODUCT_ZERO, NULL, &space);
    plain_loops(expected, columns, rows, columns, terms, a, b, PRODUCT_ZERO, 0);
    require_c(rows, columns, terms);
    size_t finite = 0;
    for (size_t i = 0; i < rows * columns; i++)
        finite += isfinite(c[i]) != 0;
    ck_assert_uint_eq(finite, (rows - 2) * (columns - 1));
}
END_TEST

/* One row of one number, again and again: distances of 0. */
START_TEST(distance_zero)
{
    uint64_t state = 12;
    fill(&state);
    const float one = 1.0F;
    const struct product_factor a = {a_memory, 50, 1}, b = {&one, 0, 0};
    fill_c(&state);
    product(c, 1, 30, 1, 50, a, b, PRODUCT_ZERO, NULL, &space);
    for (size_t i = 0; i < 30; i++) {
        expected[i] = 0.0F;
        for (size_t k = 0; k < 50; k++)
            expected[i] += a_memory[i * 50 + k];
    }
    require_c(30, 1, 50);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {plain, continued, not_finite, distance_zero};
    return unit_run("product", tests, sizeof tests / sizeof *tests);
}
