/* test_blocks.c -- products once more, cut into other blocks: the sums are those of the same plain
 * loops, so of any blocks, to the bit. */
#define PRODUCT_ROWS 5
#define PRODUCT_COLUMNS 32
#define PRODUCT_DEPTH 31
#define PRODUCT_WIDTH 96

#include "unit.h"

#include "../../src/engine/product.c"

#include "test_product.c"
