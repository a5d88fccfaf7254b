#include "published.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "die.h"
#include "file.h"
#include "memory.h"
#include "number.h"
#include "rng.h"

static const char *const name[PUBLISHED_QUANTITIES] = {"i_xt", "i_ty", "accuracy"};

static const char header[] = "quantity\tepoch\tlayer\tmean\tsd\tnetworks";

const char *published_name(enum published_quantity quantity)
{
    return name[quantity];
}

/* ---- reading ---- */

/* Reads a row; returns NULL, or what is wrong with it. */
static const char *read_cell(struct published_cell *c, const char *row)
{
    enum { COLUMNS = 6 };
    const char *column[COLUMNS] = {row};
    size_t n = 1, q = 0;
    for (const char *at = row; (at = strchr(at, '\t')) != NULL;) {
        at++;
        if (n < COLUMNS)
            column[n] = at;
        n++;
    }
    if (n != COLUMNS)
        return "it does not have six columns";
    const size_t length = (size_t)(column[1] - 1 - row);
    while (q < PUBLISHED_QUANTITIES &&
           (strlen(name[q]) != length || memcmp(row, name[q], length) != 0))
        q++;
    if (q == PUBLISHED_QUANTITIES)
        return "the quantity is none of i_xt, i_ty, accuracy";
    c->quantity = (enum published_quantity)q;
    if (!number_read_count(&column[1], &c->epoch, '\t', 0, 1000000000))
        return "the epoch is not a whole number";
    if (!number_read_count(&column[2], &c->layer, '\t', 1, NET_MAX_LAYERS))
        return "the layer is not a whole number from 1 on";
    if (!number_read(&column[3], &c->mean, '\t', -1e6, 1e6))
        return "the mean is not a number";
    if (!number_read_or_nan(&column[4], &c->sd, '\t', 0.0, 1e6))
        return "the standard deviation is neither nan nor a number from 0 on";
    if (!number_read_count(&column[5], &c->networks, '\0', 2, 1000000))
        return "the number of networks is not a whole number from 2 on";
    return NULL;
}

static int same_value(const struct published_cell *a, const struct published_cell *b)
{
    return a->quantity == b->quantity && a->layer == b->layer;
}

/* Adds a cell; returns NULL, or what is wrong with it. */
static const char *add_cell(void *to, const char *row)
{
    struct published *p = to;
    struct published_cell c;
    const char *problem = read_cell(&c, row);
    if (problem)
        return problem;
    for (size_t i = 0; i < p->n; i++)
        if (p->cell[i].epoch == c.epoch && same_value(&p->cell[i], &c))
            return "the same value stands further up";
    if (p->n == PUBLISHED_MAX_CELLS)
        return "there are too many rows";
    p->cell[p->n++] = c;
    return NULL;
}

/* Whether every value is there at every epoch: a table cut between two rows lacks some at its last. */
static int epochs_alike(const struct published *p)
{
    for (size_t i = 0; i < p->n; i++)
        for (size_t j = 0; j < p->n; j++) {
            size_t k = 0; /* value i at the epoch of j */
            while (k < p->n &&
                   !(p->cell[k].epoch == p->cell[j].epoch && same_value(&p->cell[k], &p->cell[i])))
                k++;
            if (k == p->n)
                return 0;
        }
    return 1;
}

/* Reads a table of rows with these column names; `add` takes each, and returns NULL or what is wrong with
 * it. */
static void read_table(void *to, const char *path, const char *columns,
                       const char *add(void *to, const char *row))
{
    size_t size, line = 0;
    char *text = file_read(path, &size), *end;
    if (!text)
        die_errno("cannot read %s", path);
    if (strlen(text) != size)
        die("%s: it has a zero byte, so it is no text", path);
    int headed = 0;
    for (char *at = text; *at != '\0'; at = end + 1) {
        line++;
        end = strchr(at, '\n');
        if (!end)
            die("%s, line %zu: it is cut off", path, line);
        *end = '\0';
        if (*at == '#')
            continue;
        if (!headed && strcmp(at, columns) != 0)
            die("%s, line %zu: it is not the line of column names", path, line);
        const char *problem = headed ? add(to, at) : NULL;
        if (problem)
            die("%s, line %zu: %s", path, line, problem);
        headed = 1;
    }
    free(text);
}

