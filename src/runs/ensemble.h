/* ensemble.h -- sets of networks, trained and measured once and kept in the run store.
 *
 * Threads work on different runs, never on one, so their number changes nothing but the time. */
#ifndef ENSEMBLE_H
#define ENSEMBLE_H

#include <stddef.h>

#include "cli.h"
#include "run.h"

enum { ENSEMBLE_MAX_NETWORKS = 1000 }; /* runs of one configuration */

/* Networks 0 to networks - 1 of one configuration, their layers measured by one estimator. */
struct ensemble_set {
    struct config config;
    const char *estimator;
    size_t networks;
};

struct ensemble {
    const struct cli *cli;
    const struct ensemble_set *set; /* n of them, owned by the caller */
    size_t n;
    struct dataset *data; /* (n); sets of one task share what it points to */
    size_t *leader;       /* (n), the first set of the same configuration */
};

/* Checks the sets; dies, naming what is wrong with one. */
void ensemble_init(struct ensemble *e, const struct cli *cli, const struct ensemble_set *set,
                   size_t n);

/* Trains the runs that are missing in the store and makes the measurements that are, with progress on
 * stderr.  Stopped by SIGINT or SIGTERM, it keeps what is finished and says so.  Returns 1 when all is
 * there, 0 when only a share was asked for (--shard) or only how long it will take (--estimate). */
int ensemble_fill(struct ensemble *e);

/* Reads a run of a set; one that is damaged or missing is trained on the spot.  The record is one from
 * before, or all 0; run_record_free ends it. */
void ensemble_read(struct run_record *record, struct ensemble *e, size_t set, size_t number);

/* Reads all runs of a set: record[networks]. */
void ensemble_read_all(struct run_record *record, struct ensemble *e, size_t set);

void ensemble_free(struct ensemble *e);

#endif
