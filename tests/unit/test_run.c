/* test_run.c -- one network, trained and measured: when it is looked at, what is measured, and that it
 * hangs on nothing but its configuration and number. */
#include "unit.h"

#include "icosahedron.h"
#include "lanes.h"
#include "reference.h"
#include "run.h"
#include "tasks.h"

static const struct config small = {.task = "icosahedron:0.99",
                                    .layers = 6,
                                    .width = {12, 10, 7, 5, 4, 3, 2},
                                    .optimiser = OPTIMISER_SGD,
                                    .rate = 0.02385,
                                    .batch = 256,
                                    .fraction = 0.85,
                                    .epochs = 20,
                                    .seed = 1};
static const char small_bins[] = "bins:30:-1:1";

static const struct config coded = {.task = "icosahedron:hard",
                                    .layers = 7,
                                    .width = {12, 10, 7, 5, 4, 4, 3, 2},
                                    .optimiser = OPTIMISER_ADAM,
                                    .rate = 2e-4,
                                    .fraction = 1.0,
                                    .epochs = 20,
                                    .seed = 7};
static const char coded_bins[] = "edges:50:-1:1";

static struct dataset data;
static struct run_record record, other;
static struct run_measured measured;

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

/* ---- training ---- */

/* Trains a network and fills record and measured. */
static void train(const struct config *c, const char *estimator, size_t number)
{
    struct run_measured *m = &measured;
    dataset_free(&data);
    ck_assert_ptr_null(tasks_make(&data, c->task));
    ck_assert_ptr_null(run_check(c, &data));
    run_train(&record, &m, &estimator, 1, c, &data, number);
}

/* A hash of all that a run says and of what was measured. */
static uint64_t hash_of(void)
{
    uint64_t hash = UNIT_HASH;
    double x;
    uint64_t bits;
#define HASH(value)                                                                                \
    do {                                                                                           \
        x = (double)(value);                                                                       \
        memcpy(&bits, &x, sizeof bits);                                                            \
        hash = unit_hash(hash, isnan(x) ? 0 : bits);                                               \
    } while (0)
    for (size_t i = 0; i < record.rows; i++) {
        const struct run_row *row = &record.row[i];
        HASH(row->loss);
        HASH(row->train_accuracy);
        HASH(row->test_accuracy);
        for (size_t l = 0; l < record.layers; l++) {
            HASH(row->gradient[l].mean);
            HASH(row->gradient[l].deviation);
            HASH(row->weight_norm[l]);
            HASH(row->spectral_norm[l]);
            HASH(measured.of[i][l].i_xt);
            HASH(measured.of[i][l].i_ty);
        }
    }
    for (size_t p = 0; p < record.params; p++)
        HASH(record.param[p]);
#undef HASH
    return hash;
}

/* The same bits whatever was trained before; others for another number or seed. */
START_TEST(runs_are_pure_functions)
{
    struct config wide = coded, seeded = small;
    wide.layers = 3;
    wide.width[1] = 20;
    wide.width[2] = 9;
    wide.width[3] = 2;
    seeded.seed = 2;
    train(&small, small_bins, 3);
    const uint64_t alone = hash_of();
    train(&coded, coded_bins, 3);
    const uint64_t alone_coded = hash_of();
    train(&wide, coded_bins, 0);
    train(&small, small_bins, 3);
    ck_assert_uint_eq(hash_of(), alone);
    train(&coded, coded_bins, 3);
    ck_assert_uint_eq(hash_of(), alone_coded);
    train(&small, small_bins, 4);
    ck_assert_uint_ne(hash_of(), alone);
    train(&seeded, small_bins, 3);
    ck_assert_uint_ne(hash_of(), alone);
}
END_TEST

