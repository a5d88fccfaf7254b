#include "ensemble.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cost.h"
#include "die.h"
#include "file.h"
#include "memory.h"
#include "progress.h"
#include "selftest.h"
#include "store.h"
#include "tasks.h"

/* A network that is not in the store, or not measured. */
struct job {
    size_t leader, number;
    double work; /* see cost.h */
};

static struct store_key key_of(const struct ensemble *e, size_t set, size_t number, int measured)
{
    return (struct store_key){.root = e->cli->runs_dir,
                              .config = &e->set[set].config,
                              .estimator = measured ? e->set[set].estimator : NULL,
                              .number = number};
}

/* Whether set i asks for a network of a group, the sets of one configuration. */
static int asks(const struct ensemble *e, size_t i, size_t leader, size_t number)
{
    return e->leader[i] == leader && number < e->set[i].networks;
}

/* Whether the store has a network, and all that the sets of its group want measured on it. */
static int is_there(const struct ensemble *e, size_t leader, size_t number)
{
    const struct store_key run = key_of(e, leader, number, 0);
    int there = store_has(&run);
    for (size_t i = leader; there && i < e->n; i++) {
        const struct store_key measured = key_of(e, i, number, 1);
        there = !asks(e, i, leader, number) || store_has(&measured);
    }
    return there;
}

/* Trains a network, and keeps what the store lacks of it. */
static void train(const struct ensemble *e, size_t leader, size_t number)
{
    const char *estimator[RUN_MAX_ESTIMATORS];
    struct run_measured *measured[RUN_MAX_ESTIMATORS];
    struct store_key key[RUN_MAX_ESTIMATORS];
    size_t n = 0;
    for (size_t i = leader; i < e->n; i++) {
        const struct store_key wanted = key_of(e, i, number, 1);
        int has = !asks(e, i, leader, number) || store_has(&wanted);
        for (size_t j = 0; j < n; j++)
            has |= strcmp(estimator[j], wanted.estimator) == 0;
        if (has)
            continue;
        if (n == RUN_MAX_ESTIMATORS)
            die("more than %d estimators for one configuration", RUN_MAX_ESTIMATORS);
        key[n] = wanted;
        estimator[n] = wanted.estimator;
        measured[n++] = memory_array(1, sizeof **measured, "what is measured on a run");
    }
    struct run_record *record = memory_array(1, sizeof *record, "the record of a run");
    run_train(record, measured, estimator, n, &e->set[leader].config, &e->data[leader], number);
    const struct store_key run = key_of(e, leader, number, 0);
    if (!store_has(&run)) /* another process may have it by now */
        store_write(&run, record, NULL);
    for (size_t i = 0; i < n; i++) {
        store_write(&key[i], record, measured[i]);
        free(measured[i]);
    }
    run_record_free(record);
    free(record);
}

/* The first set of the same configuration. */
static size_t leader_of(const struct ensemble_set *set, size_t i)
{
    char own[CONFIG_TEXT_MAX], other[CONFIG_TEXT_MAX];
    config_text(own, &set[i].config);
    for (size_t j = 0; j < i; j++) {
        config_text(other, &set[j].config);
        if (strcmp(own, other) == 0)
            return j;
    }
    return i;
}

/* The first set of the same task. */
static size_t of_task(const struct ensemble_set *set, size_t i)
{
    size_t first = 0;
    while (strcmp(set[first].config.task, set[i].config.task) != 0)
        first++;
    return first;
}

void ensemble_init(struct ensemble *e, const struct cli *cli, const struct ensemble_set *set,
                   size_t n)
{
    selftest();
    *e = (struct ensemble){.cli = cli, .set = set, .n = n};
    e->data = memory_array(n, sizeof *e->data, "data sets");
    e->leader = memory_array(n, sizeof *e->leader, "sets");
    for (size_t i = 0; i < n; i++) {
        const size_t first = of_task(set, i);
        const char *problem = NULL;
        if (set[i].networks < 1 || set[i].networks > ENSEMBLE_MAX_NETWORKS)
            die("set %zu: %zu networks: wanted 1 to %d", i, set[i].networks, ENSEMBLE_MAX_NETWORKS);
        if (first < i)
            e->data[i] = e->data[first];
        else
            problem = tasks_make(&e->data[i], set[i].config.task);
        e->leader[i] = leader_of(set, i);
        if (!problem)
            problem = run_check(&set[i].config, &e->data[i]);
        if (!problem)
            problem = estimator_check(set[i].estimator);
        if (problem)
            die("set %zu: %s", i, problem);
    }
}

