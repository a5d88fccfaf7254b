#include "whole_report.h"

#include "number.h"

#define WHOLE(name, format, meaning)                                                               \
    {                                                                                              \
#name, format, meaning, STATS_MEAN, offsetof(struct whole, name)                           \
    }
static const struct summary_quantity whole_quantity[] = {
    WHOLE(train, "%.4f", "mean accuracy on the training set"),
    WHOLE(test, "%.4f", "mean accuracy on the test set"),
    WHOLE(likelier, "%.4f", "mean accuracy there against the likelier label of the rule"),
    WHOLE(loss, "%.4f", "mean loss on the training set, bits"),
    WHOLE(information, "%.3f", "mean I(out;Y), bits"),
    WHOLE(fall, "%.2f", "mean fall of I(X;T) in the last hidden layer, bits")};
const struct summary_plan whole_report_plan = {whole_quantity, REPORT_LENGTH(whole_quantity), 0, 0};

#define EQUAL(name, format, meaning, member)                                                       \
    {                                                                                              \
        name, format, meaning, STATS_MEAN, offsetof(struct whole_equal, member)                    \
    }
static const struct summary_quantity equal_quantity[] = {
    EQUAL("equal-loss", "%.4f", "mean loss to which both kinds of networks come down, bits", loss),
    EQUAL("test-equal-loss", "%.4f", "mean accuracy on the test set there", test),
    EQUAL("other-test-equal-loss", "%.4f", "that of the networks compared with", other_test),
    EQUAL("worse-equal-loss", "%+.4f", "mean of the second less the first", worse),
    EQUAL("fall-equal-loss", "%.2f", "mean fall of I(X;T) until there, bits", fall)};
static const struct summary_plan equal_plan = {equal_quantity, REPORT_LENGTH(equal_quantity), 0, 0};

void whole_report_path(FILE *to, const struct frame *f, size_t set)
{
    const size_t networks = f->set[set].networks, last = f->set[set].config.layers - 2;
    for (size_t i = 0; i < f->record->rows; i++) {
        double mean[3] = {0};
        for (size_t k = 0; k < networks; k++) {
            const struct run_row *row = &f->record[k].row[i];
            mean[0] += row->loss / (double)networks;
            mean[1] += row->information[last].i_xt / (double)networks;
            mean[2] += row->test_accuracy / (double)networks;
        }
        fprintf(to, "%s\t%zu", f->set[set].name, f->record->row[i].epoch);
        number_columns(to, mean, 3);
        fputc('\n', to);
    }
}

void whole_report_compare(struct frame *f, size_t set, const struct summary *a, size_t other,
                          const struct summary *b)
{
    static struct run_record of_a, of_b;
    const char *const name = f->set[set].name;
    struct summary *x =
        frame_summary(f, &equal_plan, f->set[set].networks < f->set[other].networks ? set : other,
                      SUMMARY_NETWORK);
    x->set = name;
    for (size_t k = 0; k < x->networks; k++) {
        ensemble_read(&of_a, &f->ensemble, set, k);
        ensemble_read(&of_b, &f->ensemble, other, k);
        const struct whole_equal m = whole_equal_of(&of_a, &of_b);
        summary_put(x, k, &m);
    }
    run_record_free(&of_a);
    run_record_free(&of_b);
    summary_report(x, &f->report);
    report_interval(&f->report, summary_difference(b, a, "test"), "%+.4f",
                    "mean accuracy on the test set of the others less its own, at the end",
                    "%s/worse-converged", name);
    report_interval(&f->report, summary_difference(b, a, "likelier"), "%+.4f",
                    "the same against the likelier label of the rule", "%s/worse-likelier", name);
}
