/* frame.h -- what every claim program does around its own questions: it reads the command line, has
 * sets of networks trained or found in the run store, and hands tables and numbers to the paper.
 *
 *     struct frame *f = frame_open(&claim, argc, argv);
 *     const struct frame_set set[] = {
 *         {.name = "p85", .config = recipe_described(0.85, 10000), .networks = 50}, ...};
 *     frame_sets(f, set, SETS, resamples);
 *     if (!frame_train(f))
 *         return frame_close(f);
 *     FILE *paths = frame_table(f, "compression");
 *     for each set s
 *         record = frame_read(f, s);
 *         ... measure the records, write rows, report numbers to f->report
 *     return frame_close(f);
 *
 * What its functions return belongs to the frame and goes with it, unless they say otherwise. */
#ifndef FRAME_H
#define FRAME_H

#include <stddef.h>
#include <stdio.h>

#include "cli.h"
#include "course.h"
#include "ensemble.h"
#include "final.h"
#include "icosahedron.h"
#include "report.h"
#include "rules.h"
#include "run.h"
#include "summary.h"

enum { FRAME_MAX_TABLES = 8, FRAME_MAX_SUMMARIES = 256 };

/* What a program is.  All that it writes is named here: data/<name>.num and the tables. */
struct frame_claim {
    const char *name, *purpose; /* of the claim; one line for --help */
    struct frame_columns {
        const char *name, *columns; /* data/<name>.tsv; column names, tabs between, or NULL */
    } table[FRAME_MAX_TABLES];      /* ends with the first without a name */
    int reference;                  /* whether it reads values that others published */
};

/* A set of networks: those numbered from 0 of a configuration. */
struct frame_set {
    const char *name; /* in keys and tables; NULL if there is but one */
    struct config config;
    size_t networks;
    const char *estimator; /* of their layers; NULL: recipe_bins */
    enum rules_draw
        draw; /* sets of one draw share labels, splits and, where the shapes agree, initial
                              weights; see rules.h */
};

struct frame {
    struct cli cli;
    struct report report; /* open from frame_train to frame_close */
    const struct frame_claim *claim;
    struct frame_set *set; /* (sets), with the seed of the scale and the draw */
    size_t sets, resamples;
    struct ensemble ensemble;
    struct ensemble_set *of;   /* (sets), the same as the ensemble wants them */
    struct run_record *record; /* (records), of the set that was read last */
    size_t records;
    struct file table[FRAME_MAX_TABLES];
    struct summary *summary[FRAME_MAX_SUMMARIES];
    size_t summaries;
};

/* Reads the command line, see cli.h; --list-files ends the program here. */
struct frame *frame_open(const struct frame_claim *claim, int argc, char **argv);

/* Declares the sets of networks, whose seeds it sets by scale and draw, and the resamples of every
 * bootstrap over networks. */
void frame_sets(struct frame *f, const struct frame_set *set, size_t sets, size_t resamples);

/* Trains the networks that the run store lacks and opens the report.  Returns 0 if only a share
 * (--shard) or an estimate (--estimate) was asked for, else 1.  Published values that are missing end the
 * program before anything is trained. */
int frame_train(struct frame *f);

/* Judges the claim by its rules, see report_judge; their table is data/<name>_verdicts.tsv.  Puts the
 * numbers and tables in place and frees everything; returns the exit status.  Dies if a table that was
 * declared has not been asked for, or a number that a rule asks for has not been reported. */
int frame_close(struct frame *f);

/* ---- measuring ---- */

/* The records of a set, its number of networks of them; until the next call. */
const struct run_record *frame_read(struct frame *f, size_t set);

/* The data set of a set, and the icosahedron behind it. */
const struct dataset *frame_data(const struct frame *f, size_t set);
const struct task *frame_task(const struct frame *f, size_t set);

/* Begins the summary of layer l of a set, see summary.h.  FRAME_ALL_SETS in place of a set: of what is
 * measured on the networks of all sets, which go together by their number. */
#define FRAME_ALL_SETS SIZE_MAX
struct summary *frame_summary(struct frame *f, const struct summary_plan *plan, size_t set,
                              size_t l);

/* The layers of a set's networks at the end of their training, see final.h; to be freed by the caller. */
struct final *frame_final(const struct frame *f, size_t set);

/* The path of the file of published values: <reference-dir>/<name>.tsv. */
void frame_reference(char path[FILE_PATH_MAX], const struct frame *f);

/* ---- writing ---- */

/* Opens a table that the claim declares, with its column names; returns the stream for the rows. */
FILE *frame_table(struct frame *f, const char *name);

/* Columns of a row of a table of paths: layer l of the networks that frame_read gave for a set, in the
 * given row of their records. */
void frame_path(FILE *to, const struct run_record *record, size_t networks, size_t row, size_t l,
                const struct course_column *column, size_t columns);

/* Reports the recipe of a set as numbers param.<name>, so that the text quotes what really ran. */
void frame_params(struct frame *f, size_t set);

#endif
