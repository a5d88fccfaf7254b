#include "odds.h"

#include <gsl/gsl_sort.h>
#include <stdlib.h>

#include "memory.h"

void odds_softmax(double *log_r, double *r, const double *theta, size_t ny)
{
    /* The likeliest label stays out of the sum, so that its log r, a small number then, keeps its
     * digits. */
    size_t top = 0;
    log_r[0] = 0.0;
    for (size_t y = 1; y < ny; y++) {
        log_r[y] = theta[y - 1];
        top = log_r[y] > log_r[top] ? y : top;
    }
    const double most = log_r[top];
    double others = 0.0;
    for (size_t y = 0; y < ny; y++) {
        log_r[y] = y == top ? 0.0 : log_r[y] - most;
        others += y == top ? 0.0 : exp(log_r[y]);
    }
    for (size_t y = 0; y < ny; y++) {
        log_r[y] -= log1p(others);
        r[y] = exp(log_r[y]);
    }
}

void odds_log(double *log_r, const double *r, size_t ny)
{
    size_t top = 0;
    for (size_t y = 1; y < ny; y++)
        top = r[y] > r[top] ? y : top;
    double others = 0.0;
    for (size_t y = 0; y < ny; y++) {
        log_r[y] = y == top ? 0.0 : log(r[y]);
        others += y == top ? 0.0 : r[y];
    }
    log_r[top] = log1p(-others);
}

double odds_excess(double v)
{
    if (fabs(v) > 0.5)
        return expm1(v) - v;
    /* v^2/2 (1 + v/3 (1 + v/4 (...))), to v^14/14! */
    double sum = 1.0;
    for (int i = 14; i > 2; i--)
        sum = 1.0 + sum * v / i;
    return 0.5 * v * v * sum;
}

double odds_difference(double p, double log_p, double r, double log_r)
{
    const double v = log_r - log_p;
    return p == 0.0 || r == 0.0 || fabs(v) > 0.5 ? r - p : p * expm1(v);
}

double odds_apart(const double *theta, const double *other, size_t ny)
{
    double log_r[ODDS_MAX_LABELS], log_s[ODDS_MAX_LABELS], r[ODDS_MAX_LABELS], s[ODDS_MAX_LABELS],
        sum = 0.0;
    odds_softmax(log_r, r, theta, ny);
    odds_softmax(log_s, s, other, ny);
    for (size_t y = 0; y < ny; y++) { /* r - s = 2 sqrt(rs) sinh(v/2) */
        const double v = log_r[y] - log_s[y];
        sum += 2.0 * sqrt(r[y]) * sqrt(s[y]) * sinh(0.5 * v) * v;
    }
    return sum;
}

/* Equal but for rounding errors? */
static int alike(const double *log_r, const double *log_s, size_t ny)
{
    for (size_t y = 0; y < ny; y++)
        if (log_r[y] != log_s[y] && !(fabs(log_r[y] - log_s[y]) <= 1e-12 * (1.0 + fabs(log_r[y]))))
            return 0;
    return 1;
}

size_t odds_groups(size_t *group, const double *log_r, size_t n, size_t ny)
{
    size_t *order = memory_array(n, sizeof *order, "distributions"), groups = 0;
    gsl_sort_index(order, log_r, ny, n); /* by log r[0]: those alike are near each other */
    for (size_t i = 0; i < n; i++) {
        const double *r = log_r + order[i] * ny;
        group[order[i]] = groups;
        for (size_t l = i; l-- > 0 && alike(log_r + order[l] * ny, r, 1);)
            if (alike(log_r + order[l] * ny, r, ny)) {
                group[order[i]] = group[order[l]];
                break;
            }
        groups += group[order[i]] == groups;
    }
    free(order);
    return groups;
}
