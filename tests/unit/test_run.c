/* test_run.c -- one network, trained and measured: its schedule, its identity, what is measured,
 * and that a record is read back whole or refused. */
#include "unit.h"

#include <nettle/sha2.h>

#include "lanes.h"
#include "reference.h"
#include "run.h"

static const struct run_config small = {.rule = TASK_SMOOTH,
                                        .i_xy = 0.99,
                                        .layers = 6,
                                        .width = {12, 10, 7, 5, 4, 3, 2},
                                        .optimiser = OPTIMISER_SGD,
                                        .rate = 0.02385,
                                        .batch = 256,
                                        .fraction = 0.85,
                                        .epochs = 20,
                                        .estimator = RUN_BINS_EQUAL,
                                        .bins = 30,
                                        .seed = 1};

static const struct run_config coded = {.rule = TASK_HARD,
                                        .layers = 7,
                                        .width = {12, 10, 7, 5, 4, 4, 3, 2},
                                        .optimiser = OPTIMISER_ADAM,
                                        .rate = 2e-4,
                                        .fraction = 1.0,
                                        .epochs = 20,
                                        .estimator = RUN_BINS_EDGES,
                                        .bins = 50,
                                        .seed = 7};

static struct task task;
static struct run_record record, other;

/* The same with two epochs, for what does not ask for a trained network. */
static struct run_config brief(const struct run_config *c)
{
    struct run_config b = *c;
    b.epochs = 2;
    return b;
}

/* ---- schedule and sizes ---- */

static int contains(const size_t *epoch, size_t n, size_t wanted)
{
    for (size_t i = 0; i < n; i++)
        if (epoch[i] == wanted)
            return 1;
    return 0;
}

START_TEST(schedule)
{
    static const size_t wanted[] = {0, 1, 16, 400, 1002, 9000, 9998, 10000};
    size_t epoch[RUN_MAX_ROWS];
    const size_t n = run_schedule(epoch, 10000);
    ck_assert_uint_ge(n, 110);
    ck_assert_uint_le(n, 130);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        ck_assert_msg(contains(epoch, n, wanted[i]), "epoch %zu is missing", wanted[i]);
    ck_assert_uint_eq(epoch[0], 0);
    ck_assert_uint_eq(epoch[n - 1], 10000);
    /* rising, every epoch at first, then by factors of at most 17/16 (and one epoch) */
    for (size_t i = 1; i < n; i++) {
        ck_assert_uint_gt(epoch[i], epoch[i - 1]);
        ck_assert_uint_le(16 * epoch[i], 17 * epoch[i - 1] + 16);
        ck_assert(i > 16 || epoch[i] == i);
    }
}
END_TEST

/* A shorter run has the epochs of a longer one, up to its own last. */
START_TEST(schedules_agree)
{
    size_t longest[RUN_MAX_ROWS], epoch[RUN_MAX_ROWS];
    const size_t rows = run_schedule(longest, 20000);
    static const size_t length[] = {0, 1, 5, 17, 399, 400, 401, 2000, 2385, 9999};
    for (size_t k = 0; k < sizeof length / sizeof *length; k++) {
        const size_t n = run_schedule(epoch, length[k]);
        ck_assert_uint_eq(epoch[n - 1], length[k]);
        for (size_t i = 0; i + 1 < n; i++)
            ck_assert_uint_eq(epoch[i], longest[i]);
        ck_assert(n == rows || longest[n - 1] >= length[k]);
    }
}
END_TEST

/* Closed form: 4096 times the fraction, to the nearest: 3481.6, 1843.2, 204.8; at least one. */
START_TEST(samples)
{
    static const struct {
        double fraction;
        size_t samples;
    } known[] = {{0.85, 3482}, {0.45, 1843}, {0.05, 205}, {1.0, 4096}, {0.5, 2048}, {1e-9, 1}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct run_config c = small;
        c.fraction = known[i].fraction;
        ck_assert_uint_eq(run_samples(&c), known[i].samples);
    }
}
END_TEST

