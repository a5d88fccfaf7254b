/* dataset.h -- what a network learns: n inputs with features and classes.
 *
 * Where p(y|x) is known, labels are drawn from it, for each network anew; else each input has its
 * label.  Inputs are equally likely, p(x) = 1/n.  Information in bits.
 *
 * All arrays are constant.  They lie in `memory`, which dataset_free frees; in a view of arrays that
 * belong to somebody else it is NULL.  The makers of data sets are in src/tasks. */
#ifndef DATASET_H
#define DATASET_H

#include <stddef.h>
#include <stdint.h>

enum { DATASET_MAX_INPUTS = 1 << 20, DATASET_MAX_CLASSES = 64, DATASET_MAX_BITS = 32 };

struct dataset {
    size_t n, features, classes;
    /* the inputs, in one of two forms; the other is NULL */
    const uint32_t *bits; /* (n), features bits each, 0 or 1; the most significant is feature 0 */
    const float *x;       /* (n, features) */
    int counted;          /* bits[i] is i, and need not be looked up */
    /* the labels, in one of two forms; the other is NULL */
    const float *py_x;      /* two classes: (n), p(y=1|x); more: (n, classes) */
    const uint8_t *label;   /* (n), below classes */
    const double *log_odds; /* (n), log p(y=1|x)/p(y=0|x) before rounding; NULL if not known */
    double h_y, i_xy;       /* H(Y) and I(X;Y) */
    void *memory;
};

/* p(y|x) of class y for input i: 0 or 1 where there are labels. */
double dataset_p(const struct dataset *d, size_t i, size_t y);

/* Fills h_y and i_xy from p(y|x) or the labels.  Inputs count as different. */
void dataset_entropies(struct dataset *d);

/* Returns NULL, or what is wrong with the sizes, the forms or the values. */
const char *dataset_check(const struct dataset *d);

void dataset_free(struct dataset *d);

#endif
