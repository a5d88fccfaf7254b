/* test_report.c -- the files that a claim program hands to the paper, byte for byte. */
#include "unit.h"

#include "report.h"

static char root[UNIT_PATH];

/* The command line of a claim "depth" whose data go to root/<directory>. */
static struct cli cli_for(const char *directory)
{
    struct cli cli = {.name = "depth", .threads = 1, .shard = 1, .shards = 1};
    snprintf(cli.data_dir, sizeof cli.data_dir, "%s/%s", root, directory);
    return cli;
}

static const char *path_of(const struct cli *cli, const char *name)
{
    static char path[2 * FILE_PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", cli->data_dir, name);
    return path;
}

/* Key, printed form, value to 12 digits, meaning, separated by tabs; in the order of the calls. */
START_TEST(numbers)
{
    const struct cli cli = cli_for("numbers");
    struct report r;
    report_open(&r, &cli);
    report_number(&r, 2.3851, "%.2f", "speed-up, times", "p%d/t%d/speedup", 85, 5);
    report_number(&r, -0.00012385, "%+.1e", "change, bits", "change");
    report_number(&r, 1.0 / 3.0, "%.0f", "a third", "third");
    report_number(&r, 123456789.123456, "%g", "more digits than are kept", "%s", "long/%d");
    report_word(&r, "partly reproduced", 1.0, "the claim of depth", "verdict/%s", "iv");
    report_interval(&r, (struct stats_interval){2.385, 1.25, 3.5, 0}, "%.1f", "ratio", "t%d/ratio",
                    3);
    ck_assert_int_ne(access(path_of(&cli, "depth.num"), F_OK), 0); /* not before it is whole */
    report_close(&r);
    unit_file_is(path_of(&cli, "depth.num"),
                 "depth/p85/t5/speedup\t2.39\t2.3851\tspeed-up, times\n"
                 "depth/change\t-1.2e-04\t-0.00012385\tchange, bits\n"
                 "depth/third\t0\t0.333333333333\ta third\n"
                 "depth/long/%d\t1.23457e+08\t123456789.123\tmore digits than are kept\n"
                 "depth/verdict/iv\tpartly reproduced\t1\tthe claim of depth\n"
                 "depth/t3/ratio\t2.4\t2.385\tratio\n"
                 "depth/t3/ratio/low\t1.2\t1.25\tratio: lower end of the 95 % interval\n"
                 "depth/t3/ratio/high\t3.5\t3.5\tratio: upper end of the 95 % interval\n");
    ck_assert_int_eq(unit_count(cli.data_dir), 1);
}
END_TEST

/* Several at once, below a path that is made as a key is. */
START_TEST(entries)
{
    const struct cli cli = cli_for("entries");
    const struct report_entry entry[] = {{2.385, "%.1f", "peak, bits", "peak"},
                                         {(double)NAN, "%.0f", "epoch of the peak", "100%d"}};
    struct report r;
    report_open(&r, &cli);
    report_entries(&r, entry, REPORT_LENGTH(entry), "p%d/t%zu/", 85, (size_t)5);
    report_entries(&r, entry, 1, "%s", "");
    report_close(&r);
    unit_file_is(path_of(&cli, "depth.num"), "depth/p85/t5/peak\t2.4\t2.385\tpeak, bits\n"
                                             "depth/p85/t5/100%d\tnan\tnan\tepoch of the peak\n"
                                             "depth/peak\t2.4\t2.385\tpeak, bits\n");
}
END_TEST

static void judge(void *cli)
{
    struct report r;
    report_open(&r, cli);
    report_verdict(&r, VERDICT_PARTLY, "verdict", "deep layers compress");
    report_verdict(&r, VERDICT_NOT, "verdict/100%d", "they do not");
    report_close(&r);
}

/* On stdout for who runs the program, in the numbers for the text; a key is no format. */
START_TEST(verdicts)
{
    struct cli cli = cli_for("verdicts");
    const struct unit_outcome o = unit_call(judge, &cli);
    ck_assert_int_eq(o.status, 0);
    ck_assert_str_eq(o.out, "verdict: deep layers compress: partly reproduced\n"
                            "verdict: they do not: not reproduced\n");
    ck_assert_str_eq(o.err, "");
    unit_file_is(path_of(&cli, "depth.num"),
                 "depth/verdict\tpartly reproduced\t2\tdeep layers compress\n"
                 "depth/verdict/100%d\tnot reproduced\t0\tthey do not\n");
}
END_TEST

/* The rule of the family: a set of its own, and one that the member shares with the others. */
static const struct verdict_rule of_family = {"depth",
                                              "verdict",
                                              "deep layers compress",
                                              {{1, "p85/t5/fall", VERDICT_ABOVE, 0.5, 0.0},
                                               {0, "p85/t4/fall", VERDICT_ABOVE, 0.5, 0.0},
                                               {0, "p05/t5/fall", VERDICT_ABOVE, 0.5, 0.0}}};

static void judge_family(void *cli)
{
    struct report r;
    struct file f;
    report_open(&r, cli);
    FILE *table = report_table(&r, &f, "depth_family", REPORT_FAMILY_COLUMNS);
    const struct stats_interval above = {1.0, 0.75, 1.25, 9}, below = {0.25, 0.0, 0.375, 9},
                                open = {0.5, 0.25, 0.75, 9};
    report_interval(&r, below, "%g", "b", "p85/t5/fall");
    report_interval(&r, below, "%g", "b", "p05/t5/fall");
    report_interval(&r, above, "%g", "a", "wide/t5/fall");
    report_keep(&r, open, "wide/t%d/fall", 4); /* is no number of the text */
    report_interval(&r, above, "%g", "a", "bins/p85/t5/fall");
    report_interval(&r, above, "%g", "a", "bins/p85/t4/fall");
    report_interval(&r, above, "%g", "a", "bins/p05/t5/fall");
    /* holds, open, fails of the shared set; then three that hold */
    const enum verdict a = report_family(&r, table, &of_family, "wide", "p85/", "wide/");
    const enum verdict b = report_family(&r, table, &of_family, "bins", "", "bins/");
    file_commit(&f);
    report_close(&r);
    if (a != VERDICT_UNDECIDED || b != VERDICT_REPRODUCED)
        exit(3);
}

static void judge_unreported(void *cli)
{
    struct report r;
    report_open(&r, cli);
    report_interval(&r, stats_exact(1.0), "%g", "a", "p85/t5/fall");
    report_family(&r, stdout, &of_family, "lost", "p85/", "lost/");
}

START_TEST(family)
{
    struct cli cli = cli_for("family");
    struct unit_outcome o = unit_call(judge_family, &cli);
    ck_assert_int_eq(o.status, 0);
    ck_assert_str_eq(o.out, "wide: deep layers compress: undecided\n"
                            "bins: deep layers compress: reproduced\n");
    unit_file_is(path_of(&cli, "depth_family.tsv"),
                 "member\tverdict\tword\tconditions\thold\topen\tfail\n"
                 "wide\tverdict\tundecided\t3\t1\t1\t1\n"
                 "bins\tverdict\treproduced\t3\t3\t0\t0\n");
    char text[8192];
    FILE *num = fopen(path_of(&cli, "depth.num"), "rb");
    ck_assert_ptr_nonnull(num);
    unit_collect(text, sizeof text, num);
    ck_assert_ptr_nonnull(strstr(text, "depth/wide/t5/fall\t1\t"));
    ck_assert_ptr_null(strstr(text, "depth/wide/t4/fall"));
    o = unit_call(judge_unreported, &cli);
    ck_assert_int_eq(o.status, 1);
    ck_assert_ptr_nonnull(strstr(o.err, "asks for lost/t5/fall, which was not reported"));
}
END_TEST

/* The sign of a NaN is the platform's, so it must not show: 0/0 is -nan on some. */
START_TEST(nan_has_no_sign)
{
    const struct cli cli = cli_for("nan");
    struct report r;
    report_open(&r, &cli);
    report_number(&r, (double)NAN, "%.2f", "none", "none");
    report_number(&r, -(double)NAN, "%.2f", "none", "none");
    report_close(&r);
    unit_file_is(path_of(&cli, "depth.num"), "depth/none\tnan\tnan\tnone\n"
                                             "depth/none\tnan\tnan\tnone\n");
}
END_TEST

/* Tables: the line of names, then what the caller writes; several at a time. */
START_TEST(tables)
{
    const struct cli cli = cli_for("tables");
    struct report r;
    struct file paths, ends;
    report_open(&r, &cli);
    FILE *f = report_table(&r, &paths, "depth", "layer\tepoch\ti_xt");
    FILE *g = report_table(&r, &ends, "depth_ends", NULL);
    fprintf(f, "%d\t%d\t%.9g\n", 1, 400, 11.997);
    fprintf(g, "%d\t%.9g\n", 1, 2.385);
    fprintf(f, "%d\t%d\t%.9g\n", 2, 400, 5.785);
    ck_assert_int_ne(access(path_of(&cli, "depth.tsv"), F_OK), 0);
    file_commit(&paths);
    unit_file_is(path_of(&cli, "depth.tsv"), "layer\tepoch\ti_xt\n1\t400\t11.997\n2\t400\t5.785\n");
    ck_assert_int_ne(access(path_of(&cli, "depth_ends.tsv"), F_OK), 0);
    file_commit(&ends);
    unit_file_is(path_of(&cli, "depth_ends.tsv"), "1\t2.385\n"); /* its columns are the caller's */
    report_close(&r);
    ck_assert_int_eq(unit_count(cli.data_dir), 3);
}
END_TEST

static void open_report(void *cli)
{
    struct report r;
    report_open(&r, cli);
}

/* A file in the way of the data directory, a name too long for one. */
START_TEST(cannot_be_written)
{
    struct cli cli = cli_for("a-file");
    FILE *f = fopen(cli.data_dir, "w");
    ck_assert_ptr_nonnull(f);
    fclose(f);
    struct unit_outcome o = unit_call(open_report, &cli);
    ck_assert_int_eq(o.status, 1);
    ck_assert_ptr_nonnull(strstr(o.err, cli.data_dir));
    cli = cli_for("a-file/below");
    o = unit_call(open_report, &cli);
    ck_assert_int_eq(o.status, 1);
    ck_assert_ptr_nonnull(strstr(o.err, "a-file"));
    ck_assert_ptr_nonnull(strstr(o.err, strerror(ENOTDIR)));
}
END_TEST

int main(void)
{
    unit_directory(root);
    const TTest *const tests[] = {numbers,         entries, verdicts,         family,
                                  nan_has_no_sign, tables,  cannot_be_written};
    const int status = unit_run("report", tests, sizeof tests / sizeof *tests);
    unit_remove(root);
    return status;
}
