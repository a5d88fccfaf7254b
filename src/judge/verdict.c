#include "verdict.h"

enum verdict verdict_of(size_t held, size_t conditions)
{
    return held == conditions ? VERDICT_REPRODUCED : held > 0 ? VERDICT_PARTLY : VERDICT_NOT;
}

const char *verdict_text(enum verdict v)
{
    static const char *const text[] = {"not reproduced", "partly reproduced", "reproduced"};
    return text[v];
}

void verdict_report(struct report *r, enum verdict v, const char *key, const char *claim)
{
    report_word(r, verdict_text(v), (double)v, claim, "%s", key);
    printf("verdict: %s: %s\n", claim, verdict_text(v));
}
