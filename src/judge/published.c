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
static const char *add_cell(struct published *p, const char *row)
{
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
            int found = 0; /* value i at the epoch of j */
            for (size_t k = 0; k < p->n; k++)
                found |=
                    p->cell[k].epoch == p->cell[j].epoch && same_value(&p->cell[k], &p->cell[i]);
            if (!found)
                return 0;
        }
    return 1;
}

void published_read(struct published *p, const char *path)
{
    size_t size, line = 0;
    char *text = file_read(path, &size), *end;
    if (!text)
        die_errno("cannot read %s", path);
    if (strlen(text) != size)
        die("%s: it has a zero byte, so it is no text", path);
    p->n = 0;
    int headed = 0;
    for (char *at = text; *at != '\0'; at = end + 1) {
        line++;
        end = strchr(at, '\n');
        if (!end)
            die("%s, line %zu: it is cut off", path, line);
        *end = '\0';
        if (*at == '#')
            continue;
        const char *problem = NULL;
        if (headed)
            problem = add_cell(p, at);
        else if (strcmp(at, header) != 0)
            problem = "it is not the line of column names: quantity epoch layer mean sd networks";
        if (problem)
            die("%s, line %zu: %s", path, line, problem);
        headed = 1;
    }
    free(text);
    if (p->n == 0)
        die("%s: it has no values", path);
    if (!epochs_alike(p))
        die("%s: its epochs do not have the same values, so rows are missing", path);
}

/* ---- comparing ---- */

double published_value(const struct run_record *r, const struct published_cell *c)
{
    for (size_t i = 0; i < r->rows && c->layer <= r->layers; i++)
        if (r->row[i].epoch == c->epoch) {
            const struct information *t = &r->row[i].information[c->layer - 1];
            return c->quantity == PUBLISHED_I_XT   ? t->i_xt
                   : c->quantity == PUBLISHED_I_TY ? t->i_ty
                                                   : r->row[i].train_accuracy;
        }
    return (double)NAN;
}

double *published_values(const struct published *p, const struct run_record *record, size_t n)
{
    double *x = memory_array(n * p->n, sizeof *x, "values");
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < p->n; i++)
            x[k * p->n + i] = published_value(&record[k], &p->cell[i]);
    return x;
}

/* The logarithm of a standard deviation has the variance (kappa - 1)/(4n), kappa the fourth moment over
 * the square of the second: that of our networks stands for both.  GSL's is less 3. */
static double deviation_z(const struct published_cell *c, const double *x, size_t n, double sd,
                          double rounding)
{
    if (!(sd > 0.0 && c->sd > 0.0))
        return (double)NAN;
    const double variance = 0.25 * (gsl_stats_kurtosis(x, 1, n) + 2.0), step = rounding / c->sd;
    return log(sd / c->sd) /
           sqrt(variance * (1.0 / (double)n + 1.0 / (double)c->networks) + step * step / 12.0);
}

/*[ compare ]*/
struct published_match published_compare(const struct published_cell *c, const double *x, size_t n,
                                         double rounding)
{
    struct published_match m = {.mean = stats_mean(x, n), .sd = stats_sd(x, n)};
    const double theirs = isnan(c->sd) ? m.sd : c->sd;
    m.error = sqrt(m.sd * m.sd / (double)n + theirs * theirs / (double)c->networks +
                   rounding * rounding / 12.0);
    m.z = (m.mean - c->mean) / m.error;
    m.z_sd = deviation_z(c, x, n, m.sd, rounding);
    return m;
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

/*[ verdict ]*/
enum verdict published_verdict(const struct published_tally *t, const struct published_rule *rule)
{
    const double share = (double)t->agree / (double)t->cells;
    return share >= rule->reproduced ? VERDICT_REPRODUCED
           : share >= rule->partly   ? VERDICT_PARTLY
                                     : VERDICT_NOT;
}
/*[ end ]*/

/* to[i] = value of one cell in n networks drawn with replacement: network[i] of x, (.., cells). */
static void take(double *to, const size_t *network, size_t n, const double *x, size_t cells)
{
    for (size_t i = 0; i < n; i++)
        to[i] = x[network[i] * cells];
}

struct published_alike published_alike(const struct published *p, const double *x, size_t n,
                                       double rounding, const struct published_rule *rule,
                                       size_t draws, unsigned long seed)
{
    size_t most = n; /* networks of a group */
    for (size_t i = 0; i < p->n; i++)
        most = p->cell[i].networks > most ? p->cell[i].networks : most;
    double *share = memory_array(draws, sizeof *share, "draws");
    double *value = memory_array(most, sizeof *value, "networks");
    size_t *ours = memory_array(most, sizeof *ours, "networks");
    size_t *theirs = memory_array(most, sizeof *theirs, "networks");
    gsl_rng *rng = gsl_rng_alloc(rng_philox);
    gsl_rng_set(rng, seed);
    struct published_alike a = {.reproduced = 0.0};
    for (size_t d = 0; d < draws; d++) {
        for (size_t k = 0; k < most; k++) {
            ours[k] = gsl_rng_uniform_int(rng, n);
            theirs[k] = gsl_rng_uniform_int(rng, n);
        }
        struct published_tally t = {0};
        for (size_t i = 0; i < p->n; i++) {
            struct published_cell c = p->cell[i];
            take(value, theirs, c.networks, x + i, p->n);
            c.mean = rounding * round(stats_mean(value, c.networks) / rounding);
            c.sd = isnan(c.sd) ? c.sd : stats_sd(value, c.networks);
            take(value, ours, n, x + i, p->n);
            const struct published_match m = published_compare(&c, value, n, rounding);
            published_count(&t, &m, rounding, rule);
        }
        share[d] = (double)t.agree / (double)t.cells;
        a.reproduced += published_verdict(&t, rule) == VERDICT_REPRODUCED;
    }
    a.reproduced /= (double)draws;
    gsl_sort(share, 1, draws);
    a.share = (struct stats_interval){
        .value = stats_mean(share, draws),
        .low = gsl_stats_quantile_from_sorted_data(share, 1, draws, 0.025),
        .high = gsl_stats_quantile_from_sorted_data(share, 1, draws, 0.975)};
    gsl_rng_free(rng);
    free(theirs);
    free(ours);
    free(value);
    free(share);
    return a;
}
