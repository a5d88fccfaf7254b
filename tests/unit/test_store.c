/* test_store.c -- the run store: records come back as they were, or are set aside. */
#include "unit.h"

#include <fcntl.h>
#include <nettle/sha2.h>
#include <time.h>

#include "lanes.h"
#include "store.h"

static char root[UNIT_PATH];

static const struct run_config config = {.rule = TASK_SMOOTH,
                                         .i_xy = 0.99,
                                         .layers = 2,
                                         .width = {12, 3, 2},
                                         .optimiser = TRAIN_SGD,
                                         .rate = 0.02385,
                                         .batch = 256,
                                         .fraction = 0.85,
                                         .epochs = 4,
                                         .estimator = RUN_BINS_EQUAL,
                                         .bins = 30,
                                         .seed = 1};

static struct run_record record, other;

/* A record of made-up numbers, each different. */
static void make_record(size_t number)
{
    uint64_t state = number;
    size_t epoch[RUN_MAX_ROWS];
    record = (struct run_record){.number = number, .layers = 2, .params = 47};
    record.rows = run_schedule(epoch, config.epochs);
    for (size_t i = 0; i < record.rows; i++) {
        struct run_row *row = &record.row[i];
        row->epoch = epoch[i];
        row->loss = unit_uniform(&state, 0.1, 2.385);
        row->train_accuracy = row->test_accuracy = unit_uniform(&state, 0.4, 1.0);
        for (size_t l = 0; l < 2; l++)
            row->information[l].i_xt = unit_uniform(&state, 1.0, 12.0);
    }
    for (size_t p = 0; p < 47; p++)
        record.param[p] = (float)unit_uniform(&state, -2.385, 2.385);
}

static const char *path_of(const char *name)
{
    static char path[FILE_PATH_MAX];
    store_directory(path, root, &config);
    const size_t end = strlen(path);
    snprintf(path + end, sizeof path - end, "/%s", name);
    return path;
}

static int there(const char *name)
{
    return access(path_of(name), F_OK) == 0;
}

static void put(const char *name, const char *text, size_t size)
{
    FILE *f = fopen(path_of(name), "wb");
    ck_assert_ptr_nonnull(f);
    ck_assert_uint_eq(fwrite(text, 1, size, f), size);
    ck_assert_int_eq(fclose(f), 0);
}

/* Reads a run in a process of its own: status 10 if the store has it, 20 if not. */
static void read_run(void *number)
{
    const int found = store_read(&other, root, &config, *(size_t *)number);
    fflush(NULL);
    _exit(found == 0 ? 10 : found == -1 ? 20 : 30);
}

START_TEST(written_and_read_back)
{
    store_open(root, &config);
    for (size_t number = 0; number < 3; number++) {
        make_record(number);
        store_write(&record, root, &config);
    }
    ck_assert(there("0.tsv") && there("1.tsv") && there("2.tsv") && there("config.txt"));
    ck_assert_int_eq(unit_count(path_of("")), 4); /* and nothing else */
    for (size_t number = 0; number < 3; number++) {
        make_record(number);
        memset(&other, 0x5a, sizeof other);
        ck_assert_int_eq(store_read(&other, root, &config, number), 0);
        ck_assert_uint_eq(other.number, number);
        ck_assert_uint_eq(other.rows, 5);
        ck_assert_mem_eq(other.param, record.param, 47 * sizeof *record.param);
        ck_assert_double_eq_tol(other.row[4].loss, record.row[4].loss, 1e-8);
    }
    /* the file is the text form of the record, made by this engine */
    size_t size, file_size;
    make_record(1);
    char *text = run_write(&size, &record, &config, store_engine);
    char *file = file_read(path_of("1.tsv"), &file_size);
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(file_size, size);
    ck_assert_str_eq(file, text);
    free(file);
    free(text);
}
END_TEST

