/* test_path.c -- features of a quantity along training. */
#include "unit.h"

#include "path.h"

#define PEAK(...) path_peak((double[]){__VA_ARGS__}, sizeof(double[]){__VA_ARGS__} / sizeof(double))
#define FALLS(level, ...)                                                                          \
    path_falls_below((double[]){__VA_ARGS__}, sizeof(double[]){__VA_ARGS__} / sizeof(double), level)
#define RISES(level, ...)                                                                          \
    path_rises_to((double[]){__VA_ARGS__}, sizeof(double[]){__VA_ARGS__} / sizeof(double), level)

/* By hand: the index of the largest, the first of several. */
START_TEST(peak)
{
    ck_assert_uint_eq(PEAK(2.385), 0);
    ck_assert_uint_eq(PEAK(1.5, 2.385, 2.25), 1);
    ck_assert_uint_eq(PEAK(1.5, 2.25, 2.385), 2);
    ck_assert_uint_eq(PEAK(2.385, 2.25, 1.5), 0);
    ck_assert_uint_eq(PEAK(1.5, 2.385, 0.5, 2.385, 2.385), 1);
    ck_assert_uint_eq(PEAK(-3.5, -2.385, -2.5), 1);
    ck_assert_uint_eq(PEAK(7.5, 7.5, 7.5), 0);
}
END_TEST

/* Slow version: the number of values before the first that no value exceeds. */
START_TEST(peak_by_comparing_all)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < unit_volume(1000); i++) {
        double x[20];
        const size_t n = 1 + unit_random(&state) % 20;
        for (size_t k = 0; k < n; k++)
            x[k] = (double)(unit_random(&state) % 7) - 2.385;
        size_t first = n;
        for (size_t k = n; k-- > 0;) {
            size_t above = 0;
            for (size_t j = 0; j < n; j++)
                above += x[j] > x[k];
            if (above == 0)
                first = k;
        }
        unit_require(path_peak(x, n) == first, "path %zu", i);
    }
}
END_TEST

/* By hand: the first of three that lie below; n where there is none. */
START_TEST(falls_below)
{
    ck_assert_uint_eq(FALLS(1.0, 2.385, 0.9, 0.8, 0.7, 0.6), 1);
    ck_assert_uint_eq(FALLS(1.0, 0.9, 0.8, 0.7), 0);
    ck_assert_uint_eq(FALLS(1.0, 2.385, 0.9, 1.1, 0.8, 0.7, 0.6), 3); /* one noisy value */
    ck_assert_uint_eq(FALLS(1.0, 2.385, 0.9, 0.8, 1.1, 0.7, 0.6, 0.5), 4);
    ck_assert_uint_eq(FALLS(1.0, 2.385, 0.9, 0.8, 0.7, 1.1, 1.2), 1);      /* it may rise again */
    ck_assert_uint_eq(FALLS(1.0, 2.385, 1.0, 1.0, 1.0, 0.9, 0.8, 0.7), 4); /* at it is not below */
    ck_assert_uint_eq(FALLS(1.0, 2.385, 1.5, 1.25), 3);                    /* never */
    ck_assert_uint_eq(FALLS(1.0, 2.385, 0.9, 0.8), 3);                     /* too late to tell */
    ck_assert_uint_eq(FALLS(1.0, 2.385, 1.5, 0.9, 0.8, 0.7), 2);           /* just in time */
    ck_assert_uint_eq(FALLS(1.0, 0.9, 0.8), 2);
    ck_assert_uint_eq(FALLS(1.0, 0.9), 1);
    ck_assert_uint_eq(path_falls_below(NULL, 0, 1.0), 0);
    ck_assert_uint_eq(FALLS(1.0, 2.385, 0.9, (double)NAN, 0.8, 0.7, 0.6), 3);
}
END_TEST

/* By hand: the first of three that lie at the level or above; n where there is none. */
START_TEST(rises_to)
{
    ck_assert_uint_eq(RISES(1.0, 0.5, 1.1, 1.2, 1.3, 1.4), 1);
    ck_assert_uint_eq(RISES(1.0, 0.5, 1.0, 1.0, 1.0), 1); /* at it is there */
    ck_assert_uint_eq(RISES(1.0, 1.1, 1.2, 1.3), 0);
    ck_assert_uint_eq(RISES(1.0, 0.5, 1.1, 0.9, 1.2, 1.3, 1.4), 3); /* one noisy value */
    ck_assert_uint_eq(RISES(1.0, 0.5, 1.1, 1.2, 0.9, 1.3, 1.4, 1.5), 4);
    ck_assert_uint_eq(RISES(1.0, 0.5, 1.1, 1.2, 1.3, 0.9, 0.8), 1); /* it may fall again */
    ck_assert_uint_eq(RISES(1.0, 0.5, 0.6, 0.7, 0.8), 4);           /* never */
    ck_assert_uint_eq(RISES(1.0, 0.5, 0.6, 1.1, 1.2), 4);           /* too late to tell */
    ck_assert_uint_eq(RISES(1.0, 1.1, 1.2), 2);
    ck_assert_uint_eq(path_rises_to(NULL, 0, 1.0), 0);
    ck_assert_uint_eq(RISES(1.0, 1.1, (double)NAN, 1.2, 1.3, 1.4), 2);
}
END_TEST

/* Slow versions: every start of three, looked at in turn.  What falls below a level is, with the signs
 * exchanged, what rises above it, and is there a level higher no later. */
