#include "final.h"

#include "memory.h"

struct layers *final_layers(const struct run_config *config, const struct run_record *record)
{
    struct net_shape shape;
    struct layers *w = memory_aligned(LAYERS_ALIGNMENT, 1, sizeof *w, "layers");
    net_shape(&shape, config->width, config->layers);
    run_bins(&w->bins, config);
    layers_forward(w, &shape, record->param);
    return w;
}
