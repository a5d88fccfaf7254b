/* test_frontier.c -- the frontier of deterministic encoders against all partitions, and the beta of
 * a layer against the patterns one by one. */
#include "unit.h"

#include "frontier.h"
#include "information.h"
#include "task.h"

enum { CLASSES = TASK_CLASSES, PATTERNS = TASK_PATTERNS, MOST = 9 };

static struct task task;

static struct bottleneck *task_source(double gamma)
{
    double px[CLASSES], py_x[2 * CLASSES];
    ck_assert_int_eq(task_init(&task, TASK_HARD, 0.0), 0);
    for (size_t c = 0; c < CLASSES; c++) {
        px[c] = task.size[c];
        py_x[2 * c + 1] = (double)(float)task_smooth(task.f[c], gamma);
        py_x[2 * c] = 1.0 - py_x[2 * c + 1];
    }
    struct bottleneck *b = bottleneck_alloc(px, py_x, CLASSES, 2);
    ck_assert_ptr_nonnull(b);
    return b;
}

/* Sources for enumeration: kind 1 has equal rows, 2 certain labels, 3 an input without weight. */
static struct bottleneck *small_source(uint64_t *state, size_t n, size_t kind)
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
    return bottleneck_alloc(px, py_x, n, 2);
}

/* H(T) and I(T;Y) of a partition, by the plug-in formula. */
static void measure(double *i_x, double *i_y, const struct bottleneck *b, const size_t *cluster)
{
    double size[CLASSES] = {0}, joint[2 * CLASSES] = {0};
    for (size_t x = 0; x < b->n; x++) {
        size[cluster[x]] += b->px[x];
        for (size_t y = 0; y < 2; y++)
            joint[2 * cluster[x] + y] += b->px[x] * b->py_x[2 * x + y];
    }
    *i_x = information_entropy(size, b->n);
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

/* ---- the frontier ---- */

/* All partitions of 6 to 8 inputs (up to 4140): none is above the hull, each corner is one of them
 * and measures what it says, and is the only best one at a beta between its neighbours. */
START_TEST(hull_of_all_partitions)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < 16; i++) {
        const size_t n = 6 + i % 3;
        struct bottleneck *b = small_source(&state, n, i % 4);
        struct frontier *f = frontier_alloc(b);
        ck_assert_ptr_nonnull(f);
        size_t cluster[MOST] = {0};
        double i_x, i_y, *best = calloc(f->n, sizeof *best);
        const double steepest = f->corner[f->n - 1].beta; /* bits of X to a bit of Y */
        do {
            measure(&i_x, &i_y, b, cluster);
            unit_require(frontier_above(f, i_x, i_y) > -1e-12, "(%g, %g) is %g above", i_x, i_y,
                         -frontier_above(f, i_x, i_y));
            unit_require(frontier_left(f, i_x, i_y) > -1e-13 * (1.0 + steepest),
                         "(%g, %g) is %g to the left", i_x, i_y, -frontier_left(f, i_x, i_y));
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
        bottleneck_free(b);
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
        struct bottleneck *b = small_source(&state, n, i % 3);
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
        bottleneck_free(b);
    }
}
END_TEST

/* Patterns that share p(y|x) may be told apart, but need not be: the hull over the patterns of
 * divided classes is that over the classes. */
START_TEST(divided_classes)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < 6; i++) {
        struct bottleneck *few = small_source(&state, 4, 0);
        double px[8], py_x[16];
        for (size_t x = 0; x < 8; x++) {
            px[x] = few->px[x / 2] * (x % 2 ? 0.3 : 0.7);
            memcpy(py_x + 2 * x, few->py_x + x / 2 * 2, 2 * sizeof *py_x);
        }
        struct bottleneck *many = bottleneck_alloc(px, py_x, 8, 2);
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
            unit_require(frontier_above(f, i_x, i_y) > -1e-12, "(%g, %g) is above", i_x, i_y);
        } while (next_partition(cluster, 8));
        frontier_free(g);
        frontier_free(f);
        bottleneck_free(many);
        bottleneck_free(few);
    }
}
END_TEST