START_TEST(crossings_by_looking_at_all)
{
    uint64_t state = 12;
    for (size_t i = 0; i < unit_volume(2000); i++) {
        double x[20], y[20];
        const size_t n = unit_random(&state) % 21;
        const double level = (double)(unit_random(&state) % 5);
        for (size_t k = 0; k < n; k++) {
            x[k] = (double)(unit_random(&state) % 5);
            y[k] = nextafter(-x[k], (double)INFINITY); /* at the level is not below it */
        }
        size_t falls = n, rises = n;
        for (size_t k = n; k-- > 0;) {
            size_t below = 0, above = 0;
            for (size_t j = k; j < n && j < k + 3; j++) {
                below += x[j] < level;
                above += x[j] >= level;
            }
            falls = below == 3 ? k : falls;
            rises = above == 3 ? k : rises;
        }
        unit_require(path_falls_below(x, n, level) == falls, "path %zu", i);
        unit_require(path_rises_to(x, n, level) == rises, "path %zu", i);
        unit_require(path_falls_below(x, n, level + 1.0) <= falls, "path %zu", i);
        unit_require(path_rises_to(y, n, nextafter(nextafter(-level, 9.0), 9.0)) == falls,
                     "path %zu", i);
    }
}
END_TEST

#define TURNS(level, ...)                                                                          \
    path_turns((double[]){__VA_ARGS__}, sizeof(double[]){__VA_ARGS__} / sizeof(double), level)

static void turns_are(struct path_turns t, size_t down, size_t first_down, size_t last_down,
                      size_t up, size_t first_up, size_t last_up, int side)
{
    ck_assert_uint_eq(t.down, down);
    ck_assert_uint_eq(t.first_down, first_down);
    ck_assert_uint_eq(t.last_down, last_down);
    ck_assert_uint_eq(t.up, up);
    ck_assert_uint_eq(t.first_up, first_up);
    ck_assert_uint_eq(t.last_up, last_up);
    ck_assert_int_eq(t.side, side);
}

/* By hand: three above, then three below; the first of the three is where it turns. */
START_TEST(turns)
{
    turns_are(TURNS(1.0, 2, 2, 2, 0, 0, 0), 1, 3, 3, 0, 6, 6, -1);
    turns_are(TURNS(1.0, 2, 2, 0, 0, 0, 0), 0, 6, 6, 0, 6, 6, -1); /* not above before */
    turns_are(TURNS(1.0, 2, 2, 2, 2, 0, 0), 0, 6, 6, 0, 6, 6, 1);  /* too late to tell */
    turns_are(TURNS(1.0, 2, 2, 2, 0, 0, 2, 0, 0, 0), 1, 6, 6, 0, 9, 9, -1);
    turns_are(TURNS(1.0, 2, 2, 2, 1, 1, 1, 0, 0, 0), 1, 6, 6, 0, 9, 9,
              -1); /* at it is on neither */
    turns_are(TURNS(1.0, 0, 0, 0, 2, 2, 2), 0, 6, 6, 1, 3, 3, 1);
    turns_are(TURNS(1.0, 2, 2, 2, 0, 0, 0, 2, 2, 2, 0, 0, 0), 2, 3, 9, 1, 6, 6, -1);
    turns_are(TURNS(1.0, 0, 0, 0, 2, 2, 2, 0, 0, 0, 2, 2, 2), 1, 6, 6, 2, 3, 9, 1);
    turns_are(TURNS(1.0, 2, 2, 2, 0, 0, (double)NAN, 0, 0, 0), 1, 6, 6, 0, 9, 9, -1);
    turns_are(TURNS(1.0, 1, 1, 1, 1), 0, 4, 4, 0, 4, 4, 0);
    turns_are(path_turns(NULL, 0, 1.0), 0, 0, 0, 0, 0, 0, 0);
    turns_are(TURNS(1.0, 2, 2), 0, 2, 2, 0, 2, 2, 0);
}
END_TEST

/* Slow version: the runs of values on one side, of which those of less than three are left out; where two
 * that follow one another are on different sides, the second begins a turn. */
START_TEST(turns_by_runs)
{
    uint64_t state = 350;
    for (size_t i = 0; i < unit_volume(3000); i++) {
        double x[40];
        const size_t n = unit_random(&state) % 41;
        const uint64_t most = 1 + unit_random(&state) % 8; /* how long a run is, at most */
        for (size_t k = 0; k < n;)
            for (uint64_t run = unit_random(&state) % most + 1, v = unit_random(&state) % 5;
                 run > 0 && k < n; run--)
                x[k++] = v == 0 ? 1.0 : v % 2 == 0 ? 0.5 : 1.5;
        struct path_turns slow = {.first_down = n, .last_down = n, .first_up = n, .last_up = n};
        for (size_t k = 0, end; k < n; k = end) {
            for (end = k + 1; end < n && x[end] == x[k]; end++)
                ;
            const int side = x[k] > 1.0 ? 1 : x[k] < 1.0 ? -1 : 0;
            if (end - k < 3 || side == 0 || side == slow.side)
                continue;
            if (slow.side != 0) {
                size_t *first = side > 0 ? &slow.first_up : &slow.first_down;
                *first = *first == n ? k : *first;
                *(side > 0 ? &slow.last_up : &slow.last_down) = k;
                (*(side > 0 ? &slow.up : &slow.down))++;
            }
            slow.side = side;
        }
        const struct path_turns t = path_turns(x, n, 1.0);
        unit_require(t.down == slow.down && t.up == slow.up && t.side == slow.side, "path %zu", i);
        unit_require(t.first_down == slow.first_down && t.last_down == slow.last_down, "path %zu",
                     i);
        unit_require(t.first_up == slow.first_up && t.last_up == slow.last_up, "path %zu", i);
    }
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {peak,         peak_by_comparing_all,       falls_below,
                                  rises_to,     crossings_by_looking_at_all, turns,
                                  turns_by_runs};
    return unit_run("path", tests, sizeof tests / sizeof *tests);
}