/* No record: -1, without a word, and nothing is made. */
START_TEST(missing)
{
    size_t number = 2385;
    store_open(root, &config);
    const struct unit_outcome o = unit_call(read_run, &number);
    ck_assert_int_eq(o.status, 20);
    ck_assert_str_eq(o.err, "");
    ck_assert(!there("2385.tsv") && !there("2385.tsv.bad"));
}
END_TEST

/* A damaged record is named, set aside under .bad with its bytes, and counted as missing; then it
 * can be written anew. */
static void damaged(size_t number, const char *text, size_t size)
{
    char name[32], bad[40];
    snprintf(name, sizeof name, "%zu.tsv", number);
    snprintf(bad, sizeof bad, "%zu.tsv.bad", number);
    put(name, text, size);
    struct unit_outcome o = unit_call(read_run, &number);
    ck_assert_int_eq(o.status, 20);
    ck_assert_ptr_nonnull(strstr(o.err, path_of(name)));
    ck_assert_ptr_eq(strchr(o.err, '\n'), o.err + strlen(o.err) - 1); /* one line */
    ck_assert(!there(name) && there(bad));
    size_t kept_size;
    char *kept = file_read(path_of(bad), &kept_size);
    ck_assert_ptr_nonnull(kept);
    ck_assert_uint_eq(kept_size, size);
    ck_assert_mem_eq(kept, text, size);
    free(kept);

    o = unit_call(read_run, &number); /* missing now */
    ck_assert_int_eq(o.status, 20);
    ck_assert_str_eq(o.err, "");
    make_record(number);
    store_write(&record, root, &config);
    o = unit_call(read_run, &number);
    ck_assert_int_eq(o.status, 10);
    ck_assert(there(bad)); /* still to be looked at */
}

START_TEST(damaged_records)
{
    size_t size;
    store_open(root, &config);
    make_record(10);
    char *text = run_write(&size, &record, &config, store_engine);
    ck_assert_ptr_nonnull(text);
    damaged(10, text, size / 2); /* cut off */
    damaged(10, text, size - 1); /* by one character */
    damaged(10, text, 0);        /* empty */
    damaged(11, text, size);     /* the record of another run */
    text[size / 3] = (char)(text[size / 3] ^ 4);
    damaged(10, text, size); /* one bit */
    free(text);
    text = run_write(&size, &record, &config, "another engine");
    damaged(10, text, size);
    free(text);
}
END_TEST

/* A directory in the place of a record. */
START_TEST(directory_for_a_record)
{
    size_t number = 20;
    store_open(root, &config);
    ck_assert_int_eq(mkdir(path_of("20.tsv"), 0777), 0);
    const struct unit_outcome o = unit_call(read_run, &number);
    ck_assert_int_eq(o.status, 20);
    ck_assert_ptr_nonnull(strstr(o.err, path_of("20.tsv")));
    ck_assert(!there("20.tsv") && there("20.tsv.bad"));
}
END_TEST

/* By definition: the first eight bytes of the SHA-256 of the engine and the configuration. */
START_TEST(directory_is_a_hash)
{
    char path[FILE_PATH_MAX], expected[FILE_PATH_MAX], text[RUN_TEXT_MAX + 128];
    snprintf(text, sizeof text, "%s", store_engine);
    run_config_text(text + strlen(text), &config);
    struct sha256_ctx sha;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&sha);
    sha256_update(&sha, strlen(text), (const uint8_t *)text);
    sha256_digest(&sha, sizeof digest, digest);
    int end = snprintf(expected, sizeof expected, "%s/", root);
    for (size_t i = 0; i < 8; i++)
        end += snprintf(expected + end, sizeof expected - (size_t)end, "%02x", digest[i]);
    store_directory(path, root, &config);
    ck_assert_str_eq(path, expected);
}
END_TEST

static void differs(const struct run_config *c)
{
    char path[FILE_PATH_MAX];
    store_directory(path, root, c);
    ck_assert_str_ne(path, path_of(""));
    const size_t n = strlen(path);
    ck_assert_int_ne(strncmp(path, path_of(""), n), 0);
}

