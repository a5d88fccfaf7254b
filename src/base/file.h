/* file.h -- files that are either whole or not there.
 *
 * A file is written under a temporary name in its own directory and renamed into place when all of
 * it has been accepted by the system, so a reader, a killed program or a full disk never sees half
 * of it.  A program that ends by itself, by die.h or by a signal that can be caught removes its
 * temporary files.  Threads may write files of their own at once. */
#ifndef FILE_H
#define FILE_H

#include <stddef.h>
#include <stdio.h>

enum { FILE_PATH_MAX = 1024 };

struct file_names {
    struct file_names *next;                                  /* of those in use */
    char final[FILE_PATH_MAX], temporary[FILE_PATH_MAX + 32]; /* room for a mark and two numbers */
};

struct file {
    FILE *stream;             /* write here */
    struct file_names *names; /* from file_create to file_commit */
};

/* Makes the directory and its parents where they are missing; dies if it cannot. */
void file_directory(const char *path);

/* The same, and dies if no file can be made there. */
void file_writable_directory(const char *path);

/* Opens a file for writing; dies, naming it, if it cannot. */
void file_create(struct file *f, const char *path);

/* Puts the file in place; dies, naming it and leaving nothing behind, if any byte was refused. */
void file_commit(struct file *f);

/* The whole file as a string with a closing NUL, its length in *size; to be freed by the caller.
 * NULL, with errno set, if it cannot be read; EISDIR for all that is no regular file, of which none
 * is waited for. */
char *file_read(const char *path, size_t *size);

/* Removes temporary files in a directory that are over an hour old: what a killed program left. */
void file_sweep(const char *directory);

/* To be called first: the three standard streams are there from now on, in place of any that was
 * closed one that reads and takes nothing, so that no file gets its number; and a program that ends by
 * exit says so, and has status 1, if stdout did not take all that was printed. */
void file_standard_streams(void);

#endif
