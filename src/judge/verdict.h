/* verdict.h -- how a claim comes out: conditions on intervals, and the word that they make.
 *
 * A condition names a number of the paper and the side of a limit on which the claim wants it.  It
 * holds if the number's whole 95 % interval lies there, fails if the whole interval lies on the other
 * side, and is open if the interval touches or straddles the limit or is not a number.  Central are the
 * conditions without which the claim is nothing.
 *
 *     reproduced      every condition holds
 *     not reproduced  a central condition fails
 *     partly          all central conditions hold, and at least half of all conditions
 *     undecided       all else: a central condition is open, or they hold and most others do not
 *
 * So ignorance is "undecided", never for or against a claim. */
#ifndef VERDICT_H
#define VERDICT_H

#include <stddef.h>

#include "stats.h"

enum verdict { VERDICT_NOT, VERDICT_UNDECIDED, VERDICT_PARTLY, VERDICT_REPRODUCED };

/* "not reproduced", "undecided", "partly reproduced", "reproduced". */
const char *verdict_text(enum verdict v);

enum verdict_side {
    VERDICT_ABOVE,   /* the interval is to lie above the limit */
    VERDICT_BELOW,   /* below it */
    VERDICT_BETWEEN, /* above the limit and below `upper` */
    VERDICT_OUTSIDE  /* below the limit or above `upper` */
};

struct verdict_condition {
    int central;
    const char *number; /* its key below the claim, as in data/<claim>.num */
    enum verdict_side side;
    double limit, upper; /* upper: of VERDICT_BETWEEN and VERDICT_OUTSIDE */
};

enum { VERDICT_MAX_CONDITIONS = 16 };

struct verdict_rule {
    const char *claim, *key; /* the program that asks, and the verdict's key below it */
    const char *says;        /* what is claimed, as a sentence */
    struct verdict_condition condition[VERDICT_MAX_CONDITIONS]; /* to the first without a number */
};

/* How many conditions a rule has. */
size_t verdict_conditions(const struct verdict_rule *rule);

enum verdict_state { VERDICT_FAILS, VERDICT_OPEN, VERDICT_HOLDS };

/* Whether a condition holds for an interval. */
enum verdict_state verdict_state(const struct verdict_condition *c, struct stats_interval x);

/* The verdict from the intervals x of the conditions, in their order.  A rule without a central
 * condition asks nothing, so it shows nothing: undecided. */
enum verdict verdict_judge(const struct verdict_rule *rule, const struct stats_interval *x);

/* The profile: the open range of limits of condition c, around its own, over which the verdict stays the
 * same word, all else being equal; ends may be infinite.  VERDICT_BETWEEN and VERDICT_OUTSIDE keep the
 * ratio of their limits if both are positive, else their distance. */
struct verdict_range {
    double low, high;
};
struct verdict_range verdict_profile(const struct verdict_rule *rule,
                                     const struct stats_interval *x, size_t c);

#endif
