#include "tasks.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "icosahedron.h"
#include "memory.h"
#include "number.h"
#include "random.h"
#include "relevant.h"

static const char *make_icosahedron(struct dataset *d, const char *what)
{
    double i_xy = 0.0;
    const int hard = strcmp(what, "hard") == 0;
    if (!hard && !number_read(&what, &i_xy, '\0', 0.0, 1.0))
        return "icosahedron: wanted the information of the smooth rule, in bits, or hard";
    struct task *task = memory_array(1, sizeof *task, "tasks");
    if (task_init(task, hard ? TASK_HARD : TASK_SMOOTH, i_xy) != 0) {
        free(task);
        return "icosahedron: no smooth rule carries so much information";
    }
    task_view(d, task);
    d->memory = task;
    return NULL;
}

static const char *make_random(struct dataset *d, const char *what)
{
    size_t features, classes, n, seed;
    if (!number_read_count(&what, &features, ':', 1, 1 << 16) ||
        !number_read_count(&what, &classes, ':', 2, DATASET_MAX_CLASSES) ||
        !number_read_count(&what, &n, ':', 1, DATASET_MAX_INPUTS) ||
        !number_read_count(&what, &seed, '\0', 0, SIZE_MAX))
        return "random: wanted FEATURES:CLASSES:N:SEED";
    random_make(d, features, classes, n, seed);
    return NULL;
}

static const char *make_relevant(struct dataset *d, const char *what)
{
    size_t relevant, bits, seed;
    double probability;
    if (!number_read_count(&what, &relevant, ':', 1, RELEVANT_MAX_BITS) ||
        !number_read_count(&what, &bits, ':', relevant, RELEVANT_MAX_BITS) ||
        !number_read(&what, &probability, ':', 0.5, 1.0) || !(probability < 1.0) ||
        !(probability > 0.5) || !number_read_count(&what, &seed, '\0', 0, SIZE_MAX))
        return "relevant: wanted RELEVANT:BITS:PROBABILITY:SEED, at most 16 bits, .5 < PROBABILITY "
               "< 1";
    relevant_make(d, relevant, bits, probability, seed);
    return NULL;
}

static const struct {
    const char *name;
    const char *(*make)(struct dataset *, const char *what);
} table[] = {
    {"icosahedron", make_icosahedron},
    {"random", make_random},
    {"relevant", make_relevant},
};

const char *tasks_make(struct dataset *d, const char *text)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const size_t length = strlen(table[i].name);
        if (strncmp(text, table[i].name, length) == 0 && text[length] == ':')
            return table[i].make(d, text + length + 1);
    }
    return "no maker of data sets has this name";
}