/* Who looks at a run does not change it: none, one or two estimators, and each says the same in company. */
START_TEST(looking_changes_nothing)
{
    static struct run_measured two[2];
    struct run_measured *m[2] = {&two[0], &two[1]};
    const char *const names[2] = {"edges:50:-1:1", "bins:30:-1:1"};
    train(&small, small_bins, 3);
    other = record;
    record.param = NULL;
    run_train(&record, m, names, 2, &small, &data, 3);
    ck_assert_mem_eq(&other.row, &record.row, sizeof record.row);
    ck_assert_mem_eq(other.param, record.param, record.params * sizeof *record.param);
    ck_assert_mem_eq(&two[1], &measured, sizeof measured.of[0] * record.rows);
    run_train(&record, NULL, NULL, 0, &small, &data, 3);
    ck_assert_mem_eq(&other.row, &record.row, sizeof record.row);
    run_record_free(&other);
}
END_TEST

/* A longer run begins as the shorter one: the same rows where both have one. */
START_TEST(longer_runs_begin_alike)
{
    static struct run_measured before;
    struct config longer = small;
    longer.epochs = 30;
    train(&small, small_bins, 0);
    other = record;
    before = measured;
    record.param = NULL;
    train(&longer, small_bins, 0);
    size_t shared = 0;
    for (size_t i = 0; i < other.rows; i++)
        for (size_t k = 0; k < record.rows; k++)
            if (other.row[i].epoch == record.row[k].epoch) {
                shared++;
                ck_assert_double_eq(other.row[i].loss, record.row[k].loss);
                for (size_t l = 0; l < 6; l++) {
                    ck_assert_double_eq(before.of[i][l].i_xt, measured.of[k][l].i_xt);
                    ck_assert_double_eq(other.row[i].gradient[l].mean,
                                        record.row[k].gradient[l].mean);
                }
            }
    ck_assert_uint_ge(shared, 17);
    run_record_free(&other);
}
END_TEST

/* A run that stops at a loss has the rows of one that does not, up to the epoch in which the mean loss of
 * the samples as they passed was first that small; that epoch is its last row, on the schedule or not. */
START_TEST(stops_at_a_loss)
{
    struct config c = small;
    size_t epoch[RUN_MAX_ROWS];
    c.epochs = 200;
    c.rate = 0.2385;
    train(&c, small_bins, 1);
    other = record;
    record.param = NULL;
    c.stop_loss = 0.4;
    train(&c, small_bins, 1);
    const size_t last = record.row[record.rows - 1].epoch;
    ck_assert_uint_lt(last, 200);
    ck_assert_uint_gt(last, 2);
    run_schedule(epoch, 200);
    for (size_t i = 0; i + 1 < record.rows; i++) {
        ck_assert_uint_eq(record.row[i].epoch, epoch[i]);
        ck_assert_double_eq(record.row[i].loss, other.row[i].loss);
        ck_assert_double_gt(record.row[i].loss, 0.3); /* it falls slowly enough */
    }
    ck_assert_double_lt(record.row[record.rows - 1].loss,
                        0.6); /* the mean of the epoch was small */
    /* by hand: the engine alone, epoch after epoch */
    struct train *t = train_new();
    train_start(t, &c, &data, 1);
    size_t e = 0;
    do {
        train_epoch(t, NULL);
        e++;
    } while (!(t->loss <= 0.4));
    ck_assert_uint_eq(e, last);
    ck_assert_mem_eq(t->param, record.param, record.params * sizeof *record.param);
    train_free(t);
    run_record_free(&other);
}
END_TEST

/* What a network draws, as rng.h and draw.h say: its labels, dealt out anew if they are to be
 * shuffled, and its training set. */
static struct drawn {
    uint8_t label[TASK_PATTERNS];
    uint32_t pattern[TASK_PATTERNS];
    size_t samples;
} drawn;

static void shuffle(struct rng *r, uint32_t *x, size_t n)
{
    for (size_t i = n; i > 1; i--) {
        const size_t j = rng_below(r, (uint32_t)i);
        const uint32_t swap = x[i - 1];
        x[i - 1] = x[j];
        x[j] = swap;
    }
}

