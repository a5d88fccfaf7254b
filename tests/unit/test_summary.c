/* test_summary.c -- rows, numbers and lines of quantities that are measured on many networks. */
#include "unit.h"

#include "summary.h"

static char root[UNIT_PATH];

static const struct summary_quantity quantity[] = {
    {"peak", "%.2f", "mean peak, bits", STATS_MEAN},
    {"share-after", "%.1f", "median share", STATS_MEDIAN}};
static const struct summary_plan named = {quantity, 2, .set_width = 4, .width = 6};
static const struct summary_plan alone = {quantity, 2, .set_width = 0, .width = 6};

/* Three networks: peaks 1, 2, 6 (mean 3); shares 0.5, 4 and `last`. */
static void fill(struct summary *s, double last)
{
    const double value[2][3] = {{1.0, 2.0, 6.0}, {0.5, 4.0, last}};
    for (size_t q = 0; q < 2; q++)
        memcpy(s->value[q], value[q], sizeof value[q]);
}

static void write_layers(void *cli)
{
    static struct summary x;
    struct report r;
    struct file f;
    report_open(&r, cli);
    summary_table(&f, &r, &named);
    summary_heading(&named);
    summary_init(&x, &named, "p85", 1, 3, 1);
    fill(&x, 9.0);
    summary_write(&x, &r, f.stream);
    summary_init(&x, &named, "p05", 0, 3, 1);
    fill(&x, (double)NAN);
    x.asked = 1; /* no shares here */
    summary_write(&x, &r, f.stream);
    file_commit(&f);
    report_close(&r);
}

/* A single resample is its own quantile, so low and high are alike; what they are is up to chance and
 * tested with stats. */
START_TEST(written)
{
    struct cli cli = {.name = "claim"};
    char path[UNIT_PATH + 64], line[256];
    snprintf(cli.data_dir, sizeof cli.data_dir, "%s", root);
    const struct unit_outcome o = unit_call(write_layers, &cli);
    ck_assert_int_eq(o.status, 0);
    ck_assert_str_eq(o.out, "set  T    peak  share-after\n"
                            "p85  2       3       4\n"
                            "p05  1       3\n");
    snprintf(path, sizeof path, "%s/claim_networks.tsv", root);
    unit_file_is(path, "set\tlayer\tnetwork\tpeak\tshare_after\n"
                       "p85\t2\t0\t1\t0.5\np85\t2\t1\t2\t4\np85\t2\t2\t6\t9\n"
                       "p05\t1\t0\t1\tnan\np05\t1\t1\t2\tnan\np05\t1\t2\t6\tnan\n");

    static const char *const key[] = {"claim/p85/t2/peak\t3.00\t3\tmean peak, bits\n",
                                      "claim/p85/t2/peak/low\t",
                                      "claim/p85/t2/peak/high\t",
                                      "claim/p85/t2/share-after\t4.0\t4\tmedian share\n",
                                      "claim/p85/t2/share-after/low\t",
                                      "claim/p85/t2/share-after/high\t",
                                      "claim/p05/t1/peak\t3.00\t3\tmean peak, bits\n",
                                      "claim/p05/t1/peak/low\t",
                                      "claim/p05/t1/peak/high\t"};
    snprintf(path, sizeof path, "%s/claim.num", root);
    FILE *f = fopen(path, "r");
    ck_assert_ptr_nonnull(f);
    for (size_t i = 0; i < sizeof key / sizeof *key; i++) {
        ck_assert_ptr_nonnull(fgets(line, sizeof line, f));
        ck_assert_msg(strncmp(line, key[i], strlen(key[i])) == 0, "%s instead of %s", line, key[i]);
    }
    ck_assert_ptr_null(fgets(line, sizeof line, f));
    fclose(f);
}
END_TEST

static void write_network(void *cli)
{
    static struct summary x;
    struct report r;
    report_open(&r, cli);
    summary_init(&x, &alone, NULL, SUMMARY_NETWORK, 3, 1);
    fill(&x, 9.0);
    summary_report(&x, &r);
    report_close(&r);
    summary_heading(&alone);
}

