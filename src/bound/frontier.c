#include "frontier.h"

#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>
#include <string.h>

#include "die.h"

static void *room(size_t n, size_t size)
{
    void *x = calloc(n > 0 ? n : 1, size);
    if (!x)
        die("memory is short");
    return x;
}

/* -x log x, in nats, 0 at 0 */
static double minus_x_log_x(double x)
{
    return x > 0.0 ? -x * log(x) : 0.0;
}

/* (p0 + p1) times the entropy of its two shares, in nats, with its relative accuracy kept where one
 * share is small. */
static double spread(double p0, double p1)
{
    const double p = p0 + p1, small = fmin(p0, p1) / p;
    return small > 0.0 ? p * (minus_x_log_x(small) - (1.0 - small) * log1p(-small)) : 0.0;
}

/* The inputs that differ in p(y|x), by rising p(y=1|x); equal ones are one atom. */
struct atoms {
    size_t n, *of;            /* of[x] is the atom of input x */
    double *p0, *p1, *spread; /* p(x, y=0), p(x, y=1) and their spread */
};

static void atoms_free(struct atoms *a)
{
    free(a->spread);
    free(a->p1);
    free(a->p0);
    free(a->of);
}

static struct atoms atoms_of(const struct bottleneck *b)
{
    struct atoms a = {.of = room(b->n, sizeof *a.of),
                      .p0 = room(b->n, sizeof *a.p0),
                      .p1 = room(b->n, sizeof *a.p1),
                      .spread = room(b->n, sizeof *a.spread)};
    double *odds = room(b->n, sizeof *odds);
    size_t *order = room(b->n, sizeof *order);
    for (size_t x = 0; x < b->n; x++)
        odds[x] = log(b->py_x[2 * x + 1]) - log(b->py_x[2 * x]);
    gsl_sort_index(order, odds, 1, b->n);
    size_t last = b->n; /* the last input with weight */
    for (size_t i = 0; i < b->n; i++) {
        const size_t x = order[i];
        if (b->px[x] > 0.0) {
            if (last == b->n || odds[x] > odds[last])
                a.n++;
            last = x;
        }
        a.of[x] = a.n > 0 ? a.n - 1 : 0;
        a.p0[a.of[x]] += b->px[x] * b->py_x[2 * x];
        a.p1[a.of[x]] += b->px[x] * b->py_x[2 * x + 1];
    }
    for (size_t i = 0; i < a.n; i++)
        a.spread[i] = spread(a.p0[i], a.p1[i]);
    free(order);
    free(odds);
    return a;
}

/*[ intervals ]*/
/* The best intervals: end[t] is one past the last atom of cluster t.  Returns how many. */
static size_t best_intervals(size_t *end, const struct atoms *a, double beta, size_t clusters)
{
    /* least[l][j]: the least cost of atoms 0..j-1 in l clusters, or in any number if that is free
     * (then one row serves); from[l][j]: where the last of them begins. */
    const size_t rows = clusters > 0 ? clusters : 1, width = a->n + 1;
    double *least = room((rows + 1) * width, sizeof *least);
    size_t *from = room((rows + 1) * width, sizeof *from);
    const double of_h = isinf(beta) ? 0.0 : 1.0, of_lost = isinf(beta) ? 1.0 : beta;
    for (size_t i = 1; i < (rows + 1) * width; i++)
        least[i] = INFINITY;
    if (clusters == 0)
        least[width] = 0.0;

    for (size_t j = 1; j <= a->n; j++) {
        double p0 = 0.0, p1 = 0.0, apart = 0.0;
        for (size_t i = j; i-- > 0;) {
            /* The cluster of the atoms i..j-1: its share of H(T) and of what is lost about Y. */
            p0 += a->p0[i];
            p1 += a->p1[i];
            apart += a->spread[i];
            const double lost = i + 1 < j ? fmax(0.0, spread(p0, p1) - apart) : 0.0;
            const double cost = of_h * minus_x_log_x(p0 + p1) + of_lost * lost;
            for (size_t l = 1; l <= rows; l++) {
                const double sum = least[(clusters > 0 ? l - 1 : l) * width + i] + cost;
                if (sum < least[l * width + j]) {
                    least[l * width + j] = sum;
                    from[l * width + j] = i;
                }
            }
        }
    }

    /* Back along the beginnings, then into rising order. */
    size_t count = 0, l = rows;
    for (size_t j = a->n; j > 0; l -= clusters > 0) {
        end[count++] = j;
        j = from[l * width + j];
    }
    for (size_t i = 0; i < count / 2; i++) {
        const size_t swap = end[i];
        end[i] = end[count - 1 - i];
        end[count - 1 - i] = swap;
    }
    free(from);
    free(least);
    return count;
}
/*[ end ]*/

static void number_clusters(size_t *cluster, const struct bottleneck *b, const struct atoms *a,
                            const size_t *end)
{
    for (size_t x = 0; x < b->n; x++) {
        cluster[x] = 0;
        while (end[cluster[x]] <= a->of[x])
            cluster[x]++;
    }
}

