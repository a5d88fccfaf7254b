/* run.h -- one network, trained and measured: a pure function of a configuration and a number.
 *
 * A record is what is kept of a run.  Its text form is the file of the run store: the
 * configuration, then three tables (epochs, layers, weights), then the SHA-256 of all before.
 * Information in bits, loss in bits per pattern, norms without unit. */
#ifndef RUN_H
#define RUN_H

#include <stddef.h>
#include <stdio.h>

#include "icosahedron.h"
#include "information.h"
#include "net.h"
#include "train.h"

enum { RUN_TEXT_MAX = 1024, RUN_MAX_ROWS = 256, RUN_MAX_PARAMS = 1024 };

/* The two estimators: equal intervals with a closed top, or the cells between edges. */
enum run_bins { RUN_BINS_EQUAL, RUN_BINS_EDGES };

struct run_config {
    enum task_rule rule;
    double i_xy;  /* of the smooth rule, bits; ignored by the hard rule */
    int shuffled; /* labels dealt out at random among the patterns: nothing to learn but by heart */
    size_t layers, width[NET_MAX_LAYERS + 1];
    enum optimiser optimiser;
    double rate;     /* learning rate */
    size_t batch;    /* samples; 0: the whole training set */
    double fraction; /* of the patterns that are trained on */
    size_t epochs;
    enum run_bins estimator;
    size_t bins; /* intervals, or edges; on [-1, 1] */
    unsigned long seed;
};

/* What is known of a network after `epoch` epochs.  The gradient is that of the epoch that begins
 * there, so epoch 0 has one, too. */
struct run_row {
    size_t epoch;
    double loss;                          /* mean cross-entropy on the training set, bits */
    double train_accuracy, test_accuracy; /* share of right labels; test: NaN if all are trained */
    struct information information[NET_MAX_LAYERS]; /* layer 1..L, the output last */
    struct train_gradient gradient[NET_MAX_LAYERS];
    double weight_norm[NET_MAX_LAYERS], spectral_norm[NET_MAX_LAYERS];
};

struct run_record {
    size_t number, layers, rows, params;
    struct run_row row[RUN_MAX_ROWS];
    float param[RUN_MAX_PARAMS]; /* at the end of training */
};

/* The same for the engine. */
void run_engine(struct config *config, const struct run_config *c);

/* Training patterns of a fraction, at least one. */
size_t run_samples(const struct run_config *c);

/* The epochs at which a run of this length is measured: every one at first, then by factors of
 * about 17/16, and the epochs whose values the original reports (400, 1002, 9000, 9998) and the
 * last.  Fills epoch[RUN_MAX_ROWS], returns their number. */
size_t run_schedule(size_t *epoch, size_t epochs);

/* The configuration as text, one "name value" a line: its identity. */
void run_config_text(char text[RUN_TEXT_MAX], const struct run_config *c);

/* Returns NULL, or what is wrong with a configuration. */
const char *run_config_check(const struct run_config *c);

/* The bins of the units of a configuration that has passed run_config_check. */
void run_bins(struct information_bins *bins, const struct run_config *c);

/* The workspace of one thread; run_new returns NULL if memory is short. */
struct run;
struct run *run_new(void);
void run_free(struct run *r);

/* Trains and measures network `number` of a configuration on a task that has its rule and I(X;Y).
 * The configuration has passed run_config_check. */
void run_train(struct run_record *record, struct run *r, const struct run_config *c,
               const struct task *task, size_t number);

/* The text form of a record; returns a string of *size bytes to be freed by the caller, NULL if
 * memory is short.  engine names the version of the code that made the numbers. */
char *run_write(size_t *size, const struct run_record *record, const struct run_config *c,
                const char *engine);

/* Reads the text form back; text has a NUL behind its size bytes.  Returns NULL, or what is wrong
 * with it; then the record is unusable.  Refused is what has a wrong checksum, is of another
 * configuration, number or engine, or is no table; a forger who mends the checksum is not found. */
const char *run_read(struct run_record *record, const char *text, size_t size,
                     const struct run_config *c, size_t number, const char *engine);

#endif
