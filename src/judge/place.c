#include "place.h"

#include <math.h>
#include <stdlib.h>

#include "encoder.h"
#include "final.h"
#include "memory.h"
#include "source.h"

/* ---- the bound ---- */

struct place *place_alloc(const struct task *task, double gamma, size_t n, double low, double high)
{
    struct place *b = memory_array(1, sizeof *b, "bounds");
    b->source = source_alloc(task, gamma);
    b->frontier = frontier_alloc(b->source);
    b->n = n;
    b->point = memory_array(n, sizeof *b->point, "points");
    b->gap = source_curve(b->point, n, b->source, 1.0, low, high);
    return b;
}

void place_free(struct place *b)
{
    if (!b)
        return;
    free(b->point);
    frontier_free(b->frontier);
    bottleneck_free(b->source);
    free(b);
}

/* ---- a layer ---- */

/*[ place ]*/
void place_at(struct place_layer *m, const struct place *b, double i_xt, double i_ty)
{
    m->of[PLACE_I_XT] = i_xt;
    m->of[PLACE_I_TY] = i_ty;
    m->of[PLACE_BELOW] = bottleneck_height(b->source, b->point, b->n, i_xt).high - i_ty;
    m->of[PLACE_RIGHT] = i_xt - bottleneck_rate(b->point, b->n, i_ty).low;
    m->of[PLACE_BELOW_FRONTIER] = frontier_above(b->frontier, i_xt, i_ty);
    m->of[PLACE_RIGHT_FRONTIER] = frontier_left(b->frontier, i_xt, i_ty);
}
/*[ end ]*/

/*[ explain ]*/
void place_explain(struct place_layer *m, const struct place *b, const struct task *task,
                   const uint32_t *id, size_t values, const struct place_reverse *reverse)
{
    struct encoder *layer = source_encoder(b->source, task, id, values);
    const double beta = encoder_beta(layer), divided = layer->h_t_x;
    const double divergence = encoder_divergence(layer, fmin(beta, 1e9));
    const double i_xt = m->of[PLACE_I_XT], i_classes = i_xt - divided;
    m->of[PLACE_BETA] = beta;
    m->of[PLACE_DIVERGENCE] = divergence;
    m->of[PLACE_SHARE] = i_xt > 0.0 ? divergence / i_xt : 0.0;
    m->of[PLACE_DIVIDED] = divided;
    m->of[PLACE_CLASS_SHARE] = i_classes > 1e-9 ? (divergence - divided) / i_classes : 0.0;
    m->of[PLACE_REVERSE_BETA] = (double)NAN;
    if (reverse->steps > 0)
        m->of[PLACE_REVERSE_BETA] =
            encoder_reverse_beta(layer, reverse->steps, reverse->low, reverse->high);
    encoder_free(layer);
}
/*[ end ]*/

int place_measure(struct place_layer *m, const struct place *b, const struct task *task,
                  struct final *f, const struct run_record *record,
                  const struct place_reverse *reverse)
{
    final_look(f, record);
    int same = 1;
    for (size_t l = 1; l <= record->layers; l++) {
        const struct information *then = &record->row[record->rows - 1].information[l - 1];
        const struct information now = final_information(f, l);
        /* a record that has been read has nine digits */
        same = same && fabs(now.i_xt - then->i_xt) < 1e-7 && fabs(now.i_ty - then->i_ty) < 1e-7;
        place_at(&m[l - 1], b, now.i_xt, now.i_ty);
        const uint32_t *id;
        const size_t values = final_values(&id, f, l);
        place_explain(&m[l - 1], b, task, id, values, reverse);
    }
    return same ? 0 : -1;
}

/* ---- verdicts ---- */

/*[ verdicts ]*/
size_t place_held(const struct stats_interval *x, size_t n, double limit)
{
    size_t held = 0;
    for (size_t i = 0; i < n; i++)
        held += x[i].high < limit;
    return held;
}

enum verdict place_near(const struct stats_interval *distance, size_t hidden, double limit)
{
    return verdict_of(place_held(distance, hidden, limit), hidden);
}

enum verdict place_equation(const struct stats_interval *share,
                            const struct stats_interval *to_untrained,
                            const struct stats_interval *to_shuffled, size_t hidden,
                            const struct place_rule *rule)
{
    const size_t first = hidden - rule->layers;
    const size_t held = place_held(share + first, rule->layers, rule->share) +
                        place_held(to_untrained + first, rule->layers, rule->ratio) +
                        place_held(to_shuffled + first, rule->layers, rule->ratio);
    return verdict_of(held, 3 * rule->layers);
}

enum verdict place_single(struct stats_interval fall, struct stats_interval difference,
                          const struct place_rule *rule)
{
    const size_t held = place_held(&fall, 1, rule->fall) + place_held(&difference, 1, 0.0);
    return verdict_of(held, 2);
}
/*[ end ]*/
