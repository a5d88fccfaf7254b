/* arrival_report.h -- when networks arrive, for the text, tables and stdout. */
#ifndef ARRIVAL_REPORT_H
#define ARRIVAL_REPORT_H

#include <stddef.h>
#include <stdio.h>

#include "arrival.h"
#include "report.h"

/* A row for each network of a set, whose times to several goals are the groups to[goals]: recipe,
 * hidden, rate, epochs, network, and a time for each goal. */
void arrival_report_networks(FILE *f, const char *recipe, size_t hidden,
                             struct arrival_group *const *to, size_t goals);

/* The search for the best rate of a depth: the best one as best/h<hidden>/<goal>/rate; a row for each
 * candidate (goal, hidden, rate, epochs, arrived, median, chosen); and, if `medians`, the median time at
 * each as search/rate<rate>/h<hidden>. */
void arrival_report_search(struct report *r, FILE *f, const char *goal, size_t hidden,
                           const struct arrival_group *candidate, size_t candidates, double best,
                           int medians);

/* The columns of the rows of arrival_report_depths, and the heading of its lines on stdout. */
#define ARRIVAL_REPORT_COLUMNS                                                                     \
    "setting\tgoal\thidden\trate\tnetworks\tarrived\tepochs\tepochs_low\tepochs_high\tspeedup\t"   \
    "speedup_low\tspeedup_high\tsaving"
void arrival_report_heading(void);

/* Compares group[h], networks of h + 1 hidden layers, for h < depths: epochs to the goal and how many
 * networks arrive; the speed-up over one hidden layer in epochs, and the saving in floating-point
 * operations.  Numbers under <setting>/h<h + 1>/<goal>/..., a row and a line for each.  Fills
 * speedup[depths]; that of one hidden layer over itself is 1. */
void arrival_report_depths(struct stats_interval *speedup, struct report *r, FILE *f,
                           const char *setting, const char *goal, const struct arrival_group *group,
                           size_t depths, size_t resamples);

#endif
