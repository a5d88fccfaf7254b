/* die.h -- how a program of this project ends when it cannot go on: one line on stderr that names
 * the program, the thing and the remedy, and an exit status: 2 for a wrong call, 1 for the rest. */
#ifndef DIE_H
#define DIE_H

/* The name that opens every message; the string must stay valid. */
void die_program(const char *name);

/* Prints "program: message" and exits with status 1. */
_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same, with the reason of the last failed system call appended. */
_Noreturn void die_errno(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same, for a wrong command line: points to --help and exits with status 2. */
_Noreturn void die_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Prints "program: message" and goes on. */
void die_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
