#include "path.h"

size_t path_peak(const double *x, size_t n)
{
    size_t peak = 0;
    for (size_t i = 1; i < n; i++)
        if (x[i] > x[peak])
            peak = i;
    return peak;
}

size_t path_falls_below(const double *x, size_t n, double level)
{
    for (size_t i = 0; i + 2 < n; i++)
        if (x[i] < level && x[i + 1] < level && x[i + 2] < level)
            return i;
    return n;
}

size_t path_rises_to(const double *x, size_t n, double level)
{
    for (size_t i = 0; i + 2 < n; i++)
        if (x[i] >= level && x[i + 1] >= level && x[i + 2] >= level)
            return i;
    return n;
}

/*[ turns ]*/
/* The side of the level on which x[3] lies as a whole. */
static int side_of(const double *x, double level)
{
    const int above = x[0] > level && x[1] > level && x[2] > level;
    const int below = x[0] < level && x[1] < level && x[2] < level;
    return above - below;
}

struct path_turns path_turns(const double *x, size_t n, double level)
{
    struct path_turns t = {.first_down = n, .last_down = n, .first_up = n, .last_up = n};
    for (size_t i = 0; i + 2 < n; i++) {
        const int side = side_of(x + i, level);
        if (side < 0 && t.side > 0) {
            t.first_down = t.down++ == 0 ? i : t.first_down;
            t.last_down = i;
        }
        if (side > 0 && t.side < 0) {
            t.first_up = t.up++ == 0 ? i : t.first_up;
            t.last_up = i;
        }
        t.side = side != 0 ? side : t.side;
    }
    return t;
}
/*[ end ]*/
