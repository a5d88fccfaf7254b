/* test_frontier.c -- the frontier of deterministic encoders against all partitions. */
#include "unit.h"

#include "bound.h"
#include "curve.h"
#include "entropy.h"
#include "frontier.h"
#include "information.h"

enum { CLASSES = TASK_CLASSES, PATTERNS = TASK_PATTERNS, MOST = 9 };

/* Sources for enumeration: kind 1 has equal rows, 2 certain labels, 3 an input without weight. */
static struct source *small_source(uint64_t *state, size_t n, size_t kind)
{
    double px[MOST], py_x[2 * MOST];
    for (size_t x = 0; x < n; x++) {
        px[x] = kind == 3 && x == 2 ? 0.0 : unit_uniform(state, 0.2, 1.0);
        py_x[2 * x] = unit_uniform(state, 0.0, 1.0);
        if (kind == 1 && x % 3)
            py_x[2 * x] = py_x[2 * (x - 1)];
        if (kind == 2 && x < 3)
            py_x[2 * x] = x == 1;
        py_x[2 * x + 1] = 1.0 - py_x[2 * x];
    }
    return source_alloc(px, py_x, n, 2);
}

/* H(T) and I(T;Y) of a partition, by the plug-in formula. */
static void measure(double *i_x, double *i_y, const struct source *b, const size_t *cluster)
{
    double size[CLASSES] = {0}, joint[2 * CLASSES] = {0};
    for (size_t x = 0; x < b->n; x++) {
        size[cluster[x]] += b->px[x];
        for (size_t y = 0; y < 2; y++)
            joint[2 * cluster[x] + y] += b->px[x] * b->py_x[2 * x + y];
    }
    *i_x = entropy_of_counts(size, b->n);
    *i_y = information_plugin(joint, b->n, 2);
}

/* The next partition of n inputs as a string of cluster numbers, each at most one more than all
 * before it (Knuth, TAOCP 4A, 7.2.1.5); 0 after the last. */
static int next_partition(size_t *cluster, size_t n)
{
    for (size_t i = n; i-- > 1;) {
        size_t most = 0;
        for (size_t j = 0; j < i; j++)
            most = cluster[j] > most ? cluster[j] : most;
        if (cluster[i] <= most) {
            cluster[i]++;
            for (size_t j = i + 1; j < n; j++)
                cluster[j] = 0;
            return 1;
        }
    }
    return 0;
}

static size_t count_of(const size_t *cluster, size_t n)
{
    size_t most = 0;
    for (size_t x = 0; x < n; x++)
        most = cluster[x] > most ? cluster[x] : most;
    return most + 1;
}

/* All partitions of 6 to 8 inputs (up to 4140): none is above the hull, each corner is one of them
 * and measures what it says, and is the only best one at a beta between its neighbours. */
START_TEST(hull_of_all_partitions)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < 16; i++) {
        const size_t n = 6 + i % 3;
        struct source *b = small_source(&state, n, i % 4);
        struct frontier *f = frontier_alloc(b);
        ck_assert_ptr_nonnull(f);
        size_t cluster[MOST] = {0};
        double i_x, i_y, *best = calloc(f->n, sizeof *best);
        const double steepest = f->corner[f->n - 1].beta; /* bits of X to a bit of Y */
        do {
            measure(&i_x, &i_y, b, cluster);
            unit_require(frontier_above(f, i_x, b->i_xy - i_y) > -1e-12, "(%g, %g) is %g above",
                         i_x, i_y, -frontier_above(f, i_x, b->i_xy - i_y));
            unit_require(frontier_left(f, i_x, b->i_xy - i_y) > -1e-13 * (1.0 + steepest),
                         "(%g, %g) is %g to the left", i_x, i_y,
                         -frontier_left(f, i_x, b->i_xy - i_y));
            for (size_t k = 1; k < f->n; k++) {
                const double beta = k + 1 < f->n ? sqrt(f->corner[k].beta * f->corner[k + 1].beta)
                                                 : 2.0 * f->corner[k].beta;
                best[k] = fmin(best[k], i_x - beta * i_y);
            }
        } while (next_partition(cluster, n));
        ck_assert_double_eq(f->corner[0].i_x, 0.0);
        ck_assert_double_eq(f->corner[0].i_y, 0.0);
        size_t distinct = 0;
        for (size_t x = 0; x < n; x++) {
            size_t same = b->px[x] == 0.0;
            for (size_t u = 0; u < x; u++)
                same |= b->py_x[2 * x] == b->py_x[2 * u] && b->px[u] > 0.0;
            distinct += !same;
        }
        ck_assert_uint_eq(f->corner[f->n - 1].clusters, distinct);
        ck_assert_double_eq_tol(f->corner[f->n - 1].i_y, b->i_xy, 1e-13);
        for (size_t k = 0; k < f->n; k++) {
            const struct frontier_corner *c = f->corner + k;
            measure(&i_x, &i_y, b, f->cluster + k * n);
            unit_require(fabs(i_x - c->i_x) < 1e-13 && fabs(i_y - c->i_y) < 1e-13, "corner %zu", k);
            unit_require(fabs(c->i_y + c->lost - b->i_xy) < 1e-13, "loss %g", c->lost);
            unit_require(count_of(f->cluster + k * n, n) == c->clusters, "%zu clusters",
                         c->clusters);
            if (k == 0)
                continue;
            const double beta = k + 1 < f->n ? sqrt(c->beta * c[1].beta) : 2.0 * c->beta;
            unit_require(fabs(c->i_x - beta * c->i_y - best[k]) < 1e-11 * (1.0 + beta),
                         "corner %zu at beta %g", k, beta);
            unit_require(c->beta > c[-1].beta && c->i_x > c[-1].i_x && c->i_y > c[-1].i_y,
                         "corner %zu is out of order", k);
        }
        free(best);
        frontier_free(f);
        source_free(b);
    }
}
END_TEST

