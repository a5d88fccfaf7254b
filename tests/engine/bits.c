/* bits.c -- a short ensemble that uses every part of the engine: both rules, both optimisers, both
 * estimators, mini-batches that do not fill a strip, layers that do not fill a tile.  Its records
 * are compared between builds, numbers of threads and shards (tests/bits.sh). */
#include "ensemble.h"

int main(int argc, char **argv)
{
    struct cli cli;
    cli_parse(&cli, argc, argv, "bits", "A short ensemble for comparing builds of the engine.");
    const struct run_config sgd = {
        .rule = TASK_SMOOTH,
        .i_xy = 0.99,
        .layers = 6,
        .width = {12, 10, 7, 5, 4, 3, 2},
        .optimiser = OPTIMISER_SGD,
        .rate = 0.1,
        .batch = 150,
        .fraction = 0.85,
        .epochs = 20,
        .estimator = RUN_BINS_EQUAL,
        .bins = 30,
        .seed = 1,
    };
    const struct run_config adam = {
        .rule = TASK_HARD,
        .layers = 3,
        .width = {12, 19, 9, 2},
        .optimiser = OPTIMISER_ADAM,
        .rate = 0.01,
        .fraction = 1.0,
        .epochs = 20,
        .estimator = RUN_BINS_EDGES,
        .bins = 50,
        .seed = 7,
    };
    const struct run_config config[] = {sgd, adam};
    const size_t networks[] = {3, 3};
    struct ensemble e;
    ensemble_init(&e, &cli, config, networks, 2);
    ensemble_fill(&e);
    ensemble_free(&e);
    return 0;
}
