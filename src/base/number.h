/* number.h -- numbers as text, and back: the one form that tables, numbers for the paper and records
 * have.  Programs here never leave the locale they start in, C's. */
#ifndef NUMBER_H
#define NUMBER_H

#include <stddef.h>
#include <stdio.h>

enum {
    NUMBER_DIGITS = 9, /* of a column: what a float needs to come back as it was */
    NUMBER_TEXT = 32   /* room for any number of up to 17 digits */
};

/* ---- writing ---- */

/* x with so many significant digits, up to 17, as by "%.*g"; NaN is nan, without a sign, for that is
 * the platform's; infinities are inf and -inf.  Returns text. */
char *number_text(char text[NUMBER_TEXT], double x, int digits);

/* The same to a stream. */
void number_write(FILE *f, double x, int digits);

/* x[n] as further columns of a row: a tab before each, NUMBER_DIGITS digits. */
void number_columns(FILE *f, const double *x, size_t n);

/* ---- reading: *at is moved behind the number and the character `end`, one that ends a field, which
 * must stand there (NUL too, which is not stepped over).  What these return is whether a number in
 * the form above did, from low to high; if not, *at and the result are as before.  Refused are
 * blanks, a plus, hexadecimal digits, anything behind the number, and overflow as in 1e999.  inf is
 * a number only if low or high is. ---- */

int number_read(const char **at, double *x, char end, double low, double high);

/* The same; nan is welcome, too. */
int number_read_or_nan(const char **at, double *x, char end, double low, double high);

/* A whole number, of digits only. */
int number_read_count(const char **at, size_t *n, char end, size_t low, size_t high);

#endif
