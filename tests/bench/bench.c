/* bench.c -- speed of the engine on one core, and of one and two threads; a line "key value unit"
 * each.  Every figure is the best of many measurements, each so short that most are not interrupted,
 * since other work on the machine only ever slows one down; and the time is that of the processor,
 * unless a figure says "wall".  Nothing in the paper depends on what this prints. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "bins.h"
#include "die.h"
#include "layers.h"
#include "memory.h"
#include "progress.h"
#include "recipe.h"
#include "run.h"
#include "tasks.h"
#include "train.h"

enum { ROUNDS = 150 };

static struct dataset patterns; /* of the recipe */

static double least(double a, double b)
{
    return a < b ? a : b;
}

/* Seconds this thread has computed. */
static double processor(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Floating-point operations of one training sample: products forward, for the weights, and for the
 * layers but the first; an fma counts as two. */
static double flops(const struct net_shape *s)
{
    double n = 0.0;
    for (size_t l = 1; l <= s->layers; l++)
        n += (l > 1 ? 6.0 : 4.0) * (double)(s->width[l] * s->width[l - 1]);
    return n;
}

/* What a plain loop of independent fused multiply-adds reaches on this core, flop/s: the peak.  As
 * many as a tile of a product has fit the registers of any machine. */
static double peak(void)
{
    enum { CHAINS = PRODUCT_ROWS, WIDTH = PRODUCT_COLUMNS, STEPS = 200000 };
    float a[CHAINS][WIDTH];
    volatile float factor = 0.999F, addend = 0.1F;
    const float f = factor, g = addend;
    double seconds = 1e9;
    for (size_t i = 0; i < CHAINS; i++)
        for (size_t l = 0; l < WIDTH; l++)
            a[i][l] = (float)(i + l);
    for (int round = 0; round < ROUNDS; round++) {
        const double start = processor();
        for (size_t k = 0; k < STEPS; k++)
            for (size_t i = 0; i < CHAINS; i++)
                LANES_LOOP
        for (size_t l = 0; l < WIDTH; l++)
            a[i][l] = fmaf(a[i][l], f, g);
        seconds = least(seconds, processor() - start);
    }
    float sum = 0.0F;
    for (size_t i = 0; i < CHAINS; i++)
        for (size_t l = 0; l < WIDTH; l++)
            sum += a[i][l];
    if (sum < 0.0F) /* the result is used, so the loop stays */
        die("the peak loop went wrong");
    return 2.0 * CHAINS * WIDTH * STEPS / seconds;
}

/* A network of the paper's recipe, ready to train on 85 % of the patterns. */
static struct train *network(size_t batch)
{
    static struct config config;
    config = recipe_described(0.85, 1);
    config.batch = batch;
    struct train *t = train_new();
    train_start(t, &config, &patterns, 0);
    return t;
}

/* Samples a second with everything: shuffle, batch, forward, backward, gradient statistics of every
 * epoch, update. */
static double training(size_t batch)
{
    enum { EPOCHS = 20 };
    struct train *t = network(batch);
    struct train_gradient gradient[NET_MAX_LAYERS];
    double seconds = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        const double start = processor();
        for (size_t e = 0; e < EPOCHS; e++)
            train_epoch(t, gradient);
        seconds = least(seconds, processor() - start);
    }
    const double samples = (double)t->samples;
    train_free(t);
    return EPOCHS * samples / seconds;
}

/* The goal of wide layers: random images, mini-batches of 128. */
static const struct config wide = {
    .task = "random:784:10:4096:1",
    .layers = 5,
    .width = {784, 1024, 20, 20, 20, 10},
    .fraction = 1.0,
    .rate = 0.01,
    .batch = 128,
};

/* Samples a second of its training: shuffle, batch, forward, backward, update.  Sets the shape. */
static double wide_training(struct net_shape *shape)
{
    enum { EPOCHS = 30 };
    struct dataset images;
    if (tasks_make(&images, wide.task))
        die("the images cannot be made");
    struct train *t = train_new();
    train_start(t, &wide, &images, 0);
    double seconds = 1e9;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        const double start = processor();
        train_epoch(t, NULL);
        seconds = least(seconds, processor() - start);
    }
    const double samples = (double)t->samples;
    *shape = t->shape;
    train_free(t);
    dataset_free(&images);
    return samples / seconds;
}

