#include "information.h"

#include <stdlib.h>
#include <string.h>

#include "entropy.h"
#include "lanes.h"
#include "memory.h"

struct information_space {
    size_t n, classes;
    size_t slots;              /* of the table of values: a power of two, at least twice n */
    unsigned shift;            /* from a 64-bit hash to a slot */
    unsigned number;           /* bits of the number of a value */
    uint32_t *value;           /* (slots) */
    uint64_t *code, *distinct; /* (n) */
    uint32_t *id;              /* (n) */
    double *count;             /* (n), padded to whole lanes */
    double *of_class;          /* (classes, n), likewise; of two classes only y = 1 */
};

static size_t whole_lanes(size_t n)
{
    return (n + LANES - 1) / LANES * LANES;
}

struct information_space *information_new(size_t n, size_t classes)
{
    static const char what[] = "the values of a layer";
    struct information_space *s = memory_array(1, sizeof *s, what);
    s->n = n;
    s->classes = classes;
    s->slots = 2;
    s->shift = 63;
    for (s->number = 1; s->slots < 2 * n; s->number++, s->shift--)
        s->slots *= 2;
    s->value = memory_array(s->slots, sizeof *s->value, what);
    s->code = memory_array(n, sizeof *s->code, what);
    s->distinct = memory_array(n, sizeof *s->distinct, what);
    s->id = memory_array(n, sizeof *s->id, what);
    s->count = memory_array(whole_lanes(n), sizeof *s->count, what);
    s->of_class =
        memory_array((classes == 2 ? 1 : classes) * whole_lanes(n), sizeof *s->of_class, what);
    return s;
}

void information_free(struct information_space *s)
{
    if (!s)
        return;
    free(s->value);
    free(s->code);
    free(s->distinct);
    free(s->id);
    free(s->count);
    free(s->of_class);
    free(s);
}

/* Replaces each code by its number in the order of first appearance; returns how many there are. */
static size_t number_codes(struct information_space *s)
{
    const uint32_t empty = 0xffffffffU;
    memset(s->value, 0xff, s->slots * sizeof *s->value);
    size_t values = 0;
    for (size_t k = 0; k < s->n; k++) {
        const uint64_t code = s->code[k];
        /* Multiplicative hashing (Knuth, TAOCP 3, 6.4), then linear probing. */
        size_t slot = (size_t)((code ^ code >> 32) * 0x9E3779B97F4A7C15U >> s->shift);
        uint32_t v;
        while ((v = s->value[slot]) != empty && s->distinct[v] != code)
            slot = (slot + 1) & (s->slots - 1);
        if (v == empty) {
            v = s->value[slot] = (uint32_t)values;
            s->distinct[values++] = code;
        }
        s->id[k] = v;
    }
    return values;
}

size_t information_patterns(const uint32_t **id, struct information_space *s, const uint8_t *bin,
                            size_t step, size_t units, size_t bins)
{
    unsigned width = 1; /* bits of one bin */
    while (((size_t)1 << width) < bins)
        width++;
    /* As many units as fit go into one 64-bit code; when it is full, the patterns so far are
     * numbered and the number stands for them. */
    unsigned used = 0;
    memset(s->code, 0, s->n * sizeof *s->code);
    for (size_t u = 0; u < units; u++) {
        if (used + width > 64) {
            number_codes(s);
            for (size_t k = 0; k < s->n; k++)
                s->code[k] = s->id[k];
            used = s->number;
        }
        const uint8_t *b = bin + u * step;
        for (size_t k = 0; k < s->n; k++)
            s->code[k] = s->code[k] << width | b[k];
        used += width;
    }
    *id = s->id;
    return number_codes(s);
}

/*[ layer ]*/
struct information information_layer(struct information_space *s, const uint8_t *bin, size_t step,
                                     size_t units, size_t bins, const float *p, double h_y)
{
    /* Inputs per value t of T, and how many of them have each y on average; of two classes, y = 1. */
    const uint32_t *id;
    const size_t values = information_patterns(&id, s, bin, step, units, bins);
    const size_t padded = whole_lanes(values); /* with zeros, which add nothing */
    const size_t columns = s->classes == 2 ? 1 : s->classes;
    memset(s->count, 0, padded * sizeof *s->count);
    memset(s->of_class, 0, columns * padded * sizeof *s->of_class);
    for (size_t k = 0; k < s->n; k++) {
        s->count[id[k]] += 1.0;
        for (size_t y = 0; y < columns; y++)
            s->of_class[y * padded + id[k]] += (double)p[k * columns + y];
    }

    /* I(X;T) = H(T) = log N - 1/N sum_t n_t log n_t, as T is a function of X;
     * I(T;Y) = H(Y) - H(Y|T), and N H(Y|T) = sum_t (n_t log n_t - sum_y n_ty log n_ty). */
    double lane_t[LANES] = {0}, lane_ty[LANES] = {0};
    for (size_t v = 0; v < padded; v += LANES)
        for (size_t y = 0; y < columns; y++)
            LANES_LOOP
    for (size_t l = 0; l < LANES; l++) {
        const double count = s->count[v + l], ones = s->of_class[y * padded + v + l];
        if (y == 0)
            lane_t[l] += entropy_term(count);
        lane_ty[l] += entropy_term(ones) + (columns == 1 ? entropy_term(count - ones) : 0.0);
    }
    double n_t = 0.0, n_ty = 0.0;
    for (size_t l = 0; l < LANES; l++) {
        n_t += lane_t[l];
        n_ty += lane_ty[l];
    }
    const double total = (double)s->n;
    return (struct information){.i_xt = lanes_log2(total) - n_t / total,
                                .i_ty = h_y - (n_t - n_ty) / total};
}
/*[ end ]*/

double information_plugin(const double *joint, size_t nx, size_t ny)
{
    /* I = H(X) + H(Y) - H(X,Y), each from its counts: N H = N log N - sum n log n */
    double total = 0.0, sum_x = 0.0, sum_y = 0.0, sum_xy = 0.0;
    for (size_t x = 0; x < nx; x++) {
        double n_x = 0.0;
        for (size_t y = 0; y < ny; y++) {
            n_x += joint[x * ny + y];
            sum_xy += entropy_term(joint[x * ny + y]);
        }
        sum_x += entropy_term(n_x);
        total += n_x;
    }
    for (size_t y = 0; y < ny; y++) {
        double n_y = 0.0;
        for (size_t x = 0; x < nx; x++)
            n_y += joint[x * ny + y];
        sum_y += entropy_term(n_y);
    }
    return total > 0.0 ? lanes_log2(total) + (sum_xy - sum_x - sum_y) / total : 0.0;
}
