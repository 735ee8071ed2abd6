/* SPDX-License-Identifier: MIT */
/*
 * A long job that reports line by line on a page of its own and on COM1.
 * ui_turn() runs it in slices, so keys are handled meanwhile.  The jobs are in
 * jobs.c.
 */
#pragma once

#include "emu/check/bench.h"
#include "emu/engines.h"
#include "emu/check/selftest.h"
#include "emu/text/strbuf.h"
#include "ui/base/view.h"

/* Data of a job, zero at the start except for the area and the bench entries,
   which the caller of ui_start() provides. */
struct work {
    struct code_area *area;               /* for translated code; NULL: none */
    union engine_state room[ENGINES_MAX]; /* also for the bench entries */
    const struct bench_entry *bench_entries;
    unsigned bench_entry_count;
    union {
        struct selftest selftest;
        struct {
            struct bench bench;
            unsigned reported; /* rows reported so far */
        };
    };
};

struct job {
    const char *title; /* of its page */
    const char *heads; /* heading of its lines */
    bool dense;        /* no blank rows between lines on any screen */

    void (*begin)(struct work *work);
    /*
     * Runs a slice of a few milliseconds; the turn does nothing else.  Adds
     * whole lines of at most 78 characters to LINES, for screen and COM1, and
     * up to 4,000 characters to DETAILS, for COM1 only.  False: the job is
     * complete.
     */
    bool (*slice)(struct work *work, struct strbuf *lines,
                  struct strbuf *details);
    /* The last slice took NS nanoseconds and CYCLES of the processor (0: not
       counted).  May be NULL. */
    void (*took)(struct work *work, uint64_t ns, uint64_t cycles);
    /* Whether the completed job succeeded. */
    bool (*good)(const struct work *work);
};

extern const struct job job_selftest;
extern const struct job job_bench;

#define REPORT_SIZE  8192 /* characters of all lines of a report */
#define REPORT_EXTRA 4096 /* characters of one slice for COM1 only */

struct report {
    const struct job *job; /* NULL: no job yet */
    bool running;          /* until the last line is sent, too */
    bool over;             /* the last slice has run */
    bool sliced;           /* the last turn ran a slice */
    bool muted;            /* COM1 stopped accepting data */
    struct work work;
    struct strbuf lines;
    unsigned top; /* first line on the screen */
    char buffer[REPORT_SIZE];
    char extra[REPORT_EXTRA]; /* this and `com1` do not fit on the stack */
    char com1[REPORT_SIZE + REPORT_EXTRA];
};

/* Begins JOB and shows its lines; the message on the screen goes to the port
   for data as a warning. */
void report_open(struct view *view, const struct job *job);
void report_draw(struct view *view);
void report_event(struct view *view, const struct event *event);
/* Continues the job.  True: it ran a slice, and this turn must do nothing else;
   pass its time to report_account_time(), which returns false if there was no
   slice. */
bool report_turn(struct view *view, uint64_t now);
bool report_account_time(struct view *view, uint64_t took, uint64_t cycles);
