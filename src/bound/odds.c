#include "odds.h"

#include <math.h>

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
        log_r[y] -= most;
        others += y == top ? 0.0 : exp(log_r[y]);
    }
    for (size_t y = 0; y < ny; y++) {
        log_r[y] -= log1p(others);
        r[y] = exp(log_r[y]);
    }
}

double odds_apart(const double *theta, const double *other, size_t ny)
{
    double log_r[BOTTLENECK_MAX_LABELS], log_s[BOTTLENECK_MAX_LABELS], r[BOTTLENECK_MAX_LABELS],
        s[BOTTLENECK_MAX_LABELS], sum = 0.0;
    odds_softmax(log_r, r, theta, ny);
    odds_softmax(log_s, s, other, ny);
    for (size_t y = 0; y < ny; y++)
        sum += (r[y] - s[y]) * (log_r[y] - log_s[y]);
    return sum;
}
