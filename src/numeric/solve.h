/* solve.h -- a root or a minimum of a function of one variable in a bracket, by Brent's methods (R. P.
 * Brent, "Algorithms for Minimization without Derivatives", 1973) as GSL has them. */
#ifndef SOLVE_H
#define SOLVE_H

#include <stddef.h>

/* Where f, of x and of what arg points to, crosses 0 between low and high: to an interval no wider
 * than absolute + relative * |x|, x the end next to 0, of which at least one tolerance is some
 * rounding units.  NaN if f has the same sign at both ends, or is NaN at one. */
double solve_root(double (*f)(double x, void *arg), void *arg, double low, double high,
                  double absolute, double relative);

struct solve_point {
    double x, f;
};

/* The least value between bracket[0] and bracket[2], where bracket[1] lies between them and below
 * both, in at most so many steps: to an interval no wider than `absolute`.  The bracket's own middle
 * if it is no bracket. */
struct solve_point solve_minimum(double (*f)(double x, void *arg), void *arg,
                                 const struct solve_point bracket[3], double absolute,
                                 size_t steps);

#endif
