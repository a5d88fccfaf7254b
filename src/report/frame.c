#include "frame.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bins.h"
#include "die.h"
#include "memory.h"
#include "number.h"
#include "recipe.h"

/* Ends the program after naming the files that it writes. */
static _Noreturn void list_files(const struct frame_claim *claim)
{
    printf("%s.num\n", claim->name);
    for (size_t i = 0; i < FRAME_MAX_TABLES && claim->table[i].name; i++)
        printf("%s.tsv\n", claim->table[i].name);
    if (rules_asked(claim->name))
        printf("%s_verdicts.tsv\n", claim->name);
    exit(0);
}

struct frame *frame_open(const struct frame_claim *claim, int argc, char **argv)
{
    struct frame *f = memory_array(1, sizeof *f, "frames");
    f->claim = claim;
    cli_parse(&f->cli, argc, argv, claim->name, claim->purpose);
    if (f->cli.list_files) {
        free(f);
        list_files(claim);
    }
    return f;
}

void frame_sets(struct frame *f, const struct frame_set *set, size_t sets, size_t resamples)
{
    f->set = memory_array(sets, sizeof *f->set, "sets");
    f->sets = sets;
    f->resamples = resamples;
    f->of = memory_array(sets, sizeof *f->of, "sets");
    size_t most = 0;
    for (size_t s = 0; s < sets; s++) {
        f->set[s] = set[s];
        f->set[s].config.seed = rules_seed(f->cli.scale == CLI_FULL, set[s].draw);
        const char *const estimator = set[s].estimator ? set[s].estimator : recipe_bins;
        f->of[s] = (struct ensemble_set){f->set[s].config, estimator, set[s].networks};
        most = most > set[s].networks ? most : set[s].networks;
    }
    f->record = memory_array(most, sizeof *f->record, "records");
    f->records = most;
    ensemble_init(&f->ensemble, &f->cli, f->of, sets);
}

int frame_train(struct frame *f)
{
    const int all = !f->cli.estimate && f->cli.shards == 1;
    char path[FILE_PATH_MAX];
    frame_reference(path, f);
    if (all && f->claim->reference && access(path, R_OK) != 0)
        die_errno("cannot read the published values in %s (see --reference-dir)", path);
    if (f->sets > 0)
        ensemble_fill(&f->ensemble);
    if (all)
        report_open(&f->report, &f->cli);
    return all;
}

int frame_close(struct frame *f)
{
    if (f->report.cli) {
        for (size_t i = 0; i < FRAME_MAX_TABLES && f->claim->table[i].name; i++) {
            if (!f->table[i].stream)
                die("the table %s is declared, but not written", f->claim->table[i].name);
            file_commit(&f->table[i]);
        }
        if (rules_asked(f->claim->name)) {
            char name[FILE_PATH_MAX];
            struct file verdicts;
            snprintf(name, sizeof name, "%s_verdicts", f->claim->name);
            report_judge(&f->report,
                         report_table(&f->report, &verdicts, name, REPORT_VERDICT_COLUMNS));
            file_commit(&verdicts);
        }
        report_close(&f->report);
    }
    for (size_t i = 0; i < f->summaries; i++)
        summary_free(f->summary[i]);
    for (size_t k = 0; k < f->records; k++)
        run_record_free(&f->record[k]);
    if (f->sets > 0)
        ensemble_free(&f->ensemble);
    free(f->record);
    free(f->of);
    free(f->set);
    free(f);
    return 0;
}

/* ---- measuring ---- */

const struct run_record *frame_read(struct frame *f, size_t set)
{
    ensemble_read_all(f->record, &f->ensemble, set);
    /* what is left of a larger set must not pass for networks of this one */
    for (size_t k = f->set[set].networks; k < f->records; k++) {
        run_record_free(&f->record[k]);
        memset(&f->record[k], 0, sizeof f->record[k]);
    }
    return f->record;
}

const struct dataset *frame_data(const struct frame *f, size_t set)
{
    return &f->ensemble.data[set];
}

const struct task *frame_task(const struct frame *f, size_t set)
{
    return task_behind(frame_data(f, set));
}

struct final *frame_final(const struct frame *f, size_t set)
{
    return final_new(&f->set[set].config, frame_data(f, set), f->of[set].estimator);
}

struct summary *frame_summary(struct frame *f, const struct summary_plan *plan, size_t set,
                              size_t l)
{
    if (f->summaries == FRAME_MAX_SUMMARIES)
        die("there are more than %d summaries", FRAME_MAX_SUMMARIES);
    const struct frame_set *of = set == FRAME_ALL_SETS ? f->set : &f->set[set];
    struct summary *s = summary_new(plan, of->name, l, of->networks, f->resamples);
    if (set == FRAME_ALL_SETS)
        s->set = NULL;
    f->summary[f->summaries++] = s;
    return s;
}

void frame_reference(char path[FILE_PATH_MAX], const struct frame *f)
{
    const int n = snprintf(path, FILE_PATH_MAX, "%s/%s.tsv", f->cli.reference_dir, f->claim->name);
    if (n >= FILE_PATH_MAX)
        die("the name of a directory is too long: %s", f->cli.reference_dir);
}

/* ---- writing ---- */

FILE *frame_table(struct frame *f, const char *name)
{
    size_t i = 0;
    while (i < FRAME_MAX_TABLES && f->claim->table[i].name &&
           strcmp(f->claim->table[i].name, name) != 0)
        i++;
    if (i == FRAME_MAX_TABLES || !f->claim->table[i].name)
        die("the table %s is not declared", name);
    return report_table(&f->report, &f->table[i], name, f->claim->table[i].columns);
}

void frame_path(FILE *to, const struct run_record *record, size_t networks, size_t row, size_t l,
                const struct course_column *column, size_t columns)
{
    for (size_t c = 0; c < columns; c++) {
        const double x = course_over(record, networks, row, l, column[c]);
        number_columns(to, &x, 1);
    }
    fputc('\n', to);
}

void frame_params(struct frame *f, size_t set)
{
    const struct config *c = &f->set[set].config;
    const size_t inputs = frame_data(f, set)->n, samples = config_samples(c, inputs);
    const size_t batch = c->batch == 0 || c->batch > samples ? samples : c->batch;
    struct bins bins;
    if (bins_parse(&bins, f->of[set].estimator))
        die("the set is not measured by bins");
    const struct report_entry param[] = {
        {(double)f->set[set].networks, "%.0f", "networks of each set", "networks"},
        {(double)c->epochs, "%.0f", "epochs", "epochs"},
        {c->rate, "%g", "learning rate", "rate"},
        {(double)batch, "%.0f", "samples of a mini-batch", "batch"},
        {(double)config_batches(c, inputs), "%.0f", "mini-batches of an epoch", "batches"},
        {(double)samples, "%.0f", "training patterns", "samples"},
        {(double)bins.n, "%.0f", "bins of a unit", "bins"}};
    report_entries(&f->report, param, REPORT_LENGTH(param), "param.");
}
