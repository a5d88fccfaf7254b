/* path.h -- features of a quantity along training: its peak, its fall below a level, its rise to one. */
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

#endif