void published_read(struct published *p, const char *path)
{
    p->n = 0;
    read_table(p, path, header, add_cell);
    if (p->n == 0)
        die("%s: it has no values", path);
    if (!epochs_alike(p))
        die("%s: its epochs do not have the same values, so rows are missing", path);
}

/* The rows come network by network, each with all its layers. */
static const char *add_end(void *to, const char *row)
{
    struct published_ends *e = to;
    size_t k, l;
    double i_xt, i_ty;
    if (!number_read_count(&row, &k, '\t', 0, PUBLISHED_MAX_NETWORKS - 1) ||
        !number_read_count(&row, &l, '\t', 1, NET_MAX_LAYERS) ||
        !number_read(&row, &i_xt, '\t', 0.0, 64.0) || !number_read(&row, &i_ty, '\0', 0.0, 64.0))
        return "wanted a network, a layer, and its information on input and label";
    if (k == e->networks && l == 1)
        e->networks++;
    if (k == 0 && l == e->layers + 1)
        e->layers++;
    if (k + 1 != e->networks || l > e->layers)
        return "it is out of order";
    e->i_xt[k][l - 1] = i_xt;
    e->i_ty[k][l - 1] = i_ty;
    e->rows++;
    return NULL;
}

void published_read_ends(struct published_ends *ends, const char *path)
{
    *ends = (struct published_ends){.rows = 0};
    read_table(ends, path, "network\tlayer\ti_xt\ti_ty", add_end);
    if (ends->rows == 0 || ends->rows != ends->networks * ends->layers)
        die("%s: networks or layers are missing", path);
}

size_t published_laggards(int *lags, const double *x, size_t n)
{
    const double limit = 1.5 * stats_median(x, n);
    size_t count = 0;
    for (size_t k = 0; k < n; k++) {
        lags[k] = x[k] > limit;
        count += (size_t)lags[k];
    }
    return count;
}

/* ---- comparing ---- */

static double value_of(const struct run_row *row, const struct published_cell *c)
{
    const struct information *t = &row->information[c->layer - 1];
    return c->quantity == PUBLISHED_I_XT   ? t->i_xt
           : c->quantity == PUBLISHED_I_TY ? t->i_ty
                                           : row->train_accuracy;
}

/*[ value ]*/
double published_value(const struct run_record *r, const struct published_cell *c)
{
    const size_t epoch = c->epoch + 1; /* of ours: so many have been trained */
    if (c->layer > r->layers)
        return (double)NAN;
    if (r->rows == 1)
        return value_of(&r->row[0], c);
    size_t i = 1;
    while (i < r->rows && r->row[i].epoch < epoch)
        i++;
    if (i == r->rows)
        return (double)NAN;
    const struct run_row *before = &r->row[i - 1], *after = &r->row[i];
    const double share = (double)(epoch - before->epoch) / (double)(after->epoch - before->epoch);
    return (1.0 - share) * value_of(before, c) + share * value_of(after, c);
}
/*[ end ]*/

double *published_values(const struct published *p, const struct run_record *record, size_t n)
{
    double *x = memory_array(n * p->n, sizeof *x, "values");
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < p->n; i++)
            x[k * p->n + i] = published_value(&record[k], &p->cell[i]);
    return x;
}

/* Mean, standard deviation, and the fourth moment over the square of the variance. */
struct moments {
    double mean, sd, kurtosis;
};

static struct moments moments_of(const double *x, size_t n)
{
    double sum = 0.0, square = 0.0, fourth = 0.0;
    for (size_t k = 0; k < n; k++)
        sum += x[k];
    const double mean = sum / (double)n;
    for (size_t k = 0; k < n; k++) {
        const double d = (x[k] - mean) * (x[k] - mean);
        square += d;
        fourth += d * d;
    }
    const double variance = n > 1 ? square / (double)(n - 1) : 0.0;
    return (struct moments){mean, sqrt(variance), fourth / (double)n / (variance * variance)};
}

/* The logarithm of a standard deviation has the variance (kappa - 1)/(4n), kappa the kurtosis: that of our
 * networks stands for both. */
