/* test_memory.c -- memory that is there, or a line that says what for it is not. */
#include "unit.h"

#include "memory.h"

static int all_zero(const void *array, size_t bytes)
{
    const unsigned char *b = array;
    for (size_t i = 0; i < bytes; i++)
        if (b[i] != 0)
            return 0;
    return 1;
}

/* Zeroed even where memory was used before, with room for one element at least. */
START_TEST(zeroed)
{
    for (size_t n = 0; n < 200; n++) {
        double *x = memory_array(n, sizeof *x, "values");
        unit_require(all_zero(x, (n > 0 ? n : 1) * sizeof *x), "%zu values are not zero", n);
        memset(x, 0xff, (n > 0 ? n : 1) * sizeof *x);
        free(x);
    }
}
END_TEST

START_TEST(aligned)
{
    static const size_t alignment[] = {sizeof(void *), 64, 4096};
    for (size_t a = 0; a < 3; a++)
        for (size_t n = 0; n < 200; n++) {
            float *x = memory_aligned(alignment[a], n, sizeof *x, "weights");
            unit_require((uintptr_t)x % alignment[a] == 0, "%zu weights at %p", n, (void *)x);
            unit_require(all_zero(x, (n > 0 ? n : 1) * sizeof *x), "%zu weights are not zero", n);
            memset(x, 0xff, (n > 0 ? n : 1) * sizeof *x);
            free(x);
        }
}
END_TEST

struct demand {
    size_t n, size;
};

static void array_of(void *arg)
{
    const struct demand *d = arg;
    free(memory_array(d->n, d->size, "patterns"));
}

static void aligned_of(void *arg)
{
    const struct demand *d = arg;
    free(memory_aligned(64, d->n, d->size, "patterns"));
}

/* More than there is, and more than can be counted: the last product is 2^64 + 8. */
START_TEST(short_of_memory)
{
    void (*const call[])(void *) = {array_of, aligned_of};
    const struct demand demand[] = {
        {SIZE_MAX / 4, 1}, {SIZE_MAX / 4, 8}, {SIZE_MAX, 1}, {SIZE_MAX / 8 + 2, 8}};
    for (size_t c = 0; c < 2; c++)
        for (size_t i = 0; i < sizeof demand / sizeof *demand; i++) {
            char what[80];
            struct demand d = demand[i];
            const struct unit_outcome o = unit_call(call[c], &d);
            ck_assert_int_eq(o.status, 1);
            snprintf(what, sizeof what, "memory is short for patterns: %zu times %zu bytes\n", d.n,
                     d.size);
            ck_assert_ptr_nonnull(strstr(o.err, what));
        }
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {zeroed, aligned, short_of_memory};
    return unit_run("memory", tests, sizeof tests / sizeof *tests);
}
