#include "train.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "draw.h"
#include "memory.h"
#include "penalty.h"

enum { ALIGNMENT = 64 }; /* bytes; of the widest vectors */

struct train *train_new(void)
{
    struct train *t = memory_array(1, sizeof *t, "trainings");
    t->strip = memory_aligned(ALIGNMENT, 1, sizeof *t->strip, "strips of samples");
    return t;
}

/* What train_start has made. */
static void forget(struct train *t)
{
    free(t->order);
    free(t->label);
    free(t->param);
    free(t->grad);
    free(t->sums);
    free(t->sum);
    free(t->square);
    wide_free(t->wide);
    optimiser_free(&t->optimiser);
}

void train_free(struct train *t)
{
    if (!t)
        return;
    forget(t);
    free(t->strip);
    free(t);
}

/*[ start ]*/
void train_start(struct train *t, const struct config *c, const struct dataset *data, size_t number)
{
    forget(t);
    *t = (struct train){.config = c, .data = data, .number = number, .strip = t->strip};
    config_shape(&t->shape, c);
    t->samples = config_samples(c, data->n);
    t->batch = c->batch == 0 || c->batch > t->samples ? t->samples : c->batch;
    t->loss = (double)NAN;

    const size_t params = t->shape.params;
    t->order = memory_array(data->n, sizeof *t->order, "inputs");
    t->label = memory_array(data->n, sizeof *t->label, "labels");
    t->param = memory_aligned(ALIGNMENT, params, sizeof *t->param, "parameters");
    t->grad = memory_aligned(ALIGNMENT, params, sizeof *t->grad, "gradients");
    if (net_is_narrow(&t->shape))
        t->sums = memory_aligned(ALIGNMENT, params * LANES, sizeof *t->sums, "gradients");
    else
        t->wide = wide_new(&t->shape);
    t->sum = memory_aligned(ALIGNMENT, params, sizeof *t->sum, "gradients");
    t->square = memory_aligned(ALIGNMENT, params, sizeof *t->square, "gradients");
    optimiser_new(&t->optimiser, c->optimiser, (float)c->rate, (float)c->momentum, params);

    struct rng weights;
    draw_labels(t->label, data, c, number);
    draw_order(t->order, data, c, number);
    draw_label_noise(t->label, t->order, t->samples, data, c, number);
    rng_stream(&weights, c->seed, (uint32_t)number, RNG_WEIGHTS);
    net_init(t->param, &t->shape, c->law, c->scale > 0.0 ? (float)c->scale : 1.0F, &weights);
    rng_stream(&t->shuffle, c->seed, (uint32_t)number, RNG_SHUFFLE);
}
/*[ end ]*/

/* The cross-entropy of the first n samples of a strip whose p(y) is given, bits; a probability that
 * is 0 to the last bit counts as the least float. */
static double strip_loss(const net_row *py, const uint8_t *label, size_t n)
{
    double loss = 0.0;
    for (size_t k = 0; k < n; k++) {
        const float p = py[label[k]][k];
        loss -= lanes_log2((double)(p < 0x1p-126F ? 0x1p-126F : p));
    }
    return loss;
}

/* grad = mean gradient of n training samples from `at` on; their loss is added to t->loss if the
 * configuration stops at one */
