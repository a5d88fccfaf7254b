#include "run.h"

#include <errno.h>
#include <math.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <string.h>

#include "layers.h"

struct run {
    struct train *train;
    struct config config;
    struct dataset data;
    struct layers layers;
};

size_t run_samples(const struct run_config *c)
{
    const size_t n = (size_t)(c->fraction * TASK_PATTERNS + 0.5);
    return n < 1 ? 1 : n;
}

/*[ schedule ]*/
size_t run_schedule(size_t *epoch, size_t epochs)
{
    static const size_t reported[] = {400, 1002, 9000, 9998};
    size_t n = 0, next = 0;
    for (size_t e = 0; e <= epochs; e++) {
        int wanted = e == next || e == epochs;
        if (e == next)
            next = e + 1 + e / 16;
        for (size_t k = 0; k < sizeof reported / sizeof *reported; k++)
            wanted |= e == reported[k];
        if (wanted && n < RUN_MAX_ROWS)
            epoch[n++] = e;
    }
    return n;
}
/*[ end ]*/

void run_config_text(char text[RUN_TEXT_MAX], const struct run_config *c)
{
    char widths[128];
    size_t at = 0;
    for (size_t l = 0; l <= c->layers && at < sizeof widths; l++)
        at += (size_t)snprintf(widths + at, sizeof widths - at, "%s%zu", l ? "-" : "", c->width[l]);
    snprintf(text, RUN_TEXT_MAX,
             "rule %s\ni_xy %.9g\nlabels %s\nwidths %s\noptimiser %s\nrate %.9g\nbatch "
             "%zu\nfraction %.9g\n"
             "epochs %zu\nestimator %s\nbins %zu\nseed %lu\n",
             c->rule == TASK_SMOOTH ? "smooth" : "hard", c->rule == TASK_SMOOTH ? c->i_xy : 0.0,
             c->shuffled ? "shuffled" : "own", widths, optimiser_name(c->optimiser), c->rate,
             c->batch, c->fraction, c->epochs, c->estimator == RUN_BINS_EQUAL ? "equal" : "edges",
             c->bins, c->seed);
}

const char *run_config_check(const struct run_config *c)
{
    static const char *const problem[] = {
        "the widths do not make a network",           "the first width is not that of the patterns",
        "the network has too many parameters",        "the learning rate is not above 0",
        "the fraction is not above 0 and at most 1",  "there are more epochs than a schedule holds",
        "the number of bins is not between 2 and 256"};
    struct net_shape shape;
    size_t epoch[RUN_MAX_ROWS];
    if (c->layers > NET_MAX_LAYERS || net_shape(&shape, c->width, c->layers) != 0 ||
        !net_is_narrow(&shape) || c->width[c->layers] != 2)
        return problem[0];
    if (c->width[0] != TASK_BITS)
        return problem[1];
    if (shape.params > RUN_MAX_PARAMS)
        return problem[2];
    if (!(c->rate > 0.0))
        return problem[3];
    if (!(c->fraction > 0.0 && c->fraction <= 1.0))
        return problem[4];
    if (c->epochs > 100000000 || run_schedule(epoch, c->epochs) == RUN_MAX_ROWS)
        return problem[5];
    return c->bins < 2 || c->bins > INFORMATION_MAX_BINS ? problem[6] : NULL;
}

struct run *run_new(void)
{
    void *memory = NULL;
    if (posix_memalign(&memory, LAYERS_ALIGNMENT, sizeof(struct run)) != 0)
        return NULL;
    ((struct run *)memory)->train = train_new();
    return memory;
}

void run_free(struct run *r)
{
    if (r)
        train_free(r->train);
    free(r);
}

void run_bins(struct information_bins *bins, const struct run_config *c)
{
    if (c->estimator == RUN_BINS_EQUAL)
        information_bins_equal(bins, c->bins, -1.0F, 1.0F);
    else
        information_bins_edges(bins, c->bins, -1.0F, 1.0F);
}

void run_engine(struct config *config, const struct run_config *c)
{
    *config = (struct config){.labels = c->shuffled ? CONFIG_LABELS_SHUFFLED : CONFIG_LABELS_OWN,
                              .fraction = c->fraction,
                              .layers = c->layers,
                              .optimiser = c->optimiser,
                              .rate = c->rate,
                              .batch = c->batch,
                              .epochs = c->epochs,
                              .seed = c->seed};
    memcpy(config->width, c->width, sizeof config->width);
    if (c->rule == TASK_SMOOTH)
        snprintf(config->task, sizeof config->task, "icosahedron:%.9g", c->i_xy);
    else
        snprintf(config->task, sizeof config->task, "icosahedron:hard");
}