/* Four inputs of weight 1/4 with p(y=1|x) = 0, 0, 1, 1: one bit in two clusters, and no more. */
START_TEST(distances_by_hand)
{
    struct bottleneck *b =
        bottleneck_alloc((double[]){1, 1, 1, 1}, (double[]){1, 0, 0, 1, 1, 0, 0, 1}, 4, 2);
    struct frontier *f = frontier_alloc(b);
    ck_assert_uint_eq(f->n, 2);
    ck_assert_double_eq(f->corner[1].i_x, 1.0);
    ck_assert_double_eq(f->corner[1].i_y, 1.0);
    ck_assert_double_eq(f->corner[1].lost, 0.0);
    ck_assert_double_eq(f->corner[1].beta, 1.0);
    ck_assert_uint_eq(f->corner[1].clusters, 2);
    ck_assert_double_eq_tol(frontier_above(f, 0.385, 0.1), 0.285, 1e-15);
    ck_assert_double_eq_tol(frontier_left(f, 0.385, 0.1), 0.285, 1e-15);
    ck_assert_double_eq_tol(frontier_above(f, 1.7, 0.9), 0.1, 1e-15);
    ck_assert_double_eq_tol(frontier_left(f, 1.7, 0.9), 0.8, 1e-15);
    ck_assert_double_eq_tol(frontier_above(f, 1.0, 1.0), 0.0, 1e-15);
    ck_assert_double_eq_tol(frontier_left(f, 1.0, 1.0), 0.0, 1e-15);
    ck_assert_double_eq_tol(frontier_left(f, 1.7, 1.0 + 1e-12), 0.7, 1e-11);
    ck_assert_double_eq_tol(frontier_above(f, 0.0, 0.0), 0.0, 1e-15);
    frontier_free(f);
    bottleneck_free(b);
}
END_TEST

/* The task: the first corner parts the classes at theta; every corner is below the curve that
 * allows random encoders and on or above all layers made at random. */
START_TEST(frontier_of_the_task)
{
    static const double gammas[] = {41.64, 12.0};
    static struct bottleneck_point curve[200];
    for (size_t g = 0; g < 2; g++) {
        struct bottleneck *b = task_source(gammas[g]);
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
            ck_assert_int_eq(bottleneck_solve(curve + i, b, pow(1000.0, (double)i / 199.0)), 0);
        }
        for (size_t k = 0; k < f->n; k++) {
            const struct frontier_corner *c = f->corner + k;
            double i_x, i_y;
            measure(&i_x, &i_y, b, f->cluster + k * b->n);
            unit_require(fabs(i_x - c->i_x) < 1e-13 && fabs(i_y - c->i_y) < 1e-13, "corner %zu", k);
            unit_require(c->i_y <= bottleneck_height(b, curve, 200, c->i_x).high + 1e-12,
                         "corner %zu is above the curve", k);
        }
        /* the best two clusters miss the curve by little, those in between by more */
        ck_assert_double_lt(bottleneck_height(b, curve, 200, f->corner[1].i_x).high -
                                f->corner[1].i_y,
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
            unit_require(frontier_above(f, i_x, i_y) > -1e-12 && frontier_left(f, i_x, i_y) > -1e-9,
                         "(%g, %g)", i_x, i_y);
        }
        frontier_free(f);
        bottleneck_free(b);
    }
}
END_TEST

