/* test_record.c -- the text form of runs and measurements: read back whole, or refused. */
#include "unit.h"

#include <nettle/sha2.h>

#include "record.h"

static const struct config config = {.task = "icosahedron:hard",
                                     .layers = 2,
                                     .width = {12, 3, 2},
                                     .unit = UNIT_TANH,
                                     .optimiser = OPTIMISER_SGD,
                                     .rate = 0.02385,
                                     .batch = 256,
                                     .fraction = 0.85,
                                     .epochs = 4,
                                     .seed = 1};

enum { PARAMS = 3 * 13 + 2 * 4 };

static const struct record_head run_head = {
    .config = &config, .number = 3, .engine = "engine-2385"};
static const struct record_head measured_head = {.config = &config,
                                                 .number = 3,
                                                 .engine = "engine-2385",
                                                 .estimator = "bins:30:-1:1",
                                                 .version = "version-7"};

static struct run_record record, other;
static struct run_measured measured;

/* A record of made-up numbers, each different. */
static void make(const struct config *c, size_t number)
{
    uint64_t state = number;
    size_t epoch[RUN_MAX_ROWS];
    run_record_init(&record, c, number);
    ck_assert_uint_eq(record.params, PARAMS);
    record.rows = run_schedule(epoch, c->epochs);
    for (size_t i = 0; i < record.rows; i++) {
        struct run_row *row = &record.row[i];
        row->epoch = epoch[i];
        row->loss = unit_uniform(&state, 0.1, 2.385);
        row->train_accuracy = unit_uniform(&state, 0.4, 1.0);
        row->test_accuracy = c->fraction < 1.0 ? unit_uniform(&state, 0.4, 1.0) : (double)NAN;
        for (size_t l = 0; l < 2; l++) {
            row->gradient[l].mean = unit_uniform(&state, 0.0, 0.1);
            row->gradient[l].deviation = unit_uniform(&state, 0.0, 0.1);
            row->weight_norm[l] = unit_uniform(&state, 1.0, 23.85);
            row->spectral_norm[l] = unit_uniform(&state, 1.0, 23.85);
            measured.of[i][l].i_xt = unit_uniform(&state, 1.0, 12.0);
            measured.of[i][l].i_ty = unit_uniform(&state, 0.0, 1.0);
        }
    }
    for (size_t p = 0; p < PARAMS; p++)
        record.param[p] = (float)unit_uniform(&state, -2.385, 2.385);
}

/* Text of a run or of a measurement, by its head. */
static char *text_of(const struct record_head *head)
{
    size_t size;
    char *text = head->estimator ? record_measured_text(&size, &measured, &record, head)
                                 : record_run_text(&size, &record, head);
    ck_assert_uint_eq(strlen(text), size);
    return text;
}

/* Reads a text or its beginning, with a NUL behind and not a byte more. */
static const char *read_copy(const char *text, size_t size, const struct record_head *head)
{
    char *copy = malloc(size + 1);
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, text, size);
    copy[size] = '\0';
    const char *problem = head->estimator ? record_read_measured(&other, copy, size, head)
                                          : record_read_run(&other, copy, size, head);
    free(copy);
    return problem;
}

static void close_to(double got, double expected, double digits)
{
    if (isnan(expected))
        ck_assert(isnan(got));
    else
        unit_require(fabs(got - expected) <= digits * fabs(expected), "%.17g, not %.17g", got,
                     expected);
}

/* Parameters come back to the bit (9 digits tell floats apart), information to 12 digits, the rest
 * to 9; and what has been read is written as the same bytes. */
START_TEST(written_and_read_back)
{
    struct config all = config;
    all.fraction = 1.0; /* no test set */
    const struct config *const configs[] = {&config, &all};
    for (size_t i = 0; i < 2; i++) {
        struct record_head head = run_head, of_measured = measured_head;
        head.config = of_measured.config = configs[i];
        make(configs[i], 3);
        char *text = text_of(&head), *of = text_of(&of_measured);
        ck_assert_ptr_null(read_copy(text, strlen(text), &head));
        ck_assert_ptr_null(read_copy(of, strlen(of), &of_measured));
        ck_assert_uint_eq(other.number, 3);
        ck_assert_uint_eq(other.layers, 2);
        ck_assert_uint_eq(other.rows, 5);
        ck_assert_uint_eq(other.params, PARAMS);
        ck_assert_mem_eq(other.param, record.param, PARAMS * sizeof *record.param);
        for (size_t k = 0; k < record.rows; k++) {
            const struct run_row *a = &other.row[k], *b = &record.row[k];
            ck_assert_uint_eq(a->epoch, b->epoch);
            close_to(a->loss, b->loss, 1e-8);
            close_to(a->train_accuracy, b->train_accuracy, 1e-8);
            close_to(a->test_accuracy, b->test_accuracy, 1e-8);
            for (size_t l = 0; l < 2; l++) {
                close_to(a->gradient[l].mean, b->gradient[l].mean, 1e-8);
                close_to(a->gradient[l].deviation, b->gradient[l].deviation, 1e-8);
                close_to(a->weight_norm[l], b->weight_norm[l], 1e-8);
                close_to(a->spectral_norm[l], b->spectral_norm[l], 1e-8);
                close_to(a->information[l].i_xt, measured.of[k][l].i_xt, 1e-11);
                close_to(a->information[l].i_ty, measured.of[k][l].i_ty, 1e-11);
                measured.of[k][l] = a->information[l];
            }
        }
        run_record_free(&record);
        record = other;
        memset(&other, 0, sizeof other);
        char *again = text_of(&head), *of_again = text_of(&of_measured);
        ck_assert_str_eq(again, text);
        ck_assert_str_eq(of_again, of);
        free(again), free(of_again), free(text), free(of);
    }
}
END_TEST

