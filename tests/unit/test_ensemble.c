/* test_ensemble.c -- sets of networks: what is trained, by whom, and what comes back. */
#include "unit.h"

#include "ensemble.h"
#include "store.h"

static char root[UNIT_PATH];

static struct config config_of(double rate)
{
    return (struct config){.task = "icosahedron:hard",
                           .layers = 2,
                           .width = {12, 3, 2},
                           .unit = UNIT_TANH,
                           .optimiser = OPTIMISER_SGD,
                           .rate = rate,
                           .batch = 256,
                           .fraction = 0.25,
                           .epochs = 2,
                           .seed = 1};
}

static struct cli cli_of(const char *name)
{
    struct cli cli = {.name = "test", .threads = 2, .shard = 1, .shards = 1};
    snprintf(cli.runs_dir, sizeof cli.runs_dir, "%s/%s", root, name);
    snprintf(cli.data_dir, sizeof cli.data_dir, "%s", root);
    return cli;
}

static int has(const struct cli *cli, const struct ensemble_set *s, size_t number, int measured)
{
    const struct store_key key = {cli->runs_dir, &s->config, measured ? s->estimator : NULL,
                                  number};
    return store_has(&key);
}

/* Networks of a set that are in the store, measurements counted apart. */
static size_t count(const struct cli *cli, const struct ensemble_set *s, int measured)
{
    size_t n = 0;
    for (size_t k = 0; k < s->networks; k++)
        n += has(cli, s, k, measured) != 0;
    return n;
}

/* All of it; and read in full, network by network. */
START_TEST(filled_and_read)
{
    const struct cli cli = cli_of("filled");
    const struct ensemble_set set[] = {{config_of(0.1), "bins:30:-1:1", 3},
                                       {config_of(0.2), "edges:50:-1:1", 2}};
    static struct run_record record[3], alone;
    struct ensemble e;
    ensemble_init(&e, &cli, set, 2);
    ck_assert_int_eq(ensemble_fill(&e), 1);
    ck_assert_uint_eq(count(&cli, &set[0], 0), 3);
    ck_assert_uint_eq(count(&cli, &set[0], 1), 3);
    ck_assert_uint_eq(count(&cli, &set[1], 0), 2);
    ck_assert_uint_eq(count(&cli, &set[1], 1), 2);
    ensemble_read_all(record, &e, 0);
    for (size_t k = 0; k < 3; k++) {
        ck_assert_uint_eq(record[k].number, k);
        ck_assert_uint_eq(record[k].rows, 3);
        ck_assert_double_gt(record[k].row[0].information[0].i_xt, 0.0);
        ck_assert_double_le(record[k].row[0].information[0].i_xt, 12.0);
    }
    ck_assert_double_ne(record[0].row[2].loss, record[1].row[2].loss);
    ensemble_read(&alone, &e, 0, 2);
    ck_assert_double_eq(alone.row[2].loss, record[2].row[2].loss);
    ck_assert_double_eq(alone.row[2].information[1].i_xt, record[2].row[2].information[1].i_xt);

    /* one that is lost is trained on the spot, one whose measurement is lost is measured */
    char path[FILE_PATH_MAX];
    for (int measured = 0; measured < 2; measured++) {
        const struct store_key key = {cli.runs_dir, &set[0].config,
                                      measured ? set[0].estimator : NULL, 1};
        store_path(path, &key);
        ck_assert_int_eq(unlink(path), 0);
        ensemble_read(&alone, &e, 0, 1);
        ck_assert_double_eq(alone.row[2].loss, record[1].row[2].loss);
        ck_assert_double_eq(alone.row[2].information[1].i_xt, record[1].row[2].information[1].i_xt);
        ck_assert(store_has(&key));
    }
    ensemble_free(&e);
}
END_TEST

/* Another estimator on the same networks: they are trained again to be looked at, and the records of
 * the runs stay the files they were. */
START_TEST(a_new_estimator_changes_no_run)
{
    const struct cli cli = cli_of("estimators");
    const struct ensemble_set before[] = {{config_of(0.1), "bins:30:-1:1", 2}};
    const struct ensemble_set after[] = {{config_of(0.1), "bins:30:-1:1", 2},
                                         {config_of(0.1), "bins:100:-1:1", 2},
                                         {config_of(0.1), "edges:50:-1:1", 1},
                                         {config_of(0.1), "edges:50:-1:1", 2}};
    struct ensemble e;
    struct stat was, is;
    char path[FILE_PATH_MAX];
    ensemble_init(&e, &cli, before, 1);
    ck_assert_int_eq(ensemble_fill(&e), 1);
    ensemble_free(&e);
    const struct store_key key = {cli.runs_dir, &before[0].config, NULL, 1};
    store_path(path, &key);
    ck_assert_int_eq(stat(path, &was), 0);

    ensemble_init(&e, &cli, after, 4);
    ck_assert_int_eq(ensemble_fill(&e), 1);
    for (size_t i = 0; i < 4; i++)
        ck_assert_uint_eq(count(&cli, &after[i], 1), after[i].networks);
    ck_assert_int_eq(stat(path, &is), 0);
    ck_assert_uint_eq(is.st_ino, was.st_ino);
    ck_assert_int_eq(is.st_mtim.tv_nsec, was.st_mtim.tv_nsec);

    /* more bins tell more */
    static struct run_record coarse, fine;
    ensemble_read(&coarse, &e, 0, 1);
    ensemble_read(&fine, &e, 1, 1);
    ck_assert_double_eq(coarse.row[2].loss, fine.row[2].loss);
    ck_assert_double_ge(fine.row[0].information[1].i_xt, coarse.row[0].information[1].i_xt);
    ensemble_free(&e);
}
END_TEST

