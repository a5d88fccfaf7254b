/* test_published.c -- tables of published values, whole and damaged, and the comparison with them:
 * closed forms, groups of networks that are alike or not, and networks that lag. */
#include "unit.h"

#include "published.h"

static char directory[UNIT_PATH];

/* ---- reading ---- */

#define HEADER "quantity\tepoch\tlayer\tmean\tsd\tnetworks\n"
#define GOOD                                                                                       \
    "# from somewhere\n" HEADER "i_xt\t0\t1\t11.5\t0.25\t20\n"                                     \
    "accuracy\t0\t7\t0.5\tnan\t20\n"                                                               \
    "# later\n"                                                                                    \
    "i_xt\t9998\t1\t10\t0\t20\n"                                                                   \
    "accuracy\t9998\t7\t0.998\tnan\t40\n"

struct table {
    char path[UNIT_PATH + 16];
    struct published p;
};

static void write_table(struct table *t, const char *text, size_t size)
{
    snprintf(t->path, sizeof t->path, "%s/table.tsv", directory);
    FILE *f = fopen(t->path, "wb");
    ck_assert(f && fwrite(text, 1, size, f) == size && fclose(f) == 0);
}

static void read_table(void *arg)
{
    struct table *t = arg;
    published_read(&t->p, t->path);
}

START_TEST(reads_a_table)
{
    static struct table t;
    write_table(&t, GOOD, strlen(GOOD));
    published_read(&t.p, t.path);
    ck_assert_uint_eq(t.p.n, 4);
    ck_assert_int_eq(t.p.cell[0].quantity, PUBLISHED_I_XT);
    ck_assert_uint_eq(t.p.cell[0].epoch, 0);
    ck_assert_uint_eq(t.p.cell[0].layer, 1);
    ck_assert_double_eq(t.p.cell[0].mean, 11.5);
    ck_assert_double_eq(t.p.cell[0].sd, 0.25);
    ck_assert_uint_eq(t.p.cell[0].networks, 20);
    ck_assert_int_eq(t.p.cell[3].quantity, PUBLISHED_ACCURACY);
    ck_assert_uint_eq(t.p.cell[3].epoch, 9998);
    ck_assert_uint_eq(t.p.cell[3].layer, 7);
    ck_assert_double_eq(t.p.cell[3].mean, 0.998);
    ck_assert_double_nan(t.p.cell[3].sd);
    ck_assert_uint_eq(t.p.cell[3].networks, 40);
}
END_TEST

/* One line that names the file, where it can the line, and what is wrong. */
static void refused(const char *text, size_t size, const char *what)
{
    static struct table t;
    write_table(&t, text, size);
    const struct unit_outcome o = unit_call(read_table, &t);
    ck_assert_msg(o.status == 1, "%s: status %d", what, o.status);
    ck_assert_msg(strstr(o.err, t.path) && strstr(o.err, what), "wanted \"%s\": %s", what, o.err);
    ck_assert_msg(strchr(o.err, '\n') == o.err + strlen(o.err) - 1, "not one line: %s", o.err);
}

