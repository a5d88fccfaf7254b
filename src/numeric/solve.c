#include "solve.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_min.h>
#include <gsl/gsl_roots.h>
#include <math.h>

double solve_root(double (*f)(double x, void *arg), void *arg, double low, double high,
                  double absolute, double relative)
{
    const double at_low = f(low, arg), at_high = f(high, arg);
    if (!(at_low <= 0.0 && at_high >= 0.0) && !(at_low >= 0.0 && at_high <= 0.0))
        return (double)NAN;
    gsl_function function = {f, arg};
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    gsl_root_fsolver_set(solver, &function, low, high);
    do {
        gsl_root_fsolver_iterate(solver);
        low = gsl_root_fsolver_x_lower(solver);
        high = gsl_root_fsolver_x_upper(solver);
    } while (gsl_root_test_interval(low, high, absolute, relative) == GSL_CONTINUE);
    const double root = gsl_root_fsolver_root(solver);
    gsl_root_fsolver_free(solver);
    return root;
}

struct solve_point solve_minimum(double (*f)(double x, void *arg), void *arg,
                                 const struct solve_point bracket[3], double absolute, size_t steps)
{
    const struct solve_point low = bracket[0], middle = bracket[1], high = bracket[2];
    if (!(low.x < middle.x && middle.x < high.x && middle.f < low.f && middle.f < high.f))
        return middle;
    gsl_function function = {f, arg};
    gsl_min_fminimizer *m = gsl_min_fminimizer_alloc(gsl_min_fminimizer_brent);
    gsl_min_fminimizer_set_with_values(m, &function, middle.x, middle.f, low.x, low.f, high.x,
                                       high.f);
    for (size_t i = 0; i < steps; i++) {
        gsl_min_fminimizer_iterate(m);
        if (gsl_min_test_interval(gsl_min_fminimizer_x_lower(m), gsl_min_fminimizer_x_upper(m),
                                  absolute, 0.0) == GSL_SUCCESS)
            break;
    }
    const struct solve_point least = {gsl_min_fminimizer_x_minimum(m),
                                      gsl_min_fminimizer_f_minimum(m)};
    gsl_min_fminimizer_free(m);
    return least;
}
