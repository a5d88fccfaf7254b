/* test_train.c -- the optimisers against the same steps in double precision, the statistics of the
 * gradient against two passes over the mini-batches. */
#include "unit.h"

#include "penalty.h"
#include "reference.h"
#include "train.h"

enum { MAX_BATCHES = 512, MAX_PARAMS = 1024, MAX_INPUTS = 4096 };

static struct train *train;
static struct config config;
static struct dataset data; /* all patterns of so many bits */
static uint32_t pattern_bits[MAX_INPUTS];
static uint8_t own_label[MAX_INPUTS];

/* The same training in double precision, on the samples in the order that train_epoch used. */
static struct slow {
    double param[MAX_PARAMS], first[MAX_PARAMS], second[MAX_PARAMS];
    double grad[MAX_BATCHES][MAX_PARAMS]; /* of each mini-batch of the epoch */
    size_t steps, batches;
} slow;

/* The learning rate as the engine has it. */
static double rate(void)
{
    return (double)(float)config.rate;
}

/* A network with random parameters and labels that learns from `samples` of the patterns. */
static void make_train(const size_t *width, size_t layers, size_t samples, size_t batch,
                       enum optimiser optimiser, float learning_rate)
{
    uint64_t state = 2385;
    data = (struct dataset){.n = (size_t)1 << width[0],
                            .features = width[0],
                            .classes = width[layers],
                            .bits = pattern_bits,
                            .label = own_label};
    config = (struct config){.fraction = (double)samples / (double)data.n,
                             .layers = layers,
                             .optimiser = optimiser,
                             .rate = (double)learning_rate,
                             .batch = batch,
                             .seed = 2385};
    memcpy(config.width, width, (layers + 1) * sizeof *width);
    for (uint32_t k = 0; k < MAX_INPUTS; k++) {
        pattern_bits[k] = k;
        own_label[k] = (uint8_t)(unit_random(&state) >> 63);
    }
    if (!train)
        train = train_new();
    train_start(train, &config, &data, 0);
    ck_assert_uint_eq(train->samples, samples);
    for (size_t p = 0; p < train->shape.params; p++)
        train->param[p] = (float)unit_uniform(&state, -0.7, 0.7);
    slow = (struct slow){0};
    for (size_t p = 0; p < train->shape.params; p++)
        slow.param[p] = (double)train->param[p];
}

/* One epoch of both. */
static void epoch(struct train_gradient *gradient)
{
    const struct net_shape *s = &train->shape;
    train_epoch(train, gradient);
    slow.batches = 0;
    for (size_t at = 0; at < train->samples; at += train->batch, slow.batches++) {
        const size_t left = train->samples - at, n = left < train->batch ? left : train->batch;
        double *g = slow.grad[slow.batches];
        memset(g, 0, sizeof slow.grad[0]);
        for (size_t k = at; k < at + n; k++) {
            const uint32_t pattern = train->order[k];
            reference_gradient(g, s->width, s->layers, slow.param, pattern, train->label[pattern],
                               1.0 / (double)n);
        }
        slow.steps++;
        for (size_t p = 0; p < s->params; p++) {
            if (config.optimiser == OPTIMISER_SGD) {
                slow.param[p] -= rate() * g[p];
                continue;
            }
            /* Kingma and Ba (2015), end of Section 2 */
            slow.first[p] = 0.9 * slow.first[p] + 0.1 * g[p];
            slow.second[p] = 0.999 * slow.second[p] + 0.001 * g[p] * g[p];
            const double t = (double)slow.steps;
            slow.param[p] -= rate() * sqrt(1.0 - pow(0.999, t)) / (1.0 - pow(0.9, t)) *
                             slow.first[p] / (sqrt(slow.second[p]) + 1e-8);
        }
    }
}

static double furthest(void)
{
    double most = 0.0;
    for (size_t p = 0; p < train->shape.params; p++)
        most = fmax(most, fabs((double)train->param[p] - slow.param[p]));
    return most;
}

static double moved(const float *from)
{
    double most = 0.0;
    for (size_t p = 0; p < train->shape.params; p++)
        most = fmax(most, fabs((double)train->param[p] - (double)from[p]));
    return most;
}

