#include "estimator.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bins.h"
#include "die.h"

/* Every kind of estimator, one line each. */
static const struct estimator_kind *const kinds[] = {
    &bins_kind,
    &bins_edges_kind,
    NULL,
};

int estimator_named(const char *spec, const char *name)
{
    const size_t n = strlen(name);
    return strncmp(spec, name, n) == 0 && (spec[n] == '\0' || spec[n] == ':');
}

int estimator_numbers(double *x, size_t n, const char *spec)
{
    const char *at = spec + strcspn(spec, ":");
    for (size_t i = 0; i < n; i++) {
        char *stop;
        if (*at != ':' || strchr(" \t\n\v\f\r", at[1]))
            return -1;
        x[i] = strtod(at + 1, &stop);
        if (stop == at + 1 || !isfinite(x[i]))
            return -1;
        at = stop;
    }
    return *at == '\0' ? 0 : -1;
}

static const struct estimator_kind *kind_of(const char *spec)
{
    size_t i = 0;
    while (kinds[i] && !estimator_named(spec, kinds[i]->name))
        i++;
    return kinds[i];
}

const char *estimator_check(const char *spec)
{
    const struct estimator_kind *kind = kind_of(spec);
    const char *problem = "there is no estimator of this name";
    if (strlen(spec) >= ESTIMATOR_TEXT_MAX)
        return "the name of the estimator is too long";
    if (kind)
        kind->start(&problem, spec, NULL);
    return problem;
}

const char *estimator_module(const char *spec)
{
    const struct estimator_kind *kind = kind_of(spec);
    if (!kind)
        die("there is no estimator %s", spec);
    return kind->module;
}

void estimator_start(struct estimator *e, const char *spec, const struct dataset *d)
{
    const char *problem = estimator_check(spec);
    if (problem)
        die("estimator %s: %s", spec, problem);
    e->kind = kind_of(spec);
    e->state = e->kind->start(&problem, spec, d);
}

void estimator_end(struct estimator *e)
{
    e->kind->end(e->state);
}

struct information estimator_measure(struct estimator *e, const struct layers *w, size_t l,
                                     const float *param)
{
    return e->kind->measure(e->state, w, l, param);
}
