/* test_file.c -- files that are either whole or not there. */
#include "unit.h"

#include <fcntl.h>
#include <omp.h>
#include <signal.h>
#include <sys/resource.h>
#include <time.h>

#include "die.h"
#include "file.h"

static char root[UNIT_PATH];

/* root/name, and the directory of a test: empty, and there. */
static const char *at(const char *name)
{
    static char path[4][FILE_PATH_MAX];
    static size_t next;
    char *p = path[next++ % 4];
    snprintf(p, FILE_PATH_MAX, "%s/%s", root, name);
    return p;
}

static void write_text(const char *path, const char *text)
{
    struct file f;
    file_create(&f, path);
    fputs(text, f.stream);
    file_commit(&f);
}

static void make_directory(void *path)
{
    file_directory(path);
}

START_TEST(directories)
{
    struct stat st;
    file_directory(at("deep/a/b/c"));
    ck_assert_int_eq(stat(at("deep/a/b/c"), &st), 0);
    ck_assert(S_ISDIR(st.st_mode));
    file_directory(at("deep/a/b/c")); /* once more does no harm */
    file_directory(at("deep/a/d"));
    ck_assert_int_eq(stat(at("deep/a/d"), &st), 0);

    /* something else is in the way: it says where */
    write_text(at("deep/file"), "2.385");
    char below[FILE_PATH_MAX];
    snprintf(below, sizeof below, "%s/x/y", at("deep/file"));
    const struct unit_outcome o = unit_call(make_directory, below);
    ck_assert_int_eq(o.status, 1);
    ck_assert_ptr_nonnull(strstr(o.err, at("deep/file")));
    ck_assert_ptr_nonnull(strstr(o.err, strerror(ENOTDIR)));
    unit_file_is(at("deep/file"), "2.385");
}
END_TEST

START_TEST(directory_without_a_name)
{
    char path[] = "";
    const struct unit_outcome o = unit_call(make_directory, path);
    ck_assert_int_eq(o.status, 1);
    ck_assert_ptr_nonnull(strstr(o.err, "cannot make directory : "));
}
END_TEST

/* A file where the directory is wanted is no directory. */
START_TEST(file_is_no_directory)
{
    file_directory(at("taken"));
    write_text(at("taken/name"), "2.385");
    char path[FILE_PATH_MAX];
    snprintf(path, sizeof path, "%s", at("taken/name"));
    const struct unit_outcome o = unit_call(make_directory, path);
    ck_assert_int_eq(o.status, 1);
    ck_assert_ptr_nonnull(strstr(o.err, path));
}
END_TEST

/* Not there before file_commit, whole after it, nothing else left. */
START_TEST(created_and_committed)
{
    struct file f;
    file_directory(at("new"));
    file_create(&f, at("new/x.tsv"));
    fputs("depth\t2.385\n", f.stream);
    fflush(f.stream);
    ck_assert_int_ne(access(at("new/x.tsv"), F_OK), 0);
    ck_assert_int_eq(unit_count(at("new")), 1);
    file_commit(&f);
    unit_file_is(at("new/x.tsv"), "depth\t2.385\n");
    ck_assert_int_eq(unit_count(at("new")), 1);
}
END_TEST

/* The old file stays until the new one is in place; two writers do not meet. */
START_TEST(replaced_at_once)
{
    struct file f, g;
    file_directory(at("old"));
    write_text(at("old/x"), "first");
    file_create(&f, at("old/x"));
    file_create(&g, at("old/x"));
    fputs("second", f.stream);
    fputs("third and longer", g.stream);
    fflush(f.stream);
    unit_file_is(at("old/x"), "first");
    file_commit(&f);
    unit_file_is(at("old/x"), "second");
    file_commit(&g);
    unit_file_is(at("old/x"), "third and longer");
    ck_assert_int_eq(unit_count(at("old")), 1);
}
END_TEST

/* Another machine's process with the same number may be writing the same file: its temporary files are
 * left alone. */