void ensemble_free(struct ensemble *e)
{
    for (size_t i = 0; i < e->n; i++)
        if (of_task(e->set, i) == i)
            dataset_free(&e->data[i]);
    free(e->data);
    free(e->leader);
}

/* The networks of this share that are not in the store, and the number of all. */
static size_t missing(size_t *all, struct job *job, const struct ensemble *e)
{
    size_t jobs = 0;
    *all = 0;
    for (size_t leader = 0; leader < e->n; leader++) {
        size_t networks = 0; /* of the group */
        for (size_t i = leader; i < e->n; i++)
            if (e->leader[i] == leader && e->set[i].networks > networks)
                networks = e->set[i].networks;
        const double work = cost_of(&e->set[leader].config, &e->data[leader], 1);
        for (size_t k = 0; k < networks; k++)
            if ((*all)++ % e->cli->shards == e->cli->shard - 1 && !is_there(e, leader, k))
                job[jobs++] = (struct job){leader, k, work};
    }
    return jobs;
}

/* The dearest first, so that no thread is left alone with a long one in the end; else by their order. */
static int dearer(const void *a, const void *b)
{
    const struct job *x = a, *y = b;
    if (x->work != y->work)
        return x->work > y->work ? -1 : 1;
    if (x->leader != y->leader)
        return x->leader < y->leader ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static void train_all(const struct ensemble *e, const struct job *job, size_t jobs, double work)
{
    struct progress progress;
    for (size_t i = 0; i < e->n; i++) {
        const struct store_key key = key_of(e, i, 0, 1);
        store_open(&key);
    }
    progress_start(&progress, e->cli->name, "networks", jobs, work);
#pragma omp parallel for schedule(dynamic, 1) num_threads((int)e->cli->threads)
    for (size_t j = 0; j < jobs; j++) {
        if (!is_there(e, job[j].leader, job[j].number)) /* another process may have it */
            train(e, job[j].leader, job[j].number);
#pragma omp critical
        progress_step(&progress, job[j].work);
    }
    progress_end(&progress);
}

int ensemble_fill(struct ensemble *e)
{
    const struct cli *cli = e->cli;
    const int results = !cli->estimate && cli->shards == 1;
    if (results) /* better said now than after the training */
        file_writable_directory(cli->data_dir);
    size_t all = 0;
    for (size_t i = 0; i < e->n; i++)
        all += e->set[i].networks;
    struct job *job = memory_array(all, sizeof *job, "the networks to train");
    /* Other programs may be about to train the same networks; shares of one program are not. */
    const int alone = !cli->estimate && cli->shards == 1 && missing(&all, job, e) > 0;
    const int lock = alone ? store_lock(cli->runs_dir) : -1;
    const size_t jobs = missing(&all, job, e);
    double work = 0.0;
    for (size_t j = 0; j < jobs; j++)
        work += job[j].work;
    qsort(job, jobs, sizeof *job, dearer);
    if (jobs > 0) {
        char time[16];
        const struct ensemble_set *first = &e->set[job[0].leader];
        const double threads = (double)(cli->threads < jobs ? cli->threads : jobs);
        const double speed =
            cost_calibrate(&first->config, &e->data[job[0].leader], first->estimator);
        progress_duration(time, speed * work / threads);
        fprintf(cli->estimate ? stdout : stderr,
                "%s: %zu of %zu networks to train, about %s with %zu thread%s\n", cli->name, jobs,
                all, time, cli->threads, cli->threads == 1 ? "" : "s");
        if (!cli->estimate)
            train_all(e, job, jobs, work);
    }
    if (alone)
        store_unlock(lock);
    free(job);
    return results;
}

void ensemble_read(struct run_record *record, struct ensemble *e, size_t set, size_t number)
{
    const struct store_key run = key_of(e, set, number, 0), measured = key_of(e, set, number, 1);
    if (store_read(record, &run) == 0 && store_read(record, &measured) == 0)
        return;
    train(e, e->leader[set], number);
    /* A record in memory has more digits than one that has been read: use the latter, always. */
    if (store_read(record, &run) != 0 || store_read(record, &measured) != 0)
        die("run %zu cannot be read back from %s", number, e->cli->runs_dir);
}

void ensemble_read_all(struct run_record *record, struct ensemble *e, size_t set)
{
    for (size_t k = 0; k < e->set[set].networks; k++)
        ensemble_read(&record[k], e, set, k);
}
