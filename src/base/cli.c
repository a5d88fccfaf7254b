#include "cli.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "die.h"
#include "number.h"

static const char version[] = "0.4.0";

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
        "  --reference-dir DIR  values that others published (default: data/reference)\n"
        "  --list-files         name the files that go to the data directory; stop\n"
        "  --help               this text\n"
        "  --version            the version\n\n"
        "Finished networks are kept in the run store: stopped at any moment, the same command\n"
        "goes on from there.  Progress goes to stderr, the result to stdout.\n",
        name, purpose);
}

static void parse_shard(struct cli *cli, const char *text)
{
    enum { MOST = 100000 };
    const char *at = text;
    if (!number_read_count(&at, &cli->shard, '/', 1, MOST) ||
        !number_read_count(&at, &cli->shards, '\0', 1, MOST) || cli->shard > cli->shards)
        die_usage("--shard %s: wanted K/N with 1 <= K <= N", text);
}

static void parse_directory(char to[FILE_PATH_MAX], const char *option, const char *text)
{
    if (*text == '\0' || strlen(text) >= FILE_PATH_MAX - 256)
        die_usage("--%s: the name is empty or too long", option);
    snprintf(to, FILE_PATH_MAX, "%s", text);
}

void cli_parse(struct cli *cli, int argc, char **argv, const char *name, const char *purpose)
{
    enum { SCALE = 1, THREADS, SHARD, ESTIMATE, RUNS, DATA, REFERENCE, LIST, HELP, VERSION };
    static const struct option options[] = {{"scale", required_argument, NULL, SCALE},
                                            {"threads", required_argument, NULL, THREADS},
                                            {"shard", required_argument, NULL, SHARD},
                                            {"estimate", no_argument, NULL, ESTIMATE},
                                            {"runs-dir", required_argument, NULL, RUNS},
                                            {"data-dir", required_argument, NULL, DATA},
                                            {"reference-dir", required_argument, NULL, REFERENCE},
                                            {"list-files", no_argument, NULL, LIST},
                                            {"help", no_argument, NULL, HELP},
                                            {"version", no_argument, NULL, VERSION},
                                            {NULL, 0, NULL, 0}};
    die_program(name);
    file_standard_streams();
    die_when_stopped("finished networks are kept, the same command goes on from there");
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    *cli = (struct cli){.name = name,
                        .scale = CLI_FULL,
                        .threads = cores > 0 ? (size_t)cores : 1,
                        .shard = 1,
                        .shards = 1};
    opterr = 0;
    for (int o; (o = getopt_long(argc, argv, ":", options, NULL)) != -1;) {
        const char *at = optarg;
        switch (o) {
        case SCALE:
            if (strcmp(optarg, "full") != 0 && strcmp(optarg, "quick") != 0)
                die_usage("--scale %s: wanted full or quick", optarg);
            cli->scale = strcmp(optarg, "full") == 0 ? CLI_FULL : CLI_QUICK;
            break;
        case THREADS:
            if (!number_read_count(&at, &cli->threads, '\0', 1, 1024))
                die_usage("--threads %s: wanted a number from 1 to 1024", optarg);
            break;
        case SHARD: parse_shard(cli, optarg); break;
        case ESTIMATE: cli->estimate = 1; break;
        case RUNS: parse_directory(cli->runs_dir, "runs-dir", optarg); break;
        case DATA: parse_directory(cli->data_dir, "data-dir", optarg); break;
        case REFERENCE: parse_directory(cli->reference_dir, "reference-dir", optarg); break;
        case LIST: cli->list_files = 1; break;
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
    if (!*cli->reference_dir)
        snprintf(cli->reference_dir, FILE_PATH_MAX, "data/reference");
}
