/* task.c -- the task: what the networks learn, and what the original says of its symmetry.
 *
 * Counts the orbits of the patterns under the symmetries of the icosahedron and the distinct power
 * spectra, and writes both rules for every pattern. */
#include <math.h>

#include "die.h"
#include "entropy.h"
#include "frame.h"
#include "icosahedron.h"

/*[ params ]*/
static const struct params {
    double i_xy;      /* of the smooth rule, bits: the original's text asks for about this much */
    unsigned pattern; /* shown in the figure */
} params = {.i_xy = 0.99, .pattern = 0x8c5};
/*[ end ]*/

static const struct frame_claim claim = {
    .name = "task",
    .purpose = "The task: 4096 patterns on an icosahedron, and the two rules that label them.",
    .table = {{"task", "pattern\tclass\tf\tp_y1\tlabel"},
              {"task_classes", "class\tsize\tf\tp_y1\thard"},
              {"task_rule", "f\tp_y1"},
              {"task_solid", "x\ty\tz\tdx\tdy\tbit\tvertex"}},
};

static int bit(unsigned pattern, size_t i)
{
    return (int)(pattern >> (TASK_BITS - 1 - i) & 1U);
}

/* One row per pattern, in pattern order. */
static void write_patterns(FILE *f, const struct task *t)
{
    for (size_t k = 0; k < TASK_PATTERNS; k++)
        fprintf(f, "%zu\t%d\t%.9g\t%.9g\t%d\n", k, t->class[k], t -> f[t->class[k]],
                (double)t -> py_x[k], t -> label[k]);
}

/* One row per class: how many patterns, f, p(y=1|x), and the share of them that the hard rule
 * labels 1. */
static void write_classes(FILE *f, const struct task *t)
{
    for (size_t c = 0; c < TASK_CLASSES; c++) {
        double p = 0.0, ones = 0.0;
        for (size_t k = 0; k < TASK_PATTERNS; k++)
            if (t->class[k] == c) {
                p = (double)t->py_x[k];
                ones += t->label[k];
            }
        fprintf(f, "%zu\t%d\t%.9g\t%.9g\t%.9g\n", c, t->size[c], t->f[c], p, ones / t->size[c]);
    }
}

/* The smooth rule as a function of f, for the figure. */
static void write_rule(FILE *f, const struct task *t)
{
    for (size_t i = 0; i <= 850; i++) {
        const double x = 0.01 * (double)i;
        fprintf(f, "%.6g\t%.6g\n", x, task_smooth(x, t->gamma));
    }
}

/* Vertex i as seen in the figure: turned about two axes, z towards the reader. */
static void view(double v[3], size_t i)
{
    double r[3];
    task_vertex(r, i);
    const double a = 0.35, b = 0.42; /* rad */
    const double x = cos(a) * r[0] + sin(a) * r[2], z = -sin(a) * r[0] + cos(a) * r[2];
    v[0] = x;
    v[1] = cos(b) * r[1] - sin(b) * z;
    v[2] = sin(b) * r[1] + cos(b) * z;
}

/* The solid for the figure: its edges, far ones first, then its vertices, a block each. */
static void write_solid(FILE *f)
{
    for (int front = 0; front < 2; front++)
        for (size_t i = 0; i < TASK_BITS; i++)
            for (size_t j = i + 1; j < TASK_BITS; j++) {
                double a[3], b[3];
                view(a, i);
                view(b, j);
                const double z = (a[2] + b[2]) / 2.0;
                if (task_distance(i, j) == 0 && (z > -0.1) == front)
                    fprintf(f, "%.6g\t%.6g\t%.6g\t%.6g\t%.6g\t0\t-1\n", a[0], a[1], z, b[0] - a[0],
                            b[1] - a[1]);
            }
    fputs("\n\n", f);
    for (int front = 0; front < 2; front++)
        for (size_t i = 0; i < TASK_BITS; i++) {
            double a[3];
            view(a, i);
            if ((a[2] > 0.0) == front)
                fprintf(f, "%.6g\t%.6g\t%.6g\t0\t0\t%d\t%zu\n", a[0], a[1], a[2],
                        bit(params.pattern, i), i);
        }
}

int main(int argc, char **argv)
{
    struct frame *f = frame_open(&claim, argc, argv);
    struct report *r = &f->report;
    if (!frame_train(f)) /* there is nothing to train here */
        return frame_close(f);

    static struct task smooth, hard;
    if (task_init(&smooth, TASK_SMOOTH, params.i_xy) != 0 || task_init(&hard, TASK_HARD, 0.0) != 0)
        die("the task cannot be set up");
    write_patterns(frame_table(f, "task"), &smooth);
    write_classes(frame_table(f, "task_classes"), &smooth);
    write_rule(frame_table(f, "task_rule"), &smooth);
    write_solid(frame_table(f, "task_solid"));

    /* The symmetry: orbits of the group against distinct power spectra.  The rules: how many patterns
     * the hard one labels 1, and how many of its labels are the likelier ones of the smooth rule. */
    double size[TASK_CLASSES], ones = 0.0, agree = 0.0;
    for (size_t c = 0; c < TASK_CLASSES; c++)
        size[c] = smooth.size[c];
    for (size_t k = 0; k < TASK_PATTERNS; k++) {
        ones += smooth.label[k];
        agree += (smooth.py_x[k] > 0.5F) == smooth.label[k];
    }
    const double rotations = (double)task_orbits(TASK_ROTATIONS);
    const double symmetries = (double)task_orbits(2 * TASK_ROTATIONS);
    const double entropy = entropy_of_counts(size, TASK_CLASSES);
    const struct report_entry number[] = {
        {TASK_PATTERNS, "%.0f", "patterns", "patterns"},
        {rotations, "%.0f", "orbits under the 60 rotations", "orbits-rotations"},
        {symmetries, "%.0f", "orbits under all 120 symmetries", "orbits"},
        {TASK_CLASSES, "%.0f", "distinct power spectra", "spectra"},
        {entropy, "%.4f", "entropy of the power spectrum, bits", "entropy"},
        {smooth.gamma, "%.2f", "gamma of the smooth rule", "gamma"},
        {smooth.i_xy, "%.4f", "I(X;Y) of the smooth rule, bits", "smooth/i-xy"},
        {smooth.h_y, "%.4f", "H(Y) of the smooth rule, bits", "smooth/h-y"},
        {ones, "%.0f", "patterns that the hard rule labels 1", "hard/ones"},
        {hard.i_xy, "%.5f", "I(X;Y) of the hard rule, bits", "hard/i-xy"},
        {agree, "%.0f", "patterns whose likelier smooth label is the hard one", "agree"}};
    report_entries(r, number, REPORT_LENGTH(number), "%s", "");
    printf("orbits: %.0f under rotations, %.0f under all symmetries; power spectra: %d\n"
           "smooth rule: gamma %.2f, I(X;Y) %.4f bit; hard rule: %.0f ones, I(X;Y) %.5f bit\n",
           rotations, symmetries, TASK_CLASSES, smooth.gamma, smooth.i_xy, ones, hard.i_xy);
    return frame_close(f);
}
