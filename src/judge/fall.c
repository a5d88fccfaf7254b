#include "fall.h"

#include <math.h>

#include "course.h"
#include "path.h"

static double epoch_of(const struct run_record *r, size_t row)
{
    return row < r->rows ? (double)r->row[row].epoch : INFINITY;
}

/* The first row, from `from` on, at which x falls below the level; r->rows if none. */
static size_t falls(const struct run_record *r, const double *x, size_t from, double level)
{
    return from + path_falls_below(x + from, r->rows - from, level);
}

/* The row at which the training error becomes small; r->rows if it does not. */
static size_t small_row(const struct run_record *r, const struct fall_rule *rule)
{
    double error[RUN_MAX_ROWS] = {0};
    course_of(error, r, 0, COURSE_ERROR);
    return falls(r, error, 0, rule->error);
}

double fall_small(const struct run_record *r, const struct fall_rule *rule)
{
    return epoch_of(r, small_row(r, rule));
}

/*[ measure ]*/
struct fall fall_of(const struct run_record *r, size_t l, const struct fall_rule *rule)
{
    double i_xt[RUN_MAX_ROWS] = {0}, i_ty[RUN_MAX_ROWS] = {0};
    course_of(i_xt, r, l, COURSE_I_XT);
    course_of(i_ty, r, l, COURSE_I_TY);
    const size_t end = r->rows - 1; /* the last epoch */
    const size_t peak = path_peak(i_xt, r->rows), most = path_peak(i_ty, r->rows);
    const size_t small = small_row(r, rule);
    const double epochs = epoch_of(r, end);
    struct fall f = {.peak = i_xt[peak],
                     .final = i_xt[end],
                     .fall = i_xt[peak] - i_xt[end],
                     .peak_epoch = epoch_of(r, peak),
                     .onset = INFINITY,
                     .done = INFINITY,
                     .lost = i_ty[most] - i_ty[end],
                     .small = epoch_of(r, small)};
    if (f.fall < rule->bits)
        return f;
    const size_t onset = falls(r, i_xt, peak, f.peak - rule->part * f.fall);
    const size_t done = falls(r, i_xt, peak, f.final + rule->part * f.fall);
    f.onset = epoch_of(r, onset);
    f.done = epoch_of(r, done);
    f.after = 1.0 - f.peak_epoch / epochs;
    if (onset < r->rows) {
        f.span = (fmin(f.done, epochs) - f.onset) / epochs;
        f.change = i_ty[end] - i_ty[onset];
    }
    if (small < r->rows)
        f.after_small = (i_xt[small > peak ? small : peak] - f.final) / f.fall;
    return f;
}
/*[ end ]*/

double fall_until(const struct run_record *r, size_t l, size_t row)
{
    double i_xt[RUN_MAX_ROWS] = {0};
    course_of(i_xt, r, l, COURSE_I_XT);
    return i_xt[path_peak(i_xt, row + 1)] - i_xt[row];
}

/*[ equal-loss ]*/
static double smallest_loss(const struct run_record *r)
{
    double smallest = INFINITY;
    for (size_t i = 0; i < r->rows; i++)
        smallest = fmin(smallest, r->row[i].loss);
    return smallest;
}

/* The first row with a loss of at most so much; there must be one. */
static size_t comes_down_to(const struct run_record *r, double loss)
{
    size_t row = 0;
    while (r->row[row].loss > loss)
        row++;
    return row;
}

struct fall_rows fall_equal_loss(const struct run_record *a, const struct run_record *b)
{
    const double loss = fmax(smallest_loss(a), smallest_loss(b));
    return (struct fall_rows){comes_down_to(a, loss), comes_down_to(b, loss)};
}
/*[ end ]*/

/*[ order ]*/
struct stats_interval fall_before(const struct fall *m, size_t n, size_t layers, size_t a, size_t b,
                                  const struct fall_rule *rule)
{
    size_t both = 0, before = 0, together = 0;
    for (size_t k = 0; k < n; k++) {
        const struct fall x = m[k * layers + a], y = m[k * layers + b];
        if (x.fall < rule->bits || y.fall < rule->bits)
            continue;
        both++;
        before += x.onset < y.onset;
        together += x.onset == y.onset;
    }
    if (both < rule->least)
        return (struct stats_interval){NAN, NAN, NAN, both};
    return (struct stats_interval){.value =
                                       ((double)before + 0.5 * (double)together) / (double)both,
                                   .low = stats_share(before, both).low,
                                   .high = stats_share(before + together, both).high,
                                   .n = both};
}
/*[ end ]*/

double fall_earliest(const struct fall *m, size_t layers)
{
    double earliest = INFINITY;
    for (size_t l = 0; l < layers; l++)
        earliest = fmin(earliest, m[l].onset);
    return earliest;
}

struct stats_interval fall_first(const struct fall *m, size_t n, size_t layers, size_t l)
{
    size_t any = 0, first = 0;
    for (size_t k = 0; k < n; k++) {
        const double earliest = fall_earliest(&m[k * layers], layers);
        any += isfinite(earliest) != 0;
        first += isfinite(earliest) && m[k * layers + l].onset == earliest;
    }
    if (any == 0)
        return (struct stats_interval){NAN, NAN, NAN, 0};
    return stats_share(first, any);
}