static void batch_gradient(struct train *t, size_t at, size_t n)
{
    struct net_random random = {.seed = t->config->seed, .network = (uint32_t)t->number};
    const float mean = 1.0F / (float)n;
    if (!t->wide)
        memset(t->sums, 0, t->shape.params * LANES * sizeof *t->sums);
    for (size_t k = 0; k < n; k += NET_STRIP) {
        const size_t valid = n - k < NET_STRIP ? n - k : NET_STRIP;
        const uint32_t *index = t->order + at + k;
        const net_row *py;
        uint8_t label[NET_STRIP] = {0};
        for (size_t i = 0; i < valid; i++)
            label[i] = t->label[index[i]];
        random.sample = t->passed;
        if (t->wide) {
            wide_input(t->wide, t->data, index, valid);
            wide_forward(t->wide, t->param, &random);
            wide_backward(t->wide, t->grad, t->param, label, mean,
                          k == 0 ? PRODUCT_ZERO : PRODUCT_ADD);
            py = t->wide->t[t->shape.layers];
        } else {
            net_input(t->strip, &t->shape, t->data, index, valid);
            net_forward(t->strip, &t->shape, t->param, &random);
            net_backward(t->sums, t->strip, &t->shape, t->param, label, valid);
            py = &t->strip->t[t->shape.unit[t->shape.layers]];
        }
        if (t->config->stop_loss > 0.0)
            t->loss += strip_loss(py, label, valid);
        t->passed += valid;
    }
    if (!t->wide)
        net_gradient(t->grad, t->sums, &t->shape, mean);
}

/*[ update ]*/
/* From the gradient of the loss to the next parameters. */
static void update(struct train *t)
{
    const struct config *c = t->config;
    if (c->decay > 0.0)
        penalty_decay(t->grad, &t->shape, t->param, (float)c->decay);
    if (c->orthonormality > 0.0)
        penalty_orthonormality(t->grad, &t->shape, t->param, (float)c->orthonormality);
    if (c->gradient_noise > 0.0)
        penalty_noise(t->grad, t->shape.params, (float)c->gradient_noise, c->seed,
                      (uint32_t)t->number, t->steps);
    optimiser_step(&t->optimiser, t->param, t->grad);
    if (c->norm_cap > 0.0)
        penalty_cap(t->param, &t->shape, c->norm_cap);
    t->steps++;
}
/*[ end ]*/

/*[ gradient ]*/
/* Norms over a layer's weights of the mean and the standard deviation over B mini-batches. */
static struct train_gradient layer_gradient(const struct train *t, size_t l, size_t batches)
{
    const double b = (double)batches;
    double mean2 = 0.0, variance = 0.0;
    for (size_t p = t->shape.weight[l]; p < t->shape.bias[l]; p++) {
        const double mean = t->sum[p] / b;
        mean2 += mean * mean;
        if (batches > 1)
            variance += fmax(0.0, t->square[p] - mean * t->sum[p]) / (b - 1.0);
    }
    return (struct train_gradient){.mean = sqrt(mean2), .deviation = sqrt(variance)};
}
/*[ end ]*/

void train_epoch(struct train *t, struct train_gradient *gradient)
{
    const size_t params = t->shape.params;
    if (t->batch < t->samples && !t->config->in_order)
        rng_shuffle(&t->shuffle, t->order, t->samples);
    memset(t->sum, 0, params * sizeof *t->sum);
    memset(t->square, 0, params * sizeof *t->square);
    if (t->config->stop_loss > 0.0)
        t->loss = 0.0;

    size_t batches = 0;
    for (size_t at = 0; at < t->samples; at += t->batch, batches++) {
        const size_t left = t->samples - at;
        batch_gradient(t, at, left < t->batch ? left : t->batch);
        if (gradient)
            for (size_t p = 0; p < params; p++) {
                const double g = (double)t->grad[p];
                t->sum[p] += g;
                t->square[p] = fma(g, g, t->square[p]);
            }
        update(t);
    }
    t->loss /= (double)t->samples;
    if (gradient)
        for (size_t l = 1; l <= t->shape.layers; l++)
            gradient[l - 1] = layer_gradient(t, l, batches);
}

int train_stopped(const struct train *t)
{
    return t->loss <= t->config->stop_loss;
}

double train_weight_norm(const struct train *t, size_t l)
{
    double square = 0.0;
    for (size_t p = t->shape.weight[l]; p < t->shape.bias[l]; p++)
        square = fma((double)t->param[p], (double)t->param[p], square);
    return sqrt(square);
}

