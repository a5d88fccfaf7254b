/* test_tasks.c -- data sets by name: what is made of a text, and which texts are refused. */
#include "unit.h"

#include "icosahedron.h"
#include "rng.h"
#include "tasks.h"

/* The same numbers as the struct that the claims use; p(y|x) is the log-odds' to 24 bits. */
START_TEST(icosahedron)
{
    static struct task task;
    struct dataset d;
    for (int hard = 0; hard < 2; hard++) {
        ck_assert_int_eq(task_init(&task, hard ? TASK_HARD : TASK_SMOOTH, 0.99), 0);
        ck_assert_ptr_null(tasks_make(&d, hard ? "icosahedron:hard" : "icosahedron:0.99"));
        ck_assert_ptr_null(dataset_check(&d));
        ck_assert_uint_eq(d.n, 4096);
        ck_assert_uint_eq(d.features, 12);
        ck_assert_uint_eq(d.classes, 2);
        ck_assert(d.counted);
        ck_assert_mem_eq(d.py_x, task.py_x, sizeof task.py_x);
        ck_assert_double_eq(d.i_xy, task.i_xy);
        ck_assert_double_eq(d.h_y, task.h_y);
        const double h_y = d.h_y, i_xy = d.i_xy;
        dataset_entropies(&d);
        ck_assert_double_eq_tol(d.h_y, h_y, 1e-12);
        ck_assert_double_eq_tol(d.i_xy, i_xy, 1e-12);
        ck_assert_int_eq(d.log_odds == NULL, hard);
        for (size_t k = 0; k < d.n && !hard; k++) {
            const double f = task.f[task.class[k]], odds = task.gamma * (f - 5.89);
            unit_require(d.log_odds[k] == odds, "pattern %zu", k);
            unit_require((double)d.py_x[k] == (double)(float)(1.0 / (1.0 + exp(-odds))),
                         "pattern %zu", k);
        }
        dataset_free(&d);
        ck_assert_ptr_null(d.memory);
    }
}
END_TEST

/* As floats, many of the 64 classes are the same p(y|x). */
START_TEST(log_odds_tell_all_classes_apart)
{
    struct dataset d;
    size_t different = 0;
    ck_assert_ptr_null(tasks_make(&d, "icosahedron:0.99"));
    for (size_t k = 0; k < d.n; k++) {
        size_t j = 0;
        while (j < k && d.log_odds[j] != d.log_odds[k])
            j++;
        different += j == k;
    }
    ck_assert_uint_eq(different, TASK_CLASSES);
    dataset_free(&d);
}
END_TEST

/* The label hangs on the first bits alone, each of their patterns has a likelier one, half of them
 * either, and I(X;Y) is that of the probabilities as they are, summed up. */
START_TEST(relevant_bits)
{
    struct dataset d, other;
    ck_assert_ptr_null(tasks_make(&d, "relevant:6:12:0.999:3"));
    ck_assert_ptr_null(dataset_check(&d));
    ck_assert_uint_eq(d.n, 4096);
    ck_assert_uint_eq(d.features, 12);
    size_t ones = 0;
    for (size_t x = 0; x < d.n; x++) {
        unit_require(d.bits[x] == x, "%zu", x);
        unit_require(d.py_x[x] == d.py_x[x / 64 * 64], "%zu", x);
        unit_require(d.py_x[x] == 0.999F || d.py_x[x] == (float)(1.0 - 0.999), "%zu", x);
        unit_require(fabs(1.0 / (1.0 + exp(-d.log_odds[x])) - (double)d.py_x[x]) < 1e-7, "%zu", x);
        ones += d.py_x[x] > 0.5F;
    }
    ck_assert_uint_eq(ones, 2048);
    const double i_xy = d.i_xy;
    dataset_entropies(&d);
    ck_assert_double_eq_tol(d.h_y, 1.0, 1e-7);
    ck_assert_double_eq_tol(d.i_xy, i_xy, 1e-6);
    ck_assert_ptr_null(tasks_make(&other, "relevant:6:12:0.999:4"));
    ck_assert_mem_ne(d.py_x, other.py_x, d.n * sizeof *d.py_x);
    dataset_free(&other);
    dataset_free(&d);
}
END_TEST

START_TEST(random_images)
{
    struct dataset d, again;
    ck_assert_ptr_null(tasks_make(&d, "random:784:10:500:7"));
    ck_assert_ptr_null(dataset_check(&d));
    ck_assert_uint_eq(d.n, 500);
    ck_assert_uint_eq(d.features, 784);
    ck_assert_uint_eq(d.classes, 10);
    double mean = 0.0, share[10] = {0};
    for (size_t k = 0; k < d.n * d.features; k++) {
        unit_require(d.x[k] >= 0.0F && d.x[k] < 1.0F, "number %zu", k);
        mean += (double)d.x[k];
    }
    const double n = (double)(d.n * d.features);
    ck_assert_double_eq_tol(mean / n, 0.5, 5.0 / sqrt(12.0 * n));
    for (size_t i = 0; i < d.n; i++)
        share[d.label[i]] += 1.0 / 500.0;
    for (size_t y = 0; y < 10; y++)
        ck_assert_double_eq_tol(share[y], 0.1, 5.0 * sqrt(0.09 / 500.0));
    ck_assert_double_eq(d.h_y, d.i_xy);
    uint32_t word;
    rng_fill(&word, 1, 7, 0, RNG_DATA, 0, 12345);
    ck_assert_float_eq(d.x[12345], (float)(word >> 8) * 0x1p-24F);

    ck_assert_ptr_null(tasks_make(&again, "random:784:10:500:7"));
    ck_assert_mem_eq(d.x, again.x, d.n * d.features * sizeof *d.x);
    ck_assert_mem_eq(d.label, again.label, d.n);
    dataset_free(&again);
    ck_assert_ptr_null(tasks_make(&again, "random:784:10:500:8"));
    ck_assert_mem_ne(d.x, again.x, d.n * d.features * sizeof *d.x);
    dataset_free(&again);
    dataset_free(&d);
}
END_TEST

START_TEST(refused)
{
    static const char *const text[] = {"",
                                       "icosahedron",
                                       "icosahedron:",
                                       "icosahedron:soft",
                                       "icosahedron:0.99x",
                                       "icosahedron:1.5",
                                       "icosahedron:-1",
                                       "icosahedron:nan",
                                       "icosahedra:0.99",
                                       "random:1:2:3",
                                       "random:0:2:3:4",
                                       "random:1:1:3:4",
                                       "random:1:65:3:4",
                                       "random:1:2:0:4",
                                       "random:1:2:3:4:5",
                                       "random:1:2:1048577:4",
                                       "relevant:6:12:0.999",
                                       "relevant:0:12:0.999:1",
                                       "relevant:7:6:0.999:1",
                                       "relevant:6:17:0.999:1",
                                       "relevant:6:12:0.5:1",
                                       "relevant:6:12:1:1"};
    struct dataset d;
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        unit_require(tasks_make(&d, text[i]) != NULL, "\"%s\" was taken", text[i]);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {icosahedron, log_odds_tell_all_classes_apart, random_images,
                                  relevant_bits, refused};
    return unit_run("tasks", tests, sizeof tests / sizeof *tests);
}
