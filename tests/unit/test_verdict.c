/* test_verdict.c -- how a claim comes out. */
#include "unit.h"

#include "verdict.h"

static char root[UNIT_PATH];

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

START_TEST(words)
{
    ck_assert_str_eq(verdict_text(VERDICT_NOT), "not reproduced");
    ck_assert_str_eq(verdict_text(VERDICT_PARTLY), "partly reproduced");
    ck_assert_str_eq(verdict_text(VERDICT_REPRODUCED), "reproduced");
}
END_TEST

static void judge(void *cli)
{
    struct report r;
    report_open(&r, cli);
    verdict_report(&r, VERDICT_PARTLY, "verdict", "deep layers compress");
    verdict_report(&r, VERDICT_NOT, "verdict/100%d", "they do not");
    report_close(&r);
}

/* On stdout for who runs the program, in the numbers for the text; a key is no format. */
START_TEST(reported)
{
    struct cli cli = {.name = "depth"};
    char path[UNIT_PATH + 32];
    snprintf(cli.data_dir, sizeof cli.data_dir, "%s", root);
    snprintf(path, sizeof path, "%s/depth.num", root);
    const struct unit_outcome o = unit_call(judge, &cli);
    ck_assert_int_eq(o.status, 0);
    ck_assert_str_eq(o.out, "verdict: deep layers compress: partly reproduced\n"
                            "verdict: they do not: not reproduced\n");
    ck_assert_str_eq(o.err, "");
    unit_file_is(path, "depth/verdict\tpartly reproduced\t1\tdeep layers compress\n"
                       "depth/verdict/100%d\tnot reproduced\t0\tthey do not\n");
}
END_TEST

int main(void)
{
    unit_directory(root);
    const TTest *const tests[] = {all_some_or_none, words, reported};
    const int status = unit_run("verdict", tests, sizeof tests / sizeof *tests);
    unit_remove(root);
    return status;
}