/*[ measure ]*/
/* Everything that is measured on a network between two epochs. */
static void run_measure(struct run_row *row, struct run *r)
{
    const struct train *t = r->train;
    layers_forward(&r->layers, &t->shape, t->param, &r->data, r->config.seed, t->number);
    for (size_t l = 1; l <= t->shape.layers; l++) {
        row->information[l - 1] = layers_information(&r->layers, l, &r->data);
        row->weight_norm[l - 1] = train_weight_norm(t, l);
        row->spectral_norm[l - 1] = train_spectral_norm(t, l);
    }

    /* the training set is the first t->samples of t->order, the test set the rest */
    double loss = 0.0;
    size_t right[2] = {0};
    for (size_t k = 0; k < TASK_PATTERNS; k++) {
        const float p_one = r->layers.p_one[t->order[k]];
        const float p = t->label[t->order[k]] ? p_one : 1.0F - p_one; /* of the label */
        right[k >= t->samples] += p > 0.5F;
        if (k < t->samples) /* a probability that is 0 to the last bit counts as the least float */
            loss -= lanes_log2((double)fmaxf(p, 0x1p-126F));
    }
    const size_t tested = TASK_PATTERNS - t->samples;
    row->loss = loss / (double)t->samples;
    row->train_accuracy = (double)right[0] / (double)t->samples;
    row->test_accuracy = tested ? (double)right[1] / (double)tested : (double)NAN;
}
/*[ end ]*/

/*[ train ]*/
void run_train(struct run_record *record, struct run *r, const struct run_config *c,
               const struct task *task, size_t number)
{
    size_t epoch[RUN_MAX_ROWS];
    run_engine(&r->config, c);
    task_view(&r->data, task);
    run_bins(&r->layers.bins, c);
    train_start(r->train, &r->config, &r->data, number);
    record->number = number;
    record->layers = c->layers;
    record->params = r->train->shape.params;
    record->rows = run_schedule(epoch, c->epochs);
    for (size_t e = 0, i = 0; i < record->rows; e++) {
        if (e < epoch[i]) {
            train_epoch(r->train, NULL);
            continue;
        }
        struct run_row *row = &record->row[i++];
        row->epoch = e;
        run_measure(row, r);
        if (e == c->epochs) /* the last row needs one epoch more for its gradient */
            memcpy(record->param, r->train->param, record->params * sizeof *record->param);
        train_epoch(r->train, row->gradient);
    }
}
/*[ end ]*/

/* ---- the text form ---- */

static const char epoch_head[] = "epoch\tloss\ttrain_accuracy\ttest_accuracy\n";
static const char layer_head[] =
    "epoch\tlayer\ti_xt\ti_ty\tgradient_mean\tgradient_deviation\tweight_norm\tspectral_norm\n";
static const char weight_head[] = "parameter\tvalue\n";
static const char check_head[] = "sha256\t";

static void hex_digest(char hex[2 * SHA256_DIGEST_SIZE + 1], const char *text, size_t size)
{
    struct sha256_ctx sha;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&sha);
    sha256_update(&sha, size, (const uint8_t *)text);
    sha256_digest(&sha, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
}

static void write_head(FILE *f, const struct run_config *c, size_t number, const char *engine)
{
    char text[RUN_TEXT_MAX];
    run_config_text(text, c);
    fprintf(f, "run %zu\nengine %s\n%s\n", number, engine, text);
}

char *run_write(size_t *size, const struct run_record *record, const struct run_config *c,
                const char *engine)
{
    char *text = NULL, hex[2 * SHA256_DIGEST_SIZE + 1];
    FILE *f = open_memstream(&text, size);
    if (!f)
        return NULL;
    write_head(f, c, record->number, engine);
    fputs(epoch_head, f);
    for (size_t i = 0; i < record->rows; i++) {
        const struct run_row *r = &record->row[i];
        fprintf(f, "%zu\t%.9g\t%.9g\t", r->epoch, r->loss, r->train_accuracy);
        if (isnan(r->test_accuracy)) /* its sign is the platform's */
            fputs("nan\n", f);
        else
            fprintf(f, "%.9g\n", r->test_accuracy);
    }
    fprintf(f, "\n%s", layer_head);
    for (size_t i = 0; i < record->rows; i++) {
        const struct run_row *r = &record->row[i];
        for (size_t l = 0; l < record->layers; l++)
            fprintf(f, "%zu\t%zu\t%.12g\t%.12g\t%.9g\t%.9g\t%.9g\t%.9g\n", r->epoch, l + 1,
                    r->information[l].i_xt, r->information[l].i_ty, r->gradient[l].mean,
                    r->gradient[l].deviation, r->weight_norm[l], r->spectral_norm[l]);
    }
    fprintf(f, "\n%s", weight_head);
    for (size_t p = 0; p < record->params; p++)
        fprintf(f, "%zu\t%.9g\n", p, (double)record->param[p]);
    fputc('\n', f);
    if (fflush(f) == 0) {
        hex_digest(hex, text, *size);
        fprintf(f, "%s%s\n", check_head, hex);
    }
    const int bad = ferror(f);
    if (fclose(f) != 0 || bad) {
        free(text);
        return NULL;
    }
    return text;
}

