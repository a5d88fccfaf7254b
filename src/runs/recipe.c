#include "recipe.h"

/*[ described ]*/
struct run_config recipe_described(double fraction, size_t epochs)
{
    const double share = 0.85;  /* of the patterns, in the original's main experiment */
    const double batch = 256.0; /* samples, at that share */
    struct run_config c = {
        .rule = TASK_SMOOTH,
        .i_xy = 0.99, /* bits */
        .layers = 6,
        .width = {12, 10, 7, 5, 4, 3, 2},
        .optimiser = TRAIN_SGD,
        .rate = 0.002,
        .batch = (size_t)(0.5 + batch * fraction / share),
        .fraction = fraction,
        .epochs = epochs,
        .estimator = RUN_BINS_EQUAL,
        .bins = 30, /* equal intervals on [-1, 1] */
        .seed = 1,
    };
    return c;
}
/*[ end ]*/

size_t recipe_batches(const struct run_config *c)
{
    const size_t samples = run_samples(c);
    const size_t batch = c->batch == 0 || c->batch > samples ? samples : c->batch;
    return (samples + batch - 1) / batch;
}

/*[ full-batch ]*/
struct run_config recipe_full_batch(double fraction, size_t epochs)
{
    struct run_config c = recipe_described(fraction, epochs);
    c.rate *= (double)recipe_batches(&c);
    c.batch = 0; /* the whole training set */
    return c;
}
/*[ end ]*/

/*[ depth ]*/
/* Input 12, hidden 12, 10, 8, ..., output 2. */
static void set_depth(struct run_config *c, size_t hidden)
{
    c->layers = hidden + 1;
    c->width[0] = TASK_BITS;
    for (size_t l = 1; l <= hidden; l++)
        c->width[l] = TASK_BITS - 2 * (l - 1);
    c->width[hidden + 1] = 2;
}

struct run_config recipe_depth(size_t hidden, size_t epochs)
{
    struct run_config c = recipe_described(0.80, epochs);
    set_depth(&c, hidden);
    return c;
}
/*[ end ]*/

/*[ coded ]*/
struct run_config recipe_coded(size_t epochs)
{
    struct run_config c = {
        .rule = TASK_HARD,
        .layers = 7,
        .width = {12, 10, 7, 5, 4, 4, 3, 2},
        .optimiser = TRAIN_ADAM,
        .rate = 2e-4,
        .batch = 0, /* the whole training set */
        .fraction = 4095.0 / 4096.0,
        .epochs = epochs,
        .estimator = RUN_BINS_EDGES,
        .bins = 50, /* edges on [-1, 1] */
        .seed = 1,
    };
    return c;
}
/*[ end ]*/

struct run_config recipe_coded_depth(size_t hidden, size_t epochs)
{
    struct run_config c = recipe_coded(epochs);
    set_depth(&c, hidden);
    return c;
}
