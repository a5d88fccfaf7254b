/* test_control_report.c -- what is reported of networks and their controls: which is divided by which, which
 * goes with which, and what counts as too early; of synthetic courses. */
#include "unit.h"

#include "control_report.h"

enum { NETWORKS = 6, SETS = 4, ROWS = 4 };

static char root[UNIT_PATH];
static struct run_record record[SETS][NETWORKS];
static struct config config = {
    .fraction = 1.0, .layers = 2, .width = {2, 3, 4}, .rate = 0.5, .epochs = 30};

/* Of set s, network k: the loss halves with every row, but in set 1 every other network's stays where it is
 * from row 1 on; set 0 has a row more.  The first layer falls by (s + 1)(k + 1)/8 bit a row. */
static void fill(void)
{
    for (size_t s = 0; s < SETS; s++)
        for (size_t k = 0; k < NETWORKS; k++) {
            struct run_record *r = &record[s][k];
            r->rows = s == 0 ? ROWS : ROWS - 1;
            r->layers = 2;
            for (size_t i = 0; i < r->rows; i++)
                r->row[i] = (struct run_row){
                    .epoch = 10 * i,
                    .loss = ldexp(1.0, s == 1 && k % 2 == 1 && i > 1 ? -1 : -(int)i),
                    .train_accuracy = s == 3 && k < 2 ? 0.9 : 0.99,
                    .test_accuracy = 0.75,
                    .weight_norm = {1.0 + (double)i, 1.0},
                    .information = {{9.0 - (double)((s + 1) * (k + 1) * i) / 8.0, 0.5}}};
        }
}

static double value(const struct report *r, const char *key)
{
    for (size_t i = 0; i < r->knowns; i++)
        if (strcmp(r->known[i].key, key) == 0)
            return r->known[i].x.value;
    ck_abort_msg("%s is not reported", key);
}

static struct frame_set set[SETS] = {{.name = "zero", .networks = NETWORKS},
                                     {.name = "one", .networks = NETWORKS},
                                     {.name = "two", .networks = NETWORKS - 1},
                                     {.name = "three", .networks = NETWORKS}};
static struct dataset data[SETS];
static struct cli cli = {.name = "noise"};
static struct frame frame;
static struct file rows;

static void begin(const char *columns)
{
    fill();
    snprintf(cli.data_dir, sizeof cli.data_dir, "%s", root);
    frame = (struct frame){.cli = cli, .set = set, .sets = SETS, .resamples = 200};
    frame.ensemble.data = data;
    for (size_t s = 0; s < SETS; s++) {
        set[s].config = config;
        data[s].n = 8;
    }
    report_open(&frame.report, &frame.cli);
    report_table(&frame.report, &rows, "rows", columns);
}

static void end(void)
{
    file_commit(&rows);
    report_close(&frame.report);
    for (size_t i = 0; i < frame.summaries; i++)
        summary_free(frame.summary[i]);
}

/* Loss is equal at row 2 of networks 0, 2, 4 and at row 1 of the others: falls with noise of 2, 2, 6, 4, 10
 * and 6 eighths, without it of twice as much; two are below half a bit. */
START_TEST(pairs)
{
    begin(NULL);
    const struct control_set with = {0, record[0]}, without = {1, record[1]};
    const struct stats_interval fall =
        control_report_pairs(&frame, rows.stream, "same", CONTROL_LOSS, with, without, 0);
    ck_assert_double_eq(fall.value, 0.625);
    ck_assert_double_eq(value(&frame.report, "same/t1/with"), 0.625);
    ck_assert_double_eq(value(&frame.report, "same/t1/without"), 1.25);
    ck_assert_double_eq(value(&frame.report, "t1/same"), 2.0);
    ck_assert_double_eq_tol(value(&frame.report, "same/t1/early"), 2.0 / 6.0, 1e-15);
    ck_assert_double_eq(value(&frame.report, "same/t1/epoch-with"), 15.0);
    ck_assert_double_eq(value(&frame.report, "same/t1/growth-without"), 2.5);
    /* at the end set 0 has a row more */
    control_report_pairs(&frame, rows.stream, "end", CONTROL_END, with, without, 0);
    ck_assert_double_eq_tol(value(&frame.report, "t1/end"), 4.0 / 3.0, 1e-15);
    ck_assert_double_eq(value(&frame.report, "end/t1/epoch-with"), 30.0);
    ck_assert_double_eq(value(&frame.report, "end/t1/loss-without"), 0.375);
    end();
}
END_TEST

