/* draw.h -- what chance decides before training begins: labels, and who is trained on.  Each from a
 * stream of its own, so that none shifts another. */
#ifndef DRAW_H
#define DRAW_H

#include <stddef.h>
#include <stdint.h>

#include "config.h"
#include "dataset.h"

/* The labels of all n inputs for network `number`: drawn from p(y|x), input after input, or those of
 * the data set; then dealt out anew if the configuration wants them shuffled. */
void draw_labels(uint8_t *label, const struct dataset *data, const struct config *c, size_t number);

/* The inputs in random order, or in their own: the first config_samples of order[n] are trained on. */
void draw_order(uint32_t *order, const struct dataset *data, const struct config *c, size_t number);

/* Gives each of the inputs order[samples], one after the other, with probability c->label_noise one
 * of the other labels. */
void draw_label_noise(uint8_t *label, const uint32_t *order, size_t samples,
                      const struct dataset *data, const struct config *c, size_t number);

#endif
