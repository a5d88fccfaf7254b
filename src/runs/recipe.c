#include "recipe.h"

enum { PATTERNS = 4096 }; /* of the task */

const char recipe_bins[] = "bins:30:-1:1", recipe_coded_bins[] = "edges:50:-1:1",
           recipe_released_bins[] = "edges:30:-1:1";

/*[ described ]*/
struct config recipe_setting(double fraction, size_t epochs, double rate, size_t batch)
{
    const double share = 0.85; /* of the patterns, in the original's main experiment */
    struct config c = {
        .task = "icosahedron:0.99", /* the smooth rule, I(X;Y) in bits */
        .layers = 6,
        .width = {12, 10, 7, 5, 4, 3, 2},
        .unit = UNIT_TANH,
        .optimiser = OPTIMISER_SGD,
        .rate = rate,
        .batch = (size_t)(0.5 + (double)batch * fraction / share),
        .fraction = fraction,
        .epochs = epochs,
        .seed = 1,
    };
    return c;
}

struct config recipe_described(double fraction, size_t epochs)
{
    return recipe_setting(fraction, epochs, 0.002, 256);
}
/*[ end ]*/

/*[ full-batch ]*/
struct config recipe_full_batch(double fraction, size_t epochs)
{
    struct config c = recipe_described(fraction, epochs);
    c.rate *= (double)config_batches(&c, PATTERNS);
    c.batch = 0; /* the whole training set */
    return c;
}

struct config recipe_equal_path(double fraction, size_t epochs)
{
    struct config c = recipe_described(fraction, epochs);
    c.epochs *= config_batches(&c, PATTERNS);
    c.batch = 0;
    return c;
}
/*[ end ]*/

/*[ by-heart ]*/
struct config recipe_by_heart(size_t epochs)
{
    struct config c = recipe_described(0.05, epochs);
    c.labels = CONFIG_LABELS_SHUFFLED;
    return c;
}

struct config recipe_by_heart_wide(size_t epochs)
{
    struct config c = recipe_described(0.85, epochs);
    c.labels = CONFIG_LABELS_SHUFFLED;
    c.width[1] = c.width[2] = 32; /* before: 10, 7, 5 */
    c.width[3] = 16;
    c.optimiser = OPTIMISER_ADAM;
    return c;
}
/*[ end ]*/

/*[ depth ]*/
/* Input 12, hidden 12, 10, 8, ..., output 2. */
static void set_depth(struct config *c, size_t hidden)
{
    c->layers = hidden + 1;
    c->width[0] = 12;
    for (size_t l = 1; l <= hidden; l++)
        c->width[l] = 12 - 2 * (l - 1);
    c->width[hidden + 1] = 2;
}

struct config recipe_depth(size_t hidden, size_t epochs)
{
    struct config c = recipe_described(0.80, epochs);
    set_depth(&c, hidden);
    return c;
}
/*[ end ]*/

/*[ coded ]*/
struct config recipe_coded(size_t epochs)
{
    struct config c = {
        .task = "icosahedron:hard",
        .layers = 7,
        .width = {12, 10, 7, 5, 4, 4, 3, 2},
        .unit = UNIT_TANH,
        .optimiser = OPTIMISER_ADAM,
        .rate = 2e-4,
        .batch = 0, /* the whole training set */
        .fraction = 4095.0 / 4096.0,
        .epochs = epochs,
        .seed = 1,
    };
    return c;
}
/*[ end ]*/

struct config recipe_coded_depth(size_t hidden, size_t epochs)
{
    struct config c = recipe_coded(epochs);
    set_depth(&c, hidden);
    return c;
}

/*[ released ]*/
struct config recipe_released(size_t epochs)
{
    struct config c = {
        .task = "icosahedron:hard",
        .fraction = 0.80, /* of the patterns, */
        .in_order = 1,    /* the first ones, in the same mini-batches in every epoch */
        .layers = 6,
        .width = {12, 10, 7, 5, 4, 3, 2},
        .unit = UNIT_TANH,
        .optimiser = OPTIMISER_ADAM,
        .rate = 4e-4,
        .batch = 512,
        .epochs = epochs,
        .seed = 1,
    };
    return c;
}

struct config recipe_released_full(size_t epochs)
{
    struct config c = recipe_released(epochs);
    c.epochs *= config_batches(&c, PATTERNS);
    c.batch = 0; /* the whole training set */
    return c;
}
/*[ end ]*/