static void meet_others(void *directory)
{
    enum { OTHERS = 20 };
    char path[UNIT_PATH + 8], other[OTHERS][UNIT_PATH + 64];
    snprintf(path, sizeof path, "%.512s/x", (const char *)directory);
    for (int i = 0; i < OTHERS; i++) {
        snprintf(other[i], sizeof other[i], "%s.tmp-%ld-%d", path, (long)getpid(), i);
        FILE *f = fopen(other[i], "w");
        if (!f || fputs("not yours", f) < 0 || fclose(f) != 0)
            _exit(70);
    }
    write_text(path, "2.385");
    for (int i = 0; i < OTHERS; i++) {
        size_t size;
        char *text = file_read(other[i], &size);
        if (!text || strcmp(text, "not yours") != 0)
            _exit(71);
        free(text);
        unlink(other[i]);
    }
}

START_TEST(temporary_files_of_others)
{
    char path[FILE_PATH_MAX];
    file_directory(at("others"));
    snprintf(path, sizeof path, "%s/others", root);
    ck_assert_int_eq(unit_call(meet_others, path).status, 0);
    ck_assert_int_eq(unit_count(path), 1);
    unit_file_is(at("others/x"), "2.385");
}
END_TEST

static void commit_over_directory(void *path)
{
    struct file f;
    file_create(&f, path);
    file_directory(path);
    file_commit(&f);
}

/* What cannot be put in place does not stay beside it. */
START_TEST(cannot_be_moved)
{
    char path[FILE_PATH_MAX];
    file_directory(at("moved"));
    snprintf(path, sizeof path, "%s/moved/x", root);
    const struct unit_outcome o = unit_call(commit_over_directory, path);
    ck_assert_int_eq(o.status, 1);
    ck_assert_ptr_nonnull(strstr(o.err, path));
    ck_assert_ptr_nonnull(strstr(o.err, strerror(EISDIR)));
    ck_assert_int_eq(unit_count(at("moved")), 1);
}
END_TEST

/* The mode is that of any new file: 0666 less the umask. */
START_TEST(mode_follows_umask)
{
    struct stat st;
    file_directory(at("mode"));
    const mode_t before = umask(027);
    write_text(at("mode/x"), "x");
    ck_assert_int_eq(stat(at("mode/x"), &st), 0);
    ck_assert_uint_eq(st.st_mode & 0777, 0640);
    umask(022);
    write_text(at("mode/y"), "y");
    ck_assert_int_eq(stat(at("mode/y"), &st), 0);
    ck_assert_uint_eq(st.st_mode & 0777, 0644);
    ck_assert_uint_eq(umask(before), 022); /* and the umask is as it was */
}
END_TEST

/* The umask of this process as the system shows it, without touching it; -1 where it does not. */
static long shown_umask(void)
{
    char line[256];
    long mask = -1;
    FILE *f = fopen("/proc/self/status", "r");
    while (f && mask < 0 && fgets(line, sizeof line, f))
        mask = strncmp(line, "Umask:", 6) == 0 ? strtol(line + 6, NULL, 8) : -1;
    if (f)
        fclose(f);
    return mask;
}

/* The umask belongs to the whole process: threads that make files must not touch it, not for a
 * moment.  One thread watches the others. */
START_TEST(threads_leave_umask)
{
    enum { FILES = 10000, THREADS = 4 };
    file_directory(at("threads"));
    const mode_t before = umask(027);
    int other = 0, writers = THREADS - 1;
#pragma omp parallel num_threads(THREADS) reduction(+ : other)
    {
        char path[FILE_PATH_MAX];
        const int thread = omp_get_thread_num();
        snprintf(path, sizeof path, "%s/threads/%d", root, thread);
        for (int i = 0; thread > 0 && i < FILES; i++) {
            struct file f;
            struct stat st;
            file_create(&f, path);
            other += fstat(fileno(f.stream), &st) != 0 || (st.st_mode & 0777) != 0640;
            file_commit(&f);
        }
        if (thread > 0) {
#pragma omp atomic
            writers--;
        }
        for (int left = 1; thread == 0 && left > 0;) {
            const long mask = shown_umask();
            other += mask != 027 && mask != -1;
#pragma omp atomic read
            left = writers;
        }
    }
    ck_assert_int_eq(other, 0);
    ck_assert_uint_eq(umask(before), 027);
    ck_assert_int_eq(unit_count(at("threads")), THREADS - 1);
}
END_TEST

