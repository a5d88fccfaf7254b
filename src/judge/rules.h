/* rules.h -- what the claims are held to: every threshold of every verdict, once for the whole paper and
 * for both scales.  What a number means is said where its struct is declared. */
#ifndef RULES_H
#define RULES_H

#include "arrival.h"
#include "bend.h"
#include "drift.h"
#include "fall.h"
#include "place.h"
#include "published.h"
#include "relaxation.h"
#include "slowing.h"

struct rules {
    struct fall_rule fall;             /* claim i; and claim ii, of networks without noise */
    struct drift_rule drift;           /* claim ii */
    struct place_rule place;           /* claim iii */
    struct bend_rule bend;             /* the original's Fig. 7 */
    struct arrival_rule arrival;       /* claim iv */
    struct relaxation_rule relaxation; /* claim iv */
    struct slowing_rule slowing;       /* claim v */
    struct published_rule published;   /* the values stored with the original's program */
};

extern const struct rules rules;

#endif
