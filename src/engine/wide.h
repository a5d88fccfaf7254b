/* wide.h -- a fully connected network of any widths on float inputs: hidden layers of one kind of
 * unit, a softmax output, cross-entropy loss.  net.h is for narrow layers, this for wide ones, by
 * blocked products.
 *
 * Every sum runs in one order: a net input begins with the bias and takes the inputs in order; the
 * gradient of a weight takes the samples in the order of the batch; a derivative takes the units of
 * the layer above in order; and each term is a fused multiply-add.  The softmax subtracts the
 * largest net input of a sample and sums the classes in order.  So neither blocks, nor strips, nor
 * the width of a vector show in a result.
 *
 * Samples pass in strips of up to WIDE_STRIP.  Quantities of a layer are stored as (unit, sample),
 * rows WIDE_STRIP apart.  y is what the units make of their net inputs, t what the layer above gets:
 * the same array, unless the network was made with t apart from y.  Then the caller may alter t[l]
 * between the forward steps of layers l and l + 1: noise, rounding, firing.  Slopes are those at y.
 *
 * Parameters and gradients are flat arrays of the caller's, laid out as in net.h. */
#ifndef WIDE_H
#define WIDE_H

#include <stddef.h>
#include <stdint.h>

#include "net.h"
#include "product.h"
#include "unit.h"

enum {
    WIDE_MAX_WIDTH = 4096, /* units of one layer */
    WIDE_MAX_CLASSES = 64, /* units of the output */
    WIDE_STRIP = 256       /* most samples in flight */
};

struct wide {
    struct net_shape shape;
    enum unit unit;               /* of the hidden layers */
    float *x;                     /* inputs (sample, feature), neighbours without a gap */
    float *y[NET_MAX_LAYERS + 1]; /* outputs of the units of layers 1 to layers; p(y) last */
    float *t[NET_MAX_LAYERS + 1]; /* what the layer above gets */
    float *d[NET_MAX_LAYERS + 1]; /* d loss / d net input */
    struct product_space space;
};

/* Lays out a network of the given widths, width[0] features to width[layers] classes, at least two.
 * Returns 0, or -1 if there are too many layers, units or classes, or a layer is empty. */
int wide_shape(struct net_shape *shape, const size_t *width, size_t layers);

/* A network of a shape by wide_shape, with t apart from y or not; goes by wide_free. */
struct wide *wide_new(const struct net_shape *shape, enum unit unit, int apart);
void wide_free(struct wide *w);

/* Activations of layer l for the n samples of a strip from those of layer l - 1, or for l = 1 from
 * the inputs, which the caller has put into x, Eq. (eq:forward).  y of the output is p(y). */
void wide_forward(struct wide *w, const float *param, size_t l, size_t n);

/* d of the output: scale times the derivative of the cross-entropy of n samples of these labels. */
void wide_loss(struct wide *w, const uint8_t *label, size_t n, float scale);

/* Adds to grad, or begins it with, the gradient of the parameters of layer l, from d of this layer;
 * then makes d of the layer below, if that is hidden, Eq. (eq:backward). */
void wide_backward(struct wide *w, float *grad, const float *param, size_t l, size_t n,
                   enum product_start start);

/* grad[params] = the gradient of the mean cross-entropy of a batch: the n samples order[k] of the
 * inputs (sample, feature) and their labels.  At least one sample. */
void wide_gradient(struct wide *w, float *grad, const float *param, const float *input,
                   const uint8_t *label, const uint32_t *order, size_t n);

#endif
