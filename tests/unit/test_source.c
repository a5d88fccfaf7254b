/* test_source.c -- sources of the bottleneck: what is told apart where labels are as good as certain,
 * against closed forms and long double; measures by hand. */
#include "unit.h"

#include "bound.h"
#include "entropy.h"

enum { CLASSES = TASK_CLASSES };

/* D_KL of two distributions on two labels by their log-odds, in long double, which is enough as long
 * as they are not close. */
static double slow_distortion(double a, double b)
{
    const long double p1 = 1.0L / (1.0L + expl(-(long double)a));
    const long double p0 = 1.0L / (1.0L + expl((long double)a));
    const long double one = log1pl(expl(-(long double)b)) - log1pl(expl(-(long double)a));
    const long double zero = log1pl(expl((long double)b)) - log1pl(expl((long double)a));
    return (double)(p1 * one + p0 * zero);
}

static double distortion(double odds, double to)
{
    struct source *s = source_alloc_odds((double[]){1}, &odds, 1, 2);
    double r[2], log_r[2];
    odds_softmax(log_r, r, &to, 2);
    const double d = source_distortion(s, 0, r, log_r);
    source_free(s);
    return d;
}

/* The divergence has all its digits: against long double, and where that has none left, between
 * 1 - 1e-30 and 1 - 1e-40, against the first terms of its series. */
START_TEST(distortion_to_all_digits)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < 20000; i++) {
        const double a = unit_uniform(&state, -3.0, 3.0), b = unit_uniform(&state, -6.0, 6.0);
        if (fabs(a - b) > 0.01)
            unit_require(fabs(distortion(a, b) / slow_distortion(a, b) - 1.0) < 2e-13,
                         "odds %g, %g: %.17g, %.17g", a, b, distortion(a, b),
                         slow_distortion(a, b));
    }
    const double far = log(1e30), farther = log(1e40);
    for (double sign = -1.0; sign <= 1.0; sign += 2.0) { /* p log(p/r) - p + r of the rare label */
        ck_assert_double_eq_tol(distortion(sign * far, sign * farther) / 1e-30,
                                log(1e10) - 1.0 + 1e-10, 1e-12);
        ck_assert_double_eq_tol(distortion(sign * farther, sign * far) / 1e-30,
                                1.0 - 1e-10 * (1.0 + log(1e10)), 1e-12);
        /* close to each other: p (1 - p) v^2/2 (1 + (1 - 2p) v/3 + ...) with v the step of log-odds */
        ck_assert_double_eq_tol(distortion(sign * far, sign * (far - 1e-4)) / 1e-30,
                                0.5e-8 * (1.0 + 1e-4 / 3.0 + 1e-8 / 12.0), 1e-18);
    }
    ck_assert_double_eq(distortion(50.0, 50.0), 0.0);
}
END_TEST

/* The generic sum of terms and the short cut for two labels agree: a third label that never comes. */
START_TEST(short_cut)
{
    uint64_t state = 2385;
    for (size_t i = 0; i < 2000; i++) {
        const double p = pow(unit_uniform(&state, 0.001, 0.999), unit_random(&state) % 2 ? 1 : 30);
        const double q = pow(unit_uniform(&state, 0.001, 0.999), unit_random(&state) % 2 ? 1 : 30);
        const double r[3] = {1.0 - q, q, 0.0};
        double log_r[3];
        odds_log(log_r, r, 3);
        struct source *two = source_alloc((double[]){1}, (double[]){1.0 - p, p}, 1, 2);
        struct source *three = source_alloc((double[]){1}, (double[]){1.0 - p, p, 0.0}, 1, 3);
        const double d = source_distortion(two, 0, r, log_r);
        unit_require(fabs(source_distortion(three, 0, r, log_r) - d) <= 1e-12 * d, "%g, %g: %g", p,
                     q, d);
        source_free(three);
        source_free(two);
    }
}
END_TEST

