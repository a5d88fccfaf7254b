/* test_die.c -- how a program ends when it cannot go on. */
#include "unit.h"

#include <signal.h>

#include "die.h"

static void plain(void *what)
{
    die_program("depth");
    die("no %s of %d", (const char *)what, 2385);
}

static void reason(void *what)
{
    errno = ENOTDIR;
    die_errno("cannot %s", (const char *)what);
}

static void usage(void *what)
{
    die_program("depth");
    die_usage("--%s: unknown", (const char *)what);
}

static void warning(void *what)
{
    die_program("depth");
    die_warn("no %s", (const char *)what);
}

/* Status and line of each. */
START_TEST(lines)
{
    char what[] = "measure";
    struct unit_outcome o = unit_call(plain, what);
    ck_assert_int_eq(o.status, 1);
    ck_assert_str_eq(o.err, "depth: no measure of 2385\n");
    o = unit_call(reason, what);
    ck_assert_int_eq(o.status, 1);
    ck_assert_str_eq(o.err, "paper: cannot measure: Not a directory\n");
    o = unit_call(usage, what);
    ck_assert_int_eq(o.status, 2);
    ck_assert_str_eq(o.err, "depth: --measure: unknown (--help lists the options)\n");
    o = unit_call(warning, what);
    ck_assert_int_eq(o.status, 0);
    ck_assert_str_eq(o.err, "depth: no measure\n");
}
END_TEST

/* A long path does not push the reason out of the line; one that is too long is cut. */
START_TEST(long_lines)
{
    static char path[6000];
    const size_t length[] = {2600, 3500, 4000, sizeof path};
    for (size_t i = 0; i < sizeof length / sizeof *length; i++) {
        memset(path, 'x', length[i]);
        path[length[i] - 1] = '\0';
        const struct unit_outcome o = unit_call(reason, path);
        ck_assert_int_eq(o.status, 1);
        ck_assert_ptr_nonnull(strstr(o.err, "xx: Not a directory\n"));
        ck_assert_int_eq(strlen(o.err) > length[i], length[i] <= 3500);
    }
}
END_TEST

static void all_at_once(void *arg)
{
    (void)arg;
#pragma omp parallel num_threads(8)
    {
#pragma omp barrier
        die("thread after thread");
    }
}

/* Threads that fail together leave one line and one status. */
START_TEST(threads)
{
    for (int i = 0; i < 200; i++) {
        const struct unit_outcome o = unit_call(all_at_once, NULL);
        ck_assert_int_eq(o.status, 1);
        ck_assert_str_eq(o.err, "paper: thread after thread\n");
    }
}
END_TEST

static void count(void)
{
    if (write(STDERR_FILENO, "tidied\n", 7) != 7)
        _exit(70);
}

static void tidied(void *way)
{
    die_tidy(count);
    die_when_stopped("so much for that");
    if (*(int *)way == 0)
        all_at_once(NULL);
    raise(*(int *)way);
}

/* The tidying is done once, whatever ends the process; a signal is the parent's to see. */
START_TEST(tidies_once)
{
    int way = 0;
    struct unit_outcome o = unit_call(tidied, &way);
    ck_assert_str_eq(o.err, "paper: thread after thread\ntidied\n");
    way = SIGTERM;
    o = unit_call(tidied, &way);
    ck_assert_int_eq(o.status, -1);
    ck_assert_str_eq(o.err, "\npaper: stopped; so much for that\ntidied\n");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {lines, long_lines, threads, tidies_once};
    return unit_run("die", tests, sizeof tests / sizeof *tests);
}
