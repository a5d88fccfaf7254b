/* bits.c -- a short ensemble that uses every part of the engine: both rules, both optimisers, both
 * estimators, mini-batches that do not fill a strip, layers that do not fill a tile; and wide
 * networks, whose widths and batches fill no block of a product.  Its records, and the weights of
 * the wide networks, are compared between builds, numbers of threads and shards (tests/bits.sh). */
#include "die.h"
#include "ensemble.h"
#include "file.h"
#include "tasks.h"
#include "train.h"

/* Images of noise: odd shapes with everything that is done to hidden units, batches of more than a
 * strip, and two steps of the network that wide layers are for. */
static const struct config wide[] = {
    {
        .task = "random:70:10:200:3",
        .fraction = 0.9,
        .layers = 3,
        .width = {70, 150, 20, 10},
        .unit = UNIT_TANH,
        .quantised = 5,
        .noise = 0.1,
        .optimiser = OPTIMISER_ADAM,
        .rate = 0.01,
        .batch = 37,
        .epochs = 3,
        .seed = 3,
    },
    {
        .task = "random:13:3:300:4",
        .fraction = 1.0,
        .layers = 3,
        .width = {13, 67, 31, 3},
        .unit = UNIT_SOFTPLUS,
        .optimiser = OPTIMISER_MOMENTUM,
        .momentum = 0.9,
        .rate = 0.1,
        .batch = 150,
        .epochs = 3,
        .seed = 4,
    },
    {
        .task = "random:784:10:74:1",
        .fraction = 1.0,
        .layers = 5,
        .width = {784, 1024, 20, 20, 20, 10},
        .unit = UNIT_RELU,
        .rate = 0.1,
        .batch = 37,
        .epochs = 1,
        .seed = 5,
    },
};

/* Trains the wide networks and writes their weights, a file each. */
static void train_wide(const char *directory)
{
    struct train *t = train_new();
    file_directory(directory);
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
        char path[FILE_PATH_MAX];
        struct dataset data;
        struct file file;
        const char *wrong = tasks_make(&data, wide[i].task);
        if (!wrong)
            wrong = config_check(&wide[i], data.features, data.classes);
        if (wrong)
            die("wide network %zu: %s", i, wrong);
        train_start(t, &wide[i], &data, i);
        if (net_is_narrow(&t->shape))
            die("wide network %zu is narrow", i);
        for (size_t e = 0; e < wide[i].epochs; e++)
            train_epoch(t, NULL);
        if (snprintf(path, sizeof path, "%s/wide-%zu.bin", directory, i) >= (int)sizeof path)
            die("%s is too long", directory);
        file_create(&file, path);
        fwrite(t->param, sizeof *t->param, t->shape.params, file.stream);
        file_commit(&file);
        dataset_free(&data);
    }
    train_free(t);
}

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
    train_wide(cli.runs_dir);
    ensemble_free(&e);
    return 0;
}
