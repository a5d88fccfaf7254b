#include "verdict.h"

#include <gsl/gsl_sort.h>
#include <math.h>

const char *verdict_text(enum verdict v)
{
    static const char *const text[] = {"not reproduced", "undecided", "partly reproduced",
                                       "reproduced"};
    return text[v];
}

size_t verdict_conditions(const struct verdict_rule *rule)
{
    size_t n = 0;
    while (n < VERDICT_MAX_CONDITIONS && rule->condition[n].number)
        n++;
    return n;
}

/*[ judge ]*/
enum verdict_state verdict_state(const struct verdict_condition *c, struct stats_interval x)
{
    const double limit = c->limit, upper = c->upper;
    int holds = 0, fails = 0; /* comparisons with NaN are false: open */
    switch (c->side) {
    case VERDICT_ABOVE: holds = x.low > limit, fails = x.high < limit; break;
    case VERDICT_BELOW: holds = x.high<limit, fails = x.low> limit; break;
    case VERDICT_BETWEEN:
        holds = x.low > limit && x.high < upper, fails = x.high < limit || x.low > upper;
        break;
    case VERDICT_OUTSIDE:
        holds = x.high < limit || x.low > upper, fails = x.low > limit && x.high < upper;
        break;
    }
    return holds ? VERDICT_HOLDS : fails ? VERDICT_FAILS : VERDICT_OPEN;
}

enum verdict verdict_judge(const struct verdict_rule *rule, const struct stats_interval *x)
{
    const size_t n = verdict_conditions(rule);
    size_t of[3] = {0}, central[3] = {0}; /* conditions by their state */
    for (size_t i = 0; i < n; i++) {
        const enum verdict_state s = verdict_state(&rule->condition[i], x[i]);
        of[s]++;
        central[s] += rule->condition[i].central != 0;
    }
    if (central[VERDICT_FAILS] > 0)
        return VERDICT_NOT;
    if (central[VERDICT_OPEN] > 0 || central[VERDICT_HOLDS] == 0)
        return VERDICT_UNDECIDED;
    return of[VERDICT_HOLDS] == n       ? VERDICT_REPRODUCED
           : 2 * of[VERDICT_HOLDS] >= n ? VERDICT_PARTLY
                                        : VERDICT_UNDECIDED;
}
/*[ end ]*/

/* The condition with its limit at another place. */
static struct verdict_condition moved(struct verdict_condition c, double limit)
{
    c.upper = c.limit > 0.0 && c.upper > 0.0 && limit > 0.0 ? limit * (c.upper / c.limit)
                                                            : limit + (c.upper - c.limit);
    c.limit = limit;
    return c;
}

struct verdict_range verdict_profile(const struct verdict_rule *rule,
                                     const struct stats_interval *x, size_t c)
{
    const struct verdict_condition own = rule->condition[c];
    const double upper_of_1 = moved(own, 1.0).upper; /* upper limit for a limit of 1 */
    const int ratio = own.limit > 0.0 && own.upper > 0.0;
    const enum verdict is = verdict_judge(rule, x);
    struct verdict_rule other = *rule;
    struct verdict_range range = {-INFINITY, INFINITY};

    /* the limits at which one of the two meets an end of the interval: only there can it turn */
    double turn[4] = {x[c].low, x[c].high};
    size_t n = 2;
    if (own.side == VERDICT_BETWEEN || own.side == VERDICT_OUTSIDE)
        for (; n < 4; n++)
            turn[n] = ratio ? turn[n - 2] / upper_of_1 : turn[n - 2] - (own.upper - own.limit);
    gsl_sort(turn, 1, n);

    /* outwards from its own limit: past a turn if the verdict is the same half way to the next one */
    for (size_t i = 0; i < n; i++) {
        const double past = i + 1 < n ? 0.5 * (turn[i] + turn[i + 1]) : turn[i] + fabs(turn[i]) + 1;
        other.condition[c] = moved(own, past);
        if (turn[i] > own.limit && verdict_judge(&other, x) != is) {
            range.high = turn[i];
            break;
        }
    }
    for (size_t i = n; i-- > 0;) {
        const double past = i > 0   ? 0.5 * (turn[i] + turn[i - 1])
                            : ratio ? 0.5 * turn[i]
                                    : turn[i] - fabs(turn[i]) - 1;
        other.condition[c] = moved(own, past);
        if (turn[i] < own.limit && verdict_judge(&other, x) != is) {
            range.low = turn[i];
            break;
        }
    }
    return range;
}
