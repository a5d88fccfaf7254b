#include "store.h"

#include <errno.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "die.h"

#ifndef ENGINE
#include "engine.h" /* made by the Makefile from the sources */
#endif

const char *const store_engine = ENGINE;

void store_directory(char path[FILE_PATH_MAX], const char *root, const struct run_config *c)
{
    char text[RUN_TEXT_MAX];
    run_config_text(text, c);
    struct sha256_ctx sha;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&sha);
    sha256_update(&sha, strlen(store_engine), (const uint8_t *)store_engine);
    sha256_update(&sha, strlen(text), (const uint8_t *)text);
    sha256_digest(&sha, sizeof digest, digest);
    int at = snprintf(path, FILE_PATH_MAX, "%s/", root);
    for (size_t i = 0; i < 8 && at < FILE_PATH_MAX; i++)
        at += snprintf(path + at, FILE_PATH_MAX - (size_t)at, "%02x", digest[i]);
    if (at >= FILE_PATH_MAX - 64)
        die("run store name too long: %s", root);
}

static void record_path(char path[FILE_PATH_MAX], const char *root, const struct run_config *c,
                        size_t number)
{
    store_directory(path, root, c);
    const size_t at = strlen(path);
    snprintf(path + at, FILE_PATH_MAX - at, "/%zu.tsv", number);
}

void store_open(const char *root, const struct run_config *c)
{
    char path[FILE_PATH_MAX], text[RUN_TEXT_MAX];
    store_directory(path, root, c);
    file_directory(path);
    file_sweep(path);
    run_config_text(text, c);
    const size_t at = strlen(path);
    snprintf(path + at, FILE_PATH_MAX - at, "/config.txt");
    if (access(path, F_OK) == 0)
        return;
    struct file f;
    file_create(&f, path);
    fprintf(f.stream, "engine %s\n%s", store_engine, text);
    file_commit(&f);
}

int store_has(const char *root, const struct run_config *c, size_t number)
{
    char path[FILE_PATH_MAX];
    record_path(path, root, c, number);
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

int store_read(struct run_record *record, const char *root, const struct run_config *c,
               size_t number)
{
    char path[FILE_PATH_MAX];
    record_path(path, root, c, number);
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
    const char *problem = run_read(record, text, size, c, number, store_engine);
    free(text);
    if (problem)
        set_aside(path, problem);
    return problem ? -1 : 0;
}

void store_write(const struct run_record *record, const char *root, const struct run_config *c)
{
    char path[FILE_PATH_MAX];
    record_path(path, root, c, record->number);
    size_t size;
    char *text = run_write(&size, record, c, store_engine);
    if (!text)
        die("memory is short");
    struct file f;
    file_create(&f, path);
    fwrite(text, 1, size, f.stream);
    file_commit(&f);
    free(text);
}