/* By hand: two inputs, no hidden layer, the pattern 10 with label 1.  Net inputs 0.35 and 0.75, so
 * p(y=1) = 1/(1 + e^-0.4) = 0.598687660112452; the gradient of unit 1 is p - 1, of unit 0 1 - p,
 * for its bias and the weight of input 0; input 1 is 0. */
START_TEST(one_step_by_hand)
{
    static const float param[] = {0.30F, -0.20F, 0.50F, 0.10F, 0.05F, 0.25F};
    const double d = 0.598687660112452 - 1.0, rate = 2.385;
    make_train((size_t[]){2, 2}, 1, 1, 0, OPTIMISER_SGD, 2.385F);
    memcpy(train->param, param, sizeof param);
    train->order[0] = 2;
    train->label[2] = 1;
    struct train_gradient gradient;
    train_epoch(train, &gradient);
    ck_assert_double_eq_tol((double)train->param[0], 0.30 + rate * d, 5e-7);
    ck_assert_double_eq_tol((double)train->param[1], -0.20, 5e-8);
    ck_assert_double_eq_tol((double)train->param[2], 0.50 - rate * d, 5e-7);
    ck_assert_double_eq_tol((double)train->param[3], 0.10, 5e-8);
    ck_assert_double_eq_tol((double)train->param[4], 0.05 + rate * d, 5e-7);
    ck_assert_double_eq_tol((double)train->param[5], 0.25 - rate * d, 5e-7);
    ck_assert_uint_eq(train->steps, 1);
    /* Norm over the four weights, biases left out; a single batch does not deviate. */
    ck_assert_double_eq_tol(gradient.mean, sqrt(2.0) * fabs(d), 2e-7);
    ck_assert_double_eq(gradient.deviation, 0.0);
}
END_TEST

static const size_t paper[] = {12, 10, 7, 5, 4, 3, 2};

START_TEST(sgd)
{
    float start[MAX_PARAMS];
    make_train((size_t[]){12, 5, 3, 2}, 3, 500, 64, OPTIMISER_SGD, 0.2385F); /* 7 batches and 52 */
    memcpy(start, train->param, train->shape.params * sizeof *start);
    for (size_t e = 1; e <= 5; e++) {
        epoch(NULL);
        ck_assert_uint_eq(train->steps, 8 * e);
        ck_assert_double_lt(furthest(), 1e-5);
    }
    ck_assert_double_gt(moved(start), 0.05); /* there was something to compare */

    make_train(paper, 6, 3482, 256, OPTIMISER_SGD, 0.05F);
    epoch(NULL);
    epoch(NULL);
    ck_assert_double_lt(furthest(), 1e-5);

    make_train((size_t[]){5, 3, 2}, 2, 21, 1, OPTIMISER_SGD, 0.1F); /* batches of one sample */
    epoch(NULL);
    ck_assert_uint_eq(train->steps, 21);
    ck_assert_double_lt(furthest(), 1e-5);
}
END_TEST

START_TEST(adam)
{
    float start[MAX_PARAMS];
    make_train((size_t[]){12, 5, 3, 2}, 3, 500, 64, OPTIMISER_ADAM, 0.01F);
    memcpy(start, train->param, train->shape.params * sizeof *start);
    for (size_t e = 1; e <= 5; e++) {
        epoch(NULL);
        ck_assert_double_lt(furthest(), 1e-4);
    }
    ck_assert_double_gt(moved(start), 0.05);

    make_train(paper, 6, 4096, 0, OPTIMISER_ADAM, 2e-4F); /* the recipe of the authors' code */
    for (size_t e = 1; e <= 10; e++) {
        epoch(NULL);
        ck_assert_uint_eq(train->steps, e);
        ck_assert_double_lt(furthest(), 2e-6);
    }
}
END_TEST

/* Closed form: after one step the moments are (1 - beta) g and (1 - beta) g^2, and the parameter
 * moves by rate g/(|g| + epsilon/sqrt(1 - beta2)): by the rate, against the gradient. */