/* From now on no file of this process grows beyond so many bytes, as on a full disk. */
static void limit_files(rlim_t bytes)
{
    struct rlimit limit;
    signal(SIGXFSZ, SIG_IGN);
    if (getrlimit(RLIMIT_FSIZE, &limit) != 0)
        _exit(70);
    limit.rlim_cur = bytes < limit.rlim_max ? bytes : limit.rlim_max;
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
        _exit(70);
}

/* More than there is room for. */
static void write_too_much(void *path)
{
    struct file f;
    limit_files(4096);
    file_create(&f, path);
    for (int i = 0; i < 20000; i++)
        fprintf(f.stream, "%d\n", i);
    file_commit(&f);
}

/* So little that it is noticed only when the stream is closed. */
static void write_a_little_too_much(void *path)
{
    struct file f;
    file_create(&f, path);
    limit_files(100);
    for (int i = 0; i < 200; i++)
        fputc('x', f.stream);
    file_commit(&f);
}

/* Bytes were refused, then there was room again. */
static void write_while_full(void *path)
{
    struct file f;
    file_create(&f, path);
    limit_files(100);
    for (int i = 0; i < 200; i++)
        fputc('x', f.stream);
    fflush(f.stream);
    limit_files(RLIM_INFINITY);
    file_commit(&f);
}

/* A full disk: it names the file, leaves the old one, and nothing half written. */
START_TEST(full_disk)
{
    file_directory(at("full"));
    write_text(at("full/x"), "old");
    char path[FILE_PATH_MAX];
    snprintf(path, sizeof path, "%s", at("full/x"));
    const struct unit_outcome o = unit_call(write_too_much, path);
    ck_assert_int_eq(o.status, 1);
    ck_assert_ptr_nonnull(strstr(o.err, path));
    unit_file_is(path, "old");
    ck_assert_int_eq(unit_count(at("full")), 1);

    const struct unit_outcome while_full = unit_call(write_while_full, path);
    ck_assert_int_eq(while_full.status, 1);
    ck_assert_ptr_nonnull(strstr(while_full.err, path));
    unit_file_is(path, "old");
    ck_assert_int_eq(unit_count(at("full")), 1);

    const struct unit_outcome little = unit_call(write_a_little_too_much, path);
    ck_assert_int_eq(little.status, 1); /* its stderr is as full as the disk */
    unit_file_is(path, "old");
    ck_assert_int_eq(unit_count(at("full")), 1);
}
END_TEST

/* Four threads meet the full disk at once. */
static void write_too_much_at_once(void *directory)
{
    limit_files(4096);
#pragma omp parallel num_threads(4)
    for (int n = 0; n < 10; n++) {
        char path[FILE_PATH_MAX];
#pragma omp critical
        {
            static int number;
            snprintf(path, sizeof path, "%s/%d", (const char *)directory, number++);
        }
        struct file f;
        file_create(&f, path);
#pragma omp barrier
        for (int i = 0; i < 20000; i++)
            fprintf(f.stream, "%d\n", i);
        file_commit(&f);
    }
}

/* One line, one end, nothing left. */
START_TEST(full_disk_for_threads)
{
    char path[FILE_PATH_MAX];
    file_directory(at("all"));
    snprintf(path, sizeof path, "%s/all", root);
    for (int i = 0; i < 50; i++) {
        const struct unit_outcome o = unit_call(write_too_much_at_once, path);
        ck_assert_int_eq(o.status, 1);
        ck_assert_ptr_eq(strchr(o.err, '\n'), o.err + strlen(o.err) - 1);
        ck_assert_ptr_nonnull(strstr(o.err, "cannot write"));
        ck_assert_int_eq(unit_count(path), 0);
    }
}
END_TEST

/* Ends, in the way that is asked for, while two files are being written and one is whole. */
static void end_early(void *way)
{
    struct file f, g;
    die_when_stopped("2.385 files are kept");
    write_text(at("early/whole"), "2.385");
    file_create(&f, at("early/x"));
    file_create(&g, at("early/y"));
    if (*(int *)way == 0)
        die("nothing left to say");
    raise(*(int *)way);
}

