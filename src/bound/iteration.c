#include "iteration.h"

#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdlib.h>

#include "memory.h"

struct iteration *iteration_alloc(const struct source *b, size_t clusters)
{
    if (clusters < 1)
        return NULL;
    struct iteration *it = memory_array(1, sizeof *it, "iterations");
    it->source = b;
    it->clusters = clusters;
    it->pt_x = memory_array(b->n * clusters, sizeof *it->pt_x, "clusters");
    it->log_q = memory_array(clusters, sizeof *it->log_q, "clusters");
    it->py_t = memory_array(clusters * b->ny, sizeof *it->py_t, "clusters");
    it->log_r = memory_array(clusters * b->ny, sizeof *it->log_r, "clusters");
    it->row = memory_array(clusters, sizeof *it->row, "clusters");
    return it;
}

void iteration_free(struct iteration *it)
{
    if (!it)
        return;
    free(it->row);
    free(it->log_r);
    free(it->py_t);
    free(it->log_q);
    free(it->pt_x);
    free(it);
}

int iteration_set(struct iteration *it, const double *pt_x, double beta)
{
    const struct source *b = it->source;
    const size_t k = it->clusters;
    if (!(beta >= 0.0) || isinf(beta) || (!pt_x && k != b->n))
        return -1;
    for (size_t x = 0; pt_x && x < b->n; x++) {
        double sum = 0.0;
        for (size_t t = 0; t < k; t++) {
            if (!(pt_x[x * k + t] >= 0.0))
                return -1;
            sum += pt_x[x * k + t];
        }
        if (!(fabs(sum - 1.0) <= 1e-9))
            return -1;
    }
    for (size_t i = 0; i < b->n * k; i++)
        it->pt_x[i] = pt_x ? pt_x[i] : (double)(i / k == i % k);
    for (size_t i = 0; i < k * b->ny; i++)
        it->py_t[i] = b->py[i % b->ny];
    it->beta = beta;
    it->steps = 0;
    it->change = INFINITY;
    it->rate = 0.0;
    return 0;
}

/*[ iterate ]*/
void iteration_step(struct iteration *it)
{
    const struct source *b = it->source;
    const size_t k = it->clusters, ny = b->ny;

    /* p(t) = sum_x p(x) p(t|x),  p(y|t) = 1/p(t) sum_x p(y|x) p(t|x) p(x) */
    for (size_t t = 0; t < k; t++) {
        double pt = 0.0, pty[SOURCE_MAX_LABELS] = {0};
        for (size_t x = 0; x < b->n; x++) {
            const double p = b->px[x] * it->pt_x[x * k + t];
            pt += p;
            for (size_t y = 0; y < ny; y++)
                pty[y] += p * b->py_x[x * ny + y];
        }
        it->log_q[t] = log(pt);
        for (size_t y = 0; y < ny; y++)
            if (pt > 0.0)
                it->py_t[t * ny + y] = pty[y] / pt;
        odds_log(it->log_r + t * ny, it->py_t + t * ny, ny);
    }

    /* p(t|x) = p(t)/Z(x) exp(-beta D[p(y|x) || p(y|t)]) */
    const double before = it->change;
    it->change = 0.0;
    for (size_t x = 0; x < b->n; x++) {
        double *pt_x = it->pt_x + x * k;
        source_row(it->row, b, x, it->beta, it->log_q, it->py_t, it->log_r, k);
        for (size_t t = 0; t < k; t++) {
            it->change = fmax(it->change, fabs(it->row[t] - pt_x[t]));
            pt_x[t] = it->row[t];
        }
    }
    it->rate = it->steps++ > 0 ? it->change / before : 0.0;
}
/*[ end ]*/

int iteration_test(const struct iteration *it, double tolerance)
{
    return it->change <= tolerance ? GSL_SUCCESS : GSL_CONTINUE;
}