/* ---- configuration ---- */

START_TEST(text_of_config)
{
    char text[RUN_TEXT_MAX];
    run_config_text(text, &small);
    ck_assert_str_eq(text,
                     "rule smooth\ni_xy 0.99\nlabels own\nwidths 12-10-7-5-4-3-2\noptimiser sgd\n"
                     "rate 0.02385\nbatch 256\nfraction 0.85\nepochs 20\nestimator equal\n"
                     "bins 30\nseed 1\n");
    run_config_text(text, &coded);
    ck_assert_str_eq(text,
                     "rule hard\ni_xy 0\nlabels own\nwidths 12-10-7-5-4-4-3-2\noptimiser adam\n"
                     "rate 0.0002\nbatch 0\nfraction 1\nepochs 20\nestimator edges\n"
                     "bins 50\nseed 7\n");
    /* the hard rule has no i_xy */
    struct run_config c = coded;
    char same[RUN_TEXT_MAX];
    c.i_xy = 0.2385;
    run_config_text(same, &c);
    ck_assert_str_eq(same, text);
    c.shuffled = 1;
    run_config_text(same, &c);
    ck_assert_ptr_nonnull(strstr(same, "\nlabels shuffled\n"));
}
END_TEST

/* Whether a configuration is refused for a reason in which a word occurs. */
static void refused(const struct run_config *c, const char *word)
{
    const char *problem = run_config_check(c);
    ck_assert_msg(problem && strstr(problem, word), "%s: %s", word,
                  problem ? problem : "not refused");
}

START_TEST(check_of_config)
{
    struct run_config c;
    ck_assert_ptr_null(run_config_check(&small));
    ck_assert_ptr_null(run_config_check(&coded));

    c = small, c.layers = 0;
    refused(&c, "widths");
    c = small, c.layers = NET_MAX_LAYERS + 1;
    refused(&c, "widths");
    c = small, c.width[2] = 65;
    refused(&c, "widths");
    c = small, c.width[6] = 3;
    refused(&c, "widths");
    c = small, c.width[0] = 11;
    refused(&c, "first width");
    c = small, c.width[1] = c.width[2] = 32; /* 12 32 + 32 + 32 32 + 32 = 1472 */
    refused(&c, "parameters");
    c = small, c.rate = 0.0;
    refused(&c, "rate");
    c = small, c.rate = -0.1;
    refused(&c, "rate");
    c = small, c.rate = (double)NAN;
    refused(&c, "rate");
    c = small, c.fraction = 0.0;
    refused(&c, "fraction");
    c = small, c.fraction = 1.001;
    refused(&c, "fraction");
    c = small, c.fraction = (double)NAN;
    refused(&c, "fraction");
    c = small, c.epochs = 100000000;
    refused(&c, "epochs");
    c = small, c.bins = 1;
    refused(&c, "bins");
    c = small, c.bins = 257;
    refused(&c, "bins");

    /* the last that are allowed */
    c = small, c.bins = 2;
    ck_assert_ptr_null(run_config_check(&c));
    c = coded, c.bins = 256;
    ck_assert_ptr_null(run_config_check(&c));
    c = small, c.fraction = 1.0;
    ck_assert_ptr_null(run_config_check(&c));
    c = small, c.epochs = 1000000;
    ck_assert_ptr_null(run_config_check(&c));
}
END_TEST

/* ---- training ---- */

static char *text_of(size_t *size, const struct run_record *r, const struct run_config *c)
{
    char *text = run_write(size, r, c, "engine-2385");
    ck_assert_ptr_nonnull(text);
    ck_assert_uint_eq(strlen(text), *size);
    return text;
}

/* Reads a text or its beginning, with a NUL behind. */
static const char *read_copy(struct run_record *r, const char *text, size_t size,
                             const struct run_config *c, size_t number, const char *engine)
{
    char *copy = malloc(size + 1);
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, text, size);
    copy[size] = '\0';
    const char *problem = run_read(r, copy, size, c, number, engine);
    free(copy);
    return problem;
}

