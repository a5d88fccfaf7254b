/* record.h -- the text form of what is kept of a run, and of what was measured on it.
 *
 *     run <number>
 *     engine <16 hex digits: the version of the code that made the numbers>
 *     <configuration, a line "name value" for each thing not at its default>
 *                                                                     (empty line)
 *     epoch loss train_accuracy test_accuracy                         of a run
 *     ... a row per epoch that was looked at
 *                                                                     (empty line)
 *     epoch layer gradient_mean gradient_deviation weight_norm spectral_norm
 *     ... a row per epoch and layer, the output last
 *                                                                     (empty line)
 *     parameter value
 *     ... the last weights and biases, layer after layer, (out, in) before biases
 *                                                                     (empty line)
 *     sha256 <of the tables: all from the first empty line to here>
 *
 * A measurement has the estimator and its version behind the engine, and one table: epoch, layer,
 * i_xt, i_ty.  The last line is the fingerprint of a record: it says nothing of the head, so that a
 * change of code that changes no number leaves it as it was.  Columns are separated by tabs; numbers
 * are decimal, with 9 digits, so that a float comes back exactly, or 12 for information. */
#ifndef RECORD_H
#define RECORD_H

#include <stddef.h>

#include "run.h"

enum { RECORD_FINGERPRINT = 65 }; /* 64 hex digits and a NUL */

/* What stands in the head of a record. */
struct record_head {
    const struct config *config;
    size_t number;
    const char *engine;
    const char *estimator, *version; /* of a measurement; NULL in a run */
};

/* The text of a run, or of n rows of what was measured on it; a string of *size bytes to be freed by the
 * caller.  Dies if memory is short. */
char *record_run_text(size_t *size, const struct run_record *r, const struct record_head *head);
char *record_measured_text(size_t *size, const struct run_measured *m, const struct run_record *r,
                           const struct record_head *head);

/* Reads the text back, which has a NUL behind its size bytes.  Returns NULL, or what is wrong with it;
 * then what was read is unusable.  Refused is what has a wrong checksum or another head, is no table, or
 * holds numbers that cannot be; a forger who keeps to these and mends the checksum is found by the
 * published fingerprints only.  A run may have ended before its last epoch, if it could stop at a loss.
 * A measurement fills the information of the rows of its run. */
const char *record_read_run(struct run_record *r, const char *text, size_t size,
                            const struct record_head *head);
const char *record_read_measured(struct run_record *r, const char *text, size_t size,
                                 const struct record_head *head);

/* The fingerprint of a record of either kind, from its tables.  Returns NULL, or what is wrong with the
 * text: its checksum, that is. */
const char *record_fingerprint(char fingerprint[RECORD_FINGERPRINT], const char *text, size_t size);

#endif