static void digest_of(char hex[RECORD_FINGERPRINT], const char *text, size_t size)
{
    struct sha256_ctx sha;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&sha);
    sha256_update(&sha, size, (const uint8_t *)text);
    sha256_digest(&sha, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
}

/* The format, for those who read it with another program. */
START_TEST(text_by_lines)
{
    char own[CONFIG_TEXT_MAX], start[CONFIG_TEXT_MAX + 256], hex[RECORD_FINGERPRINT];
    make(&config, 3);
    config_text(own, &config);
    char *text = text_of(&run_head);
    snprintf(start, sizeof start,
             "run 3\nengine engine-2385\n%s\nepoch\tloss\ttrain_accuracy\ttest_accuracy\n0\t", own);
    ck_assert_int_eq(strncmp(text, start, strlen(start)), 0);
    ck_assert_ptr_nonnull(strstr(text, "\n\nepoch\tlayer\tgradient_mean\tgradient_deviation\t"
                                       "weight_norm\tspectral_norm\n0\t1\t"));
    ck_assert_ptr_nonnull(strstr(text, "\n\nparameter\tvalue\n0\t"));
    /* the checksum is that of all from the first empty line to its own */
    const char *tables = strstr(text, "\n\n") + 1, *line = strstr(text, "\nsha256\t") + 1;
    digest_of(hex, tables, (size_t)(line - tables));
    ck_assert_int_eq(strncmp(line + 7, hex, 64), 0);
    ck_assert_str_eq(line + 71, "\n");
    char fingerprint[RECORD_FINGERPRINT];
    ck_assert_ptr_null(record_fingerprint(fingerprint, text, strlen(text)));
    ck_assert_str_eq(fingerprint, hex);
    free(text);

    text = text_of(&measured_head);
    snprintf(start, sizeof start,
             "run 3\nengine engine-2385\nestimator bins:30:-1:1\nversion version-7\n%s\n"
             "epoch\tlayer\ti_xt\ti_ty\n0\t1\t",
             own);
    ck_assert_int_eq(strncmp(text, start, strlen(start)), 0);
    free(text);
}
END_TEST

/* The fingerprint is of the tables: another engine, number or configuration leaves it as it is, a
 * digit of a number does not. */
START_TEST(fingerprints)
{
    char one[RECORD_FINGERPRINT], two[RECORD_FINGERPRINT];
    struct record_head head = run_head;
    make(&config, 3);
    char *text = text_of(&run_head);
    ck_assert_ptr_null(record_fingerprint(one, text, strlen(text)));
    free(text);
    head.engine = "another";
    head.number = 4;
    text = text_of(&head);
    ck_assert_ptr_null(record_fingerprint(two, text, strlen(text)));
    ck_assert_str_eq(one, two);
    free(text);
    record.row[4].loss *= 1.0 + 1e-7;
    text = text_of(&run_head);
    ck_assert_ptr_null(record_fingerprint(two, text, strlen(text)));
    ck_assert_str_ne(one, two);
    free(text);
}
END_TEST

