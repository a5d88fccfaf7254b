/* optimiser.h -- from a gradient to the next parameters.
 *
 * To add one: a line in OPTIMISER_TABLE, and its step function in optimiser.c.  What an optimiser
 * keeps from step to step belongs to its workspace, optimiser_new to optimiser_free. */
#ifndef OPTIMISER_H
#define OPTIMISER_H

#include <stddef.h>

/* LINE(constant, step function, name in a configuration, arrays of the size of the parameters) */
#define OPTIMISER_TABLE(LINE)                                                                      \
    LINE(OPTIMISER_SGD, sgd, "sgd", 0)                                                             \
    LINE(OPTIMISER_MOMENTUM, momentum, "momentum", 1)                                              \
    LINE(OPTIMISER_ADAM, adam, "adam", 2)

#define OPTIMISER_CONSTANT(constant, function, name, arrays) constant,
enum optimiser { OPTIMISER_TABLE(OPTIMISER_CONSTANT) OPTIMISERS };
#undef OPTIMISER_CONSTANT

enum { OPTIMISER_MAX_ARRAYS = 2 };

struct optimiser_work {
    enum optimiser kind;
    float rate;     /* learning rate */
    float momentum; /* of OPTIMISER_MOMENTUM */
    size_t params;
    float *array[OPTIMISER_MAX_ARRAYS]; /* (params) each: velocity; or first and second moment */
    double power[2];                    /* Adam's beta to the number of steps */
};

/* The name of an optimiser in a configuration. */
const char *optimiser_name(enum optimiser kind);

/* A workspace at its start. */
void optimiser_new(struct optimiser_work *w, enum optimiser kind, float rate, float momentum,
                   size_t params);

/* One update of param[params] with grad[params]. */
void optimiser_step(struct optimiser_work *w, float *param, const float *grad);

void optimiser_free(struct optimiser_work *w);

#endif
