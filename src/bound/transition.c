#include "transition.h"

#include <gsl/gsl_linalg.h>
#include <gsl/gsl_math.h>
#include <stdint.h>

#include "solve.h"

/* ---- the first transition ---- */

double transition_local(const struct source *b)
{
    /* p(x,y)/sqrt(p(x)p(y)), with rows of zeros so that there are no fewer rows than columns */
    const size_t rows = b->n > b->ny ? b->n : b->ny;
    gsl_matrix *a = gsl_matrix_calloc(rows, b->ny), *v = gsl_matrix_alloc(b->ny, b->ny);
    gsl_vector *s = gsl_vector_alloc(b->ny);
    for (size_t x = 0; x < b->n; x++)
        for (size_t y = 0; y < b->ny; y++)
            if (b->py[y] > 0.0)
                gsl_matrix_set(a, x, y, b->py_x[x * b->ny + y] * sqrt(b->px[x] / b->py[y]));
    gsl_linalg_SV_decomp_jacobi(a, v, s);
    const double rho = gsl_vector_get(s, 1);
    gsl_vector_free(s);
    gsl_matrix_free(v);
    gsl_matrix_free(a);
    return rho > 1e-8 ? 1.0 / (rho * rho) : INFINITY;
}

/* A new cluster at the log-odds u, next to the one cluster at u0. */
struct onset {
    const struct source *b;
    double u0, u;
};

/* c(r) - 1 = sum_x p(x) (exp(-beta (d(x, r) - d(x, p(y)))) - 1): with rising beta it falls from 0,
 * then rises, and crosses 0 once. */
static double excess(double beta, void *arg)
{
    const struct onset *o = arg;
    const struct source *b = o->b;
    /* d(x, r) = log(1 + e^u) - p(y=1|x) u + ..., exact for small differences of u, too */
    const double v = o->u - o->u0, r0 = 1.0 / (1.0 + exp(-o->u0));
    const double up = log1p(r0 * expm1(v));
    double sum = 0.0;
    for (size_t x = 0; x < b->n; x++)
        sum += b->px[x] * expm1(fmin(600.0, -beta * (up - b->py_x[2 * x + 1] * v)));
    return sum;
}

/* Minus the inverse of the beta at which c(r) reaches 1; 0 if that is above 1e9. */
static double onset(double u, void *arg)
{
    struct onset *o = arg;
    double low = 1.0, high = 1.0;
    o->u = u;
    while (excess(high, o) <= 0.0) {
        low = high;
        high *= 1.5;
        if (high > 1e9)
            return 0.0;
    }
    if (high == low)
        return -1.0;
    return -1.0 / solve_root(excess, o, low, high, 0.0, 1e-14);
}

int transition_global(double *beta, double *r, const struct source *b)
{
    if (b->ny != 2)
        return -1;
    *beta = transition_local(b);
    *r = b->py[1];
    if (isinf(*beta))
        return 0;
    /* Nodes at equal steps of asin sqrt(r); next to p(y) the limit is transition_local. */
    enum { NODES = 400 };
    struct onset o = {b, log(b->py[1]) - log(b->py[0]), 0.0};
    double node[NODES], value[NODES], least = -1.0 / *beta;
    size_t at = 0;
    for (size_t i = 0; i < NODES; i++) {
        node[i] = 2.0 * log(tan(M_PI_2 * ((double)i + 0.5) / NODES));
        value[i] = fabs(node[i] - o.u0) < 1e-4 ? -1.0 / *beta : onset(node[i], &o);
        if (value[i] < least) {
            least = value[i];
            at = i;
        }
    }
    if (at > 0 && at + 1 < NODES && least < value[at + 1]) {
        const struct solve_point bracket[] = {
            {node[at - 1], value[at - 1]}, {node[at], least}, {node[at + 1], value[at + 1]}};
        const struct solve_point best = solve_minimum(onset, &o, bracket, 1e-8, 100);
        least = best.f;
        node[at] = best.x;
    }
    if (least < -1.0 / *beta) {
        *beta = -1.0 / least;
        *r = 1.0 / (1.0 + exp(-node[at]));
    }
    return 0;
}

/* ---- any transition ---- */

/* How far apart two distributions are: the squared Hellinger distance, twice. */
static double apart(const double *r, const double *s, size_t ny)
{
    double sum = 0.0;
    for (size_t y = 0; y < ny; y++)
        sum += gsl_pow_2(sqrt(r[y]) - sqrt(s[y]));
    return sum;
}

/* The cluster of p nearest to r, cluster `but` excepted. */
static size_t nearest(const struct bottleneck_point *p, const double *r, size_t ny, size_t but)
{
    size_t best = but == 0 ? 1 : 0;
    for (size_t t = 0; t < p->clusters; t++)
        if (t != but && apart(p->r + t * ny, r, ny) < apart(p->r + best * ny, r, ny))
            best = t;
    return best;
}

/* Tells what happened.  Near the transition the weight of a new cluster is proportional to the
 * distance of beta from it, that of either half of a split one is not: the point at the bracket is
 * compared with one at least four times as far away. */
static int classify(struct transition *t, struct clusters *work)
{
    const int more = t->after > t->before;
    const size_t ny = work->source->ny;
    const struct bottleneck_point *few = more ? &t->below : &t->above;
    const struct bottleneck_point *many = more ? &t->above : &t->below;
    const double width = fmax(t->above.beta - t->below.beta, 1e-5 * many->beta);

    /* the odd one is the farthest from all those on the other side; its twin is next to it */
    size_t odd = 0;
    double most = -1.0;
    for (size_t k = 0; k < many->clusters; k++) {
        const double *r = many->r + k * ny;
        const double d = apart(r, few->r + nearest(few, r, ny, SIZE_MAX) * ny, ny);
        odd = d > most ? k : odd;
        most = fmax(d, most);
    }
    const double *r = many->r + odd * ny;
    const size_t twin = nearest(many, r, ny, odd);
    struct bottleneck_point away = *many;
    if (bottleneck_solve(&away, work, many->beta + (more ? 3.0 : -3.0) * width) != 0)
        return -1;
    const size_t away_odd = nearest(&away, r, ny, SIZE_MAX);
    const size_t away_twin = nearest(&away, away.r + away_odd * ny, ny, away_odd);
    const int grew =
        fmin(away.q[away_odd], away.q[away_twin]) > 2.0 * fmin(many->q[odd], many->q[twin]);
    t->kind = more ? (grew ? TRANSITION_NEW : TRANSITION_SPLIT)
                   : (grew ? TRANSITION_LOST : TRANSITION_MERGED);
    t->r = r[1];
    t->q = many->q[odd];
    t->nearest = many->r[twin * ny + 1];
    return 0;
}

int transition_find(struct transition *t, struct clusters *work, const struct bottleneck_point *low,
                    const struct bottleneck_point *high, double precision)
{
    if (!(precision > 0.0) || !(low->beta < high->beta) || low->clusters == high->clusters ||
        low->clusters == 0 || high->clusters == 0)
        return -1;
    t->below = *low;
    t->above = *high;
    while (t->above.beta - t->below.beta >= precision * t->below.beta) {
        struct bottleneck_point middle = t->below;
        const double beta = 0.5 * (t->below.beta + t->above.beta);
        if (!(beta > t->below.beta && beta < t->above.beta))
            break;
        if (bottleneck_solve(&middle, work, beta) != 0)
            return -1;
        *(middle.clusters == t->below.clusters ? &t->below : &t->above) = middle;
    }
    t->before = t->below.clusters;
    t->after = t->above.clusters;
    return classify(t, work);
}