/* Trains in a workspace of its own, or in a given one. */
static char *train(const struct run_config *c, size_t number, struct run *workspace)
{
    struct run *r = workspace ? workspace : run_new();
    ck_assert_ptr_nonnull(r);
    ck_assert_ptr_null(run_config_check(c));
    ck_assert_int_eq(task_init(&task, c->rule, c->i_xy), 0);
    memset(&record, 0xa5, sizeof record);
    run_train(&record, r, c, &task, number);
    if (!workspace)
        run_free(r);
    size_t size;
    return text_of(&size, &record, c);
}

/* The same bytes from a fresh workspace and from one that has trained other networks; other bytes
 * for another number or seed. */
START_TEST(runs_are_pure_functions)
{
    struct run_config wide = coded;
    wide.layers = 3;
    wide.width[1] = 20;
    wide.width[2] = 9;
    wide.width[3] = 2;
    char *alone = train(&small, 3, NULL), *alone_coded = train(&coded, 3, NULL);
    struct run *r = run_new();
    free(train(&wide, 0, r));
    char *after = train(&small, 3, r);
    ck_assert_str_eq(alone, after);
    char *after_coded = train(&coded, 3, r);
    ck_assert_str_eq(alone_coded, after_coded);

    char *next = train(&small, 4, r);
    ck_assert_str_ne(strstr(alone, "epoch\tloss"), strstr(next, "epoch\tloss"));
    struct run_config seeded = small;
    seeded.seed = 2;
    char *another = train(&seeded, 3, r);
    ck_assert_str_ne(strstr(alone, "epoch\tloss"), strstr(another, "epoch\tloss"));
    free(alone), free(alone_coded), free(after), free(after_coded), free(next), free(another);
    run_free(r);
}
END_TEST

/* A longer run begins as the shorter one: the same rows where both have one. */
START_TEST(longer_runs_begin_alike)
{
    struct run_config longer = small;
    longer.epochs = 30;
    free(train(&small, 0, NULL));
    other = record;
    free(train(&longer, 0, NULL));
    size_t shared = 0;
    for (size_t i = 0; i < other.rows; i++)
        for (size_t k = 0; k < record.rows; k++)
            if (other.row[i].epoch == record.row[k].epoch) {
                shared++;
                ck_assert_double_eq(other.row[i].loss, record.row[k].loss);
                for (size_t l = 0; l < 6; l++) {
                    ck_assert_double_eq(other.row[i].information[l].i_xt,
                                        record.row[k].information[l].i_xt);
                    ck_assert_double_eq(other.row[i].gradient[l].mean,
                                        record.row[k].gradient[l].mean);
                }
            }
    ck_assert_uint_ge(shared, 17);
}
END_TEST

/* What a network draws, as rng.h and run.h say: its labels, dealt out anew if they are to be
 * shuffled, and its training set. */
static struct drawn {
    uint8_t label[TASK_PATTERNS];
    uint32_t pattern[TASK_PATTERNS];
    size_t samples;
} drawn;

static void draw(const struct run_config *c, uint32_t number)
{
    struct rng r;
    rng_stream(&r, c->seed, number, RNG_LABELS);
    for (size_t k = 0; k < TASK_PATTERNS; k++) {
        drawn.label[k] = rng_uniform(&r) < task.py_x[k];
        drawn.pattern[k] = (uint32_t)k;
    }
    if (c->shuffled) {
        uint32_t from[TASK_PATTERNS];
        uint8_t own[TASK_PATTERNS];
        memcpy(from, drawn.pattern, sizeof from);
        memcpy(own, drawn.label, sizeof own);
        rng_shuffle(&r, from, TASK_PATTERNS);
        for (size_t k = 0; k < TASK_PATTERNS; k++)
            drawn.label[k] = own[from[k]];
    }
    rng_stream(&r, c->seed, number, RNG_SPLIT);
    rng_shuffle(&r, drawn.pattern, TASK_PATTERNS);
    drawn.samples = run_samples(c);
}