START_TEST(first_step_of_adam)
{
    float start[MAX_PARAMS];
    make_train(paper, 6, 4096, 0, OPTIMISER_ADAM, 0.002385F);
    memcpy(start, train->param, train->shape.params * sizeof *start);
    train_epoch(train, NULL);
    for (size_t p = 0; p < train->shape.params; p++) {
        const double g = (double)train->grad[p];
        const double step = 0.002385 * g / (fabs(g) + 1e-8 / sqrt(0.001));
        unit_require(fabs((double)train->param[p] - (double)start[p] + step) < 2e-7,
                     "parameter %zu", p);
        unit_require(fabs((double)train->optimiser.array[0][p] - 0.1 * g) <= 1e-6 * fabs(g),
                     "parameter %zu", p);
        unit_require(fabs((double)train->optimiser.array[1][p] - 0.001 * g * g) <=
                         1e-6 * 0.001 * g * g,
                     "parameter %zu", p);
    }
}
END_TEST

/* After many steps the corrections for the start are over: the step is
 * rate m/(sqrt(v) + epsilon). */
START_TEST(late_step_of_adam)
{
    float start[MAX_PARAMS];
    make_train(paper, 6, 4096, 0, OPTIMISER_ADAM, 0.002385F);
    memcpy(start, train->param, train->shape.params * sizeof *start);
    train->optimiser.power[0] = train->optimiser.power[1] = 0.0;
    train_epoch(train, NULL);
    for (size_t p = 0; p < train->shape.params; p++) {
        const double step = 0.002385 * (double)train->optimiser.array[0][p] /
                            (sqrt((double)train->optimiser.array[1][p]) + 1e-8);
        unit_require(fabs((double)train->param[p] - (double)start[p] + step) < 2e-7,
                     "parameter %zu", p);
    }
}
END_TEST

/* Two passes over the mini-batch gradients in double precision: the mean of each weight, then its
 * deviations from it, B - 1 in the denominator. */
static void compare_statistics(const struct train_gradient *gradient, double tolerance)
{
    const struct net_shape *s = &train->shape;
    const double b = (double)slow.batches;
    for (size_t l = 1; l <= s->layers; l++) {
        double mean2 = 0.0, variance = 0.0;
        for (size_t p = s->weight[l]; p < s->bias[l]; p++) {
            double mean = 0.0, square = 0.0;
            for (size_t k = 0; k < slow.batches; k++)
                mean += slow.grad[k][p] / b;
            for (size_t k = 0; k < slow.batches; k++)
                square += (slow.grad[k][p] - mean) * (slow.grad[k][p] - mean);
            mean2 += mean * mean;
            variance += square / (b - 1.0);
        }
        unit_require(sqrt(mean2) > 1e-5 && sqrt(variance) > 1e-5, "nothing to compare");
        ck_assert_double_eq_tol(gradient[l - 1].mean / sqrt(mean2), 1.0, tolerance);
        ck_assert_double_eq_tol(gradient[l - 1].deviation / sqrt(variance), 1.0, tolerance);
    }
}

START_TEST(gradient_statistics)
{
    struct train_gradient gradient[NET_MAX_LAYERS];
    make_train(paper, 6, 3482, 256, OPTIMISER_SGD, 0.05F);
    for (int e = 0; e < 3; e++) {
        epoch(gradient);
        ck_assert_uint_eq(slow.batches, 14);
        compare_statistics(gradient, 1e-4);
    }
    make_train((size_t[]){12, 20, 9, 2}, 3, 500, 250, OPTIMISER_ADAM, 0.01F); /* two batches */
    epoch(gradient);
    compare_statistics(gradient, 1e-4);

    make_train(paper, 6, 3482, 3482, OPTIMISER_SGD, 0.05F); /* one batch */
    epoch(gradient);
    for (size_t l = 1; l <= 6; l++) {
        double square = 0.0;
        for (size_t p = train->shape.weight[l]; p < train->shape.bias[l]; p++)
            square += slow.grad[0][p] * slow.grad[0][p];
        ck_assert_double_eq(gradient[l - 1].deviation, 0.0);
        ck_assert_double_eq_tol(gradient[l - 1].mean / sqrt(square), 1.0, 1e-5);
    }
}
END_TEST

/* Asking for the statistics changes no bit of the training. */
START_TEST(statistics_leave_no_trace)
{
    static float param[MAX_PARAMS];
    struct train_gradient gradient[NET_MAX_LAYERS];
    for (int optimiser = 0; optimiser < 2; optimiser++) {
        make_train(paper, 6, 1000, 64, (enum optimiser)optimiser, 0.01F);
        for (int e = 0; e < 3; e++)
            train_epoch(train, gradient);
        memcpy(param, train->param, train->shape.params * sizeof *param);
        make_train(paper, 6, 1000, 64, (enum optimiser)optimiser, 0.01F);
        for (int e = 0; e < 3; e++)
            train_epoch(train, NULL);
        ck_assert_mem_eq(param, train->param, train->shape.params * sizeof *param);
    }
}
END_TEST

