#include "ensemble.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "die.h"
#include "progress.h"
#include "selftest.h"
#include "store.h"

struct job {
    size_t config, number;
};

static int same_task(const struct run_config *a, const struct run_config *b)
{
    return a->rule == b->rule && (a->rule == TASK_HARD || a->i_xy == b->i_xy);
}

void ensemble_init(struct ensemble *e, const struct cli *cli, const struct run_config *config,
                   const size_t *networks, size_t n)
{
    selftest();
    *e = (struct ensemble){.cli = cli, .config = config, .networks = networks, .n = n};
    e->task = calloc(n, sizeof *e->task);
    if (!e->task)
        die("memory is short");
    for (size_t i = 0; i < n; i++) {
        if (networks[i] < 1 || networks[i] > ENSEMBLE_MAX_NETWORKS)
            die("configuration %zu: %zu networks: wanted 1 to %d", i, networks[i],
                ENSEMBLE_MAX_NETWORKS);
        const char *problem = run_config_check(&config[i]);
        if (problem)
            die("configuration %zu: %s", i, problem);
        if (i > 0 && same_task(&config[i], &config[i - 1]))
            e->task[i] = e->task[i - 1];
        else if (task_init(&e->task[i], config[i].rule, config[i].i_xy) != 0)
            die("configuration %zu: no gamma gives I(X;Y) = %g bit", i, config[i].i_xy);
    }
}

void ensemble_free(struct ensemble *e)
{
    free(e->task);
    run_free(e->run);
}

/* Work of a run: Eq. (eq:cost) with the constants of the machine of Table (tab:cost), nanoseconds.
 * Only their ratios matter, for this machine is measured by calibrate. */
static double run_work(const struct run_config *c)
{
    struct net_shape s;
    size_t epoch[RUN_MAX_ROWS];
    net_shape(&s, c->width, c->layers);
    const size_t samples = run_samples(c);
    const size_t batch = c->batch == 0 || c->batch > samples ? samples : c->batch;
    const size_t batches = (samples + batch - 1) / batch;
    const double units = (double)(s.units - s.width[0]), params = (double)s.params;
    const double train = (double)samples * (1.5 + 0.21 * units + 0.025 * (params - units)) +
                         (double)batches * (190.0 + 0.85 * params);
    const double measure = 54e3 * (double)(run_schedule(epoch, c->epochs) * c->layers);
    return measure + (double)(c->epochs + 1) * train;
}

static struct run *new_run(void)
{
    struct run *r = run_new();
    if (!r)
        die("memory is short");
    return r;
}

/* Seconds this machine takes for one unit of work, from a tenth of a second of it. */
static double calibrate(const struct ensemble *e, const struct run_config *config)
{
    struct run_record *record = malloc(sizeof *record);
    struct run *r = new_run();
    if (!record)
        die("memory is short");
    struct run_config c = *config;
    c.epochs = 0;
    double seconds;
    do {
        c.epochs = 2 * c.epochs + 20;
        const double start = progress_now();
        run_train(record, r, &c, e->task, 0);
        seconds = progress_now() - start;
    } while (seconds < 0.1);
    run_free(r);
    free(record);
    return seconds / run_work(&c);
}

/* The runs of this share that are not in the store; their number. */
static size_t missing(struct job *job, const struct ensemble *e)
{
    size_t jobs = 0, at = 0;
    for (size_t i = 0; i < e->n; i++) {
        for (size_t k = 0; k < e->networks[i]; k++) {
            if (at++ % e->cli->shards != e->cli->shard - 1)
                continue;
            if (!store_has(e->cli->runs_dir, &e->config[i], k))
                job[jobs++] = (struct job){i, k};
        }
    }
    return jobs;
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
    for (size_t i = 0; i < e->n; i++)
        store_open(e->cli->runs_dir, &e->config[i]);
    progress_start(&progress, e->cli->name, "networks", jobs, work);
#pragma omp parallel num_threads((int)e->cli->threads)
    {
        struct run *r = new_run();
        struct run_record *record = malloc(sizeof *record);
        if (!record)
            die("memory is short");
#pragma omp for schedule(dynamic, 1)
        for (size_t j = 0; j < jobs; j++) {
            const struct run_config *c = &e->config[job[j].config];
            if (!store_has(e->cli->runs_dir, c, job[j].number)) { /* another process may have it */
                run_train(record, r, c, &e->task[job[j].config], job[j].number);
                store_write(record, e->cli->runs_dir, c);
            }
#pragma omp critical
            progress_step(&progress, run_work(c));
        }
        free(record);
        run_free(r);
    }
    progress_end(&progress);
}

int ensemble_fill(struct ensemble *e)
{
    const struct cli *cli = e->cli;
    size_t all = 0;
    for (size_t i = 0; i < e->n; i++)
        all += e->networks[i];
    struct job *job = malloc((all + 1) * sizeof *job);
    if (!job)
        die("memory is short");
    const size_t jobs = missing(job, e);
    double work = 0.0;
    for (size_t j = 0; j < jobs; j++)
        work += run_work(&e->config[job[j].config]);
    if (jobs > 0) {
        char time[16];
        const double threads = (double)(cli->threads < jobs ? cli->threads : jobs);
        progress_duration(time, calibrate(e, &e->config[job[0].config]) * work / threads);
        fprintf(cli->estimate ? stdout : stderr,
                "%s: %zu of %zu networks to train, about %s with %zu thread%s\n", cli->name, jobs,
                all, time, cli->threads, cli->threads == 1 ? "" : "s");
        if (!cli->estimate) {
            catch_signals(cli->name);
            train_all(e, job, jobs, work);
        }
    }
    free(job);
    return !cli->estimate && cli->shards == 1;
}

void ensemble_read(struct run_record *record, struct ensemble *e, size_t config, size_t number)
{
    const struct run_config *c = &e->config[config];
    if (store_read(record, e->cli->runs_dir, c, number) == 0)
        return;
    if (!e->run)
        e->run = new_run();
    run_train(record, e->run, c, &e->task[config], number);
    store_write(record, e->cli->runs_dir, c);
    /* A record in memory has more digits than one that has been read: use the latter, always. */
    if (store_read(record, e->cli->runs_dir, c, number) != 0)
        die("run %zu cannot be read back from %s", number, e->cli->runs_dir);
}

void ensemble_read_all(struct run_record *record, struct ensemble *e, size_t config)
{
    for (size_t k = 0; k < e->networks[config]; k++)
        ensemble_read(&record[k], e, config, k);
}
