/* bits.c -- a short ensemble that uses every part of the recipes: both rules, two optimisers, both
 * estimators, mini-batches that do not fill a strip, layers that do not fill a tile; a table of what
 * every kind of unit, every optimiser and every option of training makes; and wide networks, whose
 * widths and batches fill no block of a product.  Records, table and weights are compared between
 * builds, numbers of threads and shards (tests/bits.sh). */
#include <inttypes.h>
#include <stdio.h>

#include "die.h"
#include "ensemble.h"
#include "file.h"
#include "tasks.h"
#include "train.h"

/* A hash of the bits of x[n], FNV-1a over its numbers. */
static uint64_t hash(const float *x, size_t n)
{
    uint64_t h = 0xcbf29ce484222325U;
    for (size_t i = 0; i < n; i++)
        h = (h ^ lanes_bits(x[i])) * 0x100000001b3U;
    return h;
}

/* Every kind of unit with every optimiser, the options in turn, so that each meets several units. */
static void write_options(const char *directory)
{
    struct dataset data[2];
    const char *const task[] = {"icosahedron:0.99", "random:12:5:700:3"};
    for (size_t i = 0; i < 2; i++)
        if (tasks_make(&data[i], task[i]) != NULL)
            die("%s cannot be made", task[i]);
    char path[FILE_PATH_MAX + 16];
    snprintf(path, sizeof path, "%s/options.tsv", directory);
    struct file f;
    file_directory(directory);
    file_create(&f, path);
    fprintf(f.stream, "unit\toptimiser\toptions\tparameters\tloss\n");
    struct train *t = train_new();
    for (enum unit unit = 0; unit < UNITS; unit++)
        for (enum optimiser optimiser = 0; optimiser < OPTIMISERS; optimiser++) {
            const unsigned options = 37U * ((unsigned)unit * OPTIMISERS + (unsigned)optimiser);
            const struct dataset *d = &data[options & 1];
            const struct config c = {
                .labels = options & 2 ? CONFIG_LABELS_SHUFFLED : CONFIG_LABELS_OWN,
                .label_noise = options & 4 ? 0.2 : 0.0,
                .fraction = options & 1 ? 0.9 : 0.15,
                .in_order = (int)(options >> 3 & 1),
                .layers = 3,
                .width = {12, 9, 6, d->classes},
                .unit = unit,
                .noise = options & 16 ? 0.3 : 0.0,
                .quantised = options & 32 ? 2 + options % 7 : 0,
                .law = (enum net_law)(options % NET_LAWS),
                .scale = options & 64 ? 1.3 : 0.0,
                .optimiser = optimiser,
                .rate = 0.02,
                .momentum = 0.9,
                .batch = 150,
                .decay = options & 128 ? 0.01 : 0.0,
                .norm_cap = options & 8 ? 1.1 : 0.0,
                .orthonormality = options & 4 ? 0.02 : 0.0,
                .gradient_noise = options & 2 ? 0.01 : 0.0,
                .stop_loss = 1e-6,
                .seed = 1 + options,
            };
            train_start(t, &c, d, 2);
            for (int e = 0; e < 4; e++)
                train_epoch(t, NULL);
            fprintf(f.stream, "%s\t%s\t%u\t%016" PRIx64 "\t%.17g\n", unit_name(unit),
                    optimiser_name(optimiser), options, hash(t->param, t->shape.params), t->loss);
        }
    file_commit(&f);
    train_free(t);
    for (size_t i = 0; i < 2; i++)
        dataset_free(&data[i]);
}

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
    const struct ensemble_set set[] = {{.config = {.task = "icosahedron:0.99",
                                                   .layers = 6,
                                                   .width = {12, 10, 7, 5, 4, 3, 2},
                                                   .optimiser = OPTIMISER_SGD,
                                                   .rate = 0.1,
                                                   .batch = 150,
                                                   .fraction = 0.85,
                                                   .epochs = 20,
                                                   .seed = 1},
                                        .estimator = "bins:30:-1:1",
                                        .networks = 3},
                                       {.config = {.task = "icosahedron:hard",
                                                   .layers = 3,
                                                   .width = {12, 19, 9, 2},
                                                   .optimiser = OPTIMISER_ADAM,
                                                   .rate = 0.01,
                                                   .fraction = 1.0,
                                                   .epochs = 20,
                                                   .seed = 7},
                                        .estimator = "edges:50:-1:1",
                                        .networks = 3}};
    struct ensemble e;
    ensemble_init(&e, &cli, set, 2);
    ensemble_fill(&e);
    ensemble_free(&e);
    write_options(cli.runs_dir);
    train_wide(cli.runs_dir);
    return 0;
}
