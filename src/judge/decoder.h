/* decoder.h -- how a network reads one of its layers: what it answers to a value of the layer, against
 * what that value says of the label.
 *
 * The second half of a layer that is on the bound: by the equations of the bottleneck its decoder is
 * p(y|t), the mean of p(y|x) over the inputs of t.  The network's own is p(yhat|t), the mean of its
 * output over the same inputs.  Bits. */
#ifndef DECODER_H
#define DECODER_H

#include <stddef.h>
#include <stdint.h>

/* E_t D_KL[p(y|t) || p(yhat|t)], Eq. (eq:decoder), over n equally likely inputs: input k has the value
 * id[k] < values, p(y|x) in p and the network's output in q, (n, classes) each.  An output that is 0 to
 * the last bit counts as the least float, as in the loss. */
double decoder_divergence(const uint32_t *id, size_t values, const double *p, const double *q,
                          size_t n, size_t classes);

#endif