START_TEST(frontier_refuses)
{
    struct bottleneck *b =
        bottleneck_alloc((double[]){1, 1}, (double[]){0.5, 0.5, 0, 0.5, 0, 0.5}, 2, 3);
    size_t cluster[2];
    ck_assert_ptr_null(frontier_alloc(b));
    ck_assert_uint_eq(frontier_best(cluster, b, 2.0, 0), 0);
    bottleneck_free(b);
    b = bottleneck_alloc((double[]){1, 1}, (double[]){0.5, 0.5, 0.2, 0.8}, 2, 2);
    ck_assert_uint_eq(frontier_best(cluster, b, 0.0, 0), 0);
    ck_assert_uint_eq(frontier_best(cluster, b, NAN, 0), 0);
    ck_assert_uint_eq(frontier_best(cluster, b, 2.0, 3), 0);
    ck_assert_ptr_null(frontier_layer_alloc(b, (double[]){0, 0, 0, 0}, 2));
    ck_assert_ptr_null(frontier_layer_alloc(b, (double[]){1, 0, -1, 0}, 2));
    ck_assert_ptr_null(frontier_layer_alloc(b, (double[]){1, 0, NAN, 0}, 2));
    ck_assert_ptr_null(frontier_layer_alloc(b, (double[]){1, 0, INFINITY, 0}, 2));
    frontier_layer_free(NULL);
    frontier_free(NULL);
    bottleneck_free(b);
    /* one input only: one corner, the origin */
    b = bottleneck_alloc((double[]){1}, (double[]){0.5, 0.5}, 1, 2);
    struct frontier *f = frontier_alloc(b);
    ck_assert_uint_eq(f->n, 1);
    ck_assert_double_eq(frontier_above(f, 0.0, 0.0), 0.0);
    ck_assert_double_eq(frontier_left(f, 0.3, 0.0), 0.3);
    frontier_free(f);
    bottleneck_free(b);
}
END_TEST

/* ---- the beta of a layer ---- */

enum { WIDEST = 300 };

/* A layer that puts pattern x into cluster t[x]; counts (class, cluster).  If it is to be divided,
 * the patterns of one class are alone in the last two clusters, which have the same p(y|t) then. */
static void make_layer(uint64_t *state, size_t *t, double *table, const double *p1, size_t clusters,
                       double noise, int divided)
{
    const size_t free = divided ? clusters - 2 : clusters, alone = 40;
    size_t which = 0;
    ck_assert_uint_gt(task.size[alone], 3);
    memset(table, 0, CLASSES * clusters * sizeof *table);
    for (size_t x = 0; x < PATTERNS; x++) {
        const size_t class = task.class[x];
        const double at = 0.3 * p1[class] + 0.7 * (double)class / 64.0;
        const double moved = fmin(0.999, fmax(0.0, at + unit_uniform(state, -noise, noise)));
        t[x] = (size_t)(moved * (double)free);
        if (divided && class == alone)
            t[x] = free + (which++ % 3 > 0);
        table[class * clusters + t[x]] += 1.0;
    }
}

/* p(t) and p(y=1|t) over the patterns. */
static void decoder(double *pt, double *r, const size_t *t, const double *p1, size_t clusters)
{
    memset(pt, 0, clusters * sizeof *pt);
    memset(r, 0, clusters * sizeof *r);
    for (size_t x = 0; x < PATTERNS; x++) {
        pt[t[x]] += 1.0 / PATTERNS;
        r[t[x]] += p1[task.class[x]] / PATTERNS;
    }
    for (size_t k = 0; k < clusters; k++)
        r[k] = pt[k] > 0.0 ? r[k] / pt[k] : 0.0;
}

static double kl(double p, double r)
{
    return (p > 0.0 ? p * log(p / r) : 0.0) +
           (p < 1.0 ? (1.0 - p) * log((1.0 - p) / (1.0 - r)) : 0.0);
}

/* The definition, pattern by pattern. */
static double slow_divergence(const size_t *t, const double *p1, size_t clusters, double beta)
{
    double pt[WIDEST], r[WIDEST], sum = 0.0;
    decoder(pt, r, t, p1, clusters);
    for (size_t x = 0; x < PATTERNS; x++) {
        const double p = p1[task.class[x]];
        double z = 0.0;
        for (size_t k = 0; k < clusters; k++)
            if (pt[k] > 0.0)
                z += pt[k] * exp(-beta * kl(p, r[k]));
        sum -= log(pt[t[x]] / z) - beta * kl(p, r[t[x]]);
    }
    return sum / PATTERNS / M_LN2;
}

/* The task, and its p(y=1|x) by class. */
static struct bottleneck *layer_source(double *p1, double gamma)
{
    struct bottleneck *b = task_source(gamma);
    for (size_t c = 0; c < CLASSES; c++)
        p1[c] = b->py_x[2 * c + 1];
    return b;
}

static size_t t_of[PATTERNS];
static double count[CLASSES * WIDEST];

