/* verdict.h -- how a claim comes out. */
#ifndef VERDICT_H
#define VERDICT_H

#include "report.h"

enum verdict { VERDICT_NOT, VERDICT_PARTLY, VERDICT_REPRODUCED };

/* From how many of a rule's conditions hold: all, some or none. */
enum verdict verdict_of(size_t held, size_t conditions);

/* "not reproduced", "partly reproduced", "reproduced". */
const char *verdict_text(enum verdict v);

/* Reports the verdict under the key and prints it to stdout. */
void verdict_report(struct report *r, enum verdict v, const char *key, const char *claim);

#endif
