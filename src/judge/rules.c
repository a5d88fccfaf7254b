#include "rules.h"

const struct rules rules = {
    /*[ fall ]*/
    /* bits; share of the epochs; last hidden layers */
    .fall = {.bits = 0.5, .share = 0.5, .layers = 2},
    /*[ end ]*/
    /*[ drift ]*/
    /* signal-to-noise ratio; share of the networks; error rate; factor between epochs; last hidden
     * layers */
    .drift = {.snr = 1.0, .networks = 0.9, .error = 0.05, .factor = 3.0, .layers = 2},
    /*[ end ]*/
    /*[ place ]*/
    /* bits about Y; bits about X; share of I(X;T); ratio to a control; last hidden layers; bits */
    .place = {.below = 0.05, .right = 0.5, .share = 0.1, .ratio = 0.5, .layers = 2, .fall = 0.5},
    /*[ end ]*/
    /*[ bend ]*/
    /* middle sizes, as shares of the patterns; bits; last hidden layers */
    .bend = {.low = 0.20, .high = 0.60, .bits = 0.1, .layers = 2},
    /*[ end ]*/
    /*[ depth ]*/
    /* I(out;Y), bits; share of right labels; a second I(out;Y), bits; speed-up */
    .arrival = {.information = 0.9, .accuracy = 0.95, .higher = 0.95, .speedup = 2},
    /* bits; share of the variance; power */
    .relaxation = {.bits = 0.1, .r2 = 0.5, .power = 1},
    /*[ end ]*/
    /*[ slowing ]*/
    /* distance as a share of beta; times slower; ratio of distances; share of the networks; last
     * hidden layers */
    .slowing = {.near = 0.01, .times = 3.0, .ratio = 0.5, .share = 0.5, .layers = 2},
    /*[ end ]*/
    /*[ published ]*/
    /* standard errors; shares of the cells */
    .published = {.errors = 2.0, .reproduced = 0.9, .partly = 0.7},
    /*[ end ]*/
};