/* The best encoder at a beta, into any number of clusters, against all partitions; into k clusters
 * at infinite beta, the most I(T;Y) that k clusters can have; into k at a finite beta, the best of
 * the partitions that are intervals. */
START_TEST(best_of_all_partitions)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < 16; i++) {
        const size_t n = 5 + i % 4;
        struct source *b = small_source(&state, n, i % 3);
        size_t distinct = 1, cluster[MOST], found[MOST];
        for (size_t x = 1; x < n; x++) {
            size_t same = 0;
            for (size_t u = 0; u < x; u++)
                same |= b->py_x[2 * x] == b->py_x[2 * u];
            distinct += !same;
        }
        for (size_t k = 0; k <= distinct; k++)
            for (size_t step = 0; step < 6; step++) {
                const double beta = 0.5 * pow(4.0, (double)step);
                const int infinite = beta > 1e3 && k > 0;
                double least = INFINITY, i_x, i_y;
                memset(cluster, 0, sizeof cluster);
                do {
                    if (k > 0 && count_of(cluster, n) != k)
                        continue;
                    int intervals = 1;
                    for (size_t x = 0; x < n && !infinite; x++)
                        for (size_t u = 0; u < n; u++)
                            for (size_t v = 0; v < n; v++)
                                intervals &=
                                    !(cluster[x] == cluster[u] && cluster[v] != cluster[x] &&
                                      b->py_x[2 * x] <= b->py_x[2 * v] &&
                                      b->py_x[2 * v] <= b->py_x[2 * u]);
                    if (k > 0 && !infinite && !intervals)
                        continue;
                    measure(&i_x, &i_y, b, cluster);
                    least = fmin(least, (infinite ? 0.0 : i_x) - (infinite ? 1.0 : beta) * i_y);
                } while (next_partition(cluster, n));
                const size_t clusters = frontier_best(found, b, infinite ? INFINITY : beta, k);
                unit_require(clusters == count_of(found, n) && (k == 0 || clusters == k),
                             "%zu clusters, not %zu", clusters, k);
                measure(&i_x, &i_y, b, found);
                const double value = (infinite ? 0.0 : i_x) - (infinite ? 1.0 : beta) * i_y;
                unit_require(fabs(value - least) < 1e-12 * (1.0 + beta),
                             "source %zu, beta %g, %zu clusters: %.12g, not %.12g", i, beta, k,
                             value, least);
            }
        ck_assert_uint_eq(frontier_best(found, b, 2.0, distinct + 1), 0);
        source_free(b);
    }
}
END_TEST

/* Patterns that share p(y|x) may be told apart, but need not be: the hull over the patterns of
 * divided classes is that over the classes. */
START_TEST(divided_classes)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < 6; i++) {
        struct source *few = small_source(&state, 4, 0);
        double px[8], py_x[16];
        for (size_t x = 0; x < 8; x++) {
            px[x] = few->px[x / 2] * (x % 2 ? 0.3 : 0.7);
            memcpy(py_x + 2 * x, few->py_x + x / 2 * 2, 2 * sizeof *py_x);
        }
        struct source *many = source_alloc(px, py_x, 8, 2);
        struct frontier *f = frontier_alloc(few), *g = frontier_alloc(many);
        ck_assert_uint_eq(f->n, g->n);
        for (size_t k = 0; k < f->n; k++) {
            ck_assert_double_eq_tol(f->corner[k].i_x, g->corner[k].i_x, 1e-13);
            ck_assert_double_eq_tol(f->corner[k].i_y, g->corner[k].i_y, 1e-13);
        }
        size_t cluster[8] = {0};
        do {
            double i_x, i_y;
            measure(&i_x, &i_y, many, cluster);
            unit_require(frontier_above(f, i_x, many->i_xy - i_y) > -1e-12, "(%g, %g) is above",
                         i_x, i_y);
        } while (next_partition(cluster, 8));
        frontier_free(g);
        frontier_free(f);
        source_free(many);
        source_free(few);
    }
}
END_TEST