START_TEST(refuses_a_damaged_table)
{
    static const char *const damaged[][2] = {
        {"", "no values"},
        {HEADER, "no values"},
        {"i_xt\t0\t1\t11.5\t0.25\t20\n", "line 1: it is not the line of column names"},
        {"# a\nquantity\tepoch\tlayer\tmean\tsd\n", "line 2: it is not the line of column names"},
        {HEADER "i_xt\t0\t1\t11.5\t0.25\n", "line 2: it does not have six columns"},
        {HEADER "i_xt\t0\t1\t11.5\t0.25\t20\t1\n", "line 2: it does not have six columns"},
        {HEADER "\n", "line 2: it does not have six columns"},
        {HEADER "i_yx\t0\t1\t11.5\t0.25\t20\n", "line 2: the quantity is none of"},
        {HEADER "i_x\t0\t1\t11.5\t0.25\t20\n", "line 2: the quantity is none of"},
        {HEADER "i_xt\t-1\t1\t11.5\t0.25\t20\n", "line 2: the epoch is not"},
        {HEADER "i_xt\t1.5\t1\t11.5\t0.25\t20\n", "line 2: the epoch is not"},
        {HEADER "i_xt\t\t1\t11.5\t0.25\t20\n", "line 2: the epoch is not"},
        {HEADER "i_xt\t0\t0\t11.5\t0.25\t20\n", "line 2: the layer is not"},
        {HEADER "i_xt\t0\t11\t11.5\t0.25\t20\n", "line 2: the layer is not"},
        {HEADER "i_xt\t0\t1\t11,5\t0.25\t20\n", "line 2: the mean is not"},
        {HEADER "i_xt\t0\t1\tnan\t0.25\t20\n", "line 2: the mean is not"},
        {HEADER "i_xt\t0\t1\tinf\t0.25\t20\n", "line 2: the mean is not"},
        {HEADER "i_xt\t0\t1\t11.5\t-0.25\t20\n", "line 2: the standard deviation is"},
        {HEADER "i_xt\t0\t1\t11.5\t\t20\n", "line 2: the standard deviation is"},
        {HEADER "i_xt\t0\t1\t11.5\t0.25\t1\n", "line 2: the number of networks is not"},
        {HEADER "i_xt\t0\t1\t11.5\t0.25\t20x\n", "line 2: the number of networks is not"},
        {GOOD "i_xt\t0\t1\t11.5\t0.25\t20\n", "line 8: the same value stands further up"},
        {GOOD "i_xt\t5\t1\t11.5\t0.25\t20\n", "rows are missing"},
        {GOOD "i_ty\t0\t1\t0.5\t0.25\t20\n", "rows are missing"},
    };
    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++)
        refused(damaged[i][0], strlen(damaged[i][0]), damaged[i][1]);
    refused(GOOD, strlen(GOOD) - 1, "line 7: it is cut off");
    refused("#\0\n", 3, "zero byte");
}
END_TEST

/* Every proper beginning of a table is refused, but the one that ends before its second epoch. */
START_TEST(refuses_a_table_cut_anywhere)
{
    static struct table t;
    const size_t whole = strlen(GOOD);
    size_t accepted = 0;
    for (size_t size = 0; size < whole; size++) {
        write_table(&t, GOOD, size);
        accepted += unit_call(read_table, &t).status == 0;
    }
    /* before the comment and after it; the line above the last epoch alone has one value */
    ck_assert_uint_eq(accepted, 3);
}
END_TEST

/* As many rows as there is room for, and one more. */
START_TEST(refuses_too_many_rows)
{
    static char text[64 * (PUBLISHED_MAX_CELLS + 2)];
    static struct table t;
    size_t at = (size_t)snprintf(text, sizeof text, "%s", HEADER);
    for (size_t i = 0; i < PUBLISHED_MAX_CELLS; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, "i_xt\t%zu\t1\t11.5\tnan\t20\n", i);
    write_table(&t, text, at);
    published_read(&t.p, t.path);
    ck_assert_uint_eq(t.p.n, PUBLISHED_MAX_CELLS);
    at += (size_t)snprintf(text + at, sizeof text - at, "i_xt\t9999\t1\t11.5\tnan\t20\n");
    refused(text, at, "there are too many rows");
}
END_TEST

START_TEST(refuses_what_is_not_there)
{
    static struct table t;
    snprintf(t.path, sizeof t.path, "%s/nothing.tsv", directory);
    const struct unit_outcome o = unit_call(read_table, &t);
    ck_assert_int_eq(o.status, 1);
    ck_assert_ptr_nonnull(strstr(o.err, "cannot read"));
}
END_TEST

