/* path.h -- features of a quantity along training: its peak, its fall below a level, its rise to one, its
 * turns through one. */
#ifndef PATH_H
#define PATH_H

#include <stddef.h>

/* Index of the largest of x[n], the first of several. */
size_t path_peak(const double *x, size_t n);

/* Index of the first of x[n] that lies below the level, as do the two that follow it (so one noisy
 * value is no crossing); n if there is none. */
size_t path_falls_below(const double *x, size_t n, double level);

/* Index of the first of x[n] that lies at the level or above, as do the two that follow it; n if
 * there is none. */
size_t path_rises_to(const double *x, size_t n, double level);

/* The turns of a quantity through a level.  It is above, or below, from the first of three values in a row
 * that are, until the first of three in a row on the other side; so one noisy value turns nothing, nor
 * does a beginning on the other side that is shorter.  A value at the level is on neither side. */
struct path_turns {
    size_t down, up;              /* how many turns: from above to below, from below to above */
    size_t first_down, last_down; /* index of the first value of the new side; n if there is none */
    size_t first_up, last_up;
    int side; /* at the end: 1 above, -1 below, 0 if it has never been on one */
};
struct path_turns path_turns(const double *x, size_t n, double level);

#endif