/* Steps over a given text; false if something else stands there. */
static int skip(const char **at, const char *text)
{
    const size_t n = strlen(text);
    if (strncmp(*at, text, n) != 0)
        return 0;
    *at += n;
    return 1;
}

/* One number and the character behind it. */
static int number_at(const char **at, double *x, char end)
{
    char *stop;
    *x = strtod(*at, &stop);
    if (stop == *at || *stop != end)
        return 0;
    *at = stop + 1;
    return 1;
}

static int count_at(const char **at, size_t expected, char end)
{
    double x;
    return number_at(at, &x, end) && x == (double)expected;
}

/* The three tables; the checksum has been found right, so a failure is a program error of the
 * writer or a forged file. */
static int read_tables(struct run_record *record, const char *at, const struct run_config *c)
{
    size_t epoch[RUN_MAX_ROWS];
    struct net_shape shape;
    if (net_shape(&shape, c->width, c->layers) != 0)
        return 0;
    record->layers = c->layers;
    record->params = shape.params;
    record->rows = run_schedule(epoch, c->epochs);
    if (!skip(&at, epoch_head))
        return 0;
    for (size_t i = 0; i < record->rows; i++) {
        struct run_row *r = &record->row[i];
        r->epoch = epoch[i];
        if (!count_at(&at, r->epoch, '\t') || !number_at(&at, &r->loss, '\t') ||
            !number_at(&at, &r->train_accuracy, '\t') || !number_at(&at, &r->test_accuracy, '\n'))
            return 0;
    }
    if (!skip(&at, "\n") || !skip(&at, layer_head))
        return 0;
    for (size_t i = 0; i < record->rows; i++)
        for (size_t l = 0; l < record->layers; l++) {
            struct run_row *r = &record->row[i];
            if (!count_at(&at, r->epoch, '\t') || !count_at(&at, l + 1, '\t') ||
                !number_at(&at, &r->information[l].i_xt, '\t') ||
                !number_at(&at, &r->information[l].i_ty, '\t') ||
                !number_at(&at, &r->gradient[l].mean, '\t') ||
                !number_at(&at, &r->gradient[l].deviation, '\t') ||
                !number_at(&at, &r->weight_norm[l], '\t') ||
                !number_at(&at, &r->spectral_norm[l], '\n'))
                return 0;
        }
    if (!skip(&at, "\n") || !skip(&at, weight_head))
        return 0;
    for (size_t p = 0; p < record->params; p++) {
        double x;
        if (!count_at(&at, p, '\t') || !number_at(&at, &x, '\n'))
            return 0;
        record->param[p] = (float)x;
    }
    return skip(&at, "\n") && skip(&at, check_head);
}

const char *run_read(struct run_record *record, const char *text, size_t size,
                     const struct run_config *c, size_t number, const char *engine)
{
    const size_t tail = sizeof check_head - 1 + 2 * SHA256_DIGEST_SIZE + 1;
    if (size < tail || text[size - 1] != '\n' ||
        memcmp(text + size - tail, check_head, sizeof check_head - 1) != 0)
        return "it has no checksum at its end (cut off, or of another format)";
    char hex[2 * SHA256_DIGEST_SIZE + 1];
    hex_digest(hex, text, size - tail);
    if (memcmp(text + size - 1 - 2 * SHA256_DIGEST_SIZE, hex, 2 * SHA256_DIGEST_SIZE) != 0)
        return "its checksum is wrong (altered)";

    /* the head must be the one this run would write */
    char head[RUN_TEXT_MAX + 128] = "";
    FILE *f = fmemopen(head, sizeof head, "w");
    if (!f)
        return "memory is short";
    write_head(f, c, number, engine);
    fclose(f);
    if (strncmp(text, head, strlen(head)) != 0)
        return "it is of another configuration, run or engine";
    record->number = number;
    return read_tables(record, text + strlen(head), c) ? NULL : "its tables are of another format";
}
