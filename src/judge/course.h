/* course.h -- quantities along the training of networks: one network's at every measured epoch, and
 * those of many networks at one of them.  Information in bits; a norm of the gradient is taken over
 * that of the weights. */
#ifndef COURSE_H
#define COURSE_H

#include <stddef.h>

#include "run.h"

enum course {
    COURSE_I_XT,
    COURSE_I_TY,
    COURSE_TRAIN_ACCURACY, /* shares of right labels, of the network as a whole */
    COURSE_TEST_ACCURACY,
    COURSE_ERROR,     /* 1 - COURSE_TRAIN_ACCURACY */
    COURSE_WEIGHTS,   /* norm of the weights */
    COURSE_MEAN,      /* of the gradients of an epoch's mini-batches */
    COURSE_DEVIATION, /* their standard deviation, likewise */
    COURSE_SNR,       /* the mean over the deviation, Eq. (eq:snr) */
    /* as the original's program has it: the spectral norm of the weights, and for the deviation the
     * trace of the covariance */
    COURSE_SPECTRAL_MEAN,
    COURSE_SPECTRAL_TRACE
};

/* The quantity of layer l (0 the first hidden layer) at one measured epoch. */
double course_at(const struct run_row *row, size_t l, enum course of);

/* The same at every measured epoch: x[r->rows]. */
void course_of(double *x, const struct run_record *r, size_t l, enum course of);

/* ---- n networks that were measured at the same epochs ---- */

/* The quantity of layer l in the given row of each record: (n), to be freed by the caller. */
double *course_values(const struct run_record *record, size_t n, size_t row, size_t l,
                      enum course of);

enum course_over {
    COURSE_OVER_MEAN,
    COURSE_OVER_SE,
    COURSE_OVER_SD,
    COURSE_OVER_MEDIAN,
    COURSE_OVER_LOWER, /* quartiles */
    COURSE_OVER_UPPER
};

/* A column of a table of paths. */
struct course_column {
    enum course of;
    enum course_over
        over; /* mean, its standard error, standard deviation, median or quartile over networks */
};

/* The value of a column for layer l in the given row of the records. */
double course_over(const struct run_record *record, size_t n, size_t row, size_t l,
                   struct course_column column);

/* The same at every measured epoch: x[record->rows]. */
void course_over_all(double *x, const struct run_record *record, size_t n, size_t l,
                     struct course_column column);

#endif
