/* published.h -- values that others published, and how well ours agree with them.
 *
 * A table of data/reference is text: lines that begin with # say where it is from, one line names the
 * columns, and each row is a value, a "cell": tab-separated quantity (i_xt, i_ty, accuracy), epoch,
 * layer (from 1, the last the output; the accuracy is the output's), mean and standard deviation
 * over networks (nan where it was not published), and the number of networks.  A value of an epoch was
 * taken after its updates, so that of epoch 0 is after one epoch of training.
 *
 * Arrays x hold our values of the cells, (n, p->n): cell i of network k is x[k * p->n + i].
 *
 * Information in bits, accuracy as a share. */
#ifndef PUBLISHED_H
#define PUBLISHED_H

#include <stddef.h>

#include "run.h"
#include "stats.h"

enum published_quantity {
    PUBLISHED_I_XT,
    PUBLISHED_I_TY,
    PUBLISHED_ACCURACY,
    PUBLISHED_QUANTITIES
};

enum { PUBLISHED_MAX_CELLS = 1024 };

struct published_cell {
    enum published_quantity quantity;
    size_t epoch, layer;
    double mean, sd; /* sd: NaN if it was not published */
    size_t networks;
};

struct published {
    size_t n;
    struct published_cell cell[PUBLISHED_MAX_CELLS];
};

/* The name of a quantity in tables and keys. */
const char *published_name(enum published_quantity quantity);

/* Reads a table.  Dies, naming the file, the line and what is wrong: another header, a row that is
 * not six columns of the right kind, a line that is cut off, a cell that is there twice, no cell at
 * all, epochs that do not have the same cells. */
void published_read(struct published *p, const char *path);

/* Our value of a cell in one network, on a straight line between the measurements before and after it; that
 * of a network that is not trained stays as it is.  NaN if the network has no such layer or was not
 * trained that long. */
double published_value(const struct run_record *r, const struct published_cell *c);

/* That of every cell in each of n networks, to be freed by the caller. */
double *published_values(const struct published *p, const struct run_record *record, size_t n);

/* Ours against theirs. */
struct published_match {
    double mean, sd; /* of our networks */
    double error;    /* standard error of the difference of the means */
    double z;        /* (ours - theirs)/error */
    /* The same of the logarithms of the standard deviations, if neither is 0 nor missing, else NaN.  A
     * guide only: the error of a standard deviation is itself badly known, and of groups that are
     * alike z_sd spreads by about 1.2 where z spreads by 1. */
    double z_sd;
};

/* Compares our values x[n], n >= 2, with a cell, Eq. (eq:z); all is NaN if they are.  Where the published standard deviation
 * is missing, ours stands for both.  `rounding` is the step of the published digits, above 0: a
 * rounded mean is off by a uniform error of variance rounding^2/12. */
struct published_match published_compare(const struct published_cell *c, const double *x, size_t n,
                                         double rounding);

/* Where the measures draw the line: a cell agrees if |z| is at most `errors`; groups of networks that are
 * alike have a smaller share of agreeing cells than is asked with the probability `chance`. */
struct published_rule {
    double errors, chance;
};

/* How many cells agree. */
struct published_tally {
    size_t cells, agree;                 /* all, but for those that are NaN */
    size_t open, open_agree;             /* where our networks differ by more than rounding */
    size_t deviations, deviations_agree; /* with a z_sd, and that at most `errors` */
};

/* Counts one more cell. */
void published_count(struct published_tally *t, const struct published_match *m, double rounding,
                     const struct published_rule *rule);

/* What is said of a table as a whole: the shares of its means and of its standard deviations that agree,
 * and the mean of |ours - theirs| over the means of information, in bits. */
struct published_shares {
    struct stats_interval cells, deviations, distance;
};

/* Those of our n networks, with intervals by resampling them whole: a network has all its cells, which are
 * far from independent.  The shares by percentiles, the distance by stats_bca, as resampling adds to it. */
struct published_shares published_shares(struct published_tally *t, const struct published *p,
                                         const double *x, size_t n, double rounding,
                                         const struct published_rule *rule, size_t resamples,
                                         unsigned long seed);

/* What the shares are of two groups of networks that are alike: their means, 2.5 % and 97.5 % quantiles;
 * and the least that is asked, the quantile at rule->chance. */
struct published_alike {
    struct stats_interval cells, deviations;
    double cells_least, deviations_least;
};

/* Draws, with replacement, a group of n and one of as many as published from our n networks, treats
 * the second as if it had been published, and compares them, many times.  A network is drawn with all
 * its cells; a cell that is NaN is left out. */
struct published_alike published_alike(const struct published *p, const double *x, size_t n,
                                       double rounding, const struct published_rule *rule,
                                       size_t draws, unsigned long seed);

/* ---- single networks of others ---- */

enum { PUBLISHED_MAX_NETWORKS = 64 };

/* I(X;T) and I(T;Y) at the end of training in every network, as many rows as networks times layers. */
struct published_ends {
    size_t networks, layers, rows;
    double i_xt[PUBLISHED_MAX_NETWORKS][NET_MAX_LAYERS],
        i_ty[PUBLISHED_MAX_NETWORKS][NET_MAX_LAYERS];
};

/* Reads a table of rows network, layer (from 1), i_xt and i_ty, in this order, with a line of column names
 * and comments as above.  Dies, naming the file and the line, if it is anything else. */
void published_read_ends(struct published_ends *ends, const char *path);

/* Which of x[n] lag behind: those above 3/2 of their median.  Returns how many. */
size_t published_laggards(int *lags, const double *x, size_t n);

#endif
