/* product.h -- products of matrices whose sums keep their order.
 *
 * Every element is c = fmaf(a(i, k), b(k, j), c) for k = 0, 1, 2, ... in this order, from the value it
 * starts with.  The work is cut into blocks that fit the caches and tiles that fit the registers,
 * but c is only ever put aside and taken up again between two terms, which changes no bit: the
 * result depends on the order of the terms and on nothing else.
 *
 * Matrices are float arrays with any distance between their rows and between their columns, so a
 * transpose costs no copy of the caller's; only c must have neighbouring columns. */
#ifndef PRODUCT_H
#define PRODUCT_H

#include <stddef.h>

/* Blocks: tests compile the module once more with others. */
#ifndef PRODUCT_ROWS
#ifdef __AVX512F__ /* 32 registers of 16 numbers */
#define PRODUCT_ROWS 12
#else
#define PRODUCT_ROWS 6
#endif
#define PRODUCT_COLUMNS 16
#define PRODUCT_DEPTH 256
#define PRODUCT_WIDTH 512
#endif

/* A factor: where element (0, 0) is, and how far one row, and one column, is from the next. */
struct product_factor {
    const float *at;
    size_t row, column;
};

/* What the sums start with. */
enum product_start {
    PRODUCT_ZERO,
    PRODUCT_BIAS, /* a number for each row */
    PRODUCT_ADD   /* what c holds */
};

/* Room for the blocks in work, owned by the caller. */
struct product_space {
    _Alignas(64) float a[PRODUCT_ROWS * PRODUCT_DEPTH];
    _Alignas(64) float b[PRODUCT_DEPTH * PRODUCT_WIDTH];
};

/* c (rows, columns), its rows `step` apart, = start + a (rows, terms) b (terms, columns), for at
 * least one term; bias[rows] is read for PRODUCT_BIAS only. */
void product(float *c, size_t step, size_t rows, size_t columns, size_t terms,
             struct product_factor a, struct product_factor b, enum product_start start,
             const float *bias, struct product_space *space);

#endif
