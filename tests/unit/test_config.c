/* test_config.c -- what a configuration says of itself, and which are refused. */
#include "unit.h"

#include "config.h"

static const struct config small = {.task = "icosahedron:0.99",
                                    .layers = 6,
                                    .width = {12, 10, 7, 5, 4, 3, 2},
                                    .unit = UNIT_TANH,
                                    .optimiser = OPTIMISER_SGD,
                                    .rate = 0.02385,
                                    .batch = 256,
                                    .fraction = 0.85,
                                    .epochs = 20,
                                    .seed = 1};

/* Closed form: 4096 times the fraction, to the nearest: 3481.6, 1843.2, 204.8; at least one.  Batches:
 * the last may be smaller; 0, or more than there are samples, is one. */
START_TEST(samples)
{
    static const struct {
        double fraction;
        size_t samples, batches; /* of 256 */
    } known[] = {{0.85, 3482, 14}, {0.45, 1843, 8}, {0.05, 205, 1},
                 {1.0, 4096, 16},  {0.5, 2048, 8},  {1e-9, 1, 1}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct config c = small;
        c.fraction = known[i].fraction;
        ck_assert_uint_eq(config_samples(&c, 4096), known[i].samples);
        ck_assert_uint_eq(config_batches(&c, 4096), known[i].batches);
        c.batch = 0;
        ck_assert_uint_eq(config_batches(&c, 4096), 1);
        c.batch = 5000;
        ck_assert_uint_eq(config_batches(&c, 4096), 1);
    }
}
END_TEST

/* What is at its default is not said, so that a new option leaves old identities alone. */
START_TEST(as_text)
{
    char text[CONFIG_TEXT_MAX];
    config_text(text, &small);
    ck_assert_str_eq(text,
                     "task icosahedron:0.99\nfraction 0.85\nwidths 12-10-7-5-4-3-2\nunit tanh\n"
                     "optimiser sgd\nrate 0.02385\nbatch 256\nepochs 20\nseed 1\n");
    struct config c = small;
    c.labels = CONFIG_LABELS_SHUFFLED;
    c.label_noise = 0.125;
    c.in_order = 1;
    c.unit = UNIT_RELU;
    c.noise = 0.02385;
    c.quantised = 4;
    c.law = NET_UNIFORM;
    c.scale = 2.0;
    c.optimiser = OPTIMISER_ADAM;
    c.momentum = 0.9;
    c.batch = 0;
    c.decay = 1e-4;
    c.norm_cap = 2.385;
    c.orthonormality = 0.25;
    c.gradient_noise = 0.5;
    c.stop_loss = 0.0625;
    config_text(text, &c);
    ck_assert_str_eq(
        text,
        "task icosahedron:0.99\nlabels shuffled\nlabel_noise 0.125\nfraction 0.85\nin_order 1\n"
        "widths 12-10-7-5-4-3-2\nunit relu\nnoise 0.02385\nquantised 4\nlaw uniform\nscale 2\n"
        "optimiser adam\nrate 0.02385\nmomentum 0.9\ndecay 0.0001\nnorm_cap 2.385\n"
        "orthonormality 0.25\ngradient_noise 0.5\nepochs 20\nstop_loss 0.0625\nseed 1\n");
}
END_TEST

/* Whether a configuration is refused for a reason in which a word occurs. */
static void refused(const struct config *c, const char *word)
{
    const char *problem = config_check(c, 12, 2);
    ck_assert_msg(problem && strstr(problem, word), "%s: %s", word,
                  problem ? problem : "not refused");
}

START_TEST(check)
{
    struct config c;
    ck_assert_ptr_null(config_check(&small, 12, 2));
    c = small, c.layers = 0;
    refused(&c, "widths");
    c = small, c.layers = NET_MAX_LAYERS + 1;
    refused(&c, "widths");
    c = small, c.width[2] = 0;
    refused(&c, "widths");
    c = small, c.width[6] = 3;
    refused(&c, "last width");
    c = small, c.width[0] = 11;
    refused(&c, "first width");
    c = small, c.rate = 0.0;
    refused(&c, "rate");
    c = small, c.rate = -0.1;
    refused(&c, "rate");
    c = small, c.rate = (double)NAN;
    refused(&c, "rate");
    c = small, c.rate = (double)INFINITY;
    refused(&c, "rate");
    c = small, c.fraction = 0.0;
    refused(&c, "fraction");
    c = small, c.fraction = 1.001;
    refused(&c, "fraction");
    c = small, c.fraction = (double)NAN;
    refused(&c, "fraction");
    c = small, c.label_noise = 1.5;
    refused(&c, "labels");
    c = small, c.quantised = 1;
    refused(&c, "quantised");
    c = small, c.quantised = 9;
    refused(&c, "quantised");
    c = small, c.epochs = 100000001;
    refused(&c, "epochs");

    /* each option once negative, once not a number */
    double *const option[] = {&c.noise,    &c.scale,     &c.momentum,       &c.decay,
                              &c.norm_cap, &c.stop_loss, &c.orthonormality, &c.gradient_noise};
    for (size_t i = 0; i < sizeof option / sizeof *option; i++) {
        c = small, *option[i] = -0.1;
        refused(&c, "option");
        c = small, *option[i] = (double)NAN;
        refused(&c, "option");
        c = small, *option[i] = 0.5;
        ck_assert_ptr_null(config_check(&c, 12, 2));
    }
    c = small, c.fraction = 1.0;
    ck_assert_ptr_null(config_check(&c, 12, 2));
    c = small, c.quantised = 8;
    ck_assert_ptr_null(config_check(&c, 12, 2));
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {samples, as_text, check};
    return unit_run("config", tests, sizeof tests / sizeof *tests);
}