/* The same of a matrix too large to be squared: STEPS steps of the power method on W^T W.  Below the
 * largest singular value, by a part in a thousand where the next one is a few percent smaller. */
static double spectral_norm_wide(const float *w, size_t out, size_t in)
{
    enum { STEPS = 50 };
    double *v = memory_array(in + out, sizeof *v, "singular vectors"), *wv = v + in, norm = 0.0;
    for (size_t i = 0; i < in; i++)
        v[i] = 1.0 + (double)i / (double)in; /* not at right angles to it by symmetry */
    for (int step = 0; step < STEPS; step++) {
        double vv = 0.0, ww = 0.0;
        for (size_t i = 0; i < in; i++)
            vv = fma(v[i], v[i], vv);
        for (size_t o = 0; o < out; o++) {
            wv[o] = 0.0;
            for (size_t i = 0; i < in; i++)
                wv[o] = fma((double)w[o * in + i], v[i], wv[o]);
            ww = fma(wv[o], wv[o], ww);
        }
        norm = sqrt(ww / vv);
        if (!(norm > 0.0))
            break;
        for (size_t i = 0; i < in; i++)
            v[i] = 0.0;
        for (size_t o = 0; o < out; o++)
            for (size_t i = 0; i < in; i++)
                v[i] = fma((double)w[o * in + i], wv[o] / ww, v[i]);
    }
    free(v);
    return norm;
}

double train_spectral_norm(const struct train *t, size_t l)
{
    /* W^T W to the power 2^STEPS, by squaring, has the top singular direction in every column;
     * only the four operations, so the bits are the same everywhere. */
    enum { STEPS = 24 };
    const size_t in = t->shape.width[l - 1], out = t->shape.width[l];
    const float *w = t->param + t->shape.weight[l]; /* (out, in) */
    if (in > NET_MAX_WIDTH)
        return spectral_norm_wide(w, out, in);
    double *a = memory_array(3 * in * in, sizeof *a, "squares of weights");
    double *power = a + in * in, *next = power + in * in, trace = 0.0; /* (in, in) each */
    for (size_t i = 0; i < in; i++) {
        for (size_t j = 0; j < in; j++) {
            a[i * in + j] = 0.0;
            for (size_t o = 0; o < out; o++)
                a[i * in + j] = fma((double)w[o * in + i], (double)w[o * in + j], a[i * in + j]);
        }
        trace += a[i * in + i];
    }
    if (!(trace > 0.0)) {
        free(a);
        return 0.0;
    }
    for (size_t i = 0; i < in; i++)
        for (size_t j = 0; j < in; j++)
            power[i * in + j] = a[i * in + j] / trace;
    for (int step = 0; step < STEPS; step++) {
        trace = 0.0;
        for (size_t i = 0; i < in; i++) {
            for (size_t j = 0; j < in; j++) {
                next[i * in + j] = 0.0;
                for (size_t k = 0; k < in; k++)
                    next[i * in + j] = fma(power[i * in + k], power[k * in + j], next[i * in + j]);
            }
            trace += next[i * in + i];
        }
        for (size_t i = 0; i < in; i++)
            for (size_t j = 0; j < in; j++)
                power[i * in + j] = next[i * in + j] / trace;
    }
    /* the largest column v, and its Rayleigh quotient v^T A v / v^T v */
    size_t best = 0;
    for (size_t i = 1; i < in; i++)
        if (power[i * in + i] > power[best * in + best])
            best = i;
    double vav = 0.0, vv = 0.0;
    for (size_t i = 0; i < in; i++) {
        double av = 0.0;
        for (size_t j = 0; j < in; j++)
            av = fma(a[i * in + j], power[j * in + best], av);
        vav = fma(power[i * in + best], av, vav);
        vv = fma(power[i * in + best], power[i * in + best], vv);
    }
    free(a);
    return sqrt(vav / vv);
}
