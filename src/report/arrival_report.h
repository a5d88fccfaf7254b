/* arrival_report.h -- when networks arrive, for the text, tables and stdout. */
#ifndef ARRIVAL_REPORT_H
#define ARRIVAL_REPORT_H

#include <stddef.h>
#include <stdio.h>

#include "arrival.h"
#include "report.h"

/* How a goal is called in keys and tables: "information", "higher", "accuracy"; "i80" is 0.80 bits. */
const char *arrival_report_goal(enum arrival_goal goal);

/* Reports the rule as param.<name>. */
void arrival_report_rule(struct report *r, const struct arrival_rule *rule);

/* A row for each network of a set: recipe, number of hidden layers, and the columns below; the times to
 * the three goals that have names. */
#define ARRIVAL_REPORT_NETWORKS                                                                    \
    "recipe\thidden\trate\tepochs\tnetwork\tinformation\thigher\taccuracy"
void arrival_report_networks(FILE *f, const char *recipe, size_t hidden,
                             const struct arrival_times *t);

/* The search for the best rate of a depth for each goal, among candidates in the order of their rates: a
 * row for each, and the median time to the information at each as <setting>/search/rate<rate>/h<hidden>.
 * Fills best with arrival_best. */
#define ARRIVAL_REPORT_RATES "setting\tgoal\thidden\trate\tepochs\tarrived\tmedian\tchosen"
void arrival_report_search(struct arrival_times *best, struct report *r, FILE *f,
                           const char *setting, size_t hidden,
                           const struct arrival_times *candidate, size_t candidates);

/* Prints the heading of the lines of arrival_report_depths. */
void arrival_report_heading(void);

/* Compares group[h], networks of h + 1 hidden layers, for h < depths, by each goal: rate, how many
 * networks arrive and their median time; the speed-up over one hidden layer in epochs, and the saving in
 * floating-point operations.  A row for each, those of the deepest to levels of information also in the
 * table `curve`; numbers under <setting>/h<h + 1>/<goal>/... and a line on stdout for goals with a name,
 * and for the deepest to all. */
#define ARRIVAL_REPORT_SPEED                                                                       \
    "setting\tgoal\tlevel\thidden\trate\tnetworks\tarrived\tepochs\tepochs_low\tepochs_high\t"     \
    "speedup\tspeedup_low\tspeedup_high\tsaving"
void arrival_report_depths(struct report *r, FILE *f, FILE *curve, const char *setting,
                           const struct arrival_times *group, size_t depths,
                           const struct arrival_rule *rule);

#endif
