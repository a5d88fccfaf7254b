/* store.h -- the run store: one file per run, named by what decides its bytes.
 *
 * A run of a configuration lies in <root>/<hash>/<number>.tsv, the hash being that of the
 * configuration and of the engine (the comment-stripped text of the modules that decide a run's
 * bytes).  A finished record never changes; it appears whole or not at all, so any number of
 * threads, processes and machines with a common file system may fill one store.  A damaged record
 * is named, set aside as <number>.tsv.bad and counted as missing. */
#ifndef STORE_H
#define STORE_H

#include "file.h"
#include "run.h"

/* The version of the engine as text, set at compile time. */
extern const char *const store_engine;

/* The directory of a configuration. */
void store_directory(char path[FILE_PATH_MAX], const char *root, const struct run_config *c);

/* Makes the directory of a configuration, with its configuration as config.txt, and clears what
 * killed programs left; dies, naming it, if it cannot be written. */
void store_open(const char *root, const struct run_config *c);

/* Whether there is a record of a run, good or bad. */
int store_has(const char *root, const struct run_config *c, size_t number);

/* Reads the record of a run.  Returns 0, or -1 if there is none that can be used. */
int store_read(struct run_record *record, const char *root, const struct run_config *c,
               size_t number);

/* Writes a record; dies, naming it, if it cannot. */
void store_write(const struct run_record *record, const char *root, const struct run_config *c);

#endif
