/* test_frame.c -- what claim programs share: sets, tables that are declared, summaries, what ends early. */
#include "unit.h"

#include "frame.h"
#include "recipe.h"

static char root[UNIT_PATH];

static const struct frame_claim claim = {
    .name = "dummy",
    .purpose = "A claim that tests ask.",
    .table = {{"dummy", "set\tlayer\ti_xt\ti_ty"}, {"other", NULL}},
};
static const struct frame_claim borrower = {.name = "dummy", .purpose = "", .reference = 1};

/* A small network, so that a set is trained in no time. */
static struct frame_set small(const char *name, size_t epochs, size_t networks)
{
    struct frame_set set = {.name = name, .config = recipe_depth(1, epochs), .networks = networks};
    set.config.fraction = 0.05;
    return set;
}

/* Opens a frame with the directories of the test and one more argument, or none. */
static struct frame *open_frame(const struct frame_claim *c, const char *argument)
{
    static char text[5][2 * UNIT_PATH];
    char *argv[] = {text[0], text[1], text[2], text[3], argument ? text[4] : NULL, NULL};
    snprintf(text[0], sizeof text[0], "./dummy");
    snprintf(text[1], sizeof text[1], "--runs-dir=%s/runs", root);
    snprintf(text[2], sizeof text[2], "--data-dir=%s/data", root);
    snprintf(text[3], sizeof text[3], "--threads=1");
    if (argument)
        snprintf(text[4], sizeof text[4], "%s", argument);
    return frame_open(c, argument ? 5 : 4, argv);
}

static void whole_claim(void *unused)
{
    (void)unused;
    static const struct summary_quantity quantity[] = {
        {"i-xt", "%.1f", "mean I(X;T), bits", STATS_MEAN, 0}};
    static const struct summary_plan plan = {quantity, 1, 0, 0};
    static const struct course_column column[] = {{COURSE_I_XT, COURSE_OVER_MEAN},
                                                  {COURSE_I_TY, COURSE_OVER_SD}};
    struct frame *f = open_frame(&claim, NULL);
    const struct frame_set set[] = {small("short", 1, 2), small("long", 2, 3)};
    frame_sets(f, set, 2, 10);
    if (!frame_train(f))
        exit(frame_close(f));
    frame_params(f, 1);
    FILE *paths = frame_table(f, "dummy"), *other = frame_table(f, "other");
    for (size_t s = 0; s < 2; s++) {
        const struct run_record *record = frame_read(f, s);
        struct summary *x = frame_summary(f, &plan, s, 0);
        for (size_t k = 0; k < set[s].networks; k++) {
            unit_require(record[k].number == k, "network %zu is number %zu", k, record[k].number);
            const double i_xt = record[k].row[record[k].rows - 1].information[0].i_xt;
            summary_put(x, k, &i_xt);
        }
        summary_report(x, &f->report);
        fprintf(paths, "%s\t1", set[s].name);
        frame_path(paths, record, set[s].networks, record->rows - 1, 0, column, 2);
    }
    struct summary *all = frame_summary(f, &plan, FRAME_ALL_SETS, 0);
    unit_require(!all->set && all->networks == 2 && all->resamples == 10, "all sets");
    unit_require(fabs(frame_task(f, 0)->i_xy - 0.99) < 1e-6, "the task");
    fputs("rows\n", other);
    exit(frame_close(f));
}

