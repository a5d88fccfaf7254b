/* test_place.c -- layers against the bound: places that are known, layers whose encoder is known,
 * the theorem that ties the equation to the bound, a network measured twice. */
#include "unit.h"

#include "bound.h"
#include "decoder.h"
#include "encoder.h"
#include "entropy.h"
#include "place.h"
#include "recipe.h"
#include "record.h"

enum { CLASSES = TASK_CLASSES, PATTERNS = TASK_PATTERNS, POINTS = 750 };

static struct task task;
static struct place_bound *bound;
static const struct place_reverse ask = {.steps = 1, .low = 0.5, .high = 64.0};
static const struct place_curve betas = {
    .n = 600, .origin = 1.0, .low = 1e-3, .high = 1e5, .tail = 150, .end = 1e80};

/* The task with I(X;Y) = 0.99 bit and its bound, as the claim takes them. */
static void set_up(void)
{
    ck_assert_int_eq(task_init(&task, TASK_SMOOTH, 0.99), 0);
    bound = place_bound_alloc(&task, task.gamma, &betas);
}

/* The rule of the source is that of the task, whose p(y|x) is rounded to 24 bits; every point is proven to 1e-9 bit, at
 * the gamma of the published files, too; the betas begin and end where they should. */
START_TEST(bound_of_the_task)
{
    set_up();
    for (size_t k = 0; k < PATTERNS; k++) {
        const double p = bound->source->py_x[2 * task.class[k] + 1];
        unit_require(fabs(p - (double)task.py_x[k]) < 1e-7, "pattern %zu: %.17g", k, p);
    }
    ck_assert_double_eq_tol(bound->source->i_xy, task.i_xy, 1e-7);
    struct place_bound *other = place_bound_alloc(&task, 12.0, &betas);
    ck_assert_double_eq_tol(other->source->i_xy, 0.8995, 5e-5);
    for (size_t i = 0; i < 2; i++) {
        const struct place_bound *b = i ? other : bound;
        double most = 0.0;
        ck_assert_uint_eq(b->n, POINTS);
        ck_assert_double_eq_tol(b->point[0].beta, 1.001, 1e-12);
        ck_assert_double_eq_tol(b->point[599].beta, 100001.0, 1e-6);
        ck_assert_double_eq_tol(b->point[POINTS - 1].beta / 1e80, 1.0, 1e-12);
        for (size_t k = 0; k < POINTS; k++) {
            unit_require(b->point[k].gap < 1e-9, "beta %g: %g", b->point[k].beta, b->point[k].gap);
            unit_require(k == 0 || b->point[k].i_x >= b->point[k - 1].i_x - 1e-9, "beta %g falls",
                         b->point[k].beta);
            most = fmax(most, b->point[k].gap);
        }
        ck_assert_double_eq(b->gap, most);
        /* the frontier: from the origin to all that can be known */
        ck_assert_double_eq(b->frontier->corner[0].i_x, 0.0);
        ck_assert_double_eq_tol(b->frontier->corner[b->frontier->n - 1].i_y, b->source->i_xy,
                                1e-12);
    }
    place_bound_free(other);
    place_bound_free(bound);
    place_bound_free(NULL);
}
END_TEST

/* The points quoted with the curve, (beta, I(X;T), I(T;Y)), from a trial program written before this
 * one: a layer there is at no distance, and moved by known amounts at known distances. */
