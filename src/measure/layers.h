/* layers.h -- the layers of one network over all inputs of a data set, cut into bins.
 *
 * What a run measures on a network in training, a claim can measure again on the final weights of a
 * record: the same bytes come out.  Plain data, owned by the caller; no memory is allocated.  For
 * narrow networks, up to INFORMATION_MAX_SAMPLES inputs, and two classes. */
#ifndef LAYERS_H
#define LAYERS_H

#include <stddef.h>
#include <stdint.h>

#include "dataset.h"
#include "information.h"
#include "net.h"

struct layers {
    struct information_bins bins; /* of every unit; set by the caller */
    struct net_shape shape;
    size_t n; /* inputs */
    struct net_strip strip;
    struct information_space space;
    uint8_t bin[NET_MAX_UNITS]
               [INFORMATION_MAX_SAMPLES]; /* of every unit but the inputs, (unit, input) */
    float p_one[INFORMATION_MAX_SAMPLES]; /* probability given to y = 1 */
};

/* Bytes of alignment that the vectors of net_strip want. */
enum { LAYERS_ALIGNMENT = 64 };

/* Passes all inputs, in order, through a network with the given parameters; fills shape, n, bin and
 * p_one.  Random units take their words from the streams for measuring: input k has word k, so a
 * network that is measured again has the same noise. */
void layers_forward(struct layers *w, const struct net_shape *shape, const float *param,
                    const struct dataset *data, uint64_t seed, size_t number);

/* I(X;T) and I(T;Y) of layer l (1 to layers), Eqs. (eq:ixt) and (eq:ity). */
struct information layers_information(struct layers *w, size_t l, const struct dataset *data);

/* Numbers the values of layer l (1 to layers) from 0 in the order of first appearance: that of
 * input k is w->space.id[k].  Returns how many there are. */
size_t layers_values(struct layers *w, size_t l);

#endif
