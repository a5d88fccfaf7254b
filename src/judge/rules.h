/* rules.h -- what the claims are held to: every threshold of every verdict, once for the whole paper and
 * for both scales.  What a number means is said where its struct is declared. */
#ifndef RULES_H
#define RULES_H

#include "arrival.h"
#include "bend.h"
#include "drift.h"
#include "fall.h"
#include "published.h"
#include "relaxation.h"
#include "slowing.h"
#include "verdict.h"

struct rules {
    struct fall_rule fall;             /* claim i; and claim ii, of networks without noise */
    struct drift_rule drift;           /* claim ii */
    struct bend_rule bend;             /* the original's Fig. 7 */
    struct arrival_rule arrival;       /* claim iv */
    struct relaxation_rule relaxation; /* claim iv */
    struct slowing_rule slowing;       /* claim v */
    struct published_rule published;   /* the values stored with the original's program */
};

extern const struct rules rules;

/* ---- verdicts ---- */

extern const struct verdict_rule rules_verdict[]; /* (rules_verdicts) */
extern const size_t rules_verdicts;

/* The rule of a claim with this key; dies if there is none. */
const struct verdict_rule *rules_find(const char *claim, const char *key);

/* Whether a claim has rules. */
int rules_asked(const char *claim);

/* ---- draws ---- */

/* Which networks a set has.  Sets of one draw are compared network by network; sets whose agreement is
 * to count as found twice have draws of their own. */
enum rules_draw {
    RULES_MAIN,     /* the recipe as described, and what is compared with it */
    RULES_GRID,     /* the settings among which the recipe was chosen */
    RULES_CODED,    /* the recipe of the stored values */
    RULES_RELEASED, /* the recipe of the released program */
    RULES_DRAWS
};

/* The seed of a draw, at full or quick scale: never the same for two. */
unsigned long rules_seed(int full, enum rules_draw draw);

#endif
