#include "record.h"

#include <math.h>
#include <nettle/base16.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "die.h"
#include "memory.h"
#include "number.h"

static const char epoch_columns[] = "epoch\tloss\ttrain_accuracy\ttest_accuracy\n";
static const char layer_columns[] =
    "epoch\tlayer\tgradient_mean\tgradient_deviation\tweight_norm\tspectral_norm\n";
static const char weight_columns[] = "parameter\tvalue\n";
static const char measured_columns[] = "epoch\tlayer\ti_xt\ti_ty\n";
static const char last_line[] = "sha256\t";

enum { TAIL = sizeof last_line - 1 + RECORD_FINGERPRINT }; /* bytes of the last line */

static void digest_of(char hex[RECORD_FINGERPRINT], const char *text, size_t size)
{
    struct sha256_ctx sha;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&sha);
    sha256_update(&sha, size, (const uint8_t *)text);
    sha256_digest(&sha, sizeof digest, digest);
    base16_encode_update(hex, sizeof digest, digest);
    hex[RECORD_FINGERPRINT - 1] = '\0';
}

/* ---- writing ---- */

static void write_head(FILE *f, const struct record_head *head)
{
    char text[CONFIG_TEXT_MAX];
    config_text(text, head->config);
    fprintf(f, "run %zu\nengine %s\n", head->number, head->engine);
    if (head->estimator)
        fprintf(f, "estimator %s\nversion %s\n", head->estimator, head->version);
    fputs(text, f);
}

/* Opens a stream to a text in memory with the head in it; ends it with the fingerprint. */
static FILE *begin(char **text, size_t *size, const struct record_head *head)
{
    *text = NULL;
    FILE *f = open_memstream(text, size);
    if (!f)
        die("memory is short for a record");
    write_head(f, head);
    return f;
}

static void end(FILE *f, char **text, const size_t *size)
{
    char hex[RECORD_FINGERPRINT];
    if (fflush(f) == 0) {
        const char *tables = strstr(*text, "\n\n") + 1;
        digest_of(hex, tables, *size - (size_t)(tables - *text));
        fprintf(f, "%s%s\n", last_line, hex);
    }
    const int bad = ferror(f);
    if (fclose(f) != 0 || bad)
        die("memory is short for a record");
}

char *record_run_text(size_t *size, const struct run_record *r, const struct record_head *head)
{
    char *text;
    FILE *f = begin(&text, size, head);
    fprintf(f, "\n%s", epoch_columns);
    for (size_t i = 0; i < r->rows; i++) {
        const struct run_row *row = &r->row[i];
        fprintf(f, "%zu", row->epoch);
        number_columns(f, (double[]){row->loss, row->train_accuracy, row->test_accuracy}, 3);
        fputc('\n', f);
    }
    fprintf(f, "\n%s", layer_columns);
    for (size_t i = 0; i < r->rows; i++)
        for (size_t l = 0; l < r->layers; l++) {
            const struct run_row *row = &r->row[i];
            const struct train_gradient g = row->gradient[l];
            fprintf(f, "%zu\t%zu", row->epoch, l + 1);
            number_columns(
                f, (double[]){g.mean, g.deviation, row->weight_norm[l], row->spectral_norm[l]}, 4);
            fputc('\n', f);
        }
    fprintf(f, "\n%s", weight_columns);
    for (size_t p = 0; r->param && p < r->params; p++) {
        fprintf(f, "%zu", p);
        number_columns(f, (double[]){(double)r->param[p]}, 1);
        fputc('\n', f);
    }
    fputc('\n', f);
    end(f, &text, size);
    return text;
}

char *record_measured_text(size_t *size, const struct run_measured *m, const struct run_record *r,
                           const struct record_head *head)
{
    enum { DIGITS = 12 };
    char *text;
    FILE *f = begin(&text, size, head);
    fprintf(f, "\n%s", measured_columns);
    for (size_t i = 0; i < r->rows; i++)
        for (size_t l = 0; l < r->layers; l++) {
            fprintf(f, "%zu\t%zu\t", r->row[i].epoch, l + 1);
            number_write(f, m->of[i][l].i_xt, DIGITS);
            fputc('\t', f);
            number_write(f, m->of[i][l].i_ty, DIGITS);
            fputc('\n', f);
        }
    fputc('\n', f);
    end(f, &text, size);
    return text;
}

/* ---- reading ---- */

/* Steps over a given text; false if something else stands there. */
static int skip(const char **at, const char *text)
{
    const size_t n = strlen(text);
    if (strncmp(*at, text, n) != 0)
        return 0;
    *at += n;
    return 1;
}

static int whole(const char **at, size_t expected, char stop)
{
    size_t n;
    return number_read_count(at, &n, stop, expected, expected);
}