/* Seconds for the information of all layers of one network: binning and both measures. */
static double measures(void)
{
    struct train *t = network(256);
    const struct net_shape *s = &t->shape;
    struct layers *w = layers_new(s, patterns.n);
    struct estimator by;
    estimator_start(&by, recipe_bins, &patterns);
    layers_forward(w, t->param, &patterns, 1, 0);
    double seconds = 1e9, sum = 0.0;
    for (int round = 0; round < 2 * ROUNDS; round++) {
        const double start = processor();
        for (size_t l = 1; l <= s->layers; l++)
            sum += estimator_measure(&by, w, l, NULL).i_xt;
        seconds = least(seconds, processor() - start);
    }
    if (!(sum > 0.0))
        die("the measures went wrong");
    estimator_end(&by);
    layers_free(w);
    train_free(t);
    return seconds;
}

/* Seconds for `n` whole runs of the recipe, shortened, on a number of threads: what the busiest
 * thread computed, and by the clock on the wall. */
struct seconds {
    double busiest, wall;
};

static struct seconds runs(size_t n, int threads, size_t epochs)
{
    const struct config c = recipe_described(0.85, epochs);
    const char *const estimator = recipe_bins;
    double busiest = 0.0;
    const double start = progress_now();
#pragma omp parallel num_threads(threads) reduction(max : busiest)
    {
        struct run_record *record = memory_array(1, sizeof *record, "records");
        struct run_measured *measured = memory_array(1, sizeof *measured, "measurements");
        const double begin = processor();
#pragma omp for schedule(dynamic, 1) nowait
        for (size_t k = 0; k < n; k++)
            run_train(record, &measured, &estimator, 1, &c, &patterns, k);
        busiest = processor() - begin;
        run_record_free(record);
        free(record);
        free(measured);
    }
    return (struct seconds){busiest, progress_now() - start};
}

int main(void)
{
    die_program("bench");
    struct net_shape shape;
    const struct config c = recipe_described(0.85, 1);
    if (tasks_make(&patterns, c.task))
        die("the task cannot be set up");
    config_shape(&shape, &c);
    const double top = peak(), work = flops(&shape);
    const size_t batch[] = {64, 256, 512, 0};
    static const char *const name[] = {"64", "256", "512", "full"};
    for (size_t i = 0; i < 4; i++) {
        const double speed = training(batch[i]);
        printf("train_samples_%s %.4g samples/s\n", name[i], speed);
        printf("train_gflops_%s %.4g GFLOP/s\n", name[i], 1e-9 * speed * work);
        printf("train_share_of_peak_%s %.4g 1\n", name[i], speed * work / top);
    }
    printf("flop_per_sample %.0f flop\n", work);

    struct net_shape wide_shape;
    const double speed = wide_training(&wide_shape), wide_work = flops(&wide_shape);
    printf("wide_samples %.4g samples/s\n", speed);
    printf("wide_gflops %.4g GFLOP/s\n", 1e-9 * speed * wide_work);
    printf("wide_share_of_peak %.4g 1\n", speed * wide_work / top);
    printf("wide_flop_per_sample %.0f flop\n", wide_work);
    printf("peak_fma %.4g GFLOP/s\n", 1e-9 * top);
    printf("plugin_layers %.4g ms\n", 1e3 * measures());

    /* One and two threads in turn: the machine's other work changes from second to second. */
    struct seconds one = {1e9, 1e9}, two = {1e9, 1e9};
    for (int round = 0; round < 30; round++) {
        const struct seconds a = runs(4, 1, 200), b = runs(4, 2, 200);
        one = (struct seconds){least(one.busiest, a.busiest), least(one.wall, a.wall)};
        two = (struct seconds){least(two.busiest, b.busiest), least(two.wall, b.wall)};
    }
    printf("threads_2 %.3g x\n", one.wall / two.wall);
    printf("threads_2_processor %.3g x\n", one.busiest / two.busiest);
    dataset_free(&patterns);
    return 0;
}
