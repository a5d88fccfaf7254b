#include "verdict.h"

enum verdict verdict_of(size_t held, size_t conditions)
{
    return held == 0 ? VERDICT_NOT : held == conditions ? VERDICT_REPRODUCED : VERDICT_PARTLY;
}

const char *verdict_text(enum verdict v)
{
    static const char *const text[] = {"not reproduced", "partly reproduced", "reproduced"};
    return text[v];
}
