#include "frontier.h"

#include <gsl/gsl_math.h>
#include <gsl/gsl_sf_log.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>

#include "die.h"
#include "entropy.h"
#include "memory.h"

/* One label's part of what two clusters lose when they become one, in nats: cluster a, of weight
 * p(a), has the mass ay = p(a, y) of it, and pull is p(a) p(b) (p(y|b) - p(y|a)) / (p(a) + p(b)).  It
 * is p(a) times the part of D_KL[p(y|a) || mean], see odds_part. */
static double part_lost(double ay, double pull)
{
    return ay > 0.0 ? -ay * gsl_sf_log_1plusx_mx(fmax(-1.0 + GSL_DBL_EPSILON, pull / ay)) : pull;
}

/* What two clusters (p0, p1) = p(t, y) lose of I(T;Y) when they become one, in bits, with its relative
 * accuracy: a sum of four terms that are at least 0. */
static double loss_of_union(double a0, double a1, double b0, double b1)
{
    const double pull = (a0 * b1 - a1 * b0) / (a0 + a1 + b0 + b1);
    return (part_lost(a1, pull) + part_lost(a0, -pull) + part_lost(b1, -pull) +
            part_lost(b0, pull)) /
           M_LN2;
}

/* The inputs that differ in p(y|x), by rising p(y=1|x); equal ones are one atom. */
struct atoms {
    size_t n, *of;   /* of[x] is the atom of input x */
    double *p0, *p1; /* p(x, y=0), p(x, y=1) */
};

static void atoms_free(struct atoms *a)
{
    free(a->p1);
    free(a->p0);
    free(a->of);
}

static struct atoms atoms_of(const struct source *s)
{
    struct atoms a = {.of = memory_array(s->n, sizeof *a.of, "inputs of a source"),
                      .p0 = memory_array(s->n, sizeof *a.p0, "inputs of a source"),
                      .p1 = memory_array(s->n, sizeof *a.p1, "inputs of a source")};
    size_t *order = memory_array(s->n, sizeof *order, "inputs of a source");
    gsl_sort_index(order, s->odds, 1, s->n);
    size_t last = s->n; /* the last input with weight */
    for (size_t i = 0; i < s->n; i++) {
        const size_t x = order[i];
        if (s->px[x] > 0.0) {
            if (last == s->n || s->odds[x] > s->odds[last])
                a.n++;
            last = x;
        }
        a.of[x] = a.n > 0 ? a.n - 1 : 0;
        a.p0[a.of[x]] += s->px[x] * s->py_x[2 * x];
        a.p1[a.of[x]] += s->px[x] * s->py_x[2 * x + 1];
    }
    free(order);
    return a;
}

