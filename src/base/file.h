/* file.h -- files that are either whole or not there.
 *
 * A file is written under a temporary name in its own directory and renamed into place when all of
 * it has been accepted by the system, so a reader, a killed program or a full disk never sees half
 * of it. */
#ifndef FILE_H
#define FILE_H

#include <stddef.h>
#include <stdio.h>

enum { FILE_PATH_MAX = 1024 };

struct file {
    FILE *stream;                  /* write here */
    char path[FILE_PATH_MAX];      /* the final name */
    char temporary[FILE_PATH_MAX]; /* the name until file_commit */
};

/* Makes the directory and its parents where they are missing; dies if it cannot. */
void file_directory(const char *path);

/* Opens a file for writing; dies, naming it, if it cannot. */
void file_create(struct file *f, const char *path);

/* Puts the file in place; dies, naming it and leaving nothing behind, if any byte was refused. */
void file_commit(struct file *f);

/* The whole file as a string with a closing NUL, its length in *size; to be freed by the caller.
 * NULL, with errno set, if it cannot be read. */
char *file_read(const char *path, size_t *size);

/* Removes temporary files in a directory that are over an hour old: what a killed program left. */
void file_sweep(const char *directory);

#endif
