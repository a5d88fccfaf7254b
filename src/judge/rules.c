#include "rules.h"

#include <string.h>

#include "die.h"

const struct rules rules = {
    /*[ fall ]*/
    /* bits; part of a fall; error rate; networks */
    .fall = {.bits = 0.5, .part = 0.1, .error = 0.05, .least = 20},
    /*[ end ]*/
    /*[ drift ]*/
    /* signal-to-noise ratio; error rate */
    .drift = {.snr = 1.0, .early = 0.2},
    /*[ end ]*/
    /*[ bend ]*/
    /* middle sizes, as shares of the patterns */
    .bend = {.low = 0.20, .high = 0.60},
    /*[ end ]*/
    /*[ depth ]*/
    /* levels of I(out;Y), bits; of the accuracy, a share of right labels */
    .arrival = {.level = {0.80, 0.85, 0.88, [ARRIVAL_INFORMATION] = 0.90,
                          0.92, [ARRIVAL_HIGHER] = 0.95, 0.96, 0.97, [ARRIVAL_ACCURACY] = 0.95}},
    /* bits */
    .relaxation = {.bits = 0.1},
    /*[ end ]*/
    /*[ slowing ]*/
    /* distance as a share of beta; times slower */
    .slowing = {.near = 0.01, .times = 3.0},
    /*[ end ]*/
    /*[ published ]*/
    /* standard errors; how often groups that are alike agree less */
    .published = {.errors = 2.0, .chance = 0.05},
    /*[ end ]*/
};

/* ---- verdicts ----
 *
 * t5 is the last hidden layer of the recipe as described, t4 the one before, t6 the output; as coded
 * these are t6, t5 and t7.  Information in bits. */

#define CENTRAL(number, ...)                                                                       \
    {                                                                                              \
        1, number, __VA_ARGS__                                                                     \
    }
#define ALSO(number, ...)                                                                          \
    {                                                                                              \
        0, number, __VA_ARGS__                                                                     \
    }
#define ABOVE(limit) VERDICT_ABOVE, limit, 0.0
#define BELOW(limit) VERDICT_BELOW, limit, 0.0
#define BETWEEN(limit, upper) VERDICT_BETWEEN, limit, upper

