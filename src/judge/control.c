#include "control.h"

#include <math.h>

/* The weights into layer l, counted from 0; biases left out. */
static double weights(const struct config *c, size_t l)
{
    return (double)(c->width[l] * c->width[l + 1]);
}

/*[ step ]*/
double control_step(const struct run_row *row, size_t l, const struct config *c, size_t inputs)
{
    const double batches = (double)config_batches(c, inputs);
    const double mean = row->gradient[l].mean, deviation = row->gradient[l].deviation;
    if (c->optimiser != OPTIMISER_SGD)
        return (double)NAN;
    return c->rate * sqrt(mean * mean + (batches - 1.0) / batches * deviation * deviation +
                          weights(c, l) * c->gradient_noise * c->gradient_noise);
}

double control_dose(const struct run_row *row, size_t from, size_t to, const struct config *c,
                    size_t inputs)
{
    double square = 0.0, n = 0.0;
    for (size_t l = from; l < to; l++) {
        square += row->gradient[l].deviation * row->gradient[l].deviation;
        n += weights(c, l);
    }
    return sqrt(square / n / (double)config_batches(c, inputs));
}
/*[ end ]*/

/*[ cut ]*/
struct control_cut control_cut(const struct run_record *r, size_t l, size_t row,
                               const struct config *c, size_t inputs)
{
    const struct run_row *at = &r->row[row];
    return (struct control_cut){.fall = fall_until(r, l, row),
                                .epoch = (double)at->epoch,
                                .loss = at->loss,
                                .growth = at->weight_norm[l] / r->row[0].weight_norm[l],
                                .step = control_step(at, l, c, inputs)};
}
/*[ end ]*/

/*[ equal ]*/
static double largest_norm(const struct run_record *r, size_t l)
{
    double largest = 0.0;
    for (size_t i = 0; i < r->rows; i++)
        largest = fmax(largest, r->row[i].weight_norm[l]);
    return largest;
}

/* The first row with a norm of at least so much; there must be one. */
static size_t comes_up_to(const struct run_record *r, size_t l, double norm)
{
    size_t row = 0;
    while (r->row[row].weight_norm[l] < norm)
        row++;
    return row;
}

static struct fall_rows equal_norm(const struct run_record *a, const struct run_record *b, size_t l)
{
    const double norm = fmin(largest_norm(a, l), largest_norm(b, l));
    return (struct fall_rows){comes_up_to(a, l, norm), comes_up_to(b, l, norm)};
}

struct fall_rows control_rows(enum control_terms terms, const struct run_record *a,
                              const struct run_record *b, size_t l)
{
    const struct fall_rows ends = {a->rows - 1, b->rows - 1};
    return terms == CONTROL_LOSS   ? fall_equal_loss(a, b)
           : terms == CONTROL_NORM ? equal_norm(a, b, l)
                                   : ends;
}
/*[ end ]*/

/* The row that a network has in the pair with the one of the largest of the smallest losses is its
 * earliest: the other pairs go down to smaller losses. */
void control_equal_loss(size_t *row, const struct run_record *const *member, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        row[i] = member[i]->rows;
        for (size_t j = 0; j < n; j++) {
            const size_t in_pair = fall_equal_loss(member[i], member[j]).a;
            row[i] = in_pair < row[i] ? in_pair : row[i];
        }
    }
}

size_t control_row_at_loss(const struct run_record *r, double loss)
{
    size_t row = 0;
    while (row < r->rows && r->row[row].loss > loss)
        row++;
    return row;
}
