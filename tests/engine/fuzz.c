/* fuzz.c -- mutated records and command lines; built with the address and undefined-behaviour
 * sanitizers.  usage: fuzz [RECORDS [COMMAND_LINES]]
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
#include "rng.h"
#include "run.h"

static const char engine[] = "0123456789abcdef";
static const struct run_config config = {
    .rule = TASK_HARD,
    .layers = 2,
    .width = {12, 3, 2},
    .optimiser = OPTIMISER_SGD,
    .rate = 0.1,
    .batch = 512,
    .fraction = 0.25,
    .epochs = 3,
    .estimator = RUN_BINS_EQUAL,
    .bins = 30,
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

/* Gives a text that ends in a checksum line the right one. */
static void forge(char *text, size_t size)
{
    enum { HEX = 2 * SHA256_DIGEST_SIZE, TAIL = 7 + HEX + 1 };
    if (size < TAIL)
        return;
    struct sha256_ctx sha;
    uint8_t digest[SHA256_DIGEST_SIZE];
    char hex[HEX + 1];
    sha256_init(&sha);
    sha256_update(&sha, size - TAIL, (const uint8_t *)text);
    sha256_digest(&sha, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    memcpy(text + size - TAIL, "sha256\t", 7);
    memcpy(text + size - 1 - HEX, hex, HEX);
    text[size - 1] = '\n';
}

static void fuzz_records(size_t rounds)
{
    static struct task task;
    static struct run_record record;
    struct run *run = run_new();
    if (!run || task_init(&task, config.rule, config.i_xy) != 0)
        die("cannot set up");
    run_train(&record, run, &config, &task, 5);
    run_free(run);
    size_t size;
    char *text = run_write(&size, &record, &config, engine);
    char *copy = malloc(size + 1025);
    if (!text || !copy)
        die("memory is short");
    memcpy(copy, text, size + 1);
    if (run_read(&record, copy, size, &config, 5, engine) != NULL)
        die("the record itself is refused");

    size_t refused = 0, same = 0, forged = 0, forged_read = 0;
    for (size_t i = 0; i < rounds; i++) {
        memcpy(copy, text, size + 1);
        size_t n = mutate(copy, size);
        while (!below(3) && n > 1 && n < size + 200)
            n = mutate(copy, n);
        copy[n] = '\0';
        /* exactly as much memory as the text has, so that reading beyond it is seen */
        char *exact = malloc(n + 1);
        if (!exact)
            die("memory is short");
        memcpy(exact, copy, n + 1);
        const int is_same = n == size && memcmp(copy, text, size) == 0;
        if (below(2)) {
            const char *problem = run_read(&record, exact, n, &config, 5, engine);
            if (!problem && !is_same)
                die("round %zu: a corrupted record was accepted", i);
            refused += problem != NULL;
            same += (size_t)is_same;
        } else {
            forge(exact, n);
            forged++;
            if (!run_read(&record, exact, n, &config, 5, engine)) {
                forged_read++;
                if (record.rows > RUN_MAX_ROWS || record.layers > NET_MAX_LAYERS ||
                    record.params > RUN_MAX_PARAMS)
                    die("round %zu: a forged record leaves its bounds", i);
            }
        }
        free(exact);
    }
    printf("records: %zu mutated, %zu refused, %zu unchanged by the mutation, none of the others "
           "accepted; %zu with a forged checksum, %zu of them read\n",
           rounds, refused, same, forged, forged_read);
    free(copy);
    free(text);
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
