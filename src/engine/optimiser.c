#include "optimiser.h"

#include <math.h>
#include <stdlib.h>

#include "memory.h"

/*[ sgd ]*/
static void step_sgd(struct optimiser_work *w, float *restrict param, const float *restrict grad)
{
    for (size_t p = 0; p < w->params; p++)
        param[p] = fmaf(-w->rate, grad[p], param[p]);
}
/*[ end ]*/

/*[ momentum ]*/
/* The velocity is a sum of gradients that fade: B. T. Polyak, "Some methods of speeding up the
 * convergence of iteration methods", 1964. */
static void step_momentum(struct optimiser_work *w, float *restrict param,
                          const float *restrict grad)
{
    float *restrict v = w->array[0];
    for (size_t p = 0; p < w->params; p++) {
        v[p] = fmaf(w->momentum, v[p], grad[p]);
        param[p] = fmaf(-w->rate, v[p], param[p]);
    }
}
/*[ end ]*/

/*[ adam ]*/
/* Adam: D. P. Kingma and J. Ba, "Adam: a method for stochastic optimization", ICLR 2015,
 * Algorithm 1, in the order of operations its Section 2 ends with. */
static void step_adam(struct optimiser_work *w, float *restrict param, const float *restrict grad)
{
    const double beta[2] = {0.9, 0.999};
    const float epsilon = 1e-8F;
    if (w->power[1] > 1e-17) /* from then on 1 - power is 1 */
        for (size_t i = 0; i < 2; i++)
            w->power[i] *= beta[i];
    const float rate = (float)(w->rate * sqrt(1.0 - w->power[1]) / (1.0 - w->power[0]));
    float *restrict first = w->array[0], *restrict second = w->array[1];
    for (size_t p = 0; p < w->params; p++) {
        const float g = grad[p];
        first[p] = fmaf((float)beta[0], first[p], (float)(1.0 - beta[0]) * g);
        second[p] = fmaf((float)beta[1], second[p], (float)(1.0 - beta[1]) * (g * g));
        param[p] = fmaf(-rate, first[p] / (sqrtf(second[p]) + epsilon), param[p]);
    }
}
/*[ end ]*/

#define ENTRY(constant, function, name, arrays) {name, arrays, step_##function},
static const struct {
    const char *name;
    size_t arrays;
    void (*step)(struct optimiser_work *, float *, const float *);
} table[OPTIMISERS] = {OPTIMISER_TABLE(ENTRY)};

const char *optimiser_name(enum optimiser kind)
{
    return table[kind].name;
}

void optimiser_new(struct optimiser_work *w, enum optimiser kind, float rate, float momentum,
                   size_t params)
{
    *w = (struct optimiser_work){
        .kind = kind, .rate = rate, .momentum = momentum, .params = params, .power = {1.0, 1.0}};
    for (size_t i = 0; i < table[kind].arrays; i++)
        w->array[i] = memory_array(params, sizeof *w->array[i], "numbers of an optimiser");
}

void optimiser_step(struct optimiser_work *w, float *param, const float *grad)
{
    table[w->kind].step(w, param, grad);
}

void optimiser_free(struct optimiser_work *w)
{
    for (size_t i = 0; i < OPTIMISER_MAX_ARRAYS; i++) {
        free(w->array[i]);
        w->array[i] = NULL;
    }
}
