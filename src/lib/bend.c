#include "bend.h"

/*[ measure ]*/
struct bend bend_of(const double *i_xt, const double *share, size_t n, const struct bend_rule *rule)
{
    double sum = 0.0;
    size_t middle = 0;
    for (size_t i = 0; i < n; i++)
        if (share[i] >= rule->low && share[i] <= rule->high) {
            sum += i_xt[i];
            middle++;
        }
    const double level = sum / (double)middle;
    return (struct bend){.small = i_xt[0] - level, .large = i_xt[n - 1] - level};
}
/*[ end ]*/

/*[ verdict ]*/
enum verdict bend_verdict(const struct stats_interval *small, const struct stats_interval *large,
                          size_t hidden, const struct bend_rule *rule)
{
    size_t held = 0;
    for (size_t l = hidden - rule->layers; l < hidden; l++)
        held += (size_t)(small[l].low > rule->bits) + (size_t)(large[l].low > rule->bits);
    return verdict_of(held, 2 * rule->layers);
}
/*[ end ]*/
