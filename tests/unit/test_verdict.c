/* test_verdict.c -- how a claim comes out. */
#include "unit.h"

#include "verdict.h"

START_TEST(all_some_or_none)
{
    for (size_t conditions = 1; conditions <= 5; conditions++)
        for (size_t held = 0; held <= conditions; held++) {
            const enum verdict v = verdict_of(held, conditions);
            if (held == 0)
                ck_assert_int_eq(v, VERDICT_NOT);
            else if (held == conditions)
                ck_assert_int_eq(v, VERDICT_REPRODUCED);
            else
                ck_assert_int_eq(v, VERDICT_PARTLY);
        }
}
END_TEST

/* A rule that asks nothing shows nothing. */
START_TEST(nothing_asked)
{
    ck_assert_int_eq(verdict_of(0, 0), VERDICT_NOT);
}
END_TEST

START_TEST(words)
{
    ck_assert_str_eq(verdict_text(VERDICT_NOT), "not reproduced");
    ck_assert_str_eq(verdict_text(VERDICT_PARTLY), "partly reproduced");
    ck_assert_str_eq(verdict_text(VERDICT_REPRODUCED), "reproduced");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {all_some_or_none, nothing_asked, words};
    return unit_run("verdict", tests, sizeof tests / sizeof *tests);
}
