#include "fall.h"

#include <math.h>

#include "course.h"
#include "path.h"

/*[ measure ]*/
struct fall fall_of(const struct run_record *r, size_t l)
{
    double i_xt[RUN_MAX_ROWS] = {0}, i_ty[RUN_MAX_ROWS] = {0};
    const size_t end = r->rows - 1; /* the last epoch */
    course_of(i_xt, r, l, COURSE_I_XT);
    course_of(i_ty, r, l, COURSE_I_TY);
    const size_t peak = path_peak(i_xt, r->rows), most = path_peak(i_ty, r->rows);
    const double peak_epoch = (double)r->row[peak].epoch, epochs = (double)r->row[end].epoch;
    const struct fall f = {
        .peak = i_xt[peak],
        .final = i_xt[end],
        .fall = i_xt[peak] - i_xt[end],
        .peak_epoch = peak_epoch,
        .share_after = 1.0 - peak_epoch / epochs,
        .change = i_ty[end] - i_ty[peak],
        .lost = i_ty[most] - i_ty[end],
    };
    return f;
}
/*[ end ]*/

/*[ timing ]*/
struct fall_timing fall_timing_of(const struct run_record *r, size_t l, double level)
{
    double i_xt[RUN_MAX_ROWS] = {0}, error[RUN_MAX_ROWS] = {0};
    course_of(i_xt, r, l, COURSE_I_XT);
    course_of(error, r, l, COURSE_ERROR);
    const size_t peak = path_peak(i_xt, r->rows), end = r->rows - 1;
    const size_t small = path_falls_below(error, r->rows, level); /* r->rows if it does not */
    size_t half = peak;
    while (i_xt[half] > 0.5 * (i_xt[peak] + i_xt[end]))
        half++;
    /* the fall is parted at small_epoch, or at the peak if the error is small before */
    const size_t part = small == r->rows ? end : small < peak ? peak : small;
    const struct fall_timing t = {
        .small_epoch = small == r->rows ? (double)INFINITY : (double)r->row[small].epoch,
        .half_epoch = (double)r->row[half].epoch,
        .before = i_xt[peak] - i_xt[part],
        .after = i_xt[part] - i_xt[end],
        .accuracy_peak = r->row[peak].train_accuracy,
        .accuracy_half = r->row[half].train_accuracy,
    };
    return t;
}
/*[ end ]*/

/*[ verdict ]*/
enum verdict fall_verdict(const struct stats_interval *fall, const struct stats_interval *share,
                          size_t hidden, const struct fall_rule *rule)
{
    size_t held = 0;
    for (size_t l = hidden - rule->layers; l < hidden; l++)
        held += fall[l].low > rule->bits && share[l].value > rule->share;
    return verdict_of(held, rule->layers);
}
/*[ end ]*/

/*[ without-noise ]*/
enum verdict fall_without_noise(enum verdict compression)
{
    return compression == VERDICT_REPRODUCED ? VERDICT_NOT
           : compression == VERDICT_NOT      ? VERDICT_REPRODUCED
                                             : VERDICT_PARTLY;
}
/*[ end ]*/

/*[ overfitting ]*/
enum verdict fall_overfitting(struct stats_interval scarce, struct stats_interval ample)
{
    const int loses = scarce.high < 0.0, keeps = !(ample.high < 0.0);
    return verdict_of((size_t)loses + (size_t)keeps, 2);
}
/*[ end ]*/
