/* control_report.h -- networks with and without the noise of the gradient, and doses of it, as numbers and
 * tables; what is measured is explained in control.h. */
#ifndef CONTROL_REPORT_H
#define CONTROL_REPORT_H

#include <stddef.h>
#include <stdio.h>

#include "control.h"
#include "frame.h"

/* A set of the frame and its records. */
struct control_set {
    size_t set;
    const struct run_record *record; /* (networks) */
};

/* How far the networks of a set learn: under <set>/, the epoch of a small training error, the share of
 * networks that have none, and the errors at the end. */
void control_report_learning(struct frame *f, struct control_set of);

/* The dose that the mini-batches of a set are in themselves (see control_dose) where compression sets in in
 * the last hidden layer, means over the networks in which it does: under natural/, of the weights into
 * each layer as t<layer>, of all weights as all; how many networks these are, as networks. */
void control_report_natural(struct frame *f, struct control_set of);

/* What is measured on each pair, for the columns and the heading. */
extern const struct summary_plan control_report_plan;

/* Compares layer l of networks with noise with that of their controls without, pair by pair, as many as
 * there are controls.  Under <name>/t<layer>/, what control_report_plan says; as t<layer>/<name> the ratio
 * of the mean falls, without over with; a row per pair.  Returns the mean fall with noise. */
struct stats_interval control_report_pairs(struct frame *f, FILE *rows, const char *name,
                                           enum control_terms terms, struct control_set with,
                                           struct control_set without, size_t l);

/* Sets that differ in nothing but a dose, rising from none on. */
enum { CONTROL_MAX_DOSES = 8 };
struct control_family {
    const char *name;
    size_t doses;
    struct control_dosed {
        const char *name;
        double dose;
        struct control_set of;
    } member[CONTROL_MAX_DOSES]; /* (doses) */
    size_t natural; /* the member whose dose is that of the recipe; 0 if there is none */
};

/* Layer l of the family: under <member>/t<layer>/ the falls where all members have the same loss, and at
 * the end; under <family>/t<layer>/ what the doses do, network by network: the rank correlation of fall
 * and dose, and the change of the fall from the first member to the last and to the natural one, each at
 * equal loss of the two.  A row per member: CONTROL_REPORT_DOSES. */
void control_report_family(struct frame *f, FILE *rows, const struct control_family *family,
                           size_t l);
#define CONTROL_REPORT_DOSES                                                                       \
    "family\tdose\tlayer\tfall\tfall_low\tfall_high\tend\tend_low\tend_high\tepoch\tepoch_low\t"   \
    "epoch_high\tgrowth\tgrowth_low\tgrowth_high"

#endif