START_TEST(divergence_by_patterns)
{
    uint64_t state = 2385;
    static const size_t widths[] = {1, 2, 7, 40, WIDEST};
    for (size_t i = 0; i < 10; i++) {
        double p1[CLASSES];
        struct bottleneck *b = layer_source(p1, i % 2 ? 12.0 : 3.0);
        const size_t k = widths[i / 2];
        make_layer(&state, t_of, count, p1, k, 0.05 * (double)(i % 3), k > 2 && i % 2);
        struct frontier_layer *layer = frontier_layer_alloc(b, count, k);
        ck_assert_ptr_nonnull(layer);
        for (size_t step = 0; step < 8; step++) {
            const double beta = 0.1 * pow(3.0, (double)step);
            const double slow = slow_divergence(t_of, p1, k, beta);
            const double got = frontier_divergence(layer, beta);
            unit_require(fabs(got - slow) < 1e-11 * (1.0 + slow),
                         "%zu clusters, beta %g: %.12g, %.12g", k, beta, got, slow);
        }
        frontier_layer_free(layer);
        bottleneck_free(b);
    }
}
END_TEST

/* beta* is where the definition has its least value: the neighbours on both sides, and a grid. */
START_TEST(beta_is_the_minimum)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < 6; i++) {
        double p1[CLASSES];
        struct bottleneck *b = layer_source(p1, i % 2 ? 12.0 : 41.64);
        const size_t k = 3 + 7 * i;
        make_layer(&state, t_of, count, p1, k, 0.15, 0);
        struct frontier_layer *layer = frontier_layer_alloc(b, count, k);
        const double beta = frontier_beta(layer), least = frontier_divergence(layer, beta);
        ck_assert(isfinite(beta) && beta > 0.0);
        for (size_t step = 0; step < 62; step++) {
            const double other = 0.01 * pow(1.3, (double)step);
            unit_require(frontier_divergence(layer, other) >= least - 1e-12, "beta %g, not %g",
                         other, beta);
        }
        /* the slope changes its sign there */
        const double h = 1e-4 * beta;
        ck_assert_double_gt(frontier_divergence(layer, beta + h), least);
        ck_assert_double_gt(frontier_divergence(layer, beta - h), least);
        const double slope =
            frontier_divergence(layer, beta + h) - frontier_divergence(layer, beta - h);
        const double bend = frontier_divergence(layer, beta + h) +
                            frontier_divergence(layer, beta - h) - 2.0 * least;
        unit_require(fabs(slope) < 1e-2 * bend + 1e-13, "beta %g: slope %g, bend %g", beta, slope,
                     bend);
        frontier_layer_free(layer);
        bottleneck_free(b);
    }
}
END_TEST

/* An encoder of the bottleneck, as shares of each class: its own beta, at no divergence. */
START_TEST(beta_of_an_optimal_encoder)
{
    static const double gammas[] = {41.64, 12.0}, betas[] = {1.2, 2.0, 24.0, 35.0, 128.0, 999.0};
    for (size_t g = 0; g < 2; g++) {
        struct bottleneck *b = task_source(gammas[g]);
        for (size_t i = 0; i < 6; i++) {
            struct bottleneck_point p = {.clusters = 0};
            double pt_x[CLASSES * BOTTLENECK_MAX_CLUSTERS];
            ck_assert_int_eq(bottleneck_solve(&p, b, betas[i]), 0);
            bottleneck_encoder(pt_x, b, &p);
            for (size_t k = 0; k < CLASSES * p.clusters; k++)
                pt_x[k] *= b->px[k / p.clusters];
            struct frontier_layer *layer = frontier_layer_alloc(b, pt_x, p.clusters);
            const double beta = frontier_beta(layer);
            unit_require(fabs(beta / betas[i] - 1.0) < 1e-5, "beta %.12g, not %g", beta, betas[i]);
            ck_assert_double_eq_tol(frontier_divergence(layer, beta) - layer->h_t_x, 0.0, 1e-11);
            frontier_layer_free(layer);
        }
        bottleneck_free(b);
    }
}
END_TEST

/* Every pattern in its nearest cluster: the divergence falls for ever.  A layer that knows nothing:
 * no beta at all. */
