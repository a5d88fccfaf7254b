/* cost.h -- how long networks take: the model of Eq. (eq:cost), and this machine's speed by it. */
#ifndef COST_H
#define COST_H

#include "run.h"

/* Work of a run with so many estimators: nanoseconds on the machine of Table (tab:cost).  Only the
 * ratios matter elsewhere. */
double cost_of(const struct config *c, const struct dataset *d, size_t estimators);

/* Seconds this machine takes for one unit of work, from a tenth of a second of it. */
double cost_calibrate(const struct config *c, const struct dataset *d, const char *estimator);

#endif
