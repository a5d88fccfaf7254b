#include "dataset.h"

#include <math.h>
#include <stdlib.h>

#include "entropy.h"

double dataset_p(const struct dataset *d, size_t i, size_t y)
{
    if (d->label)
        return d->label[i] == y;
    if (d->classes > 2)
        return (double)d->py_x[i * d->classes + y];
    return y ? (double)d->py_x[i] : 1.0 - (double)d->py_x[i];
}

void dataset_entropies(struct dataset *d)
{
    double mean[DATASET_MAX_CLASSES] = {0}, h_y_x = 0.0;
    for (size_t i = 0; i < d->n; i++)
        for (size_t y = 0; y < d->classes; y++) {
            const double p = dataset_p(d, i, y);
            mean[y] += p / (double)d->n;
            h_y_x -= entropy_term(p) / (double)d->n;
        }
    d->h_y = 0.0;
    for (size_t y = 0; y < d->classes; y++)
        d->h_y -= entropy_term(mean[y]);
    d->i_xy = d->h_y - h_y_x;
}

const char *dataset_check(const struct dataset *d)
{
    if (d->n < 1 || d->n > DATASET_MAX_INPUTS)
        return "there are not between 1 and 2^20 inputs";
    if (d->classes < 2 || d->classes > DATASET_MAX_CLASSES)
        return "there are not between 2 and 64 classes";
    if (!d->bits == !d->x)
        return "inputs are not in one form, bits or numbers";
    if (d->features < 1 || (d->bits && d->features > DATASET_MAX_BITS))
        return "there are no features, or more bits than a word has";
    if (!d->py_x == !d->label)
        return "labels are not in one form, probabilities or labels";
    if (d->log_odds && d->classes != 2)
        return "there are log-odds of more than two classes";
    for (size_t i = 0; d->bits && d->features < 32 && i < d->n; i++)
        if (d->bits[i] >> d->features)
            return "an input has more bits than there are features";
    for (size_t i = 0; d->counted && i < d->n; i++)
        if (!d->bits || d->bits[i] != i)
            return "the inputs are not their numbers";
    for (size_t k = 0; d->x && k < d->n * d->features; k++)
        if (!isfinite(d->x[k]))
            return "a feature is not finite";
    for (size_t i = 0; i < d->n; i++) {
        double sum = 0.0;
        if (d->label && d->label[i] >= d->classes)
            return "a label is not a class";
        for (size_t y = 0; y < d->classes; y++) {
            const double p = dataset_p(d, i, y);
            if (!(p >= 0.0 && p <= 1.0))
                return "a probability is not between 0 and 1";
            sum += p;
        }
        if (fabs(sum - 1.0) > 1e-5)
            return "the probabilities of an input do not add up to 1";
    }
    return NULL;
}

void dataset_free(struct dataset *d)
{
    free(d->memory);
    *d = (struct dataset){0};
}
