#include "slowing.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "curve.h"
#include "die.h"
#include "iteration.h"
#include "memory.h"

/* ---- the transitions ---- */

double slowing_growth(const struct source *source, const struct bottleneck_point *point, double r)
{
    double log_q[CLUSTERS_MAX] = {0}, w[CLUSTERS_MAX], sum = 0.0;
    double log_r[2 * CLUSTERS_MAX] = {0}, log_at[CLUSTERS_MAX_LABELS] = {0}; /* (clusters, 2) */
    const double at[CLUSTERS_MAX_LABELS] = {1.0 - r, r};
    odds_log(log_at, at, 2);
    for (size_t t = 0; t < point->clusters; t++) {
        log_q[t] = log(point->q[t]);
        odds_log(log_r + 2 * t, point->r + 2 * t, 2);
    }
    /* c(r) = sum_x p(x) exp(-beta d(x, r))/Z(x) */
    for (size_t x = 0; x < source->n; x++) {
        const double log_z =
            source_row(w, source, x, point->beta, log_q, point->r, log_r, point->clusters);
        sum += source->px[x] * exp(-point->beta * source_distortion(source, x, at, log_at) - log_z);
    }
    return log(sum);
}

/* Appends the transitions between two neighbouring points. */
static void append(struct slowing_spectrum *s, struct clusters *work,
                   const struct bottleneck_point *low, const struct bottleneck_point *high,
                   double precision)
{
    struct bottleneck_point from = *low;
    while (from.clusters != high->clusters && s->n <= SLOWING_MAX) {
        struct transition t;
        if (transition_find(&t, work, &from, high, precision) != 0)
            die("no transition between beta = %g and %g", from.beta, high->beta);
        if (s->n < SLOWING_MAX) {
            s->transition[s->n] = t;
            s->beta[s->n] = t.above.beta;
            s->births += t.kind == TRANSITION_NEW;
            s->growth = fmax(s->growth, fabs(slowing_growth(work->source, &t.below, t.r)));
        }
        s->n++;
        from = t.above;
    }
}

void slowing_find(struct slowing_spectrum *s, struct clusters *work, size_t points, double high,
                  double precision)
{
    struct bottleneck_point *point = memory_array(points, sizeof *point, "points");
    *s = (struct slowing_spectrum){.gap = curve_solve(point, points, work, 0.0, 1.0, high)};
    for (size_t i = 1; i < points; i++)
        append(s, work, &point[i - 1], &point[i], precision);
    for (size_t i = 0; i < points && s->n <= SLOWING_MAX; i++) {
        size_t clusters = 1;
        for (size_t k = 0; k < s->n && s->beta[k] <= point[i].beta; k++)
            clusters = s->transition[k].after;
        s->others += point[i].clusters != clusters;
    }
    double global, r;
    if (transition_global(&global, &r, work->source) == 0 && s->n > 0)
        s->global = fabs(s->beta[0] / global - 1.0);
    free(point);
}

/* ---- slowing down ---- */

/*[ steps ]*/
void slowing_steps(size_t *steps, double *lagrangian, const struct source *source,
                   const double *beta, size_t n, double tolerance, size_t limit, size_t threads)
{
#pragma omp parallel num_threads((int)threads)
    {
        struct iteration *it = iteration_alloc(source, source->n);
#pragma omp for schedule(dynamic, 1)
        for (size_t i = 0; i < n; i++) {
            if (iteration_set(it, NULL, beta[i]) != 0)
                die("the iteration cannot start at beta = %g", beta[i]);
            do
                iteration_step(it);
            while (iteration_test(it, tolerance) == GSL_CONTINUE && it->steps < limit);
            steps[i] = it->steps;
            double i_x, lost;
            source_measure(&i_x, &lost, source, it->pt_x, it->clusters);
            if (lagrangian)
                lagrangian[i] = i_x - beta[i] * (source->i_xy - lost);
        }
        iteration_free(it);
    }
}
/*[ end ]*/

void slowing_delays(struct slowing_delay *delay, struct clusters *work, const double *critical,
                    size_t n, double near, double tolerance, size_t limit, size_t threads)
{
    /* below and above each, then half way between neighbours */
    double *beta = memory_array(6 * n, sizeof *beta, "betas"), *lagrangian = beta + 3 * n;
    size_t *steps = memory_array(3 * n, sizeof *steps, "betas"), *middle = steps + 2 * n;
    for (size_t i = 0; i < n; i++) {
        beta[2 * i] = critical[i] * (1.0 - near);
        beta[2 * i + 1] = critical[i] * (1.0 + near);
        if (i > 0)
            beta[2 * n + i - 1] = sqrt(critical[i - 1] * critical[i]);
    }
    slowing_steps(steps, lagrangian, work->source, beta, 3 * n - 1, tolerance, limit, threads);
    struct bottleneck_point point = {.clusters = 0};
    for (size_t i = 0; i < n; i++) {
        const double above = beta[2 * i + 1];
        if (bottleneck_solve(&point, work, above) != 0)
            die("the bottleneck has no solution at beta = %g", above);
        delay[i] = (struct slowing_delay){.below = steps[2 * i],
                                          .above = steps[2 * i + 1],
                                          .middle_before = i > 0 ? middle[i - 1] : 0,
                                          .middle_after = i + 1 < n ? middle[i] : 0,
                                          .excess = lagrangian[2 * i + 1] -
                                                    (point.i_x - above * point.i_y)};
    }
    free(steps);
    free(beta);
}

