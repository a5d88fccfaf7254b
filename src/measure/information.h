/* information.h -- plug-in measures of a layer whose activations have been cut into bins, in bits.
 *
 * Each distinct pattern of bins is one value of T.  T is then a function of the input, so over a set
 * of N equally likely inputs I(X;T) = H(T), and I(T;Y) follows from p(y|x), averaged over the inputs
 * that share a value.  The measures are exact over the set they are given: nothing is sampled. */
#ifndef INFORMATION_H
#define INFORMATION_H

#include <stddef.h>
#include <stdint.h>

struct information {
    double i_xt, i_ty;
    double error; /* standard error of i_xt where an estimator draws samples, else 0 */
};

/* Scratch space for n inputs and so many classes. */
struct information_space;
struct information_space *information_new(size_t n, size_t classes);
void information_free(struct information_space *s);

/* Labels each of the n inputs with the number of its pattern of bins, counted from 0 in the order of
 * first appearance.  bin is (unit, input) with rows of `step`, entries below bins.  Returns how many
 * patterns there are; their numbers (n) are in *id, which belongs to s and lasts until the next call. */
size_t information_patterns(const uint32_t **id, struct information_space *s, const uint8_t *bin,
                            size_t step, size_t units, size_t bins);

/* I(X;T) and I(T;Y) of a layer over n equally likely inputs, Eqs. (eq:ixt) and (eq:ity).  p is
 * p(y=1|x), (n), for two classes, else p(y|x), (n, classes); h_y the entropy of Y. */
struct information information_layer(struct information_space *s, const uint8_t *bin, size_t step,
                                     size_t units, size_t bins, const float *p, double h_y);

/* Plug-in estimate of I(X;Y) from joint counts (x, y), Eq. (eq:plugin).  Zero counts add nothing;
 * 0 if there are no counts. */
double information_plugin(const double *joint, size_t nx, size_t ny);

#endif