/* Every setting decides the directory, but for i_xy under the hard rule. */
START_TEST(directory_depends_on_all_settings)
{
    struct run_config c;
    c = config, c.rule = TASK_HARD, differs(&c);
    c = config, c.i_xy = 0.8995, differs(&c);
    c = config, c.shuffled = 1, differs(&c);
    c = config, c.width[1] = 4, differs(&c);
    c = config, c.layers = 1, c.width[1] = 2, differs(&c);
    c = config, c.optimiser = TRAIN_ADAM, differs(&c);
    c = config, c.rate = 0.02386, differs(&c);
    c = config, c.batch = 255, differs(&c);
    c = config, c.fraction = 0.45, differs(&c);
    c = config, c.epochs = 5, differs(&c);
    c = config, c.estimator = RUN_BINS_EDGES, differs(&c);
    c = config, c.bins = 31, differs(&c);
    c = config, c.seed = 2, differs(&c);

    char one[FILE_PATH_MAX], two[FILE_PATH_MAX];
    c = config, c.rule = TASK_HARD;
    store_directory(one, root, &c);
    c.i_xy = 0.5;
    store_directory(two, root, &c);
    ck_assert_str_eq(one, two);
}
END_TEST

/* Opened: the directory is there, says what it holds, and is rid of what killed programs left. */
START_TEST(opened)
{
    char text[RUN_TEXT_MAX], expected[RUN_TEXT_MAX + 128];
    store_open(root, &config);
    run_config_text(text, &config);
    snprintf(expected, sizeof expected, "engine %s\n%s", store_engine, text);
    unit_file_is(path_of("config.txt"), expected);

    const struct timespec old = {.tv_sec = 1000000000};
    struct file killed;
    file_create(&killed, path_of("30.tsv"));
    fclose(killed.stream);
    ck_assert_int_eq(
        utimensat(AT_FDCWD, killed.names->temporary, (const struct timespec[]){old, old}, 0), 0);
    store_open(root, &config);
    ck_assert_int_ne(access(killed.names->temporary, F_OK), 0);
    unit_file_is(path_of("config.txt"), expected);
}
END_TEST

static void open_store(void *at)
{
    store_open(at, &config);
}

static void write_store(void *at)
{
    make_record(0);
    store_write(&record, at, &config);
}

/* A root that is a file, or whose name is too long; a directory that is not there. */
START_TEST(cannot_be_used)
{
    char file[UNIT_PATH + 32], none[UNIT_PATH + 32], name[2 * FILE_PATH_MAX];
    snprintf(file, sizeof file, "%s/a-file", root);
    snprintf(none, sizeof none, "%s/none", root);
    FILE *f = fopen(file, "w");
    ck_assert_ptr_nonnull(f);
    fclose(f);
    struct unit_outcome o = unit_call(open_store, file);
    ck_assert_int_eq(o.status, 1);
    ck_assert_ptr_nonnull(strstr(o.err, file));
    o = unit_call(write_store, none);
    ck_assert_int_eq(o.status, 1);
    ck_assert_ptr_nonnull(strstr(o.err, none));
    memset(name, 'x', sizeof name);
    name[FILE_PATH_MAX - 70] = '\0';
    o = unit_call(open_store, name);
    ck_assert_int_eq(o.status, 1);
    ck_assert_ptr_nonnull(strstr(o.err, "too long"));
}
END_TEST

int main(void)
{
    unit_directory(root);
    const TTest *const tests[] = {written_and_read_back,
                                  missing,
                                  damaged_records,
                                  directory_for_a_record,
                                  directory_is_a_hash,
                                  directory_depends_on_all_settings,
                                  opened,
                                  cannot_be_used};
    const int status = unit_run("store", tests, sizeof tests / sizeof *tests);
    unit_remove(root);
    return status;
}