START_TEST(places)
{
    static const double known[][3] = {
        {15, 0.9996, 0.9836}, {35, 1.106, 0.9880}, {128, 1.197, 0.9897}, {1000, 1.245, 0.9899}};
    set_up();
    for (size_t i = 0; i < 4; i++) {
        struct bottleneck_point p = {.clusters = 0};
        struct place_layer m;
        ck_assert_int_eq(bound_solve(&p, bound->source, known[i][0]), 0);
        ck_assert_double_eq_tol(p.i_x, known[i][1], i == 0 ? 5e-5 : 5e-4);
        ck_assert_double_eq_tol(p.i_y, known[i][2], 5e-5);
        place_at(&m, bound, p.i_x, p.lost);
        ck_assert_double_eq(m.of[PLACE_I_XT], p.i_x);
        ck_assert_double_eq(m.of[PLACE_I_TY], p.i_y);
        /* the points of the curve permit a little more than the optimum between them */
        ck_assert_double_eq_tol(m.of[PLACE_BELOW], 0.0, 1e-5);
        ck_assert_double_eq_tol(m.of[PLACE_RIGHT], 0.0, 1e-2);
        ck_assert_double_ge(m.of[PLACE_BELOW], -1e-9);
        ck_assert_double_ge(m.of[PLACE_RIGHT], -1e-9);
        place_at(&m, bound, p.i_x + 0.3, p.lost);
        ck_assert_double_eq_tol(m.of[PLACE_RIGHT], 0.3, 1e-2);
        place_at(&m, bound, p.i_x, p.lost + 0.25);
        ck_assert_double_eq_tol(m.of[PLACE_BELOW], 0.25, 1e-5);
    }
    for (size_t i = 1; i < 7; i++) { /* the corners beyond have almost the same height */
        const struct frontier_corner *c = bound->frontier->corner + i;
        struct place_layer m;
        place_at(&m, bound, c->i_x + 0.5, c->lost);
        ck_assert_double_eq_tol(m.of[PLACE_RIGHT_FRONTIER], 0.5, 1e-9);
        place_at(&m, bound, c->i_x, c->lost + 0.125);
        ck_assert_double_eq_tol(m.of[PLACE_BELOW_FRONTIER], 0.125, 1e-12);
    }
    /* T = X: all about the label, at a distance of 12 bits less those that name a class */
    struct place_layer m;
    double size[CLASSES];
    for (size_t c = 0; c < CLASSES; c++)
        size[c] = task.size[c];
    place_at(&m, bound, 12.0, 0.0);
    ck_assert_double_eq_tol(m.of[PLACE_BELOW], 0.0, 1e-12);
    ck_assert_double_eq_tol(m.of[PLACE_RIGHT], 12.0 - entropy_of_counts(size, CLASSES), 1e-12);
    ck_assert_double_eq_tol(m.of[PLACE_RIGHT], 6.43, 5e-3);
    ck_assert_double_eq_tol(m.of[PLACE_RIGHT_FRONTIER], m.of[PLACE_RIGHT], 1e-12);
    place_bound_free(bound);
}
END_TEST

/* The value of every pattern of a synthetic layer. */
static uint32_t id[PATTERNS];

/* Values with a meaning: pattern k goes to the interval of p(y=1|x) it is in, of `values` equal ones,
 * or, with probability `noise`, anywhere. */
static void meaningful(uint64_t *state, size_t values, double noise)
{
    for (size_t k = 0; k < PATTERNS; k++) {
        const double p = fmin((double)task.py_x[k], 0.999999);
        id[k] = (uint32_t)(p * (double)values);
        if (unit_uniform(state, 0.0, 1.0) < noise)
            id[k] = (uint32_t)(unit_random(state) % values);
    }
}

static struct place_layer explained(size_t values, enum place_depth depth)
{
    static size_t n[PATTERNS];
    static double ones[PATTERNS];
    double i_xt = 12.0, i_ty = task.h_y;
    memset(n, 0, sizeof n);
    memset(ones, 0, sizeof ones);
    for (size_t k = 0; k < PATTERNS; k++) {
        n[id[k]]++;
        ones[id[k]] += (double)task.py_x[k];
    }
    for (size_t t = 0; t < values; t++)
        if (n[t] > 0) {
            const double share = (double)n[t] / PATTERNS;
            i_xt -= share * log2((double)n[t]);
            i_ty -= share * entropy_binary(ones[t] / (double)n[t]);
        }
    struct place_layer m;
    place_layer(&m, bound, &task, i_xt, id, values, depth, &ask);
    ck_assert_double_eq(m.of[PLACE_I_XT], i_xt);
    ck_assert_double_eq_tol(m.of[PLACE_I_TY], i_ty, 1e-7); /* of rounded p(y|x) */
    return m;
}