/* The row after the last epoch once more, from the final parameters: the network in double
 * precision, the library's logarithm, pattern after pattern. */
static void compare_last_row(const struct run_config *c)
{
    static double param[RUN_MAX_PARAMS];
    const struct run_row *row = &record.row[record.rows - 1];
    double loss = 0.0, right[2] = {0}, unclear = 0.0;
    for (size_t p = 0; p < record.params; p++)
        param[p] = (double)record.param[p];
    for (size_t k = 0; k < TASK_PATTERNS; k++) {
        struct reference r;
        reference_forward(&r, c->width, c->layers, param, drawn.pattern[k]);
        const double p = r.t[c->layers][drawn.label[drawn.pattern[k]]];
        right[k >= drawn.samples] += p > 0.5;
        unclear += fabs(p - 0.5) < 1e-5;
        if (k < drawn.samples)
            loss -= log2(p) / (double)drawn.samples;
    }
    const double n = (double)drawn.samples, tests = TASK_PATTERNS - n;
    ck_assert_double_eq_tol(row->loss, loss, 1e-5);
    ck_assert_double_eq_tol(n * row->train_accuracy, right[0], unclear + 1e-6);
    if (tests > 0.0)
        ck_assert_double_eq_tol(tests * row->test_accuracy, right[1], unclear + 1e-6);
    else
        ck_assert(isnan(row->test_accuracy));

    const double *w = param;
    for (size_t l = 1; l <= c->layers; l++) {
        double square = 0.0;
        for (size_t i = 0; i < c->width[l] * c->width[l - 1]; i++)
            square += w[i] * w[i];
        ck_assert_double_eq_tol(row->weight_norm[l - 1], sqrt(square), 1e-9);
        const double largest = reference_spectral_norm(w, c->width[l], c->width[l - 1]);
        ck_assert_double_eq_tol(row->spectral_norm[l - 1], largest, 1e-9);
        w += c->width[l] * (c->width[l - 1] + 1);
    }
}

/* I(X;T) and I(T;Y) of each layer from the final parameters: bins by counting edges, patterns told
 * apart by sorting, on all 4096 patterns and the probabilities of the rule. */
struct cell {
    uint8_t bin[NET_MAX_WIDTH];
    uint16_t pattern;
};

static int by_bins(const void *a, const void *b)
{
    return memcmp(((const struct cell *)a)->bin, ((const struct cell *)b)->bin, NET_MAX_WIDTH);
}

static double x_log_x(double x)
{
    return x > 0.0 ? x * log2(x) : 0.0;
}

