/* whole_report.h -- networks as wholes, for the text and tables; and a kind of network compared with
 * another. */
#ifndef WHOLE_REPORT_H
#define WHOLE_REPORT_H

#include <stdio.h>

#include "frame.h"
#include "summary.h"
#include "whole.h"

/* Quantities of struct whole. */
extern const struct summary_plan whole_report_plan;

/* Rows of a table, one per measured epoch of the set that frame_read gave last: set, epoch, and the means
 * over its networks of training loss, I(X;T) of the last hidden layer and test accuracy. */
void whole_report_path(FILE *to, const struct frame *f, size_t set);

/* Networks of one set against those of the same number in another: numbers below the name of the first,
 * struct whole_equal as <set>/equal-loss, ..., and how much better the other is at the end, in test accuracy
 * and against the likelier label, as <set>/worse-converged and <set>/worse-likelier.  a and b are their
 * summaries by the plan above. */
void whole_report_compare(struct frame *f, size_t set, const struct summary *a, size_t other,
                          const struct summary *b);

#endif