START_TEST(no_temporary_file_stays)
{
    static const int way[] = {0, SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof way / sizeof *way; i++) {
        file_directory(at("early"));
        const struct unit_outcome o = unit_call(end_early, (void *)(uintptr_t)&way[i]);
        ck_assert_int_eq(o.status, way[i] == 0 ? 1 : -1);
        ck_assert_ptr_nonnull(strstr(o.err, way[i] == 0 ? "nothing left" : "2.385 files are kept"));
        ck_assert_int_eq(unit_count(at("early")), 1);
        unit_file_is(at("early/whole"), "2.385");
        unlink(at("early/whole"));
    }
}
END_TEST

/* A signal that is ignored, as in a background job of a shell, stays so. */
static void ignore_and_go_on(void *arg)
{
    (void)arg;
    signal(SIGINT, SIG_IGN);
    die_when_stopped("not so");
    raise(SIGINT);
}

START_TEST(ignored_signals)
{
    const struct unit_outcome o = unit_call(ignore_and_go_on, NULL);
    ck_assert_int_eq(o.status, 0);
    ck_assert_str_eq(o.err, "");
}
END_TEST

static void prepare(void *path)
{
    file_writable_directory(path);
}

/* Made where it is missing, and nothing left in it; refused where no file can be made. */
START_TEST(writable_directory)
{
    char path[FILE_PATH_MAX];
    snprintf(path, sizeof path, "%s/results/of/it", root);
    ck_assert_int_eq(unit_call(prepare, path).status, 0);
    ck_assert_int_eq(unit_count(path), 0);
    ck_assert_int_eq(unit_call(prepare, path).status, 0);
    char nowhere[] = "/proc/self";
    const struct unit_outcome o = unit_call(prepare, nowhere);
    ck_assert_int_eq(o.status, 1);
    ck_assert_ptr_nonnull(strstr(o.err, "cannot write into directory /proc/self: "));
}
END_TEST

static void create_only(void *path)
{
    struct file f;
    file_create(&f, path);
}

START_TEST(cannot_create)
{
    char path[2 * FILE_PATH_MAX];
    snprintf(path, sizeof path, "%s/missing/x.tsv", root);
    struct unit_outcome o = unit_call(create_only, path);
    ck_assert_int_eq(o.status, 1);
    ck_assert_ptr_nonnull(strstr(o.err, path));
    ck_assert_ptr_nonnull(strstr(o.err, strerror(ENOENT)));

    memset(path, 'x', sizeof path);
    path[FILE_PATH_MAX] = '\0';
    o = unit_call(create_only, path);
    ck_assert_int_eq(o.status, 1);
    ck_assert_ptr_nonnull(strstr(o.err, "too long"));
}
END_TEST

START_TEST(read_whole)
{
    size_t size = 99;
    struct file f;
    file_directory(at("read"));
    file_create(&f, at("read/x"));
    fwrite("a\0b\n\xff", 1, 5, f.stream);
    file_commit(&f);
    char *text = file_read(at("read/x"), &size);
    ck_assert_ptr_nonnull(text);
    ck_assert_uint_eq(size, 5);
    ck_assert_mem_eq(text, "a\0b\n\xff", 6); /* with a NUL behind */
    free(text);

    write_text(at("read/one"), "x");
    text = file_read(at("read/one"), &size);
    ck_assert_uint_eq(size, 1);
    ck_assert_str_eq(text, "x");
    free(text);

    write_text(at("read/empty"), "");
    text = file_read(at("read/empty"), &size);
    ck_assert_ptr_nonnull(text);
    ck_assert_uint_eq(size, 0);
    ck_assert_str_eq(text, "");
    free(text);

    errno = 0;
    ck_assert_ptr_null(file_read(at("read/none"), &size));
    ck_assert_int_eq(errno, ENOENT);
    errno = 0;
    ck_assert_ptr_null(file_read(at("read"), &size));
    ck_assert_int_eq(errno, EISDIR);
}
END_TEST

static void read_only(void *path)
{
    size_t size;
    alarm(60); /* where it waits, it ends, and the test fails */
    char *text = file_read(path, &size);
    _exit(text ? 90 : errno == EISDIR ? 91 : 92);
}

/* What is no regular file is refused, a pipe without waiting for someone who writes. */
START_TEST(read_no_file)
{
    char path[FILE_PATH_MAX];
    snprintf(path, sizeof path, "%s/pipe", root);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    ck_assert_int_eq(unit_call(read_only, path).status, 91);
    char device[] = "/dev/zero";
    ck_assert_int_eq(unit_call(read_only, device).status, 91);
}
END_TEST

