#include "place.h"

#include <math.h>
#include <stdlib.h>

#include "classes.h"
#include "final.h"
#include "memory.h"

/* ---- the bound ---- */

struct place_bound *place_bound_alloc(const struct task *task, double gamma,
                                      const struct place_curve *curve)
{
    struct place_bound *b = memory_array(1, sizeof *b, "bounds");
    b->source = classes_source(task, gamma);
    b->frontier = frontier_alloc(b->source);
    b->n = curve->n + curve->tail;
    b->point = memory_array(b->n, sizeof *b->point, "points of a curve");
    struct clusters *work = clusters_alloc(b->source);
    const double gap =
        curve_solve(b->point, curve->n, work, curve->origin, curve->low, curve->high);
    b->gap = fmax(gap, curve_extend(b->point, curve->n, b->n, work, curve->end));
    clusters_free(work);
    return b;
}

void place_bound_free(struct place_bound *b)
{
    if (!b)
        return;
    free(b->point);
    frontier_free(b->frontier);
    source_free(b->source);
    free(b);
}

/* ---- a layer ---- */

/*[ place ]*/
void place_at(struct place_layer *m, const struct place_bound *b, double i_xt, double lost)
{
    m->of[PLACE_I_XT] = i_xt;
    m->of[PLACE_I_TY] = b->source->i_xy - lost;
    m->of[PLACE_BELOW] = lost - curve_loss(b->source, b->point, b->n, i_xt).low;
    m->of[PLACE_RIGHT] = i_xt - curve_rate(b->source, b->point, b->n, lost).low;
    m->of[PLACE_BELOW_FRONTIER] = frontier_above(b->frontier, i_xt, lost);
    m->of[PLACE_RIGHT_FRONTIER] = frontier_left(b->frontier, i_xt, lost);
}
/*[ end ]*/

/*[ explain ]*/
/* How well Eq. (eq:ib) describes a layer whose place is known. */
static void explain(struct place_layer *m, const struct encoder *layer)
{
    const double beta = encoder_beta(layer), divided = layer->h_t_x;
    const double divergence = encoder_divergence(layer, beta);
    const double i_xt = m->of[PLACE_I_XT], i_classes = i_xt - divided;
    m->of[PLACE_BETA] = encoder_counted(beta);
    m->of[PLACE_DIVERGENCE] = divergence;
    m->of[PLACE_SHARE] = i_xt > 0.0 ? divergence / i_xt : 0.0;
    m->of[PLACE_DIVIDED] = divided;
    m->of[PLACE_CLASS_SHARE] = i_classes > 1e-9 ? (divergence - divided) / i_classes : 0.0;
}
/*[ end ]*/

void place_layer(struct place_layer *m, const struct place_bound *b, const struct task *task,
                 double i_xt, const uint32_t *id, size_t values, enum place_depth depth,
                 const struct place_reverse *reverse)
{
    struct encoder *layer = classes_encoder(b->source, task, id, values);
    for (size_t q = 0; q < PLACE_QUANTITIES; q++)
        m->of[q] = (double)NAN;
    m->censored = 0;
    place_at(m, b, i_xt, encoder_lost(layer));
    if (depth >= PLACE_EXPLAIN)
        explain(m, layer);
    if (depth >= PLACE_REVERSE)
        m->of[PLACE_REVERSE_BETA] =
            encoder_reverse_beta(layer, reverse->steps, reverse->low, reverse->high, &m->censored);
    encoder_free(layer);
}

int place_measure(struct place_layer *m, const struct place_bound *b, const struct task *task,
                  struct final *f, const struct run_record *record, enum place_depth depth,
                  const struct place_reverse *reverse)
{
    final_look(f, record);
    int same = 1;
    for (size_t l = 1; l <= record->layers; l++) {
        const struct information *then = &record->row[record->rows - 1].information[l - 1];
        const struct information now = final_information(f, l);
        /* a record that has been read has nine digits */
        same = same && fabs(now.i_xt - then->i_xt) < 1e-7 && fabs(now.i_ty - then->i_ty) < 1e-7;
        const uint32_t *id;
        const size_t values = final_values(&id, f, l);
        place_layer(&m[l - 1], b, task, now.i_xt, id, values, depth, reverse);
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
