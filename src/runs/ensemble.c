#include "ensemble.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cost.h"
#include "die.h"
#include "memory.h"
#include "progress.h"
#include "store.h"
#include "tasks.h"

/* A network that is not in the store, or not measured. */
struct job {
    size_t set, number;
};

static struct store_key key_of(const struct ensemble *e, size_t set, size_t number, int measured)
{
    return (struct store_key){.root = e->cli->runs_dir,
                              .config = &e->set[set].config,
                              .estimator = measured ? e->set[set].estimator : NULL,
                              .number = number};
}

static int is_there(const struct ensemble *e, size_t set, size_t number)
{
    const struct store_key run = key_of(e, set, number, 0), measured = key_of(e, set, number, 1);
    return store_has(&run) && store_has(&measured);
}

/* Trains a network, and keeps what the store lacks of it. */
static void train(const struct ensemble *e, size_t set, size_t number)
{
    const struct ensemble_set *s = &e->set[set];
    struct run_record record = {0};
    struct run_measured *measured = memory_array(1, sizeof *measured, "what is measured on a run");
    run_train(&record, &measured, &s->estimator, 1, &s->config, e->data[set], number);
    for (int m = 0; m < 2; m++) {
        const struct store_key key = key_of(e, set, number, m);
        if (!store_has(&key)) /* another process may have it */
            store_write(&key, &record, measured);
    }
    run_record_free(&record);
    free(measured);
}

/* Whether two sets ask for the same of their networks. */
static int alike(const struct ensemble_set *a, const struct ensemble_set *b)
{
    char x[CONFIG_TEXT_MAX], y[CONFIG_TEXT_MAX];
    config_text(x, &a->config);
    config_text(y, &b->config);
    return strcmp(x, y) == 0 && strcmp(a->estimator, b->estimator) == 0;
}

void ensemble_init(struct ensemble *e, const struct cli *cli, const struct ensemble_set *set, size_t n)
{
    *e = (struct ensemble){.cli = cli, .set = set, .n = n};
    e->data = memory_array(n, sizeof *e->data, "data sets");
    for (size_t i = 0; i < n; i++) {
        if (set[i].networks < 1 || set[i].networks > ENSEMBLE_MAX_NETWORKS)
            die("set %zu: %zu networks: wanted 1 to %d", i, set[i].networks, ENSEMBLE_MAX_NETWORKS);
        for (size_t j = 0; j < i && !e->data[i]; j++)
            if (strcmp(set[j].config.task, set[i].config.task) == 0)
                e->data[i] = e->data[j];
        if (!e->data[i])
            e->data[i] = tasks_make(set[i].config.task);
        const char *problem = run_check(&set[i].config, e->data[i]);
        if (!problem)
            problem = estimator_check(set[i].estimator);
        if (problem)
            die("set %zu: %s", i, problem);
    }
}

void ensemble_free(struct ensemble *e)
{
    for (size_t i = 0; i < e->n; i++) {
        size_t first = 0;
        while (e->data[first] != e->data[i])
            first++;
        if (first == i)
            continue;
        e->data[i] = NULL;
    }
    for (size_t i = 0; i < e->n; i++)
        dataset_free(e->data[i]);
    free(e->data);
}

/* The networks of this share that are not in the store; their number.  What two sets ask for alike is
 * one job. */
static size_t missing(struct job *job, const struct ensemble *e)
{
    size_t jobs = 0, at = 0;
    for (size_t i = 0; i < e->n; i++) {
        size_t had = 0; /* networks that an earlier set asks for */
        for (size_t j = 0; j < i; j++)
            if (e->set[j].networks > had && alike(&e->set[j], &e->set[i]))
                had = e->set[j].networks;
        for (size_t k = 0; k < e->set[i].networks; k++) {
            if (at++ % e->cli->shards != e->cli->shard - 1)
                continue;
            if (k >= had && !is_there(e, i, k))
                job[jobs++] = (struct job){i, k};
        }
    }
    return jobs;
}

static double work_of(const struct ensemble *e, const struct job *job)
{
    return cost_of(&e->set[job->set].config, e->data[job->set], 1);
}

static char farewell[256];

static void on_signal(int signal)
{
    /* A record appears whole or not at all, so there is nothing to tidy up. */
    if (write(STDERR_FILENO, farewell, strlen(farewell)) < 0)
        _exit(1);
    _exit(128 + signal);
}

static void catch_signals(const char *name)
{
    snprintf(farewell, sizeof farewell,
             "\n%s: stopped; finished networks are kept, the same command goes on from there\n",
             name);
    struct sigaction action = {.sa_handler = on_signal};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
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
        if (!is_there(e, job[j].set, job[j].number)) /* another process may have it */
            train(e, job[j].set, job[j].number);
#pragma omp critical
        progress_step(&progress, work_of(e, &job[j]));
    }
    progress_end(&progress);
}

int ensemble_fill(struct ensemble *e)
{
    const struct cli *cli = e->cli;
    size_t all = 0;
    for (size_t i = 0; i < e->n; i++)
        all += e->set[i].networks;
    struct job *job = memory_array(all, sizeof *job, "the networks to train");
    /* Other programs may be about to train the same networks; shares of one program are not. */
    const int alone = !cli->estimate && cli->shards == 1 && missing(job, e) > 0;
    const int lock = alone ? store_lock(cli->runs_dir) : -1;
    const size_t jobs = missing(job, e);
    double work = 0.0;
    for (size_t j = 0; j < jobs; j++)
        work += work_of(e, &job[j]);
    if (jobs > 0) {
        char time[16];
        const struct ensemble_set *first = &e->set[job[0].set];
        const double threads = (double)(cli->threads < jobs ? cli->threads : jobs);
        const double speed = cost_calibrate(&first->config, e->data[job[0].set], first->estimator);
        progress_duration(time, speed * work / threads);
        fprintf(cli->estimate ? stdout : stderr,
                "%s: %zu of %zu networks to train, about %s with %zu thread%s\n", cli->name, jobs,
                all, time, cli->threads, cli->threads == 1 ? "" : "s");
        if (!cli->estimate) {
            catch_signals(cli->name);
            train_all(e, job, jobs, work);
        }
    }
    if (alone)
        store_unlock(lock);
    free(job);
    return !cli->estimate && cli->shards == 1;
}

void ensemble_read(struct run_record *record, struct ensemble *e, size_t set, size_t number)
{
    const struct store_key run = key_of(e, set, number, 0), measured = key_of(e, set, number, 1);
    if (store_read(record, &run) == 0 && store_read(record, &measured) == 0)
        return;
    train(e, set, number);
    /* A record in memory has more digits than one that has been read: use the latter, always. */
    if (store_read(record, &run) != 0 || store_read(record, &measured) != 0)
        die("run %zu cannot be read back from %s", number, e->cli->runs_dir);
}

void ensemble_read_all(struct run_record *record, struct ensemble *e, size_t set)
{
    for (size_t k = 0; k < e->set[set].networks; k++)
        ensemble_read(&record[k], e, set, k);
}