static void compare_information(const struct run_config *c)
{
    static struct cell cell[NET_MAX_LAYERS][TASK_PATTERNS];
    const size_t edges = c->estimator == RUN_BINS_EQUAL ? c->bins + 1 : c->bins;
    const size_t inner = c->estimator == RUN_BINS_EQUAL ? edges - 2 : edges - 1;
    struct net_shape shape;
    static struct net_strip strip;
    struct dataset data;
    task_view(&data, &task);
    memset(cell, 0, sizeof cell);
    ck_assert_int_eq(net_shape(&shape, c->width, c->layers), 0);
    for (size_t at = 0; at < TASK_PATTERNS; at += NET_STRIP) {
        uint32_t pattern[NET_STRIP];
        for (size_t k = 0; k < NET_STRIP; k++)
            pattern[k] = (uint32_t)(at + k);
        net_input(&strip, &shape, &data, pattern, NET_STRIP);
        net_forward(&strip, &shape, record.param, NULL);
        for (size_t l = 1; l <= c->layers; l++)
            for (size_t k = 0; k < NET_STRIP; k++) {
                cell[l - 1][at + k].pattern = (uint16_t)pattern[k];
                for (size_t o = 0; o < c->width[l]; o++) {
                    const double t = (double)strip.t[shape.unit[l] + o][k];
                    uint8_t bin = 0;
                    for (size_t e = 1; e <= inner; e++)
                        bin =
                            (uint8_t)(bin + (t >= -1.0 + (double)e * (2.0 / (double)(edges - 1))));
                    cell[l - 1][at + k].bin[o] = bin;
                }
            }
    }
    for (size_t l = 0; l < c->layers; l++) {
        double i_xt = 0.0, i_ty = task.h_y;
        qsort(cell[l], TASK_PATTERNS, sizeof cell[l][0], by_bins);
        for (size_t k = 0; k < TASK_PATTERNS;) {
            double count = 0.0, ones = 0.0;
            const size_t first = k;
            for (; k < TASK_PATTERNS && by_bins(&cell[l][first], &cell[l][k]) == 0; k++) {
                count += 1.0;
                ones += (double)task.py_x[cell[l][k].pattern];
            }
            const double p = ones / count;
            i_xt -= x_log_x(count / TASK_PATTERNS);
            i_ty += count / TASK_PATTERNS * (x_log_x(p) + x_log_x(1.0 - p));
        }
        const struct information *got = &record.row[record.rows - 1].information[l];
        ck_assert_double_eq_tol(got->i_xt, i_xt, 1e-10);
        ck_assert_double_eq_tol(got->i_ty, i_ty, 1e-10);
    }
}

START_TEST(what_is_measured)
{
    struct run_config c = small;
    c.epochs = 60;
    c.rate = 0.2385;
    free(train(&c, 5, NULL));
    ck_assert_uint_eq(record.number, 5);
    ck_assert_uint_eq(record.layers, 6);
    ck_assert_uint_eq(record.params, 294);
    ck_assert_uint_eq(record.row[record.rows - 1].epoch, 60);
    draw(&c, 5);
    compare_last_row(&c);
    compare_information(&c);
    ck_assert_double_gt(record.row[record.rows - 1].train_accuracy, 0.8); /* it has learned */
    ck_assert_double_lt(record.row[record.rows - 1].loss, 0.5 * record.row[0].loss);

    c = coded;
    c.rate = 0.02385;
    free(train(&c, 2, NULL));
    draw(&c, 2);
    ck_assert_mem_eq(drawn.label, task.label, sizeof task.label); /* the hard rule draws no luck */
    compare_last_row(&c);
    compare_information(&c);
}
END_TEST

/* Labels dealt out at random: as many ones, no relation to the rule, and they are learned. */
START_TEST(shuffled_labels)
{
    struct run_config c = coded;
    c.shuffled = 1;
    c.rate = 0.02385;
    free(train(&c, 2, NULL));
    draw(&c, 2);
    compare_last_row(&c);
    compare_information(&c);
    size_t ones = 0, alike = 0;
    for (size_t k = 0; k < TASK_PATTERNS; k++) {
        ones += drawn.label[k];
        alike += drawn.label[k] == task.label[k];
    }
    ck_assert_uint_eq(ones, 2118);
    /* half of them by chance: (2118^2 + 1978^2)/4096, with a standard error of 32 */
    ck_assert_double_eq_tol((double)alike, 2050.4, 4.0 * 32.0);
    char *text = run_write(&(size_t){0}, &record, &c, "engine-2385");
    ck_assert_ptr_nonnull(text);
    ck_assert_ptr_nonnull(read_copy(&other, text, strlen(text), &coded, 2, "engine-2385"));
    free(text);
}
END_TEST

/* Before training: the weights of net_init, so nothing is known of the labels, about half of them
 * right, and the squared norm of 10 by 12 truncated normal weights over sqrt(12) is 0.7737 10, with
 * a standard error of sqrt((1.4162 - 0.7737^2) 120/8)/12 = 0.29 over 8 networks. */
