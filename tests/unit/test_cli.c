/* test_cli.c -- the command line of the claim programs: what it takes, and what it refuses. */
#include "unit.h"

#include <getopt.h>

#include "cli.h"

enum { ARGUMENTS = 8 };

struct call {
    const char *argument[ARGUMENTS]; /* behind the name, the last one NULL */
    struct cli cli;
};

static void parse(void *arg)
{
    struct call *call = arg;
    char text[ARGUMENTS + 1][2 * FILE_PATH_MAX], *argv[ARGUMENTS + 2];
    int argc = 1;
    argv[0] = strcpy(text[0], "./depth");
    for (; call->argument[argc - 1]; argc++) {
        snprintf(text[argc], sizeof text[argc], "%s", call->argument[argc - 1]);
        argv[argc] = text[argc];
    }
    argv[argc] = NULL;
    optind = 1;
    cli_parse(&call->cli, argc, argv, "depth", "Claim iv: more layers, faster training.");
}

#define PARSED(...)                                                                                \
    struct call call = {.argument = {__VA_ARGS__}};                                                \
    parse(&call);                                                                                  \
    const struct cli *cli = &call.cli

START_TEST(defaults)
{
    PARSED(NULL);
    ck_assert_str_eq(cli->name, "depth");
    ck_assert_int_eq(cli->scale, CLI_FULL);
    ck_assert_uint_eq(cli->threads, (size_t)sysconf(_SC_NPROCESSORS_ONLN));
    ck_assert_uint_eq(cli->shard, 1);
    ck_assert_uint_eq(cli->shards, 1);
    ck_assert_int_eq(cli->estimate, 0);
    ck_assert_int_eq(cli->list_files, 0);
    ck_assert_str_eq(cli->reference_dir, "data/reference");
    ck_assert_str_eq(cli->runs_dir, "build/full/runs");
    ck_assert_str_eq(cli->data_dir, "build/full/data");
}
END_TEST

START_TEST(quick_has_its_own_directories)
{
    PARSED("--scale", "quick");
    ck_assert_int_eq(cli->scale, CLI_QUICK);
    ck_assert_str_eq(cli->runs_dir, "build/quick/runs");
    ck_assert_str_eq(cli->data_dir, "build/quick/data");
}
END_TEST

START_TEST(every_option)
{
    PARSED("--data-dir=/tmp/d", "--threads", "13", "--shard=3/17", "--runs-dir", "r/s",
           "--estimate");
    ck_assert_int_eq(cli->scale, CLI_FULL);
    ck_assert_uint_eq(cli->threads, 13);
    ck_assert_uint_eq(cli->shard, 3);
    ck_assert_uint_eq(cli->shards, 17);
    ck_assert_int_eq(cli->estimate, 1);
    ck_assert_str_eq(cli->runs_dir, "r/s");
    ck_assert_str_eq(cli->data_dir, "/tmp/d");
}
END_TEST

START_TEST(files_and_published_values)
{
    PARSED("--list-files", "--reference-dir", "theirs");
    ck_assert_int_eq(cli->list_files, 1);
    ck_assert_str_eq(cli->reference_dir, "theirs");
}
END_TEST

START_TEST(ends_of_the_ranges)
{
    PARSED("--threads=1", "--shard=100000/100000");
    ck_assert_uint_eq(cli->threads, 1);
    ck_assert_uint_eq(cli->shard, 100000);
    ck_assert_uint_eq(cli->shards, 100000);
    struct call most = {.argument = {"--threads=1024", "--shard", "1/1"}};
    parse(&most);
    ck_assert_uint_eq(most.cli.threads, 1024);
    ck_assert_uint_eq(most.cli.shards, 1);
}
END_TEST

/* Exit status 2 and one line that names the program, the thing and where to look. */
static void refused(const struct call *call, const char *thing)
{
    const struct unit_outcome o = unit_call(parse, (void *)(uintptr_t)call);
    ck_assert_msg(o.status == 2, "%s %s: status %d", call->argument[0],
                  call->argument[1] ? call->argument[1] : "", o.status);
    ck_assert_str_eq(o.out, "");
    ck_assert_msg(strncmp(o.err, "depth: ", 7) == 0, "%s", o.err);
    ck_assert_msg(strstr(o.err, thing) != NULL, "not named %s: %s", thing, o.err);
    ck_assert_msg(strstr(o.err, "--help") != NULL, "%s", o.err);
    ck_assert_msg(strchr(o.err, '\n') == o.err + strlen(o.err) - 1, "%s", o.err);
}

