#include "cli.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "die.h"

static const char version[] = "0.2.0";

static const char *const scale_name[] = {"full", "quick"};

static void help(const char *name, const char *purpose)
{
    printf(
        "usage: %s [options]\n\n%s\n\n"
        "  --scale full|quick   the paper's numbers (full), or a minute's check (default: full)\n"
        "  --threads N          threads that train networks, 1 to 1024 (default: all cores)\n"
        "  --shard K/N          train share K of N into the run store and stop\n"
        "  --estimate           say how many networks are missing and how long they take; stop\n"
        "  --runs-dir DIR       the run store (default: build/SCALE/runs)\n"
        "  --data-dir DIR       where the results go (default: build/SCALE/data)\n"
        "  --help               this text\n"
        "  --version            the version\n\n"
        "Finished networks are kept in the run store: stopped at any moment, the same command\n"
        "goes on from there.  Progress goes to stderr, the result to stdout.\n",
        name, purpose);
}

/* A decimal number from low to high, and nothing else; -1 if it is not. */
static long number(const char *text, char end, long low, long high, const char **rest)
{
    char *stop;
    errno = 0;
    const long n = strtol(text, &stop, 10);
    if (errno != 0 || *text < '0' || *text > '9' || *stop != end || n < low || n > high)
        return -1;
    if (rest)
        *rest = stop + 1;
    return n;
}

static void parse_shard(struct cli *cli, const char *text)
{
    const char *rest;
    const long k = number(text, '/', 1, 100000, &rest);
    const long n = k < 0 ? -1 : number(rest, '\0', 1, 100000, NULL);
    if (n < 0 || k > n)
        die_usage("--shard %s: wanted K/N with 1 <= K <= N", text);
    cli->shard = (size_t)k;
    cli->shards = (size_t)n;
}

static void parse_directory(char to[FILE_PATH_MAX], const char *option, const char *text)
{
    if (*text == '\0' || strlen(text) >= FILE_PATH_MAX - 256)
        die_usage("--%s: the name is empty or too long", option);
    snprintf(to, FILE_PATH_MAX, "%s", text);
}

void cli_parse(struct cli *cli, int argc, char **argv, const char *name, const char *purpose)
{
    enum { SCALE = 1, THREADS, SHARD, ESTIMATE, RUNS, DATA, HELP, VERSION };
    static const struct option options[] = {{"scale", required_argument, NULL, SCALE},
                                            {"threads", required_argument, NULL, THREADS},
                                            {"shard", required_argument, NULL, SHARD},
                                            {"estimate", no_argument, NULL, ESTIMATE},
                                            {"runs-dir", required_argument, NULL, RUNS},
                                            {"data-dir", required_argument, NULL, DATA},
                                            {"help", no_argument, NULL, HELP},
                                            {"version", no_argument, NULL, VERSION},
                                            {NULL, 0, NULL, 0}};
    die_program(name);
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    *cli = (struct cli){.name = name,
                        .scale = CLI_FULL,
                        .threads = cores > 0 ? (size_t)cores : 1,
                        .shard = 1,
                        .shards = 1};
    opterr = 0;
    for (int o; (o = getopt_long(argc, argv, ":", options, NULL)) != -1;) {
        long n;
        switch (o) {
        case SCALE:
            if (strcmp(optarg, "full") != 0 && strcmp(optarg, "quick") != 0)
                die_usage("--scale %s: wanted full or quick", optarg);
            cli->scale = strcmp(optarg, "full") == 0 ? CLI_FULL : CLI_QUICK;
            break;
        case THREADS:
            n = number(optarg, '\0', 1, 1024, NULL);
            if (n < 0)
                die_usage("--threads %s: wanted a number from 1 to 1024", optarg);
            cli->threads = (size_t)n;
            break;
        case SHARD: parse_shard(cli, optarg); break;
        case ESTIMATE: cli->estimate = 1; break;
        case RUNS: parse_directory(cli->runs_dir, "runs-dir", optarg); break;
        case DATA: parse_directory(cli->data_dir, "data-dir", optarg); break;
        case HELP: help(name, purpose); exit(0);
        case VERSION: printf("%s %s\n", name, version); exit(0);
        case ':': die_usage("%s: a value is missing", argv[optind - 1]);
        default:
            if (optopt > ' ') /* a letter, perhaps one of several behind a dash */
                die_usage("unknown option -%c", optopt);
            die_usage("unknown option %s", argv[optind - 1]);
        }
    }
    if (optind < argc)
        die_usage("unexpected argument %s", argv[optind]);
    if (!*cli->runs_dir)
        snprintf(cli->runs_dir, FILE_PATH_MAX, "build/%s/runs", scale_name[cli->scale]);
    if (!*cli->data_dir)
        snprintf(cli->data_dir, FILE_PATH_MAX, "build/%s/data", scale_name[cli->scale]);
}
