/* store.h -- the run store: one file per run and per measurement of it, named by what decides its
 * bytes.
 *
 *     <root>/<engine>/<identity>/config.txt                  the configuration
 *     <root>/<engine>/<identity>/<number>.tsv                 a run of it
 *     <root>/<engine>/<identity>/<estimator>/<number>.tsv     what an estimator says of that run
 *
 * The identity is the hash of the configuration's text, the engine that of the code that trains,
 * without comments; an estimator's code has a version of its own, which stands in the record and in
 * the name of its directory.  A finished record never changes; it appears whole or not at all, so any
 * number of threads, processes and machines with a common file system may fill one store.  A damaged
 * record is named, set aside as <number>.tsv.bad and counted as missing. */
#ifndef STORE_H
#define STORE_H

#include "file.h"
#include "record.h"

/* The version of the engine, and that of an estimator with its parameters; set at compile time. */
extern const char *const store_engine;
const char *store_version(const char *estimator);

enum { STORE_IDENTITY = 17 }; /* 16 hex digits and a NUL */

/* The identity of a configuration. */
void store_identity(char identity[STORE_IDENTITY], const struct config *c);

/* One network of a configuration in a store; with an estimator, what it measured on it. */
struct store_key {
    const char *root;
    const struct config *config;
    const char *estimator; /* NULL for the run itself */
    size_t number;
};

/* The file of a record. */
void store_path(char path[FILE_PATH_MAX], const struct store_key *key);

/* Makes the directories of a key, with the configuration as config.txt where that is missing, and
 * clears what killed programs left; dies, naming it, if they cannot be written. */
void store_open(const struct store_key *key);

/* Whether there is a record, good or bad. */
int store_has(const struct store_key *key);

/* Reads a run, or the information of the rows of a run that has been read.  Returns 0, or -1 if there
 * is none that can be used. */
int store_read(struct run_record *record, const struct store_key *key);

/* Writes a run, or a measurement m of it; dies, naming it, if it cannot. */
void store_write(const struct store_key *key, const struct run_record *record,
                 const struct run_measured *m);

/* Waits until no other program trains for this store, saying so, and keeps others waiting until the
 * lock that it returns goes.  Does nothing where the file system has no locks. */
int store_lock(const char *root);
void store_unlock(int lock);

#endif
