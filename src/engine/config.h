/* config.h -- the configuration of a run: with the number of the network, all that decides its bytes.
 *
 * An option that has its default, 0 of its type, is off: it changes nothing, and config_text leaves it
 * out, so a new option leaves the identity of every configuration as it was.  Rates, norms and
 * deviations have no unit. */
#ifndef CONFIG_H
#define CONFIG_H

#include <stddef.h>
#include <stdint.h>

#include "net.h"
#include "optimiser.h"
#include "unit.h"

enum { CONFIG_TEXT_MAX = 2048, CONFIG_TASK_MAX = 96 };

/* What is dealt to the training samples as their labels. */
enum config_labels {
    CONFIG_LABELS_OWN,     /* drawn from p(y|x), or as the data set has them */
    CONFIG_LABELS_SHUFFLED /* the same, dealt out at random: nothing to learn but by heart */
};

struct config {
    char task[CONFIG_TASK_MAX]; /* the maker of the data set and its parameters: see tasks.h */
    enum config_labels labels;
    double label_noise; /* share of the training labels that become another class, at random */
    double fraction;    /* of the inputs that are trained on */
    int in_order;       /* train on the first inputs in the order of the data, never shuffled */

    size_t layers, width[NET_MAX_LAYERS + 1]; /* layers of weights; units, inputs first */
    enum unit unit;                           /* of the hidden layers */
    double noise;       /* deviation of the noise added to every hidden unit */
    unsigned quantised; /* bits to which hidden activations are rounded, 2 to 8; 0: not */
    enum net_law law;   /* of the initial weights */
    double scale;       /* of their deviation, times 1/sqrt(inputs of the layer); 0: 1 */

    enum optimiser optimiser;
    double rate;           /* learning rate */
    double momentum;       /* of OPTIMISER_MOMENTUM */
    size_t batch;          /* samples of a mini-batch; 0: the whole training set */
    double decay;          /* lambda of lambda/2 |W|^2, added to the loss */
    double norm_cap;       /* most the weights into one unit may have as a norm; 0: any */
    double orthonormality; /* lambda of lambda/2 |W W^T - 1|^2, added to the loss */
    double gradient_noise; /* deviation of the noise added to each component of the gradient */

    size_t epochs; /* at most */
    double
        stop_loss; /* bits: training ends with the first epoch whose mean loss is this small; 0: not */
    unsigned long seed;
};

/* Training samples of a configuration on n inputs, at least one; mini-batches of an epoch. */
size_t config_samples(const struct config *c, size_t n);
size_t config_batches(const struct config *c, size_t n);

/* The shape of its network; the widths have passed config_check. */
void config_shape(struct net_shape *shape, const struct config *c);

/* The configuration as text, a line "name value" for each thing that is not at its default, in the
 * order above: its identity. */
void config_text(char text[CONFIG_TEXT_MAX], const struct config *c);

/* Returns NULL, or what is wrong with a configuration for a data set of so many features and classes. */
const char *config_check(const struct config *c, size_t features, size_t classes);

#endif
