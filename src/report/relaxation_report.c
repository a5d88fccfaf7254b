#include "relaxation_report.h"

#include "number.h"

/* An interval as three columns, and on stdout. */
static void put(FILE *f, struct stats_interval x)
{
    number_columns(f, (const double[]){x.value, x.low, x.high}, 3);
    fputs("  ", stdout);
    number_write(stdout, x.value, 3);
    fputs(" [", stdout);
    number_write(stdout, x.low, 3);
    fputs(", ", stdout);
    number_write(stdout, x.high, 3);
    fputs("]", stdout);
}

void relaxation_report_rule(struct report *r, const struct relaxation_rule *rule)
{
    const struct report_entry param[] = {
        {rule->bits, "%.1f", "least fall and compression that count, bits", "relaxation-bits"},
        {rule->r2, "%.1f", "least share of the variance", "r2"},
        {rule->power, "%g", "greatest power that is not super-linear", "power"}};
    report_entries(r, param, REPORT_LENGTH(param), "param.");
}

void relaxation_report_networks(struct relaxation_points *p, FILE *f, const char *name,
                                const struct run_record *record, size_t n)
{
    const size_t hidden = record->layers - 1;
    for (size_t k = 0; k < n; k++) {
        struct relaxation x[NET_MAX_LAYERS];
        for (size_t l = 0; l < hidden; l++) {
            x[l] = relaxation_of(&record[k], l);
            fprintf(f, "%s\t%zu\t%zu\t%zu", name, hidden, k, l + 1);
            number_columns(f, (const double[]){x[l].compression, x[l].fall, x[l].epochs}, 3);
            fprintf(f, "\t%d\n", relaxation_counts(&x[l], p->bits));
        }
        relaxation_add(p, x, hidden);
    }
}

void relaxation_report_heading(void)
{
    puts("relaxation: doublings of the time per bit, share of the variance, power of the "
         "compression");
}

struct relaxation_fit relaxation_report_fit(struct report *r, FILE *f, const char *name,
                                            const struct relaxation_points *p, size_t resamples)
{
    const struct relaxation_fit fit = relaxation_fit(p, resamples, 1);
    const struct report_entry count[] = {
        {(double)p->layers, "%.0f", "layers that count", "layers"},
        {(double)p->left_out, "%.0f", "layers left out", "left-out"}};
    report_entries(r, count, REPORT_LENGTH(count), "relaxation/%s/", name);
    report_interval(r, fit.slope, "%.2f", "doublings of the relaxation time per bit",
                    "relaxation/%s/slope", name);
    report_interval(r, fit.r2, "%.2f", "share of its variance that this line explains",
                    "relaxation/%s/r2", name);
    report_interval(r, fit.power, "%.2f", "power of the compression", "relaxation/%s/power", name);
    fprintf(f, "%s\t%zu\t%zu", name, p->layers, p->left_out);
    number_columns(f, &fit.intercept, 1);
    printf("relaxation %-8s %4zu layers:", name, p->layers);
    put(f, fit.slope);
    put(f, fit.r2);
    put(f, fit.power);
    fputc('\n', f);
    putchar('\n');
    return fit;
}

void relaxation_report_layers(struct report *r, const struct relaxation_points *p, size_t hidden,
                              size_t resamples)
{
    for (size_t l = 0; l < hidden; l++) {
        const struct relaxation_layer x = relaxation_layer(p, l, resamples, 1);
        const struct report_entry number[] = {
            {(double)x.networks, "%.0f", "networks in which the layer counts", "networks"},
            {x.compression, "%.2f", "median compression, bits", "compression"},
            {x.epochs, "%.0f", "median relaxation time, epochs", "epochs"}};
        report_entries(r, number, REPORT_LENGTH(number), "relaxation/t%zu/", l + 1);
        report_interval(r, x.correlation, "%.2f",
                        "rank correlation of compression and time within the layer",
                        "relaxation/t%zu/correlation", l + 1);
    }
}
