#include "cost.h"

#include <stdlib.h>

#include "memory.h"
#include "progress.h"

double cost_of(const struct config *c, const struct dataset *d, size_t estimators)
{
    struct net_shape s;
    size_t epoch[RUN_MAX_ROWS];
    config_shape(&s, c);
    const double samples = (double)config_samples(c, d->n);
    const double batches = (double)config_batches(c, d->n);
    const double units = (double)(s.units - s.width[0]), params = (double)s.params;
    const double train = samples * (1.5 + 0.21 * units + 0.025 * (params - units)) +
                         batches * (190.0 + 0.85 * params);
    const double measure = 54e3 * (double)d->n / 4096.0 *
                           (double)(run_schedule(epoch, c->epochs) * c->layers * estimators);
    return measure + (double)(c->epochs + 1) * train;
}

double cost_calibrate(const struct config *config, const struct dataset *d, const char *estimator)
{
    struct run_record *record = memory_array(1, sizeof *record, "the speed of this machine");
    struct run_measured *measured = memory_array(1, sizeof *measured, "the speed of this machine");
    struct config c = *config;
    c.epochs = 0;
    double seconds;
    do {
        c.epochs = 2 * c.epochs + 20;
        const double start = progress_now();
        run_train(record, &measured, &estimator, 1, &c, d, 0);
        seconds = progress_now() - start;
    } while (seconds < 0.1);
    run_record_free(record);
    free(record);
    free(measured);
    return seconds / cost_of(&c, d, 1);
}