START_TEST(first_row)
{
    double accuracy = 0.0, square = 0.0;
    for (size_t number = 0; number < 8; number++) {
        struct run_config c = small;
        c.epochs = 0;
        free(train(&c, number, NULL));
        ck_assert_uint_eq(record.rows, 1);
        ck_assert_uint_eq(record.row[0].epoch, 0);
        draw(&c, (uint32_t)number);
        compare_last_row(&c);
        accuracy += record.row[0].train_accuracy / 8.0;
        square += record.row[0].weight_norm[0] * record.row[0].weight_norm[0] / 8.0;

        struct rng r;
        float param[RUN_MAX_PARAMS];
        struct net_shape shape;
        ck_assert_int_eq(net_shape(&shape, c.width, c.layers), 0);
        rng_stream(&r, c.seed, (uint32_t)number, RNG_WEIGHTS);
        net_init(param, &shape, NET_TRUNCATED_NORMAL, 1.0F, &r);
        ck_assert_mem_eq(param, record.param, shape.params * sizeof *param);
        for (size_t l = 0; l < 6; l++) { /* 14 mini-batches differ */
            ck_assert_double_gt(record.row[0].gradient[l].mean, 0.0);
            ck_assert_double_gt(record.row[0].gradient[l].deviation, 0.0);
        }
    }
    ck_assert_double_eq_tol(accuracy, 0.5, 0.1);
    ck_assert_double_eq_tol(square, 0.7737 * 10.0, 0.9);
}
END_TEST

/* The bits of the final parameters: gcc 12 and clang 14, from -O0 to -O3, with SSE2, AVX2 and
 * AVX-512 gave these.  A compiler or a machine that gives others cannot reproduce a record. */
START_TEST(bits_on_every_machine)
{
    const struct run_config *config[] = {&small, &coded};
    static const uint64_t expected[] = {0x5b76da6ad3f22296U, 0x6b83185cb7eed73bU};
    for (size_t i = 0; i < 2; i++) {
        uint64_t hash = UNIT_HASH;
        free(train(config[i], 1, NULL));
        for (size_t p = 0; p < record.params; p++)
            hash = unit_hash(hash, lanes_bits(record.param[p]));
        ck_assert_uint_eq(hash, expected[i]);
    }
}
END_TEST

/* ---- the text form ---- */

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
    const struct run_config *config[] = {&small, &coded};
    for (size_t i = 0; i < 2; i++) {
        const struct run_config *c = config[i];
        size_t size, again_size;
        char *text = train(c, 3, NULL);
        size = strlen(text);
        memset(&other, 0x5a, sizeof other);
        ck_assert_ptr_null(read_copy(&other, text, size, c, 3, "engine-2385"));
        ck_assert_uint_eq(other.number, 3);
        ck_assert_uint_eq(other.layers, record.layers);
        ck_assert_uint_eq(other.rows, record.rows);
        ck_assert_uint_eq(other.params, record.params);
        ck_assert_mem_eq(other.param, record.param, record.params * sizeof *record.param);
        for (size_t k = 0; k < record.rows; k++) {
            const struct run_row *a = &other.row[k], *b = &record.row[k];
            ck_assert_uint_eq(a->epoch, b->epoch);
            close_to(a->loss, b->loss, 1e-8);
            close_to(a->train_accuracy, b->train_accuracy, 1e-8);
            close_to(a->test_accuracy, b->test_accuracy, 1e-8);
            for (size_t l = 0; l < c->layers; l++) {
                close_to(a->information[l].i_xt, b->information[l].i_xt, 1e-11);
                close_to(a->information[l].i_ty, b->information[l].i_ty, 1e-11);
                close_to(a->gradient[l].mean, b->gradient[l].mean, 1e-8);
                close_to(a->gradient[l].deviation, b->gradient[l].deviation, 1e-8);
                close_to(a->weight_norm[l], b->weight_norm[l], 1e-8);
                close_to(a->spectral_norm[l], b->spectral_norm[l], 1e-8);
            }
        }
        char *again = text_of(&again_size, &other, c);
        ck_assert_str_eq(again, text);
        free(again);
        free(text);
    }
}
END_TEST