/* As many pairs as controls, of the same numbers: networks 0 to 4, mean k + 1 of 3. */
START_TEST(fewer_controls)
{
    begin(NULL);
    const struct control_set with = {0, record[0]}, without = {2, record[2]};
    control_report_pairs(&frame, rows.stream, "few", CONTROL_LOSS, with, without, 0);
    ck_assert_double_eq(value(&frame.report, "few/t1/with"), 0.75);
    ck_assert_double_eq(value(&frame.report, "few/t1/without"), 2.25);
    end();
}
END_TEST

/* A member whose falls do not rise with the dose: 0, 2, 1 in place of 0, 1, 2. */
START_TEST(families)
{
    begin(CONTROL_REPORT_DOSES);
    struct control_family family = {.name = "gradient",
                                    .doses = 3,
                                    .member = {{"none", 0.0, {0, record[0]}},
                                               {"some", 1.0, {3, record[3]}},
                                               {"much", 4.0, {2, record[2]}}},
                                    .natural = 1};
    control_report_family(&frame, rows.stream, &family, 0);
    /* at row 2 of all, networks 0 to 4: falls of 3/4, 3 and 9/4 */
    ck_assert_double_eq(value(&frame.report, "none/t1/fall"), 0.75);
    ck_assert_double_eq(value(&frame.report, "some/t1/fall"), 3.0);
    ck_assert_double_eq(value(&frame.report, "much/t1/fall"), 2.25);
    ck_assert_double_eq(value(&frame.report, "none/t1/fall-end"), 1.125);
    ck_assert_double_eq_tol(value(&frame.report, "gradient/t1/order"), 0.5, 1e-15);
    ck_assert_double_eq(value(&frame.report, "gradient/t1/change"), 1.5);
    ck_assert_double_eq(value(&frame.report, "gradient/t1/change-natural"), 2.25);

    const size_t knowns = frame.report.knowns; /* without a natural dose, nothing is said of it */
    family.name = "batch";
    family.natural = 0;
    control_report_family(&frame, rows.stream, &family, 1);
    ck_assert_double_eq(value(&frame.report, "batch/t2/change"), 0.0);
    for (size_t i = knowns; i < frame.report.knowns; i++)
        ck_assert_ptr_null(strstr(frame.report.known[i].key, "natural"));
    end();
}
END_TEST

/* Two of six networks never err on less than 5 %. */
START_TEST(learning)
{
    begin(NULL);
    control_report_learning(&frame, (struct control_set){3, record[3]});
    ck_assert_double_eq_tol(value(&frame.report, "three/never-small"), 1.0 / 3.0, 1e-15);
    ck_assert_double_eq(value(&frame.report, "three/small"), 0.0);
    ck_assert_double_eq_tol(value(&frame.report, "three/train-error"), 4.0, 1e-12);
    ck_assert_double_eq_tol(value(&frame.report, "three/test-error"), 25.0, 1e-12);
    end();
}
END_TEST

/* Rows of I(X;T) 8 8 7.9 7 6 5 4 4: a tenth of the fall of 4 is lost at row 3.  There the deviation of the
 * two layers is 3 (k + 1) and 0, over 6 and 12 weights; one of three networks does not compress. */
START_TEST(natural)
{
    static const double i_xt[] = {8.0, 8.0, 7.9, 7.0, 6.0, 5.0, 4.0, 4.0};
    begin(NULL);
    set[0].networks = 3;
    set[0].config.batch = 2; /* four of them */
    for (size_t k = 0; k < 3; k++) {
        record[0][k].rows = 8;
        for (size_t i = 0; i < 8; i++)
            record[0][k].row[i] = (struct run_row){.epoch = 10 * i,
                                                   .gradient = {{0.0, (double)(i * (k + 1))}},
                                                   .information = {{k == 1 ? 8.0 : i_xt[i], 0.5}}};
    }
    control_report_natural(&frame, (struct control_set){0, record[0]});
    set[0].networks = NETWORKS;
    /* networks 0 and 2: 3 and 9 over sqrt(6 4), and over sqrt(18 4) */
    ck_assert_double_eq_tol(value(&frame.report, "natural/t1"), 6.0 / sqrt(24.0), 1e-14);
    ck_assert_double_eq(value(&frame.report, "natural/t2"), 0.0);
    ck_assert_double_eq_tol(value(&frame.report, "natural/all"), 6.0 / sqrt(72.0), 1e-14);
    end();
}
END_TEST

/* If no network compresses, there is no onset to measure at. */
START_TEST(no_onset)
{
    begin(NULL);
    for (size_t k = 0; k < NETWORKS; k++)
        record[0][k].rows = 1;
    control_report_natural(&frame, (struct control_set){0, record[0]});
    ck_assert_double_nan(value(&frame.report, "natural/all"));
    end();
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {pairs, fewer_controls, families, learning, natural, no_onset};
    unit_directory(root);
    const int status = unit_run("control_report", tests, sizeof tests / sizeof *tests);
    unit_remove(root);
    return status;
}