/* Without a set and a layer there is nothing before the name. */
START_TEST(of_the_network)
{
    struct cli cli = {.name = "whole"};
    char path[UNIT_PATH + 64], line[256];
    snprintf(cli.data_dir, sizeof cli.data_dir, "%s", root);
    const struct unit_outcome o = unit_call(write_network, &cli);
    ck_assert_int_eq(o.status, 0);
    ck_assert_str_eq(o.out, "T    peak  share-after\n");
    snprintf(path, sizeof path, "%s/whole.num", root);
    FILE *f = fopen(path, "r");
    ck_assert_ptr_nonnull(f);
    ck_assert_ptr_nonnull(fgets(line, sizeof line, f));
    ck_assert_str_eq(line, "whole/peak\t3.00\t3\tmean peak, bits\n");
    fclose(f);
}
END_TEST

static void write_without_sets(void *cli)
{
    static struct summary x;
    struct report r;
    struct file f;
    report_open(&r, cli);
    summary_table(&f, &r, &alone);
    summary_init(&x, &alone, NULL, 2, 3, 1);
    fill(&x, -(double)NAN);
    summary_rows(f.stream, &x);
    x.asked = 1;
    summary_report(&x, &r);
    summary_print(&x);
    file_commit(&f);
    report_close(&r);
}

/* One set without a name has no column of names; NaN has no sign. */
START_TEST(without_sets)
{
    struct cli cli = {.name = "one"};
    char path[UNIT_PATH + 64];
    snprintf(cli.data_dir, sizeof cli.data_dir, "%s", root);
    const struct unit_outcome o = unit_call(write_without_sets, &cli);
    ck_assert_int_eq(o.status, 0);
    ck_assert_str_eq(o.out, "3       3\n");
    snprintf(path, sizeof path, "%s/one_networks.tsv", root);
    unit_file_is(path, "layer\tnetwork\tpeak\tshare_after\n"
                       "3\t0\t1\t0.5\n3\t1\t2\t4\n3\t2\t6\tnan\n");
}
END_TEST

/* The intervals are those of the bootstrap of the same values; layers are told apart. */
START_TEST(intervals)
{
    static struct summary x[2];
    struct cli cli = {.name = "intervals"};
    struct report r;
    struct stats_interval over[2];
    snprintf(cli.data_dir, sizeof cli.data_dir, "%s", root);
    report_open(&r, &cli);
    for (size_t l = 0; l < 2; l++) {
        summary_init(&x[l], &named, "p85", l, 3, 200);
        fill(&x[l], l == 0 ? 9.0 : 1.0);
        summary_report(&x[l], &r);
    }
    report_close(&r);
    summary_over(over, x, 2, 1);
    for (size_t l = 0; l < 2; l++) {
        const double value[] = {0.5, 4.0, l == 0 ? 9.0 : 1.0};
        const struct stats_interval i = stats_bootstrap(value, 3, STATS_MEDIAN, 200, 1);
        ck_assert_double_eq(over[l].value, l == 0 ? 4.0 : 1.0);
        ck_assert_double_eq(over[l].low, i.low);
        ck_assert_double_eq(over[l].high, i.high);
    }
}
END_TEST

static void too_many(void *unused)
{
    static struct summary x;
    (void)unused;
    summary_init(&x, &named, "p85", 0, ENSEMBLE_MAX_NETWORKS + 1, 1);
}

static void too_wide(void *unused)
{
    static struct summary x;
    static const struct summary_plan wide = {quantity, SUMMARY_MAX_QUANTITIES + 1, 4, 6};
    (void)unused;
    summary_init(&x, &wide, "p85", 0, 3, 1);
}

START_TEST(no_room)
{
    struct unit_outcome o = unit_call(too_many, NULL);
    ck_assert_int_eq(o.status, 1);
    ck_assert_ptr_nonnull(strstr(o.err, "1001 networks"));
    o = unit_call(too_wide, NULL);
    ck_assert_int_eq(o.status, 1);
    ck_assert_ptr_nonnull(strstr(o.err, "25 quantities"));
}
END_TEST

int main(void)
{
    unit_directory(root);
    const TTest *const tests[] = {written, of_the_network, without_sets, intervals, no_room};
    const int status = unit_run("summary", tests, sizeof tests / sizeof *tests);
    unit_remove(root);
    return status;
}
