/* unit.h -- what the unit test programs share; to be included first.
 *
 * Check runs every test in a process of its own and notes each assertion in a file, so inner loops
 * use unit_require, which costs nothing while it holds. */
#ifndef UNIT_H
#define UNIT_H

#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#include <check.h>
#include <errno.h>
#include <ftw.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define unit_require(condition, ...)                                                               \
    do {                                                                                           \
        if (!(condition))                                                                          \
            ck_abort_msg(__VA_ARGS__);                                                             \
    } while (0)

/* Runs the tests and prints Check's closing line; the exit status of the program. */
static inline int unit_run(const char *name, const TTest *const *tests, size_t n)
{
    Suite *suite = suite_create(name);
    TCase *tcase = tcase_create(name);
    tcase_set_timeout(tcase, 600); /* only to end a test that hangs */
    for (size_t i = 0; i < n; i++)
        tcase_add_test(tcase, tests[i]);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* Random bits for inputs, from a generator that is not the one under test: SplitMix64 (G. L.
 * Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014). */
static inline uint64_t unit_random(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15U;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return z ^ z >> 31;
}

/* Uniform on [low, high). */
static inline double unit_uniform(uint64_t *state, double low, double high)
{
    return low + (high - low) * (double)(unit_random(state) >> 11) * 0x1p-53;
}

/* So many random cases by default, as many times more or fewer as TESTS_VOLUME says: 100 for a night,
 * 0.1 for a hurry. */
static inline size_t unit_volume(size_t cases)
{
    const char *text = getenv("TESTS_VOLUME");
    const double n = (double)cases * (text ? strtod(text, NULL) : 1.0);
    return n > 1.0 ? (size_t)n : 1;
}

/* A hash of numbers in their order, FNV-1a over their eight bytes, the lowest first; start with
 * UNIT_HASH. */
#define UNIT_HASH 0xcbf29ce484222325U
static inline uint64_t unit_hash(uint64_t hash, uint64_t value)
{
    for (int byte = 0; byte < 8; byte++)
        hash = (hash ^ (value >> 8 * byte & 0xff)) * 0x100000001b3U;
    return hash;
}

/* What a function did that may end its process. */
struct unit_outcome {
    int status;                /* of exit; 0 if the function returned, -1 if a signal ended it */
    char out[8192], err[8192]; /* the beginning of what it printed */
};

static inline void unit_collect(char *text, size_t size, FILE *f)
{
    rewind(f);
    text[fread(text, 1, size - 1, f)] = '\0';
    fclose(f);
}

/* Calls f(arg) in a process of its own. */
static inline struct unit_outcome unit_call(void (*f)(void *), void *arg)
{
    struct unit_outcome outcome;
    FILE *out = tmpfile(), *err = tmpfile();
    ck_assert(out && err);
    fflush(NULL);
    const pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        if (dup2(fileno(out), STDOUT_FILENO) < 0 || dup2(fileno(err), STDERR_FILENO) < 0)
            _exit(77);
        f(arg);
        fflush(NULL);
        _exit(0);
    }
    int status = 0;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    unit_collect(outcome.out, sizeof outcome.out, out);
    unit_collect(outcome.err, sizeof outcome.err, err);
    return outcome;
}

/* A directory of the program's own, made and removed by its main, so that it goes whatever becomes
 * of the tests. */
enum { UNIT_PATH = 512 };

static inline void unit_directory(char path[UNIT_PATH])
{
    const char *parent = getenv("TMPDIR");
    snprintf(path, UNIT_PATH, "%s/unit-XXXXXX", parent && strlen(parent) < 400 ? parent : "/tmp");
    if (!mkdtemp(path)) {
        perror(path);
        exit(EXIT_FAILURE);
    }
}

static inline int unit_remove_one(const char *path, const struct stat *st, int type,
                                  struct FTW *level)
{
    (void)st, (void)type, (void)level;
    return remove(path);
}

static inline void unit_remove(const char *path)
{
    nftw(path, unit_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* Entries of a directory, "." and ".." left out. */
static int unit_entries;

static inline int unit_count_one(const char *path, const struct stat *st, int type,
                                 struct FTW *level)
{
    (void)path, (void)st, (void)type;
    unit_entries += level->level == 1;
    return 0;
}

static inline int unit_count(const char *directory)
{
    unit_entries = 0;
    return nftw(directory, unit_count_one, 16, FTW_PHYS) == 0 ? unit_entries : -1;
}

/* Compares a whole file with a text. */
static inline void unit_file_is(const char *path, const char *expected)
{
    char text[8192];
    FILE *f = fopen(path, "rb");
    ck_assert_msg(f != NULL, "cannot read %s", path);
    unit_collect(text, sizeof text, f);
    ck_assert_str_eq(text, expected);
}

#endif
