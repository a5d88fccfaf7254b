#include "decoder.h"

#include <math.h>
#include <stdlib.h>

#include "lanes.h"
#include "memory.h"

/*[ measure ]*/
double decoder_divergence(const uint32_t *id, size_t values, const double *p, const double *q,
                          size_t n, size_t classes)
{
    double *label = memory_array(values * classes, sizeof *label, "values of a layer");
    double *answer = memory_array(values * classes, sizeof *answer, "values of a layer");
    for (size_t k = 0; k < n; k++)
        for (size_t y = 0; y < classes; y++) {
            label[id[k] * classes + y] += p[k * classes + y];
            answer[id[k] * classes + y] += fmax(q[k * classes + y], 0x1p-126);
        }
    double sum = 0.0; /* the number of inputs of a value cancels within the logarithm */
    for (size_t i = 0; i < values * classes; i++)
        if (label[i] > 0.0)
            sum += label[i] * lanes_log2(label[i] / answer[i]);
    free(answer);
    free(label);
    return fmax(0.0, sum / (double)n);
}
/*[ end ]*/