START_TEST(another_record_is_refused)
{
    make(&config, 3);
    for (int m = 0; m < 2; m++) {
        const struct record_head right = m ? measured_head : run_head;
        struct record_head head = right;
        struct config c = config;
        char *text = text_of(&right);
        const size_t size = strlen(text);
        ck_assert_ptr_null(read_copy(text, size, &right));
        head.number = 4;
        ck_assert_ptr_nonnull(read_copy(text, size, &head));
        head = right, head.engine = "engine-238";
        ck_assert_ptr_nonnull(read_copy(text, size, &head));
        head = right, head.engine = "engine-23855";
        ck_assert_ptr_nonnull(read_copy(text, size, &head));
        head = right, head.config = &c;
        c.rate = 0.02386;
        ck_assert_ptr_nonnull(read_copy(text, size, &head));
        c = config, c.labels = CONFIG_LABELS_SHUFFLED;
        ck_assert_ptr_nonnull(read_copy(text, size, &head));
        c = config, c.seed = 11; /* the head that is looked for begins as this one */
        ck_assert_ptr_nonnull(read_copy(text, size, &head));
        c = config, c.epochs = 5;
        ck_assert_ptr_nonnull(read_copy(text, size, &head));
        ck_assert_ptr_nonnull(read_copy(text, size, m ? &run_head : &measured_head));
        if (m) {
            head = right, head.estimator = "bins:31:-1:1";
            ck_assert_ptr_nonnull(read_copy(text, size, &head));
            head = right, head.version = "version-8";
            ck_assert_ptr_nonnull(read_copy(text, size, &head));
        }
        free(text);
    }
}
END_TEST

/* Cut off anywhere, or with something behind it: refused. */
START_TEST(cut_off_is_refused)
{
    make(&config, 3);
    for (int m = 0; m < 2; m++) {
        const struct record_head *head = m ? &measured_head : &run_head;
        char *text = text_of(head);
        const size_t size = strlen(text);
        for (size_t n = 0; n < size; n++)
            unit_require(read_copy(text, n, head), "%zu bytes were taken", n);
        char *longer = malloc(2 * size + 2);
        ck_assert_ptr_nonnull(longer);
        memcpy(longer, text, size);
        longer[size] = '\n';
        ck_assert_ptr_nonnull(read_copy(longer, size + 1, head));
        memcpy(longer + size, text, size); /* twice over */
        ck_assert_ptr_nonnull(read_copy(longer, 2 * size, head));
        longer[size / 2] = '\0';
        ck_assert_ptr_nonnull(read_copy(longer, size, head));
        free(longer);
        free(text);
    }
}
END_TEST

/* Any single bit turned: refused. */
START_TEST(turned_bits_are_refused)
{
    make(&config, 3);
    for (int m = 0; m < 2; m++) {
        const struct record_head *head = m ? &measured_head : &run_head;
        char *text = text_of(head);
        const size_t size = strlen(text);
        uint64_t state = 2385;
        for (size_t i = 0; i < 3000; i++) {
            /* anywhere, and every bit of the checksum's line */
            const size_t at =
                i < 2000 ? unit_random(&state) % (8 * size) : 8 * size - 1 - (i - 2000) % 576;
            text[at / 8] = (char)(text[at / 8] ^ 1 << at % 8);
            unit_require(read_copy(text, size, head), "bit %zu of byte %zu turned", at % 8, at / 8);
            text[at / 8] = (char)(text[at / 8] ^ 1 << at % 8);
        }
        ck_assert_ptr_null(read_copy(text, size, head));
        free(text);
    }
}
END_TEST

/* A copy of a text, to be freed, with the first `from` behind the head replaced by `to`, and the right
 * checksum. */
