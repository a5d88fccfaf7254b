#include "information.h"

#include <math.h>
#include <string.h>

#include "lanes.h"

/* x log2 x, 0 at 0 */
static inline double x_log_x(double x)
{
    const double safe = x > 0.0 ? x : 1.0;
    return x * lanes_log2(safe);
}

/* The least float that is not below a double: t >= x and t >= the result say the same of a float. */
static float round_up(double x)
{
    const float f = (float)x;
    return (double)f < x ? nextafterf(f, INFINITY) : f;
}

/* Sets the inner edges low + k (high - low)/intervals, k = 1, 2, ..., n - 1. */
static int bins_init(struct information_bins *b, size_t n, size_t intervals, float low, float high)
{
    const float scale = (float)intervals / (high - low);
    if (intervals < 1 || n > INFORMATION_MAX_BINS || !(low < high) || !isfinite(low) ||
        !isfinite(high) || !(scale > 0.0F) || !isfinite(scale))
        return -1;
    *b = (struct information_bins){.n = n, .low = low, .scale = scale};
    const double width = ((double)high - (double)low) / (double)intervals;
    b->edge[0] = -INFINITY;
    b->edge[n] = NAN; /* nothing is above it, not even infinity */
    for (size_t k = 1; k < n; k++)
        b->edge[k] = k == intervals ? high : round_up((double)low + (double)k * width);
    return 0;
}

int information_bins_equal(struct information_bins *b, size_t n, float low, float high)
{
    return bins_init(b, n, n, low, high);
}

int information_bins_edges(struct information_bins *b, size_t edges, float low, float high)
{
    return edges < 2 ? -1 : bins_init(b, edges, edges - 1, low, high);
}

/*[ bin ]*/
void information_bin(uint8_t *bin, const float *t, size_t n, const struct information_bins *b)
{
    const float top = (float)(b->n - 1);
    LANES_LOOP
    for (size_t k = 0; k < n; k++) {
        /* Arithmetic, kept on the low side, finds the bin or the one below; the edge decides. */
        float guess = fmaf(t[k] - b->low, b->scale, -0.001F);
        guess = guess > 0.0F ? guess : 0.0F;
        guess = guess < top ? guess : top;
        const int32_t i = (int32_t)guess;
        bin[k] = (uint8_t)(i + (t[k] >= b->edge[i + 1]));
    }
}
/*[ end ]*/

/* Replaces each of n codes by its number in the order of first appearance; returns how many. */
static size_t number_codes(struct information_space *s, size_t n)
{
    enum { EMPTY = 0xffff };
    memset(s->value, 0xff, sizeof s->value);
    size_t values = 0;
    for (size_t k = 0; k < n; k++) {
        const uint64_t code = s->code[k];
        /* Multiplicative hashing (Knuth, TAOCP 3, 6.4), then linear probing. */
        size_t slot = (size_t)((code ^ code >> 32) * 0x9E3779B97F4A7C15U >> INFORMATION_SHIFT);
        uint16_t v;
        while ((v = s->value[slot]) != EMPTY && s->distinct[v] != code)
            slot = (slot + 1) % INFORMATION_SLOTS;
        if (v == EMPTY) {
            v = s->value[slot] = (uint16_t)values;
            s->distinct[values++] = code;
        }
        s->id[k] = v;
    }
    return values;
}

size_t information_patterns(struct information_space *s, const uint8_t *bin, size_t step,
                            size_t units, size_t n, size_t bins)
{
    unsigned width = 1; /* bits of one bin */
    while (((size_t)1 << width) < bins)
        width++;
    /* As many units as fit go into one 64-bit code; when it is full, the patterns so far are
     * numbered and the number (12 bits and one more for safety) stands for them. */
    unsigned used = 0;
    size_t values = 1;
    memset(s->code, 0, n * sizeof *s->code);
    for (size_t u = 0; u < units; u++) {
        if (used + width > 64) {
            number_codes(s, n);
            for (size_t k = 0; k < n; k++)
                s->code[k] = s->id[k];
            used = 13;
        }
        const uint8_t *b = bin + u * step;
        for (size_t k = 0; k < n; k++)
            s->code[k] = s->code[k] << width | b[k];
        used += width;
    }
    values = number_codes(s, n);
    return values;
}

/*[ layer ]*/
struct information information_layer(struct information_space *s, const uint8_t *bin, size_t step,
                                     size_t units, size_t n, size_t bins, const float *py_x,
                                     double h_y)
{
    /* Inputs per value t of T, and how many of them have y = 1 on average. */
    const size_t values = information_patterns(s, bin, step, units, n, bins);
    const size_t padded = (values + LANES - 1) / LANES * LANES; /* with zeros, which add nothing */
    memset(s->count, 0, padded * sizeof *s->count);
    memset(s->ones, 0, padded * sizeof *s->ones);
    for (size_t k = 0; k < n; k++) {
        s->count[s->id[k]] += 1.0;
        s->ones[s->id[k]] += (double)py_x[k];
    }

    /* I(X;T) = H(T) = log N - 1/N sum_t n_t log n_t, as T is a function of X;
     * I(T;Y) = H(Y) - H(Y|T), and N H(Y|T) = sum_t (n_t log n_t - sum_y n_ty log n_ty). */
    double lane_t[LANES] = {0}, lane_ty[LANES] = {0};
    for (size_t v = 0; v < padded; v += LANES)
        LANES_LOOP
    for (size_t l = 0; l < LANES; l++) {
        const double count = s->count[v + l], ones = s->ones[v + l];
        lane_t[l] += x_log_x(count);
        lane_ty[l] += x_log_x(ones) + x_log_x(count - ones);
    }
    double n_t = 0.0, n_ty = 0.0;
    for (size_t l = 0; l < LANES; l++) {
        n_t += lane_t[l];
        n_ty += lane_ty[l];
    }
    const double total = (double)n;
    return (struct information){.i_xt = lanes_log2(total) - n_t / total,
                                .i_ty = h_y - (n_t - n_ty) / total};
}
/*[ end ]*/

double information_entropy(const double *counts, size_t n)
{
    double total = 0.0, sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        total += counts[i];
        sum += x_log_x(counts[i]);
    }
    return total > 0.0 ? lanes_log2(total) - sum / total : 0.0;
}

double information_plugin(const double *joint, size_t nx, size_t ny)
{
    /* I = H(X) + H(Y) - H(X,Y), each from its counts: N H = N log N - sum n log n */
    double total = 0.0, sum_x = 0.0, sum_y = 0.0, sum_xy = 0.0;
    for (size_t x = 0; x < nx; x++) {
        double n_x = 0.0;
        for (size_t y = 0; y < ny; y++) {
            n_x += joint[x * ny + y];
            sum_xy += x_log_x(joint[x * ny + y]);
        }
        sum_x += x_log_x(n_x);
        total += n_x;
    }
    for (size_t y = 0; y < ny; y++) {
        double n_y = 0.0;
        for (size_t x = 0; x < nx; x++)
            n_y += joint[x * ny + y];
        sum_y += x_log_x(n_y);
    }
    return total > 0.0 ? lanes_log2(total) + (sum_xy - sum_x - sum_y) / total : 0.0;
}

double information_binary(double p)
{
    return -(x_log_x(p) + x_log_x(1.0 - p));
}