/* Four inputs of weight 1/4 with p(y=1|x) = 0, 0, 1, 1: one bit in two clusters, and no more. */
START_TEST(distances_by_hand)
{
    struct source *b =
        source_alloc((double[]){1, 1, 1, 1}, (double[]){1, 0, 0, 1, 1, 0, 0, 1}, 4, 2);
    struct frontier *f = frontier_alloc(b);
    ck_assert_uint_eq(f->n, 2);
    ck_assert_double_eq(f->corner[1].i_x, 1.0);
    ck_assert_double_eq(f->corner[1].i_y, 1.0);
    ck_assert_double_eq(f->corner[1].lost, 0.0);
    ck_assert_double_eq(f->corner[1].beta, 1.0);
    ck_assert_uint_eq(f->corner[1].clusters, 2);
    ck_assert_double_eq_tol(frontier_above(f, 0.385, 1.0 - 0.1), 0.285, 1e-15);
    ck_assert_double_eq_tol(frontier_left(f, 0.385, 1.0 - 0.1), 0.285, 1e-15);
    ck_assert_double_eq_tol(frontier_above(f, 1.7, 1.0 - 0.9), 0.1, 1e-15);
    ck_assert_double_eq_tol(frontier_left(f, 1.7, 1.0 - 0.9), 0.8, 1e-15);
    ck_assert_double_eq_tol(frontier_above(f, 1.0, 1.0 - 1.0), 0.0, 1e-15);
    ck_assert_double_eq_tol(frontier_left(f, 1.0, 1.0 - 1.0), 0.0, 1e-15);
    ck_assert_double_eq_tol(frontier_left(f, 1.7, -1e-12), 0.7, 1e-11);
    ck_assert_double_eq_tol(frontier_above(f, 0.0, 1.0 - 0.0), 0.0, 1e-15);
    frontier_free(f);
    source_free(b);
}
END_TEST

/* The task: the first corner parts the classes at theta; every corner is below the curve that
 * allows random encoders and on or above all layers made at random. */
START_TEST(frontier_of_the_task)
{
    static const double gammas[] = {41.64, 12.0};
    static struct bottleneck_point curve[200];
    for (size_t g = 0; g < 2; g++) {
        struct source *b = bound_task(gammas[g]);
        struct frontier *f = frontier_alloc(b);
        const double *p = b->py_x;
        const size_t *two = f->cluster + b->n;
        ck_assert_uint_eq(f->corner[1].clusters, 2);
        for (size_t x = 0; x < CLASSES; x++)
            ck_assert_uint_eq(two[x], p[2 * x + 1] > 0.5);
        curve[0].clusters = 0;
        for (size_t i = 0; i < 200; i++) {
            if (i > 0)
                curve[i] = curve[i - 1];
            ck_assert_int_eq(bound_solve(curve + i, b, pow(1000.0, (double)i / 199.0)), 0);
        }
        for (size_t k = 0; k < f->n; k++) {
            const struct frontier_corner *c = f->corner + k;
            double i_x, i_y;
            measure(&i_x, &i_y, b, f->cluster + k * b->n);
            unit_require(fabs(i_x - c->i_x) < 1e-13 && fabs(i_y - c->i_y) < 1e-13, "corner %zu", k);
            unit_require(c->lost >= curve_loss(b, curve, 200, c->i_x).low - 1e-12,
                         "corner %zu is above the curve", k);
        }
        /* the best two clusters miss the curve by little, those in between by more */
        ck_assert_double_lt(f->corner[1].lost - curve_loss(b, curve, 200, f->corner[1].i_x).low,
                            g == 0 ? 1e-4 : 1e-3);
        uint64_t state = 2385;
        for (size_t i = 0; i < 3000; i++) {
            size_t cluster[CLASSES];
            double i_x, i_y;
            const size_t k = 1 + unit_random(&state) % 12;
            for (size_t x = 0; x < CLASSES; x++)
                cluster[x] = i % 2 ? unit_random(&state) % k
                                   : (size_t)(p[2 * x + 1] * (double)k * 0.999999 +
                                              unit_uniform(&state, 0.0, 0.3)) %
                                         k;
            measure(&i_x, &i_y, b, cluster);
            unit_require(frontier_above(f, i_x, b->i_xy - i_y) > -1e-12 &&
                             frontier_left(f, i_x, b->i_xy - i_y) > -1e-9,
                         "(%g, %g)", i_x, i_y);
        }
        frontier_free(f);
        source_free(b);
    }
}
END_TEST

