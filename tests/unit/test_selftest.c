/* selftest passes here; that it fails where it should, tests/test_flags.sh shows. */
#include "unit.h"

#include "selftest.h"

START_TEST(passes)
{
    ck_assert_ptr_null(selftest_failure());
    selftest();
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {passes};
    return unit_run("selftest", tests, sizeof tests / sizeof *tests);
}
