#include "bottleneck.h"

#include <gsl/gsl_linalg.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "die.h"
#include "lanes.h"

enum { CLUSTERS = BOTTLENECK_MAX_CLUSTERS, LABELS = BOTTLENECK_MAX_LABELS };

/* Log-odds stay within these bounds: r is then within 4e-18 of 0 and 1. */
static const double far = 40.0;

/* No cluster is missing if log c exceeds 0 by no more than this.  The second term is rounding. */
static double goal(double beta)
{
    return 1e-11 + 4e-15 * beta;
}

/* The state of a search: k clusters with the weights exp(s) and the distributions r, given by the
 * log-odds theta of the labels 1, 2, ... against label 0. */
struct bottleneck_solver {
    double beta;
    size_t k;
    double s[CLUSTERS], theta[CLUSTERS * LABELS]; /* (k), (k, ny-1) */
    double r[CLUSTERS * LABELS];                  /* (k, ny) */
    double *w;                                    /* (n, k), p(t|x) */
    double *log_z, *log_a, *term;                 /* (n), log Z(x), log p(x)/Z(x), those of c(r) */
    /* of ny variables for each cluster */
    double *hessian, *gradient, *step, *scale, *extra;
    size_t *order;
};

static void *room(size_t n, size_t size)
{
    void *x = calloc(n, size);
    if (!x)
        die("memory is short");
    return x;
}

/* ---- the source ---- */

/* Are these weights and distributions?  Returns the sum of the weights, or 0. */
static double sum_of_weights(const double *px, const double *py_x, size_t n, size_t ny)
{
    double total = 0.0;
    for (size_t x = 0; x < n; x++) {
        double sum = 0.0;
        for (size_t y = 0; y < ny; y++) {
            if (!(py_x[x * ny + y] >= 0.0))
                return 0.0;
            sum += py_x[x * ny + y];
        }
        if (!(px[x] >= 0.0) || !(fabs(sum - 1.0) <= 1e-9))
            return 0.0;
        total += px[x];
    }
    return isfinite(total) ? total : 0.0;
}

static double x_log_x(double x)
{
    return x > 0.0 ? x * log(x) : 0.0;
}

struct bottleneck *bottleneck_alloc(const double *px, const double *py_x, size_t n, size_t ny)
{
    if (n < 1 || ny < 2 || ny > LABELS)
        return NULL;
    const double total = sum_of_weights(px, py_x, n, ny);
    if (!(total > 0.0))
        return NULL;

    struct bottleneck *b = room(1, sizeof *b);
    struct bottleneck_solver *s = room(1, sizeof *s);
    *b = (struct bottleneck){.n = n, .ny = ny, .solver = s};
    b->px = room(n, sizeof *b->px);
    b->py_x = room(n * ny, sizeof *b->py_x);
    b->minus_h = room(n, sizeof *b->minus_h);
    s->w = room(n * (CLUSTERS + 3), sizeof *s->w);
    s->log_z = s->w + n * CLUSTERS;
    s->log_a = s->log_z + n;
    s->term = s->log_a + n;
    const size_t m = CLUSTERS * ny;
    s->hessian = room(m * (m + 4), sizeof *s->hessian);
    s->gradient = s->hessian + m * m;
    s->step = s->gradient + m;
    s->scale = s->step + m;
    s->extra = s->scale + m;
    s->order = room(m, sizeof *s->order);

    double h_y = 0.0, h_y_x = 0.0;
    for (size_t x = 0; x < n; x++) {
        double sum = 0.0;
        for (size_t y = 0; y < ny; y++)
            sum += py_x[x * ny + y];
        b->px[x] = px[x] / total;
        for (size_t y = 0; y < ny; y++) {
            const double p = b->py_x[x * ny + y] = py_x[x * ny + y] / sum;
            b->py[y] += b->px[x] * p;
            b->minus_h[x] += x_log_x(p);
        }
        h_y_x -= b->px[x] * b->minus_h[x];
    }
    for (size_t y = 0; y < ny; y++)
        h_y -= x_log_x(b->py[y]);
    b->h_y = h_y / M_LN2;
    b->i_xy = fmax(0.0, (h_y - h_y_x) / M_LN2);
    return b;
}

