#include "number.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- writing ---- */

char *number_text(char text[NUMBER_TEXT], double x, int digits)
{
    if (isnan(x))
        snprintf(text, NUMBER_TEXT, "nan");
    else
        snprintf(text, NUMBER_TEXT, "%.*g", digits, x);
    return text;
}

void number_write(FILE *f, double x, int digits)
{
    char text[NUMBER_TEXT];
    fputs(number_text(text, x, digits), f);
}

void number_columns(FILE *f, const double *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        fputc('\t', f);
        number_write(f, x[i], NUMBER_DIGITS);
    }
}

/* ---- reading ---- */

/* Steps over the end of a field; false if something else stands there. */
static int step_over(const char **at, const char *stop, char end)
{
    if (*stop != end)
        return 0;
    *at = end == '\0' ? stop : stop + 1;
    return 1;
}

/* The length of the number that stands at the beginning of a text, as number_text writes it. */
static size_t length_of(const char *text)
{
    const size_t sign = *text == '-';
    if (strncmp(text + sign, "inf", 3) == 0)
        return sign + 3;
    if (text[sign] < '0' || text[sign] > '9')
        return 0;
    return sign + strspn(text + sign, "0123456789.e+-");
}

int number_read(const char **at, double *x, char end, double low, double high)
{
    char *stop;
    const char *text = *at;
    const size_t length = length_of(text);
    if (length == 0)
        return 0;
    errno = 0;
    const double value = strtod(text, &stop);
    if (stop != text + length || (errno == ERANGE && fabs(value) > 1.0))
        return 0;
    if (!(value >= low && value <= high) || !step_over(at, stop, end))
        return 0;
    *x = value;
    return 1;
}

int number_read_or_nan(const char **at, double *x, char end, double low, double high)
{
    if (strncmp(*at, "nan", 3) != 0)
        return number_read(at, x, end, low, high);
    if (!step_over(at, *at + 3, end))
        return 0;
    *x = (double)NAN;
    return 1;
}

int number_read_count(const char **at, size_t *n, char end, size_t low, size_t high)
{
    char *stop;
    if (**at < '0' || **at > '9')
        return 0;
    errno = 0;
    const unsigned long value = strtoul(*at, &stop, 10);
    if (errno != 0 || value < low || value > high || !step_over(at, stop, end))
        return 0;
    *n = value;
    return 1;
}
