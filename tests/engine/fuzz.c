/* fuzz.c -- mutated records and command lines; built with the address and undefined-behaviour
 * sanitizers.  usage: fuzz [RECORDS [COMMAND_LINES]]
 *
 * A mutated record must be refused, whatever was done to its tables; one that was given a right
 * checksum after the mutation may be read, if what it says can be, but must not crash the reader or
 * leave its bounds.  A mutated command line must be taken, or end with status 0 (help, version) or 2. */
#include <math.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli.h"
#include "die.h"
#include "memory.h"
#include "record.h"
#include "rng.h"
#include "tasks.h"

static const struct config config = {
    .task = "icosahedron:hard",
    .layers = 2,
    .width = {12, 3, 2},
    .unit = UNIT_TANH,
    .optimiser = OPTIMISER_SGD,
    .rate = 0.1,
    .batch = 512,
    .fraction = 0.25,
    .epochs = 3,
    .seed = 1,
};

static struct rng rng;

static size_t below(size_t n)
{
    return n ? rng_below(&rng, (uint32_t)n) : 0;
}

/* Bytes that mean something to the format, and any byte. */
static char some_byte(void)
{
    static const char telling[] = "0123456789.-+einfa\t\n #xX";
    return below(4) ? telling[below(sizeof telling - 1)] : (char)below(256);
}

/* Changes text (room for one more kilobyte) in one way; returns the new size. */
static size_t mutate(char *text, size_t size)
{
    const size_t at = below(size), n = 1 + below(size - at < 200 ? size - at : 200);
    switch (below(8)) {
    case 0: return at;                                                  /* cut */
    case 1: text[at] = (char)(text[at] ^ (1 << below(8))); return size; /* a bit */
    case 2: text[at] = some_byte(); return size;
    case 3: /* a range lost */ memmove(text + at, text + at + n, size - at - n); return size - n;
    case 4: /* a range twice */ memmove(text + at + n, text + at, size - at); return size + n;
    case 5: /* two ranges exchanged */
        for (size_t i = 0, b = below(size - n + 1); i < n && at + i < size; i++) {
            const char swap = text[at + i];
            text[at + i] = text[b + i];
            text[b + i] = swap;
        }
        return size;
    case 6: /* noise */
        for (size_t i = 0; i < n; i++)
            text[at + i] = some_byte();
        return size;
    default: /* bytes more */
        memmove(text + at + 3, text + at, size - at);
        for (size_t i = 0; i < 3; i++)
            text[at + i] = some_byte();
        return size + 3;
    }
}

/* Gives a text with tables and a line of a checksum the right one. */
static void forge(char *text, size_t size)
{
    enum { TAIL = 7 + RECORD_FINGERPRINT }; /* with the end of the line */
    static const char hex[] = "0123456789abcdef";
    const char *tables = strstr(text, "\n\n");
    if (!tables || size < TAIL || tables + 1 > text + size - TAIL)
        return;
    struct sha256_ctx sha;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&sha);
    sha256_update(&sha, size - TAIL - (size_t)(tables + 1 - text), (const uint8_t *)tables + 1);
    sha256_digest(&sha, sizeof digest, digest);
    char *line = text + size - TAIL;
    memcpy(line, "sha256\t", 7);
    for (size_t i = 0; i < sizeof digest; i++) {
        line[7 + 2 * i] = hex[digest[i] >> 4];
        line[8 + 2 * i] = hex[digest[i] & 15];
    }
    text[size - 1] = '\n';
}

static int within(double x, double low, double high)
{
    return x >= low && x <= high;
}

/* Whether a record that was read says what can be: nothing of it was compared with a config. */
static int possible(const struct run_record *r)
{
    int good = r->rows >= 1 && r->rows <= RUN_MAX_ROWS;
    for (size_t i = 0; good && i < r->rows; i++) {
        const struct run_row *row = &r->row[i];
        good = (i == 0 || row->epoch > row[-1].epoch) && within(row->loss, 0.0, 126.0) &&
               within(row->train_accuracy, 0.0, 1.0) &&
               (isnan(row->test_accuracy) || within(row->test_accuracy, 0.0, 1.0));
        for (size_t l = 0; l < r->layers; l++)
            good = good && within(row->gradient[l].mean, 0.0, HUGE_VALF) &&
                   within(row->gradient[l].deviation, 0.0, HUGE_VALF) &&
                   within(row->weight_norm[l], 0.0, HUGE_VALF) &&
                   within(row->spectral_norm[l], 0.0, HUGE_VALF) &&
                   within(row->information[l].i_xt, -64.0, 64.0) &&
                   within(row->information[l].i_ty, -64.0, 64.0);
    }
    for (size_t p = 0; good && p < r->params; p++)
        good = isfinite(r->param[p]) != 0;
    return good;
}

static const char *read_text(struct run_record *r, const char *text, size_t size,
                             const struct record_head *head)
{
    return head->estimator ? record_read_measured(r, text, size, head)
                           : record_read_run(r, text, size, head);
}