/* train_start forgets an earlier training, of another network, too. */
START_TEST(start_starts_anew)
{
    static float param[MAX_PARAMS];
    for (int round = 0; round < 3; round++) {
        make_train(paper, 6, 1000, 64, OPTIMISER_ADAM, 0.01F);
        ck_assert_uint_eq(train->steps, 0);
        for (int e = 0; e < 4; e++)
            train_epoch(train, NULL);
        if (round == 0)
            memcpy(param, train->param, train->shape.params * sizeof *param);
        ck_assert_mem_eq(param, train->param, train->shape.params * sizeof *param);
        make_train((size_t[]){5, 3, 2}, 2, 21, 1, OPTIMISER_MOMENTUM, 0.1F);
        train_epoch(train, NULL);
    }
}
END_TEST

START_TEST(sizes_of_batches)
{
    make_train(paper, 6, 1000, 0, OPTIMISER_SGD, 0.1F);
    ck_assert_uint_eq(train->samples, 1000);
    ck_assert_uint_eq(train->batch, 1000); /* 0: all */
    make_train(paper, 6, 1000, 1001, OPTIMISER_SGD, 0.1F);
    ck_assert_uint_eq(train->batch, 1000); /* more than there are: all */
    make_train(paper, 6, 1000, 999, OPTIMISER_SGD, 0.1F);
    ck_assert_uint_eq(train->batch, 999);
}
END_TEST

/* Every epoch takes each training pattern once, in another order, and leaves the patterns behind
 * the training set where they are; a single batch has no order. */
START_TEST(shuffling)
{
    static uint32_t before[MAX_INPUTS], seen[MAX_INPUTS];
    make_train(paper, 6, 3482, 256, OPTIMISER_SGD, 0.01F);
    for (int e = 0; e < 3; e++) {
        memcpy(before, train->order, sizeof before);
        train_epoch(train, NULL);
        size_t same = 0;
        memset(seen, 0, sizeof seen);
        for (size_t k = 0; k < 3482; k++) {
            same += before[k] == train->order[k];
            seen[before[k]]++;
            seen[train->order[k]]++;
        }
        ck_assert_uint_lt(same, 10); /* one on average */
        for (size_t k = 0; k < MAX_INPUTS; k++)
            unit_require(seen[k] == 0 || seen[k] == 2, "pattern %zu", k);
        ck_assert_mem_eq(before + 3482, train->order + 3482, (4096 - 3482) * sizeof *before);
    }
    make_train(paper, 6, 3482, 0, OPTIMISER_SGD, 0.01F);
    memcpy(before, train->order, sizeof before);
    train_epoch(train, NULL);
    ck_assert_mem_eq(before, train->order, sizeof before);
}
END_TEST

/* Closed form: weights of 3 and 4 times 0.7 in a layer, all else 0, have norm 3.5; biases do not
 * count. */
START_TEST(weight_norm)
{
    make_train(paper, 6, 100, 0, OPTIMISER_SGD, 0.01F);
    for (size_t p = 0; p < train->shape.params; p++)
        train->param[p] = 0.0F;
    for (size_t l = 1; l <= 6; l++) {
        const float unit = 0.7F * (float)l;
        train->param[train->shape.weight[l]] = -3.0F * unit;
        train->param[train->shape.bias[l] - 1] = 4.0F * unit;
        train->param[train->shape.bias[l]] = 100.0F;
    }
    for (size_t l = 1; l <= 6; l++)
        ck_assert_double_eq_tol(train_weight_norm(train, l), 3.5 * (double)l, 1e-5);
}
END_TEST

/* Against GSL's singular value decomposition, layer by layer: the ratio. */
static double spectral_ratio(size_t l)
{
    double w[NET_MAX_WIDTH * NET_MAX_WIDTH];
    const size_t in = train->shape.width[l - 1], out = train->shape.width[l];
    for (size_t k = 0; k < in * out; k++)
        w[k] = (double)train->param[train->shape.weight[l] + k];
    return train_spectral_norm(train, l) / reference_spectral_norm(w, out, in);
}