static void draw(const struct config *c, uint32_t number)
{
    struct rng r;
    rng_stream(&r, c->seed, number, RNG_LABELS);
    for (size_t k = 0; k < TASK_PATTERNS; k++) {
        drawn.label[k] = rng_uniform(&r) < data.py_x[k];
        drawn.pattern[k] = (uint32_t)k;
    }
    if (c->labels == CONFIG_LABELS_SHUFFLED) {
        uint32_t from[TASK_PATTERNS];
        uint8_t own[TASK_PATTERNS];
        memcpy(from, drawn.pattern, sizeof from);
        memcpy(own, drawn.label, sizeof own);
        shuffle(&r, from, TASK_PATTERNS);
        for (size_t k = 0; k < TASK_PATTERNS; k++)
            drawn.label[k] = own[from[k]];
    }
    rng_stream(&r, c->seed, number, RNG_SPLIT);
    shuffle(&r, drawn.pattern, TASK_PATTERNS);
    drawn.samples = config_samples(c, TASK_PATTERNS);
}

/* The row after the last epoch once more, from the final parameters: the network in double
 * precision, the library's logarithm, pattern after pattern. */
static void compare_last_row(const struct config *c)
{
    static double param[RUN_KEPT_PARAMS];
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

static void compare_information(const struct config *c, size_t edges, size_t inner)
{
    static struct cell cell[NET_MAX_LAYERS][TASK_PATTERNS];
    struct net_shape shape;
    static struct net_strip strip;
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
        double i_xt = 0.0, i_ty = data.h_y;
        qsort(cell[l], TASK_PATTERNS, sizeof cell[l][0], by_bins);
        for (size_t k = 0; k < TASK_PATTERNS;) {
            double count = 0.0, ones = 0.0;
            const size_t first = k;
            for (; k < TASK_PATTERNS && by_bins(&cell[l][first], &cell[l][k]) == 0; k++) {
                count += 1.0;
                ones += (double)data.py_x[cell[l][k].pattern];
            }
            const double p = ones / count;
            i_xt -= x_log_x(count / TASK_PATTERNS);
            i_ty += count / TASK_PATTERNS * (x_log_x(p) + x_log_x(1.0 - p));
        }
        const struct information *got = &measured.of[record.rows - 1][l];
        ck_assert_double_eq_tol(got->i_xt, i_xt, 1e-10);
        ck_assert_double_eq_tol(got->i_ty, i_ty, 1e-10);
    }
}

START_TEST(what_is_measured)
{
    struct config c = small;
    c.epochs = 60;
    c.rate = 0.2385;
    train(&c, small_bins, 5);
    ck_assert_uint_eq(record.number, 5);
    ck_assert_uint_eq(record.layers, 6);
    ck_assert_uint_eq(record.params, 294);
    ck_assert_uint_eq(record.row[record.rows - 1].epoch, 60);
    draw(&c, 5);
    compare_last_row(&c);
    compare_information(&c, 31, 29);
    ck_assert_double_gt(record.row[record.rows - 1].train_accuracy, 0.8); /* it has learned */
    ck_assert_double_lt(record.row[record.rows - 1].loss, 0.5 * record.row[0].loss);

    c = coded;
    c.rate = 0.02385;
    train(&c, coded_bins, 2);
    draw(&c, 2);
    const struct task *task = task_behind(&data);
    ck_assert_mem_eq(drawn.label, task->label,
                     sizeof task->label); /* the hard rule draws no luck */
    compare_last_row(&c);
    compare_information(&c, 50, 49);
}
END_TEST

/* Labels dealt out at random: as many ones, no relation to the rule, and they are learned. */
START_TEST(shuffled_labels)
{
    struct config c = coded;
    c.labels = CONFIG_LABELS_SHUFFLED;
    c.rate = 0.02385;
    train(&c, coded_bins, 2);
    draw(&c, 2);
    compare_last_row(&c);
    compare_information(&c, 50, 49);
    size_t ones = 0, alike = 0;
    for (size_t k = 0; k < TASK_PATTERNS; k++) {
        ones += drawn.label[k];
        alike += drawn.label[k] == task_behind(&data)->label[k];
    }
    ck_assert_uint_eq(ones, 2118);
    /* half of them by chance: (2118^2 + 1978^2)/4096, with a standard error of 32 */
    ck_assert_double_eq_tol((double)alike, 2050.4, 4.0 * 32.0);
}
END_TEST

