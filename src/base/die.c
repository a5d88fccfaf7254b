#include "die.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *program = "paper";

static void no_tidying(void)
{
}

static void (*_Atomic tidy_up)(void) = no_tidying;

/* Set by the thread or the signal that ends the process. */
static atomic_flag ending = ATOMIC_FLAG_INIT;

void die_program(const char *name)
{
    program = name;
}

void die_tidy(void (*tidy)(void))
{
    tidy_up = tidy;
}

/* To stderr past its stream, whose lock another thread may hold.  If it cannot be said, it cannot. */
static void put(const char *text)
{
    for (size_t left = strlen(text); left > 0;) {
        const ssize_t n = write(STDERR_FILENO, text, left);
        if (n < 0 && errno != EINTR)
            return;
        text += n > 0 ? n : 0;
        left -= n > 0 ? (size_t)n : 0;
    }
}

/* In one piece, so that lines of several threads do not mix. */
static void say(const char *format, va_list args, const char *tail)
{
    enum { MOST = 3584, TAIL = 192 };
    char line[MOST + TAIL];
    size_t n = (size_t)snprintf(line, MOST, "%s: ", program);
    n += (size_t)vsnprintf(line + n, MOST - n, format, args);
    n = n < MOST ? n : MOST - 1;
    snprintf(line + n, TAIL, "%s\n", tail);
    put(line);
}

static _Noreturn void end(int status, const char *format, va_list args, const char *tail)
{
    while (atomic_flag_test_and_set(&ending))
        pause();
    say(format, args, tail);
    atomic_load (&tidy_up)();
    _exit(status);
}

void die(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    end(1, format, args, "");
}

void die_errno(const char *format, ...)
{
    char reason[128] = "unknown reason", tail[160];
    strerror_r(errno, reason, sizeof reason);
    snprintf(tail, sizeof tail, ": %s", reason);
    va_list args;
    va_start(args, format);
    end(1, format, args, tail);
}

void die_usage(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    end(2, format, args, " (--help lists the options)");
}

void die_warn(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(format, args, "");
    va_end(args);
}

/* ---- signals ---- */

static char farewell[512];

static void on_signal(int signal)
{
    if (atomic_flag_test_and_set(&ending))
        return;
    put(farewell);
    atomic_load (&tidy_up)();
    /* ends by the signal once this returns, so that a shell or make knows what happened */
    const struct sigaction as_ever = {.sa_handler = SIG_DFL};
    sigaction(signal, &as_ever, NULL);
    raise(signal);
}

void die_when_stopped(const char *advice)
{
    static const int stops[] = {SIGINT, SIGTERM, SIGHUP};
    snprintf(farewell, sizeof farewell, "\n%s: stopped; %s\n", program, advice);
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        struct sigaction now;
        if (sigaction(stops[i], NULL, &now) != 0 || now.sa_handler == SIG_IGN)
            continue;
        const struct sigaction action = {.sa_handler = on_signal};
        sigaction(stops[i], &action, NULL);
    }
}