/* Two near-certain inputs, p(y=0|x) = 1e-30 and 1e-40, and one of the other kind: the corner at which
 * the two are one loses half of 1e-30 log 2 of their weight, and the last loses nothing. */
START_TEST(corners_of_the_nearly_certain)
{
    struct source *b =
        source_alloc_odds((double[]){1, 1, 2}, (double[]){log(1e30), log(1e40), -3.0}, 3, 2);
    struct frontier *f = frontier_alloc(b);
    ck_assert_uint_eq(f->n, 3);
    ck_assert_double_eq(f->corner[1].i_x, 1.0);
    ck_assert_double_eq_tol(f->corner[1].lost / 0.25e-30, 1.0, 1e-8);
    ck_assert_double_eq(f->corner[2].i_x, 1.5);
    ck_assert_double_eq(f->corner[2].lost, 0.0);
    ck_assert_double_eq_tol(frontier_left(f, 3.0, 0.125e-30), 1.75, 1e-8);
    frontier_free(f);
    source_free(b);
}
END_TEST

/* Two pairs of inputs, the one nearly the mirror of the other: to part the one is worth a little more
 * than to part the other, so that the hull has a corner in between, which lies above the line between its
 * neighbours by less than a millionth. */
START_TEST(corner_that_hardly_sticks_out)
{
    for (size_t mirrored = 0; mirrored < 2; mirrored++) {
        const double px[] = {0.25, 0.25, 0.25, 0.25};
        const double py_x[] = {0.9, 0.1, 0.8, 0.2, 0.2, 0.8, 0.1, 0.9};
        double moved[8];
        memcpy(moved, py_x, sizeof moved);
        moved[mirrored ? 6 : 0] += mirrored ? -1e-7 : 1e-7;
        moved[mirrored ? 7 : 1] -= mirrored ? -1e-7 : 1e-7;
        struct source *b = source_alloc(px, moved, 4, 2);
        struct frontier *f = frontier_alloc(b);
        ck_assert_uint_eq(f->n, 4);
        for (size_t k = 0; k < 4; k++)
            ck_assert_uint_eq(f->corner[k].clusters, k + 1);
        ck_assert_double_lt(f->corner[2].beta, f->corner[3].beta);
        ck_assert_double_eq_tol(f->corner[2].beta, f->corner[3].beta, 1e-3);
        /* the pair that was moved apart is parted first */
        const size_t *cluster = f->cluster + 8;
        ck_assert((cluster[0] != cluster[1]) == !mirrored);
        ck_assert((cluster[2] != cluster[3]) == mirrored);
        frontier_free(f);
        source_free(b);
    }
}
END_TEST

START_TEST(frontier_refuses)
{
    struct source *b = source_alloc((double[]){1, 1}, (double[]){0.5, 0.5, 0, 0.5, 0, 0.5}, 2, 3);
    size_t cluster[2];
    ck_assert_ptr_null(frontier_alloc(b));
    ck_assert_uint_eq(frontier_best(cluster, b, 2.0, 0), 0);
    source_free(b);
    b = source_alloc((double[]){1, 1}, (double[]){0.5, 0.5, 0.2, 0.8}, 2, 2);
    ck_assert_uint_eq(frontier_best(cluster, b, 0.0, 0), 0);
    ck_assert_uint_eq(frontier_best(cluster, b, NAN, 0), 0);
    ck_assert_uint_eq(frontier_best(cluster, b, 2.0, 3), 0);
    frontier_free(NULL);
    source_free(b);
    /* one input only: one corner, the origin */
    b = source_alloc((double[]){1}, (double[]){0.5, 0.5}, 1, 2);
    struct frontier *f = frontier_alloc(b);
    ck_assert_uint_eq(f->n, 1);
    ck_assert_double_eq(frontier_above(f, 0.0, 0.0), 0.0);
    ck_assert_double_eq(frontier_left(f, 0.3, 0.0), 0.3);
    frontier_free(f);
    source_free(b);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {hull_of_all_partitions,
                                  best_of_all_partitions,
                                  divided_classes,
                                  distances_by_hand,
                                  frontier_of_the_task,
                                  corners_of_the_nearly_certain,
                                  corner_that_hardly_sticks_out,
                                  frontier_refuses};
    return unit_run("frontier", tests, sizeof tests / sizeof *tests);
}
