#include "file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "die.h"
#include "memory.h"

/* What stands between the final name and what makes the temporary one the only one. */
static const char mark[] = ".tmp-";

/* ---- the temporary files that there are ---- */

static struct file_names *names_in_use;
static atomic_flag busy = ATOMIC_FLAG_INIT;

/* Keeps other threads from the list, and signals from this one, whose handler would wait for it. */
static void lock(sigset_t *before)
{
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, before);
    while (atomic_flag_test_and_set(&busy))
        poll(NULL, 0, 1); /* a thread opens a file; of what waits, a signal handler may use this */
}

static void unlock(const sigset_t *before)
{
    atomic_flag_clear(&busy);
    pthread_sigmask(SIG_SETMASK, before, NULL);
}

/* The last act of a process: no file is made or put in place after it. */
static void remove_all(void)
{
    sigset_t before;
    lock(&before);
    for (const struct file_names *n = names_in_use; n; n = n->next)
        unlink(n->temporary);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* Opens a new file beside the final one, under a name of its own, and lists it; returns its descriptor,
 * or -1.  Its mode is what the system makes of 0666 by the umask, which no thread can read without
 * changing it. */
static int open_new(struct file_names *n)
{
    static atomic_uint calls;
    sigset_t before;
    int fd;
    lock(&before);
    do /* until no other machine, no killed process with this number has the name */
        snprintf(n->temporary, sizeof n->temporary, "%s%s%ld-%u", n->final, mark, (long)getpid(),
                 atomic_fetch_add(&calls, 1));
    while ((fd = open(n->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666)) < 0 &&
           errno == EEXIST);
    if (fd >= 0) {
        n->next = names_in_use;
        names_in_use = n;
    }
    const int reason = errno;
    unlock(&before);
    errno = reason;
    return fd;
}

/* Takes a file from the list, after moving it into place or removing it; returns 0, or why it could
 * not be moved. */
static int close_names(struct file_names *n, int move)
{
    sigset_t before;
    int reason = 0;
    lock(&before);
    if (move && rename(n->temporary, n->final) != 0)
        reason = errno;
    if (!move || reason != 0)
        unlink(n->temporary);
    struct file_names **at = &names_in_use;
    while (*at != n)
        at = &(*at)->next;
    *at = n->next;
    unlock(&before);
    return reason;
}

/* ---- writing ---- */

void file_directory(const char *path)
{
    char part[FILE_PATH_MAX];
    if (snprintf(part, sizeof part, "%s", path) >= (int)sizeof part)
        die("directory name too long: %s", path);
    for (char *p = part;; p++)
        if ((*p == '/' && p > part) || *p == '\0') {
            const char end = *p;
            *p = '\0';
            struct stat st;
            if (mkdir(part, 0777) != 0) {
                if (errno == EEXIST && stat(part, &st) == 0)
                    errno = S_ISDIR(st.st_mode) ? 0 : ENOTDIR;
                if (errno != 0)
                    die_errno("cannot make directory %s", part);
            }
            if (end == '\0')
                return;
            *p = end;
        }
}

static struct file_names *new_names(const char *path)
{
    struct file_names *n = memory_array(1, sizeof *n, "names of a file");
    if (snprintf(n->final, sizeof n->final, "%s", path) >= (int)sizeof n->final)
        die("file name too long: %s", path);
    return n;
}

void file_writable_directory(const char *path)
{
    char name[FILE_PATH_MAX];
    file_directory(path);
    snprintf(name, sizeof name, "%s/file", path);
    struct file_names *n = new_names(name);
    const int fd = open_new(n);
    if (fd < 0)
        die_errno("cannot write into directory %s", path);
    close(fd);
    close_names(n, 0);
    free(n);
}

void file_create(struct file *f, const char *path)
{
    f->names = new_names(path);
    die_tidy(remove_all);
    const int fd = open_new(f->names);
    if (fd < 0 || !(f->stream = fdopen(fd, "w")))
        die_errno("cannot write %s", path);
}

/* Closes a stream; returns 0, or why not all of it was taken. */
static int close_stream(FILE *stream)
{
    /* A write that failed earlier has lost its reason; one more byte brings it back. */
    int bad = ferror(stream);
    errno = EIO;
    if (bad)
        fputc('\n', stream);
    bad |= fflush(stream) != 0;
    const int reason = errno;
    if (fclose(stream) != 0 && !bad)
        return errno;
    return bad ? reason : 0;
}

void file_commit(struct file *f)
{
    int reason = close_stream(f->stream);
    const int moved = close_names(f->names, reason == 0);
    reason = reason != 0 ? reason : moved;
    if (reason != 0) {
        errno = reason;
        die_errno("cannot write %s", f->names->final);
    }
    free(f->names);
    *f = (struct file){.stream = NULL};
}

/* ---- the standard streams ---- */

static void end_of_output(void)
{
    const int reason = close_stream(stdout);
    if (reason != 0) {
        errno = reason;
        die_errno("cannot write standard output");
    }
}

void file_standard_streams(void)
{
    static int registered;
    for (int fd = 0; fd <= STDERR_FILENO;) {
        fd = open("/dev/null", O_RDONLY);
        if (fd < 0)
            die_errno("cannot open /dev/null");
        if (fd > STDERR_FILENO)
            close(fd);
    }
    if (!registered)
        atexit(end_of_output);
    registered = 1;
}

/* ---- reading ---- */

/* Reads up to so many bytes; returns how many there were, or -1. */
static ssize_t read_all(int fd, char *to, size_t most)
{
    size_t size = 0;
    while (size < most) {
        const ssize_t n = read(fd, to + size, most - size);
        if (n == 0 || (n < 0 && errno != EINTR))
            return n < 0 ? -1 : (ssize_t)size;
        size += n > 0 ? (size_t)n : 0;
    }
    return (ssize_t)size;
}

char *file_read(const char *path, size_t *size)
{
    /* without O_NONBLOCK a pipe would be waited for */
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0) {
        errno = errno == ENXIO ? EISDIR : errno; /* a socket */
        return NULL;
    }
    struct stat st;
    char *text = NULL;
    errno = EISDIR;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
        text = memory_array((size_t)st.st_size + 1, 1, path);
        const ssize_t n = read_all(fd, text, (size_t)st.st_size);
        if (n < 0) {
            const int reason = errno;
            free(text);
            text = NULL;
            errno = reason;
        } else
            *size = (size_t)n;
    }
    const int reason = errno;
    close(fd);
    errno = reason;
    return text;
}

void file_sweep(const char *directory)
{
    DIR *d = opendir(directory);
    if (!d)
        return;
    const time_t old = time(NULL) - 3600;
    for (struct dirent *entry; (entry = readdir(d)) != NULL;) {
        struct stat st;
        if (strstr(entry->d_name, mark) && fstatat(dirfd(d), entry->d_name, &st, 0) == 0 &&
            st.st_mtime < old)
            unlinkat(dirfd(d), entry->d_name, 0);
    }
    closedir(d);
}