/* Probabilities and log-odds make the same source; the likeliest label is 1 less the others. */
START_TEST(two_ways)
{
    const double px[] = {1, 2, 3}, odds[] = {-3.0, 0.5, log(1e30)};
    double py_x[6];
    for (size_t x = 0; x < 3; x++) {
        py_x[2 * x] = 1.0 / (1.0 + exp(odds[x]));
        py_x[2 * x + 1] = x == 2 ? 1.0 : 1.0 - py_x[2 * x];
    }
    struct source *a = source_alloc(px, py_x, 3, 2), *b = source_alloc_odds(px, odds, 3, 2);
    for (size_t x = 0; x < 3; x++)
        for (size_t y = 0; y < 2; y++) {
            ck_assert_double_eq_tol(a->py_x[2 * x + y] / b->py_x[2 * x + y], 1.0, 1e-14);
            ck_assert_double_eq_tol(a->log_py_x[2 * x + y] / b->log_py_x[2 * x + y], 1.0, 1e-14);
        }
    ck_assert_double_eq_tol(b->log_py_x[5] / -1e-30, 1.0, 1e-13);
    ck_assert_double_eq_tol(a->i_xy, b->i_xy, 1e-15);
    ck_assert_double_eq_tol(a->h_y, b->h_y, 1e-15);
    source_free(b);
    source_free(a);
}
END_TEST

/* What a merger of two near-certain inputs of equal weight loses: p(y=0|x) = 1e-30 and 1e-40 have the
 * mean 0.5e-30, and lose half of 1e-30 log 2.  Alone, an input loses nothing at all. */
START_TEST(loss_of_the_nearly_certain)
{
    const double px[] = {1, 1}, odds[] = {log(1e30), log(1e40)};
    struct source *s = source_alloc_odds(px, odds, 2, 2);
    double i_x, lost;
    source_measure(&i_x, &lost, s, (double[]){1, 1}, 1);
    ck_assert_double_eq(i_x, 0.0);
    ck_assert_double_eq_tol(lost / 0.5e-30, 1.0, 1e-8);
    ck_assert_double_eq_tol(s->i_xy / lost, 1.0, 1e-12);
    source_measure(&i_x, &lost, s, (double[]){1, 0, 0, 1}, 2);
    ck_assert_double_eq(i_x, 1.0);
    ck_assert_double_eq(lost, 0.0);
    ck_assert_double_eq(s->i_end, 1.0);
    source_free(s);
}
END_TEST

/* Where the curve ends: inputs of one p(y|x) count as one, of 1e-30 and 1e-40 as two; the task's end is
 * the entropy of its classes. */
START_TEST(end_of_the_curve)
{
    const double odds[] = {log(1e30), 0.3, log(1e40), 0.3};
    struct source *s = source_alloc_odds((double[]){1, 1, 2, 4}, odds, 4, 2);
    ck_assert_double_eq_tol(s->i_end, 5.0 / 8.0 * log2(8.0 / 5.0) + 3.0 / 8.0 + 2.0 / 8.0 * 2.0,
                            1e-14);
    source_free(s);
    static struct task task;
    ck_assert_int_eq(task_init(&task, TASK_SMOOTH, 0.99), 0);
    double size[CLASSES];
    for (size_t c = 0; c < CLASSES; c++)
        size[c] = task.size[c];
    s = classes_source(&task, task.gamma);
    ck_assert_double_eq_tol(s->i_end, entropy_of_counts(size, CLASSES), 1e-12);
    source_free(s);
}
END_TEST

/* Up to 64 labels: a channel that keeps one of n values with probability 1 - e and else draws anew. */
START_TEST(many_labels)
{
    enum { N = SOURCE_MAX_LABELS };
    static double px[N], py_x[N * N], pt_x[N * N];
    const double e = 0.385, k = 1.0 - e + e / N;
    for (size_t x = 0; x < N; x++) {
        px[x] = 1.0;
        for (size_t y = 0; y < N; y++) {
            py_x[x * N + y] = x == y ? k : e / N;
            pt_x[x * N + y] = x / 2 == y;
        }
    }
    struct source *s = source_alloc(px, py_x, N, N);
    const double h = -k * log2(k) - (N - 1) * e / N * log2(e / N);
    ck_assert_double_eq_tol(s->i_xy, log2(N) - h, 1e-12);
    ck_assert_double_eq_tol(s->i_end, log2(N), 1e-12);
    double i_x, lost; /* pairs: two labels have the mean of k and e/N */
    source_measure(&i_x, &lost, s, pt_x, N);
    const double m = 0.5 * (k + e / N);
    ck_assert_double_eq_tol(i_x, log2(N / 2), 1e-12);
    ck_assert_double_eq_tol(lost, -2.0 * m * log2(m) - (N - 2) * e / N * log2(e / N) - h, 1e-12);
    source_free(s);
}
END_TEST