/* The table that comes with the paper: 39 epochs of seven layers, and the accuracy; no value beyond what
 * the task has. */
START_TEST(the_stored_values_are_possible)
{
    static struct published p;
    published_read(&p, "data/reference/as_coded.tsv");
    ck_assert_uint_eq(p.n, 39 * (7 + 7 + 1));
    for (size_t i = 0; i < p.n; i++) {
        const struct published_cell *c = &p.cell[i];
        const double most = c->quantity == PUBLISHED_I_XT ? 12.0 : 1.0;
        ck_assert_double_ge(c->mean, 0.0);
        ck_assert_double_le(c->mean, most);
        ck_assert_uint_eq(c->networks, 20);
    }
}
END_TEST

/* ---- comparing ---- */

static struct published_cell cell(double mean, double sd, size_t networks)
{
    return (struct published_cell){.layer = 1, .mean = mean, .sd = sd, .networks = networks};
}

START_TEST(compares_means)
{
    const double x[] = {1.0, 2.0, 3.0}; /* mean 2, standard deviation 1 */
    struct published_cell c = cell(1.5, 2.0, 4);
    struct published_match m = published_compare(&c, x, 3, 0.6);
    ck_assert_double_eq(m.mean, 2.0);
    ck_assert_double_eq(m.sd, 1.0);
    /* 1/3 + 4/4 + 0.36/12 */
    ck_assert_double_eq_tol(m.error, sqrt(1.0 / 3.0 + 1.03), 1e-15);
    ck_assert_double_eq_tol(m.z, 0.5 / sqrt(1.0 / 3.0 + 1.03), 1e-15);

    /* ours stands for theirs: 1/3 + 1/4 + 0.36/12 */
    c = cell(2.5, (double)NAN, 4);
    m = published_compare(&c, x, 3, 0.6);
    ck_assert_double_eq_tol(m.z, -0.5 / sqrt(1.0 / 3.0 + 0.28), 1e-15);
    ck_assert_double_nan(m.z_sd);

    /* all equal: only the rounding is left */
    const double same[] = {12.0, 12.0, 12.0};
    c = cell(12.0, (double)NAN, 20);
    ck_assert_double_eq(published_compare(&c, same, 3, 0.001).z, 0.0);
    const double none[] = {(double)NAN, (double)NAN, (double)NAN};
    c = cell(12.0, 0.5, 20);
    m = published_compare(&c, none, 3, 0.001);
    ck_assert_double_nan(m.mean);
    ck_assert_double_nan(m.z);
    ck_assert_double_nan(m.z_sd);
    c = cell(11.999, 0.0, 20);
    ck_assert_double_eq_tol(published_compare(&c, same, 3, 0.001).z, sqrt(12.0), 1e-9);
}
END_TEST

/* {0, 0, 0, 4}: mean 1, variance 12/3, fourth moment over its square (3 + 81)/16/4 = 1.3125. */
START_TEST(compares_deviations)
{
    const double x[] = {0.0, 0.0, 0.0, 4.0};
    const struct published_cell c = cell(0.0, 1.0, 8);
    const struct published_match m = published_compare(&c, x, 4, 0.012);
    ck_assert_double_eq_tol(
        m.z_sd, log(2.0) / sqrt(0.3125 / 4.0 * (1.0 / 4.0 + 1.0 / 8.0) + 1.2e-5), 1e-14);
    const double same[] = {3.0, 3.0, 3.0, 3.0};
    ck_assert_double_nan(published_compare(&c, same, 4, 0.012).z_sd);
    const struct published_cell none = cell(0.0, 0.0, 8);
    ck_assert_double_nan(published_compare(&none, x, 4, 0.012).z_sd);
}
END_TEST

/* Normal values by the sum of twelve uniform ones. */
static double normal(uint64_t *state)
{
    double sum = -6.0;
    for (int i = 0; i < 12; i++)
        sum += unit_uniform(state, 0.0, 1.0);
    return sum;
}

