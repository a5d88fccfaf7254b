/* run.h -- one network, trained and looked at: a pure function of a configuration and a number.
 *
 * Training and measuring are two things.  A run has the weights at every epoch; what is kept of it is
 * loss, accuracy, gradients, norms and the last weights.  The information of its layers is measured
 * on it, by any estimator, at the time or later, when the run is trained again to be looked at.
 * Information in bits, loss in bits per input, norms without unit. */
#ifndef RUN_H
#define RUN_H

#include <stddef.h>

#include "config.h"
#include "dataset.h"
#include "estimator.h"
#include "train.h"

enum { RUN_MAX_ROWS = 256, RUN_MAX_ESTIMATORS = 8 };

/* What is known of a network after `epoch` epochs.  The gradient is that of the epoch that begins
 * there, so epoch 0 has one, too. */
struct run_row {
    size_t epoch;
    double loss;                          /* mean cross-entropy on the training set, bits */
    double train_accuracy, test_accuracy; /* share of right labels; test: NaN if all are trained */
    struct train_gradient gradient[NET_MAX_LAYERS]; /* layer 1..L, the output last */
    double weight_norm[NET_MAX_LAYERS], spectral_norm[NET_MAX_LAYERS];
    struct information information[NET_MAX_LAYERS]; /* by the estimator that was asked for */
};

/* A run.  It owns its weights. */
struct run_record {
    size_t number, layers, rows, params;
    struct run_row row[RUN_MAX_ROWS];
    float *param; /* (params), at the end of training; NULL where they are too many to be kept */
};

/* Networks of up to so many parameters keep their last weights. */
enum { RUN_KEPT_PARAMS = 4096 };

/* What an estimator says of a run at its epochs. */
struct run_measured {
    struct information of[RUN_MAX_ROWS][NET_MAX_LAYERS];
};

/* The epochs at which a run of this length is looked at: every one at first, then by factors of
 * about 17/16, and the epochs whose values the original reports (400, 1002, 9000, 9998) and the
 * last.  Fills epoch[RUN_MAX_ROWS], returns their number. */
size_t run_schedule(size_t *epoch, size_t epochs);

/* Returns NULL, or what is wrong with a configuration for a data set. */
const char *run_check(const struct config *c, const struct dataset *d);

/* An empty record of a configuration, in place of an earlier one or of one that is all 0. */
void run_record_init(struct run_record *record, const struct config *c, size_t number);
void run_record_free(struct run_record *record);

/* Trains network `number` of a configuration that has passed run_check, and measures it by n
 * estimators on the way: measured[n], likewise n.  The record is one from before, or all 0. */
void run_train(struct run_record *record, struct run_measured *const *measured,
               const char *const *estimator, size_t n, const struct config *c,
               const struct dataset *d, size_t number);

#endif