const char *record_fingerprint(char fingerprint[RECORD_FINGERPRINT], const char *text, size_t size)
{
    const char *tables = strstr(text, "\n\n");
    if (size < TAIL || !tables || tables + 1 > text + size - TAIL || text[size - 1] != '\n' ||
        strlen(text) != size || memcmp(text + size - TAIL, last_line, sizeof last_line - 1) != 0)
        return "it has no checksum at its end (cut off, or of another format)";
    digest_of(fingerprint, tables + 1, size - TAIL - (size_t)(tables + 1 - text));
    return strncmp(text + size - RECORD_FINGERPRINT, fingerprint, RECORD_FINGERPRINT - 1) == 0
               ? NULL
               : "its checksum is wrong (altered)";
}

/* Sets *at to the tables of a text; returns NULL, or what is wrong with what is around them. */
static const char *open_text(const char **at, const char *text, size_t size,
                             const struct record_head *head)
{
    char fingerprint[RECORD_FINGERPRINT], *expected = NULL;
    const char *problem = record_fingerprint(fingerprint, text, size);
    if (problem)
        return problem;
    /* the head must be the one that this record would have */
    size_t length;
    FILE *f = open_memstream(&expected, &length);
    if (!f)
        die("memory is short for a record");
    write_head(f, head);
    if (fclose(f) != 0)
        die("memory is short for a record");
    const int same = strncmp(text, expected, length) == 0 && text[length] == '\n';
    *at = text + length;
    free(expected);
    return same ? NULL : "it is of another configuration, run or version of the code";
}

/* The rows of epochs; a run that stops at a loss may have any epoch as its last. */
static int read_epochs(struct run_record *r, const char **at, const struct config *c)
{
    size_t epoch[RUN_MAX_ROWS];
    const size_t most = run_schedule(epoch, c->epochs);
    for (r->rows = 0; **at != '\n'; r->rows++) {
        struct run_row *row = &r->row[r->rows];
        if (r->rows == most)
            return 0;
        const size_t least = r->rows > 0 ? epoch[r->rows - 1] + 1 : 0, next = epoch[r->rows];
        if (!number_read_count(at, &row->epoch, '\t', c->stop_loss > 0.0 ? least : next, next) ||
            (row->epoch < next && strchr(*at, '\n')[1] != '\n') ||
            !number_read(at, &row->loss, '\t', 0.0, 126.0) ||
            !number_read(at, &row->train_accuracy, '\t', 0.0, 1.0) ||
            !number_read_or_nan(at, &row->test_accuracy, '\n', 0.0, 1.0))
            return 0;
    }
    return r->rows == most || (c->stop_loss > 0.0 && r->rows > 0);
}

/* The tables of a run. */
static int read_run(struct run_record *r, const char *at, const struct config *c)
{
    const double most = 3.4e38; /* a float */
    if (!skip(&at, "\n") || !skip(&at, epoch_columns) || !read_epochs(r, &at, c) ||
        !skip(&at, "\n") || !skip(&at, layer_columns))
        return 0;
    for (size_t i = 0; i < r->rows; i++)
        for (size_t l = 0; l < r->layers; l++) {
            struct run_row *row = &r->row[i];
            if (!whole(&at, row->epoch, '\t') || !whole(&at, l + 1, '\t') ||
                !number_read(&at, &row->gradient[l].mean, '\t', 0.0, most) ||
                !number_read(&at, &row->gradient[l].deviation, '\t', 0.0, most) ||
                !number_read(&at, &row->weight_norm[l], '\t', 0.0, most) ||
                !number_read(&at, &row->spectral_norm[l], '\n', 0.0, most))
                return 0;
        }
    if (!skip(&at, "\n") || !skip(&at, weight_columns))
        return 0;
    for (size_t p = 0; r->param && p < r->params; p++) {
        double x;
        if (!whole(&at, p, '\t') || !number_read(&at, &x, '\n', -most, most))
            return 0;
        r->param[p] = (float)x;
    }
    return skip(&at, "\n") && skip(&at, last_line);
}

const char *record_read_run(struct run_record *r, const char *text, size_t size,
                            const struct record_head *head)
{
    const char *at;
    const char *problem = open_text(&at, text, size, head);
    if (problem)
        return problem;
    run_record_init(r, head->config, head->number);
    return read_run(r, at, head->config) ? NULL : "its tables are of another format";
}

const char *record_read_measured(struct run_record *r, const char *text, size_t size,
                                 const struct record_head *head)
{
    const char *at, *tables = "its table is of another format";
    const char *problem = open_text(&at, text, size, head);
    if (problem)
        return problem;
    if (!skip(&at, "\n") || !skip(&at, measured_columns))
        return tables;
    /* Measures of information may fall below 0 by rounding, or by the error of an estimator. */
    for (size_t i = 0; i < r->rows; i++)
        for (size_t l = 0; l < r->layers; l++) {
            struct information *x = &r->row[i].information[l];
            if (!whole(&at, r->row[i].epoch, '\t') || !whole(&at, l + 1, '\t') ||
                !number_read(&at, &x->i_xt, '\t', -64.0, 64.0) ||
                !number_read(&at, &x->i_ty, '\n', -64.0, 64.0))
                return tables;
        }
    return skip(&at, "\n") && skip(&at, last_line) ? NULL : tables;
}
