/* cli.h -- the command line that all claim programs share. */
#ifndef CLI_H
#define CLI_H

#include <stddef.h>

#include "file.h"

enum cli_scale { CLI_FULL, CLI_QUICK };

struct cli {
    const char *name; /* of the claim: the path of everything it writes */
    enum cli_scale scale;
    size_t threads;
    size_t shard, shards; /* train runs shard, shard + shards, ... of the list; 1 of 1: all */
    int estimate;         /* only say how long the missing runs will take */
    int list_files;       /* only name the files that are written */
    char runs_dir[FILE_PATH_MAX], data_dir[FILE_PATH_MAX], reference_dir[FILE_PATH_MAX];
};

/* Reads the options; purpose is one line for --help.  Prints help or version and exits with 0 if
 * asked; dies with exit status 2 on a wrong call. */
void cli_parse(struct cli *cli, int argc, char **argv, const char *name, const char *purpose);

#endif
