/* unit.h -- the kinds of hidden units: what a unit makes of its net input, and the slope of that.
 *
 * To add a kind: a line in UNIT_TABLE, and its two functions.  value(z) is the activation of a net
 * input, slope(y) the derivative dy/dz written by y = value(z) itself, so that a network keeps
 * nothing but y.  Both are for one number and inlined into loops over samples (see lanes.h).
 *
 * Noise, rounding and firing come behind value(z) and leave y as it is: the slope is always that of
 * the noise-free y, the straight-through rule (Y. Bengio, N. Leonard, A. Courville, "Estimating or
 * propagating gradients through stochastic neurons", 2013). */
#ifndef UNIT_KINDS_H
#define UNIT_KINDS_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "lanes.h"

/* LINE(constant, function, name in a configuration, the range [low, high] of its quantised levels,
 * whether it fires).  The range is that of a bounded unit; units without an upper bound have
 * [0, 6], and the linear one [-6, 6], 6 being where quantised networks usually cut ReLU off (A.
 * Krizhevsky, "Convolutional deep belief networks on CIFAR-10", 2010). */
#define UNIT_TABLE(LINE)                                                                           \
    LINE(UNIT_TANH, tanh, "tanh", -1, 1, 0)                                                        \
    LINE(UNIT_HARD_TANH, hard_tanh, "hard_tanh", -1, 1, 0)                                         \
    LINE(UNIT_SOFTSIGN, softsign, "softsign", -1, 1, 0)                                            \
    LINE(UNIT_SIGMOID, sigmoid, "sigmoid", 0, 1, 0)                                                \
    LINE(UNIT_RELU, relu, "relu", 0, 6, 0)                                                         \
    LINE(UNIT_LEAKY_RELU, leaky_relu, "leaky_relu", 0, 6, 0)                                       \
    LINE(UNIT_SOFTPLUS, softplus, "softplus", 0, 6, 0)                                             \
    LINE(UNIT_LINEAR, linear, "linear", -6, 6, 0)                                                  \
    LINE(UNIT_SIGN, sign, "sign", -1, 1, 1)

#define UNIT_CONSTANT(constant, function, name, low, high, fires) constant,
enum unit { UNIT_TABLE(UNIT_CONSTANT) UNITS };
#undef UNIT_CONSTANT

/*[ units ]*/
static inline float unit_tanh_value(float z)
{
    return lanes_tanh(z);
}
static inline float unit_tanh_slope(float y)
{
    return fmaf(-y, y, 1.0F);
}

/* Slope 1 within (-1, 1), 0 from there on. */
static inline float unit_hard_tanh_value(float z)
{
    return z < -1.0F ? -1.0F : z > 1.0F ? 1.0F : z;
}
static inline float unit_hard_tanh_slope(float y)
{
    return fabsf(y) < 1.0F ? 1.0F : 0.0F;
}

static inline float unit_softsign_value(float z)
{
    return z / (1.0F + fabsf(z));
}
static inline float unit_softsign_slope(float y)
{
    const float rest = 1.0F - fabsf(y);
    return rest * rest;
}

/* 1/(1 + e^-z), by way of tanh. */
static inline float unit_sigmoid_value(float z)
{
    return fmaf(0.5F, lanes_tanh(0.5F * z), 0.5F);
}
static inline float unit_sigmoid_slope(float y)
{
    return fmaf(-y, y, y);
}

/*[ end ]*/

/*[ rectifiers ]*/
/* Slope 0 at 0. */
static inline float unit_relu_value(float z)
{
    return z < 0.0F ? 0.0F : z;
}
static inline float unit_relu_slope(float y)
{
    return y > 0.0F ? 1.0F : 0.0F;
}

static inline float unit_leaky_relu_value(float z)
{
    return z < 0.0F ? 0.01F * z : z;
}
static inline float unit_leaky_relu_slope(float y)
{
    return y > 0.0F ? 1.0F : 0.01F;
}

/* log(1 + e^z) = max(z, 0) + log(1 + e^-|z|); from |z| = 80 on the second term is that of 80. */
static inline float unit_softplus_value(float z)
{
    const float a = fabsf(z);
    return (z < 0.0F ? 0.0F : z) + lanes_log1p(lanes_exp_relative(a < 80.0F ? -a : -80.0F));
}
/* 1 - e^-y, 1 to the last bit from y = 40 on. */
static inline float unit_softplus_slope(float y)
{
    return -lanes_expm1_2(-0.5F * (y < 40.0F ? y : 40.0F));
}

/*[ end ]*/

/*[ linear-and-random ]*/
static inline float unit_linear_value(float z)
{
    return z;
}
static inline float unit_linear_slope(float y)
{
    (void)y;
    return 1.0F;
}

/* The mean of a unit that is +1 with probability (1 + tanh z)/2, else -1. */
static inline float unit_sign_value(float z)
{
    return lanes_tanh(z);
}
static inline float unit_sign_slope(float y)
{
    return fmaf(-y, y, 1.0F);
}

/* What a firing unit of mean y does, by 32 random bits, 24 of them used: +1 or -1. */
static inline float unit_fire(float y, uint32_t word)
{
    return (float)(word >> 8) * 0x1p-24F < fmaf(0.5F, y, 0.5F) ? 1.0F : -1.0F;
}

/* The nearest of n + 1 equal levels on [low, high], both of which are levels; whole numbers.  What
 * lies beyond an end goes there; what lies halfway goes to the level with the even number.
 * Adding 1.5 2^23 rounds to a whole number. */
static inline float unit_quantise(float y, float low, float high, float n)
{
    const float inside = y < low ? low : y > high ? high : y;
    const float scale = n / (high - low);
    const float k = fmaf(inside, scale, -low * scale) + 0x1.8p+23F - 0x1.8p+23F;
    return fmaf(low, n - k, high * k) / n;
}
/*[ end ]*/

/* What is known of a kind. */
struct unit_kind {
    const char *name; /* in a configuration */
    float low, high;  /* range of its quantised levels */
    int fires;        /* at random: value(z) is but its mean */
};

static inline const struct unit_kind *unit_kind(enum unit u)
{
#define UNIT_KIND(constant, function, name, low, high, fires) {name, low, high, fires},
    static const struct unit_kind kind[UNITS] = {UNIT_TABLE(UNIT_KIND)};
#undef UNIT_KIND
    return &kind[u];
}

static inline const char *unit_name(enum unit u)
{
    return unit_kind(u)->name;
}

/* value and slope of a kind.  A loop that is to be fast gets its kind as a constant. */
static inline float unit_value(enum unit u, float z)
{
    switch (u) {
#define UNIT_VALUE(constant, function, name, low, high, fires)                                     \
    case constant: return unit_##function##_value(z);
        UNIT_TABLE(UNIT_VALUE)
#undef UNIT_VALUE
    default: return z;
    }
}
static inline float unit_slope(enum unit u, float y)
{
    switch (u) {
#define UNIT_SLOPE(constant, function, name, low, high, fires)                                     \
    case constant: return unit_##function##_slope(y);
        UNIT_TABLE(UNIT_SLOPE)
#undef UNIT_SLOPE
    default: return y;
    }
}

#endif
