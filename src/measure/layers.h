/* layers.h -- the layers of one network over all patterns of the task, cut into bins.
 *
 * What a run measures on a network in training, a claim can measure again on the final weights of a
 * record: the same bytes come out.  Plain data, owned by the caller; no memory is allocated. */
#ifndef LAYERS_H
#define LAYERS_H

#include <stddef.h>
#include <stdint.h>

#include "information.h"
#include "net.h"
#include "task.h"

struct layers {
    struct information_bins bins; /* of every unit; set by the caller */
    struct net_shape shape;
    struct net_strip strip;
    struct information_space space;
    uint8_t bin[NET_MAX_UNITS][TASK_PATTERNS]; /* of every unit but the inputs, (unit, pattern) */
    float p_one[TASK_PATTERNS];                /* probability given to y = 1 */
};

/* Bytes of alignment that the vectors of net_strip want. */
enum { LAYERS_ALIGNMENT = 64 };

/* Passes all patterns, in order, through a network with the given parameters; fills shape, bin and
 * p_one. */
void layers_forward(struct layers *w, const struct net_shape *shape, const float *param);

/* I(X;T) and I(T;Y) of layer l (1 to layers), Eqs. (eq:ixt) and (eq:ity). */
struct information layers_information(struct layers *w, size_t l, const struct task *task);

/* Numbers the values of layer l (1 to layers) from 0 in the order of first appearance: that of
 * pattern k is w->space.id[k].  Returns how many there are. */
size_t layers_values(struct layers *w, size_t l);

#endif
