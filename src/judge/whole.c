#include "whole.h"

#include <math.h>

struct whole whole_of(const struct run_record *r, const struct final *end,
                      const struct fall_rule *rule)
{
    const struct run_row *last = &r->row[r->rows - 1];
    return (struct whole){.train = last->train_accuracy,
                          .test = last->test_accuracy,
                          .likelier = final_likelier(end, r->number),
                          .loss = last->loss,
                          .information = last->information[r->layers - 1].i_ty,
                          .fall = fall_of(r, r->layers - 2, rule).fall};
}

/*[ equal ]*/
struct whole_equal whole_equal_of(const struct run_record *a, const struct run_record *b)
{
    const struct fall_rows at = fall_equal_loss(a, b);
    const struct run_row *of_a = &a->row[at.a], *of_b = &b->row[at.b];
    return (struct whole_equal){.loss = fmax(of_a->loss, of_b->loss),
                                .test = of_a->test_accuracy,
                                .other_test = of_b->test_accuracy,
                                .worse = of_b->test_accuracy - of_a->test_accuracy,
                                .fall = fall_until(a, a->layers - 2, at.a)};
}
/*[ end ]*/
