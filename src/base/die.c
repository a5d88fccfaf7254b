#include "die.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *program = "paper";

void die_program(const char *name)
{
    program = name;
}

/* One write to stderr, so that lines of several threads do not mix. */
static void say(const char *format, va_list args, const char *tail)
{
    char line[1024];
    vsnprintf(line, sizeof line, format, args);
    fprintf(stderr, "%s: %s%s\n", program, line, tail);
}

void die(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(format, args, "");
    va_end(args);
    exit(1);
}

void die_errno(const char *format, ...)
{
    char reason[256];
    snprintf(reason, sizeof reason, ": %s", strerror(errno));
    va_list args;
    va_start(args, format);
    say(format, args, reason);
    va_end(args);
    exit(1);
}

void die_usage(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(format, args, " (--help lists the options)");
    va_end(args);
    exit(2);
}

void die_warn(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(format, args, "");
    va_end(args);
}
