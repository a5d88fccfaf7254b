/* test_icosahedron.c -- the icosahedron, the power of its patterns, the two rules, the symmetries. */
#include "unit.h"

#include <gsl/gsl_sf_legendre.h>
#include <nettle/sha2.h>

#include "icosahedron.h"

static double dot(const double a[3], const double b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static double vertex_cosine(size_t i, size_t j)
{
    double a[3], b[3];
    task_vertex(a, i);
    task_vertex(b, j);
    return dot(a, b);
}

static int has(unsigned pattern, size_t i)
{
    return (int)(pattern >> (11 - i) & 1U);
}

/* Each vertex of an icosahedron has five neighbours at cosine 1/sqrt(5), five second neighbours at
 * the opposite and one antipode. */
START_TEST(vertices)
{
    for (size_t i = 0; i < TASK_BITS; i++) {
        size_t count[TASK_DISTANCES] = {0};
        ck_assert_double_eq_tol(vertex_cosine(i, i), 1.0, 1e-15);
        for (size_t j = 0; j < TASK_BITS; j++) {
            static const double cosine[TASK_DISTANCES] = {0.447213595499958, -0.447213595499958,
                                                          -1.0};
            if (i == j)
                continue;
            const size_t d = task_distance(i, j);
            ck_assert_uint_lt(d, TASK_DISTANCES);
            ck_assert_double_eq_tol(vertex_cosine(i, j), cosine[d], 1e-14);
            count[d]++;
        }
        ck_assert_uint_eq(count[0], 5);
        ck_assert_uint_eq(count[1], 5);
        ck_assert_uint_eq(count[2], 1);
    }
    /* Vertex 0 is (0, 1, phi), vertex 4 is (phi, 0, -1), over their length */
    const double phi = 1.618033988749895, length = sqrt(1.0 + phi * phi);
    double r[3];
    task_vertex(r, 0);
    ck_assert_double_eq_tol(r[1], 1.0 / length, 1e-15);
    ck_assert_double_eq_tol(r[2], phi / length, 1e-15);
    task_vertex(r, 4);
    ck_assert_double_eq_tol(r[0], phi / length, 1e-15);
    ck_assert_double_eq_tol(r[2], -1.0 / length, 1e-15);
}
END_TEST

/* Slow version: all pairs of set bits, their distance told from the cosine. */
START_TEST(pairs)
{
    for (unsigned k = 0; k < TASK_PATTERNS; k++) {
        struct task_pairs p = task_pairs(k);
        unsigned bits = 0, count[3] = {0};
        for (size_t i = 0; i < 12; i++)
            for (size_t j = 0; j < 12; j++)
                if (has(k, i) && has(k, j)) {
                    const double c = vertex_cosine(i, j);
                    bits += i == j;
                    if (i < j)
                        count[c > 0.4 ? 0 : c > -0.5 ? 1 : 2]++;
                }
        unit_require(p.bits == bits && p.pairs[0] == count[0] && p.pairs[1] == count[1] &&
                         p.pairs[2] == count[2],
                     "pattern %u", k);
    }
}
END_TEST

/* Slow version, without the addition theorem: the coefficients a_lm = (4 pi/12) sum_i x_i Y_lm(r_i)
 * themselves, by GSL's spherical harmonics, and the sum of their squares. */
START_TEST(power)
{
    enum { DEGREES = 7 };
    for (unsigned k = 0; k < TASK_PATTERNS; k += 5)
        for (int l = 0; l < DEGREES; l++) {
            double sum = 0.0;
            for (int m = 0; m <= l; m++) {
                double re = 0.0, im = 0.0;
                for (size_t i = 0; i < 12; i++)
                    if (has(k, i)) {
                        double r[3];
                        task_vertex(r, i);
                        const double y = gsl_sf_legendre_sphPlm(l, m, r[2]);
                        re += y * cos(m * atan2(r[1], r[0]));
                        im += y * sin(m * atan2(r[1], r[0]));
                    }
                sum += (m == 0 ? 1.0 : 2.0) * (re * re + im * im); /* -m has the same square */
            }
            const double expected = 4.0 * M_PI / 12.0 * 4.0 * M_PI / 12.0 * sum;
            const double got = task_power(task_pairs(k), l);
            unit_require(fabs(got - expected) < 1e-12, "pattern %u, degree %d: %.17g, not %.17g", k,
                         l, got, expected);
        }
}
END_TEST

/* The numbers of two bits at a distance, and the check values that the authors' file was found to
 * have (to five decimals); where there is a closed form, that. */
START_TEST(check_values_of_f)
{
    ck_assert_double_eq(task_f(task_pairs(0)), 0.0);

    /* One bit: ||a_l|| = (4 pi/12) sqrt((2 l + 1)/(4 pi)). */
    const double one = M_PI / 3.0 / sqrt(4.0 * M_PI);
    const double f_one = one * (2.0 + 5.0 / 3.0 * sqrt(3.0) + 4.0 / 5.0 * sqrt(5.0));
    ck_assert_double_eq_tol(f_one, 1.97203, 5e-6);
    for (size_t i = 0; i < 12; i++)
        ck_assert_double_eq_tol(task_f(task_pairs(1U << i)), f_one, 1e-13);

    /* Two bits: sum_ij P_l = 2 + 2 P_l(c), with P_1 = c and P_2 = (3 c^2 - 1)/2. */
    static const double two[TASK_DISTANCES] = {3.30089, 2.74673, 2.23852};
    static const double cosine[TASK_DISTANCES] = {0.447213595499958, -0.447213595499958, -1.0};
    for (size_t i = 0; i < 12; i++)
        for (size_t j = 0; j < i; j++) {
            const size_t d = task_distance(i, j);
            const double c = cosine[d];
            const double f = one * (2.0 * 2.0 + 5.0 / 3.0 * sqrt(3.0 * (2.0 + 2.0 * c)) +
                                    4.0 / 5.0 * sqrt(5.0 * (2.0 + 3.0 * c * c - 1.0)));
            ck_assert_double_eq_tol(f, two[d], 5e-6);
            ck_assert_double_eq_tol(task_f(task_pairs(1U << (11 - i) | 1U << (11 - j))), f, 1e-7);
        }

    /* All bits: degrees 1 and 2 vanish by symmetry, 2 ||a_0|| = 2 sqrt(4 pi). */
    ck_assert_double_eq_tol(task_f(task_pairs(4095)), 7.08982, 5e-6);
    ck_assert_double_eq_tol(task_f(task_pairs(4095)), 4.0 * sqrt(M_PI), 1e-6);
}
END_TEST

static struct task hard, smooth;

static void make_tasks(void)
{
    ck_assert_int_eq(task_init(&hard, TASK_HARD, 0.0), 0);
    ck_assert_int_eq(task_init(&smooth, TASK_SMOOTH, 0.99), 0);
}

START_TEST(classes)
{
    make_tasks();
    size_t total = 0;
    double entropy = 0.0;
    for (size_t c = 0; c < TASK_CLASSES; c++) {
        size_t size = 0;
        for (size_t k = 0; k < TASK_PATTERNS; k++)
            size += hard.class[k] == c;
        unit_require(size > 0 && size == hard.size[c], "class %zu has %zu", c, size);
        total += size;
        entropy -= (double)size / 4096.0 * log2((double)size / 4096.0);
        unit_require(c == 0 || hard.f[c] - hard.f[c - 1] > 1e-6, "class %zu is not above", c);
    }
    ck_assert_uint_eq(total, 4096);
    ck_assert_double_eq_tol(entropy, 5.5695, 5e-5); /* of the authors' file */
    for (unsigned k = 0; k < TASK_PATTERNS; k++)
        unit_require(fabs(hard.f[hard.class[k]] - task_f(task_pairs(k))) < 1e-12, "pattern %u", k);
    /* The rule has no say in it. */
    ck_assert_mem_eq(hard.class, smooth.class, sizeof hard.class);
    ck_assert_mem_eq(hard.size, smooth.size, sizeof hard.size);
}
END_TEST

/* SHA-256 of the published labels as characters 0 and 1 in the order of the patterns. */
START_TEST(labels_are_the_published_ones)
{
    make_tasks();
    char text[TASK_PATTERNS], hex[65];
    unsigned ones = 0;
    for (size_t k = 0; k < TASK_PATTERNS; k++) {
        text[k] = (char)('0' + hard.label[k]);
        ones += hard.label[k];
        unit_require(hard.py_x[k] == (float)hard.label[k], "p(y=1|%zu)", k);
        unit_require(smooth.label[k] == hard.label[k], "label %zu", k);
    }
    struct sha256_ctx sha;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&sha);
    sha256_update(&sha, sizeof text, (const uint8_t *)text);
    sha256_digest(&sha, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    ck_assert_str_eq(hex, "8adbd792d6400d00410815b5a1f01b05b59f15fd41ace0db85c7772aa5cf4566");
    ck_assert_uint_eq(ones, 2118);

    /* Closed form: Y is a function of X. */
    const double p = 2118.0 / 4096.0, h = -p * log2(p) - (1.0 - p) * log2(1.0 - p);
    ck_assert_double_eq_tol(h, 0.99916, 5e-6);
    ck_assert_double_eq_tol(hard.h_y, h, 1e-15);
    ck_assert_double_eq_tol(hard.i_xy, h, 1e-15);
    ck_assert_double_eq(hard.gamma, 0.0);
}
END_TEST

/* No pattern lies within the interval of thresholds that label alike, and its ends are attained. */
START_TEST(margin_of_the_hard_rule)
{
    double below = 0.0, above = 10.0;
    for (unsigned k = 0; k < TASK_PATTERNS; k++) {
        const struct task_pairs p = task_pairs(k);
        const double f = 2.0 * sqrt(task_power(p, 0)) + 4.0 / 3.0 * sqrt(task_power(p, 1));
        if (task_hard(p))
            above = fmin(above, f);
        else
            below = fmax(below, f);
    }
    ck_assert_double_eq_tol(below, 4.5805, 5e-5);
    ck_assert_double_eq_tol(above, 4.7056, 5e-5);
}
END_TEST

/* The logistic function by its inverse: log(p/(1-p)) = gamma (f - theta). */
START_TEST(smooth_rule)
{
    ck_assert_double_eq(task_smooth(5.89, 41.64), 0.5);
    for (double f = 5.0; f < 6.8; f += 0.07) {
        const double p = task_smooth(f, 12.0);
        ck_assert_double_eq_tol(log(p / (1.0 - p)), 12.0 * (f - 5.89), 1e-9);
    }
    /* far out: no overflow, no NaN */
    ck_assert_double_eq(task_smooth(0.0, 1e4), 0.0);
    ck_assert_double_eq(task_smooth(7.08982, 1e4), 1.0);
}
END_TEST

/* I(X;Y) = H(Y) - H(Y|X) of the smooth rule, pattern by pattern with the library's log2; H(Y) in
 * *h. */
static double slow_information(double *h, double gamma)
{
    double mean = 0.0, h_y_x = 0.0;
    for (unsigned k = 0; k < TASK_PATTERNS; k++) {
        const double p = 1.0 / (1.0 + exp(-gamma * (task_f(task_pairs(k)) - 5.89)));
        mean += p / 4096.0;
        if (p > 0.0 && p < 1.0)
            h_y_x -= (p * log2(p) + (1.0 - p) * log2(1.0 - p)) / 4096.0;
    }
    *h = -mean * log2(mean) - (1.0 - mean) * log2(1.0 - mean);
    return *h - h_y_x;
}

/* The gammas at which I(X;Y) of the authors' probabilities has the stated values. */
START_TEST(gamma_for_information)
{
    double h;
    ck_assert_double_eq_tol(slow_information(&h, 12.0), 0.8995, 5e-5);
    ck_assert_double_eq_tol(slow_information(&h, 41.64), 0.9900, 5e-5);

    make_tasks();
    ck_assert_double_eq_tol(smooth.gamma, 41.64, 5e-3);
    ck_assert_double_eq_tol(smooth.i_xy, 0.99, 1e-8);
    ck_assert_double_eq_tol(slow_information(&h, smooth.gamma), 0.99, 1e-7);
    ck_assert_double_eq_tol(smooth.h_y, h, 1e-7);
    for (unsigned k = 0; k < TASK_PATTERNS; k++) {
        const double p = 1.0 / (1.0 + exp(-smooth.gamma * (task_f(task_pairs(k)) - 5.89)));
        unit_require(fabs((double)smooth.py_x[k] - p) <= 0x1p-24 * p + 0x1p-150, "p(y=1|%u)", k);
    }

    struct task task;
    ck_assert_int_eq(task_init(&task, TASK_SMOOTH, 0.8995), 0);
    ck_assert_double_eq_tol(task.gamma, 12.0, 0.01);
    ck_assert_double_eq_tol(task.i_xy, 0.8995, 1e-8);
}
END_TEST

START_TEST(no_gamma_for_impossible_information)
{
    struct task task;
    ck_assert_int_eq(task_init(&task, TASK_SMOOTH, 1.5), -1);  /* Y has at most one bit */
    ck_assert_int_eq(task_init(&task, TASK_SMOOTH, 0.0), -1);  /* gamma would be 0 */
    ck_assert_int_eq(task_init(&task, TASK_SMOOTH, -0.4), -1); /* never */
    ck_assert_int_eq(task_init(&task, TASK_SMOOTH, (double)NAN), -1);
}
END_TEST

static unsigned turn(unsigned pattern, const uint8_t image[TASK_BITS])
{
    unsigned turned = 0;
    for (size_t i = 0; i < 12; i++)
        if (has(pattern, i))
            turned |= 1U << (11 - image[i]);
    return turned;
}

/* The volume spanned by the images of three vertices that are no plane's: its sign tells rotations
 * from reflections. */
static double volume(size_t a, size_t b, size_t c)
{
    double u[3], v[3], w[3];
    task_vertex(u, a);
    task_vertex(v, b);
    task_vertex(w, c);
    return u[0] * (v[1] * w[2] - v[2] * w[1]) + u[1] * (v[2] * w[0] - v[0] * w[2]) +
           u[2] * (v[0] * w[1] - v[1] * w[0]);
}

START_TEST(symmetries_form_the_group)
{
    uint8_t image[2 * TASK_ROTATIONS][TASK_BITS];
    task_symmetries(image);
    for (size_t g = 0; g < 120; g++) {
        unsigned seen = 0;
        for (size_t i = 0; i < 12; i++) {
            seen |= 1U << image[g][i];
            for (size_t j = 0; j < i; j++)
                unit_require(task_distance(image[g][i], image[g][j]) == task_distance(i, j),
                             "symmetry %zu moves %zu and %zu apart", g, i, j);
        }
        unit_require(seen == 4095, "symmetry %zu is no permutation", g);
        for (size_t h = 0; h < g; h++)
            unit_require(memcmp(image[g], image[h], 12) != 0, "symmetries %zu and %zu", g, h);
        const double from = volume(0, 5, 1), to = volume(image[g][0], image[g][5], image[g][1]);
        unit_require(fabs(to - (g < 60 ? from : -from)) < 1e-12, "handedness of symmetry %zu", g);
    }
    /* Closed: one after the other is one of them; rotations among themselves. */
    for (size_t g = 0; g < 120; g++)
        for (size_t h = 0; h < 120; h++) {
            uint8_t both[TASK_BITS];
            for (size_t i = 0; i < 12; i++)
                both[i] = image[g][image[h][i]];
            size_t k = 0;
            while (k < 120 && memcmp(both, image[k], 12) != 0)
                k++;
            unit_require(k < 120 && (k < 60) == ((g < 60) == (h < 60)), "%zu after %zu", g, h);
        }
}
END_TEST

/* Burnside: the number of orbits is the mean of 2^cycles over the group.  By geometry the rotations
 * have: 1 with 12 cycles, 24 (by 72 and 144 degrees) and 20 (by 120) with 4, 15 (by 180) with 6;
 * with the inversion: 1 with 6 cycles, 24 and 20 with 2, 15 (the mirror planes, four vertices in
 * each) with 8. */
START_TEST(orbits_by_burnside)
{
    uint8_t image[2 * TASK_ROTATIONS][TASK_BITS];
    task_symmetries(image);
    size_t with[2][13] = {{0}};
    size_t fixed[2] = {0};
    for (size_t g = 0; g < 120; g++) {
        size_t cycles = 0;
        unsigned seen = 0;
        for (size_t i = 0; i < 12; i++) {
            cycles += !(seen >> i & 1U);
            for (size_t j = i; !(seen >> j & 1U); j = image[g][j])
                seen |= 1U << j;
        }
        with[g >= 60][cycles]++;
        fixed[g >= 60] += (size_t)1 << cycles;
    }
    ck_assert_uint_eq(with[0][12], 1);
    ck_assert_uint_eq(with[0][4], 44);
    ck_assert_uint_eq(with[0][6], 15);
    ck_assert_uint_eq(with[1][6], 1);
    ck_assert_uint_eq(with[1][2], 44);
    ck_assert_uint_eq(with[1][8], 15);
    ck_assert_uint_eq(fixed[0] / 60, 96);
    ck_assert_uint_eq((fixed[0] + fixed[1]) / 120, 82);
    ck_assert_uint_eq(task_orbits(60), 96);
    ck_assert_uint_eq(task_orbits(120), 82);
    ck_assert_uint_eq(task_orbits(0), 4096); /* every pattern by itself */
}
END_TEST

/* f, and the label, are the same for all images of a pattern: 64 classes are unions of orbits. */
START_TEST(rules_are_invariant)
{
    make_tasks();
    uint8_t image[2 * TASK_ROTATIONS][TASK_BITS];
    task_symmetries(image);
    for (unsigned k = 0; k < TASK_PATTERNS; k++)
        for (size_t g = 0; g < 120; g++) {
            const unsigned turned = turn(k, image[g]);
            unit_require(hard.class[turned] == hard.class[k] && hard.label[turned] == hard.label[k],
                         "pattern %u and its image %u", k, turned);
        }
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {vertices,
                                  pairs,
                                  power,
                                  check_values_of_f,
                                  classes,
                                  labels_are_the_published_ones,
                                  margin_of_the_hard_rule,
                                  smooth_rule,
                                  gamma_for_information,
                                  no_gamma_for_impossible_information,
                                  symmetries_form_the_group,
                                  orbits_by_burnside,
                                  rules_are_invariant};
    return unit_run("icosahedron", tests, sizeof tests / sizeof *tests);
}