const struct verdict_rule rules_verdict[] = {
    /*[ compression ]*/
    {"compression",
     "verdict",
     "the last hidden layers compress for most of the training",
     {CENTRAL("p85/t5/fall", ABOVE(0.5)), CENTRAL("p85/t5/after", ABOVE(0.5)),
      ALSO("p85/t4/fall", ABOVE(0.5)), ALSO("p85/t4/after", ABOVE(0.5)),
      ALSO("p85/t5/span", ABOVE(0.5)), ALSO("p85/t4/span", ABOVE(0.5))}},
    {"compression",
     "verdict-overfitting",
     "with few patterns the last layers lose what they knew of the label, with many they do not",
     {CENTRAL("t5/lost-more", ABOVE(0.02)), ALSO("t6/lost-more", ABOVE(0.02)),
      ALSO("p85/t5/lost", BELOW(0.02)), ALSO("p85/t6/lost", BELOW(0.02))}},
    {"compression",
     "verdict-forgetting",
     "with few patterns it is compression that loses the label, after its onset",
     {CENTRAL("p05/t5/change", BELOW(-0.02)), ALSO("p05/t4/change", BELOW(-0.02)),
      ALSO("p85/t5/change", ABOVE(-0.02)), ALSO("p85/t4/change", ABOVE(-0.02))}},
    /*[ end ]*/
    /*[ layers ]*/
    {"layers",
     "verdict-places",
     "layers of different networks converge to the same places of the plane",
     {CENTRAL("described/t5/i-xt-sd", BELOW(0.5)), CENTRAL("described/t5/i-xt-spread", BELOW(0.5)),
      ALSO("described/t5/i-ty-spread", BELOW(0.5)), ALSO("described/t4/i-xt-spread", BELOW(0.5)),
      ALSO("described/t4/i-ty-spread", BELOW(0.5))}},
    {"layers",
     "verdict-order",
     "the top layers compress first",
     {CENTRAL("described/t5-before-t4", ABOVE(0.5)), ALSO("described/t6-before-t5", ABOVE(0.5)),
      ALSO("wide/t5-before-t4", ABOVE(0.5))}},
    {"layers",
     "verdict-wide",
     "wide layers compress, too",
     {CENTRAL("wide/t5/fall", ABOVE(0.5)), ALSO("wide/t4/fall", ABOVE(0.5)),
      ALSO("wider/t5/fall", ABOVE(0.5))}},
    {"layers",
     "verdict-width",
     "extra width does not help",
     {CENTRAL("wide/speedup", BELOW(1.25)), ALSO("wider/speedup", BELOW(1.25)),
      CENTRAL("wide/gain", BELOW(0.01)), ALSO("wider/gain", BELOW(0.01))}},
    /*[ end ]*/
    /*[ phase-transition ]*/
    {"phase_transition",
     "verdict-turn",
     "the gradient of the hidden layers turns from drift to diffusion, and stays there",
     {CENTRAL("p85/t5/turned", ABOVE(0.9)), ALSO("p85/t4/turned", ABOVE(0.9)),
      ALSO("p85/t3/turned", ABOVE(0.9)), ALSO("p85/t2/turned", ABOVE(0.9)),
      ALSO("p85/t1/turned", ABOVE(0.9)), ALSO("p85/t5/snr-end", BELOW(1.0)),
      ALSO("p85/t4/snr-end", BELOW(1.0)), ALSO("p45/t5/turned", ABOVE(0.9))}},
    {"phase_transition",
     "verdict-turn-scarce",
     "with few patterns it does so, too",
     {CENTRAL("p05/t5/turned", ABOVE(0.9)), ALSO("p05/t4/turned", ABOVE(0.9)),
      ALSO("p05/t3/turned", ABOVE(0.9)), ALSO("p05/t5/snr-end", BELOW(1.0)),
      ALSO("p05/t4/snr-end", BELOW(1.0))}},
    {"phase_transition",
     "verdict-onset",
     "compression sets in when the training error becomes small",
     {CENTRAL("p85/t5/onset-by-small", BETWEEN(0.5, 2.0)),
      ALSO("p85/t4/onset-by-small", BETWEEN(0.5, 2.0)), CENTRAL("p85/t5/onset-small", ABOVE(0.0)),
      ALSO("p85/t4/onset-small", ABOVE(0.0)), ALSO("p85/t5/fall-after-small", ABOVE(0.5))}},
    {"phase_transition",
     "verdict-order",
     "compression sets in when the gradient turns",
     {CENTRAL("p85/t5/onset-by-turn", BETWEEN(0.8, 2.0)),
      ALSO("p85/t4/onset-by-turn", BETWEEN(0.8, 2.0)), CENTRAL("p85/t5/onset-turn", ABOVE(0.0)),
      CENTRAL("p85/t5/onset-after-turn", ABOVE(0.5)), ALSO("p85/t5/onset-turn-partial", ABOVE(0.0)),
      ALSO("p85/t4/onset-turn", ABOVE(0.0))}},
    /*[ end ]*/
    /*[ noise ]*/
    {"noise",
     "verdict-cause",
     "without the noise of the gradient the last hidden layers compress less than half as much",
     {CENTRAL("t5/equal-loss", BELOW(0.5)), CENTRAL("t5/fall-noisy", ABOVE(0.5)),
      ALSO("t5/equal-epochs", BELOW(0.5)), ALSO("t5/equal-path", BELOW(0.5)),
      ALSO("t5/equal-norm", BELOW(0.5)), ALSO("t4/equal-loss", BELOW(0.5)),
      ALSO("t4/equal-epochs", BELOW(0.5)), ALSO("t4/equal-path", BELOW(0.5)),
      ALSO("t4/equal-norm", BELOW(0.5))}},
    {"noise",
     "verdict-dose",
     "more noise, at the same drift, compresses more",
     {CENTRAL("gradient/t5/change-natural", ABOVE(0.5)), ALSO("gradient/t5/change", ABOVE(0.5)),
      ALSO("batch/t5/change", ABOVE(0.5)), ALSO("gradient/t5/order", ABOVE(0.5)),
      ALSO("batch/t5/order", ABOVE(0.5))}},
    /*[ end ]*/
    /*[ ib-bound ]*/
    {"ib_bound",
     "verdict-vertical",
     "the last hidden layers lie just below the bound",
     {CENTRAL("p85/t5/i-ty", ABOVE(0.8)), CENTRAL("p85/t5/below", BELOW(0.05)),
      ALSO("p85/t4/below", BELOW(0.05)), CENTRAL("p85/t5/below-to-untrained", BELOW(0.5)),
      ALSO("p85/t4/below-to-untrained", BELOW(0.5)), ALSO("p85/t5/below-to-shuffled", BELOW(0.5)),
      ALSO("p85/t4/below-to-shuffled", BELOW(0.5))}},
    {"ib_bound",
     "verdict-bound",
     "the last hidden layers are optimal encoders: on the bound, by its equations",
     {CENTRAL("p85/t5/i-ty", ABOVE(0.8)), CENTRAL("p85/t5/right", BELOW(0.5)),
      ALSO("p85/t4/right", BELOW(0.5)), ALSO("p85/t5/right-to-untrained", BELOW(0.5)),
      ALSO("p85/t4/right-to-untrained", BELOW(0.5)), ALSO("p85/t5/right-to-shuffled", BELOW(0.5)),
      ALSO("p85/t4/right-to-shuffled", BELOW(0.5))}},
    {"ib_bound",
     "verdict-decoder",
     "the network reads the last hidden layers by the optimal decoder",
     {CENTRAL("p85/t5/i-ty", ABOVE(0.8)), CENTRAL("p85/t5/decoder", BELOW(0.05)),
      ALSO("p85/t4/decoder", BELOW(0.05)), ALSO("p85/t5/decoder-to-untrained", BELOW(0.5)),
      ALSO("p85/t5/decoder-to-shuffled", BELOW(0.5))}},
    {"ib_bound",
     "verdict-single",
     "one hidden layer does not compress",
     {CENTRAL("one/fall", BELOW(0.5)), CENTRAL("one/information", ABOVE(0.9)),
      ALSO("one-narrow/fall", BELOW(0.5)), ALSO("one/fall-equal-loss", BELOW(0.5))}},
    {"ib_bound",
     "verdict-generalises",
     "one hidden layer generalises worse than six once both have learnt",
     {CENTRAL("one/worse-equal-loss", ABOVE(0.005)), ALSO("one/worse-converged", ABOVE(0.005)),
      ALSO("one/worse-likelier", ABOVE(0.005))}},
    /*[ end ]*/
    /*[ sample-size ]*/
    {"sample_size",
     "verdict",
     "I(X;T) of the last hidden layers is smallest at the middle training sizes",
     {CENTRAL("t5/small", ABOVE(0.1)), CENTRAL("t5/large", ABOVE(0.1)),
      ALSO("t4/small", ABOVE(0.1)), ALSO("t4/large", ABOVE(0.1))}},
    /*[ end ]*/
    /*[ depth ]*/
    {"depth",
     "verdict",
     "depth speeds training up dramatically, at one rate",
     {CENTRAL("one/h6/information/speedup", ABOVE(2.0)),
      ALSO("one/h5/information/speedup", ABOVE(2.0)),
      ALSO("one/h4/information/speedup", ABOVE(2.0)),
      ALSO("one/h3/information/speedup", ABOVE(2.0)),
      ALSO("one/h2/information/speedup", ABOVE(2.0)), ALSO("one/h6/higher/speedup", ABOVE(2.0)),
      ALSO("one/h6/accuracy/speedup", ABOVE(2.0))}},
    {"depth",
     "verdict-best-rate",
     "the same at the best rate for each depth",
     {CENTRAL("best/h6/information/speedup", ABOVE(2.0)),
      ALSO("best/h5/information/speedup", ABOVE(2.0)),
      ALSO("best/h4/information/speedup", ABOVE(2.0)),
      ALSO("best/h3/information/speedup", ABOVE(2.0)),
      ALSO("best/h2/information/speedup", ABOVE(2.0))}},
    {"depth",
     "verdict-coded",
     "the same by the original's program",
     {CENTRAL("coded/h6/information/speedup", ABOVE(2.0)),
      ALSO("coded/h5/information/speedup", ABOVE(2.0)),
      ALSO("coded/h4/information/speedup", ABOVE(2.0)),
      ALSO("coded/h3/information/speedup", ABOVE(2.0)),
      ALSO("coded/h2/information/speedup", ABOVE(2.0))}},
    {"depth",
     "verdict-coded-best",
     "the same by the original's program at the best rate for each depth",
     {CENTRAL("coded-best/h6/information/speedup", ABOVE(2.0)),
      ALSO("coded-best/h5/information/speedup", ABOVE(2.0)),
      ALSO("coded-best/h4/information/speedup", ABOVE(2.0)),
      ALSO("coded-best/h3/information/speedup", ABOVE(2.0)),
      ALSO("coded-best/h2/information/speedup", ABOVE(2.0))}},
    /*[ end ]*/
    /*[ relaxation ]*/
    {"relaxation",
     "verdict",
     "relaxation times grow super-linearly with the compression, within layers",
     {CENTRAL("described/within/power", ABOVE(1.0)), ALSO("described/within/slope", ABOVE(0.0)),
      ALSO("described/within/r2", ABOVE(0.5))}},
    {"relaxation",
     "verdict-intervention",
     "a layer made narrower compresses more and takes longer",
     {CENTRAL("narrow/longer", ABOVE(1.0)), CENTRAL("narrow/more", ABOVE(0.0))}},
    /*[ end ]*/
    /*[ critical ]*/
    {"critical",
     "verdict-slowing",
     "the iteration is slow at the transitions of the bound",
     {CENTRAL("soft/slow-share", ABOVE(0.9)), ALSO("task/slow-share", ABOVE(0.9))}},
    {"critical",
     "verdict-layers",
     "the last hidden layers are at transitions",
     {CENTRAL("trained/t5/ratio", BELOW(0.5)), ALSO("trained/t4/ratio", BELOW(0.5)),
      CENTRAL("trained/t5/finite", ABOVE(0.5)), ALSO("trained/t4/finite", ABOVE(0.5))}},
    {"critical",
     "verdict-settling",
     "training takes the last hidden layers nearer to transitions",
     {CENTRAL("t5/settling", BELOW(1.0)), ALSO("t4/settling", BELOW(1.0))}},
    /*[ end ]*/
    /*[ as-coded ]*/
    {"as_coded",
     "verdict-match",
     "the stored values come again",
     {CENTRAL("cells-margin", ABOVE(0.0)), ALSO("deviations-margin", ABOVE(0.0)),
      ALSO("distance", BELOW(0.1))}},
    {"as_coded",
     "verdict-power",
     "a wrong recipe would not pass",
     {CENTRAL("bins-30/cells-margin", BELOW(0.0)), CENTRAL("rate-4e-4/cells-margin", BELOW(0.0)),
      CENTRAL("batch-512/cells-margin", BELOW(0.0)), CENTRAL("initial/cells-margin", BELOW(0.0))}},
    {"as_coded",
     "verdict-compression",
     "the last hidden layers compress for most of the training",
     {CENTRAL("t6/fall", ABOVE(0.5)), CENTRAL("t6/after", ABOVE(0.5)), ALSO("t5/fall", ABOVE(0.5)),
      ALSO("t5/after", ABOVE(0.5)), ALSO("t6/span", ABOVE(0.5)), ALSO("t5/span", ABOVE(0.5))}},
    {"as_coded",
     "verdict-onset",
     "compression sets in when the training error becomes small",
     {CENTRAL("t6/onset-by-small", BETWEEN(0.5, 2.0)), ALSO("t5/onset-by-small", BETWEEN(0.5, 2.0)),
      CENTRAL("t6/onset-small", ABOVE(0.0)), ALSO("t5/onset-small", ABOVE(0.0)),
      ALSO("t6/fall-after-small", ABOVE(0.5))}},
    /*[ end ]*/
    /*[ as-released ]*/
    {"as_released",
     "verdict-compression",
     "the last hidden layers compress for most of the training",
     {CENTRAL("t5/fall", ABOVE(0.5)), CENTRAL("t5/after", ABOVE(0.5)), ALSO("t4/fall", ABOVE(0.5)),
      ALSO("t4/after", ABOVE(0.5)), ALSO("t5/span", ABOVE(0.5)), ALSO("t4/span", ABOVE(0.5))}},
    {"as_released",
     "verdict-turn",
     "the gradient of the hidden layers turns from drift to diffusion, and stays there",
     {CENTRAL("t5/turned", ABOVE(0.9)), ALSO("t4/turned", ABOVE(0.9)),
      ALSO("t3/turned", ABOVE(0.9)), ALSO("t2/turned", ABOVE(0.9)), ALSO("t1/turned", ABOVE(0.9)),
      ALSO("t5/snr-end", BELOW(1.0)), ALSO("t4/snr-end", BELOW(1.0))}},
    {"as_released",
     "verdict-onset",
     "compression sets in when the training error becomes small",
     {CENTRAL("t5/onset-by-small", BETWEEN(0.5, 2.0)), ALSO("t4/onset-by-small", BETWEEN(0.5, 2.0)),
      CENTRAL("t5/onset-small", ABOVE(0.0)), ALSO("t4/onset-small", ABOVE(0.0)),
      ALSO("t5/fall-after-small", ABOVE(0.5))}},
    {"as_released",
     "verdict-order",
     "compression sets in when the gradient turns",
     {CENTRAL("t5/onset-by-turn", BETWEEN(0.8, 2.0)), ALSO("t4/onset-by-turn", BETWEEN(0.8, 2.0)),
      CENTRAL("t5/onset-turn", ABOVE(0.0)), CENTRAL("t5/onset-after-turn", ABOVE(0.5)),
      ALSO("t5/onset-turn-partial", ABOVE(0.0)), ALSO("t4/onset-turn", ABOVE(0.0))}},
    {"as_released",
     "verdict-noise",
     "without the noise of the gradient the last hidden layers compress less than half as much",
     {CENTRAL("t5/equal-loss", BELOW(0.5)), CENTRAL("t5/fall-noisy", ABOVE(0.5)),
      ALSO("t5/equal-updates", BELOW(0.5)), ALSO("t4/equal-loss", BELOW(0.5)),
      ALSO("t4/equal-updates", BELOW(0.5))}},
    /*[ end ]*/
};
const size_t rules_verdicts = sizeof rules_verdict / sizeof *rules_verdict;

/* The first edition's networks, seed 1, were the exploration; these are others. */
unsigned long rules_seed(int full, enum rules_draw draw)
{
    static const unsigned long seed[2] = {0, 2}; /* quick, full */
    return seed[full != 0] + 10UL * (unsigned long)draw;
}

const struct verdict_rule *rules_find(const char *claim, const char *key)
{
    for (size_t i = 0; i < rules_verdicts; i++)
        if (strcmp(rules_verdict[i].claim, claim) == 0 && strcmp(rules_verdict[i].key, key) == 0)
            return &rules_verdict[i];
    die("there is no rule %s/%s", claim, key);
}

int rules_asked(const char *claim)
{
    for (size_t i = 0; i < rules_verdicts; i++)
        if (strcmp(rules_verdict[i].claim, claim) == 0)
            return 1;
    return 0;
}
