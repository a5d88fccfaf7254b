/* test_number.c -- numbers as text, and back. */
#include "unit.h"

#include "number.h"

static const char *text_of(double x, int digits)
{
    static char text[NUMBER_TEXT];
    return number_text(text, x, digits);
}

/* As printf writes them, but for the sign of NaN. */
START_TEST(written)
{
    ck_assert_str_eq(text_of(0.0, 9), "0");
    ck_assert_str_eq(text_of(-0.0, 9), "-0");
    ck_assert_str_eq(text_of(1.0 / 3.0, 9), "0.333333333");
    ck_assert_str_eq(text_of(1.0 / 3.0, 12), "0.333333333333");
    ck_assert_str_eq(text_of(-2.0 / 3.0 * 1e-7, 9), "-6.66666667e-08");
    ck_assert_str_eq(text_of(123456789012.0, 12), "123456789012");
    ck_assert_str_eq(text_of(1234567890123.0, 12), "1.23456789012e+12");
    ck_assert_str_eq(text_of((double)INFINITY, 9), "inf");
    ck_assert_str_eq(text_of(-(double)INFINITY, 9), "-inf");
    ck_assert_str_eq(text_of(copysign((double)NAN, 1.0), 9), "nan");
    ck_assert_str_eq(text_of(copysign((double)NAN, -1.0), 12), "nan");
    ck_assert_uint_lt(strlen(text_of(-1.2345678901234567e-308, 17)), NUMBER_TEXT);
}
END_TEST

START_TEST(columns)
{
    char text[128];
    FILE *f = fmemopen(text, sizeof text, "w");
    ck_assert_ptr_nonnull(f);
    fputs("1", f);
    number_columns(f, (const double[]){0.1, copysign((double)NAN, -1.0), 2e10 / 3.0}, 3);
    number_columns(f, NULL, 0);
    fputc('\t', f);
    number_write(f, 0.1, 3);
    fclose(f);
    ck_assert_str_eq(text, "1\t0.1\tnan\t6.66666667e+09\t0.1");
}
END_TEST

enum { NOT_NAN, OR_NAN };

/* Reads one field; returns whether there was one, and checks that nothing moves if there was none. */
static int taken(double *x, const char *text, char end, double low, double high, int or_nan)
{
    const char *at = text;
    *x = -77.0;
    const int found = (or_nan ? number_read_or_nan : number_read)(&at, x, end, low, high);
    if (found)
        ck_assert_ptr_eq(at, strchr(text, end) + (end != '\0'));
    else {
        ck_assert_ptr_eq(at, text);
        ck_assert_double_eq(*x, -77.0);
    }
    return found;
}