/* E_x D_KL[p(t|x) || p_beta(t|x)] by its definition, pattern by pattern. */
static double slow_divergence(size_t values, double beta)
{
    static double pt[PATTERNS], r[2][PATTERNS];
    double sum = 0.0;
    memset(pt, 0, sizeof pt);
    memset(r, 0, sizeof r);
    for (size_t k = 0; k < PATTERNS; k++) {
        pt[id[k]] += 1.0 / PATTERNS;
        for (size_t y = 0; y < 2; y++)
            r[y][id[k]] += bound->source->py_x[2 * task.class[k] + y] / PATTERNS;
    }
    for (size_t k = 0; k < PATTERNS; k++) {
        const double *p = bound->source->py_x + 2 * task.class[k];
        double z = 0.0, own = 0.0;
        for (size_t t = 0; t < values; t++) {
            if (pt[t] == 0.0)
                continue;
            const double d =
                p[0] * log(p[0] * pt[t] / r[0][t]) + p[1] * log(p[1] * pt[t] / r[1][t]);
            z += pt[t] * exp(-beta * d);
            own = t == id[k] ? pt[t] * exp(-beta * d) : own;
        }
        sum += log(z / own) / M_LN2;
    }
    return sum / PATTERNS;
}

/* H(T|class) from counts. */
static double slow_divided(size_t values)
{
    double h = 0.0;
    for (size_t c = 0; c < CLASSES; c++) {
        double count[32] = {0};
        ck_assert_uint_le(values, 32);
        for (size_t k = 0; k < PATTERNS; k++)
            if (task.class[k] == c)
                count[id[k]] += 1.0;
        h += (double)task.size[c] / PATTERNS * entropy_of_counts(count, values);
    }
    return h;
}

/* The divergence is that of the definition at the beta that is reported, and larger at others. */
START_TEST(divergence_by_definition)
{
    uint64_t state = 2385;
    set_up();
    for (size_t i = 0; i < 4; i++) {
        const size_t values = 3 + 5 * i;
        meaningful(&state, values, 0.02 * (double)(i + 1));
        const struct place_layer m = explained(values, PLACE_EXPLAIN);
        const double beta = m.of[PLACE_BETA], least = m.of[PLACE_DIVERGENCE];
        ck_assert(isfinite(beta) && beta > 0.0);
        ck_assert_double_eq_tol(least, slow_divergence(values, beta), 1e-9);
        ck_assert_double_gt(slow_divergence(values, 0.9 * beta), least);
        ck_assert_double_gt(slow_divergence(values, 1.1 * beta), least);
        ck_assert_double_eq_tol(m.of[PLACE_SHARE], least / m.of[PLACE_I_XT], 1e-14);
        const double divided = slow_divided(values);
        ck_assert_double_gt(divided, 0.05);
        ck_assert_double_eq_tol(m.of[PLACE_DIVIDED], divided, 1e-10);
        ck_assert_double_eq_tol(m.of[PLACE_CLASS_SHARE],
                                (least - divided) / (m.of[PLACE_I_XT] - divided), 1e-9);
        /* at beta = 0 the equation knows nothing, and leaves all of I(X;T) */
        ck_assert_double_eq_tol(slow_divergence(values, 0.0), m.of[PLACE_I_XT], 1e-9);
        ck_assert_double_lt(m.of[PLACE_SHARE], 1.0);
        ck_assert(isnan(m.of[PLACE_REVERSE_BETA]) && isnan(m.of[PLACE_REVERSE_END]));
        ck_assert(isnan(m.of[PLACE_DECODER])); /* of a layer without a network */
    }
    place_bound_free(bound);
}
END_TEST

/* The theorem of Section (sec:theory): no layer diverges by more than its horizontal distance.  One that
 * tells all patterns apart, or none, reaches it. */
START_TEST(theorem)
{
    uint64_t state = 2385;
    set_up();
    size_t far = 0;
    for (size_t i = 0; i < unit_volume(60); i++) {
        const size_t values = 2 + unit_random(&state) % 31;
        meaningful(&state, values, unit_uniform(&state, 0.0, 1.0) * (double)(i % 4) / 3.0);
        if (i % 3 == 0) /* some of the values are merged at random */
            for (size_t k = 0; k < PATTERNS; k++)
                id[k] = id[k] * id[k] % (uint32_t)values;
        const struct place_layer m = explained(values, PLACE_EXPLAIN);
        ck_assert_double_eq(place_excess(&m), m.of[PLACE_DIVERGENCE] - m.of[PLACE_RIGHT]);
        unit_require(place_excess(&m) <= PLACE_ROUNDING, "layer %zu of %zu values: %g bit", i,
                     values, place_excess(&m));
        far += place_excess(&m) < -1e-3;
    }
    ck_assert_uint_gt(far, 0);
    for (size_t values = 1; values <= PATTERNS; values *= PATTERNS) {
        for (size_t k = 0; k < PATTERNS; k++)
            id[k] = (uint32_t)(k % values);
        const struct place_layer m = explained(values, PLACE_EXPLAIN);
        ck_assert_double_eq_tol(place_excess(&m), 0.0, 1e-10);
    }
    place_bound_free(bound);
}
END_TEST

