/* test_store.c -- the run store: records come back as they were, or are set aside. */
#include "unit.h"

#include <fcntl.h>
#include <nettle/sha2.h>
#include <time.h>

#include "lanes.h"
#include "store.h"

static char root[UNIT_PATH];

static const struct config config = {.task = "icosahedron:0.99",
                                     .layers = 2,
                                     .width = {12, 3, 2},
                                     .unit = UNIT_TANH,
                                     .optimiser = OPTIMISER_SGD,
                                     .rate = 0.02385,
                                     .batch = 256,
                                     .fraction = 0.85,
                                     .epochs = 4,
                                     .seed = 1};
static const char bins[] = "bins:30:-1:1";

static struct run_record record, other;
static struct run_measured measured;

static struct store_key key_of(size_t number, const char *estimator)
{
    return (struct store_key){root, &config, estimator, number};
}

/* A record of made-up numbers, each different. */
static void make_record(size_t number)
{
    uint64_t state = number;
    size_t epoch[RUN_MAX_ROWS];
    run_record_init(&record, &config, number);
    record.rows = run_schedule(epoch, config.epochs);
    for (size_t i = 0; i < record.rows; i++) {
        struct run_row *row = &record.row[i];
        row->epoch = epoch[i];
        row->loss = unit_uniform(&state, 0.1, 2.385);
        row->train_accuracy = row->test_accuracy = unit_uniform(&state, 0.4, 1.0);
        for (size_t l = 0; l < 2; l++)
            measured.of[i][l].i_xt = unit_uniform(&state, 1.0, 12.0);
    }
    for (size_t p = 0; p < record.params; p++)
        record.param[p] = (float)unit_uniform(&state, -2.385, 2.385);
}

static void write_record(size_t number, const char *estimator)
{
    const struct store_key key = key_of(number, estimator);
    make_record(number);
    store_write(&key, &record, &measured);
}

static void open_store(const char *at)
{
    struct store_key key = key_of(0, bins);
    key.root = at;
    store_open(&key);
}

static const char *path_of(const char *name)
{
    static char path[FILE_PATH_MAX];
    char identity[STORE_IDENTITY];
    store_identity(identity, &config);
    snprintf(path, sizeof path, "%s/%s/%s/%s", root, store_engine, identity, name);
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
    const struct store_key key = key_of(*(size_t *)number, NULL);
    const int found = store_read(&other, &key);
    fflush(NULL);
    _exit(found == 0 ? 10 : found == -1 ? 20 : 30);
}

START_TEST(written_and_read_back)
{
    char name[128];
    open_store(root);
    for (size_t number = 0; number < 3; number++) {
        write_record(number, NULL);
        write_record(number, bins);
    }
    ck_assert(there("0.tsv") && there("1.tsv") && there("2.tsv") && there("config.txt"));
    ck_assert_int_eq(unit_count(path_of("")), 5); /* with the measurements, and nothing else */
    snprintf(name, sizeof name, "%s@%s", bins, store_version(bins));
    ck_assert_int_eq(unit_count(path_of(name)), 3);
    for (size_t number = 0; number < 3; number++) {
        const struct store_key key = key_of(number, NULL), of = key_of(number, bins);
        make_record(number);
        ck_assert(store_has(&key) && store_has(&of));
        ck_assert_int_eq(store_read(&other, &key), 0);
        ck_assert_int_eq(store_read(&other, &of), 0);
        ck_assert_uint_eq(other.number, number);
        ck_assert_uint_eq(other.rows, 5);
        ck_assert_mem_eq(other.param, record.param, record.params * sizeof *record.param);
        ck_assert_double_eq_tol(other.row[4].loss, record.row[4].loss, 1e-8);
        ck_assert_double_eq_tol(other.row[4].information[1].i_xt, measured.of[4][1].i_xt, 1e-10);
    }
    /* the file is the text form of the record, made by this engine */
    size_t size, file_size;
    const struct record_head head = {.config = &config, .number = 1, .engine = store_engine};
    make_record(1);
    char *text = record_run_text(&size, &record, &head);
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
    open_store(root);
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
    write_record(number, NULL);
    o = unit_call(read_run, &number);
    ck_assert_int_eq(o.status, 10);
    ck_assert(there(bad)); /* still to be looked at */
}

