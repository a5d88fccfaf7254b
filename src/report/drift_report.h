/* drift_report.h -- how what drift.h measures is called, printed and summed up. */
#ifndef DRIFT_REPORT_H
#define DRIFT_REPORT_H

#include "drift.h"
#include "summary.h"

/* Quantities of struct drift; so many of them, the first ones, hang on the level of the signal-to-noise
 * ratio, and so many are no norms. */
extern const struct summary_plan drift_report_plan;
enum { DRIFT_REPORT_BY_LEVEL = 6, DRIFT_REPORT_NOT_NORMS = 14 };

/* What struct drift_over has of a layer, for the rules: its name in keys, its printed form and meaning.
 * The first ones hang on the level. */
enum { DRIFT_REPORT_NUMBERS = 12, DRIFT_REPORT_NUMBERS_BY_LEVEL = 9 };
struct drift_report_number {
    const char *name, *format, *meaning;
    size_t at;       /* in struct drift_over, bytes */
    int in_the_plan; /* the summary of the layer has it, too */
};
extern const struct drift_report_number drift_report_number[DRIFT_REPORT_NUMBERS];

struct stats_interval drift_report_value(const struct drift_over *over, size_t number);

/* Measures the layer of a summary on the records of its set into d[networks] and the summary, and reports
 * it, by summary_report, and the numbers above as [<set>/]t<layer>/<name>; of a summary that asks for
 * quantities by the level only, likewise. */
void drift_report_layer(struct report *r, struct drift *d, struct summary *x,
                        const struct run_record *record, const struct drift_rule *rule,
                        const struct fall_rule *fall);

/* The numbers of layer l of a set as rows of a table, with the columns DRIFT_REPORT_COLUMNS, and for the
 * rules (report_keep). */
void drift_report_rows(FILE *table, struct report *r, const char *set, size_t l,
                       const struct drift_over *over);
#define DRIFT_REPORT_COLUMNS "set\tlayer\tnumber\tvalue\tlow\thigh\tn"

#endif