/* Of groups that are alike, z is near to standard normal, and z_sd spreads somewhat more. */
START_TEST(alike_is_standard_normal)
{
    enum { OURS = 50, THEIRS = 20, PAIRS = 4000 };
    uint64_t state = 1;
    static double z[PAIRS], z_sd[PAIRS];
    for (size_t i = 0; i < PAIRS; i++) {
        double x[OURS], y[THEIRS];
        for (size_t k = 0; k < OURS; k++)
            x[k] = 5.0 + 2.0 * normal(&state);
        for (size_t k = 0; k < THEIRS; k++)
            y[k] = 5.0 + 2.0 * normal(&state);
        const struct published_cell c = cell(stats_mean(y, THEIRS), stats_sd(y, THEIRS), THEIRS);
        const struct published_match m = published_compare(&c, x, OURS, 1e-6);
        z[i] = m.z;
        z_sd[i] = m.z_sd;
    }
    ck_assert_double_eq_tol(stats_mean(z, PAIRS), 0.0, 0.06);
    ck_assert_double_eq_tol(stats_sd(z, PAIRS), 1.0, 0.06);
    ck_assert_double_eq_tol(stats_mean(z_sd, PAIRS), 0.0, 0.15);
    ck_assert_double_eq_tol(stats_sd(z_sd, PAIRS), 1.15, 0.1);
}
END_TEST

/* A network at epochs 0, 1, 1003 and 1007, whose values grow by the row. */
static struct run_record network(double i_xt, double i_ty, double accuracy)
{
    static const size_t epoch[] = {0, 1, 1003, 1007};
    struct run_record r = {.layers = 2, .rows = 4};
    for (size_t i = 0; i < r.rows; i++) {
        r.row[i].epoch = epoch[i];
        r.row[i].train_accuracy = accuracy + 0.01 * (double)i;
        r.row[i].information[1] =
            (struct information){i_xt + (double)i, i_ty + 0.1 * (double)i, 0.0};
    }
    return r;
}

static double value_at(enum published_quantity quantity, size_t epoch)
{
    static struct run_record r;
    r = network(3.0, 0.5, 0.75);
    const struct published_cell c = {.quantity = quantity, .epoch = epoch, .layer = 2};
    return published_value(&r, &c);
}

/* A published epoch is after its updates, one more than ours of that number. */
START_TEST(finds_values)
{
    ck_assert_double_eq(value_at(PUBLISHED_I_XT, 0), 4.0);
    ck_assert_double_eq(value_at(PUBLISHED_I_TY, 0), 0.6);
    ck_assert_double_eq(value_at(PUBLISHED_ACCURACY, 0), 0.76);
    ck_assert_double_eq(value_at(PUBLISHED_I_XT, 1002), 5.0);
    ck_assert_double_eq_tol(value_at(PUBLISHED_I_XT, 501), 4.5,
                            1e-14); /* half way from 1 to 1003 */
    ck_assert_double_eq_tol(value_at(PUBLISHED_I_XT, 1003), 5.25, 1e-14);
    ck_assert_double_eq(value_at(PUBLISHED_I_XT, 1006), 6.0);
    ck_assert_double_nan(value_at(PUBLISHED_I_XT, 1007));

    static struct run_record r;
    r = network(3.0, 0.5, 0.75);
    struct published_cell c = {.quantity = PUBLISHED_I_XT, .epoch = 1002, .layer = 1};
    ck_assert_double_eq(published_value(&r, &c), 0.0);
    c.layer = 3;
    ck_assert_double_nan(published_value(&r, &c));
}
END_TEST

