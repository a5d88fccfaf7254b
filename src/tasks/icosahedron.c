#include "icosahedron.h"

#include <gsl/gsl_math.h>
#include <gsl/gsl_sf_legendre.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "entropy.h"
#include "memory.h"
#include "solve.h"

static const double theta_smooth = 5.89;
static const double theta_hard = 4.6; /* any value in (4.5805, 4.7056) labels alike */
static const double cosine[TASK_DISTANCES] = {0.4472135954999579, -0.4472135954999579, -1.0};

/*[ vertices ]*/
void task_vertex(double r[3], size_t i)
{
    const double a = 1.0, p = (1.0 + sqrt(5.0)) / 2.0; /* the golden ratio */
    const double vertex[TASK_BITS][3] = {{0, a, p},   {a, p, 0},   {0, a, -p}, {-a, p, 0},
                                         {p, 0, -a},  {0, -a, p},  {a, -p, 0}, {-a, -p, 0},
                                         {-p, 0, -a}, {0, -a, -p}, {-p, 0, a}, {p, 0, a}};
    const double length = sqrt(a * a + p * p);
    for (size_t k = 0; k < 3; k++)
        r[k] = vertex[i][k] / length;
}
/*[ end ]*/

static double dot(const double a[3], const double b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

size_t task_distance(size_t i, size_t j)
{
    double a[3], b[3];
    task_vertex(a, i);
    task_vertex(b, j);
    const double c = dot(a, b);
    return c > 0.0 ? 0 : c > -0.7 ? 1 : 2;
}

struct task_pairs task_pairs(unsigned pattern)
{
    struct task_pairs p = {0};
    for (size_t i = 0; i < TASK_BITS; i++) {
        if (!(pattern >> (TASK_BITS - 1 - i) & 1U))
            continue;
        p.bits++;
        for (size_t j = 0; j < i; j++)
            if (pattern >> (TASK_BITS - 1 - j) & 1U)
                p.pairs[task_distance(i, j)]++;
    }
    return p;
}

/*[ power ]*/
double task_power(struct task_pairs p, int l)
{
    /* sum over i, j of x_i x_j P_l(r_i . r_j), the diagonal last: so a sum that is exactly 0 is 0 */
    double sum = 0.0;
    for (size_t d = 0; d < TASK_DISTANCES; d++)
        sum += 2.0 * p.pairs[d] * gsl_sf_legendre_Pl(l, cosine[d]);
    sum += p.bits * gsl_sf_legendre_Pl(l, 1.0);
    const double area = 4.0 * M_PI / TASK_BITS; /* of the sphere, per vertex */
    return fmax(0.0, area * area * (2 * l + 1) / (4.0 * M_PI) * sum);
}

double task_f(struct task_pairs p)
{
    return 2.0 * sqrt(task_power(p, 0)) + 5.0 / 3.0 * sqrt(task_power(p, 1)) +
           4.0 / 5.0 * sqrt(task_power(p, 2));
}
/*[ end ]*/

/*[ rules ]*/
double task_log_odds(double f, double gamma)
{
    return gamma * (f - theta_smooth);
}

double task_smooth(double f, double gamma)
{
    return 1.0 / (1.0 + exp(-task_log_odds(f, gamma)));
}

int task_hard(struct task_pairs p)
{
    return 2.0 * sqrt(task_power(p, 0)) + 4.0 / 3.0 * sqrt(task_power(p, 1)) > theta_hard;
}
/*[ end ]*/

/* Fills py_x, I(X;Y) and H(Y) for the smooth rule at a gamma. */
static void smooth_rule(struct task *t, double gamma)
{
    t->gamma = gamma;
    double mean = 0.0, h_y_x = 0.0;
    for (size_t k = 0; k < TASK_PATTERNS; k++) {
        /* Rounded to 24 bits: a last digit that differs between mathematical libraries does not
         * reach a record, and sums of 4096 of them are exact in double. */
        const float p = (float)task_smooth(t->f[t->class[k]], gamma);
        t->py_x[k] = p;
        t->log_odds[k] = task_log_odds(t->f[t->class[k]], gamma);
        mean += (double)p / TASK_PATTERNS;
        h_y_x -= (entropy_term(p) + entropy_term(1.0 - (double)p)) / TASK_PATTERNS;
    }
    t->h_y = -entropy_term(mean) - entropy_term(1.0 - mean);
    t->i_xy = t->h_y - h_y_x;
}

struct root {
    struct task *task;
    double i_xy;
};

static double excess(double gamma, void *arg)
{
    const struct root *r = arg;
    smooth_rule(r->task, gamma);
    return r->task->i_xy - r->i_xy;
}

/* The gamma at which the smooth rule carries i_xy bits. */
static int smooth_init(struct task *t, double i_xy)
{
    struct root arg = {t, i_xy};
    const double gamma = solve_root(excess, &arg, 0.1, 1e4, 0.0, 1e-8);
    if (isnan(gamma))
        return -1;
    smooth_rule(t, gamma);
    return 0;
}

/* A class as one number: bits and pair counts, each below 100. */
static unsigned spectrum(struct task_pairs p)
{
    return ((p.bits * 100 + p.pairs[0]) * 100 + p.pairs[1]) * 100 + p.pairs[2];
}

struct entry {
    unsigned key;
    double f;
};

static int by_f(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    return x->f != y->f ? (x->f > y->f) - (x->f < y->f) : (x->key > y->key) - (x->key < y->key);
}

/* Classes by integer pair counts, numbered by rising f.  Returns how many there are. */
static size_t classes(struct task *t)
{
    struct entry *entry = memory_array(TASK_PATTERNS, sizeof *entry, "patterns");
    for (unsigned k = 0; k < TASK_PATTERNS; k++) {
        const struct task_pairs p = task_pairs(k);
        entry[k] = (struct entry){spectrum(p), task_f(p)};
    }
    struct entry *sorted = memory_array(TASK_PATTERNS, sizeof *sorted, "patterns");
    memcpy(sorted, entry, TASK_PATTERNS * sizeof *sorted);
    qsort(sorted, TASK_PATTERNS, sizeof *sorted, by_f);
    size_t n = 0;
    for (size_t k = 0; k < TASK_PATTERNS; k++)
        if (n == 0 || sorted[k].key != sorted[n - 1].key)
            sorted[n++] = sorted[k];
    for (size_t c = 0; c < n && c < TASK_CLASSES; c++) {
        t->f[c] = sorted[c].f;
        t->size[c] = 0;
        for (size_t k = 0; k < TASK_PATTERNS; k++)
            if (entry[k].key == sorted[c].key) {
                t->class[k] = (uint8_t)c;
                t->size[c]++;
            }
    }
    free(sorted);
    free(entry);
    return n;
}

int task_init(struct task *t, enum task_rule rule, double i_xy)
{
    *t = (struct task){0};
    if (classes(t) != TASK_CLASSES)
        return -1;
    for (unsigned k = 0; k < TASK_PATTERNS; k++) {
        t->bits[k] = k;
        t->label[k] = (uint8_t)task_hard(task_pairs(k));
    }
    if (rule == TASK_SMOOTH)
        return smooth_init(t, i_xy);

    double mean = 0.0;
    for (size_t k = 0; k < TASK_PATTERNS; k++) {
        t->py_x[k] = (float)t->label[k];
        mean += (double)t->label[k] / TASK_PATTERNS;
    }
    t->i_xy = t->h_y = -entropy_term(mean) - entropy_term(1.0 - mean);
    return 0;
}

const struct task *task_behind(const struct dataset *d)
{
    return d->memory;
}

void task_view(struct dataset *d, const struct task *t)
{
    *d = (struct dataset){.n = TASK_PATTERNS,
                          .features = TASK_BITS,
                          .classes = 2,
                          .bits = t->bits,
                          .counted = 1,
                          .py_x = t->py_x,
                          .log_odds = t->gamma > 0.0 ? t->log_odds : NULL,
                          .h_y = t->h_y,
                          .i_xy = t->i_xy};
}

static void cross(double c[3], const double a[3], const double b[3])
{
    for (size_t k = 0; k < 3; k++)
        c[k] = a[(k + 1) % 3] * b[(k + 2) % 3] - a[(k + 2) % 3] * b[(k + 1) % 3];
}

/* Two unit vectors and their cross product: a frame that carries every other vertex along. */
static void frame(double e[3][3], size_t a, size_t b, double hand)
{
    task_vertex(e[0], a);
    task_vertex(e[1], b);
    cross(e[2], e[0], e[1]);
    for (size_t k = 0; k < 3; k++)
        e[2][k] *= hand;
}

void task_symmetries(uint8_t image[2 * TASK_ROTATIONS][TASK_BITS])
{
    double from[3][3], to[3][3];
    frame(from, 0, 5, 1.0); /* vertices 0 and 5 are neighbours */
    const double c = cosine[0], s2 = 1.0 - c * c;
    size_t g = 0;
    for (int hand = 1; hand >= -1; hand -= 2)
        for (size_t a = 0; a < TASK_BITS; a++)
            for (size_t b = 0; b < TASK_BITS; b++) {
                if (a == b || task_distance(a, b) != 0)
                    continue;
                frame(to, a, b, hand);
                for (size_t i = 0; i < TASK_BITS; i++) {
                    /* the vertex in the old frame, then the same numbers in the new one */
                    double v[3], w[3];
                    task_vertex(v, i);
                    const double x = dot(v, from[0]), y = dot(v, from[1]), z = dot(v, from[2]);
                    const double along[3] = {(x - c * y) / s2, (y - c * x) / s2, z / s2};
                    for (size_t k = 0; k < 3; k++)
                        w[k] = along[0] * to[0][k] + along[1] * to[1][k] + along[2] * to[2][k];
                    /* the nearest vertex is the one in that direction */
                    double best = -2.0;
                    for (size_t j = 0; j < TASK_BITS; j++) {
                        double r[3];
                        task_vertex(r, j);
                        if (dot(w, r) > best) {
                            best = dot(w, r);
                            image[g][i] = (uint8_t)j;
                        }
                    }
                }
                g++;
            }
}

size_t task_orbits(size_t n)
{
    uint8_t image[2 * TASK_ROTATIONS][TASK_BITS];
    task_symmetries(image);
    /* A pattern represents its orbit when no symmetry turns it into a smaller number. */
    size_t orbits = 0;
    for (unsigned k = 0; k < TASK_PATTERNS; k++) {
        int least = 1;
        for (size_t g = 0; g < n && least; g++) {
            unsigned turned = 0;
            for (size_t i = 0; i < TASK_BITS; i++)
                if (k >> (TASK_BITS - 1 - i) & 1U)
                    turned |= 1U << (TASK_BITS - 1 - image[g][i]);
            least = turned >= k;
        }
        orbits += (size_t)least;
    }
    return orbits;
}