START_TEST(damaged_records)
{
    size_t size;
    struct record_head head = {.config = &config, .number = 10, .engine = store_engine};
    open_store(root);
    make_record(10);
    char *text = record_run_text(&size, &record, &head);
    damaged(10, text, size / 2); /* cut off */
    damaged(10, text, size - 1); /* by one character */
    damaged(10, text, 0);        /* empty */
    damaged(11, text, size);     /* the record of another run */
    text[size / 3] = (char)(text[size / 3] ^ 4);
    damaged(10, text, size); /* one bit */
    free(text);
    head.engine = "another engine";
    text = record_run_text(&size, &record, &head);
    damaged(10, text, size);
    free(text);
}
END_TEST

/* A directory in the place of a record. */
START_TEST(directory_for_a_record)
{
    size_t number = 20;
    open_store(root);
    ck_assert_int_eq(mkdir(path_of("20.tsv"), 0777), 0);
    const struct unit_outcome o = unit_call(read_run, &number);
    ck_assert_int_eq(o.status, 20);
    ck_assert_ptr_nonnull(strstr(o.err, path_of("20.tsv")));
    ck_assert(!there("20.tsv") && there("20.tsv.bad"));
}
END_TEST

/* By definition: the first eight bytes of the SHA-256 of the configuration's text. */
START_TEST(identity_is_a_hash)
{
    char identity[STORE_IDENTITY], expected[STORE_IDENTITY], text[CONFIG_TEXT_MAX];
    config_text(text, &config);
    struct sha256_ctx sha;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&sha);
    sha256_update(&sha, strlen(text), (const uint8_t *)text);
    sha256_digest(&sha, sizeof digest, digest);
    for (size_t i = 0; i < 8; i++)
        snprintf(expected + 2 * i, 3, "%02x", digest[i]);
    store_identity(identity, &config);
    ck_assert_str_eq(identity, expected);
}
END_TEST

/* What estimates is another matter than what is trained, and has a version of its own. */
START_TEST(paths)
{
    char run[FILE_PATH_MAX], one[FILE_PATH_MAX], two[FILE_PATH_MAX], expected[64];
    const struct store_key key = key_of(7, NULL), of = key_of(7, bins);
    const struct store_key edges = key_of(7, "edges:50:-1:1");
    store_path(run, &key);
    store_path(one, &of);
    store_path(two, &edges);
    ck_assert_str_eq(run, path_of("7.tsv"));
    ck_assert_str_ne(one, two);
    ck_assert_int_eq(strncmp(one, run, strlen(run) - strlen("7.tsv")), 0);
    snprintf(expected, sizeof expected, "/%s@%s/7.tsv", bins, store_version(bins));
    ck_assert_ptr_nonnull(strstr(one, expected));
    ck_assert_uint_eq(strlen(store_engine), 16);
    ck_assert_uint_eq(strlen(store_version(bins)), 8);
}
END_TEST

static void differs(const struct config *c)
{
    char own[STORE_IDENTITY], identity[STORE_IDENTITY];
    store_identity(own, &config);
    store_identity(identity, c);
    ck_assert_str_ne(own, identity);
}

/* Every setting decides the identity. */
START_TEST(identity_depends_on_all_settings)
{
    struct config c;
    c = config, snprintf(c.task, sizeof c.task, "icosahedron:0.8995"), differs(&c);
    c = config, c.labels = CONFIG_LABELS_SHUFFLED, differs(&c);
    c = config, c.label_noise = 0.1, differs(&c);
    c = config, c.fraction = 0.45, differs(&c);
    c = config, c.in_order = 1, differs(&c);
    c = config, c.width[1] = 4, differs(&c);
    c = config, c.layers = 1, c.width[1] = 2, differs(&c);
    c = config, c.unit = UNIT_RELU, differs(&c);
    c = config, c.noise = 0.1, differs(&c);
    c = config, c.quantised = 4, differs(&c);
    c = config, c.law = NET_UNIFORM, differs(&c);
    c = config, c.scale = 0.5, differs(&c);
    c = config, c.optimiser = OPTIMISER_ADAM, differs(&c);
    c = config, c.rate = 0.02386, differs(&c);
    c = config, c.momentum = 0.9, differs(&c);
    c = config, c.batch = 255, differs(&c);
    c = config, c.decay = 0.1, differs(&c);
    c = config, c.norm_cap = 0.1, differs(&c);
    c = config, c.orthonormality = 0.1, differs(&c);
    c = config, c.gradient_noise = 0.1, differs(&c);
    c = config, c.epochs = 5, differs(&c);
    c = config, c.stop_loss = 0.1, differs(&c);
    c = config, c.seed = 2, differs(&c);
}
END_TEST

