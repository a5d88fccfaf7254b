#include "product.h"

#include <string.h>

#include "lanes.h"

/* A tile of c, which stays in registers; a block of b, `DEPTH` terms of `WIDTH` columns, stays in
 * the L2 cache and is laid out as panels (panel, term, column of a tile); the rows of a that a tile
 * needs stay in the L1 cache. */
enum {
    ROWS = PRODUCT_ROWS,
    COLUMNS = PRODUCT_COLUMNS,
    DEPTH = PRODUCT_DEPTH,
    WIDTH = PRODUCT_WIDTH
};

/* c (ROWS, COLUMNS) += a (ROWS, n) b (n, COLUMNS); with start[ROWS] the old c does not count. */
static void tile(float *c, size_t step, const float *start, const float *a, const float *b,
                 size_t n)
{
    float t[ROWS][COLUMNS];
    for (size_t r = 0; r < ROWS; r++)
        if (start) {
            LANES_LOOP
            for (size_t l = 0; l < COLUMNS; l++)
                t[r][l] = start[r];
        } else {
            LANES_LOOP
            for (size_t l = 0; l < COLUMNS; l++)
                t[r][l] = c[r * step + l];
        }
    size_t k = 0;
    do { /* not `for`: the tile stays in registers if it is certain that the loop runs */
        for (size_t r = 0; r < ROWS; r++) {
            const float x = a[r * DEPTH + k];
            LANES_LOOP
            for (size_t l = 0; l < COLUMNS; l++)
                t[r][l] = fmaf(x, b[k * COLUMNS + l], t[r][l]);
        }
    } while (++k < n);
    for (size_t r = 0; r < ROWS; r++) {
        LANES_LOOP
        for (size_t l = 0; l < COLUMNS; l++)
            c[r * step + l] = t[r][l];
    }
}

/* The same for a tile at the edge, of which only some rows and columns are in c. */
static void edge(float *c, size_t step, size_t rows, size_t columns, const float *start,
                 const float *a, const float *b, size_t n)
{
    float t[ROWS * COLUMNS] = {0};
    for (size_t r = 0; r < rows; r++)
        memcpy(t + r * COLUMNS, c + r * step, columns * sizeof *c);
    tile(t, COLUMNS, start, a, b, n);
    for (size_t r = 0; r < rows; r++)
        memcpy(c + r * step, t + r * COLUMNS, columns * sizeof *c);
}

/* to (ROWS, DEPTH) = n terms of some rows of a.  Rows that a does not have keep what was there: what
 * comes of it goes nowhere. */
static void pack_a(float *to, struct product_factor a, size_t rows, size_t n)
{
    if (a.column == 1)
        for (size_t r = 0; r < rows; r++)
            memcpy(to + r * DEPTH, a.at + r * a.row, n * sizeof *to);
    else
        for (size_t k = 0; k < n; k++)
            for (size_t r = 0; r < rows; r++)
                to[r * DEPTH + k] = a.at[r * a.row + k * a.column];
}

/* to (n, COLUMNS) = n terms of some columns of b; as above. */
static void pack_b(float *to, struct product_factor b, size_t columns, size_t n)
{
    if (b.column == 1 && columns == COLUMNS)
        for (size_t k = 0; k < n; k++)
            memcpy(to + k * COLUMNS, b.at + k * b.row, COLUMNS * sizeof *to);
    else
        for (size_t l = 0; l < columns; l++)
            for (size_t k = 0; k < n; k++)
                to[k * COLUMNS + l] = b.at[k * b.row + l * b.column];
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

void product(float *c, size_t step, size_t rows, size_t columns, size_t terms,
             struct product_factor a, struct product_factor b, enum product_start start,
             const float *bias, struct product_space *space)
{
    for (size_t j0 = 0; j0 < columns; j0 += WIDTH)
        for (size_t k0 = 0; k0 < terms; k0 += DEPTH) {
            const size_t width = least(columns - j0, WIDTH), n = least(terms - k0, DEPTH);
            for (size_t j = 0; j < width; j += COLUMNS) {
                const float *at = b.at + k0 * b.row + (j0 + j) * b.column;
                pack_b(space->b + j * DEPTH, (struct product_factor){at, b.row, b.column},
                       least(width - j, COLUMNS), n);
            }
            for (size_t i = 0; i < rows; i += ROWS) {
                const size_t high = least(rows - i, ROWS);
                const float *at = a.at + i * a.row + k0 * a.column;
                pack_a(space->a, (struct product_factor){at, a.row, a.column}, high, n);
                float first[ROWS] = {0};
                if (start == PRODUCT_BIAS)
                    memcpy(first, bias + i, high * sizeof *first);
                const float *from = k0 == 0 && start != PRODUCT_ADD ? first : NULL;
                for (size_t j = 0; j < width; j += COLUMNS) {
                    const size_t wide = least(width - j, COLUMNS);
                    float *to = c + i * step + j0 + j;
                    const float *panel = space->b + j * DEPTH;
                    if (high == ROWS && wide == COLUMNS)
                        tile(to, step, from, space->a, panel, n);
                    else
                        edge(to, step, high, wide, from, space->a, panel, n);
                }
            }
        }
}
