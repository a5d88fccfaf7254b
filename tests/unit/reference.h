/* reference.h -- the network of net.h once more, in double precision and as plain as can be: one
 * sample at a time, tanh and exp of the mathematical library, the parameters taken one after the
 * other in the order that net.h states. */
#ifndef REFERENCE_H
#define REFERENCE_H

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stddef.h>

#include "net.h"

enum { REFERENCE_LAYERS = 11, REFERENCE_WIDTH = 66 };

/* The activation of a unit. */
static inline double reference_unit(enum unit u, double z)
{
    switch (u) {
    case UNIT_TANH:
    case UNIT_SIGN: return tanh(z); /* the mean of one that fires */
    case UNIT_HARD_TANH: return fmax(-1.0, fmin(1.0, z));
    case UNIT_SOFTSIGN: return z / (1.0 + fabs(z));
    case UNIT_SIGMOID: return 1.0 / (1.0 + exp(-z));
    case UNIT_RELU: return fmax(0.0, z);
    case UNIT_LEAKY_RELU: return z < 0.0 ? 0.01 * z : z;
    case UNIT_SOFTPLUS: return fmax(z, 0.0) + log1p(exp(-fabs(z)));
    case UNIT_LINEAR: return z;
    case UNITS: break;
    }
    return (double)NAN; /* a kind that the tests do not know */
}

struct reference {
    double t[REFERENCE_LAYERS][REFERENCE_WIDTH]; /* activations of layers 0 to L; t[L] is p(y) */
};

/* Activations for one pattern. */
static inline void reference_forward(struct reference *r, const size_t *width, size_t layers,
                                     const double *param, unsigned pattern)
{
    for (size_t i = 0; i < width[0]; i++)
        r->t[0][i] = (double)(pattern >> (width[0] - 1 - i) & 1U);
    for (size_t l = 1; l <= layers; l++) {
        const double *w = param, *b = w + width[l] * width[l - 1];
        for (size_t o = 0; o < width[l]; o++) {
            double z = b[o];
            for (size_t i = 0; i < width[l - 1]; i++)
                z += w[o * width[l - 1] + i] * r->t[l - 1][i];
            r->t[l][o] = l < layers ? tanh(z) : z;
        }
        param = b + width[l];
    }
    double *p = r->t[layers];
    const double z0 = p[0], z1 = p[1];
    p[0] = 1.0 / (1.0 + exp(z1 - z0));
    p[1] = 1.0 / (1.0 + exp(z0 - z1));
}

/* Cross-entropy of one pattern, nats. */
static inline double reference_loss(const size_t *width, size_t layers, const double *param,
                                    unsigned pattern, int label)
{
    struct reference r;
    reference_forward(&r, width, layers, param, pattern);
    return -log(r.t[layers][label]);
}

/* grad += weight * gradient of the cross-entropy of one pattern, by the chain rule. */
static inline void reference_gradient(double *grad, const size_t *width, size_t layers,
                                      const double *param, unsigned pattern, int label,
                                      double weight)
{
    struct reference r;
    reference_forward(&r, width, layers, param, pattern);
    size_t end = 0; /* of the parameters of a layer */
    for (size_t l = 1; l <= layers; l++)
        end += width[l] * (width[l - 1] + 1);
    double delta[REFERENCE_WIDTH] = {r.t[layers][0] - (label == 0), r.t[layers][1] - (label == 1)};
    for (size_t l = layers; l > 0; l--) {
        const size_t in = width[l - 1], out = width[l];
        const size_t b = end - out, w = b - out * in;
        double below[REFERENCE_WIDTH] = {0};
        for (size_t o = 0; o < out; o++) {
            grad[b + o] += weight * delta[o];
            for (size_t i = 0; i < in; i++) {
                grad[w + o * in + i] += weight * delta[o] * r.t[l - 1][i];
                below[i] += param[w + o * in + i] * delta[o];
            }
        }
        for (size_t i = 0; i < in; i++)
            delta[i] = below[i] * (1.0 - r.t[l - 1][i] * r.t[l - 1][i]);
        end = w;
    }
}

/* The largest singular value of w (out, in), by GSL's decomposition. */
static inline double reference_spectral_norm(const double *w, size_t out, size_t in)
{
    const size_t rows = out > in ? out : in, columns = out > in ? in : out;
    gsl_matrix *a = gsl_matrix_alloc(rows, columns), *v = gsl_matrix_alloc(columns, columns);
    gsl_vector *s = gsl_vector_alloc(columns), *work = gsl_vector_alloc(columns);
    for (size_t o = 0; o < out; o++)
        for (size_t i = 0; i < in; i++)
            gsl_matrix_set(a, out > in ? o : i, out > in ? i : o, w[o * in + i]);
    gsl_linalg_SV_decomp(a, v, s, work);
    const double norm = gsl_vector_get(s, 0);
    gsl_matrix_free(a);
    gsl_matrix_free(v);
    gsl_vector_free(s);
    gsl_vector_free(work);
    return norm;
}

#endif
