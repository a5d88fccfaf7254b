/* parity.h -- a data set for the test of the walk: the parity of a few bits. */
#ifndef PARITY_H
#define PARITY_H

#include "dataset.h"

/* All patterns of so many bits, 1 to 16, labelled by their parity; to be freed with dataset_free. */
void parity_make(struct dataset *d, size_t bits);

#endif
