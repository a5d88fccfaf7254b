#include "config.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

size_t config_samples(const struct config *c, size_t n)
{
    const size_t samples = (size_t)(c->fraction * (double)n + 0.5);
    return samples < 1 ? 1 : samples;
}

size_t config_batches(const struct config *c, size_t n)
{
    const size_t samples = config_samples(c, n);
    const size_t batch = c->batch == 0 || c->batch > samples ? samples : c->batch;
    return (samples + batch - 1) / batch;
}

void config_shape(struct net_shape *shape, const struct config *c)
{
    net_shape(shape, c->width, c->layers);
    shape->kind = c->unit;
    shape->quantised = c->quantised;
    shape->noise = (float)c->noise;
}

/* Text that grows at its end, and is cut off at its most. */
struct text {
    char *start;
    size_t length;
};

__attribute__((format(printf, 2, 3))) static void add(struct text *t, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const int n = vsnprintf(t->start + t->length, CONFIG_TEXT_MAX - t->length, format, args);
    va_end(args);
    t->length += (size_t)n;
    if (t->length >= CONFIG_TEXT_MAX)
        t->length = CONFIG_TEXT_MAX - 1;
}

/* An option that is on. */
static void option(struct text *t, const char *name, double value)
{
    if (value != 0.0)
        add(t, "%s %.9g\n", name, value);
}

void config_text(char text[CONFIG_TEXT_MAX], const struct config *c)
{
    struct text t = {text, 0};
    add(&t, "task %s\n", c->task);
    if (c->labels == CONFIG_LABELS_SHUFFLED)
        add(&t, "labels shuffled\n");
    option(&t, "label_noise", c->label_noise);
    add(&t, "fraction %.9g\n", c->fraction);
    option(&t, "in_order", c->in_order);
    add(&t, "widths");
    for (size_t l = 0; l <= c->layers; l++)
        add(&t, "%c%zu", l ? '-' : ' ', c->width[l]);
    add(&t, "\nunit %s\n", unit_name(c->unit));
    option(&t, "noise", c->noise);
    option(&t, "quantised", c->quantised);
    if (c->law)
        add(&t, "law %s\n", net_law_name(c->law));
    option(&t, "scale", c->scale);
    add(&t, "optimiser %s\nrate %.9g\n", optimiser_name(c->optimiser), c->rate);
    option(&t, "momentum", c->momentum);
    option(&t, "batch", (double)c->batch);
    option(&t, "decay", c->decay);
    option(&t, "norm_cap", c->norm_cap);
    option(&t, "orthonormality", c->orthonormality);
    option(&t, "gradient_noise", c->gradient_noise);
    add(&t, "epochs %zu\n", c->epochs);
    option(&t, "stop_loss", c->stop_loss);
    add(&t, "seed %lu\n", c->seed);
}

/* Finite and not negative. */
static int off_or_positive(double x)
{
    return x >= 0.0 && isfinite(x);
}

const char *config_check(const struct config *c, size_t features, size_t classes)
{
    struct net_shape shape;
    if (c->layers > NET_MAX_LAYERS || net_shape(&shape, c->width, c->layers) != 0)
        return "the widths do not make a network";
    if (c->width[0] != features)
        return "the first width is not the number of features of an input";
    if (c->width[c->layers] != classes)
        return "the last width is not the number of classes";
    if (!(c->rate > 0.0 && isfinite(c->rate)))
        return "the learning rate is not above 0";
    if (!(c->fraction > 0.0 && c->fraction <= 1.0))
        return "the fraction is not above 0 and at most 1";
    if (!(c->label_noise >= 0.0 && c->label_noise <= 1.0))
        return "the share of noisy labels is not from 0 to 1";
    if (c->quantised == 1 || c->quantised > 8)
        return "activations are not quantised to 2 to 8 bits";
    if (c->epochs > 100000000)
        return "there are more than 100 million epochs";
    if (!off_or_positive(c->noise) || !off_or_positive(c->scale) || !off_or_positive(c->momentum) ||
        !off_or_positive(c->decay) || !off_or_positive(c->norm_cap) ||
        !off_or_positive(c->orthonormality) || !off_or_positive(c->gradient_noise) ||
        !off_or_positive(c->stop_loss))
        return "an option is negative or not finite";
    return NULL;
}
