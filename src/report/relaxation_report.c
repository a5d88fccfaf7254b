#include "relaxation_report.h"

#include "number.h"

/* An interval on stdout. */
static void put(struct stats_interval x)
{
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
    report_number(r, rule->bits, "%.1f", "least fall and compression that count, bits",
                  "param.bits");
}

void relaxation_report_networks(struct relaxation_points *p, struct relaxation *x, FILE *f,
                                const char *set, const struct run_record *record, size_t n)
{
    const size_t hidden = record->layers - 1;
    for (size_t k = 0; k < n; k++) {
        struct relaxation *own = &x[k * NET_MAX_LAYERS];
        for (size_t l = 0; l < hidden; l++) {
            own[l] = relaxation_of(&record[k], l);
            fprintf(f, "%s\t%zu\t%zu", set, k, l + 1);
            number_columns(f, (const double[]){own[l].compression, own[l].fall, own[l].epochs}, 3);
            fprintf(f, "\t%d\n", relaxation_counts(&own[l], p->bits));
        }
        relaxation_add(p, own, hidden);
    }
}

void relaxation_report_heading(void)
{
    puts(
        "log2 of the relaxation time against the compression: slope, power, share of the variance");
}

void relaxation_report_fits(struct report *r, FILE *f, const char *set,
                            const struct relaxation_points *p, size_t resamples)
{
    static const char *const name[] = {
        [RELAXATION_WITHIN] = "within", [RELAXATION_POOLED] = "pooled"};
    const struct report_entry count[] = {
        {(double)p->layers, "%.0f", "layers that count", "layers"},
        {(double)p->left_out, "%.0f", "layers left out", "left-out"}};
    report_entries(r, count, REPORT_LENGTH(count), "%s/", set);
    for (enum relaxation_lines i = RELAXATION_WITHIN; i <= RELAXATION_POOLED; i++) {
        const struct relaxation_fit fit = relaxation_fit(p, i, resamples, 1);
        report_interval(r, fit.slope, "%.2f", "doublings of the relaxation time per bit",
                        "%s/%s/slope", set, name[i]);
        report_interval(r, fit.slope_r2, "%.2f", "share of the variance that this line explains",
                        "%s/%s/slope-r2", set, name[i]);
        report_interval(r, fit.power, "%.2f", "power of the compression", "%s/%s/power", set,
                        name[i]);
        report_interval(r, fit.r2, "%.2f", "share of the variance that the power explains",
                        "%s/%s/r2", set, name[i]);
        fprintf(f, "%s\t%s\t%zu\t%zu", set, name[i], p->layers, p->left_out);
        number_columns(f,
                       (const double[]){fit.slope.value, fit.slope.low, fit.slope.high,
                                        fit.slope_r2.value, fit.power.value, fit.power.low,
                                        fit.power.high, fit.r2.value, fit.r2.low, fit.r2.high},
                       10);
        fputc('\n', f);
        printf("%-10s %s, %4zu layers:", set, name[i], p->layers);
        put(fit.slope);
        put(fit.power);
        put(fit.r2);
        putchar('\n');
    }
}

void relaxation_report_layers(struct report *r, FILE *f, const char *set,
                              const struct relaxation_points *p, size_t hidden, size_t resamples)
{
    for (size_t l = 0; l < hidden; l++) {
        const struct relaxation_layer x = relaxation_layer(p, l, resamples, 1);
        const struct report_entry number[] = {
            {(double)x.networks, "%.0f", "networks in which the layer counts", "networks"},
            {x.compression, "%.2f", "median compression, bits", "compression"},
            {x.epochs, "%.0f", "median relaxation time, epochs", "epochs"}};
        report_entries(r, number, REPORT_LENGTH(number), "%s/t%zu/", set, l + 1);
        report_interval(r, x.power, "%.2f", "power of the compression in this layer",
                        "%s/t%zu/power", set, l + 1);
        report_interval(r, x.correlation, "%.2f",
                        "rank correlation of compression and time in this layer",
                        "%s/t%zu/correlation", set, l + 1);
        fprintf(f, "%s\t%zu\t%zu", set, l + 1, x.networks);
        number_columns(f,
                       (const double[]){x.compression, x.epochs, x.mean_compression, x.mean_log[0],
                                        x.mean_log[1], x.power.value, x.power.low, x.power.high},
                       8);
        fputc('\n', f);
    }
}

void relaxation_report_change(struct report *r, const char *name, const struct relaxation_change *x)
{
    report_number(r, (double)x->known, "%.0f", "pairs in which the layer counts in both",
                  "%s/known", name);
    report_interval(r, x->longer, "%.2f", "median ratio of its relaxation times", "%s/longer",
                    name);
    report_interval(r, x->more, "%.2f", "mean difference of its compression, bits", "%s/more",
                    name);
    printf("%s, %zu pairs known: times longer and bits more", name, x->known);
    put(x->longer);
    put(x->more);
    putchar('\n');
}