/* Trains, reads, writes what it declares and nothing else, all at the end. */
START_TEST(a_claim)
{
    char path[2 * UNIT_PATH];
    const struct unit_outcome o = unit_call(whole_claim, NULL);
    ck_assert_msg(o.status == 0, "%s", o.err);
    snprintf(path, sizeof path, "%s/data", root);
    ck_assert_int_eq(unit_count(path), 3);
    snprintf(path, sizeof path, "%s/data/other.tsv", root);
    unit_file_is(path, "rows\n");
    snprintf(path, sizeof path, "%s/data/dummy.num", root);
    FILE *f = fopen(path, "r");
    ck_assert_ptr_nonnull(f);
    static const char *const begin[] = {
        "dummy/param.networks\t3\t3\tnetworks of each set\n",
        "dummy/param.epochs\t2\t2\tepochs\n",
        "dummy/param.rate\t0.002\t0.002\tlearning rate\n",
        "dummy/param.batch\t205\t205\t",
        "dummy/param.batches\t1\t1\t",
        "dummy/param.samples\t205\t205\t",
        "dummy/param.bins\t30\t30\t",
        "dummy/short/t1/i-xt\t",
        "dummy/short/t1/i-xt/low\t",
        "dummy/short/t1/i-xt/high\t",
        "dummy/long/t1/i-xt\t",
    };
    char line[512];
    for (size_t i = 0; i < sizeof begin / sizeof *begin; i++) {
        ck_assert_ptr_nonnull(fgets(line, sizeof line, f));
        ck_assert_msg(strncmp(line, begin[i], strlen(begin[i])) == 0, "%s", line);
    }
    fclose(f);
}
END_TEST

static void list(void *unused)
{
    (void)unused;
    open_frame(&claim, "--list-files");
}

START_TEST(files)
{
    const struct unit_outcome o = unit_call(list, NULL);
    ck_assert_int_eq(o.status, 0);
    ck_assert_str_eq(o.out, "dummy.num\ndummy.tsv\nother.tsv\n");
}
END_TEST

/* Opens a table of the given name, or none, and closes. */
static void table(void *name)
{
    struct frame *f = open_frame(&claim, NULL);
    frame_train(f);
    frame_table(f, "dummy");
    if (name)
        frame_table(f, name);
    exit(frame_close(f));
}

START_TEST(tables_are_declared)
{
    static char unknown[] = "unknown", other[] = "other";
    struct unit_outcome o = unit_call(table, unknown);
    ck_assert_int_eq(o.status, 1);
    ck_assert_ptr_nonnull(strstr(o.err, "the table unknown is not declared"));
    o = unit_call(table, NULL);
    ck_assert_int_eq(o.status, 1);
    ck_assert_ptr_nonnull(strstr(o.err, "the table other is declared, but not written"));
    ck_assert_int_eq(unit_call(table, other).status, 0);
}
END_TEST

static void borrow(void *argument)
{
    struct frame *f = open_frame(&borrower, argument);
    const struct frame_set set[] = {small(NULL, 1, 1)};
    frame_sets(f, set, 1, 10);
    const int all = frame_train(f);
    printf("%d", all);
    frame_close(f);
}

/* Published values are looked for where they are needed, before training, and named when missing. */
START_TEST(values_of_others)
{
    static char nowhere[] = "--reference-dir=/nowhere", share[] = "--shard=1/2";
    static char estimate[] = "--estimate", here[2 * UNIT_PATH];
    struct unit_outcome o = unit_call(borrow, nowhere);
    ck_assert_int_eq(o.status, 1);
    ck_assert_ptr_nonnull(strstr(o.err, "/nowhere/dummy.tsv"));
    ck_assert_ptr_null(strstr(o.err, "to train"));
    ck_assert_ptr_null(strchr(strchr(o.err, '\n') + 1, '\n')); /* one line */
    o = unit_call(borrow, share);
    ck_assert_int_eq(o.status, 0);
    ck_assert_str_eq(o.out, "0");
    ck_assert_int_eq(unit_call(borrow, estimate).status, 0);
    snprintf(here, sizeof here, "%s/dummy.tsv", root);
    FILE *f = fopen(here, "w");
    ck_assert_ptr_nonnull(f);
    fclose(f);
    snprintf(here, sizeof here, "--reference-dir=%s", root);
    o = unit_call(borrow, here);
    ck_assert_int_eq(o.status, 0);
    ck_assert_str_eq(o.out, "1");
}
END_TEST

int main(void)
{
    unit_directory(root);
    const TTest *const tests[] = {a_claim, files, tables_are_declared, values_of_others};
    const int status = unit_run("frame", tests, sizeof tests / sizeof *tests);
    unit_remove(root);
    return status;
}
