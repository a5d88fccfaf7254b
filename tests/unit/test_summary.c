/* test_summary.c -- rows, numbers and lines of quantities that are measured on many networks. */
#include "unit.h"

#include "summary.h"

static char root[UNIT_PATH];

/* What is measured, in another order than it is reported in, with something else in between. */
struct measured {
    double share;
    int other;
    double peak;
};
static const struct summary_quantity quantity[] = {
    {"peak", "%.2f", "mean peak, bits", STATS_MEAN, offsetof(struct measured, peak)},
    {"share-after", "%.1f", "median share", STATS_MEDIAN, offsetof(struct measured, share)}};
static const struct summary_plan named = {quantity, 2, .set_width = 4, .width = 6};
static const struct summary_plan alone = {quantity, 2, .set_width = 0, .width = 6};

/* Three networks: peaks 1, 2, 6 (mean 3); shares 0.5, 4 and `last`. */
static void fill(struct summary *s, double last)
{
    const struct measured m[] = {{0.5, 7, 1.0}, {4.0, 7, 2.0}, {last, 7, 6.0}};
    for (size_t k = 0; k < 3; k++)
        summary_put(s, k, &m[k]);
}

static void write_layers(void *cli)
{
    struct report r;
    struct file f;
    report_open(&r, cli);
    report_table(&r, &f, "claim_networks", NULL);
    summary_columns(f.stream, &named);
    summary_heading(&named);
    struct summary *x = summary_new(&named, "p85", 1, 3, 1);
    fill(x, 9.0);
    summary_write(x, &r, f.stream);
    summary_free(x);
    x = summary_new(&named, "p05", 0, 3, 1);
    x->asked = 1; /* no shares here */
    fill(x, 9.0);
    summary_write(x, &r, f.stream);
    summary_free(x);
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
    struct report r;
    report_open(&r, cli);
    struct summary *x = summary_new(&alone, NULL, SUMMARY_NETWORK, 3, 1);
    fill(x, 9.0);
    summary_report(x, &r);
    summary_free(x);
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
    struct report r;
    struct file f;
    report_open(&r, cli);
    report_table(&r, &f, "one_networks", NULL);
    summary_columns(f.stream, &alone);
    struct summary *x = summary_new(&alone, NULL, 2, 3, 1);
    fill(x, -(double)NAN);
    summary_rows(f.stream, x);
    x->asked = 1;
    summary_report(x, &r);
    summary_print(x);
    summary_free(x);
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

static struct summary *x[2];
static struct report report;

/* Two layers of three networks, summed up; their shares differ in the last network. */
static void begin(struct cli *cli)
{
    snprintf(cli->data_dir, sizeof cli->data_dir, "%s", root);
    report_open(&report, cli);
    for (size_t l = 0; l < 2; l++) {
        x[l] = summary_new(&named, "p85", l, 3, 200);
        fill(x[l], l == 0 ? 9.0 : 1.0);
        summary_report(x[l], &report);
    }
}

static void end(void)
{
    report_close(&report);
    for (size_t l = 0; l < 2; l++)
        summary_free(x[l]);
}

static void same(struct stats_interval a, struct stats_interval b)
{
    ck_assert_double_eq(a.value, b.value);
    ck_assert_double_eq(a.low, b.low);
    ck_assert_double_eq(a.high, b.high);
}

/* The intervals are those of the bootstrap of the same values; layers are told apart. */
START_TEST(intervals)
{
    struct cli cli = {.name = "intervals"};
    struct stats_interval over[2];
    begin(&cli);
    summary_over(over, x, 2, "share-after");
    for (size_t l = 0; l < 2; l++) {
        const double value[] = {0.5, 4.0, l == 0 ? 9.0 : 1.0};
        ck_assert_double_eq(over[l].value, l == 0 ? 4.0 : 1.0);
        same(over[l], stats_bootstrap(value, 3, STATS_MEDIAN, 200, 1));
        same(over[l], summary_interval(x[l], "share-after"));
        ck_assert_double_eq(summary_values(x[l], "share-after")[2], value[2]);
        ck_assert_double_eq(summary_values(x[l], "peak")[2], 6.0);
    }
    end();
}
END_TEST

/* Two sets: differences network by network, ratios of means, rank correlations. */
START_TEST(two_sets)
{
    struct cli cli = {.name = "two"};
    const double more[] = {0.0, 0.0, 8.0}, a[] = {0.5, 4.0, 9.0}, b[] = {0.5, 4.0, 1.0};
    const double peak[] = {1.0, 2.0, 6.0};
    begin(&cli);
    same(summary_difference(x[0], x[1], "share-after"),
         stats_bootstrap(more, 3, STATS_MEAN, 200, 1));
    same(summary_ratio(x[0], x[1], "share-after"), stats_ratio_paired(a, b, 3, 200, 1));
    /* the first networks of the larger set are the pairs */
    x[0]->networks = 2;
    ck_assert_uint_eq(summary_difference(x[0], x[1], "peak").n, 2);
    ck_assert_uint_eq(summary_ratio(x[1], x[0], "peak").n, 2);
    x[0]->networks = 3;
    same(summary_correlation(x[1], "share-after", x[0], "peak"),
         stats_bootstrap_pairs(b, peak, 3, STATS_RANK_CORRELATION, 200, 1));
    end();
}
END_TEST

/* The end of a row: each quantity asked, with its interval. */
START_TEST(means)
{
    struct cli cli = {.name = "means"};
    struct file f;
    char path[UNIT_PATH + 64], row[256];
    begin(&cli);
    fputs("1", report_table(&report, &f, "means", NULL));
    x[0]->asked = 1;
    summary_means(x[0], &report, f.stream);
    const struct stats_interval i = summary_interval(x[0], "peak");
    snprintf(row, sizeof row, "1\t3\t%.9g\t%.9g\n", i.low, i.high);
    file_commit(&f);
    end();
    snprintf(path, sizeof path, "%s/means.tsv", root);
    unit_file_is(path, row);
}
END_TEST

static void misspelt(void *unused)
{
    (void)unused;
    summary_values(summary_new(&named, "p85", 0, 3, 1), "peek");
}

START_TEST(no_such_quantity)
{
    const struct unit_outcome o = unit_call(misspelt, NULL);
    ck_assert_int_eq(o.status, 1);
    ck_assert_ptr_nonnull(strstr(o.err, "peek"));
}
END_TEST

int main(void)
{
    unit_directory(root);
    const TTest *const tests[] = {written,  of_the_network, without_sets,    intervals,
                                  two_sets, means,          no_such_quantity};
    const int status = unit_run("summary", tests, sizeof tests / sizeof *tests);
    unit_remove(root);
    return status;
}