/* What is not trained stays as it is. */
START_TEST(an_untrained_network_stays)
{
    static struct run_record r;
    r = network(3.0, 0.5, 0.75);
    r.rows = 1;
    struct published_cell c = {.quantity = PUBLISHED_I_XT, .epoch = 9998, .layer = 2};
    ck_assert_double_eq(published_value(&r, &c), 3.0);
    c.quantity = PUBLISHED_ACCURACY;
    ck_assert_double_eq(published_value(&r, &c), 0.75);
    c.layer = 3;
    ck_assert_double_nan(published_value(&r, &c));
}
END_TEST

/* Network by network, cell by cell. */
START_TEST(finds_all_values)
{
    static struct run_record r[2];
    r[0] = network(3.0, 0.5, 0.75);
    r[1] = network(4.0, 0.25, 0.875);
    const struct published p = {
        .n = 3,
        .cell = {{.quantity = PUBLISHED_I_TY, .epoch = 1002, .layer = 2},
                 {.quantity = PUBLISHED_I_XT, .epoch = 1002, .layer = 2},
                 {.quantity = PUBLISHED_ACCURACY, .epoch = 1002, .layer = 2}},
    };
    double *x = published_values(&p, r, 2);
    const double wanted[] = {0.7, 5.0, 0.77, 0.45, 6.0, 0.895};
    for (size_t i = 0; i < 6; i++)
        ck_assert_double_eq_tol(x[i], wanted[i], 1e-14);
    free(x);
}
END_TEST

/* ---- tables as a whole ---- */

static const struct published_rule rule = {.errors = 2.0, .chance = 0.05};

/* The edge of two standard errors counts as within; a cell that is NaN does not count at all. */
START_TEST(counts)
{
    static const struct published_match match[] = {
        {.sd = 0.5, .z = 2.0, .z_sd = -2.0},          {.sd = 0.5, .z = -2.1, .z_sd = 2.1},
        {.sd = 0.001, .z = 1.0, .z_sd = (double)NAN}, {.sd = 0.0, .z = 3.0, .z_sd = (double)NAN},
        {.sd = 0.5, .z = (double)NAN, .z_sd = 0.0},   {.sd = 0.002, .z = 0.0, .z_sd = (double)NAN}};
    struct published_tally t = {0};
    for (size_t i = 0; i < sizeof match / sizeof *match; i++)
        published_count(&t, &match[i], 0.001, &rule);
    ck_assert_uint_eq(t.cells, 5);
    ck_assert_uint_eq(t.agree, 3);
    ck_assert_uint_eq(t.open, 3);
    ck_assert_uint_eq(t.open_agree, 2);
    ck_assert_uint_eq(t.deviations, 2);
    ck_assert_uint_eq(t.deviations_agree, 1);
}
END_TEST

/* Four networks, three cells and one that was not measured, by hand: ours have the means 2, 2.5 and 1 and
 * the standard deviations 2, 1.291 and 0; the accuracy is no information. */
static struct published by_hand = {
    .n = 4,
    .cell = {{.quantity = PUBLISHED_I_XT, .layer = 1, .mean = 2.25, .sd = 1.9, .networks = 4},
             {.quantity = PUBLISHED_I_TY, .layer = 1, .mean = 9.5, .sd = 0.001, .networks = 4},
             {.quantity = PUBLISHED_ACCURACY, .layer = 1, .mean = 1.0, .sd = 0.0, .networks = 4},
             {.quantity = PUBLISHED_I_XT, .layer = 1, .mean = 1.0, .sd = 0.5, .networks = 4}}};
static const double by_hand_x[4 * 4] = {1.0, 4.0, 1.0, (double)NAN, 1.0, 3.0, 1.0, (double)NAN,
                                        1.0, 2.0, 1.0, (double)NAN, 5.0, 1.0, 1.0, (double)NAN};