#define REFUSED(thing, ...) refused(&(struct call){.argument = {__VA_ARGS__}}, thing)

START_TEST(wrong_calls)
{
    REFUSED("--scale big", "--scale", "big");
    REFUSED("--scale Full", "--scale=Full");
    REFUSED("--scale: a value is missing", "--scale");
    REFUSED("--threads 0", "--threads", "0");
    REFUSED("--threads 1025", "--threads=1025");
    REFUSED("--threads -3", "--threads=-3");
    REFUSED("--threads +3", "--threads=+3");
    REFUSED("--threads  3", "--threads", " 3");
    REFUSED("--threads 2.385", "--threads", "2.385");
    REFUSED("--threads 3x", "--threads", "3x");
    REFUSED("--threads many", "--threads", "many");
    REFUSED("--threads ", "--threads=");
    REFUSED("--threads 99999999999999999999", "--threads", "99999999999999999999");
    REFUSED("--shard 3", "--shard", "3");
    REFUSED("--shard 0/4", "--shard", "0/4");
    REFUSED("--shard 5/4", "--shard", "5/4");
    REFUSED("--shard 1/0", "--shard", "1/0");
    REFUSED("--shard 1/", "--shard", "1/");
    REFUSED("--shard /4", "--shard", "/4");
    REFUSED("--shard 1/4/2", "--shard", "1/4/2");
    REFUSED("--shard 1 / 4", "--shard", "1 / 4");
    REFUSED("--shard -1/4", "--shard", "-1/4");
    REFUSED("--shard 1/100001", "--shard", "1/100001");
    REFUSED("--runs-dir", "--runs-dir", "");
    REFUSED("--data-dir", "--data-dir=");
    REFUSED("--bogus", "--bogus");
    REFUSED("--bogus", "--scale", "quick", "--bogus=3");
    REFUSED("-x", "-x");
    REFUSED("--estimate=3", "--estimate=3");
    REFUSED("extra", "extra");
    REFUSED("extra", "--scale", "quick", "extra");
    char name[FILE_PATH_MAX];
    memset(name, 'x', sizeof name);
    name[FILE_PATH_MAX - 1] = '\0';
    REFUSED("--runs-dir", "--runs-dir", name);
}
END_TEST

/* Several letters behind one dash: the first of them is named. */
START_TEST(wrong_letters)
{
    REFUSED("unknown option -x ", "--scale", "quick", "-xyz");
    REFUSED("unknown option -x ", "-xyz", "--scale", "quick");
}
END_TEST

START_TEST(help_and_version)
{
    static const char *const option[] = {"--scale",    "--threads",  "--shard", "--estimate",
                                         "--runs-dir", "--data-dir", "--help",  "--version"};
    struct unit_outcome o = unit_call(parse, &(struct call){.argument = {"--help"}});
    ck_assert_int_eq(o.status, 0);
    ck_assert_str_eq(o.err, "");
    ck_assert_int_eq(strncmp(o.out, "usage: depth ", 13), 0);
    ck_assert_ptr_nonnull(strstr(o.out, "Claim iv: more layers, faster training."));
    for (size_t i = 0; i < sizeof option / sizeof *option; i++)
        ck_assert_msg(strstr(o.out, option[i]) != NULL, "%s", option[i]);

    o = unit_call(parse, &(struct call){.argument = {"--version"}});
    ck_assert_int_eq(o.status, 0);
    ck_assert_int_eq(strncmp(o.out, "depth ", 6), 0);
    ck_assert_ptr_eq(strchr(o.out, '\n'), o.out + strlen(o.out) - 1);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {defaults,           quick_has_its_own_directories,
                                  every_option,       files_and_published_values,
                                  ends_of_the_ranges, wrong_calls,
                                  wrong_letters,      help_and_version};
    return unit_run("cli", tests, sizeof tests / sizeof *tests);
}
