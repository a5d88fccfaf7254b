#include "bend.h"

/*[ measure ]*/
void bend_of(double *bend, const double *i_xt, const double *share, size_t n,
             const struct bend_rule *rule)
{
    double sum = 0.0;
    size_t middle = 0;
    for (size_t i = 0; i < n; i++)
        if (share[i] >= rule->low && share[i] <= rule->high) {
            sum += i_xt[i];
            middle++;
        }
    for (size_t i = 0; i < n; i++)
        bend[i] = i_xt[i] - sum / (double)middle;
}
/*[ end ]*/
