/* test_draw.c -- labels, label noise and the order of the inputs: their laws, and the very draws. */
#include "unit.h"

#include "draw.h"
#include "rng.h"

enum { N = 60000 };
static float p[4 * N];
static uint8_t label[N], fixed[N], before[N];
static uint32_t order[N];

/* Four classes with the same probabilities everywhere, or two. */
static struct dataset make(size_t classes)
{
    static const float of_four[] = {0.1F, 0.4F, 0.2F, 0.3F};
    for (size_t k = 0; k < classes * N; k++)
        p[k] = classes == 2 ? 0.3F : of_four[k % 4];
    return (struct dataset){.n = N, .features = 16, .classes = classes, .py_x = p};
}

static void count(double *share, size_t classes)
{
    for (size_t y = 0; y < classes; y++)
        share[y] = 0.0;
    for (size_t i = 0; i < N; i++) {
        unit_require(label[i] < classes, "label %d", label[i]);
        share[label[i]] += 1.0 / N;
    }
}

START_TEST(labels_by_their_probabilities)
{
    const struct config c = {.fraction = 1.0, .seed = 5};
    double share[4];
    struct dataset d = make(4);
    draw_labels(label, &d, &c, 1);
    count(share, 4);
    for (size_t y = 0; y < 4; y++) {
        const double q = (double)p[y];
        ck_assert_double_eq_tol(share[y], q, 5.0 * sqrt(q * (1.0 - q) / N));
    }
    d = make(2);
    draw_labels(label, &d, &c, 1);
    count(share, 2);
    ck_assert_double_eq_tol(share[1], 0.3, 5.0 * sqrt(0.21 / N));
    struct rng r; /* two classes: label 1 where the uniform number is below p(y=1|x) */
    rng_stream(&r, 5, 1, RNG_LABELS);
    for (size_t i = 0; i < N; i++)
        unit_require(label[i] == (rng_uniform(&r) < 0.3F), "label %zu", i);
}
END_TEST

/* The labels of a data set are taken as they are; shuffled, there are as many of each. */
START_TEST(labels_of_the_data)
{
    struct config c = {.fraction = 1.0, .seed = 5};
    for (size_t i = 0; i < N; i++)
        fixed[i] = (uint8_t)(i * i % 10);
    const struct dataset d = {.n = N, .features = 16, .classes = 10, .label = fixed};
    draw_labels(label, &d, &c, 3);
    ck_assert_mem_eq(label, fixed, sizeof label);
    double own[10], dealt[10];
    count(own, 10);
    c.labels = CONFIG_LABELS_SHUFFLED;
    draw_labels(label, &d, &c, 3);
    count(dealt, 10);
    size_t same = 0;
    double agree = 0.0;
    for (size_t i = 0; i < N; i++)
        same += label[i] == fixed[i];
    for (size_t y = 0; y < 10; y++) {
        ck_assert_double_eq(own[y], dealt[y]);
        agree += own[y] * own[y];
    }
    ck_assert_double_eq_tol((double)same / N, agree, 5.0 * sqrt(agree / N));
}
END_TEST

START_TEST(orders)
{
    struct config c = {.fraction = 0.5, .seed = 5};
    const struct dataset d = make(2);
    static uint8_t seen[N];
    size_t in_place = 0;
    draw_order(order, &d, &c, 3);
    for (size_t i = 0; i < N; i++) {
        in_place += order[i] == i;
        unit_require(order[i] < N && !seen[order[i]]++, "input %u twice", order[i]);
    }
    ck_assert_uint_lt(in_place, 10);
    c.in_order = 1;
    draw_order(order, &d, &c, 3);
    for (size_t i = 0; i < N; i++)
        unit_require(order[i] == i, "input %zu", i);
}
END_TEST

/* So large a share of the training labels, and no other, becomes another label, each as often. */
START_TEST(label_noise)
{
    const struct config c = {.fraction = 0.5, .seed = 5, .label_noise = 0.2};
    const struct dataset d = make(4);
    const size_t samples = N / 2;
    draw_order(order, &d, &c, 3);
    draw_labels(label, &d, &c, 3);
    memcpy(before, label, sizeof before);
    draw_label_noise(label, order, samples, &d, &c, 3);
    double further[4] = {0};
    for (size_t k = 0; k < samples; k++)
        further[(label[order[k]] + 4 - before[order[k]]) % 4] += 1.0 / (double)samples;
    for (size_t k = samples; k < N; k++)
        unit_require(label[order[k]] == before[order[k]], "input %u is not trained on", order[k]);
    for (size_t y = 1; y < 4; y++)
        ck_assert_double_eq_tol(further[y], 0.2 / 3.0, 5.0 * sqrt(0.0667 / (double)samples));

    const struct config off = {.fraction = 0.5, .seed = 5};
    memcpy(label, before, sizeof before);
    draw_label_noise(label, order, samples, &d, &off, 3);
    ck_assert_mem_eq(label, before, sizeof before);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {labels_by_their_probabilities, labels_of_the_data, orders,
                                  label_noise};
    return unit_run("draw", tests, sizeof tests / sizeof *tests);
}
