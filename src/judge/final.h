/* final.h -- the layers of a network at the end of its training, from the last weights of its record,
 * cut into the bins by which it was measured: their values are those whose information was recorded.
 *
 * Information in bits. */
#ifndef FINAL_H
#define FINAL_H

#include <stddef.h>
#include <stdint.h>

#include "bins.h"
#include "layers.h"
#include "run.h"

struct final {
    struct layers *layers;
    struct bins_space *bins;
    struct config config;
};

/* For networks of a configuration on its data set, measured by an estimator that cuts into bins; dies if
 * this one does not. */
struct final *final_new(const struct config *c, const struct dataset *data, const char *estimator);
void final_free(struct final *f);

/* Passes all inputs through a network that kept its last weights. */
void final_look(struct final *f, const struct run_record *record);

/* Numbers the values of layer l (1 to layers) from 0 in the order of first appearance; that of input k
 * is (*id)[k], until the next call.  Returns how many there are. */
size_t final_values(const uint32_t **id, struct final *f, size_t l);

/* I(X;T) and I(T;Y) of layer l (1 to layers). */
struct information final_information(struct final *f, size_t l);

/* The probability that the output gives to a class for an input. */
double final_output(const struct final *f, size_t input, size_t class);

/* Of the inputs that network `number` was not trained on, the share for which its largest output is the
 * likelier class by p(y|x): what it has learnt of the rule, without the noise of drawn labels.  NaN if it
 * was trained on all. */
double final_likelier(const struct final *f, size_t number);

#endif