START_TEST(beta_at_the_ends)
{
    double p1[CLASSES];
    struct bottleneck *b = layer_source(p1, 3.0);
    memset(count, 0, sizeof count);
    for (size_t c = 0; c < CLASSES; c++) /* each class by itself, in two clusters by half */
        count[c * 2 * CLASSES + 2 * c] = count[c * 2 * CLASSES + 2 * c + 1] = task.size[c];
    struct frontier_layer *layer = frontier_layer_alloc(b, count, 2 * CLASSES);
    ck_assert(isinf(frontier_beta(layer)));
    ck_assert_uint_le(layer->groups, CLASSES);
    ck_assert_double_eq_tol(layer->h_t_x, 1.0, 1e-13);
    ck_assert_double_eq_tol(frontier_divergence(layer, 1e9), 1.0, 1e-6);
    frontier_layer_free(layer);

    memset(count, 0, sizeof count);
    for (size_t c = 0; c < CLASSES; c++) /* two clusters, parted at 1/2 */
        count[c * 2 + (p1[c] > 0.5)] = task.size[c];
    layer = frontier_layer_alloc(b, count, 2);
    ck_assert(isinf(frontier_beta(layer)));
    ck_assert_double_eq(layer->h_t_x, 0.0);
    frontier_layer_free(layer);

    for (size_t c = 0; c < CLASSES; c++)
        count[c] = task.size[c];
    layer = frontier_layer_alloc(b, count, 1);
    ck_assert_double_eq(frontier_beta(layer), 0.0);
    ck_assert_double_eq(frontier_divergence(layer, 7.0), 0.0);
    frontier_layer_free(layer);

    for (size_t c = 0; c < CLASSES; c++) { /* a coin, and a cluster that stays empty */
        count[c * 3] = count[c * 3 + 2] = task.size[c];
        count[c * 3 + 1] = 0.0;
    }
    layer = frontier_layer_alloc(b, count, 3);
    ck_assert_double_eq(frontier_beta(layer), 0.0);
    ck_assert_double_eq_tol(frontier_divergence(layer, 7.0), 1.0, 1e-13);
    frontier_layer_free(layer);
    bottleneck_free(b);
}
END_TEST

/* A cluster divided by chance: its parts have the same p(y|t), beta* stays, the divergence grows by
 * the entropy of the division. */
START_TEST(divided_cluster)
{
    uint64_t state = 2385;
    double p1[CLASSES], more[CLASSES * 6];
    struct bottleneck *b = layer_source(p1, 12.0);
    make_layer(&state, t_of, count, p1, 5, 0.2, 0);
    double light = 0.0;
    for (size_t c = 0; c < CLASSES; c++) {
        memcpy(more + 6 * c, count + 5 * c, 5 * sizeof *count);
        more[6 * c + 5] = 0.25 * more[6 * c + 2];
        more[6 * c + 2] *= 0.75;
        light += count[5 * c + 2] / PATTERNS;
    }
    struct frontier_layer *a = frontier_layer_alloc(b, count, 5);
    struct frontier_layer *d = frontier_layer_alloc(b, more, 6);
    const double beta = frontier_beta(a);
    ck_assert_uint_eq(a->groups, 5);
    ck_assert_uint_eq(d->groups, 5);
    ck_assert_double_eq_tol(frontier_beta(d) / beta, 1.0, 1e-10);
    ck_assert_double_eq_tol(frontier_divergence(d, beta) - frontier_divergence(a, beta),
                            light * information_binary(0.25), 1e-12);
    frontier_layer_free(d);
    frontier_layer_free(a);
    bottleneck_free(b);
}
END_TEST

/* What the released program computes, over the patterns: the iterations of caclIB, then mseFunc.
 * 0 log 0 is left out. */