static double deviation_z(const struct published_cell *c, const struct moments *ours, size_t n,
                          double rounding)
{
    if (!(ours->sd > 0.0 && c->sd > 0.0))
        return (double)NAN;
    const double variance = 0.25 * fmax(0.0, ours->kurtosis - 1.0), step = rounding / c->sd;
    return log(ours->sd / c->sd) /
           sqrt(variance * (1.0 / (double)n + 1.0 / (double)c->networks) + step * step / 12.0);
}

/*[ compare ]*/
struct published_match published_compare(const struct published_cell *c, const double *x, size_t n,
                                         double rounding)
{
    const struct moments ours = moments_of(x, n);
    const double theirs = isnan(c->sd) ? ours.sd : c->sd;
    const double error = sqrt(ours.sd * ours.sd / (double)n +
                              theirs * theirs / (double)c->networks + rounding * rounding / 12.0);
    return (struct published_match){.mean = ours.mean,
                                    .sd = ours.sd,
                                    .error = error,
                                    .z = (ours.mean - c->mean) / error,
                                    .z_sd = deviation_z(c, &ours, n, rounding)};
}
/*[ end ]*/

void published_count(struct published_tally *t, const struct published_match *m, double rounding,
                     const struct published_rule *rule)
{
    if (isnan(m->z))
        return;
    const int agrees = fabs(m->z) <= rule->errors, open = m->sd > rounding;
    t->cells++;
    t->agree += (size_t)agrees;
    t->open += (size_t)open;
    t->open_agree += (size_t)(open && agrees);
    t->deviations += (size_t)!isnan(m->z_sd);
    t->deviations_agree += (size_t)(fabs(m->z_sd) <= rule->errors);
}

/* ---- tables as a whole ---- */

/* Groups of our networks, drawn and compared. */
struct drawing {
    const struct published *p;
    const struct published_rule *rule;
    size_t n;
    double rounding;
    double *x;     /* (p->n, n): the values of a cell together */
    double *value; /* of a cell in a group */
};

static struct drawing drawing_of(const struct published *p, const double *x, size_t n,
                                 double rounding, const struct published_rule *rule)
{
    size_t most = n; /* networks of a group */
    for (size_t i = 0; i < p->n; i++)
        most = p->cell[i].networks > most ? p->cell[i].networks : most;
    const struct drawing d = {p,
                              rule,
                              n,
                              rounding,
                              memory_array(n * p->n, sizeof *d.x, "values"),
                              memory_array(most, sizeof *d.value, "networks")};
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < p->n; i++)
            d.x[i * n + k] = x[k * p->n + i];
    return d;
}

static void drawing_free(struct drawing *d)
{
    free(d->value);
    free(d->x);
}

/* The values of cell i in a group of n networks. */
static const double *take(const struct drawing *d, size_t i, const size_t *network, size_t n)
{
    for (size_t k = 0; k < n; k++)
        d->value[k] = d->x[i * d->n + network[k]];
    return d->value;
}

/* Compares a group of n networks with the cells; returns the mean distance. */
static double compare_group(struct published_tally *t, const struct drawing *d,
                            const struct published_cell *cell, const size_t *network, size_t n)
{
    double distance = 0.0, of = 0.0;
    *t = (struct published_tally){.cells = 0};
    for (size_t i = 0; i < d->p->n; i++) {
        const struct published_match m =
            published_compare(&cell[i], take(d, i, network, n), n, d->rounding);
        published_count(t, &m, d->rounding, d->rule);
        if (!isnan(m.z) && cell[i].quantity != PUBLISHED_ACCURACY) {
            distance += fabs(m.mean - cell[i].mean);
            of += 1.0;
        }
    }
    return distance / of;
}

/* Of no cells none disagrees. */
static double share_of(size_t agree, size_t cells)
{
    return cells > 0 ? (double)agree / (double)cells : 1.0;
}

static void draw(size_t *network, size_t n, size_t of, gsl_rng *rng)
{
    for (size_t k = 0; k < n; k++)
        network[k] = gsl_rng_uniform_int(rng, of);
}

/* Value, 2.5 % and 97.5 % quantile of x[n], which is put into order. */
static struct stats_interval quantiles(double value, double *x, size_t n)
{
    gsl_sort(x, 1, n);
    return (struct stats_interval){.value = value,
                                   .low = gsl_stats_quantile_from_sorted_data(x, 1, n, 0.025),
                                   .high = gsl_stats_quantile_from_sorted_data(x, 1, n, 0.975)};
}

