/* information.h -- mutual information of discretised variables, in bits.
 *
 * The activations of a layer are cut into bins; each distinct pattern of bins is one value of T.
 * T is then a function of the input, so over a set of N equally likely inputs I(X;T) = H(T), and
 * I(T;Y) follows from p(y=1|x), averaged over the inputs that share a value.  All arrays belong to
 * the caller.  The measures are exact over the set they are given: nothing is sampled. */
#ifndef INFORMATION_H
#define INFORMATION_H

#include <stddef.h>
#include <stdint.h>

enum {
    INFORMATION_MAX_SAMPLES = 4096,
    INFORMATION_MAX_BINS = 256,
    INFORMATION_SLOTS = 1 << 13, /* of the table of values: twice the samples */
    INFORMATION_SHIFT = 64 - 13  /* from a 64-bit hash to a slot */
};

/* How activations are cut.  Bin b holds edge[b] <= t < edge[b+1]; what lies below the first edge
 * counts to the first bin, above the last to the last. */
struct information_bins {
    size_t n;
    float low, scale;                     /* first guess of a bin: (t - low) * scale */
    float edge[INFORMATION_MAX_BINS + 1]; /* edge[0..n]; edge[0] is -inf, edge[n] NaN */
};

/* n equal intervals on [low, high], the last one closed: tanh = 1 is in the top bin.  This is the
 * estimator of the paper's text, with n = 30 on [-1, 1].  Returns 0, or -1 for bad arguments. */
int information_bins_equal(struct information_bins *b, size_t n, float low, float high);

/* The cells of `edges` equally spaced edges on [low, high] as numpy.digitize numbers them: edges-1
 * half-open intervals, and a cell of its own for t >= high.  This is the estimator of the authors'
 * code, with 50 edges on [-1, 1].  Returns 0, or -1 for bad arguments. */
int information_bins_edges(struct information_bins *b, size_t edges, float low, float high);

/* bin[k] of t[k], k < n. */
void information_bin(uint8_t *bin, const float *t, size_t n, const struct information_bins *b);

/* Scratch space of information_layer; needs no initial value. */
struct information_space {
    uint16_t value[INFORMATION_SLOTS];
    uint64_t code[INFORMATION_MAX_SAMPLES], distinct[INFORMATION_MAX_SAMPLES];
    uint16_t id[INFORMATION_MAX_SAMPLES];
    double count[INFORMATION_MAX_SAMPLES], ones[INFORMATION_MAX_SAMPLES];
};

struct information {
    double i_xt, i_ty;
};

/* Labels each of n samples with the number of its pattern of bins, counted from 0 in the order of
 * first appearance.  bin is (unit, sample) with rows of `step` samples, entries below bins.
 * Returns how many patterns there are; id (n) is in s->id. */
size_t information_patterns(struct information_space *s, const uint8_t *bin, size_t step,
                            size_t units, size_t n, size_t bins);

/* I(X;T) and I(T;Y) of a layer over n equally likely inputs, Eqs. (eq:ixt) and (eq:ity).
 * py_x[n] is p(y=1|x), h_y the entropy of Y. */
struct information information_layer(struct information_space *s, const uint8_t *bin, size_t step,
                                     size_t units, size_t n, size_t bins, const float *py_x,
                                     double h_y);

/* Plug-in estimate of I(X;Y) from joint counts (x, y), Eq. (eq:plugin).  Zero counts add nothing;
 * 0 if there are no counts. */
double information_plugin(const double *joint, size_t nx, size_t ny);

/* Entropy of counts[n], or of probabilities. */
double information_entropy(const double *counts, size_t n);

/* Entropy of one choice with probability p. */
double information_binary(double p);

#endif
