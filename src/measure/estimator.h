/* estimator.h -- what measures I(X;T) and I(T;Y) of a layer, chosen by a name with parameters such as
 * "bins:30:-1:1": a pure function of the activations of the layer on all inputs and, for those that look
 * at net inputs or at noise, of the layer before and the weights.
 *
 * A kind of estimator is a module of its own that defines its struct estimator_kind; the list in
 * estimator.c is the one place that names it.  Information in bits. */
#ifndef ESTIMATOR_H
#define ESTIMATOR_H

#include <stddef.h>

#include "dataset.h"
#include "information.h"
#include "layers.h"

enum { ESTIMATOR_TEXT_MAX = 64 };

struct estimator_kind {
    const char *name, *module;  /* module: its source is module.c, for its version */
    const char *form, *meaning; /* for help texts */
    /* A state for a data set, which must outlive it; NULL and *problem set for a wrong name.  Without a
     * data set, only the name is checked. */
    void *(*start)(const char **problem, const char *spec, const struct dataset *d);
    /* Layer l (1 to layers) of what passed last; param are the parameters of the network, or NULL where
     * only activations are known. */
    struct information (*measure)(void *state, const struct layers *w, size_t l,
                                  const float *param);
    void (*end)(void *state);
};

/* An estimator for one data set and one thread at a time. */
struct estimator {
    const struct estimator_kind *kind;
    void *state;
};

/* Returns NULL, or what is wrong with the name of an estimator. */
const char *estimator_check(const char *spec);

/* Sets one up; dies if the name is wrong. */
void estimator_start(struct estimator *e, const char *spec, const struct dataset *d);
void estimator_end(struct estimator *e);

/* Measures layer l of what layers_forward passed last, with these parameters. */
struct information estimator_measure(struct estimator *e, const struct layers *w, size_t l,
                                     const float *param);

/* The module of the estimator that a name means; dies if there is none. */
const char *estimator_module(const char *spec);

/* For the kinds: whether a specification begins with this name; and its parameters, the n numbers
 * behind the name, each after a colon.  Returns 0, or -1 if they are not n finite numbers. */
int estimator_named(const char *spec, const char *name);
int estimator_numbers(double *x, size_t n, const char *spec);

#endif