size_t frontier_best(size_t *cluster, const struct bottleneck *b, double beta, size_t clusters)
{
    if (b->ny != 2 || !(beta > 0.0))
        return 0;
    struct atoms a = atoms_of(b);
    size_t *end = room(a.n, sizeof *end), count = 0;
    if (clusters <= a.n) {
        count = best_intervals(end, &a, beta, clusters);
        number_clusters(cluster, b, &a, end);
    }
    free(end);
    atoms_free(&a);
    return count;
}

/* H(T) and the loss, in nats. */
static struct frontier_corner corner_of(const struct atoms *a, const size_t *end, size_t clusters)
{
    struct frontier_corner c = {.clusters = clusters};
    for (size_t t = 0, i = 0; t < clusters; t++) {
        double p0 = 0.0, p1 = 0.0, apart = 0.0;
        const size_t first = i;
        for (; i < end[t]; i++) {
            p0 += a->p0[i];
            p1 += a->p1[i];
            apart += a->spread[i];
        }
        c.i_x += minus_x_log_x(p0 + p1);
        c.lost += i > first + 1 ? fmax(0.0, spread(p0, p1) - apart) : 0.0;
    }
    return c;
}

/* An encoder on the hull, by the ends of its intervals. */
static void append(struct frontier *f, const struct bottleneck *b, const struct atoms *a,
                   const size_t *end, struct frontier_corner c)
{
    f->corner = realloc(f->corner, (f->n + 1) * sizeof *f->corner);
    f->cluster = realloc(f->cluster, (f->n + 1) * b->n * sizeof *f->cluster);
    if (!f->corner || !f->cluster)
        die("memory is short");
    number_clusters(f->cluster + f->n * b->n, b, a, end);
    f->corner[f->n++] = c;
}

/* Appends the corners between two, in order: at the beta for which the two are as good as each
 * other, the best encoder is a third, or there is none between them. */
static void append_between(struct frontier *f, const struct bottleneck *b, const struct atoms *a,
                           struct frontier_corner low, struct frontier_corner high)
{
    const double beta = (high.i_x - low.i_x) / (low.lost - high.lost);
    if (!(beta > 0.0) || isinf(beta))
        return;
    size_t *end = room(a->n, sizeof *end);
    const size_t clusters = best_intervals(end, a, beta, 0);
    const struct frontier_corner c = corner_of(a, end, clusters);
    const double value = low.i_x + beta * low.lost;
    if (c.i_x + beta * c.lost < value * (1.0 - 1e-12) && c.i_x > low.i_x && c.i_x < high.i_x) {
        append_between(f, b, a, low, c);
        append(f, b, a, end, c);
        append_between(f, b, a, c, high);
    }
    free(end);
}

struct frontier *frontier_alloc(const struct bottleneck *b)
{
    if (b->ny != 2)
        return NULL;
    struct atoms a = atoms_of(b);
    struct frontier *f = room(1, sizeof *f);
    f->inputs = b->n;
    size_t *one = room(a.n, sizeof *one), *all = room(a.n, sizeof *all);
    one[0] = a.n;
    for (size_t i = 0; i < a.n; i++)
        all[i] = i + 1;
    const struct frontier_corner low = corner_of(&a, one, 1), high = corner_of(&a, all, a.n);
    append(f, b, &a, one, low);
    append_between(f, b, &a, low, high);
    if (high.lost < f->corner[f->n - 1].lost)
        append(f, b, &a, all, high);
    for (size_t k = f->n; k-- > 0;) {
        struct frontier_corner *c = f->corner + k;
        c->beta = k > 0 ? (c->i_x - c[-1].i_x) / (c[-1].lost - c->lost) : 0.0;
    }
    for (size_t k = 0; k < f->n; k++) {
        struct frontier_corner *c = f->corner + k;
        c->i_x = k > 0 ? c->i_x / M_LN2 : 0.0;
        c->lost /= M_LN2;
        c->i_y = k > 0 ? b->i_xy - c->lost : 0.0;
    }
    free(all);
    free(one);
    atoms_free(&a);
    return f;
}

void frontier_free(struct frontier *f)
{
    if (!f)
        return;
    free(f->cluster);
    free(f->corner);
    free(f);
}

double frontier_above(const struct frontier *f, double i_x, double i_y)
{
    size_t k = 1;
    while (k < f->n && f->corner[k].i_x < i_x)
        k++;
    if (k >= f->n)
        return f->corner[f->n - 1].i_y - i_y;
    const struct frontier_corner *c = f->corner + k, *b = c - 1;
    return b->i_y + (c->i_y - b->i_y) * (i_x - b->i_x) / (c->i_x - b->i_x) - i_y;
}

double frontier_left(const struct frontier *f, double i_x, double i_y)
{
    size_t k = 1;
    while (k < f->n && f->corner[k].i_y < i_y)
        k++;
    if (k >= f->n)
        return i_x - f->corner[f->n - 1].i_x;
    const struct frontier_corner *c = f->corner + k, *b = c - 1;
    return i_x - (b->i_x + (c->i_x - b->i_x) * (i_y - b->i_y) / (c->i_y - b->i_y));
}
