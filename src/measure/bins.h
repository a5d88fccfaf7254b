/* bins.h -- activations cut into bins.
 *
 * The estimators "bins:N:LOW:HIGH", "edges:N:LOW:HIGH": each distinct pattern of a layer's bins is one
 * value of T, a function of the input, and the plug-in measures of information.h are exact over the
 * inputs there are. */
#ifndef BINS_H
#define BINS_H

#include <stddef.h>
#include <stdint.h>

#include "estimator.h"

enum { BINS_MAX = 256 };

/* How activations are cut.  Bin b holds edge[b] <= t < edge[b+1]; what lies below the first edge
 * counts to the first bin, above the last to the last. */
struct bins {
    size_t n;
    float low, scale;         /* first guess of a bin: (t - low) * scale */
    float edge[BINS_MAX + 1]; /* edge[0..n]; edge[0] is -inf, edge[n] NaN */
};

/* n equal intervals on [low, high], the last one closed: tanh = 1 is in the top bin.  This is the
 * estimator of the paper's text, with n = 30 on [-1, 1].  Returns 0, or -1 for bad arguments. */
int bins_equal(struct bins *b, size_t n, float low, float high);

/* The cells of `edges` equally spaced edges on [low, high] as numpy.digitize numbers them: edges-1
 * half-open intervals, and a cell of its own for t >= high.  This is the estimator of the authors'
 * code, with 50 edges on [-1, 1].  Returns 0, or -1 for bad arguments. */
int bins_edges(struct bins *b, size_t edges, float low, float high);

/* The bins that "bins:..." or "edges:..." names.  Returns NULL, or what is wrong with it. */
const char *bins_parse(struct bins *b, const char *spec);

/* bin[k] of t[k], k < n. */
void bins_cut(uint8_t *bin, const float *t, size_t n, const struct bins *b);

/* Layers of networks on a data set, cut into bins; the data set must outlive it. */
struct bins_space {
    struct bins bins;
    const struct dataset *data;
    struct information_space *space;
    float *p;     /* p(y|x), as information_layer wants it */
    uint8_t *bin; /* (units, n) of the layer at hand */
    size_t units; /* that it has room for */
};

struct bins_space *bins_new(const struct bins *b, const struct dataset *d);
void bins_free(struct bins_space *s);

/* Numbers the values of a layer from 0 in the order of first appearance; that of input k is (*id)[k],
 * until the next call.  t is (units, inputs) with rows of `step` floats.  Returns how many there are. */
size_t bins_values(const uint32_t **id, struct bins_space *s, const float *t, size_t step,
                   size_t units);

/* I(X;T) and I(T;Y) of a layer, bits. */
struct information bins_information(struct bins_space *s, const float *t, size_t step,
                                    size_t units);

extern const struct estimator_kind bins_kind, bins_edges_kind;

#endif
