#define _DEFAULT_SOURCE /* for flock; NOLINT(bugprone-reserved-identifier) */
#include "store.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/base16.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "die.h"

#include "engine.h" /* made by the Makefile from the sources */

const char *const store_engine = ENGINE;

/* The modules of estimators and their versions. */
static const struct {
    const char *module, *version;
} versions[] = {ENGINE_ESTIMATORS};

const char *store_version(const char *estimator)
{
    const char *module = estimator_module(estimator);
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++)
        if (strcmp(versions[i].module, module) == 0)
            return versions[i].version;
    die("estimator %s: its module %s has no version", estimator, module);
}

void store_identity(char identity[STORE_IDENTITY], const struct config *c)
{
    char text[CONFIG_TEXT_MAX];
    uint8_t digest[SHA256_DIGEST_SIZE];
    struct sha256_ctx sha;
    config_text(text, c);
    sha256_init(&sha);
    sha256_update(&sha, strlen(text), (const uint8_t *)text);
    sha256_digest(&sha, sizeof digest, digest);
    base16_encode_update(identity, (STORE_IDENTITY - 1) / 2, digest);
    identity[STORE_IDENTITY - 1] = '\0';
}

/* The directory of a configuration, or that of an estimator below it. */
static void directory(char path[FILE_PATH_MAX], const struct store_key *key, const char *estimator)
{
    char identity[STORE_IDENTITY];
    store_identity(identity, key->config);
    int n = snprintf(path, FILE_PATH_MAX, "%s/%s/%s", key->root, store_engine, identity);
    if (estimator && n < FILE_PATH_MAX)
        n += snprintf(path + n, (size_t)(FILE_PATH_MAX - n), "/%s@%s", estimator,
                      store_version(estimator));
    if (n >= FILE_PATH_MAX - 64)
        die("run store name too long: %s", key->root);
}

void store_path(char path[FILE_PATH_MAX], const struct store_key *key)
{
    directory(path, key, key->estimator);
    const size_t at = strlen(path);
    snprintf(path + at, FILE_PATH_MAX - at, "/%zu.tsv", key->number);
}

void store_open(const struct store_key *key)
{
    char path[FILE_PATH_MAX], text[CONFIG_TEXT_MAX];
    directory(path, key, key->estimator);
    file_directory(path);
    file_sweep(path);
    directory(path, key, NULL);
    file_sweep(path);
    const size_t at = strlen(path);
    snprintf(path + at, FILE_PATH_MAX - at, "/config.txt");
    if (access(path, F_OK) == 0)
        return;
    struct file f;
    config_text(text, key->config);
    file_create(&f, path);
    fprintf(f.stream, "engine %s\n%s", store_engine, text);
    file_commit(&f);
}

int store_has(const struct store_key *key)
{
    char path[FILE_PATH_MAX];
    store_path(path, key);
    return access(path, F_OK) == 0;
}

/* Puts a bad record out of the way, where it can still be looked at. */
static void set_aside(const char *path, const char *problem)
{
    char bad[FILE_PATH_MAX + 8];
    snprintf(bad, sizeof bad, "%s.bad", path);
    if (rename(path, bad) != 0 && errno != ENOENT)
        die_errno("cannot use record %s: %s; nor set it aside", path, problem);
    die_warn("cannot use record %s: %s; kept as %s, the run is trained again", path, problem, bad);
}

static struct record_head head_of(const struct store_key *key)
{
    return (struct record_head){.config = key->config,
                                .number = key->number,
                                .engine = store_engine,
                                .estimator = key->estimator,
                                .version = key->estimator ? store_version(key->estimator) : NULL};
}

int store_read(struct run_record *record, const struct store_key *key)
{
    char path[FILE_PATH_MAX];
    store_path(path, key);
    size_t size = 0;
    char *text = file_read(path, &size);
    if (!text) {
        if (errno == ENOENT)
            return -1;
        if (errno != EISDIR)
            die_errno("cannot read record %s", path);
        set_aside(path, "it is no regular file");
        return -1;
    }
    const struct record_head head = head_of(key);
    const char *problem = key->estimator ? record_read_measured(record, text, size, &head)
                                         : record_read_run(record, text, size, &head);
    free(text);
    if (problem)
        set_aside(path, problem);
    return problem ? -1 : 0;
}

void store_write(const struct store_key *key, const struct run_record *record,
                 const struct run_measured *m)
{
    char path[FILE_PATH_MAX];
    size_t size;
    const struct record_head head = head_of(key);
    char *text = key->estimator ? record_measured_text(&size, m, record, &head)
                                : record_run_text(&size, record, &head);
    struct file f;
    store_path(path, key);
    file_create(&f, path);
    fwrite(text, 1, size, f.stream);
    file_commit(&f);
    free(text);
}

int store_lock(const char *root)
{
    file_directory(root);
    const int lock = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (lock < 0)
        die_errno("cannot open directory %s", root);
    if (flock(lock, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        die_warn("another program trains networks for %s: waiting for it", root);
        while (flock(lock, LOCK_EX) != 0 && errno == EINTR)
            continue;
    }
    return lock;
}

void store_unlock(int lock)
{
    close(lock);
}
