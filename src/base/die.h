/* die.h -- how a program of this project ends when it cannot go on: one line on stderr that names
 * the program, the thing and the remedy, and an exit status: 2 for a wrong call, 1 for the rest.
 *
 * Any thread may call these, in a parallel region, too: the first one that does ends the process at
 * once, without exit and so without a second thread in it; those that come later wait for that end.
 * What stdout has not written yet is lost then. */
#ifndef DIE_H
#define DIE_H

/* The name that opens every message; the string must stay valid. */
void die_program(const char *name);

/* What is still to be done when the process ends by one of these or by a signal, at most once; it may
 * do only what a signal handler may. */
void die_tidy(void (*tidy)(void));

/* From now on SIGINT, SIGTERM and SIGHUP, unless they are ignored, end the program tidily, with a line
 * that says it was stopped, and this advice. */
void die_when_stopped(const char *advice);

/* Prints "program: message" and exits with status 1. */
_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same, with the reason of the last failed system call appended. */
_Noreturn void die_errno(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same, for a wrong command line: points to --help and exits with status 2. */
_Noreturn void die_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Prints "program: message" and goes on. */
void die_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