START_TEST(shares_by_hand)
{
    struct published_tally t;
    const struct published_shares s =
        published_shares(&t, &by_hand, by_hand_x, 4, 1e-6, &rule, 2000, 1);
    ck_assert_uint_eq(t.cells, 3);
    ck_assert_uint_eq(t.agree, 2);
    ck_assert_uint_eq(t.deviations, 2);
    ck_assert_uint_eq(t.deviations_agree, 1);
    ck_assert_double_eq_tol(s.cells.value, 2.0 / 3.0, 1e-15);
    ck_assert_double_eq_tol(s.deviations.value, 0.5, 1e-15);
    ck_assert_double_eq_tol(s.distance.value, (0.25 + 7.0) / 2.0, 1e-14);
    ck_assert_double_le(s.distance.low, s.distance.value);
    ck_assert_double_ge(s.distance.high, s.distance.value);
    ck_assert_uint_eq(s.cells.n, 4);
    ck_assert_uint_eq(s.distance.n, 4);
}
END_TEST

/* Networks are resampled whole: where one cell is high the other is low, so that the mean distance from
 * cells far above and far below is the same in every resample. */
START_TEST(shares_resample_networks)
{
    enum { NETWORKS = 30 };
    static struct published p = {.n = 2};
    uint64_t state = 3;
    double x[2 * NETWORKS];
    p.cell[0] = cell(100.0, 1.0, 20);
    p.cell[1] = cell(100.0, 1.0, 20);
    for (size_t k = 0; k < NETWORKS; k++) {
        x[2 * k] = normal(&state);
        x[2 * k + 1] = -x[2 * k];
    }
    struct published_tally t;
    struct published_shares s = published_shares(&t, &p, x, NETWORKS, 1e-6, &rule, 500, 1);
    ck_assert_double_eq_tol(s.distance.low, 100.0, 1e-12);
    ck_assert_double_eq_tol(s.distance.high, 100.0, 1e-12);
    p.cell[1].mean = -100.0; /* now they add up: the interval is that of the mean of the first */
    s = published_shares(&t, &p, x, NETWORKS, 1e-6, &rule, 4000, 1);
    ck_assert_double_gt(s.distance.high - s.distance.low, 0.3);
    ck_assert_double_lt(s.distance.high - s.distance.low, 1.5);
    ck_assert_double_eq(s.cells.value, 0.0);
    ck_assert_double_eq(s.cells.high, 0.0);
}
END_TEST

/* ---- groups that are alike ---- */

enum { ALIKE_NETWORKS = 50, ALIKE_DRAWS = 4000 };

/* n cells, all with the same values in a network if `together`. */
static void alike_values(struct published *p, double *x, size_t n, int together)
{
    uint64_t state = 7;
    p->n = n;
    for (size_t i = 0; i < n; i++)
        p->cell[i] = cell(0.0, 1.0, 20);
    for (size_t k = 0; k < ALIKE_NETWORKS; k++)
        for (size_t i = 0; i < n; i++)
            x[k * n + i] = together && i > 0 ? x[k * n] : normal(&state);
}

/* One cell: within two standard errors in 94 of 100 cases, a little less than a normal variable, as
 * the errors are themselves estimated. */
START_TEST(alike_one_cell)
{
    static struct published p;
    double x[ALIKE_NETWORKS];
    alike_values(&p, x, 1, 0);
    const struct published_alike a =
        published_alike(&p, x, ALIKE_NETWORKS, 1e-6, &rule, ALIKE_DRAWS, 1);
    ck_assert_double_eq_tol(a.cells.value, 0.943, 0.012);
    ck_assert_double_eq(a.cells.low, 0.0); /* it is 0 in more than 2.5 % of the draws */
    ck_assert_double_eq(a.cells.high, 1.0);
    ck_assert_double_eq(a.cells_least, 0.0); /* and in more than 5 % */
    ck_assert_double_eq(a.deviations_least, 0.0);
    const struct published_rule lax = {.errors = 2.0, .chance = 0.10};
    ck_assert_double_eq(
        published_alike(&p, x, ALIKE_NETWORKS, 1e-6, &lax, ALIKE_DRAWS, 1).cells_least, 1.0);
}
END_TEST