START_TEST(spectral_norm)
{
    static const size_t wide[] = {12, 20, 9, 1, 13, 2};
    for (int i = 0; i < 2; i++) {
        make_train(i ? wide : paper, i ? 5 : 6, 100, 0, OPTIMISER_SGD, 0.01F);
        for (size_t l = 1; l <= train->shape.layers; l++)
            ck_assert_double_eq_tol(spectral_ratio(l), 1.0, 1e-12);
        /* many singular values close to one another, and a scale far from 1 */
        for (size_t l = 1; l <= train->shape.layers; l++)
            for (size_t p = train->shape.weight[l]; p < train->shape.bias[l]; p++) {
                const size_t in = train->shape.width[l - 1], at = p - train->shape.weight[l];
                const float noise = 1e-3F * train->param[p];
                train->param[p] = 1e-12F * ((at / in == at % in ? 1.0F : 0.0F) + noise);
            }
        for (size_t l = 1; l <= train->shape.layers; l++)
            ck_assert_double_eq_tol(spectral_ratio(l), 1.0, 1e-7);
    }
}
END_TEST

/* Closed forms: a matrix u v^T of rank 1 has |u| |v|, a multiple of the identity its factor, 0 has
 * 0; biases do not count. */
START_TEST(spectral_norm_by_hand)
{
    make_train((size_t[]){2, 3, 3, 2}, 3, 4, 0, OPTIMISER_SGD, 0.01F);
    for (size_t p = 0; p < train->shape.params; p++)
        train->param[p] = 100.0F;
    static const float u[] = {1.0F, -2.0F, 2.0F}, v[] = {-3.0F, 4.0F};
    for (size_t o = 0; o < 3; o++)
        for (size_t i = 0; i < 2; i++)
            train->param[train->shape.weight[1] + 2 * o + i] = u[o] * v[i];
    for (size_t k = 0; k < 9; k++)
        train->param[train->shape.weight[2] + k] = k % 4 == 0 ? -2.375F : 0.0F;
    for (size_t k = 0; k < 6; k++)
        train->param[train->shape.weight[3] + k] = 0.0F;
    ck_assert_double_eq_tol(train_spectral_norm(train, 1), 15.0, 1e-12);
    ck_assert_double_eq_tol(train_spectral_norm(train, 2), 2.375, 1e-12);
    ck_assert_double_eq(train_spectral_norm(train, 3), 0.0);
}
END_TEST

/* Wide layers go by the power method: 90 inputs to 80 units, diagonal but for one unit that sees the
 * last ten inputs, 3 each, so with the norm 3 sqrt(10); then all of rank one, of norm |a| |b|; then 0. */
START_TEST(spectral_norm_of_wide_layers)
{
    enum { IN = 90, OUT = 80 };
    static float w[OUT * IN];
    struct train t = {.param = w};
    const size_t width[] = {IN, OUT, 2};
    ck_assert_int_eq(net_shape(&t.shape, width, 2), 0);
    for (size_t o = 0; o < OUT; o++)
        w[o * IN + o] = o == 7 ? 0.0F : 5.0F;
    for (size_t i = OUT; i < IN; i++)
        w[7 * IN + i] = 3.0F;
    ck_assert_double_eq_tol(train_spectral_norm(&t, 1), 3.0 * sqrt(10.0), 1e-9);
    double a2 = 0.0, b2 = 0.0;
    for (size_t o = 0; o < OUT; o++)
        a2 += (double)(o * o);
    for (size_t i = 0; i < IN; i++)
        b2 += (double)((i + 1) * (i + 1));
    for (size_t o = 0; o < OUT; o++)
        for (size_t i = 0; i < IN; i++)
            w[o * IN + i] = (float)(o * (i + 1));
    ck_assert_double_eq_tol(train_spectral_norm(&t, 1) / sqrt(a2 * b2), 1.0, 1e-12);
    memset(w, 0, sizeof w);
    ck_assert_double_eq(train_spectral_norm(&t, 1), 0.0);
}
END_TEST

