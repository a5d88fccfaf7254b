/* progress.h -- how far a long computation has come, on stderr: a bar with the rate and the time
 * left on a terminal, one plain line a minute elsewhere.  Nothing of it reaches a result. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stddef.h>

struct progress {
    const char *name, *unit; /* of the computation; of what is counted, in the plural */
    size_t total, done;
    double work, work_done; /* in any unit of time to be expected: items may differ */
    double started, shown;  /* seconds */
    int terminal;
};

void progress_start(struct progress *p, const char *name, const char *unit, size_t total,
                    double work);

/* One item of the given work is done.  Not to be called by two threads at once. */
void progress_step(struct progress *p, double work);

/* Clears the bar; the cursor is at the start of an empty line. */
void progress_end(struct progress *p);

/* Seconds from an arbitrary start that never run backwards. */
double progress_now(void);

/* A duration as "1h05m", "3m20s" or "12s". */
void progress_duration(char text[16], double seconds);

#endif