/* The format, for those who read it with another program. */
START_TEST(text_by_lines)
{
    const struct run_config c = brief(&coded);
    char *text = train(&c, 3, NULL), config[RUN_TEXT_MAX], start[RUN_TEXT_MAX + 256];
    run_config_text(config, &c);
    snprintf(start, sizeof start,
             "run 3\nengine engine-2385\n%s\nepoch\tloss\ttrain_accuracy\ttest_accuracy\n0\t",
             config);
    ck_assert_int_eq(strncmp(text, start, strlen(start)), 0);
    ck_assert_ptr_nonnull(strstr(text, "\tnan\n1\t")); /* all patterns are trained on */
    ck_assert_ptr_nonnull(strstr(text,
                                 "\n\nepoch\tlayer\ti_xt\ti_ty\tgradient_mean\tgradient_deviation\t"
                                 "weight_norm\tspectral_norm\n0\t1\t12\t"));
    ck_assert_ptr_nonnull(strstr(text, "\n\nparameter\tvalue\n0\t"));
    /* the checksum is that of all before its line */
    char *line = strstr(text, "\nsha256\t") + 1;
    struct sha256_ctx sha;
    uint8_t digest[SHA256_DIGEST_SIZE];
    char hex[66];
    sha256_init(&sha);
    sha256_update(&sha, (size_t)(line - text), (const uint8_t *)text);
    sha256_digest(&sha, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++)
        snprintf(hex + 2 * i, 4, "%02x\n", digest[i]);
    ck_assert_str_eq(line + 7, hex);
    free(text);
}
END_TEST

START_TEST(another_run_is_refused)
{
    const struct run_config run = brief(&small);
    struct run_config c = run;
    char *text = train(&c, 3, NULL);
    const size_t size = strlen(text);
    ck_assert_ptr_null(read_copy(&other, text, size, &c, 3, "engine-2385"));
    ck_assert_ptr_nonnull(read_copy(&other, text, size, &c, 4, "engine-2385"));
    ck_assert_ptr_nonnull(read_copy(&other, text, size, &c, 3, "engine-238"));
    ck_assert_ptr_nonnull(read_copy(&other, text, size, &c, 3, "engine-23855"));
    ck_assert_ptr_nonnull(read_copy(&other, text, size, &c, 3, ""));
    ck_assert_ptr_nonnull(read_copy(&other, text, size, &coded, 3, "engine-2385"));
    c.rate = 0.02386;
    ck_assert_ptr_nonnull(read_copy(&other, text, size, &c, 3, "engine-2385"));
    c = run, c.shuffled = 1;
    ck_assert_ptr_nonnull(read_copy(&other, text, size, &c, 3, "engine-2385"));
    c = run, c.seed = 2;
    ck_assert_ptr_nonnull(read_copy(&other, text, size, &c, 3, "engine-2385"));
    c = run, c.width[5] = 4;
    ck_assert_ptr_nonnull(read_copy(&other, text, size, &c, 3, "engine-2385"));
    c = run, c.epochs = 21;
    ck_assert_ptr_nonnull(read_copy(&other, text, size, &c, 3, "engine-2385"));
    free(text);
}
END_TEST

/* Cut off anywhere, or with something behind it: refused. */
START_TEST(cut_off_is_refused)
{
    const struct run_config c = brief(&small);
    char *text = train(&c, 3, NULL);
    const size_t size = strlen(text);
    for (size_t n = 0; n < size; n += n < 300 || n + 300 > size ? 1 : 7)
        unit_require(read_copy(&other, text, n, &c, 3, "engine-2385"), "%zu bytes were taken", n);
    char *longer = malloc(2 * size + 2);
    ck_assert_ptr_nonnull(longer);
    memcpy(longer, text, size);
    longer[size] = '\n';
    ck_assert_ptr_nonnull(read_copy(&other, longer, size + 1, &c, 3, "engine-2385"));
    memcpy(longer + size, text, size); /* twice over */
    ck_assert_ptr_nonnull(read_copy(&other, longer, 2 * size, &c, 3, "engine-2385"));
    free(longer);
    free(text);
}
END_TEST

