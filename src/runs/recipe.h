/* recipe.h -- the settings of the networks, in one place for all claims, Section (sec:method).
 *
 * What the original's text leaves open (rate and batch) is chosen by a rule stated beforehand: the
 * setting whose gradient transition falls nearest the original's 350 epochs. */
#ifndef RECIPE_H
#define RECIPE_H

#include "config.h"

/* The recipe of the original's text, for a share of the patterns as training set.  The mini-batch
 * shrinks with the training set, so that an epoch has as many updates (14) at every share. */
struct config recipe_described(double fraction, size_t epochs);

/* The same with another rate and mini-batch; so many samples of it at 85 % of the patterns. */
struct config recipe_setting(double fraction, size_t epochs, double rate, size_t batch);

/* The same without gradient noise: the whole training set as one batch, and the rate times the number
 * of mini-batches of an epoch (14), so that an epoch goes as far along the mean gradient. */
struct config recipe_full_batch(double fraction, size_t epochs);

/* Without gradient noise, too, but at the rate of the recipe: as many times the epochs, so that the
 * training makes as many updates of the same rate. */
struct config recipe_equal_path(double fraction, size_t epochs);

/* Controls: networks that know shuffled labels by heart, Section (sec:ib-bound).  Those of the recipe can
 * learn a few hundred, so the first has 5 % of the patterns; the second has 85 %, wider first layers and
 * another optimiser.  Both have the described last two hidden layers. */
struct config recipe_by_heart(size_t epochs);
struct config recipe_by_heart_wide(size_t epochs);

/* The recipe of the original's text for its Fig. 5: 1 to 6 hidden layers of 12, 10, 8, ... units, 80 %
 * of the patterns. */
struct config recipe_depth(size_t hidden, size_t epochs);

/* The recipe of the original's program (February 2017, its stored run of six hidden layers): 4095 of
 * the 4096 patterns as one batch, Adam, the hard rule, bins by 50 edges. */
struct config recipe_coded(size_t epochs);

/* The same with the layers of recipe_depth. */
struct config recipe_coded_depth(size_t hidden, size_t epochs);

/* The recipe of the program that the original's authors released (from May 2017 on): the first 80 % of the
 * patterns in the order of their numbers, in mini-batches of 512 that are never shuffled, so that an
 * epoch has the same 7 of them every time; Adam, the hard rule, cells of 30 edges. */
struct config recipe_released(size_t epochs);

/* The same without gradient noise: the whole training set as one batch, at the same rate, and 7 times the
 * epochs, so that the training makes as many updates. */
struct config recipe_released_full(size_t epochs);

/* How the layers are measured, by the recipe of the text: 30 equal intervals on [-1, 1]; by the programs:
 * the cells of 50 edges there, or of 30. */
extern const char recipe_bins[], recipe_coded_bins[], recipe_released_bins[];

#endif
