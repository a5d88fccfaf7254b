/* fuzz.c -- mutated records, of runs and of measurements, and command lines; built with the address and
 * undefined-behaviour sanitizers.  usage: fuzz [RECORDS_OF_A_KIND [COMMAND_LINES]]
 *
 * A mutated record must be refused, whatever was done to it; one that was given a right checksum
 * after the mutation may be read, but must not crash the reader or leave its bounds.  A mutated
 * command line must be taken, or end with status 0 (help, version) or 2. */
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

/* Gives a text that has tables and ends in a checksum line the right one. */
static void forge(char *text, size_t size)
{
    static const char last_line[] = "sha256\t";
    enum { NAME = sizeof last_line - 1, HEX = 2 * SHA256_DIGEST_SIZE, TAIL = NAME + HEX + 1 };
    const char *head_end = strstr(text, "\n\n");
    if (size < TAIL || !head_end || head_end + 1 > text + size - TAIL)
        return;
    const char *tables = head_end + 1;
    struct sha256_ctx sha;
    uint8_t digest[SHA256_DIGEST_SIZE];
    char hex[HEX + 1];
    sha256_init(&sha);
    sha256_update(&sha, size - TAIL - (size_t)(tables - text), (const uint8_t *)tables);
    sha256_digest(&sha, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    memcpy(text + size - TAIL, last_line, NAME);
    memcpy(text + size - TAIL + NAME, hex, HEX);
    text[size - 1] = '\n';
}

/* Reads a text of either kind.  A run goes to a record of its own; a measurement needs the rows of the
 * run that it belongs to. */
static const char *read_text(struct run_record *read, struct run_record *of, const char *text,
                             size_t size, const struct record_head *head)
{
    return head->estimator ? record_read_measured(of, text, size, head)
                           : record_read_run(read, text, size, head);
}

/* Whether what was read lies within the bounds of the configuration. */
static int in_bounds(const struct run_record *r, const struct config *c)
{
    struct net_shape shape;
    config_shape(&shape, c);
    int good = r->rows >= 1 && r->rows <= c->epochs + 1 && r->layers == c->layers &&
               r->params == shape.params;
    for (size_t i = 0; good && i < r->rows; i++)
        good = r->row[i].epoch <= c->epochs;
    return good;
}

/* Mutates the text of one record, rounds times over. */
static void fuzz_record(const char *what, struct run_record *of, const char *text, size_t size,
                        const struct record_head *head, size_t rounds)
{
    struct run_record read = {0};
    char *copy = memory_array(size + 1025, 1, "mutated records");
    memcpy(copy, text, size + 1);
    if (read_text(&read, of, copy, size, head) != NULL)
        die("%s: the record itself is refused", what);

    size_t refused = 0, same = 0, forged = 0, forged_read = 0;
    for (size_t i = 0; i < rounds; i++) {
        memcpy(copy, text, size + 1);
        size_t n = mutate(copy, size);
        while (!below(3) && n > 1 && n < size + 200)
            n = mutate(copy, n);
        copy[n] = '\0';
        /* exactly as much memory as the text has, so that reading beyond it is seen */
        char *exact = memory_array(n + 1, 1, "mutated records");
        memcpy(exact, copy, n + 1);
        const int is_same = n == size && memcmp(copy, text, size) == 0;
        if (below(2)) {
            const char *problem = read_text(&read, of, exact, n, head);
            if (!problem && !is_same)
                die("%s, round %zu: a corrupted record was accepted", what, i);
            refused += problem != NULL;
            same += (size_t)is_same;
        } else {
            forge(exact, n);
            forged++;
            if (!read_text(&read, of, exact, n, head)) {
                forged_read++;
                if (!in_bounds(head->estimator ? of : &read, head->config))
                    die("%s, round %zu: a forged record leaves its bounds", what, i);
            }
        }
        free(exact);
    }
    printf("%s: %zu mutated, %zu refused, %zu unchanged by the mutation, none of the others "
           "accepted; %zu with a forged checksum, %zu of them read\n",
           what, rounds, refused, same, forged, forged_read);
    run_record_free(&read);
    free(copy);
}

/* Runs, runs that could have ended at any epoch, and measurements. */
static void fuzz_records(size_t rounds)
{
    static const char estimator[] = "bins:30:-1:1", engine[] = "0123456789abcdef";
    const char *const by = estimator;
    struct config stops = config;
    stops.stop_loss = 1e-3; /* bits; none of these ends there */
    const struct {
        const char *what;
        struct record_head head;
    } kind[] = {
        {"runs", {&config, 5, engine, NULL, NULL}},
        {"runs that may stop", {&stops, 5, engine, NULL, NULL}},
        {"measurements", {&config, 5, engine, estimator, "01234567"}},
    };
    struct run_record record = {0};
    struct run_measured *measured = memory_array(1, sizeof *measured, "measurements");
    struct dataset data;
    if (tasks_make(&data, config.task))
        die("the task cannot be set up");
    for (size_t i = 0; i < sizeof kind / sizeof *kind; i++) {
        const struct record_head *head = &kind[i].head;
        run_train(&record, &measured, &by, 1, head->config, &data, head->number);
        size_t size;
        char *text = head->estimator ? record_measured_text(&size, measured, &record, head)
                                     : record_run_text(&size, &record, head);
        fuzz_record(kind[i].what, &record, text, size, head, rounds);
        free(text);
    }
    run_record_free(&record);
    free(measured);
    dataset_free(&data);
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
