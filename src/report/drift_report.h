/* drift_report.h -- how what drift.h measures is called, printed and summed up. */
#ifndef DRIFT_REPORT_H
#define DRIFT_REPORT_H

#include "summary.h"

/* Quantities of struct drift. */
extern const struct summary_plan drift_report_plan;

/* So many of them, the first ones, are asked of networks whose gradient has no noise. */
enum { DRIFT_REPORT_WITHOUT_NOISE = 4 };

/* Quantities of struct drift_error, of a network as a whole. */
extern const struct summary_plan drift_report_error_plan;

#endif