/* Any single bit turned: refused. */
START_TEST(turned_bits_are_refused)
{
    const struct run_config c = brief(&small);
    char *text = train(&c, 3, NULL);
    const size_t size = strlen(text);
    uint64_t state = 2385;
    for (size_t i = 0; i < 1500; i++) {
        /* anywhere, and every bit of the checksum's line */
        const size_t at =
            i < 600 ? unit_random(&state) % (8 * size) : 8 * size - 1 - (i - 600) % 576;
        text[at / 8] = (char)(text[at / 8] ^ 1 << at % 8);
        unit_require(read_copy(&other, text, size, &c, 3, "engine-2385"),
                     "bit %zu of byte %zu turned", at % 8, at / 8);
        text[at / 8] = (char)(text[at / 8] ^ 1 << at % 8);
    }
    ck_assert_ptr_null(read_copy(&other, text, size, &c, 3, "engine-2385"));
    free(text);
}
END_TEST

/* A copy of a text, to be freed, with the first `from` replaced by `to` and the right checksum. */
static char *forge(const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    const size_t size = strlen(text) + strlen(to) + 1;
    char *forged = malloc(size);
    ck_assert(at && forged);
    snprintf(forged, size, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    char *line = strstr(forged, "\nsha256\t") + 1;
    struct sha256_ctx sha;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&sha);
    sha256_update(&sha, (size_t)(line - forged), (const uint8_t *)forged);
    sha256_digest(&sha, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++) {
        char hex[3];
        snprintf(hex, sizeof hex, "%02x", digest[i]);
        memcpy(line + 7 + 2 * i, hex, 2);
    }
    return forged;
}

/* Records that were made on purpose, with a right checksum: other epochs, rows missing or added. */
START_TEST(forged_is_refused)
{
    static const char *const change[][2] = {
        {"\n1\t", "\n2\t"},
        {"\n0\t", "\n0\t0\t"},
        {"test_accuracy\n", "test_accuracy\n0\t1\t1\t1\n"},
        {"\n\nepoch\tlayer", "\nepoch\tlayer"},
        {"\nparameter\tvalue\n0\t", "\nparameter\tvalue\n1\t"},
        {"norm\n0\t1\t", "norm\n0\t2\t"},
        {"\n\nsha256", "\n294\t0\n\nsha256"},
        {"\n293\t", "\n293\tx"},
    };
    const struct run_config c = brief(&small);
    char *text = train(&c, 3, NULL), *same = forge(text, "run 3", "run 3");
    ck_assert_str_eq(same, text); /* this forger can write */
    free(same);
    for (size_t i = 0; i < sizeof change / sizeof *change; i++) {
        char *forged = forge(text, change[i][0], change[i][1]);
        unit_require(read_copy(&other, forged, strlen(forged), &c, 3, "engine-2385"),
                     "change %zu was taken", i);
        free(forged);
    }
    free(text);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {schedule,
                                  schedules_agree,
                                  samples,
                                  text_of_config,
                                  check_of_config,
                                  runs_are_pure_functions,
                                  longer_runs_begin_alike,
                                  what_is_measured,
                                  shuffled_labels,
                                  first_row,
                                  bits_on_every_machine,
                                  written_and_read_back,
                                  text_by_lines,
                                  another_run_is_refused,
                                  cut_off_is_refused,
                                  turned_bits_are_refused,
                                  forged_is_refused};
    return unit_run("run", tests, sizeof tests / sizeof *tests);
}