/* Cells that always move together pass and fail together; independent ones by the binomial law. */
START_TEST(alike_many_cells)
{
    enum { CELLS = 10 };
    static struct published p;
    static double x[ALIKE_NETWORKS * CELLS];
    alike_values(&p, x, CELLS, 1);
    const struct published_alike together =
        published_alike(&p, x, ALIKE_NETWORKS, 1e-6, &rule, ALIKE_DRAWS, 1);
    ck_assert_double_eq(together.cells.low, 0.0);
    ck_assert_double_eq(together.cells_least, 0.0);
    alike_values(&p, x, CELLS, 0);
    const struct published_alike apart =
        published_alike(&p, x, ALIKE_NETWORKS, 1e-6, &rule, ALIKE_DRAWS, 1);
    ck_assert_double_ge(apart.cells.low, 0.7);
    /* of ten, each with a probability of .94: seven or fewer in 2 %, eight or fewer in 12 % of cases */
    ck_assert_double_eq(apart.cells_least, 0.8);

    /* a cell that was not measured is as if it were not there */
    static double y[ALIKE_NETWORKS * (CELLS + 1)];
    for (size_t k = 0; k < ALIKE_NETWORKS; k++) {
        y[k * (CELLS + 1)] = (double)NAN;
        memcpy(y + k * (CELLS + 1) + 1, x + k * CELLS, CELLS * sizeof *x);
    }
    p.cell[CELLS] = p.cell[0];
    p.n = CELLS + 1;
    const struct published_alike without =
        published_alike(&p, y, ALIKE_NETWORKS, 1e-6, &rule, ALIKE_DRAWS, 1);
    ck_assert_double_eq(without.cells.value, apart.cells.value);
    ck_assert_double_eq(without.cells_least, apart.cells_least);
    ck_assert_double_eq(without.deviations_least, apart.deviations_least);
}
END_TEST

/* Networks that do not differ agree always, unless rounding is coarser than their last digit. */
START_TEST(alike_without_spread)
{
    static struct published p;
    double x[ALIKE_NETWORKS];
    p.n = 1;
    p.cell[0] = cell(0.0, (double)NAN, 20);
    for (size_t k = 0; k < ALIKE_NETWORKS; k++)
        x[k] = 12.0;
    const struct published_alike a = published_alike(&p, x, ALIKE_NETWORKS, 0.001, &rule, 100, 1);
    ck_assert_double_eq(a.cells.low, 1.0);
    ck_assert_double_eq(a.cells_least, 1.0);
    ck_assert_double_eq(a.deviations_least, 1.0); /* of no deviations none disagrees */
}
END_TEST

/* A mean that is off by three of its errors in half of the cells, which move together, is below what is
 * asked; of networks like ours it is not. */
START_TEST(margin_tells)
{
    enum { CELLS = 20 };
    static struct published p;
    static double x[ALIKE_NETWORKS * CELLS];
    alike_values(&p, x, CELLS, 1);
    double first[ALIKE_NETWORKS];
    for (size_t k = 0; k < ALIKE_NETWORKS; k++)
        first[k] = x[k * CELLS];
    for (size_t i = 0; i < CELLS; i++)
        p.cell[i].mean = stats_mean(first, ALIKE_NETWORKS) + (i % 2 ? 0.0 : 3.0);
    struct published_tally t;
    const struct published_shares s =
        published_shares(&t, &p, x, ALIKE_NETWORKS, 1e-6, &rule, 500, 1);
    ck_assert_double_eq(s.cells.value, 0.5);
    alike_values(&p, x, CELLS, 0);
    for (size_t i = 0; i < CELLS; i++)
        p.cell[i].mean = i % 2 ? 0.0 : 3.0;
    const struct published_alike a = published_alike(&p, x, ALIKE_NETWORKS, 1e-6, &rule, 1000, 1);
    ck_assert_double_gt(a.cells_least, 0.7);
}
END_TEST