/* Layers whose every number is known. */
START_TEST(known_layers)
{
    set_up();
    double size[CLASSES], count[2 * CLASSES];
    for (size_t c = 0; c < CLASSES; c++)
        size[c] = task.size[c];
    const double classes = entropy_of_counts(size, CLASSES);

    /* every pattern for itself */
    for (size_t k = 0; k < PATTERNS; k++)
        id[k] = (uint32_t)k;
    struct place_layer m = explained(PATTERNS, PLACE_EXPLAIN);
    ck_assert_double_eq_tol(m.of[PLACE_I_XT], 12.0, 1e-12);
    ck_assert_double_eq_tol(m.of[PLACE_DIVIDED], 12.0 - classes, 1e-10);
    ck_assert(isinf(m.of[PLACE_BETA]));
    /* all that is left unexplained is which pattern of its class one is, .536 of 12 bits */
    ck_assert_double_eq_tol(m.of[PLACE_DIVERGENCE], 12.0 - classes, 1e-10);
    ck_assert_double_eq_tol(m.of[PLACE_SHARE], 0.536, 5e-4);

    /* all patterns in one value: nothing to explain */
    memset(id, 0, sizeof id);
    m = explained(1, PLACE_EXPLAIN);
    ck_assert_double_eq(m.of[PLACE_BETA], 0.0);
    ck_assert_double_eq_tol(m.of[PLACE_DIVERGENCE], 0.0, 1e-12);
    ck_assert_double_eq(m.of[PLACE_SHARE], 0.0);
    ck_assert_double_eq(m.of[PLACE_CLASS_SHARE], 0.0);

    /* two values, parted at 1/2: the corner of the frontier, and almost all of it explained */
    for (size_t k = 0; k < PATTERNS; k++)
        id[k] = task.py_x[k] > 0.5F;
    m = explained(2, PLACE_REVERSE);
    ck_assert_double_eq_tol(m.of[PLACE_BELOW_FRONTIER], 0.0, 1e-12);
    ck_assert_double_eq_tol(m.of[PLACE_DIVIDED], 0.0, 1e-12);
    ck_assert_double_eq_tol(m.of[PLACE_CLASS_SHARE], m.of[PLACE_SHARE], 1e-12);
    ck_assert_double_lt(m.of[PLACE_SHARE], 0.01);
    for (size_t c = 0; c < CLASSES; c++) {
        count[2 * c] = bound->source->py_x[2 * c + 1] > 0.5 ? 0.0 : size[c];
        count[2 * c + 1] = size[c] - count[2 * c];
    }
    struct encoder *layer = encoder_alloc(bound->source, count, 2);
    const double beta = encoder_reverse_beta(layer, 1, 0.5, 64.0, NULL);
    ck_assert_double_eq(m.of[PLACE_REVERSE_BETA], beta);
    ck_assert(beta > 0.6 && beta < 60.0);
    ck_assert_double_eq(m.of[PLACE_REVERSE_END], 0.0);
    /* a range that ends before it, or begins after it */
    for (int end = -1; end <= 1; end += 2) {
        const struct place_reverse beside = {.steps = 1,
                                             .low = end < 0 ? 1.5 * beta : 0.5 * beta,
                                             .high = end < 0 ? 2.0 * beta : 0.7 * beta};
        place_layer(&m, bound, &task, 1.0, id, 2, PLACE_REVERSE, &beside);
        ck_assert_double_eq(m.of[PLACE_REVERSE_END], end);
        ck_assert_double_eq_tol(m.of[PLACE_REVERSE_BETA], end < 0 ? beside.low : beside.high,
                                1e-9 * beta);
    }
    encoder_free(layer);

    /* half of each class here, half there, by the parity of the pattern: about the label, nothing */
    for (size_t k = 0; k < PATTERNS; k++)
        id[k] = k & 1;
    m = explained(2, PLACE_EXPLAIN);
    ck_assert_double_gt(m.of[PLACE_DIVIDED], 0.5);
    ck_assert_double_gt(m.of[PLACE_SHARE], 0.5);
    place_bound_free(bound);
}
END_TEST

