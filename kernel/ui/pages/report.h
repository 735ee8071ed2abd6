/* SPDX-License-Identifier: MIT */
/*
 * A job that takes a while and says what it found line by line, on a page of
 * its own and on COM1.  It is done in slices by ui_turn(), so keys are
 * answered meanwhile.  What jobs there are is in jobs.c.
 */
#ifndef UI_PAGES_REPORT_H
#define UI_PAGES_REPORT_H

#include "emu/check/bench.h"
#include "emu/engines.h"
#include "emu/check/selftest.h"
#include "emu/text/strbuf.h"
#include "ui/base/view.h"

/* What a job works on; zero when it begins, but for what the caller of
   ui_start() has brought: the area, and the contenders. */
struct work {
    struct code_area *area; /* for translated code; NULL: there is none */
    union engine_state room[ENGINES_MAX]; /* the contenders', too */
    const struct bench_entry *bench_entries;
    unsigned bench_entry_count;
    union {
        struct selftest selftest;
        struct {
            struct bench bench;
            unsigned told; /* rows */
        };
    };
};

struct job {
    const char *title; /* of its page */
    const char *heads; /* over its lines */
    bool dense;        /* no blank rows between its lines on any screen */

    void (*begin)(struct work *work);
    /*
     * Does a few milliseconds' work, and nothing else is done in that turn.
     * Adds whole lines, of at most 78 characters, to LINES; and to DETAILS,
     * which has room for 4,000 characters, what only COM1 is to say after
     * them.  False: that was all.
     */
    bool (*slice)(struct work *work, struct strbuf *lines,
                  struct strbuf *details);
    /* Tells how long the last slice took, and how many CYCLES of the PC's
       processor, 0 where it counts none.  NULL: that does not matter. */
    void (*took)(struct work *work, uint64_t ns, uint64_t cycles);
    /* Asked at the end: whether all is as it should be. */
    bool (*good)(const struct work *work);
};

extern const struct job job_selftest;
extern const struct job job_bench;

#define REPORT_SIZE  8192 /* characters of all lines of a report */
#define REPORT_EXTRA 4096 /* of what one slice has to say to COM1 alone */

struct report {
    const struct job *job; /* NULL: there was none yet */
    bool running;          /* .. until all it said is out, too */
    bool over;             /* the last slice is done */
    bool sliced;           /* in the last turn */
    bool muted;            /* COM1 took nothing any more */
    struct work work;
    struct strbuf lines;
    unsigned top; /* first line on the screen; it follows the last */
    char buffer[REPORT_SIZE];
    char extra[REPORT_EXTRA]; /* these two are too large for the stack */
    char com1[REPORT_SIZE + REPORT_EXTRA];
};

/* Begins JOB and shows its lines; the message on the screen goes to the port
   for data as a warning. */
void report_open(struct view *view, const struct job *job);
void report_draw(struct view *view);
void report_event(struct view *view, const struct event *event);
/* Continues the job.  True: it executed a slice, and this turn must do no more;
   the time it took goes to report_took(), which returns false if there was no
   slice. */
bool report_turn(struct view *view, uint64_t now);
bool report_took(struct view *view, uint64_t took, uint64_t cycles);

#endif