START_TEST(read_numbers)
{
    static const struct {
        const char *text;
        double value;
    } good[] = {{"0\t", 0.0},       {"-0\t7", -0.0},         {"5.77\t", 5.77},
                {"-3e-7\t", -3e-7}, {"1.5e+300\t", 1.5e300}, {"4e-320\t", 4e-320}};
    double x;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        ck_assert_msg(taken(&x, good[i].text, '\t', -1e301, 1e301, NOT_NAN), "%s", good[i].text);
        ck_assert_double_eq(x, good[i].value);
        ck_assert_int_eq(signbit(x) != 0, signbit(good[i].value) != 0);
    }
    static const char *const bad[] = {
        "",       "\t",    " 1\t",  "+1\t",   "1 \t",       "1\n",   "1x\t",    "0x10\t",   "1e\t",
        "1e5+\t", "1-2\t", "--1\t", "-\t",    ".5\t",       "e5\t",  "1e999\t", "-1e999\t", "nan\t",
        "-nan\t", "NAN\t", "inf\t", "-inf\t", "infinity\t", "1,5\t", "1"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!taken(&x, bad[i], '\t', -1e301, 1e301, NOT_NAN), "%s", bad[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(taken(&x, bad[i], '\t', -1e301, 1e301, OR_NAN) == !strcmp(bad[i], "nan\t"),
                      "%s", bad[i]);
    ck_assert(!taken(&x, "nanx\t", '\t', 0.0, 1.0, OR_NAN));
    ck_assert(!taken(&x, "nan(7)\t", '\t', 0.0, 1.0, OR_NAN));
}
END_TEST

START_TEST(read_ranges)
{
    double x;
    for (int or_nan = NOT_NAN; or_nan <= OR_NAN; or_nan++) {
        ck_assert(taken(&x, "0\n", '\n', 0.0, 1.0, or_nan));
        ck_assert(taken(&x, "-0\n", '\n', 0.0, 1.0, or_nan));
        ck_assert(taken(&x, "1\n", '\n', 0.0, 1.0, or_nan));
        ck_assert(!taken(&x, "1.00000001\n", '\n', 0.0, 1.0, or_nan));
        ck_assert(!taken(&x, "-1e-9\n", '\n', 0.0, 1.0, or_nan));
        ck_assert(!taken(&x, "inf\n", '\n', 0.0, 1e308, or_nan));
        ck_assert(taken(&x, "inf\n", '\n', 0.0, (double)INFINITY, or_nan));
        ck_assert(isinf(x));
        ck_assert(!taken(&x, "-inf\n", '\n', 0.0, (double)INFINITY, or_nan));
        ck_assert(taken(&x, "-inf\n", '\n', -(double)INFINITY, 0.0, or_nan));
        ck_assert(!taken(&x, "1e999\n", '\n', 0.0, (double)INFINITY, or_nan));
    }
}
END_TEST

/* The end of the text is the end of a field, too, and is not stepped over. */
START_TEST(read_at_the_end)
{
    double x;
    size_t n;
    const char *at = "2.5";
    ck_assert(taken(&x, at, '\0', 0.0, 9.0, NOT_NAN));
    ck_assert(taken(&x, "nan", '\0', 0.0, 9.0, OR_NAN));
    ck_assert(number_read_count(&(const char *){"25"}, &n, '\0', 0, 99));
    ck_assert_uint_eq(n, 25);
    ck_assert(!number_read_count(&(const char *){"2.5"}, &n, '\0', 0, 99));
}
END_TEST

START_TEST(read_counts)
{
    static const struct {
        const char *text;
        size_t value;
    } good[] = {{"3\t", 3}, {"17\t5\t", 17}, {"9\t", 9}};
    static const char *const bad[] = {"",      "\t",    " 4\t",  "-4\t",  "+4\t",
                                      "4.0\t", "4e0\t", "4x\t",  "4 \t",  "4\n",
                                      "2\t",   "18\t",  "nan\t", "0x4\t", "99999999999999999999\t"};
    for (size_t i = 0; i < 3; i++) {
        size_t n = 0;
        const char *at = good[i].text;
        ck_assert(number_read_count(&at, &n, '\t', 3, 17));
        ck_assert_uint_eq(n, good[i].value);
        ck_assert_ptr_eq(at, strchr(good[i].text, '\t') + 1);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        size_t n = 99;
        const char *at = bad[i];
        ck_assert_msg(!number_read_count(&at, &n, '\t', 3, 17), "%s", bad[i]);
        ck_assert_uint_eq(n, 99);
        ck_assert_ptr_eq(at, bad[i]);
    }
    size_t n;
    ck_assert(!number_read_count(&(const char *){"99999999999999999999\t"}, &n, '\t', 0, SIZE_MAX));
}
END_TEST

/* What is written comes back: a float from 9 digits, a double from 17. */
START_TEST(there_and_back)
{
    uint64_t state = 5;
    for (size_t i = 0; i < unit_volume(20000); i++) {
        const uint64_t bits = unit_random(&state);
        const uint32_t half = (uint32_t)(bits >> 32);
        double x, back;
        float single;
        memcpy(&x, &bits, sizeof x);
        memcpy(&single, &half, sizeof single);
        char text[NUMBER_TEXT + 1];
        const char *at = strcat(number_text(text, x, 17), "\n");
        unit_require(number_read_or_nan(&at, &back, '\n', -(double)INFINITY, (double)INFINITY),
                     "%s", text);
        unit_require(isnan(x) ? isnan(back) : memcmp(&x, &back, sizeof x) == 0, "%s", text);
        at = strcat(number_text(text, (double)single, NUMBER_DIGITS), "\n");
        unit_require(number_read_or_nan(&at, &back, '\n', -(double)INFINITY, (double)INFINITY),
                     "%s", text);
        unit_require(isnan(single) ? isnan(back) : (float)back == single, "%s", text);
    }
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {written,         columns,     read_numbers,  read_ranges,
                                  read_at_the_end, read_counts, there_and_back};
    return unit_run("number", tests, sizeof tests / sizeof *tests);
}