/* Learning is learning: the loss of a task that a line can separate goes to nearly nothing. */
START_TEST(learns)
{
    for (int optimiser = 0; optimiser < 2; optimiser++) {
        make_train((size_t[]){5, 3, 2}, 2, 32, 8, (enum optimiser)optimiser,
                   optimiser == OPTIMISER_SGD ? 0.5F : 0.05F);
        for (size_t k = 0; k < 32; k++)
            train->label[k] = (uint8_t)(k >> 4); /* the first bit */
        for (int e = 0; e < 300; e++)
            train_epoch(train, NULL);
        double param[MAX_PARAMS], loss = 0.0;
        for (size_t p = 0; p < train->shape.params; p++)
            param[p] = (double)train->param[p];
        for (unsigned k = 0; k < 32; k++)
            loss += reference_loss(train->shape.width, 2, param, k, k >= 16) / 32.0;
        ck_assert_double_lt(loss, 0.02);
    }
}
END_TEST

/* ---- options ---- */

/* A network whose configuration gets something more. */
static void make_with(enum optimiser optimiser, size_t batch, void (*set)(struct config *))
{
    make_train((size_t[]){12, 9, 8, 2}, 3, 500, batch, optimiser, 0.05F);
    if (set)
        set(&config);
    train_start(train, &config, &data, 3);
}

static void everything(struct config *c)
{
    c->unit = UNIT_SOFTSIGN;
    c->noise = 0.1;
    c->quantised = 4;
    c->label_noise = 0.1;
    c->momentum = 0.9;
    c->decay = 0.01;
    c->orthonormality = 0.02;
    c->gradient_noise = 0.003;
    c->norm_cap = 0.9;
    c->law = NET_NORMAL;
    c->scale = 1.5;
    c->stop_loss = 0.1;
}

/* Two updates of one batch each by the functions that make one up, in the order that the text gives:
 * gradient, decay, orthonormality, noise, step, cap. */
START_TEST(order_of_an_update)
{
    static float param[MAX_PARAMS], grad[MAX_PARAMS], sums[MAX_PARAMS * LANES];
    static struct net_strip strip;
    for (enum optimiser kind = 0; kind < OPTIMISERS; kind++) {
        struct optimiser_work work;
        make_with(kind, 0, everything);
        const struct net_shape *s = &train->shape;
        optimiser_new(&work, kind, 0.05F, 0.9F, s->params);
        memcpy(param, train->param, s->params * sizeof *param);
        for (uint64_t step = 0; step < 2; step++) {
            memset(sums, 0, sizeof sums);
            for (size_t k = 0; k < 500; k += 80) { /* strips of another length */
                const struct net_random random = {
                    .seed = 2385, .network = 3, .sample = 500 * step + k};
                const size_t n = 500 - k < 80 ? 500 - k : 80;
                uint8_t label[NET_STRIP] = {0};
                for (size_t i = 0; i < n; i++)
                    label[i] = train->label[train->order[k + i]];
                net_input(&strip, s, &data, train->order + k, n);
                net_forward(&strip, s, param, &random);
                net_backward(sums, &strip, s, param, label, n);
            }
            net_gradient(grad, sums, s, 1.0F / 500.0F);
            penalty_decay(grad, s, param, 0.01F);
            penalty_orthonormality(grad, s, param, 0.02F);
            penalty_noise(grad, s->params, 0.003F, 2385, 3, step);
            optimiser_step(&work, param, grad);
            penalty_cap(param, s, 0.9);
        }
        train_epoch(train, NULL);
        train_epoch(train, NULL);
        ck_assert_mem_eq(param, train->param, s->params * sizeof *param);
        optimiser_free(&work);
    }
}
END_TEST

/* The statistics are those of the loss alone: penalties and noise of the gradient do not show. */
static void penalties(struct config *c)
{
    c->decay = 0.1;
    c->orthonormality = 0.1;
    c->gradient_noise = 0.1;
}

START_TEST(statistics_of_the_loss_alone)
{
    struct train_gradient plain[NET_MAX_LAYERS], with[NET_MAX_LAYERS];
    make_with(OPTIMISER_SGD, 0, NULL);
    train_epoch(train, plain);
    make_with(OPTIMISER_SGD, 0, penalties);
    train_epoch(train, with);
    ck_assert_mem_eq(plain, with, 3 * sizeof *plain);
}
END_TEST