/* A network after some training, from the text of its record: each layer is where the record says;
 * with other weights, or other information, the record is refused. */
START_TEST(measured_network)
{
    static struct run_record record, read;
    static struct run_measured layers;
    struct run_measured *const measured = &layers;
    const char *const estimator = recipe_bins;
    const struct config c = recipe_described(0.85, 30);
    const struct record_head head = {.config = &c, .number = 3, .engine = "test"},
                             head_of_layers = {.config = &c,
                                               .number = 3,
                                               .engine = "test",
                                               .estimator = estimator,
                                               .version = "test"};
    struct dataset data;
    struct place_layer m[NET_MAX_LAYERS];
    set_up();
    task_view(&data, &task);
    run_train(&record, &measured, &estimator, 1, &c, &data, 3);
    size_t size;
    char *text = record_run_text(&size, &record, &head);
    ck_assert_ptr_null(record_read_run(&read, text, size, &head));
    free(text);
    text = record_measured_text(&size, &layers, &record, &head_of_layers);
    ck_assert_ptr_null(record_read_measured(&read, text, size, &head_of_layers));
    free(text);
    struct final *f = final_new(&c, &data, estimator);
    ck_assert_int_eq(place_measure(m, bound, &task, f, &read, PLACE_EXPLAIN, NULL), 0);
    const struct run_row *end = &read.row[read.rows - 1];
    for (size_t l = 0; l < c.layers; l++) {
        ck_assert_double_eq_tol(m[l].of[PLACE_I_XT], end->information[l].i_xt, 1e-7);
        ck_assert_double_eq_tol(m[l].of[PLACE_I_TY], end->information[l].i_ty, 1e-7);
        /* a function of the input: the frontier is nearer than the curve */
        ck_assert_double_ge(m[l].of[PLACE_BELOW_FRONTIER], 0.0);
        ck_assert_double_ge(m[l].of[PLACE_BELOW], m[l].of[PLACE_BELOW_FRONTIER] - 1e-9);
        ck_assert_double_ge(m[l].of[PLACE_RIGHT], m[l].of[PLACE_RIGHT_FRONTIER] - 1e-9);
        ck_assert_double_ge(m[l].of[PLACE_DIVERGENCE], m[l].of[PLACE_DIVIDED] - 1e-9);
        ck_assert_double_le(m[l].of[PLACE_SHARE], 1.0 + 1e-9);
        ck_assert_double_le(place_excess(&m[l]), PLACE_ROUNDING);
        /* what the network makes of the layer, from the activations */
        const uint32_t *values;
        const size_t n = final_values(&values, f, l + 1);
        double p[2 * PATTERNS], q[2 * PATTERNS];
        for (size_t k = 0; k < PATTERNS; k++)
            for (size_t y = 0; y < 2; y++) {
                p[2 * k + y] = dataset_p(&data, k, y);
                q[2 * k + y] = (double)layers_output(f->layers, k, y);
            }
        ck_assert_double_gt(m[l].of[PLACE_DECODER], 1e-4);
        ck_assert_double_eq_tol(m[l].of[PLACE_DECODER],
                                decoder_divergence(values, n, p, q, PATTERNS, 2), 1e-7);
    }
    read.row[read.rows - 1].information[4].i_ty += 1e-5;
    ck_assert_int_eq(place_measure(m, bound, &task, f, &read, PLACE_EXPLAIN, NULL), -1);
    read.row[read.rows - 1].information[4].i_ty -= 1e-5;
    read.param[5] += 0.5F;
    ck_assert_int_eq(place_measure(m, bound, &task, f, &read, PLACE_EXPLAIN, NULL), -1);
    final_free(f);
    run_record_free(&read);
    run_record_free(&record);
    place_bound_free(bound);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {bound_of_the_task, places,       divergence_by_definition,
                                  theorem,           known_layers, measured_network};
    return unit_run("place", tests, sizeof tests / sizeof *tests);
}
