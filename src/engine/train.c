#include "train.h"

#include <math.h>
#include <string.h>

int train_init(struct train *t)
{
    if (t->shape.params > TRAIN_MAX_PARAMS || t->samples < 1 || t->samples > TRAIN_MAX_SAMPLES)
        return -1;
    if (t->batch == 0 || t->batch > t->samples)
        t->batch = t->samples;
    t->steps = 0;
    memset(t->first, 0, sizeof t->first);
    memset(t->second, 0, sizeof t->second);
    return 0;
}

/* grad = mean gradient of n training samples from `at` on */
static void batch_gradient(struct train *t, size_t at, size_t n)
{
    memset(t->sums, 0, t->shape.params * LANES * sizeof *t->sums);
    for (size_t k = 0; k < n; k += NET_STRIP) {
        const size_t valid = n - k < NET_STRIP ? n - k : NET_STRIP;
        const uint16_t *pattern = t->pattern + at + k;
        float label[NET_STRIP] = {0};
        for (size_t i = 0; i < valid; i++)
            label[i] = t->label[pattern[i]];
        net_input(&t->strip, &t->shape, pattern, valid);
        net_forward(&t->strip, &t->shape, t->param);
        net_backward(t->sums, &t->strip, &t->shape, t->param, label, valid);
    }
    net_gradient(t->grad, t->sums, &t->shape, 1.0F / (float)n);
}

/*[ sgd ]*/
static void step_sgd(struct train *t)
{
    for (size_t p = 0; p < t->shape.params; p++)
        t->param[p] = fmaf(-t->rate, t->grad[p], t->param[p]);
}
/*[ end ]*/

/* Adam: D. P. Kingma and J. Ba, "Adam: a method for stochastic optimization", ICLR 2015,
 * Algorithm 1, in the order of operations its Section 2 ends with. */
static void step_adam(struct train *t)
{
    const double beta1 = 0.9, beta2 = 0.999;
    const float epsilon = 1e-8F;
    double power1 = 1.0, power2 = 1.0; /* beta^steps, below 1e-17 counted as 0 */
    for (size_t k = 0; k < t->steps && power2 > 1e-17; k++) {
        power1 *= beta1;
        power2 *= beta2;
    }
    const float rate = (float)(t->rate * sqrt(1.0 - power2) / (1.0 - power1));
    for (size_t p = 0; p < t->shape.params; p++) {
        const float g = t->grad[p];
        t->first[p] = fmaf((float)beta1, t->first[p], (float)(1.0 - beta1) * g);
        t->second[p] = fmaf((float)beta2, t->second[p], (float)(1.0 - beta2) * (g * g));
        t->param[p] = fmaf(-rate, t->first[p] / (sqrtf(t->second[p]) + epsilon), t->param[p]);
    }
}

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
    if (t->batch < t->samples)
        rng_shuffle(&t->shuffle, t->pattern, t->samples);
    memset(t->sum, 0, sizeof t->sum);
    memset(t->square, 0, sizeof t->square);

    size_t batches = 0;
    for (size_t at = 0; at < t->samples; at += t->batch, batches++) {
        const size_t left = t->samples - at;
        batch_gradient(t, at, left < t->batch ? left : t->batch);
        if (gradient)
            for (size_t p = 0; p < t->shape.params; p++) {
                const double g = (double)t->grad[p];
                t->sum[p] += g;
                t->square[p] = fma(g, g, t->square[p]);
            }
        t->steps++;
        if (t->optimiser == TRAIN_ADAM)
            step_adam(t);
        else
            step_sgd(t);
    }
    if (gradient)
        for (size_t l = 1; l <= t->shape.layers; l++)
            gradient[l - 1] = layer_gradient(t, l, batches);
}

double train_weight_norm(const struct train *t, size_t l)
{
    double square = 0.0;
    for (size_t p = t->shape.weight[l]; p < t->shape.bias[l]; p++)
        square = fma((double)t->param[p], (double)t->param[p], square);
    return sqrt(square);
}

double train_spectral_norm(const struct train *t, size_t l)
{
    /* W^T W to the power 2^STEPS, by squaring, has the top singular direction in every column;
     * only the four operations, so the bits are the same everywhere. */
    enum { STEPS = 24, MAX = NET_MAX_WIDTH };
    const size_t in = t->shape.width[l - 1], out = t->shape.width[l];
    const float *w = t->param + t->shape.weight[l]; /* (out, in) */
    double a[MAX][MAX], power[MAX][MAX], next[MAX][MAX];
    double trace = 0.0;
    for (size_t i = 0; i < in; i++) {
        for (size_t j = 0; j < in; j++) {
            a[i][j] = 0.0;
            for (size_t o = 0; o < out; o++)
                a[i][j] = fma((double)w[o * in + i], (double)w[o * in + j], a[i][j]);
        }
        trace += a[i][i];
    }
    if (!(trace > 0.0))
        return 0.0;
    for (size_t i = 0; i < in; i++)
        for (size_t j = 0; j < in; j++)
            power[i][j] = a[i][j] / trace;
    for (int step = 0; step < STEPS; step++) {
        trace = 0.0;
        for (size_t i = 0; i < in; i++) {
            for (size_t j = 0; j < in; j++) {
                next[i][j] = 0.0;
                for (size_t k = 0; k < in; k++)
                    next[i][j] = fma(power[i][k], power[k][j], next[i][j]);
            }
            trace += next[i][i];
        }
        for (size_t i = 0; i < in; i++)
            for (size_t j = 0; j < in; j++)
                power[i][j] = next[i][j] / trace;
    }
    /* the largest column v, and its Rayleigh quotient v^T A v / v^T v */
    size_t best = 0;
    for (size_t i = 1; i < in; i++)
        if (power[i][i] > power[best][best])
            best = i;
    double vav = 0.0, vv = 0.0;
    for (size_t i = 0; i < in; i++) {
        double av = 0.0;
        for (size_t j = 0; j < in; j++)
            av = fma(a[i][j], power[j][best], av);
        vav = fma(power[i][best], av, vav);
        vv = fma(power[i][best], power[i][best], vv);
    }
    return sqrt(vav / vv);
}
