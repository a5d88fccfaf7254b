/* final.h -- the layers of a trained network, made again from the final weights of its record. */
#ifndef FINAL_H
#define FINAL_H

#include "layers.h"
#include "run.h"

/* Passes all patterns through the network as it was after its last epoch, binned as its configuration
 * says; to be freed by free. */
struct layers *final_layers(const struct run_config *config, const struct run_record *record);

#endif