/* Opened: the directory is there, says what it holds, and is rid of what killed programs left. */
START_TEST(opened)
{
    char text[CONFIG_TEXT_MAX], expected[CONFIG_TEXT_MAX + 128];
    open_store(root);
    config_text(text, &config);
    snprintf(expected, sizeof expected, "engine %s\n%s", store_engine, text);
    unit_file_is(path_of("config.txt"), expected);

    const struct timespec old = {.tv_sec = 1000000000};
    struct file killed;
    file_create(&killed, path_of("30.tsv"));
    fclose(killed.stream);
    ck_assert_int_eq(
        utimensat(AT_FDCWD, killed.names->temporary, (const struct timespec[]){old, old}, 0), 0);
    open_store(root);
    ck_assert_int_ne(access(killed.names->temporary, F_OK), 0);
    unit_file_is(path_of("config.txt"), expected);

    /* what was lost comes back */
    ck_assert_int_eq(unlink(path_of("config.txt")), 0);
    open_store(root);
    unit_file_is(path_of("config.txt"), expected);
}
END_TEST

static void try_open(void *at)
{
    open_store(at);
}

static void try_write(void *at)
{
    struct store_key key = key_of(0, NULL);
    key.root = at;
    make_record(0);
    store_write(&key, &record, NULL);
}

/* A second program waits, and says so, until the first lets go. */
static void lock_again(void *arg)
{
    (void)arg;
    store_unlock(store_lock(root));
}

START_TEST(locked)
{
    const int lock = store_lock(root);
    int status;
    FILE *err = tmpfile();
    ck_assert_ptr_nonnull(err);
    const pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        dup2(fileno(err), STDERR_FILENO);
        close(lock); /* or this process would hold it, too */
        lock_again(NULL);
        _exit(0);
    }
    struct stat st;
    do /* until it has said that it waits */
        ck_assert_int_eq(fstat(fileno(err), &st), 0);
    while (st.st_size == 0);
    ck_assert_int_eq(waitpid(child, &status, WNOHANG), 0);
    store_unlock(lock);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    fclose(err);
    const struct unit_outcome o = unit_call(lock_again, NULL); /* free: no word */
    ck_assert_int_eq(o.status, 0);
    ck_assert_str_eq(o.err, "");
}
END_TEST

/* A root that is a file, or whose name is too long; a directory that is not there. */
START_TEST(cannot_be_used)
{
    char file[UNIT_PATH + 32], none[UNIT_PATH + 32], name[2 * FILE_PATH_MAX];
    snprintf(file, sizeof file, "%s/a-file", root);
    snprintf(none, sizeof none, "%s/none", root);
    FILE *f = fopen(file, "w");
    ck_assert_ptr_nonnull(f);
    fclose(f);
    struct unit_outcome o = unit_call(try_open, file);
    ck_assert_int_eq(o.status, 1);
    ck_assert_ptr_nonnull(strstr(o.err, file));
    o = unit_call(try_write, none);
    ck_assert_int_eq(o.status, 1);
    ck_assert_ptr_nonnull(strstr(o.err, none));
    memset(name, 'x', sizeof name);
    name[FILE_PATH_MAX - 70] = '\0';
    o = unit_call(try_open, name);
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
                                  identity_is_a_hash,
                                  identity_depends_on_all_settings,
                                  paths,
                                  opened,
                                  locked,
                                  cannot_be_used};
    const int status = unit_run("store", tests, sizeof tests / sizeof *tests);
    unit_remove(root);
    return status;
}
