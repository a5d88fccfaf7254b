/* test_rules.c -- the table of the rules: each can come out in each of its words, and is the one that was
 * frozen; rules on synthetic networks, from their records to the word. */
#include "unit.h"

#include "fall.h"
#include "rules.h"

/* An interval in which a condition holds, is open, fails. */
static struct stats_interval at(const struct verdict_condition *c, enum verdict_state state)
{
    const double unit = c->limit == 0.0 ? 1.0 : fabs(c->limit);
    const double two = c->side == VERDICT_BETWEEN || c->side == VERDICT_OUTSIDE;
    double low, high;
    if (state == VERDICT_OPEN) {
        low = c->limit - 0.1 * unit;
        high = c->limit + 0.1 * unit;
    } else if (two != 0.0) {
        const int inside = (c->side == VERDICT_BETWEEN) == (state == VERDICT_HOLDS);
        const double width = c->upper - c->limit;
        low = inside ? c->limit + 0.1 * width : c->upper + 0.1 * width;
        high = inside ? c->upper - 0.1 * width : c->upper + width;
    } else {
        const int above = (c->side == VERDICT_ABOVE) == (state == VERDICT_HOLDS);
        low = above ? c->limit + 0.1 * unit : c->limit - unit;
        high = above ? c->limit + unit : c->limit - 0.1 * unit;
    }
    return (struct stats_interval){.value = 0.5 * (low + high), .low = low, .high = high, .n = 9};
}

/* All conditions hold but those of the kind given (1 central, 0 not), the first `some` of which have the
 * state. */
static enum verdict outcome(const struct verdict_rule *r, int central, size_t some,
                            enum verdict_state state)
{
    struct stats_interval x[VERDICT_MAX_CONDITIONS];
    for (size_t c = 0; c < verdict_conditions(r); c++) {
        const int changed = r->condition[c].central == central && some > 0;
        x[c] = at(&r->condition[c], changed ? state : VERDICT_HOLDS);
        some -= (size_t)changed;
    }
    return verdict_judge(r, x);
}

static size_t count(const struct verdict_rule *r, int central)
{
    size_t n = 0;
    for (size_t c = 0; c < verdict_conditions(r); c++)
        n += r->condition[c].central == central;
    return n;
}

/* Every word of every rule: but "partly" of a rule whose conditions are all central. */
START_TEST(every_word)
{
    size_t all_central = 0;
    for (size_t i = 0; i < rules_verdicts; i++) {
        const struct verdict_rule *r = &rules_verdict[i];
        const size_t n = verdict_conditions(r), others = count(r, 0);
        unit_require(count(r, 1) > 0 && n > 1, "%s/%s", r->claim, r->key);
        unit_require(outcome(r, 1, 0, VERDICT_HOLDS) == VERDICT_REPRODUCED, "%s/%s", r->claim,
                     r->key);
        for (size_t some = 1; some <= count(r, 1); some++) {
            unit_require(outcome(r, 1, some, VERDICT_FAILS) == VERDICT_NOT, "%s/%s", r->claim,
                         r->key);
            unit_require(outcome(r, 1, some, VERDICT_OPEN) == VERDICT_UNDECIDED, "%s/%s", r->claim,
                         r->key);
        }
        for (size_t some = 1; some <= others; some++)
            for (int state = VERDICT_FAILS; state <= VERDICT_OPEN; state++)
                unit_require(outcome(r, 0, some, (enum verdict_state)state) ==
                                 (2 * (n - some) >= n ? VERDICT_PARTLY : VERDICT_UNDECIDED),
                             "%s/%s", r->claim, r->key);
        all_central += others == 0;
        unit_require(rules_find(r->claim, r->key) == r && rules_asked(r->claim), "%s/%s", r->claim,
                     r->key);
    }
    ck_assert_uint_eq(all_central, 2); /* as_coded/verdict-power, relaxation/verdict-intervention */
    ck_assert(!rules_asked("task"));
}
END_TEST

static uint64_t hash_text(uint64_t hash, const char *text)
{
    for (; *text; text++)
        hash = unit_hash(hash, (uint64_t)(unsigned char)*text);
    return hash;
}

static uint64_t hash_number(uint64_t hash, double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return unit_hash(hash, bits);
}

/* The rules as they were frozen: every claim, number, side and limit, and what is central.  Who changes
 * one changes this number, and says so. */
