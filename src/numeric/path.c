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
