/* test_verdict.c -- how a claim comes out. */
#include "unit.h"

#include "verdict.h"

static struct stats_interval interval(double low, double high)
{
    return (struct stats_interval){.value = 0.5 * (low + high), .low = low, .high = high, .n = 9};
}

static const struct verdict_rule rule = {"claim",
                                         "verdict",
                                         "something is so",
                                         {{1, "a", VERDICT_ABOVE, 2.0, 0.0},
                                          {0, "b", VERDICT_BELOW, 2.0, 0.0},
                                          {0, "c", VERDICT_BETWEEN, 1.0, 4.0},
                                          {0, "d", VERDICT_OUTSIDE, 1.0, 4.0}}};

/* The whole interval on one side; what touches the limit is open, and so is what is not a number. */
START_TEST(states)
{
    const double inf = INFINITY, none = NAN;
    const struct {
        size_t condition;
        double low, high;
        enum verdict_state state;
    } of[] = {
        {0, 2.1, 3.0, VERDICT_HOLDS}, {0, 2.0, 3.0, VERDICT_OPEN},   {0, 1.0, 3.0, VERDICT_OPEN},
        {0, 1.0, 2.0, VERDICT_OPEN},  {0, 1.0, 1.9, VERDICT_FAILS},  {0, 2.1, inf, VERDICT_HOLDS},
        {0, none, 3.0, VERDICT_OPEN}, {0, none, none, VERDICT_OPEN}, {1, 1.0, 1.9, VERDICT_HOLDS},
        {1, 1.0, 2.0, VERDICT_OPEN},  {1, 2.1, 3.0, VERDICT_FAILS},  {1, -inf, 1.0, VERDICT_HOLDS},
        {2, 1.1, 3.9, VERDICT_HOLDS}, {2, 1.0, 3.9, VERDICT_OPEN},   {2, 1.1, 4.0, VERDICT_OPEN},
        {2, 0.1, 0.9, VERDICT_FAILS}, {2, 4.1, inf, VERDICT_FAILS},  {2, 0.1, 4.5, VERDICT_OPEN},
        {3, 1.1, 3.9, VERDICT_FAILS}, {3, 0.1, 0.9, VERDICT_HOLDS},  {3, 4.1, 5.0, VERDICT_HOLDS},
        {3, 0.5, 1.5, VERDICT_OPEN},  {3, 0.5, 5.0, VERDICT_OPEN},
    };
    for (size_t i = 0; i < sizeof of / sizeof *of; i++)
        ck_assert_msg(verdict_state(&rule.condition[of[i].condition],
                                    interval(of[i].low, of[i].high)) == of[i].state,
                      "case %zu", i);
}
END_TEST

/* Every pattern of holds, open and fails over a rule of up to six conditions, against the words of the
 * header said again. */
START_TEST(words_of_every_pattern)
{
    const struct stats_interval at[3] = {interval(0.1, 0.9), interval(0.5, 1.5),
                                         interval(1.1, 1.9)};
    for (size_t n = 1; n <= 6; n++)
        for (unsigned central = 0; central < 1U << n; central++)
            for (unsigned pattern = 0; pattern < 729; pattern++) {
                struct verdict_rule r = {.key = "k"};
                struct stats_interval x[6];
                size_t count[3] = {0}, of_central[3] = {0};
                for (unsigned i = 0, p = pattern; i < n; i++, p /= 3) {
                    r.condition[i] = (struct verdict_condition){(int)(central >> i & 1), "x",
                                                                VERDICT_ABOVE, 1.0, 0.0};
                    x[i] = at[p % 3];
                    count[p % 3]++;
                    of_central[p % 3] += central >> i & 1;
                }
                enum verdict wanted = VERDICT_UNDECIDED;
                if (of_central[0] > 0)
                    wanted = VERDICT_NOT;
                else if (central != 0 && of_central[1] == 0) {
                    if (count[2] == n)
                        wanted = VERDICT_REPRODUCED;
                    else if (count[2] * 2 >= n)
                        wanted = VERDICT_PARTLY;
                }
                ck_assert_uint_eq(verdict_conditions(&r), n);
                ck_assert_int_eq(verdict_judge(&r, x), wanted);
            }
}
END_TEST

/* The profile against a search: just within its ends the word is the same, just beyond another. */
START_TEST(profiles)
{
    uint64_t seed = 4;
    for (size_t run = 0; run < unit_volume(2000); run++) {
        struct verdict_rule r = rule;
        struct stats_interval x[4];
        for (size_t c = 0; c < 4; c++) {
            const double low = unit_uniform(&seed, 0.2, 6.0);
            x[c] = interval(low, low + unit_uniform(&seed, 0.0, 2.0));
        }
        const enum verdict is = verdict_judge(&rule, x);
        for (size_t c = 0; c < 4; c++) {
            const struct verdict_range p = verdict_profile(&rule, x, c);
            const double factor = rule.condition[c].upper / rule.condition[c].limit;
            ck_assert(p.low < rule.condition[c].limit && p.high > rule.condition[c].limit);
            const double low = fmax(p.low, 1e-3), high = fmin(p.high, 1e3);
            for (int step = -1; step <= 101; step++) {
                const double at = step == -1    ? p.low * (1.0 - 1e-9)
                                  : step == 101 ? p.high * (1.0 + 1e-9)
                                                : low * pow(high / low, (step + 0.5) / 101.0);
                if (!isfinite(at))
                    continue;
                r.condition[c].limit = at;
                r.condition[c].upper = at * factor;
                if (step == -1 || step == 101)
                    ck_assert_int_ne(verdict_judge(&r, x), is);
                else
                    ck_assert_int_eq(verdict_judge(&r, x), is);
            }
            r.condition[c] = rule.condition[c];
        }
    }
}
END_TEST

START_TEST(words)
{
    ck_assert_str_eq(verdict_text(VERDICT_NOT), "not reproduced");
    ck_assert_str_eq(verdict_text(VERDICT_UNDECIDED), "undecided");
    ck_assert_str_eq(verdict_text(VERDICT_PARTLY), "partly reproduced");
    ck_assert_str_eq(verdict_text(VERDICT_REPRODUCED), "reproduced");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {states, words_of_every_pattern, profiles, words};
    return unit_run("verdict", tests, sizeof tests / sizeof *tests);
}