void slowing_highest(size_t *at, const double *beta, const size_t *steps, size_t n,
                     const double *critical, size_t transitions)
{
    for (size_t i = 0; i < transitions; i++) {
        const double low = i > 0 ? sqrt(critical[i - 1] * critical[i]) : 0.0;
        const double high = i + 1 < transitions ? sqrt(critical[i] * critical[i + 1]) : INFINITY;
        at[i] = n;
        for (size_t k = 0; k < n; k++)
            if (beta[k] >= low && beta[k] < high && (at[i] == n || steps[k] > steps[at[i]]))
                at[i] = k;
    }
}

/*[ slowing ]*/
double slowing_times(const struct slowing_delay *delay)
{
    const double near = (double)GSL_MIN(delay->below, delay->above);
    return near / (double)GSL_MAX(delay->middle_before, delay->middle_after);
}
/*[ end ]*/

/* ---- layers ---- */

/*[ distance ]*/
double slowing_distance(double beta, const double *critical, size_t n)
{
    double least = INFINITY;
    for (size_t i = 0; i < n; i++)
        least = fmin(least, fabs(log(beta / critical[i])));
    return least;
}

double slowing_expected(const double *critical, size_t n)
{
    double squares = 0.0;
    for (size_t i = 1; i < n; i++)
        squares += gsl_pow_2(log(critical[i] / critical[i - 1]));
    return squares / (4.0 * log(critical[n - 1] / critical[0]));
}
/*[ end ]*/

double slowing_chance(const double *critical, size_t n, double ratio)
{
    const double reach = ratio * slowing_expected(critical, n);
    double near = 0.0;
    for (size_t i = 1; i < n; i++)
        near += fmin(log(critical[i] / critical[i - 1]), 2.0 * reach);
    return near / log(critical[n - 1] / critical[0]);
}

static int has_beta(double beta)
{
    return beta > 0.0 && !isinf(beta);
}

struct slowing_layer slowing_layer_of(const double *beta, size_t n, const double *critical,
                                      size_t transitions, size_t resamples)
{
    struct slowing_layer layer = {.ratio = stats_exact(NAN)};
    double *ratio = memory_array(n, sizeof *ratio, "networks");
    size_t finite = 0;
    for (size_t k = 0; k < n; k++)
        if (has_beta(beta[k]))
            ratio[finite++] = slowing_distance(beta[k], critical, transitions) /
                              slowing_expected(critical, transitions);
    layer.finite = stats_share(finite, n);
    if (finite > 0)
        layer.ratio = stats_bootstrap(ratio, finite, STATS_MEAN, resamples, 1);
    free(ratio);
    return layer;
}

/*[ settling ]*/
struct stats_interval slowing_settling(const double *before, const double *after, size_t n,
                                       const double *critical, size_t transitions, size_t resamples)
{
    double *far = memory_array(2 * n, sizeof *far, "networks"), *farther = far + n;
    size_t both = 0;
    for (size_t k = 0; k < n; k++)
        if (has_beta(before[k]) && has_beta(after[k])) {
            far[both] = slowing_distance(before[k], critical, transitions);
            farther[both++] = slowing_distance(after[k], critical, transitions);
        }
    const struct stats_interval ratio =
        both > 0 ? stats_ratio_paired(farther, far, both, resamples, 1) : stats_exact(NAN);
    free(far);
    return ratio;
}

/* An estimate lies, in four of five draws, less than .84 standard errors on the wrong side of the true
 * value, and an end of its interval 1.96 beyond. */
struct slowing_power slowing_told(struct stats_interval x, double limit)
{
    const double ends = gsl_cdf_ugaussian_Pinv(0.975);
    const double reach = (ends + gsl_cdf_ugaussian_Pinv(0.8)) / ends;
    if (!(x.low > 0.0))
        return (struct slowing_power){NAN, NAN};
    return (struct slowing_power){.below = limit * pow(x.value / x.high, reach),
                                  .above = limit * pow(x.value / x.low, reach)};
}
/*[ end ]*/