struct output {
    const char *to; /* a device, or NULL: closed */
    size_t bytes;
};

static void print(void *arg)
{
    const struct output *o = arg;
    if (!o->to)
        close(STDOUT_FILENO);
    else if (dup2(open(o->to, O_WRONLY), STDOUT_FILENO) < 0)
        _exit(70);
    file_standard_streams();
    const int next = dup(STDIN_FILENO);
    close(next);
    file_standard_streams(); /* once more does no harm, and uses up no descriptor */
    if (dup(STDIN_FILENO) != next || next <= STDERR_FILENO)
        _exit(71);
    struct file f;
    file_create(&f, at("printed")); /* must not become stdout */
    for (size_t i = 0; i < o->bytes; i++)
        putchar('x');
    file_commit(&f);
    exit(0);
}

/* A device that is full, or an output that is closed, ends a program with status 1 and a line. */
START_TEST(output_is_taken)
{
    struct output o = {"/dev/null", 100000};
    struct unit_outcome outcome = unit_call(print, &o);
    ck_assert_int_eq(outcome.status, 0);
    ck_assert_str_eq(outcome.err, "");
    static const size_t bytes[] = {1, 100000}; /* refused at the end, and before */
    static const char *const to[] = {"/dev/full", NULL};
    static const int reason[] = {ENOSPC, EBADF};
    for (size_t i = 0; i < 4; i++) {
        o = (struct output){to[i / 2], bytes[i % 2]};
        outcome = unit_call(print, &o);
        ck_assert_int_eq(outcome.status, 1);
        ck_assert_ptr_nonnull(strstr(outcome.err, "cannot write standard output: "));
        ck_assert_ptr_nonnull(strstr(outcome.err, strerror(reason[i / 2])));
        ck_assert_ptr_eq(strchr(outcome.err, '\n'), outcome.err + strlen(outcome.err) - 1);
        unit_file_is(at("printed"), "");
    }
    o = (struct output){NULL, 0}; /* who prints nothing needs no output */
    ck_assert_int_eq(unit_call(print, &o).status, 0);
}
END_TEST

static void make_old(const char *path, time_t seconds)
{
    const struct timespec t = {.tv_sec = time(NULL) - seconds};
    ck_assert_int_eq(utimensat(AT_FDCWD, path, (const struct timespec[]){t, t}, 0), 0);
}

/* Temporary files over an hour old go; younger ones may still be written, others are not ours. */
START_TEST(sweep)
{
    struct file f, g;
    file_directory(at("sweep"));
    write_text(at("sweep/record.tsv"), "whole");
    make_old(at("sweep/record.tsv"), 100000);
    file_create(&f, at("sweep/killed.tsv"));
    make_old(f.names->temporary, 4200);
    file_create(&g, at("sweep/living.tsv"));
    make_old(g.names->temporary, 3000);
    file_sweep(at("sweep"));
    ck_assert_int_ne(access(f.names->temporary, F_OK), 0);
    ck_assert_int_eq(access(g.names->temporary, F_OK), 0);
    ck_assert_int_eq(unit_count(at("sweep")), 2);
    unit_file_is(at("sweep/record.tsv"), "whole");
    file_commit(&g);
    ck_assert_int_eq(access(at("sweep/living.tsv"), F_OK), 0);
    fclose(f.stream);
    file_sweep(at("none")); /* no directory, nothing to do */
}
END_TEST

int main(void)
{
    unit_directory(root);
    const TTest *const tests[] = {directories,
                                  directory_without_a_name,
                                  file_is_no_directory,
                                  created_and_committed,
                                  replaced_at_once,
                                  temporary_files_of_others,
                                  cannot_be_moved,
                                  mode_follows_umask,
                                  threads_leave_umask,
                                  full_disk,
                                  full_disk_for_threads,
                                  no_temporary_file_stays,
                                  ignored_signals,
                                  writable_directory,
                                  cannot_create,
                                  read_whole,
                                  read_no_file,
                                  output_is_taken,
                                  sweep};
    const int status = unit_run("file", tests, sizeof tests / sizeof *tests);
    unit_remove(root);
    return status;
}
