/* witness.c -- a second engine: one sample at a time, plain loops, nothing of src/.  It is written
 * from the appendix "The engine, to the last bit", in its order; test_witness.c compares the bytes.
 * Units, laws and optimisers are numbered in the appendix's order, from 0. */
#include <math.h>
#include <stdint.h>
#include <string.h>
enum { LAYERS = 10, UNITS_MAX = 512, PARAMS = 4096, INPUTS = 4096, PARTS = 16, ONE = 511 };
enum { WEIGHTS, LABELS, SET, ORDER, LABEL_NOISE = 5, GRADIENT_NOISE, NOISE, FIRING, MEASURED = 2 };
struct witness {
    /* The data set, in bits or x and in p_y or own labels; the settings, 0: off. */
    size_t n, classes, layers, width[LAYERS + 1], batch, epochs;
    const uint32_t *bits;
    const float *x, *p_y;
    const uint8_t *own;
    int shuffled, in_order, kind, quantised, law, optimiser;
    float noise, scale, rate, momentum, decay, orthonormality, gradient_noise;
    double label_noise, share, norm_cap, stop_loss;
    uint64_t seed, network;
    /* What training makes.  Parameter p leads from unit from[p], ONE for a bias, to unit to[p]. */
    float param[PARAMS], part[PARAMS][2 * PARTS], grad[PARAMS], first[PARAMS], second[PARAMS];
    size_t from[PARAMS], to[PARAMS], weight[LAYERS + 1], bias[LAYERS + 1], unit[LAYERS + 2], params;
    float t[UNITS_MAX], slope[UNITS_MAX], delta[UNITS_MAX];
    double power[2], loss, sum[PARAMS], square[PARAMS];
    uint32_t order[INPUTS], label[INPUTS], wide;
    uint64_t samples, done, passed, next[12]; /* the next word of each stream that goes on */
};
/* ---- Elementary functions ---- */
static float horner(const float *c, int n, float x) {
    return n == 1 ? c[0] : fmaf(horner(c, n - 1, x), x, c[n - 1]);
}
static float exp_2(float y, float one) { /* e^(2y) - one, which is 0 or 1 */
    const float c[] = {0x1.6db424p-4F, 0x1.123b52p-2F, 0x1.55545ep-1F, 0x1.55548ep+0F, 2, 2};
    const float n = fmaf(y, 0x1.715476p+1F, 0x1.8p+23F) - 0x1.8p+23F, two_n = ldexpf(1, (int)n);
    const float r = fmaf(n, -0x1.7f7d1cp-21F, fmaf(n, -0x1.62e4p-2F, y));
    return fmaf(two_n, horner(c, 6, r) * r, two_n - one);
}
static float tanh_of(float x) {
    const float m = exp_2(fminf(fabsf(x), 9.2F), 1);
    return copysignf(m / (m + 2), x);
}
static float artanh_2(float s, int last) { /* 2 artanh s, by powers up to the last */
    const float odd[] = {1.0F / 15, 1.0F / 13, 1.0F / 11, 1.0F / 9, 1.0F / 7, 1.0F / 5, 1.0F / 3};
    return 2 * fmaf(s * (s * s), horner(odd + (15 - last) / 2, last / 2, s * s), s);
}
static double log2_of(double x) {
    int e;
    const double f = frexp(x, &e), m = f < 0x1.6a09e667f3bcdp-1 ? e--, 2 * f : f; /* sqrt(1/2) */
    double s = (m - 1) / (m + 1), p = 1.0 / 21;
    for (int k = 19; k >= 3; k -= 2) p = fma(p, s * s, 1.0 / k);
    return fma(2 * fma(s * (s * s), p, s), 0x1.71547652b82fep+0, e);
}
static float normal(uint32_t word) {
    const float near[] = {2.81022636e-08F, 3.43273939e-07F, -3.5233877e-06F, -4.39150654e-06F,
        0.00021858087F, -0.00125372503F, -0.00417768164F, 0.246640727F, 1.50140941F};
    const float far[] = {-0x1.74e24ep-17F, -0x1.1f3eeap-13F, 0x1.2d2008p-10F, -0x1.bd296cp-9F,
        0x1.7cd6aap-8F, -0x1.f9c856p-8F, 0x1.34ed24p-7F, 0x1.006e4p+0F, 0x1.6a9fp+1F};
    int e;
    const float q = ((float)(word & 0x7fffffff) + 0.5F) * 0x1p-31F, f = frexpf(q * (2 - q), &e);
    const float m = f < 0x1.6a09e6p-1F ? e--, 2 * f : f, log_m = artanh_2((m - 1) / (m + 1), 9);
    const float w = -fmaf((float)e, 0x1.62e4p-1F, fmaf((float)e, 0x1.7f7d1cp-20F, log_m));
    const float p = w < 5 ? horner(near, 9, w - 2.5F) : horner(far, 9, sqrtf(w) - 3);
    return copysignf(0x1.6a09e6p+0F * p * (1 - q), word >> 31 ? -1.0F : 1.0F);
}
/* ---- Random words ---- */
static uint32_t word(const struct witness *n, uint32_t stream, uint64_t i) {
    uint32_t c[] = {(uint32_t)(i / 4), (uint32_t)(i / 4 >> 32), (uint32_t)n->network, stream};
    uint32_t k[] = {(uint32_t)n->seed, (uint32_t)(n->seed >> 32)};
    for (int round = 0; round < 10; round++, k[0] += 0x9E3779B9, k[1] += 0xBB67AE85) {
        const uint64_t p = 0xD2511F53ULL * c[0], q = 0xCD9E8D57ULL * c[2];
        c[0] = (uint32_t)(q >> 32) ^ c[1] ^ k[0], c[1] = (uint32_t)q;
        c[2] = (uint32_t)(p >> 32) ^ c[3] ^ k[1], c[3] = (uint32_t)p;
    }
    return c[i % 4];
}
static uint32_t next(struct witness *n, uint32_t s) { return word(n, s, n->next[s]++); }
static float uniform(uint32_t word) { return (float)(word >> 8) * 0x1p-24F; }
static uint32_t below(struct witness *n, uint32_t s, uint32_t bound) {
    const uint64_t product = (uint64_t)next(n, s) * bound;
    return (uint32_t)product < 0x100000000 % bound ? below(n, s, bound) : (uint32_t)(product >> 32);
}
static void shuffle(struct witness *n, uint32_t s, uint32_t *x, size_t length) {
    for (uint32_t i = (uint32_t)length, j, last; i > 1; i--)
        j = below(n, s, i), last = x[i - 1], x[i - 1] = x[j], x[j] = last;
}
/* ---- Before training ---- */
static uint32_t draw_label(struct witness *n, size_t i) {
    const float u = uniform(next(n, LABELS));
    uint32_t y = n->classes == 2 && u < n->p_y[i];
    for (float s = 0; n->classes > 2 && y + 1 < n->classes; y++)
        if (u < (s += n->p_y[i * n->classes + y])) break;
    return y;
}
static float draw_weight(struct witness *n) {
    if (n->law == 1) return normal(next(n, WEIGHTS));
    const float u = uniform(next(n, WEIGHTS)), x = fmaf(4, u, -2);
    if (n->law == 2) return sqrtf(3) * fmaf(2, u, -1);
    return uniform(next(n, WEIGHTS)) < exp_2(0.5F * (-0.5F * x * x), 1) + 1 ? x : draw_weight(n);
}
static void start(struct witness *n) {
    for (uint32_t i = 0; i < n->n; n->order[i] = i, i++)
        n->label[i] = n->own ? n->own[i] : draw_label(n, i);
    if (n->shuffled) shuffle(n, LABELS, n->label, n->n);
    if (!n->in_order) shuffle(n, SET, n->order, n->n);
    n->samples = (size_t)fmax(1, floor(n->share * (double)n->n + 0.5));
    for (size_t i = 0; n->label_noise > 0 && i < n->samples; i++)
        if (uniform(next(n, LABEL_NOISE)) < n->label_noise) /* modulo classes, as in epoch() */
            n->label[n->order[i]] += 1 + below(n, LABEL_NOISE, (uint32_t)n->classes - 1);
    n->t[ONE] = 1, n->unit[1] = n->width[0], n->power[0] = n->power[1] = 1;
    for (size_t l = 1; l <= n->layers; l++) {
        const size_t in = n->width[l - 1], out = n->width[l], all = in * out;
        const float sigma = (n->scale > 0 ? n->scale : 1) * (1 / sqrtf((float)in));
        n->unit[l + 1] = n->unit[l] + out, n->weight[l] = n->params, n->bias[l] = n->params + all;
        for (size_t k = 0; k < all + out; k++, n->params++) {
            n->param[n->params] = k < all ? draw_weight(n) * sigma : 0;
            n->from[n->params] = k < all ? n->unit[l - 1] + k % in : ONE;
            n->to[n->params] = n->unit[l] + (k < all ? k / in : k - all);
        }
        n->wide |= in > 64 || out > 64 || n->unit[l + 1] > 256;
    }
}
/* ---- One sample ---- */
static float value(int kind, float z, float *slope) {
    float y = z, relu = z < 0 ? 0 : z, e = exp_2(0.5F * -fminf(fabsf(z), 80), 0);
    switch (kind) { /* as numbered, 0 and 8, tanh and sign, come last */
    case 1: y = fminf(fmaxf(z, -1), 1), *slope = fabsf(y) < 1; break;
    case 2: y = z / (1 + fabsf(z)), *slope = (1 - fabsf(y)) * (1 - fabsf(y)); break;
    case 3: y = fmaf(0.5F, tanh_of(0.5F * z), 0.5F), *slope = fmaf(-y, y, y); break;
    case 4: y = relu, *slope = y > 0; break;
    case 5: y = z < 0 ? 0.01F * z : z, *slope = y > 0 ? 1 : 0.01F; break;
    case 6: y = relu + artanh_2(e / (e + 2), 15), *slope = -exp_2(-0.5F * fminf(y, 40), 1); break;
    case 7: *slope = 1; break;
    default: y = tanh_of(z), *slope = fmaf(-y, y, 1);
    }
    return y;
}
/* What the next layer sees of hidden unit h, by word i of its streams. */
static float disturb(const struct witness *n, float t, uint32_t h, uint64_t i, uint32_t measured) {
    const float low = (const float[]){-1, -1, -1, 0, 0, 0, 0, -6, -1}[n->kind];
    const float high = (const float[]){1, 1, 1, 1, 6, 6, 6, 6, 1}[n->kind];
    const uint32_t stream = measured + 256 * h;
    if (n->kind == 8) t = uniform(word(n, FIRING + stream, i)) < fmaf(0.5F, t, 0.5F) ? 1 : -1;
    if (n->quantised) {
        const float levels = (float)((1 << n->quantised) - 1), scale = levels / (high - low);
        const float k = rintf(fmaf(fminf(fmaxf(t, low), high), scale, -low * scale));
        t = fmaf(low, levels - k, high * k) / levels;
    }
    return n->noise > 0 ? fmaf(n->noise, normal(word(n, NOISE + stream, i)), t) : t;
}
static void forward(struct witness *n, size_t input, uint64_t i, uint32_t measured) {
    const size_t d = n->width[0], top = n->unit[n->layers];
    float *t = n->t, *p = t + top, m = -HUGE_VALF, s = 0;
    for (size_t f = 0; f < d; f++)
        t[f] = n->bits ? (float)(n->bits[input] >> (d - 1 - f) & 1) : n->x[input * d + f];
    for (size_t l = 1; l <= n->layers; l++) {
        memcpy(t + n->unit[l], n->param + n->bias[l], n->width[l] * sizeof *t);
        for (size_t w = n->weight[l]; w < n->bias[l]; w++)
            t[n->to[w]] = fmaf(n->param[w], t[n->from[w]], t[n->to[w]]);
        for (size_t u = n->unit[l]; u < n->unit[l + 1] && l < n->layers; u++)
            t[u] = disturb(n, value(n->kind, t[u], &n->slope[u]), (uint32_t)(u - d), i, measured);
    }
    for (size_t c = 0; c < n->classes; c++) m = fmaxf(m, p[c]);
    const float q = fmaf(0.5F, tanh_of(0.5F * (p[1] - p[0])), 0.5F);
    for (size_t c = 0; c < n->classes; c++) s += p[c] = exp_2(0.5F * fmaxf(p[c] - m, -80), 0);
    for (size_t c = 0; c < n->classes; c++) p[c] = n->classes > 2 ? p[c] / s : c == 1 ? q : 1 - q;
}
/* ---- Its gradient ---- */
static void backward(struct witness *n, size_t label, size_t part, float scale) {
    float *d = n->delta, *top = d + n->unit[n->layers], *p = n->t + n->unit[n->layers];
    memset(d, 0, sizeof n->delta);
    for (size_t c = n->classes; c-- > 0;)
        top[c] = n->classes == 2 && c == 0 ? -top[1] : scale * (p[c] - (c == label));
    for (size_t l = n->layers; l > 0; l--) {
        for (size_t w = n->weight[l]; w < n->bias[l]; w++)
            d[n->from[w]] = fmaf(n->param[w], d[n->to[w]], d[n->from[w]]);
        for (size_t u = n->unit[l - 1]; u < n->unit[l]; u++) d[u] *= n->slope[u];
    }
    for (size_t w = 0; w < n->params; w++)
        n->part[w][part] = fmaf(d[n->to[w]], n->t[n->from[w]], n->part[w][part]);
}
/* ---- An epoch ---- */
static void gradient(struct witness *n, float share) {
    for (size_t p = 0; p < n->params; p++) {
        float *s = n->part[p];
        for (size_t j = 0; j < PARTS - 1; j++) s[PARTS + j] = s[2 * j] + s[2 * j + 1];
        const float g = n->grad[p] = n->wide ? s[0] : share * s[2 * PARTS - 2];
        n->sum[p] += g, n->square[p] = fma(g, g, n->square[p]);
        if (n->decay > 0 && n->from[p] != ONE) n->grad[p] = fmaf(n->decay, n->param[p], g);
    }
    memset(n->part, 0, sizeof n->part);
}
static void orthonormality(struct witness *n, size_t l) { /* of w[i + k * by] for k */
    const size_t in = n->width[l - 1], out = n->width[l], most = out > in ? out : in;
    const size_t vectors = in + out - most, from = out > in ? 1 : in, by = out > in ? in : 1;
    float *w = n->param + n->weight[l], *g = n->grad + n->weight[l];
    for (size_t ij = 0; ij < vectors * vectors; ij++) {
        const size_t i = ij / vectors * from, j = ij % vectors * from;
        float a = 0;
        for (size_t k = 0; k < most; k++) a = fmaf(w[i + k * by], w[j + k * by], a);
        a = 2 * n->orthonormality * (a - (i == j));
        for (size_t k = 0; k < most; k++) g[i + k * by] = fmaf(a, w[j + k * by], g[i + k * by]);
    }
}
static void step(struct witness *n) {
    if (n->power[1] > 1e-17) n->power[0] *= 0.9, n->power[1] *= 0.999;
    const float adam = (float)(n->rate * sqrt(1 - n->power[1]) / (1 - n->power[0]));
    for (size_t p = 0; p < n->params; p++) {
        float g = n->grad[p], *v = &n->first[p], *q = &n->second[p];
        if (n->gradient_noise > 0) g = fmaf(n->gradient_noise, normal(next(n, GRADIENT_NOISE)), g);
        if (n->optimiser == 1) g = *v = fmaf(n->momentum, *v, g);
        if (n->optimiser == 2) {
            *v = fmaf(0.9F, *v, (float)(1 - 0.9) * g);
            *q = fmaf(0.999F, *q, (float)(1 - 0.999) * (g * g));
            g = *v / (sqrtf(*q) + 1e-8F);
        }
        n->param[p] = fmaf(n->optimiser == 2 ? -adam : -n->rate, g, n->param[p]);
    }
}
static void norm_cap(struct witness *n) {
    double s[UNITS_MAX] = {0};
    for (size_t p = 0; p < n->params; p++)
        if (n->from[p] != ONE) s[n->to[p]] = fma(n->param[p], n->param[p], s[n->to[p]]);
    for (size_t p = 0; p < n->params; p++)
        if (n->from[p] != ONE && sqrt(s[n->to[p]]) > n->norm_cap)
            n->param[p] *= (float)(n->norm_cap / sqrt(s[n->to[p]]));
}
static void epoch(struct witness *n) {
    const size_t batch = n->batch == 0 || n->batch > n->samples ? n->samples : n->batch;
    memset(n->sum, 0, sizeof n->sum), memset(n->square, 0, sizeof n->square), n->loss = 0;
    if (batch < n->samples && !n->in_order) shuffle(n, ORDER, n->order, n->samples);
    for (size_t first = 0; first < n->samples; first += batch) {
        const size_t size = n->samples - first < batch ? n->samples - first : batch;
        double strip = 0;
        for (size_t k = 0; k < size; k++) {
            const size_t input = n->order[first + k], y = n->label[input] % n->classes;
            forward(n, input, n->passed++, 0);
            strip += -log2_of(fmaxf(n->t[n->unit[n->layers] + y], 0x1p-126F));
            if (k % 128 == 127 || k + 1 == size) n->loss += strip, strip = 0;
            backward(n, y, n->wide ? 0 : k % PARTS, n->wide ? 1 / (float)size : 1);
        }
        gradient(n, 1 / (float)size);
        for (size_t l = 1; l <= n->layers && n->orthonormality > 0; l++) orthonormality(n, l);
        step(n);
        if (n->norm_cap > 0) norm_cap(n);
    }
    n->loss /= (double)n->samples;
}
static void witness_train(struct witness *n) { /* all of which is 0, but for the settings */
    start(n);
    do epoch(n); while (++n->done < n->epochs && !(n->stop_loss > 0 && n->loss <= n->stop_loss));
}