/* Mutates one text, that of a run or of a measurement on it. */
static void fuzz_text(struct run_record *r, const char *text, size_t size,
                      const struct record_head *head, size_t rounds)
{
    char *copy = memory_array(size + 1025, 1, "a mutated record");
    size_t refused = 0, same = 0, forged = 0, forged_read = 0;
    if (read_text(r, text, size, head) != NULL)
        die("the record itself is refused");
    for (size_t i = 0; i < rounds; i++) {
        memcpy(copy, text, size + 1);
        size_t n = mutate(copy, size);
        while (!below(3) && n > 1 && n < size + 200)
            n = mutate(copy, n);
        copy[n] = '\0';
        /* exactly as much memory as the text has, so that reading beyond it is seen */
        char *exact = memory_array(n + 1, 1, "a mutated record");
        memcpy(exact, copy, n + 1);
        const int is_same = n == size && memcmp(copy, text, size) == 0;
        const int forge_it = !below(2);
        if (forge_it)
            forge(exact, n);
        const char *problem = read_text(r, exact, n, head);
        if (!problem && !is_same && !forge_it)
            die("round %zu: a corrupted record was accepted", i);
        if (!problem && !possible(r))
            die("round %zu: a record was accepted that says what cannot be", i);
        forged += (size_t)forge_it;
        forged_read += forge_it && !problem;
        refused += !forge_it && problem;
        same += (size_t)(!forge_it && is_same);
        free(exact);
    }
    printf("%s: %zu mutated, %zu refused, %zu unchanged by the mutation, none of the others "
           "accepted; %zu with a forged checksum, %zu of them read\n",
           head->estimator ? "measurements" : "runs", rounds, refused, same, forged, forged_read);
    free(copy);
}

static void fuzz_records(size_t rounds)
{
    static struct run_record record;
    static struct run_measured measured, *by[] = {&measured};
    static const char *const estimator[] = {"bins:30:-1:1"};
    const struct record_head run = {.config = &config, .number = 5, .engine = "0123456789abcdef"};
    struct record_head measurement = run;
    measurement.estimator = estimator[0];
    measurement.version = "fedcba9876543210";
    struct dataset data;
    if (tasks_make(&data, config.task) != NULL || run_check(&config, &data) != NULL)
        die("cannot set up");
    run_train(&record, by, estimator, 1, &config, &data, 5);
    dataset_free(&data);
    size_t run_size, measured_size;
    char *run_text = record_run_text(&run_size, &record, &run);
    char *measured_text = record_measured_text(&measured_size, &measured, &record, &measurement);
    fuzz_text(&record, run_text, run_size, &run, rounds);
    /* a measurement is read into the run that it belongs to */
    if (record_read_run(&record, run_text, run_size, &run) != NULL)
        die("the run is refused");
    fuzz_text(&record, measured_text, measured_size, &measurement, rounds);
    free(measured_text);
    free(run_text);
    run_record_free(&record);
}

static void fuzz_command_lines(size_t rounds)
{
    static const char *const word[] = {
        "--scale",     "quick",      "full",       "--threads",  "1",
        "--shard",     "1/2",        "--runs-dir", "--data-dir", "--help",
        "--version",   "--estimate", "-",          "--",         "",
        "0",           "-1",         "1/",         "/1",         "99999999999999999999",
        "3/2",         "1e3",        " 2",         "--thr",      "--scale=",
        "--shard=1/1", "-x",         "%s%n",       "\xff\xfe"};
    enum { WORDS = sizeof word / sizeof *word };
    size_t taken = 0, helped = 0, refused = 0;
    for (size_t i = 0; i < rounds; i++) {
        char storage[8][64], *argv[9];
        const int argc = 1 + (int)below(7);
        for (int k = 0; k < argc; k++) {
            snprintf(storage[k], sizeof storage[k], "%s", k ? word[below(WORDS)] : "fuzz");
            const size_t length = strlen(storage[k]);
            if (k && length && !below(3))
                storage[k][below(length)] = (char)(1 + below(255));
            argv[k] = storage[k];
        }
        argv[argc] = NULL;
        const pid_t child = fork();
        if (child < 0)
            die_errno("cannot fork");
        if (child == 0) {
            struct cli cli;
            if (!freopen("/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr))
                _exit(99);
            cli_parse(&cli, argc, argv, "fuzz", "");
            if (cli.threads < 1 || cli.shard < 1 || cli.shard > cli.shards)
                _exit(98);
            _exit(42); /* taken */
        }
        int status;
        waitpid(child, &status, 0);
        const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        if (code != 42 && code != 0 && code != 2)
            die("command line %zu: status %d", i, code);
        taken += code == 42;
        helped += code == 0;
        refused += code == 2;
    }
    printf("command lines: %zu mutated, %zu taken, %zu helped, %zu refused\n", rounds, taken,
           helped, refused);
}

int main(int argc, char **argv)
{
    die_program("fuzz");
    rng_stream(&rng, 20170303, 0, RNG_BOOTSTRAP);
    fuzz_records(argc > 1 ? strtoul(argv[1], NULL, 10) : 20000);
    fflush(stdout); /* or each child would print it, too */
    fuzz_command_lines(argc > 2 ? strtoul(argv[2], NULL, 10) : 1000);
    return 0;
}