static char *forge(const char *text, const char *from, const char *to)
{
    const char *at = strstr(strstr(text, "\n\n"), from);
    const size_t size = strlen(text) + strlen(to) + 1;
    char *forged = malloc(size), hex[RECORD_FINGERPRINT];
    ck_assert(at && forged);
    snprintf(forged, size, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    const char *tables = strstr(forged, "\n\n") + 1;
    char *line = strstr(forged, "\nsha256\t") + 1;
    digest_of(hex, tables, (size_t)(line - tables));
    memcpy(line + 7, hex, 64);
    return forged;
}

/* The text of a number in a column of the first row behind a heading. */
static void cell(char *text, size_t size, const char *record_text, const char *heading,
                 size_t column)
{
    const char *at = strstr(record_text, heading) + strlen(heading);
    while (column-- > 0)
        at = strchr(at, '\t') + 1;
    snprintf(text, size, "%.*s", (int)strcspn(at, "\t\n"), at);
}

/* Records that were made on purpose, with a right checksum: other epochs, rows missing or added,
 * numbers that cannot be. */
START_TEST(forged_is_refused)
{
    static const char *const change[][2] = {
        {"\n1\t", "\n2\t"},
        {"\n0\t", "\n0\t0\t"},
        {"test_accuracy\n", "test_accuracy\n0\t1\t1\t1\n"},
        {"\n\nepoch\tlayer", "\nepoch\tlayer"},
        {"\nparameter\tvalue\n0\t", "\nparameter\tvalue\n1\t"},
        {"norm\n0\t1\t", "norm\n0\t2\t"},
        {"\n\nsha256", "\n47\t0\n\nsha256"},
        {"\n46\t", "\n46\tx"},
        {"\n46\t", "\n46\t "},
        {"\n46\t", "\n46\tnan"},
    };
    static const struct {
        const char *heading;
        size_t column;
        const char *value;
    } impossible[] = {
        {"test_accuracy\n", 1, "nan"},   {"test_accuracy\n", 1, "-5"},
        {"test_accuracy\n", 1, "1e999"}, {"test_accuracy\n", 1, "inf"},
        {"test_accuracy\n", 2, "7"},     {"test_accuracy\n", 2, "nan"},
        {"test_accuracy\n", 2, "-0.1"},  {"test_accuracy\n", 3, "1.5"},
        {"spectral_norm\n", 2, "-1"},    {"spectral_norm\n", 3, "nan"},
        {"spectral_norm\n", 4, "1e60"},  {"spectral_norm\n", 5, "-2"},
        {"value\n", 1, "1e39"},          {"value\n", 1, "0x1p3"},
    };
    make(&config, 3);
    char *text = text_of(&run_head), *same = forge(text, "\n0\t", "\n0\t");
    ck_assert_str_eq(same, text); /* this forger can write */
    free(same);
    for (size_t i = 0; i < sizeof change / sizeof *change; i++) {
        char *forged = forge(text, change[i][0], change[i][1]);
        unit_require(read_copy(forged, strlen(forged), &run_head), "change %zu was taken", i);
        free(forged);
    }
    for (size_t i = 0; i < sizeof impossible / sizeof *impossible; i++) {
        char old[64], from[256], to[256], value[64];
        cell(old, sizeof old, text, impossible[i].heading, impossible[i].column);
        snprintf(from, sizeof from, "\t%s", old);
        snprintf(to, sizeof to, "\t%s", impossible[i].value);
        char *forged = forge(text, from, to);
        cell(value, sizeof value, forged, impossible[i].heading, impossible[i].column);
        ck_assert_str_eq(value, impossible[i].value);
        unit_require(read_copy(forged, strlen(forged), &run_head), "%s of column %zu was taken",
                     impossible[i].value, impossible[i].column);
        free(forged);
    }
    free(text);

    text = text_of(&measured_head);
    static const char *const wrong[] = {"nan", "1e999", "-70", "65", "inf"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        for (size_t column = 2; column < 4; column++) {
            char old[64], from[256], to[256];
            cell(old, sizeof old, text, "i_ty\n", column);
            snprintf(from, sizeof from, "\t%s", old);
            snprintf(to, sizeof to, "\t%s", wrong[i]);
            char *forged = forge(text, from, to);
            unit_require(read_copy(forged, strlen(forged), &measured_head), "%s was taken",
                         wrong[i]);
            free(forged);
        }
    free(text);
}
END_TEST

/* A run that may stop at a loss may have ended at any epoch, and only as its last row; another may
 * not. */
START_TEST(stopped_early)
{
    struct config stops = config;
    struct record_head head = run_head, of = measured_head;
    stops.epochs = 40;
    stops.stop_loss = 0.0625;
    head.config = of.config = &stops;
    for (int at = 0; at < 3; at++) {
        make(&stops, 3);
        ck_assert_uint_gt(record.rows, 20);
        record.rows = 20; /* the epochs 18 and 20 are on the schedule, 19 is not */
        ck_assert_uint_eq(record.row[18].epoch, 20);
        ck_assert_uint_eq(record.row[17].epoch, 18);
        record.rows = 19;
        record.row[18].epoch = at == 0 ? 19 : at == 1 ? 20 : 18;
        char *text = text_of(&head), *measure = text_of(&of);
        const char *problem = read_copy(text, strlen(text), &head);
        if (at < 2) {
            ck_assert_ptr_null(problem);
            ck_assert_uint_eq(other.rows, 19);
            ck_assert_uint_eq(other.row[18].epoch, record.row[18].epoch);
            ck_assert_ptr_null(read_copy(measure, strlen(measure), &of));
        } else {
            ck_assert_ptr_nonnull(problem);
        }
        free(text), free(measure);
    }
    /* an epoch off the schedule before the last */
    make(&stops, 3);
    record.row[18].epoch = 19;
    char *text = text_of(&head);
    ck_assert_ptr_nonnull(read_copy(text, strlen(text), &head));
    free(text);
    /* the same rows where no loss stops a run */
    stops.stop_loss = 0.0;
    make(&stops, 3);
    record.rows = 19;
    text = text_of(&head);
    ck_assert_ptr_nonnull(read_copy(text, strlen(text), &head));
    free(text);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {written_and_read_back, text_by_lines,
                                  fingerprints,          another_record_is_refused,
                                  cut_off_is_refused,    turned_bits_are_refused,
                                  forged_is_refused,     stopped_early};
    return unit_run("record", tests, sizeof tests / sizeof *tests);
}
