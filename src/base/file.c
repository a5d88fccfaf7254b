#include "file.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "die.h"

/* What stands between the final name and six random characters. */
static const char mark[] = ".tmp-";

void file_directory(const char *path)
{
    char part[FILE_PATH_MAX];
    if (snprintf(part, sizeof part, "%s", path) >= (int)sizeof part)
        die("directory name too long: %s", path);
    for (char *p = part + 1;; p++)
        if (*p == '/' || *p == '\0') {
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

void file_create(struct file *f, const char *path)
{
    const int n = snprintf(f->path, sizeof f->path, "%s", path);
    const int m = snprintf(f->temporary, sizeof f->temporary, "%s%sXXXXXX", path, mark);
    if (n >= (int)sizeof f->path || m >= (int)sizeof f->temporary)
        die("file name too long: %s", path);
    const int fd = mkstemp(f->temporary);
    if (fd < 0)
        die_errno("cannot write %s", path);
    const mode_t mask = umask(0);
    umask(mask);
    f->stream = fchmod(fd, 0666 & ~mask) == 0 ? fdopen(fd, "w") : NULL;
    if (!f->stream) {
        const int reason = errno;
        unlink(f->temporary);
        errno = reason;
        die_errno("cannot write %s", path);
    }
}

void file_commit(struct file *f)
{
    /* A write that failed earlier has lost its reason; one more byte brings it back. */
    int bad = ferror(f->stream);
    errno = EIO;
    if (bad)
        fputc('\n', f->stream);
    bad |= fflush(f->stream) != 0;
    int reason = errno;
    if (fclose(f->stream) != 0 && !bad) {
        bad = 1;
        reason = errno;
    }
    if (!bad && rename(f->temporary, f->path) != 0) {
        bad = 1;
        reason = errno;
    }
    if (bad) {
        unlink(f->temporary);
        errno = reason;
        die_errno("cannot write %s", f->path);
    }
    f->stream = NULL;
}

char *file_read(const char *path, size_t *size)
{
    FILE *stream = fopen(path, "rb");
    if (!stream)
        return NULL;
    struct stat st;
    char *text = NULL;
    if (fstat(fileno(stream), &st) == 0 && !S_ISREG(st.st_mode))
        errno = EISDIR;
    else if ((text = malloc((size_t)st.st_size + 1)) != NULL) {
        errno = 0;
        *size = fread(text, 1, (size_t)st.st_size, stream);
        text[*size] = '\0';
        if (ferror(stream)) {
            free(text);
            text = NULL;
        }
    }
    const int reason = errno;
    fclose(stream);
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