START_TEST(as_frozen)
{
    uint64_t hash = UNIT_HASH;
    for (size_t i = 0; i < rules_verdicts; i++) {
        const struct verdict_rule *r = &rules_verdict[i];
        hash = hash_text(hash_text(hash, r->claim), r->key);
        for (size_t c = 0; c < verdict_conditions(r); c++) {
            const struct verdict_condition *k = &r->condition[c];
            hash = hash_text(hash, k->number);
            hash = unit_hash(unit_hash(hash, (uint64_t)k->central), (uint64_t)k->side);
            hash = hash_number(hash_number(hash, k->limit), k->upper);
        }
    }
    ck_assert_msg(hash == 0xd715b5e2037a1b28UL, "the rules are others: %#lx", (unsigned long)hash);
}
END_TEST

/* Draws of one scale and of the other never share a seed. */
START_TEST(seeds_differ)
{
    unsigned long seed[2 * RULES_DRAWS];
    for (size_t i = 0; i < 2 * RULES_DRAWS; i++) {
        seed[i] = rules_seed(i % 2 == 1, (enum rules_draw)(i / 2));
        ck_assert_uint_ne(seed[i], 1); /* the first edition's */
        for (size_t j = 0; j < i; j++)
            ck_assert_uint_ne(seed[i], seed[j]);
    }
    ck_assert_uint_eq(rules_seed(1, RULES_MAIN), 2);
    ck_assert_uint_eq(rules_seed(0, RULES_MAIN), 0);
}
END_TEST

/* ---- synthetic networks ---- */

enum { NETWORKS = 20, ROWS = 101, EPOCHS = 10000 };

/* Records of two hidden layers and an output that have a peak of 8 bits after `peak` epochs, fall by
 * fall[l] (more or less, from network to network) until the epoch `done`, and stay there. */
static enum verdict compression(const double fall[2], double peak, double done)
{
    static struct run_record record;
    static const struct verdict_rule *rule;
    double x[2][3][NETWORKS];
    rule = rules_find("compression", "verdict");
    for (size_t k = 0; k < NETWORKS; k++) {
        record.layers = 3;
        record.rows = ROWS;
        for (size_t i = 0; i < ROWS; i++) {
            const double epoch = (double)i * EPOCHS / (ROWS - 1);
            record.row[i].epoch = (size_t)epoch;
            record.row[i].train_accuracy = 1.0;
            for (size_t l = 0; l < 2; l++) {
                const double part = fmin(1.0, fmax(0.0, (epoch - peak) / (done - peak)));
                const double own = fall[l] * (1.0 + 0.02 * ((double)k / (NETWORKS - 1) - 0.5));
                record.row[i].information[l].i_xt =
                    epoch < peak ? 8.0 * epoch / peak : 8.0 - own * part;
            }
        }
        for (size_t l = 0; l < 2; l++) {
            const struct fall m = fall_of(&record, l, &rules.fall);
            x[l][0][k] = m.fall;
            x[l][1][k] = m.after;
            x[l][2][k] = m.span;
        }
    }
    struct stats_interval given[VERDICT_MAX_CONDITIONS];
    for (size_t c = 0; c < verdict_conditions(rule); c++) {
        static const char *const name[2][3] = {{"p85/t4/fall", "p85/t4/after", "p85/t4/span"},
                                               {"p85/t5/fall", "p85/t5/after", "p85/t5/span"}};
        int found = 0;
        for (size_t l = 0; l < 2; l++)
            for (size_t q = 0; q < 3; q++)
                if (strcmp(rule->condition[c].number, name[l][q]) == 0) {
                    given[c] = stats_bootstrap(x[l][q], NETWORKS,
                                               q == 0 ? STATS_MEAN : STATS_MEDIAN, 200, 1);
                    found = 1;
                }
        ck_assert_msg(found, "%s", rule->condition[c].number);
    }
    return verdict_judge(rule, given);
}

/* A falling pair of layers; a fall too small in the last; one that straddles the limit; one whose time
 * is short; an early peak that is no compression; a late peak. */
START_TEST(synthetic_compression)
{
    const double both[] = {2.0, 4.0}, flat[] = {2.0, 0.3}, near[] = {2.0, 0.5}, none[] = {0.0, 0.0};
    ck_assert_int_eq(compression(both, 500, 9000), VERDICT_REPRODUCED);
    ck_assert_int_eq(compression(flat, 500, 9000), VERDICT_NOT);
    ck_assert_int_eq(compression(near, 500, 9000), VERDICT_UNDECIDED); /* in half of the networks */
    ck_assert_int_eq(compression(both, 500, 1500), VERDICT_PARTLY);    /* soon done */
    ck_assert_int_eq(compression(none, 0, 1), VERDICT_NOT); /* untrained: nothing moves */
    ck_assert_int_eq(compression(both, 6000, 9000), VERDICT_NOT);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {every_word, as_frozen, seeds_differ, synthetic_compression};
    return unit_run("rules", tests, sizeof tests / sizeof *tests);
}
