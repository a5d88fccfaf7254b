#include "curve.h"

#include <math.h>

#include "die.h"

/* Solves point[i] from the one before, if there is one; returns its gap. */
static double solve(struct bottleneck_point *point, size_t i, struct clusters *work, double beta)
{
    if (i > 0)
        point[i] = point[i - 1];
    else
        point[i].clusters = 0;
    if (bottleneck_solve(&point[i], work, beta) != 0)
        die("the bottleneck has no solution at beta = %g", beta);
    return point[i].gap;
}

double curve_solve(struct bottleneck_point *point, size_t n, struct clusters *work, double origin,
                   double low, double high)
{
    double gap = 0.0;
    for (size_t i = 0; i < n; i++) {
        const double share = (double)i / (double)(n - 1);
        gap = fmax(gap, solve(point, i, work, origin + low * pow(high / low, share)));
    }
    return gap;
}

double curve_extend(struct bottleneck_point *point, size_t from, size_t n, struct clusters *work,
                    double high)
{
    const double low = point[from - 1].beta;
    double gap = 0.0;
    for (size_t i = from; i < n; i++) {
        const double share = (double)(i - from + 1) / (double)(n - from);
        gap = fmax(gap, solve(point, i, work, low * pow(high / low, share)));
    }
    return gap;
}

/* The lower of y and the height at x of the line from (x0, y0) to (x1, y1), if x is between. */
static double chord(double y, double x, double x0, double y0, double x1, double y1)
{
    return x0 <= x && x < x1 ? fmin(y, y0 + (y1 - y0) * ((x - x0) / (x1 - x0))) : y;
}

struct curve_interval curve_loss(const struct source *source, const struct bottleneck_point *point,
                                 size_t n, double i_x)
{
    const double end = source->i_end;
    if (i_x >= end)
        return (struct curve_interval){0.0, 0.0};
    struct curve_interval loss = {fmax(0.0, source->i_xy - i_x), source->i_xy};
    double x0 = 0.0, y0 = source->i_xy; /* the point before, at first the origin */
    for (size_t i = 0; i < n; i++) {
        const double x1 = point[i].i_x, y1 = point[i].lost;
        if (point[i].beta > 0.0)
            loss.low = fmax(loss.low, y1 - (i_x - x1 + point[i].gap) / point[i].beta);
        if (x1 <= i_x)
            loss.high = fmin(loss.high, y1);
        loss.high = chord(loss.high, i_x, x0, y0, x1, y1);
        x0 = x1;
        y0 = y1;
    }
    loss.high = chord(loss.high, i_x, x0, y0, end, 0.0);
    loss.high = fmax(loss.low, loss.high);
    return loss;
}

struct curve_interval curve_rate(const struct source *source, const struct bottleneck_point *point,
                                 size_t n, double lost)
{
    const double end = source->i_end;
    if (lost <= 0.0)
        return (struct curve_interval){end, end};
    struct curve_interval rate = {fmax(0.0, source->i_xy - lost), lost < source->i_xy ? end : 0.0};
    double x0 = 0.0, y0 = source->i_xy;
    for (size_t i = 0; i < n; i++) {
        const double x1 = point[i].i_x, y1 = point[i].lost;
        rate.low = fmax(rate.low, x1 - point[i].gap + point[i].beta * (y1 - lost));
        rate.high = chord(rate.high, lost, y1, x1, y0, x0);
        x0 = x1;
        y0 = y1;
    }
    rate.high = chord(rate.high, lost, 0.0, end, y0, x0);
    rate.low = fmin(rate.low, rate.high);
    return rate;
}
