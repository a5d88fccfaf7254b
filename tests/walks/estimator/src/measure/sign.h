/* sign.h -- an estimator for the test of the walk: "sign", whether each activation is above 0. */
#ifndef SIGN_H
#define SIGN_H

#include "estimator.h"

extern const struct estimator_kind sign_kind;

#endif