static double slow_reverse(const size_t *t, const double *p1, size_t clusters, double beta,
                           size_t steps)
{
    const double eps = 0x1p-52;
    double *w = malloc(PATTERNS * clusters * sizeof *w), sum = 0.0;
    for (size_t x = 0; x < PATTERNS; x++)
        for (size_t k = 0; k < clusters; k++)
            w[x * clusters + k] = t[x] == k;
    for (size_t step = 0; step < steps; step++) {
        double pts[WIDEST] = {0}, r[WIDEST] = {0};
        for (size_t x = 0; x < PATTERNS; x++)
            for (size_t k = 0; k < clusters; k++) {
                pts[k] += w[x * clusters + k] / PATTERNS;
                r[k] += w[x * clusters + k] / PATTERNS * p1[task.class[x]];
            }
        for (size_t x = 0; x < PATTERNS; x++) {
            const double p = p1[task.class[x]];
            double z = 0.0;
            for (size_t k = 0; k < clusters; k++) {
                double d =
                    -p * log(r[k] / pts[k] + eps) - (1.0 - p) * log(1.0 - r[k] / pts[k] + eps);
                if (p > 0.0)
                    d += p * log(p);
                if (p < 1.0)
                    d += (1.0 - p) * log(1.0 - p);
                z += w[x * clusters + k] = exp(-beta * d) * pts[k];
            }
            for (size_t k = 0; k < clusters; k++)
                w[x * clusters + k] /= z;
        }
    }
    for (size_t x = 0; x < PATTERNS; x++)
        for (size_t k = 0; k < clusters; k++) {
            const double a = w[x * clusters + k];
            if (a > 0.0)
                sum += a * log(a / ((t[x] == k ? 1.0 : 0.0) + eps));
        }
    free(w);
    return sum / PATTERNS / M_LN2;
}

START_TEST(reverse_by_patterns)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < 4; i++) {
        double p1[CLASSES];
        struct bottleneck *b = layer_source(p1, i % 2 ? 12.0 : 3.0);
        const size_t k = 2 + 5 * i;
        make_layer(&state, t_of, count, p1, k, 0.1, k > 2);
        struct frontier_layer *layer = frontier_layer_alloc(b, count, k);
        for (size_t step = 0; step < 4; step++) {
            const double beta = 0.8 * pow(4.0, (double)step);
            for (size_t steps = 0; steps <= 20; steps += 10) {
                const double slow = slow_reverse(t_of, p1, k, beta, steps);
                const double got = frontier_reverse(layer, beta, steps);
                unit_require(fabs(got - slow) < 1e-9 * (1.0 + slow) || steps == 0,
                             "%zu clusters, beta %g, %zu steps: %.12g, %.12g", k, beta, steps, got,
                             slow);
            }
        }
        frontier_layer_free(layer);
        bottleneck_free(b);
    }
}
END_TEST

/* The minimum is not above any point of a finer grid within the step of the coarse one; the ends of
 * the range, where the divergence falls towards them. */
START_TEST(reverse_minimum)
{
    uint64_t state = 2385;
    double p1[CLASSES];
    struct bottleneck *b = layer_source(p1, 12.0);
    make_layer(&state, t_of, count, p1, 3, 0.15, 0);
    struct frontier_layer *layer = frontier_layer_alloc(b, count, 3);
    const double beta = frontier_reverse_beta(layer, 20, 0.5, 4096.0);
    const double least = frontier_reverse(layer, beta, 20);
    ck_assert_double_gt(beta, 0.6);
    ck_assert_double_lt(beta, 4000.0);
    for (size_t step = 0; step < 906; step++) {
        const double other = 0.5 * pow(1.01, (double)step);
        unit_require(frontier_reverse(layer, other, 20) >= least - 1e-6,
                     "beta %g is better than %g", other, beta);
    }
    ck_assert_double_eq_tol(frontier_reverse_beta(layer, 20, 0.5 * beta, 0.7 * beta), 0.7 * beta,
                            1e-9 * beta);
    ck_assert_double_eq_tol(frontier_reverse_beta(layer, 20, 1.5 * beta, 1.9 * beta), 1.5 * beta,
                            1e-9 * beta);
    frontier_layer_free(layer);
    bottleneck_free(b);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        hull_of_all_partitions, best_of_all_partitions, divided_classes,
        distances_by_hand,      frontier_of_the_task,   frontier_refuses,
        divergence_by_patterns, beta_is_the_minimum,    beta_of_an_optimal_encoder,
        beta_at_the_ends,       divided_cluster,        reverse_by_patterns,
        reverse_minimum};
    return unit_run("frontier", tests, sizeof tests / sizeof *tests);
}