/* Two inputs, two clusters: p(t=1|x) = 0.1 and 0.8, p(y=1|x) = 0.3 and 0.9, p(x) = 1/4 and 3/4. */
START_TEST(measure_by_hand)
{
    struct source *b = source_alloc((double[]){1, 3}, (double[]){0.7, 0.3, 0.1, 0.9}, 2, 2);
    double i_x, i_y;
    bound_measure(&i_x, &i_y, b, (double[]){0.9, 0.1, 0.2, 0.8}, 2);
    /* p(t=1) = .625; p(t=1, y=1) = .25 .1 .3 + .75 .8 .9 = .5475, p(y=1) = .75 */
    const double h_t_x = 0.25 * entropy_binary(0.1) + 0.75 * entropy_binary(0.2);
    ck_assert_double_eq_tol(i_x, entropy_binary(0.625) - h_t_x, 1e-14);
    const double h_y_t =
        0.625 * entropy_binary(0.5475 / 0.625) + 0.375 * entropy_binary((0.75 - 0.5475) / 0.375);
    ck_assert_double_eq_tol(i_y, entropy_binary(0.75) - h_y_t, 1e-14);
    /* an empty cluster and a cluster without y = 0 */
    bound_measure(&i_x, &i_y, b, (double[]){1, 0, 0, 0, 0, 1}, 3);
    ck_assert_double_eq_tol(i_x, entropy_binary(0.25), 1e-14);
    ck_assert_double_eq_tol(i_y, b->i_xy, 1e-14);

    /* d and the row of an encoder */
    const double r[] = {0.5, 0.5, 0.0, 1.0}, log_r[] = {log(0.5), log(0.5), -INFINITY, 0.0};
    const double d = 0.7 * log(1.4) + 0.3 * log(0.6);
    ck_assert_double_eq_tol(source_distortion(b, 0, r, log_r), d, 1e-15);
    ck_assert_double_eq(source_distortion(b, 0, r + 2, log_r + 2), INFINITY);
    double w[2];
    const double log_q[] = {log(0.6), log(0.4)};
    ck_assert_double_eq_tol(source_row(w, b, 0, 2.0, log_q, r, log_r, 2), log(0.6) - 2.0 * d,
                            1e-15);
    ck_assert_double_eq(w[0], 1.0);
    ck_assert_double_eq(w[1], 0.0);
    source_row(w, b, 0, 0.0, log_q, r, log_r, 2);
    ck_assert_double_eq_tol(w[1], 0.4, 1e-15);
    source_free(b);
}
END_TEST

START_TEST(refusals)
{
    const double px[] = {1, 1}, py_x[] = {0.5, 0.5, 0.2, 0.8};
    ck_assert_ptr_null(source_alloc(px, py_x, 0, 2));
    ck_assert_ptr_null(source_alloc(px, py_x, 2, 1));
    ck_assert_ptr_null(source_alloc(px, py_x, 2, SOURCE_MAX_LABELS + 1));
    static const double bad[] = {-0.1, NAN, INFINITY};
    for (size_t i = 0; i < 3; i++) {
        ck_assert_ptr_null(source_alloc((double[]){1, bad[i]}, py_x, 2, 2));
        ck_assert_ptr_null(source_alloc(px, (double[]){0.5, 0.5, bad[i], 0.8}, 2, 2));
        ck_assert_ptr_null(source_alloc(px, (double[]){0.5, 0.5, 1.0 - bad[i], bad[i]}, 2, 2));
    }
    ck_assert_ptr_null(source_alloc((double[]){0, 0}, py_x, 2, 2));
    ck_assert_ptr_null(source_alloc(px, (double[]){0.5, 0.5, 0.2, 0.8 + 1e-8}, 2, 2));
    source_free(NULL);
    ck_assert_ptr_null(source_alloc_odds(px, (double[]){NAN, 0.0}, 2, 2));
    ck_assert_ptr_null(source_alloc_odds(px, (double[]){0.0, INFINITY, 0.0, 0.0}, 2, 3));
    struct source *s = source_alloc_odds(px, (double[]){-INFINITY, INFINITY}, 2, 2);
    ck_assert_double_eq(s->i_xy, 1.0);
    source_free(s);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        distortion_to_all_digits, short_cut,   two_ways,        loss_of_the_nearly_certain,
        end_of_the_curve,         many_labels, measure_by_hand, refusals};
    return unit_run("source", tests, sizeof tests / sizeof *tests);
}