void bottleneck_free(struct bottleneck *b)
{
    if (!b)
        return;
    free(b->solver->order);
    free(b->solver->hessian);
    free(b->solver->w);
    free(b->solver);
    free(b->minus_h);
    free(b->py_x);
    free(b->px);
    free(b);
}

double bottleneck_distortion(const struct bottleneck *b, size_t x, const double *log_r)
{
    double d = b->minus_h[x];
    for (size_t y = 0; y < b->ny; y++)
        if (b->py_x[x * b->ny + y] > 0.0)
            d -= b->py_x[x * b->ny + y] * log_r[y];
    return d > 0.0 ? d : 0.0;
}

double bottleneck_row(double *w, const struct bottleneck *b, size_t x, double beta,
                      const double *log_q, const double *log_r, size_t k)
{
    double top = -INFINITY, sum = 0.0;
    for (size_t t = 0; t < k; t++) {
        w[t] = log_q[t];
        if (beta > 0.0)
            w[t] -= beta * bottleneck_distortion(b, x, log_r + t * b->ny);
        top = fmax(top, w[t]);
    }
    for (size_t t = 0; t < k; t++) {
        w[t] = exp(w[t] - top);
        sum += w[t];
    }
    for (size_t t = 0; t < k; t++)
        w[t] /= sum;
    return top + log(sum);
}

/* ---- the best weights and places of the clusters there are ---- */

/* log r and r of the log-odds theta[ny-1].  The likeliest label stays out of the sum, so that its
 * log r, a small number then, keeps its digits. */
