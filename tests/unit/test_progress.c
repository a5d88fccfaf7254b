/* test_progress.c -- how far a computation has come; what it prints, not when. */
#include "unit.h"

#include "progress.h"

static void duration_is(double seconds, const char *expected)
{
    char text[16];
    progress_duration(text, seconds);
    ck_assert_str_eq(text, expected);
}

/* By hand: rounded to the second, then cut into units. */
START_TEST(durations)
{
    duration_is(0.0, "0s");
    duration_is(12.4, "12s");
    duration_is(12.6, "13s");
    duration_is(59.4, "59s");
    duration_is(59.6, "1m00s");
    duration_is(200.0, "3m20s");
    duration_is(3599.4, "59m59s");
    duration_is(3599.6, "1h00m");
    duration_is(3900.0, "1h05m");
    duration_is(86400.0, "24h00m");
    duration_is(1e12, "99h00m"); /* it ends there, and fits its 16 characters */
    duration_is(INFINITY, "99h00m");
    duration_is(-2.385, "0s");
}
END_TEST

START_TEST(clock_never_runs_backwards)
{
    double last = progress_now();
    for (int i = 0; i < 100000; i++) {
        const double now = progress_now();
        unit_require(now >= last, "%.9f after %.9f", now, last);
        last = now;
    }
}
END_TEST

/* stderr is no terminal here: silence within the first minute, then one plain line. */
static void work(void *minute_passed)
{
    struct progress p;
    progress_start(&p, "depth", "networks", 3, 23.85);
    progress_step(&p, 2.385);
    if (*(int *)minute_passed) {
        p.started -= 36007.5;
        p.shown -= 61.0;
    }
    progress_step(&p, 2.385);
    progress_step(&p, 2.385);
    if (p.done != 3 || p.total != 3 || fabs(p.work_done - 7.155) > 1e-12 || p.terminal)
        _exit(50);
    progress_end(&p);
}

START_TEST(plain_lines)
{
    int passed = 0;
    struct unit_outcome o = unit_call(work, &passed);
    ck_assert_int_eq(o.status, 0);
    ck_assert_str_eq(o.err, "");
    passed = 1;
    o = unit_call(work, &passed);
    ck_assert_int_eq(o.status, 0);
    /* 2 items in 10 hours; a fifth of the work is done, so four times as long to go */
    ck_assert_str_eq(o.err, "depth: 2 of 3 networks, 0.0/s, 40h00m left\n");
    ck_assert_str_eq(o.out, ""); /* nothing of it reaches a result */
}
END_TEST

/* The bar of a terminal, drawn over and over in its line. */
static void work_on_terminal(void *unused)
{
    (void)unused;
    struct progress p;
    progress_start(&p, "depth", "networks", 4, 4.0);
    p.terminal = 1;
    for (int i = 0; i < 3; i++) {
        p.shown -= 1.0;
        progress_step(&p, 1.0);
    }
    progress_end(&p);
}

START_TEST(bar)
{
    const struct unit_outcome o = unit_call(work_on_terminal, NULL);
    ck_assert_int_eq(o.status, 0);
    ck_assert_str_eq(o.out, "");
    ck_assert_ptr_null(strchr(o.err, '\n'));
    /* 1/4, 2/4 and 3/4 of 24 places */
    ck_assert_ptr_nonnull(strstr(o.err, "\rdepth  [======>                 ] 1/4 networks"));
    ck_assert_ptr_nonnull(strstr(o.err, "\rdepth  [============>           ] 2/4 networks"));
    ck_assert_ptr_nonnull(strstr(o.err, "\rdepth  [==================>     ] 3/4 networks"));
    /* in the end an empty line: back to its start, the rest erased */
    ck_assert_str_eq(o.err + strlen(o.err) - 4, "\r\033[K");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {durations, clock_never_runs_backwards, plain_lines, bar};
    return unit_run("progress", tests, sizeof tests / sizeof *tests);
}
