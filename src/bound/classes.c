#include "classes.h"

#include <stdlib.h>

#include "die.h"
#include "memory.h"

struct source *classes_source(const struct task *task, double gamma)
{
    double px[TASK_CLASSES], odds[TASK_CLASSES];
    for (size_t c = 0; c < TASK_CLASSES; c++) {
        px[c] = task->size[c];
        odds[c] = task_log_odds(task->f[c], (double)(float)gamma);
    }
    return source_alloc_odds(px, odds, TASK_CLASSES, 2);
}

struct encoder *classes_encoder(const struct source *source, const struct task *task,
                                const uint32_t *id, size_t values)
{
    double *count =
        memory_array(TASK_CLASSES * values, sizeof *count, "counts"); /* (class, value) */
    for (size_t k = 0; k < TASK_PATTERNS; k++)
        count[task->class[k] * values + id[k]] += 1.0;
    struct encoder *layer = encoder_alloc(source, count, values);
    if (!layer)
        die("a layer is no encoder");
    free(count);
    return layer;
}
