#include "source.h"

#include <math.h>
#include <stdlib.h>

#include "die.h"

struct bottleneck *source_alloc(const struct task *task, double gamma)
{
    double px[TASK_CLASSES], py_x[2 * TASK_CLASSES];
    for (size_t c = 0; c < TASK_CLASSES; c++) {
        px[c] = task->size[c];
        py_x[2 * c + 1] = (double)(float)task_smooth(task->f[c], gamma);
        py_x[2 * c] = 1.0 - py_x[2 * c + 1];
    }
    return bottleneck_alloc(px, py_x, TASK_CLASSES, 2);
}

double source_curve(struct bottleneck_point *point, size_t n, struct bottleneck *b, double origin,
                    double low, double high)
{
    double gap = 0.0;
    for (size_t i = 0; i < n; i++) {
        const double beta = origin + low * pow(high / low, (double)i / (double)(n - 1));
        if (i > 0)
            point[i] = point[i - 1];
        else
            point[i].clusters = 0;
        if (bottleneck_solve(&point[i], b, beta) != 0)
            die("the bottleneck has no solution at beta = %g", beta);
        gap = fmax(gap, point[i].gap);
    }
    return gap;
}

struct encoder *source_encoder(const struct bottleneck *b, const struct task *task,
                               const uint32_t *id, size_t values)
{
    double *count = calloc(TASK_CLASSES * values, sizeof *count); /* (class, value) */
    if (!count)
        die("memory is short");
    for (size_t k = 0; k < TASK_PATTERNS; k++)
        count[task->class[k] * values + id[k]] += 1.0;
    struct encoder *layer = encoder_alloc(b, count, values);
    if (!layer)
        die("a layer is no encoder");
    free(count);
    return layer;
}
