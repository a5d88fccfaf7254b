#include "course.h"

#include <stdlib.h>

#include "memory.h"
#include "stats.h"

double course_at(const struct run_row *row, size_t l, enum course of)
{
    const struct train_gradient g = row->gradient[l];
    switch (of) {
    case COURSE_I_XT: return row->information[l].i_xt;
    case COURSE_I_TY: return row->information[l].i_ty;
    case COURSE_TRAIN_ACCURACY: return row->train_accuracy;
    case COURSE_TEST_ACCURACY: return row->test_accuracy;
    case COURSE_ERROR: return 1.0 - row->train_accuracy;
    case COURSE_WEIGHTS: return row->weight_norm[l];
    case COURSE_MEAN: return g.mean / row->weight_norm[l];
    case COURSE_DEVIATION: return g.deviation / row->weight_norm[l];
    case COURSE_SNR: return g.mean / g.deviation;
    case COURSE_SPECTRAL_MEAN: return g.mean / row->spectral_norm[l];
    case COURSE_SPECTRAL_TRACE: return g.deviation * g.deviation / row->spectral_norm[l];
    }
    abort(); /* there is no other */
}

void course_of(double *x, const struct run_record *r, size_t l, enum course of)
{
    for (size_t i = 0; i < r->rows; i++)
        x[i] = course_at(&r->row[i], l, of);
}

double *course_values(const struct run_record *record, size_t n, size_t row, size_t l,
                      enum course of)
{
    double *x = memory_array(n, sizeof *x, "networks");
    for (size_t k = 0; k < n; k++)
        x[k] = course_at(&record[k].row[row], l, of);
    return x;
}

static double lower(const double *x, size_t n)
{
    return stats_quantile(x, n, 0.25);
}

static double upper(const double *x, size_t n)
{
    return stats_quantile(x, n, 0.75);
}

double course_over(const struct run_record *record, size_t n, size_t row, size_t l,
                   struct course_column column)
{
    static double (*const over[])(const double *, size_t) = {
        [COURSE_OVER_MEAN] = stats_mean, [COURSE_OVER_SE] = stats_se,
        [COURSE_OVER_SD] = stats_sd,     [COURSE_OVER_MEDIAN] = stats_median,
        [COURSE_OVER_LOWER] = lower,     [COURSE_OVER_UPPER] = upper};
    double *x = course_values(record, n, row, l, column.of);
    const double value = over[column.over](x, n);
    free(x);
    return value;
}

void course_over_all(double *x, const struct run_record *record, size_t n, size_t l,
                     struct course_column column)
{
    for (size_t i = 0; i < record->rows; i++)
        x[i] = course_over(record, n, i, l, column);
}
