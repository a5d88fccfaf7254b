/* ensemble.h -- many networks of many configurations, trained once and kept in the run store.
 *
 * Threads work on different runs, never on one, so their number changes nothing but the time. */
#ifndef ENSEMBLE_H
#define ENSEMBLE_H

#include <stddef.h>

#include "cli.h"
#include "run.h"

enum { ENSEMBLE_MAX_NETWORKS = 1000 }; /* runs of one configuration */

struct ensemble {
    const struct cli *cli;
    const struct run_config *config; /* n of them, owned by the caller */
    const size_t *networks;          /* (n), runs 0..networks[i]-1 of configuration i; likewise */
    size_t n;
    struct task *task; /* of each configuration */
    struct run *run;   /* for records that turn out damaged when they are read */
};

/* Checks the configurations; dies, naming what is wrong with one. */
void ensemble_init(struct ensemble *e, const struct cli *cli, const struct run_config *config,
                   const size_t *networks, size_t n);

/* Trains the runs that are missing in the store, with progress on stderr.  Stopped by SIGINT or
 * SIGTERM, it keeps what is finished and says so.  Returns 1 when all runs are there, 0 when only a
 * share was asked for (--shard) or only how long it will take (--estimate). */
int ensemble_fill(struct ensemble *e);

/* Reads a run; one that is damaged or missing is trained on the spot. */
void ensemble_read(struct run_record *record, struct ensemble *e, size_t config, size_t number);

/* Reads all runs of a configuration: record[networks[config]]. */
void ensemble_read_all(struct run_record *record, struct ensemble *e, size_t config);

void ensemble_free(struct ensemble *e);

#endif
