/* dummy.c -- a claim for the test of the walk: small networks compress. */
#include "fall.h"
#include "frame.h"
#include "recipe.h"
#include "rules.h"

/*[ params ]*/
static const struct params {
    size_t networks, epochs, resamples;
} params[] = {[CLI_FULL] = {10, 1000, 1000}, [CLI_QUICK] = {3, 100, 100}};
/*[ end ]*/

static const struct frame_claim claim = {
    .name = "dummy",
    .purpose = "A dummy: small networks compress.",
    .table = {{"dummy", "epoch\ti_xt\ti_xt_se"}, {"dummy_networks", NULL}},
};

static const struct summary_quantity quantity[] = {
    {"fall", "%.2f", "mean fall of I(X;T) from its peak, bits", STATS_MEAN,
     offsetof(struct fall, fall)},
    {"share-after", "%.3f", "median share of epochs after the peak", STATS_MEDIAN,
     offsetof(struct fall, after)}};
static const struct summary_plan plan = {quantity, REPORT_LENGTH(quantity), 6, 11};

int main(int argc, char **argv)
{
    struct frame *f = frame_open(&claim, argc, argv);
    const struct params *p = &params[f->cli.scale];
    struct report *r = &f->report;

    /* Train. */
    const struct frame_set set[] = {
        {.name = "small", .config = recipe_depth(2, p->epochs), .networks = p->networks}};
    frame_sets(f, set, 1, p->resamples);
    if (!frame_train(f))
        return frame_close(f);

    /* Measure. */
    const struct run_record *record = frame_read(f, 0);
    const size_t hidden = record->layers - 1;
    const struct course_column column[] = {{COURSE_I_XT, COURSE_OVER_MEAN},
                                           {COURSE_I_XT, COURSE_OVER_SE}};
    FILE *paths = frame_table(f, "dummy"), *networks = frame_table(f, "dummy_networks");
    frame_params(f, 0);
    for (size_t i = 0; i < record->rows; i++) {
        fprintf(paths, "%zu", record->row[i].epoch);
        frame_path(paths, record, p->networks, i, hidden - 1, column, REPORT_LENGTH(column));
    }
    struct summary *layer[NET_MAX_LAYERS];
    summary_columns(networks, &plan);
    summary_heading(&plan);
    for (size_t l = 0; l < hidden; l++) {
        layer[l] = frame_summary(f, &plan, 0, l);
        for (size_t k = 0; k < p->networks; k++) {
            const struct fall m = fall_of(&record[k], l, &rules.fall);
            summary_put(layer[l], k, &m);
        }
        summary_write(layer[l], r, networks);
    }

    return frame_close(f);
}
