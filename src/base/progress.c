#include "progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

double progress_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

void progress_duration(char text[16], double seconds)
{
    const double most = 99.0 * 3600.0;
    const unsigned s = (unsigned)(!(seconds > 0.0) ? 0.0 : seconds > most ? most : seconds + 0.5);
    if (s >= 3600)
        snprintf(text, 16, "%uh%02um", s / 3600, s / 60 % 60);
    else if (s >= 60)
        snprintf(text, 16, "%um%02us", s / 60, s % 60);
    else
        snprintf(text, 16, "%us", s);
}

static void show(struct progress *p, double now)
{
    enum { WIDTH = 24 };
    const double passed = now - p->started;
    char left[16] = "?", bar[WIDTH + 1];
    if (p->work_done > 0.0)
        progress_duration(left, passed * (p->work - p->work_done) / p->work_done);
    const double rate = passed > 0.0 ? (double)p->done / passed : 0.0;
    p->shown = now;
    if (!p->terminal) {
        fprintf(stderr, "%s: %zu of %zu %s, %.1f/s, %s left\n", p->name, p->done, p->total, p->unit,
                rate, left);
        return;
    }
    const int filled = p->work > 0.0 ? (int)(WIDTH * p->work_done / p->work) : WIDTH;
    for (int i = 0; i < WIDTH; i++)
        bar[i] = i < filled ? '=' : i == filled ? '>' : ' ';
    bar[WIDTH] = '\0';
    fprintf(stderr, "\r%s  [%s] %zu/%zu %s  %.1f/s  %s left \033[K", p->name, bar, p->done,
            p->total, p->unit, rate, left);
}

void progress_start(struct progress *p, const char *name, const char *unit, size_t total,
                    double work)
{
    const double now = progress_now();
    *p = (struct progress){.name = name,
                           .unit = unit,
                           .total = total,
                           .work = work,
                           .started = now,
                           .shown = now,
                           .terminal = isatty(STDERR_FILENO)};
    if (p->terminal)
        show(p, now);
}

void progress_step(struct progress *p, double work)
{
    const double now = progress_now();
    p->done++;
    p->work_done += work;
    if (now - p->shown >= (p->terminal ? 0.2 : 60.0))
        show(p, now);
}

void progress_end(struct progress *p)
{
    if (p->terminal)
        fprintf(stderr, "\r\033[K");
}
