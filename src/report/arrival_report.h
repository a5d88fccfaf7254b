/* arrival_report.h -- when networks arrive, for the text, tables and stdout. */
#ifndef ARRIVAL_REPORT_H
#define ARRIVAL_REPORT_H

#include <stddef.h>
#include <stdio.h>

#include "arrival.h"
#include "report.h"

/* Reports the rule as param.<name>. */
void arrival_report_rule(struct report *r, const struct arrival_rule *rule);

/* A row for each network of a set of a recipe: recipe, hidden, rate, epochs, network, and the time to each
 * goal. */
void arrival_report_networks(FILE *f, const char *recipe, size_t hidden,
                             const struct arrival_times *t);

/* The search for the best rate of a depth for each goal: the best one as best/h<hidden>/<goal>/rate; a
 * row for each candidate (goal, hidden, rate, epochs, arrived, median, chosen); and the median time to
 * the information at each as search/rate<rate>/h<hidden>.  Fills best with arrival_best. */
void arrival_report_search(struct arrival_times *best, struct report *r, FILE *f, size_t hidden,
                           const struct arrival_times *candidate, size_t candidates);

/* Floating-point operations of a sample in networks of so many hidden layers over those of one, as
 * cost/h<hidden>. */
void arrival_report_cost(struct report *r, size_t hidden, const struct arrival_group *g,
                         const struct arrival_group *one);

/* The columns of the rows of arrival_report_depths, and the heading of its lines on stdout. */
#define ARRIVAL_REPORT_COLUMNS                                                                     \
    "setting\tgoal\thidden\trate\tnetworks\tarrived\tepochs\tepochs_low\tepochs_high\tspeedup\t"   \
    "speedup_low\tspeedup_high\tsaving"
void arrival_report_heading(void);

/* Compares group[h], networks of h + 1 hidden layers, for h < depths, by each goal: epochs to it and how
 * many networks arrive; the speed-up over one hidden layer in epochs, and the saving in floating-point
 * operations.  Numbers under <setting>/h<h + 1>/<goal>/..., a row and a line for each.  Fills
 * speedup[depths] with that to the information; that of one hidden layer over itself is 1. */
void arrival_report_depths(struct stats_interval *speedup, struct report *r, FILE *f,
                           const char *setting, const struct arrival_times *group, size_t depths,
                           size_t resamples);

#endif