/* Batches in the order of the data: nothing is ever shuffled. */
static void in_order(struct config *c)
{
    c->in_order = 1;
}

START_TEST(batches_in_order)
{
    make_with(OPTIMISER_SGD, 100, in_order);
    for (int e = 0; e < 3; e++) {
        train_epoch(train, NULL);
        for (size_t i = 0; i < data.n; i++)
            unit_require(train->order[i] == i, "input %zu", i);
    }
    ck_assert_uint_eq(train->steps, 15);
    ck_assert_uint_eq(train->passed, 1500);
}
END_TEST

/* The loss of an epoch as it passed: of one batch, that of the parameters it began with; and the
 * epoch that stops is the first whose loss is so small. */
static void stop(struct config *c)
{
    c->stop_loss = 0.05;
}

START_TEST(stops_at_a_loss)
{
    make_with(OPTIMISER_SGD, 0, NULL);
    train_epoch(train, NULL);
    ck_assert(isnan(train->loss)); /* nobody asked */
    ck_assert(!train_stopped(train));

    make_with(OPTIMISER_ADAM, 0, stop);
    for (int e = 0; e < 20; e++) {
        double param[MAX_PARAMS], loss = 0.0;
        for (size_t p = 0; p < train->shape.params; p++)
            param[p] = (double)train->param[p];
        for (size_t k = 0; k < 500; k++)
            loss += reference_loss(config.width, 3, param, train->order[k],
                                   train->label[train->order[k]]) /
                    500.0;
        train_epoch(train, NULL);
        ck_assert_double_eq_tol(train->loss, loss / log(2.0), 1e-5);
        ck_assert_int_eq(train_stopped(train), train->loss <= 0.05);
    }

    make_with(OPTIMISER_ADAM, 64, stop);
    for (size_t k = 0; k < data.n; k++)
        train->label[k] = k >= 2048; /* the first bit */
    int e = 0;
    do {
        train_epoch(train, NULL);
        e++;
    } while (!train_stopped(train) && e < 1000);
    ck_assert_int_lt(e, 1000);
    ck_assert_double_le(train->loss, 0.05);
    ck_assert_double_gt(train->loss, 0.0);
}
END_TEST

/* A layer too wide for a strip: the same training, batches of more than a strip, in the order of the
 * epoch; then a narrow network again. */
START_TEST(wide_layers)
{
    const size_t width[] = {8, 66, 2};
    double first = 0.0, param[MAX_PARAMS];
    make_train(width, 2, 230, 150, OPTIMISER_SGD, 0.2385F);
    ck_assert(train->wide && !train->sums);
    for (size_t e = 1; e <= 5; e++) {
        epoch(NULL);
        ck_assert_uint_eq(train->steps, 2 * e);
        ck_assert_double_lt(furthest(), 1e-5);
    }

    /* the loss as it passes */
    make_train(width, 2, 230, 0, OPTIMISER_SGD, 0.2385F);
    config.stop_loss = 0.01;
    for (size_t p = 0; p < train->shape.params; p++)
        param[p] = (double)train->param[p];
    for (size_t k = 0; k < 230; k++)
        first += reference_loss(width, 2, param, train->order[k], train->label[train->order[k]]);
    train_epoch(train, NULL);
    ck_assert_double_eq_tol(train->loss, first / 230.0 / log(2.0), 1e-5);

    make_train((size_t[]){8, 5, 2}, 2, 230, 150, OPTIMISER_SGD, 0.2385F);
    ck_assert(!train->wide && train->sums);
    epoch(NULL);
    ck_assert_double_lt(furthest(), 1e-5);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {one_step_by_hand,
                                  sgd,
                                  adam,
                                  first_step_of_adam,
                                  late_step_of_adam,
                                  gradient_statistics,
                                  statistics_leave_no_trace,
                                  start_starts_anew,
                                  sizes_of_batches,
                                  shuffling,
                                  weight_norm,
                                  spectral_norm,
                                  spectral_norm_of_wide_layers,
                                  spectral_norm_by_hand,
                                  learns,
                                  order_of_an_update,
                                  statistics_of_the_loss_alone,
                                  batches_in_order,
                                  stops_at_a_loss,
                                  wide_layers};
    return unit_run("train", tests, sizeof tests / sizeof *tests);
}