/* ---- single networks ---- */

#define ENDS "# from somewhere\nnetwork\tlayer\ti_xt\ti_ty\n"

struct ends {
    char path[UNIT_PATH + 16];
    struct published_ends of;
};

static void read_ends(void *arg)
{
    struct ends *e = arg;
    published_read_ends(&e->of, e->path);
}

START_TEST(reads_ends)
{
    static struct ends e;
    static struct table t;
    const char text[] = ENDS "0\t1\t12\t0.5\n0\t2\t3.5\t0.25\n1\t1\t11\t0.75\n1\t2\t2.5\t1\n";
    write_table(&t, text, strlen(text));
    published_read_ends(&e.of, t.path);
    ck_assert_uint_eq(e.of.networks, 2);
    ck_assert_uint_eq(e.of.layers, 2);
    ck_assert_double_eq(e.of.i_xt[0][1], 3.5);
    ck_assert_double_eq(e.of.i_xt[1][0], 11.0);
    ck_assert_double_eq(e.of.i_ty[1][0], 0.75);
    published_read_ends(&e.of, "data/reference/as_coded_networks.tsv");
    ck_assert_uint_eq(e.of.networks, 20);
    ck_assert_uint_eq(e.of.layers, 7);
}
END_TEST

START_TEST(refuses_damaged_ends)
{
    static const char *const damaged[] = {
        ENDS,
        ENDS "0\t1\t12\t0.5\n0\t2\t3.5\t0.25\n1\t1\t11\t0.75\n", /* a layer is missing */
        ENDS "0\t1\t12\t0.5\n2\t1\t12\t0.5\n",
        ENDS "1\t1\t12\t0.5\n",
        ENDS "0\t2\t12\t0.5\n",
        ENDS "0\t1\t12\t0.5\n1\t1\t12\t0.5\n1\t2\t12\t0.5\n",
        ENDS "0\t1\t12\t0.5\n0\t1\t12\t0.5\n",
        ENDS "0\t1\t12\n",
        ENDS "0\t1\t-1\t0.5\n",
        ENDS "0\t1\tnan\t0.5\n",
        "network\tlayer\ti_xt\n0\t1\t12\n"};
    static struct ends e;
    static struct table t;
    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
        write_table(&t, damaged[i], strlen(damaged[i]));
        memcpy(e.path, t.path, sizeof e.path);
        const struct unit_outcome o = unit_call(read_ends, &e);
        ck_assert_msg(o.status == 1 && strstr(o.err, e.path), "%zu: %d %s", i, o.status, o.err);
    }
}
END_TEST

/* Above 3/2 of the median, which is 2 here; the edge does not lag. */
START_TEST(laggards)
{
    const double x[] = {2.0, 3.0, 1.0, 3.01, 2.0, 9.0, 1.5};
    int lags[7];
    ck_assert_uint_eq(published_laggards(lags, x, 7), 2);
    for (size_t k = 0; k < 7; k++)
        ck_assert_int_eq(lags[k], k == 3 || k == 5);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {reads_a_table,
                                  refuses_a_damaged_table,
                                  refuses_a_table_cut_anywhere,
                                  refuses_too_many_rows,
                                  refuses_what_is_not_there,
                                  the_stored_values_are_possible,
                                  compares_means,
                                  compares_deviations,
                                  alike_is_standard_normal,
                                  finds_values,
                                  finds_all_values,
                                  an_untrained_network_stays,
                                  counts,
                                  shares_by_hand,
                                  shares_resample_networks,
                                  alike_one_cell,
                                  alike_many_cells,
                                  alike_without_spread,
                                  margin_tells,
                                  reads_ends,
                                  refuses_damaged_ends,
                                  laggards};
    unit_directory(directory);
    const int status = unit_run("published", tests, sizeof tests / sizeof *tests);
    unit_remove(directory);
    return status;
}