struct published_shares published_shares(struct published_tally *t, const struct published *p,
                                         const double *x, size_t n, double rounding,
                                         const struct published_rule *rule, size_t resamples,
                                         unsigned long seed)
{
    struct drawing d = drawing_of(p, x, n, rounding, rule);
    double *cells = memory_array(resamples, sizeof *cells, "resamples");
    double *deviations = memory_array(resamples, sizeof *deviations, "resamples");
    double *distance = memory_array(resamples, sizeof *distance, "resamples");
    double *without = memory_array(n, sizeof *without, "networks");
    size_t *network = memory_array(n, sizeof *network, "networks");
    gsl_rng *rng = gsl_rng_alloc(rng_philox);
    gsl_rng_set(rng, seed);
    struct published_tally drawn;
    for (size_t b = 0; b < resamples; b++) {
        draw(network, n, n, rng);
        distance[b] = compare_group(&drawn, &d, p->cell, network, n);
        cells[b] = share_of(drawn.agree, drawn.cells);
        deviations[b] = share_of(drawn.deviations_agree, drawn.deviations);
    }
    for (size_t k = 0; k < n; k++) { /* left out */
        for (size_t i = 0; i + 1 < n; i++)
            network[i] = i < k ? i : i + 1;
        without[k] = compare_group(&drawn, &d, p->cell, network, n - 1);
    }
    for (size_t k = 0; k < n; k++)
        network[k] = k;
    const double own = compare_group(t, &d, p->cell, network, n);
    struct published_shares s = {
        .cells = quantiles(share_of(t->agree, t->cells), cells, resamples),
        .deviations =
            quantiles(share_of(t->deviations_agree, t->deviations), deviations, resamples),
        .distance = stats_bca(own, distance, resamples, without, n)};
    s.cells.n = s.deviations.n = n;
    gsl_rng_free(rng);
    free(network);
    free(without);
    free(distance);
    free(deviations);
    free(cells);
    drawing_free(&d);
    return s;
}

/*[ alike ]*/
struct published_alike published_alike(const struct published *p, const double *x, size_t n,
                                       double rounding, const struct published_rule *rule,
                                       size_t draws, unsigned long seed)
{
    struct drawing d = drawing_of(p, x, n, rounding, rule);
    size_t most = 0; /* networks of theirs */
    for (size_t i = 0; i < p->n; i++)
        most = p->cell[i].networks > most ? p->cell[i].networks : most;
    double *cells = memory_array(draws, sizeof *cells, "draws");
    double *deviations = memory_array(draws, sizeof *deviations, "draws");
    size_t *ours = memory_array(n, sizeof *ours, "networks");
    size_t *theirs = memory_array(most, sizeof *theirs, "networks");
    struct published_cell *mock = memory_array(p->n, sizeof *mock, "cells");
    gsl_rng *rng = gsl_rng_alloc(rng_philox);
    gsl_rng_set(rng, seed);
    for (size_t b = 0; b < draws; b++) {
        draw(ours, n, n, rng);
        draw(theirs, most, n, rng);
        for (size_t i = 0; i < p->n; i++) {
            mock[i] = p->cell[i];
            const struct moments m =
                moments_of(take(&d, i, theirs, mock[i].networks), mock[i].networks);
            mock[i].mean = rounding * round(m.mean / rounding);
            mock[i].sd = isnan(mock[i].sd) ? mock[i].sd : rounding * round(m.sd / rounding);
        }
        struct published_tally t;
        compare_group(&t, &d, mock, ours, n);
        cells[b] = share_of(t.agree, t.cells);
        deviations[b] = share_of(t.deviations_agree, t.deviations);
    }
    struct published_alike a = {.cells = quantiles(stats_mean(cells, draws), cells, draws),
                                .deviations =
                                    quantiles(stats_mean(deviations, draws), deviations, draws)};
    a.cells_least = gsl_stats_quantile_from_sorted_data(cells, 1, draws, rule->chance);
    a.deviations_least = gsl_stats_quantile_from_sorted_data(deviations, 1, draws, rule->chance);
    gsl_rng_free(rng);
    free(mock);
    free(theirs);
    free(ours);
    free(deviations);
    free(cells);
    drawing_free(&d);
    return a;
}
/*[ end ]*/
