/* tasks.h -- data sets by name: what a configuration calls its task.
 *
 * A task is text, the name of a maker and what it is to make, between colons:
 *
 *   icosahedron:0.99                    the smooth rule that carries .99 bit
 *   icosahedron:hard                    the hard rule
 *   relevant:R:BITS:PROBABILITY:SEED    a label that R of the bits decide, with that probability
 *   random:FEATURES:CLASSES:N:SEED      N inputs of numbers from [0, 1) and labels that mean nothing
 *
 * To add a data set: its maker, and a line in the table of tasks.c. */
#ifndef TASKS_H
#define TASKS_H

#include "dataset.h"

/* Makes the data set of a text; to be freed with dataset_free.  Returns NULL, or what is wrong with
 * the text; then there is nothing to free. */
const char *tasks_make(struct dataset *d, const char *text);

#endif