/* Shares: each network is in exactly one, and each share has about as many. */
START_TEST(shares)
{
    enum { SHARES = 3, NETWORKS = 8 };
    const struct ensemble_set set[] = {{config_of(0.1), "bins:30:-1:1", NETWORKS - 3},
                                       {config_of(0.2), "bins:30:-1:1", 3}};
    size_t held[2][NETWORKS] = {{0}};
    for (size_t k = 1; k <= SHARES; k++) {
        char name[16];
        snprintf(name, sizeof name, "share%zu", k);
        struct cli cli = cli_of(name);
        struct ensemble e;
        cli.shard = k;
        cli.shards = SHARES;
        ensemble_init(&e, &cli, set, 2);
        ck_assert_int_eq(ensemble_fill(&e), 0); /* nothing to go on with */
        ensemble_free(&e);
        size_t own = 0;
        for (size_t i = 0; i < 2; i++)
            for (size_t n = 0; n < set[i].networks; n++)
                if (has(&cli, &set[i], n, 0)) {
                    held[i][n]++;
                    own++;
                }
        ck_assert_uint_ge(own, NETWORKS / SHARES);
        ck_assert_uint_le(own, NETWORKS / SHARES + 1);
    }
    for (size_t i = 0; i < 2; i++)
        for (size_t n = 0; n < set[i].networks; n++)
            ck_assert_uint_eq(held[i][n], 1);
}
END_TEST

/* Two sets of one configuration are the same networks: as many jobs as the larger has. */
static void estimate(void *arg)
{
    struct cli cli = cli_of("estimate");
    cli.estimate = 1;
    struct ensemble e;
    ensemble_init(&e, &cli, arg, 3);
    _exit(ensemble_fill(&e) == 0 ? (fflush(NULL), 0) : 1);
}

START_TEST(estimated)
{
    struct ensemble_set set[] = {{config_of(0.1), "bins:30:-1:1", 3},
                                 {config_of(0.2), "bins:30:-1:1", 2},
                                 {config_of(0.1), "bins:50:-1:1", 4}};
    const struct unit_outcome o = unit_call(estimate, set);
    ck_assert_int_eq(o.status, 0);
    ck_assert_ptr_nonnull(strstr(o.out, "test: 6 of 6 networks to train, about "));
    char path[2 * UNIT_PATH];
    snprintf(path, sizeof path, "%s/estimate", root);
    ck_assert_int_ne(access(path, F_OK), 0); /* nothing is made */
}
END_TEST

static void start(void *arg)
{
    const struct cli cli = cli_of("refused");
    struct ensemble e;
    ensemble_init(&e, &cli, arg, 1);
}

START_TEST(refused)
{
    struct ensemble_set set[] = {{config_of(0.1), "bins:30:-1:1", 0}};
    struct unit_outcome o = unit_call(start, set);
    ck_assert_int_eq(o.status, 1);
    ck_assert_ptr_nonnull(strstr(o.err, "0 networks"));
    set[0].networks = 1;
    set[0].config.rate = -1.0;
    o = unit_call(start, set);
    ck_assert_int_eq(o.status, 1);
    ck_assert_ptr_nonnull(strstr(o.err, "rate"));
    set[0].config.rate = 1.0;
    set[0].estimator = "bins:1:0:1";
    o = unit_call(start, set);
    ck_assert_int_eq(o.status, 1);
    ck_assert_ptr_nonnull(strstr(o.err, "2 to 256"));
    set[0].estimator = "guess";
    o = unit_call(start, set);
    ck_assert_int_eq(o.status, 1);
    ck_assert_ptr_nonnull(strstr(o.err, "no estimator"));
}
END_TEST

int main(void)
{
    unit_directory(root);
    const TTest *const tests[] = {filled_and_read, a_new_estimator_changes_no_run, shares,
                                  estimated, refused};
    const int status = unit_run("ensemble", tests, sizeof tests / sizeof *tests);
    unit_remove(root);
    return status;
}
