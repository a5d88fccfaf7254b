/* verdict.h -- how a claim comes out. */
#ifndef VERDICT_H
#define VERDICT_H

#include <stddef.h>

enum verdict { VERDICT_NOT, VERDICT_PARTLY, VERDICT_REPRODUCED };

/* From how many of a rule's conditions hold: all, some or none.  A rule without conditions asks
 * nothing, so it shows nothing: VERDICT_NOT. */
enum verdict verdict_of(size_t held, size_t conditions);

/* "not reproduced", "partly reproduced", "reproduced". */
const char *verdict_text(enum verdict v);

#endif