static void softmax(double *log_r, double *r, const double *theta, size_t ny)
{
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

/* From s and theta: r, w, log Z.  Returns F(q) + sum_r q(r), whose minimum over all q >= 0 is at
 * the q of sum 1 where F has its minimum, so that the weights need no constraint. */
static double evaluate(struct bottleneck *b)
{
    struct bottleneck_solver *s = b->solver;
    double log_r[CLUSTERS * LABELS], value = 0.0;
    for (size_t t = 0; t < s->k; t++) {
        softmax(log_r + t * b->ny, s->r + t * b->ny, s->theta + t * (b->ny - 1), b->ny);
        value += exp(s->s[t]);
    }
    for (size_t x = 0; x < b->n; x++) {
        s->log_z[x] = bottleneck_row(s->w + x * s->k, b, x, s->beta, s->s, log_r, s->k);
        value -= b->px[x] * s->log_z[x];
    }
    return value;
}

/* Gradient and Hessian of that value in the variables s, theta of each cluster.  Of the logarithm
 * l = s - beta d(x, theta) of a term of Z(x), the gradient is j = (1, beta (p(y|x) - r)), and the
 * Hessian is sum_x p(x) [(sum_t w j)(sum_t w j)' - sum_t w (j j' + l'')] + diag(q). */
static void differentiate(struct bottleneck *b)
{
    struct bottleneck_solver *s = b->solver;
    const size_t k = s->k, ny = b->ny, m = k * ny;
    double wj[CLUSTERS * LABELS] = {0};
    memset(s->hessian, 0, m * m * sizeof *s->hessian);
    memset(s->gradient, 0, m * sizeof *s->gradient);
    for (size_t t = 0; t < k; t++)
        s->gradient[t * ny] = s->hessian[t * ny * m + t * ny] = exp(s->s[t]);
    for (size_t x = 0; x < b->n; x++) {
        if (b->px[x] == 0.0)
            continue;
        for (size_t t = 0; t < k; t++) {
            const double *r = s->r + t * ny, *py_x = b->py_x + x * ny, w = s->w[x * k + t];
            double j[LABELS] = {1.0}, *h = s->hessian + t * ny * m + t * ny;
            for (size_t y = 1; y < ny; y++)
                j[y] = s->beta * (py_x[y] - r[y]);
            for (size_t i = 0; i < ny; i++) {
                wj[t * ny + i] = w * j[i];
                s->gradient[t * ny + i] -= b->px[x] * w * j[i];
                for (size_t l = 0; l <= i; l++) {
                    const double l2 = l > 0 ? -s->beta * r[i] * ((i == l ? 1.0 : 0.0) - r[l]) : 0.0;
                    h[i * m + l] -= b->px[x] * w * (j[i] * j[l] + l2);
                }
            }
        }
        for (size_t i = 0; i < m; i++)
            for (size_t l = 0; l <= i; l++)
                s->hessian[i * m + l] += b->px[x] * wj[i] * wj[l];
    }
    for (size_t i = 0; i < m; i++)
        for (size_t l = 0; l < i; l++)
            s->hessian[l * m + i] = s->hessian[i * m + l];
}

/* The Newton step, by Cholesky factors of the Hessian, scaled to a unit diagonal and made positive
 * definite if it is not (P. E. Gill, W. Murray, M. H. Wright, "Practical Optimization", 1981).
 * decrease is twice that of the value, promised; returns by how much log c can differ from 0 at or
 * near a cluster. */
static double find_step(double *decrease, struct bottleneck *b)
{
    struct bottleneck_solver *s = b->solver;
    const size_t ny = b->ny, m = s->k * ny;
    differentiate(b);
    for (size_t i = 0; i < m; i++) {
        const double h = fabs(s->hessian[i * m + i]);
        s->scale[i] = h > 0.0 ? 1.0 / sqrt(h) : 1.0;
        s->step[i] = -s->gradient[i] * s->scale[i];
    }
    for (size_t i = 0; i < m; i++)
        for (size_t l = 0; l < m; l++)
            s->hessian[i * m + l] *= s->scale[i] * s->scale[l];
    gsl_matrix_view h = gsl_matrix_view_array(s->hessian, m, m);
    gsl_vector_view step = gsl_vector_view_array(s->step, m);
    gsl_vector_view extra = gsl_vector_view_array(s->extra, m);
    gsl_permutation order = {m, s->order};
    gsl_linalg_mcholesky_decomp(&h.matrix, &order, &extra.vector);
    gsl_linalg_mcholesky_svx(&h.matrix, &order, &step.vector);
    double off = 0.0;
    *decrease = 0.0;
    for (size_t t = 0; t < s->k; t++)
        for (size_t y = 0; y < ny; y++) {
            /* The gradient in s is q (1 - c), that in theta -q times the gradient of c. */
            const size_t i = t * ny + y;
            s->step[i] *= s->scale[i];
            *decrease -= s->gradient[i] * s->step[i];
            const double change = s->gradient[i] * (y > 0 ? s->step[i] : 1.0);
            off = fmax(off, fabs(change) * exp(-s->s[t]));
        }
    return off;
}

static void drop(struct bottleneck *b, size_t t)
{
    struct bottleneck_solver *s = b->solver;
    const size_t after = s->k - t - 1, width = b->ny - 1;
    memmove(s->s + t, s->s + t + 1, after * sizeof *s->s);
    memmove(s->theta + t * width, s->theta + (t + 1) * width, after * width * sizeof *s->theta);
    s->k--;
}

/* The divergences of two distributions from each other, summed, from their log-odds. */
static double apart(const double *theta, const double *other, size_t ny)
{
    double log_r[LABELS], log_s[LABELS], r[LABELS], s[LABELS], sum = 0.0;
    softmax(log_r, r, theta, ny);
    softmax(log_s, s, other, ny);
    for (size_t y = 0; y < ny; y++)
        sum += (r[y] - s[y]) * (log_r[y] - log_s[y]);
    return sum;
}

/* Drops clusters without weight and makes one of two that coincide; returns whether any. */
static int tidy(struct bottleneck *b)
{
    struct bottleneck_solver *s = b->solver;
    const size_t width = b->ny - 1, before = s->k;
    for (size_t t = s->k; t-- > 0;)
        if (s->s[t] < -32.0 && s->k > 1) /* a weight of 1e-14 */
            drop(b, t);
    for (size_t t = s->k; t-- > 1;)
        for (size_t u = 0; u < t; u++) {
            double *a = s->theta + u * width, *c = s->theta + t * width;
            if (s->beta * apart(a, c, b->ny) > 1e-10)
                continue;
            const double q = exp(s->s[u]), p = exp(s->s[t]);
            for (size_t y = 0; y < width; y++)
                a[y] = (q * a[y] + p * c[y]) / (q + p);
            s->s[u] = log(q + p);
            drop(b, t);
            break;
        }
    return s->k != before;
}

/* Newton's method on weights and places together, down to rounding errors. */
static void polish(struct bottleneck *b)
{
    struct bottleneck_solver *s = b->solver;
    const size_t ny = b->ny;
    const double noise = 1e-15 * (1.0 + s->beta); /* in the value */
    double value = evaluate(b), least = INFINITY, decrease;
    for (int steps = 0, stale = 0; steps < 300 && stale < 25; steps++) {
        const double off = find_step(&decrease, b);
        if (off == 0.0 || (off < 0.3 * goal(s->beta) && off > 0.2 * least))
            return; /* small, and no longer smaller with each step */
        stale = off < least || decrease > 1e-16 ? 0 : stale + 1;
        least = fmin(least, off);
        /* No weight and no odds change by more than a factor e^2 at once. */
        double old_s[CLUSTERS], old_theta[CLUSTERS * LABELS], most = 2.0, next;
        for (size_t i = 0; i < s->k * ny; i++)
            most = fmax(most, fabs(s->step[i]));
        memcpy(old_s, s->s, s->k * sizeof *old_s);
        memcpy(old_theta, s->theta, s->k * (ny - 1) * sizeof *old_theta);
        double length = 2.0 / most;
        for (;; length /= 2.0) {
            for (size_t t = 0; t < s->k; t++) {
                s->s[t] = old_s[t] + length * s->step[t * ny];
                for (size_t y = 1; y < ny; y++) {
                    const size_t i = t * (ny - 1) + y - 1;
                    const double to = old_theta[i] + length * s->step[t * ny + y];
                    s->theta[i] = fmax(-far, fmin(far, to));
                }
            }
            next = evaluate(b);
            if (next <= value - 0.1 * length * decrease + noise || length < 1e-9)
                break;
        }
        value = next;
        if (tidy(b))
            value = evaluate(b);
    }
}

/* ---- the maximum of c(r) ---- */

struct peak {
    double log_c;         /* the greatest found */
    double theta[LABELS]; /* where */
    double bound;         /* none is greater */
    double slack;         /* by how much the bound may be greater */
};

/* log c at the log-odds theta; the logarithms of its terms are left in term. */
static double log_c(const struct bottleneck *b, const double *theta)
{
    const struct bottleneck_solver *s = b->solver;
    double log_r[LABELS], r[LABELS], top = -INFINITY, sum = 0.0;
    softmax(log_r, r, theta, b->ny);
    for (size_t x = 0; x < b->n; x++) {
        s->term[x] = s->log_a[x] - s->beta * bottleneck_distortion(b, x, log_r);
        top = fmax(top, s->term[x]);
    }
    for (size_t x = 0; x < b->n; x++)
        if (s->term[x] > top - 40.0)
            sum += exp(s->term[x] - top);
    return top + log(sum);
}

/*[ bound ]*/
/* Two labels.  In the log-odds u, log c(u) = log M(u) - beta log(1 + e^u), where M is a sum of
 * exponentials of u with positive weights, so that log M is convex.  From u to u + h it is below
 * its chord, and for the chord the maximum of log c has a closed form.  f and g are log c at the
 * two ends. */
static double cell_bound(double beta, double u, double h, double f, double g)
{
    const double r = 1.0 / (1.0 + exp(-u));
    const double slope = (g - f + beta * log1p(r * expm1(h))) / h; /* of the chord */
    const double top = slope / beta; /* the derivative is zero where r is this */
    double v = top < r ? 0.0 : top < 1.0 ? log(top / (1.0 - top)) - u : h;
    v = fmax(0.0, fmin(h, v));
    return f + slope * v - beta * log1p(r * expm1(v));
}
/*[ end ]*/

/* Halves the cell until its bound is good enough or below a maximum found elsewhere. */
static void search_cell(struct peak *peak, const struct bottleneck *b, double u, double h, double f,
                        double g)
{
    const double bound = b->solver->beta > 0.0 ? cell_bound(b->solver->beta, u, h, f, g) : f;
    if (bound <= fmax(peak->log_c, 0.0) + peak->slack || h < 1e-12) {
        peak->bound = fmax(peak->bound, bound);
        return;
    }
    const double middle = u + 0.5 * h, value = log_c(b, &middle);
    if (value > peak->log_c) {
        peak->log_c = value;
        peak->theta[0] = middle;
    }
    search_cell(peak, b, u, 0.5 * h, f, value);
    search_cell(peak, b, middle, 0.5 * h, value, g);
}

/* Two labels: all r, with a bound. */
static void search_interval(struct peak *peak, const struct bottleneck *b)
{
    /* Nodes at equal steps of asin sqrt(r), where every exp(-beta d) is equally wide. */
    enum { MOST = 1024 };
    const double beta = b->solver->beta, wanted = 16.0 + 8.0 * sqrt(beta);
    const size_t cells = wanted < MOST ? (size_t)wanted : MOST;
    double node[MOST + 1], value[MOST + 1];
    for (size_t i = 0; i <= cells; i++) {
        const double odds = i > 0 ? 2.0 * log(tan(M_PI_2 * (double)i / (double)cells)) : -far;
        node[i] = i < cells ? odds : far;
        value[i] = log_c(b, node + i);
        if (value[i] > peak->log_c) {
            peak->log_c = value[i];
            peak->theta[0] = node[i];
        }
    }
    /* Of a maximum well above 0, and so no proof, only the place matters. */
    peak->slack += 0.05 * fmax(peak->log_c, 0.0);
    /* M never falls with u, so that below the first node log c grows by beta log(1 + e^-far) at
     * most; above the last node it is the same with the labels exchanged. */
    peak->bound = fmax(value[0], value[cells]) + beta * log1p(exp(-far));
    for (size_t i = 0; i < cells; i++)
        search_cell(peak, b, node[i], node[i + 1] - node[i], value[i], value[i + 1]);
}

/* More labels: climbs from the p(y|x) of every input, by r <- the mean of p(y|x) under the terms of
 * c(r), which never lowers c.  This finds maxima and proves nothing. */
static void search_simplex(struct peak *peak, const struct bottleneck *b)
{
    const size_t ny = b->ny;
    for (size_t start = 0; start < b->n; start++) {
        double theta[LABELS], r[LABELS], last = -INFINITY, value = 0.0;
        for (size_t y = 0; y < ny; y++)
            r[y] = 0.99 * b->py_x[start * ny + y] + 0.01 * b->py[y];
        for (int climbs = 0; climbs < 500; climbs++) {
            for (size_t y = 1; y < ny; y++)
                theta[y - 1] = fmax(-far, fmin(far, log(r[y]) - log(r[0])));
            value = log_c(b, theta);
            if (!(value > last + 1e-13))
                break;
            last = value;
            memset(r, 0, sizeof r);
            for (size_t x = 0; x < b->n; x++)
                for (size_t y = 0; y < ny; y++)
                    r[y] += exp(b->solver->term[x] - value) * b->py_x[x * ny + y];
            for (size_t y = 0; y < ny; y++)
                r[y] = fmax(r[y], 1e-18);
        }
        if (value > peak->log_c) {
            peak->log_c = value;
            memcpy(peak->theta, theta, (ny - 1) * sizeof *theta);
        }
    }
    peak->bound = INFINITY;
}

static struct peak find_peak(struct bottleneck *b)
{
    struct bottleneck_solver *s = b->solver;
    struct peak peak = {.log_c = -INFINITY, .slack = goal(s->beta)};
    for (size_t x = 0; x < b->n; x++)
        s->log_a[x] = log(b->px[x]) - s->log_z[x];
    if (b->ny == 2)
        search_interval(&peak, b);
    else
        search_simplex(&peak, b);
    return peak;
}

/* ---- points ---- */

/* The weight e of a new cluster at theta that minimises F((1 - e) q + e new): Newton's method, kept
 * inside a bracket. */
static double weight_of(const struct bottleneck *b, const double *theta)
{
    const double *term = b->solver->term;
    double low = 0.0, high = 1.0, e = 1e-3;
    log_c(b, theta);
    for (int steps = 0; steps < 60 && high - low > 1e-3 * low; steps++) {
        double slope = 0.0, curve = 0.0;
        for (size_t x = 0; x < b->n; x++) {
            if (b->px[x] == 0.0)
                continue;
            const double ratio = expm1(fmin(term[x] - log(b->px[x]), 600.0));
            const double change = ratio / (1.0 + e * ratio);
            slope -= b->px[x] * change;
            curve += b->px[x] * change * change;
        }
        *(slope < 0.0 ? &low : &high) = e;
        e -= slope / curve;
        if (!(e > low && e < high))
            e = low > 0.0 ? sqrt(low * high) : 0.01 * high;
    }
    return e;
}

/* Cluster k, the new one, and cluster `near`: two halves of what that was, at from -+ shift to. */
static void split(struct bottleneck_solver *s, size_t near, double weight, const double *from,
                  const double *to, double shift, size_t width)
{
    const size_t k = s->k - 1;
    s->s[near] = s->s[k] = weight - M_LN2;
    for (size_t y = 0; y < width; y++) {
        s->theta[near * width + y] = from[y] - shift * (to[y] - from[y]);
        s->theta[k * width + y] = from[y] + shift * (to[y] - from[y]);
    }
}

/* Adds a cluster at theta, or splits the nearest one in that direction if this is better: from an
 * old cluster and a light new one next to it the way to two equal ones is long and winding. */
static void add(struct bottleneck *b, const double *theta)
{
    struct bottleneck_solver *s = b->solver;
    const size_t k = s->k, width = b->ny - 1;
    const double e = weight_of(b, theta);
    size_t near = 0;
    for (size_t t = 1; t < k; t++)
        if (apart(s->theta + t * width, theta, b->ny) <
            apart(s->theta + near * width, theta, b->ny))
            near = t;
    double old_s[CLUSTERS], old[LABELS] = {0}, best = 0.0;
    memcpy(old_s, s->s, k * sizeof *old_s);
    memcpy(old, s->theta + near * width, width * sizeof *old);

    s->k = k + 1;
    for (size_t t = 0; t < k; t++)
        s->s[t] = old_s[t] + log1p(-e);
    s->s[k] = log(e);
    memcpy(s->theta + k * width, theta, width * sizeof *theta);
    double least = evaluate(b);
    memcpy(s->s, old_s, k * sizeof *old_s);
    double shift = 1.0;
    for (int halvings = 0; halvings < 10; halvings++, shift /= 2.0) {
        split(s, near, old_s[near], old, theta, shift, width);
        const double value = evaluate(b);
        if (value < least) {
            least = value;
            best = shift;
        }
    }
    if (best > 0.0) {
        split(s, near, old_s[near], old, theta, best, width);
        return;
    }
    for (size_t t = 0; t < k; t++)
        s->s[t] = old_s[t] + log1p(-e);
    s->s[k] = log(e);
    memcpy(s->theta + near * width, old, width * sizeof *old);
    memcpy(s->theta + k * width, theta, width * sizeof *theta);
}

/* The clusters of a point as a start, their weights scaled to a sum of 1. */
static int start(struct bottleneck *b, const struct bottleneck_point *point)
{
    struct bottleneck_solver *s = b->solver;
    const size_t ny = b->ny;
    double sum = 0.0;
    if (point->clusters > CLUSTERS)
        return -1;
    s->k = point->clusters > 0 ? point->clusters : 1;
    for (size_t t = 0; t < s->k; t++) {
        const double q = point->clusters > 0 ? point->q[t] : 1.0;
        const double *r = point->clusters > 0 ? point->r + t * ny : b->py;
        if (!(q > 0.0) || isinf(q))
            return -1;
        s->s[t] = log(q);
        sum += q;
        for (size_t y = 0; y < ny; y++) {
            if (!(r[y] >= 0.0) || isinf(r[y]))
                return -1;
            const double odds = log(fmax(r[y], 1e-18)) - log(fmax(r[0], 1e-18));
            if (y > 0)
                s->theta[t * (ny - 1) + y - 1] = fmax(-far, fmin(far, odds));
        }
    }
    for (size_t t = 0; t < s->k; t++)
        s->s[t] -= log(sum);
    return 0;
}

/* Is cluster t before u in the order of p(y=1|t), then p(y=2|t), and so on? */
static int precedes(const struct bottleneck *b, size_t t, size_t u)
{
    const double *r = b->solver->r;
    for (size_t y = 1; y < b->ny; y++)
        if (r[t * b->ny + y] != r[u * b->ny + y])
            return r[t * b->ny + y] < r[u * b->ny + y];
    return t < u;
}

/* Fills the point with the encoder w and what it measures. */
static void finish(struct bottleneck_point *point, const struct bottleneck *b, double bound)
{
    const struct bottleneck_solver *s = b->solver;
    const size_t k = s->k, ny = b->ny;
    /* I(X;T) + beta (I(X;Y) - I(T;Y)) is at least F(q) - log max c, whatever the sum of q. */
    double least = -bound;
    for (size_t x = 0; x < b->n; x++)
        least -= b->px[x] * s->log_z[x];
    point->beta = s->beta;
    bottleneck_measure(&point->i_x, &point->i_y, b, s->w, k);
    const double value = point->i_x + s->beta * (b->i_xy - point->i_y);
    point->gap = fmax(0.0, value - least / M_LN2);
    point->clusters = k;
    for (size_t t = 0; t < k; t++) {
        size_t rank = 0;
        for (size_t u = 0; u < k; u++)
            rank += (size_t)(u != t && precedes(b, u, t));
        point->q[rank] = exp(s->s[t]);
        memcpy(point->r + rank * ny, s->r + t * ny, ny * sizeof *s->r);
    }
}

/*[ solve ]*/
int bottleneck_solve(struct bottleneck_point *point, struct bottleneck *b, double beta)
{
    struct bottleneck_solver *s = b->solver;
    if (!(beta >= 0.0) || isinf(beta) || start(b, point) != 0)
        return -1;
    s->beta = beta;
    polish(b);
    struct peak peak = find_peak(b);
    /* Where c(r) exceeds 1, a cluster is missing. */
    for (int added = 0; peak.log_c > goal(beta) && s->k < CLUSTERS && added < 100; added++) {
        add(b, peak.theta);
        polish(b);
        peak = find_peak(b);
    }
    finish(point, b, peak.bound);
    return 0;
}
/*[ end ]*/

int bottleneck_prove(struct bottleneck_point *point, struct bottleneck *b)
{
    if (!(point->beta >= 0.0) || isinf(point->beta) || start(b, point) != 0)
        return -1;
    b->solver->beta = point->beta;
    evaluate(b);
    finish(point, b, find_peak(b).bound);
    return 0;
}

void bottleneck_encoder(double *pt_x, const struct bottleneck *b,
                        const struct bottleneck_point *point)
{
    const size_t k = point->clusters;
    double log_q[CLUSTERS], log_r[CLUSTERS * LABELS] = {0};
    for (size_t t = 0; t < k; t++)
        log_q[t] = log(point->q[t]);
    for (size_t i = 0; i < k * b->ny; i++)
        log_r[i] = log(point->r[i]);
    for (size_t x = 0; x < b->n; x++)
        bottleneck_row(pt_x + x * k, b, x, point->beta, log_q, log_r, k);
}

void bottleneck_measure(double *i_x, double *i_y, const struct bottleneck *b, const double *pt_x,
                        size_t clusters)
{
    const double least = 1e-300; /* smaller shares add nothing */
    double sum_x = 0.0, sum_y = 0.0;
    for (size_t t = 0; t < clusters; t++) {
        double pt = 0.0, pty[LABELS] = {0};
        for (size_t x = 0; x < b->n; x++) {
            const double p = b->px[x] * pt_x[x * clusters + t];
            pt += p;
            for (size_t y = 0; y < b->ny; y++)
                pty[y] += p * b->py_x[x * b->ny + y];
        }
        if (!(pt > least))
            continue;
        for (size_t x = 0; x < b->n; x++) {
            const double p = pt_x[x * clusters + t];
            if (p > least)
                sum_x += b->px[x] * p * lanes_log2(p / pt);
        }
        for (size_t y = 0; y < b->ny; y++)
            if (pty[y] > least)
                sum_y += pty[y] * lanes_log2(pty[y] / pt / b->py[y]);
    }
    *i_x = fmax(0.0, sum_x);
    *i_y = fmax(0.0, sum_y);
}

/* ---- the curve between points ---- */

struct bottleneck_interval bottleneck_height(const struct bottleneck *b,
                                             const struct bottleneck_point *point, size_t n,
                                             double i_x)
{
    struct bottleneck_interval height = {0.0, fmin(i_x, b->i_xy)};
    double x0 = 0.0, y0 = 0.0; /* the point before, at first the origin */
    for (size_t i = 0; i < n; i++) {
        const double x1 = point[i].i_x, y1 = point[i].i_y;
        if (point[i].beta > 0.0)
            height.high = fmin(height.high, y1 + (i_x - x1 + point[i].gap) / point[i].beta);
        if (x1 <= i_x)
            height.low = fmax(height.low, y1);
        else if (x0 <= i_x)
            height.low = fmax(height.low, y0 + (y1 - y0) * (i_x - x0) / (x1 - x0));
        x0 = x1;
        y0 = y1;
    }
    height.low = fmin(height.low, height.high);
    return height;
}

struct bottleneck_interval bottleneck_rate(const struct bottleneck_point *point, size_t n,
                                           double i_y)
{
    struct bottleneck_interval rate = {fmax(0.0, i_y), i_y > 0.0 ? INFINITY : 0.0};
    double x0 = 0.0, y0 = 0.0;
    for (size_t i = 0; i < n; i++) {
        const double x1 = point[i].i_x, y1 = point[i].i_y;
        rate.low = fmax(rate.low, x1 - point[i].gap + point[i].beta * (i_y - y1));
        if (y0 < i_y && i_y <= y1)
            rate.high = fmin(rate.high, x0 + (x1 - x0) * (i_y - y0) / (y1 - y0));
        x0 = x1;
        y0 = y1;
    }
    rate.low = fmin(rate.low, rate.high);
    return rate;
}
