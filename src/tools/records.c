/* records.c -- the fingerprints of the records in a run store, for make verify and make accept.
 *
 * Prints a line "<sha256>  <identity>/[<estimator>/]<number>" for every record that the present code
 * made, in the order of these names.  A record that is damaged has the word "damaged" for its
 * fingerprint. */
#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "die.h"
#include "file.h"
#include "memory.h"
#include "record.h"
#include "store.h"

/* Names below a directory, sorted; scandir's own choice but for those that begin with a dot. */
static int visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* Strings of digits by their value, all else by its bytes. */
static int by_name(const struct dirent **a, const struct dirent **b)
{
    const char *x = (*a)->d_name, *y = (*b)->d_name;
    const size_t m = strspn(x, "0123456789"), n = strspn(y, "0123456789");
    return x[m] == '.' && y[n] == '.' && m != n ? (m > n) - (m < n) : strcmp(x, y);
}

static size_t names(struct dirent ***list, const char *path)
{
    const int n = scandir(path, list, visible, by_name);
    return n > 0 ? (size_t)n : 0;
}

/* A record, if the name is <number>.tsv. */
static void print_record(const char *directory, const char *name, const char *label)
{
    char path[2 * FILE_PATH_MAX], fingerprint[RECORD_FINGERPRINT];
    const size_t digits = strspn(name, "0123456789");
    if (digits == 0 || strcmp(name + digits, ".tsv") != 0)
        return;
    size_t size = 0;
    snprintf(path, sizeof path, "%s/%s", directory, name);
    char *text = file_read(path, &size);
    const char *problem = text ? record_fingerprint(fingerprint, text, size) : "unreadable";
    printf("%s  %s/%.*s\n", problem ? "damaged" : fingerprint, label, (int)digits, name);
    free(text);
}

static void print_directory(const char *directory, const char *label);

/* A directory <estimator>@<version> of measurements, if the version is that of the present code. */
static void print_measurements(const char *directory, const char *name, const char *label)
{
    char estimator[ESTIMATOR_TEXT_MAX], path[2 * FILE_PATH_MAX], below[FILE_PATH_MAX];
    const char *at = strrchr(name, '@');
    if (!at || (size_t)(at - name) >= sizeof estimator)
        return;
    snprintf(estimator, sizeof estimator, "%.*s", (int)(at - name), name);
    if (estimator_check(estimator) || strcmp(store_version(estimator), at + 1) != 0)
        return;
    snprintf(path, sizeof path, "%s/%s", directory, name);
    snprintf(below, sizeof below, "%s/%s", label, estimator);
    print_directory(path, below);
}

static void print_directory(const char *directory, const char *label)
{
    struct dirent **list = NULL;
    const size_t n = names(&list, directory);
    for (size_t i = 0; i < n; i++) {
        if (strchr(list[i]->d_name, '@'))
            print_measurements(directory, list[i]->d_name, label);
        else
            print_record(directory, list[i]->d_name, label);
        free(list[i]);
    }
    free(list);
}

int main(int argc, char **argv)
{
    die_program("records");
    if (argc != 2 || argv[1][0] == '-')
        die_usage("usage: records RUNS-DIR: prints the fingerprint of every record");
    char path[FILE_PATH_MAX], directory[2 * FILE_PATH_MAX];
    struct dirent **list = NULL;
    if (snprintf(path, sizeof path, "%s/%s", argv[1], store_engine) >= (int)sizeof path)
        die("run store name too long: %s", argv[1]);
    const size_t n = names(&list, path);
    for (size_t i = 0; i < n; i++) {
        snprintf(directory, sizeof directory, "%s/%s", path, list[i]->d_name);
        print_directory(directory, list[i]->d_name);
        free(list[i]);
    }
    free(list);
    return 0;
}
