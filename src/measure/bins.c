#include "bins.h"

#include <math.h>
#include <stdlib.h>

#include "information.h"
#include "lanes.h"
#include "memory.h"

/* The least float that is not below a double: t >= x and t >= the result say the same of a float. */
static float round_up(double x)
{
    const float f = (float)x;
    return (double)f < x ? nextafterf(f, INFINITY) : f;
}

/* Sets the inner edges low + k (high - low)/intervals, k = 1, 2, ..., n - 1. */
static int set_edges(struct bins *b, size_t n, size_t intervals, float low, float high)
{
    const float scale = (float)intervals / (high - low);
    if (intervals < 1 || n > BINS_MAX || !(low < high) || !isfinite(low) || !isfinite(high) ||
        !(scale > 0.0F) || !isfinite(scale))
        return -1;
    *b = (struct bins){.n = n, .low = low, .scale = scale};
    const double width = ((double)high - (double)low) / (double)intervals;
    b->edge[0] = -INFINITY;
    b->edge[n] = NAN; /* nothing is above it, not even infinity */
    for (size_t k = 1; k < n; k++)
        b->edge[k] = k == intervals ? high : round_up((double)low + (double)k * width);
    return 0;
}

int bins_equal(struct bins *b, size_t n, float low, float high)
{
    return set_edges(b, n, n, low, high);
}

int bins_edges(struct bins *b, size_t edges, float low, float high)
{
    return edges < 2 ? -1 : set_edges(b, edges, edges - 1, low, high);
}

/*[ bin ]*/
void bins_cut(uint8_t *bin, const float *t, size_t n, const struct bins *b)
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

const char *bins_parse(struct bins *b, const char *spec)
{
    double x[3];
    const int equal = estimator_named(spec, bins_kind.name);
    if (!equal && !estimator_named(spec, bins_edges_kind.name))
        return "it names no bins";
    if (estimator_numbers(x, 3, spec) != 0 || x[0] < 2 || x[0] > BINS_MAX || x[0] != floor(x[0]))
        return equal ? "wanted bins:N:LOW:HIGH, 2 to 256 intervals"
                     : "wanted edges:N:LOW:HIGH, 2 to 256 edges";
    const size_t n = (size_t)x[0];
    const float low = (float)x[1], high = (float)x[2];
    return (equal ? bins_equal(b, n, low, high) : bins_edges(b, n, low, high)) == 0
               ? NULL
               : "the range is empty or not finite";
}

/* ---- layers ---- */

struct bins_space *bins_new(const struct bins *b, const struct dataset *d)
{
    struct bins_space *s = memory_array(1, sizeof *s, "the bins of layers");
    const size_t columns = d->classes == 2 ? 1 : d->classes; /* see information_layer */
    s->bins = *b;
    s->data = d;
    s->space = information_new(d->n, d->classes);
    s->p = memory_array(d->n * columns, sizeof *s->p, "probabilities");
    for (size_t i = 0; i < d->n; i++)
        for (size_t y = 0; y < columns; y++)
            s->p[i * columns + y] = (float)dataset_p(d, i, columns == 1 ? 1 : y);
    return s;
}

void bins_free(struct bins_space *s)
{
    if (!s)
        return;
    information_free(s->space);
    free(s->p);
    free(s->bin);
    free(s);
}

/* Cuts a layer into s->bin, (units, n). */
static void cut_layer(struct bins_space *s, const float *t, size_t step, size_t units)
{
    const size_t n = s->data->n;
    if (units > s->units) {
        free(s->bin);
        s->bin = memory_array(units * n, sizeof *s->bin, "the bins of a layer");
        s->units = units;
    }
    for (size_t u = 0; u < units; u++)
        bins_cut(s->bin + u * n, t + u * step, n, &s->bins);
}

size_t bins_values(const uint32_t **id, struct bins_space *s, const float *t, size_t step,
                   size_t units)
{
    cut_layer(s, t, step, units);
    return information_patterns(id, s->space, s->bin, s->data->n, units, s->bins.n);
}

struct information bins_information(struct bins_space *s, const float *t, size_t step, size_t units)
{
    cut_layer(s, t, step, units);
    return information_layer(s->space, s->bin, s->data->n, units, s->bins.n, s->p, s->data->h_y);
}

/* ---- the estimators ---- */

static void *start(const char **problem, const char *spec, const struct dataset *d)
{
    struct bins bins;
    *problem = bins_parse(&bins, spec);
    return *problem || !d ? NULL : bins_new(&bins, d);
}

static struct information measure(void *state, const struct layers *w, size_t l, const float *param)
{
    (void)param;
    return bins_information(state, layers_row(w, l), w->step, w->shape.width[l]);
}

static void end(void *state)
{
    bins_free(state);
}

const struct estimator_kind bins_kind = {
    .name = "bins",
    .module = "bins",
    .form = "bins:N:LOW:HIGH",
    .meaning = "N equal intervals on [LOW, HIGH], the last one closed",
    .start = start,
    .measure = measure,
    .end = end};
const struct estimator_kind bins_edges_kind = {
    .name = "edges",
    .module = "bins",
    .form = "edges:N:LOW:HIGH",
    .meaning = "the cells of N equally spaced edges, one for what is at HIGH or above",
    .start = start,
    .measure = measure,
    .end = end};
