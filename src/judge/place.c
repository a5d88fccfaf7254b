#include "place.h"

#include <math.h>
#include <stdlib.h>

#include "classes.h"
#include "decoder.h"
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

/* The beta of the released program. */
static void turn_round(struct place_layer *m, const struct encoder *layer,
                       const struct place_reverse *reverse)
{
    const double middle = sqrt(reverse->low * reverse->high);
    int censored;
    const double beta =
        encoder_reverse_beta(layer, reverse->steps, reverse->low, reverse->high, &censored);
    m->of[PLACE_REVERSE_BETA] = beta;
    m->of[PLACE_REVERSE_END] = !censored ? 0.0 : beta < middle ? -1.0 : 1.0;
}

void place_layer(struct place_layer *m, const struct place_bound *b, const struct task *task,
                 double i_xt, const uint32_t *id, size_t values, enum place_depth depth,
                 const struct place_reverse *reverse)
{
    struct encoder *layer = classes_encoder(b->source, task, id, values);
    for (size_t q = 0; q < PLACE_QUANTITIES; q++)
        m->of[q] = (double)NAN;
    place_at(m, b, i_xt, encoder_lost(layer));
    if (depth >= PLACE_EXPLAIN)
        explain(m, layer);
    if (depth >= PLACE_REVERSE)
        turn_round(m, layer, reverse);
    encoder_free(layer);
}

double place_excess(const struct place_layer *m)
{
    return m->of[PLACE_DIVERGENCE] - m->of[PLACE_RIGHT];
}

/* p(y|x) of every pattern by the rule, exact, and as the network has it: (patterns, 2) each. */
static void readings(double *p, double *q, const struct place_bound *b, const struct task *task,
                     const struct final *f)
{
    for (size_t k = 0; k < TASK_PATTERNS; k++)
        for (size_t y = 0; y < 2; y++) {
            p[2 * k + y] = b->source->py_x[2 * task->class[k] + y];
            q[2 * k + y] = final_output(f, k, y);
        }
}

int place_measure(struct place_layer *m, const struct place_bound *b, const struct task *task,
                  struct final *f, const struct run_record *record, enum place_depth depth,
                  const struct place_reverse *reverse)
{
    double *p = memory_array(2 * TASK_PATTERNS, sizeof *p, "patterns");
    double *q = memory_array(2 * TASK_PATTERNS, sizeof *q, "patterns");
    final_look(f, record);
    readings(p, q, b, task, f);
    int same = 1;
    for (size_t l = 1; l <= record->layers; l++) {
        const struct information *then = &record->row[record->rows - 1].information[l - 1];
        const struct information now = final_information(f, l);
        /* a record that has been read has nine digits */
        same = same && fabs(now.i_xt - then->i_xt) < 1e-7 && fabs(now.i_ty - then->i_ty) < 1e-7;
        const uint32_t *id;
        const size_t values = final_values(&id, f, l);
        place_layer(&m[l - 1], b, task, now.i_xt, id, values, depth, reverse);
        if (depth >= PLACE_EXPLAIN)
            m[l - 1].of[PLACE_DECODER] = decoder_divergence(id, values, p, q, TASK_PATTERNS, 2);
    }
    free(q);
    free(p);
    return same ? 0 : -1;
}
