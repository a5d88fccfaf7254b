#include "sign.h"

#include "bins.h"

static void *start(const char **problem, const char *spec, const struct dataset *d)
{
    struct bins halves;
    *problem = estimator_numbers(NULL, 0, spec) == 0 ? NULL : "sign has no parameters";
    bins_equal(&halves, 2, -1.0F, 1.0F);
    return *problem || !d ? NULL : bins_new(&halves, d);
}

static struct information measure(void *state, const struct layers *w, size_t l, const float *param)
{
    (void)param;
    return bins_information(state, layers_row(w, l), w->step, w->shape.width[l]);
}

static void end(void *state)
{
    bins_free(state);
}

const struct estimator_kind sign_kind = {.name = "sign",
                                         .module = "sign",
                                         .form = "sign",
                                         .meaning = "whether each activation is above 0",
                                         .start = start,
                                         .measure = measure,
                                         .end = end};
