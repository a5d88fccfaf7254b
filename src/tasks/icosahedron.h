/* icosahedron.h -- the task of Shwartz-Ziv and Tishby (2017): 4096 binary patterns on the twelve vertices
 * of an icosahedron, and two rules that label them.
 *
 * Pattern k is the binary expansion of k, bit 0 the most significant; bit i sits on vertex i.
 * Information in bits, gamma and theta in the units of f. */
#ifndef ICOSAHEDRON_H
#define ICOSAHEDRON_H

#include <stddef.h>
#include <stdint.h>

#include "dataset.h"

enum {
    TASK_BITS = 12,
    TASK_PATTERNS = 1 << TASK_BITS,
    TASK_CLASSES = 64,   /* distinct power spectra */
    TASK_DISTANCES = 3,  /* between two vertices: neighbours, second neighbours, antipodes */
    TASK_ROTATIONS = 60, /* of the icosahedron; as many again with reflections */
    TASK_EDGES = 30
};

/* The smooth rule p(y=1|x) = 1/(1 + exp(-gamma (f - theta))), and the hard rule of the published
 * labels. */
enum task_rule { TASK_SMOOTH, TASK_HARD };

struct task {
    double gamma;                 /* of the smooth rule; 0 for the hard rule */
    uint8_t class[TASK_PATTERNS]; /* 0..63, by rising f */
    double f[TASK_CLASSES];       /* of the class */
    uint16_t size[TASK_CLASSES];  /* patterns in the class */
    uint32_t bits[TASK_PATTERNS]; /* pattern k is k */
    double
        log_odds[TASK_PATTERNS];  /* log p(y=1|x)/p(y=0|x) of the smooth rule, gamma (f - theta) */
    float py_x[TASK_PATTERNS];    /* p(y=1|x) */
    uint8_t label[TASK_PATTERNS]; /* the hard rule */
    double i_xy, h_y;             /* I(X;Y) and H(Y) of py_x */
};

/* Vertex i on the unit sphere, Section (sec:task). */
void task_vertex(double r[3], size_t i);

/* The distance class of two different vertices: 0 neighbours (cosine 1/sqrt(5)), 1 second
 * neighbours (-1/sqrt(5)), 2 antipodes (-1). */
size_t task_distance(size_t i, size_t j);

/* Set bits of a pattern, and pairs of set bits per distance.  Integers, so patterns that are equal
 * in exact arithmetic are equal here. */
struct task_pairs {
    unsigned bits, pairs[TASK_DISTANCES];
};
struct task_pairs task_pairs(unsigned pattern);

/* Power ||a_l||^2 of the spherical-harmonic coefficients of degree l, Eq. (eq:power). */
double task_power(struct task_pairs p, int l);

/* f = 2 ||a_0|| + (5/3) ||a_1|| + (4/5) ||a_2||, Eq. (eq:f). */
double task_f(struct task_pairs p);

/* The hard rule: 2 ||a_0|| + (4/3) ||a_1|| > theta, Eq. (eq:hard). */
int task_hard(struct task_pairs p);

/* The log-odds of the smooth rule for a value of f, gamma (f - theta), and its p(y=1|x),
 * Eq. (eq:smooth). */
double task_log_odds(double f, double gamma);
double task_smooth(double f, double gamma);

/* Fills the tables.  The smooth rule takes the gamma that gives I(X;Y) = i_xy bits, by GSL's root
 * finder.  Returns 0, or -1 if no gamma up to 1e4 does. */
int task_init(struct task *t, enum task_rule rule, double i_xy);

/* The task as a data set of 4096 inputs of 12 bits and two classes, its arrays those of t: a view,
 * good as long as t is.  The hard rule has no log-odds. */
void task_view(struct dataset *d, const struct task *t);

/* The task behind a data set that the list of makers made of it, see tasks.h. */
const struct task *task_behind(const struct dataset *d);

/* All symmetries of the icosahedron as permutations of the vertices, found by turning one vertex
 * and its neighbour onto every other such pair: image[g][i] is where vertex i goes; the first
 * TASK_ROTATIONS are proper rotations, the others have a reflection. */
void task_symmetries(uint8_t image[2 * TASK_ROTATIONS][TASK_BITS]);

/* Number of orbits of the patterns under the first n symmetries. */
size_t task_orbits(size_t n);

#endif