/*[ intervals ]*/
/* The best intervals: end[t] is one past the last atom of cluster t.  Returns how many. */
static size_t best_intervals(size_t *end, const struct atoms *a, double beta, size_t clusters)
{
    /* least[l][j]: the least cost of atoms 0..j-1 in l clusters, or in any number if that is free
     * (then one row serves); from[l][j]: where the last of them begins. */
    const size_t rows = clusters > 0 ? clusters : 1, width = a->n + 1;
    double *least = memory_array((rows + 1) * width, sizeof *least, "intervals");
    size_t *from = memory_array((rows + 1) * width, sizeof *from, "intervals");
    const double of_h = isinf(beta) ? 0.0 : 1.0, of_lost = isinf(beta) ? 1.0 : beta;
    for (size_t i = 1; i < (rows + 1) * width; i++)
        least[i] = INFINITY;
    if (clusters == 0)
        least[width] = 0.0;

    for (size_t j = 1; j <= a->n; j++) {
        double p0 = 0.0, p1 = 0.0, lost = 0.0;
        for (size_t i = j; i-- > 0;) {
            /* The cluster of the atoms i..j-1: its share of H(T) and of what is lost about Y. */
            lost += i + 1 < j ? loss_of_union(p0, p1, a->p0[i], a->p1[i]) : 0.0;
            p0 += a->p0[i];
            p1 += a->p1[i];
            const double cost = of_lost * lost - of_h * entropy_term(p0 + p1);
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

static void number_clusters(size_t *cluster, const struct source *b, const struct atoms *a,
                            const size_t *end)
{
    for (size_t x = 0; x < b->n; x++) {
        cluster[x] = 0;
        while (end[cluster[x]] <= a->of[x])
            cluster[x]++;
    }
}

size_t frontier_best(size_t *cluster, const struct source *b, double beta, size_t clusters)
{
    if (b->ny != 2 || !(beta > 0.0))
        return 0;
    struct atoms a = atoms_of(b);
    size_t *end = memory_array(a.n, sizeof *end, "intervals"), count = 0;
    if (clusters <= a.n) {
        count = best_intervals(end, &a, beta, clusters);
        number_clusters(cluster, b, &a, end);
    }
    free(end);
    atoms_free(&a);
    return count;
}

/* H(T) and the loss. */
static struct frontier_corner corner_of(const struct atoms *a, const size_t *end, size_t clusters)
{
    struct frontier_corner c = {.clusters = clusters};
    for (size_t t = 0, i = 0; t < clusters; t++) {
        double p0 = 0.0, p1 = 0.0;
        for (size_t first = i; i < end[t]; i++) {
            c.lost += i > first ? loss_of_union(p0, p1, a->p0[i], a->p1[i]) : 0.0;
            p0 += a->p0[i];
            p1 += a->p1[i];
        }
        c.i_x -= entropy_term(p0 + p1);
    }
    return c;
}

/* An encoder on the hull, by the ends of its intervals. */
static void append(struct frontier *f, const struct source *b, const struct atoms *a,
                   const size_t *end, struct frontier_corner c)
{
    f->corner = realloc(f->corner, (f->n + 1) * sizeof *f->corner);
    f->cluster = realloc(f->cluster, (f->n + 1) * b->n * sizeof *f->cluster);
    if (!f->corner || !f->cluster)
        die("memory is short for the frontier");
    number_clusters(f->cluster + f->n * b->n, b, a, end);
    f->corner[f->n++] = c;
}

/* Appends the corners between two, in order: at the beta for which the two are as good as each
 * other, the best encoder is a third, or there is none between them. */
static void append_between(struct frontier *f, const struct source *b, const struct atoms *a,
                           struct frontier_corner low, struct frontier_corner high)
{
    const double beta = (high.i_x - low.i_x) / (low.lost - high.lost);
    if (!(beta > 0.0) || isinf(beta))
        return;
    size_t *end = memory_array(a->n, sizeof *end, "intervals");
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

struct frontier *frontier_alloc(const struct source *b)
{
    if (b->ny != 2)
        return NULL;
    struct atoms a = atoms_of(b);
    struct frontier *f = memory_array(1, sizeof *f, "frontiers");
    f->inputs = b->n;
    size_t *one = memory_array(a.n, sizeof *one, "intervals");
    size_t *all = memory_array(a.n, sizeof *all, "intervals");
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
        c->i_x = k > 0 ? c->i_x : 0.0;
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

double frontier_above(const struct frontier *f, double i_x, double lost)
{
    size_t k = 1;
    while (k < f->n && f->corner[k].i_x < i_x)
        k++;
    if (k >= f->n)
        return lost - f->corner[f->n - 1].lost;
    const struct frontier_corner *c = f->corner + k, *b = c - 1;
    return lost - (b->lost + (c->lost - b->lost) * (i_x - b->i_x) / (c->i_x - b->i_x));
}

double frontier_left(const struct frontier *f, double i_x, double lost)
{
    size_t k = 1;
    while (k < f->n && f->corner[k].lost > lost)
        k++;
    if (k >= f->n)
        return i_x - f->corner[f->n - 1].i_x;
    const struct frontier_corner *c = f->corner + k, *b = c - 1;
    return i_x - (b->i_x + (c->i_x - b->i_x) * (lost - b->lost) / (c->lost - b->lost));
}