/* Before training: the weights of net_init, so nothing is known of the labels, about half of them
 * right, and the squared norm of 10 by 12 truncated normal weights over sqrt(12) is 0.7737 10, with
 * a standard error of sqrt((1.4162 - 0.7737^2) 120/8)/12 = 0.29 over 8 networks. */
START_TEST(first_row)
{
    double accuracy = 0.0, square = 0.0;
    for (size_t number = 0; number < 8; number++) {
        struct config c = small;
        c.epochs = 0;
        train(&c, small_bins, number);
        ck_assert_uint_eq(record.rows, 1);
        ck_assert_uint_eq(record.row[0].epoch, 0);
        draw(&c, (uint32_t)number);
        compare_last_row(&c);
        accuracy += record.row[0].train_accuracy / 8.0;
        square += record.row[0].weight_norm[0] * record.row[0].weight_norm[0] / 8.0;

        struct rng r;
        float param[RUN_KEPT_PARAMS];
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
    const struct config *config[] = {&small, &coded};
    static const uint64_t expected[] = {0x5b76da6ad3f22296U, 0x6b83185cb7eed73bU};
    for (size_t i = 0; i < 2; i++) {
        uint64_t hash = UNIT_HASH;
        train(config[i], i ? coded_bins : small_bins, 1);
        for (size_t p = 0; p < record.params; p++)
            hash = unit_hash(hash, lanes_bits(record.param[p]));
        ck_assert_uint_eq(hash, expected[i]);
    }
}
END_TEST

/* More classes than two, and images instead of patterns: accuracy and loss by hand from the output; no
 * output of more than RUN_KEPT_PARAMS weights is kept. */
START_TEST(many_classes)
{
    const struct config c = {.task = "random:9:5:300:2385",
                             .layers = 2,
                             .width = {9, 7, 5},
                             .rate = 0.1,
                             .fraction = 0.8,
                             .epochs = 3,
                             .seed = 1};
    train(&c, "bins:10:-1:1", 0);
    ck_assert_uint_eq(record.params, 9 * 7 + 7 + 7 * 5 + 5);
    double loss = 0.0;
    size_t right[2] = {0};
    struct train *t = train_new();
    train_start(t, &c, &data, 0);
    for (size_t k = 0; k < 300; k++) {
        const size_t i = t->order[k];
        double z[5], top = -INFINITY, sum = 0.0, hidden[7];
        for (size_t h = 0; h < 7; h++) {
            hidden[h] = (double)record.param[63 + h];
            for (size_t f = 0; f < 9; f++)
                hidden[h] += (double)record.param[9 * h + f] * (double)data.x[9 * i + f];
            hidden[h] = tanh(hidden[h]);
        }
        size_t best = 0;
        for (size_t y = 0; y < 5; y++) {
            z[y] = (double)record.param[70 + 35 + y];
            for (size_t h = 0; h < 7; h++)
                z[y] += (double)record.param[70 + 7 * y + h] * hidden[h];
            if (z[y] > top) {
                top = z[y];
                best = y;
            }
        }
        for (size_t y = 0; y < 5; y++)
            sum += exp(z[y] - top);
        right[k >= 240] += best == t->label[i];
        if (k < 240)
            loss -= (z[t->label[i]] - top - log(sum)) / log(2.0) / 240.0;
    }
    train_free(t);
    const struct run_row *row = &record.row[record.rows - 1];
    ck_assert_double_eq_tol(row->loss, loss, 1e-5);
    ck_assert_double_eq(240.0 * row->train_accuracy, (double)right[0]);
    ck_assert_double_eq_tol(60.0 * row->test_accuracy, (double)right[1], 1e-9);

    struct config wide = c;
    wide.width[1] = 600;
    train(&wide, "bins:10:-1:1", 0);
    ck_assert_uint_gt(record.params, RUN_KEPT_PARAMS);
    ck_assert_ptr_null(record.param);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {schedule,
                                  schedules_agree,
                                  runs_are_pure_functions,
                                  looking_changes_nothing,
                                  longer_runs_begin_alike,
                                  stops_at_a_loss,
                                  what_is_measured,
                                  shuffled_labels,
                                  first_row,
                                  bits_on_every_machine,
                                  many_classes};
    return unit_run("run", tests, sizeof tests / sizeof *tests);
}
