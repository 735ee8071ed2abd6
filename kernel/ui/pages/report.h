/* SPDX-License-Identifier: MIT */
/* Runs a long job and reports its results line by line on the screen and on
   COM1.  ui_turn() runs the job in slices, so that keys are still handled. */
#pragma once

#include "emu/check/bench.h"
#include "emu/engines.h"
#include "emu/check/selftest.h"
#include "emu/text/strbuf.h"
#include "ui/base/view.h"

#define REPORT_ROOMS 2

/* Working data of a job, initially all zero except for the code area and the
   bench entries, which the caller of ui_start() provides. */
struct work {
    struct code_area *area; /* memory for translated code, or NULL */
    /* V-states: two for the self-test, or those of all engines packed for the
       benchmark. */
    union engine_state room[REPORT_ROOMS];
    const struct bench_entry *bench_entries;
    unsigned bench_entry_count;
    union {
        struct selftest selftest;
        struct {
            struct bench bench;
            unsigned samples;  /* number of samples reported so far */
            unsigned reported; /* number of rows reported so far */
            bool timed;        /* true if the last turn ran a slice */
        };
    };
};

struct job {
    const char *title; /* title of the page */
    const char *heads; /* heading above the lines */
    bool dense;        /* true to omit blank rows between lines */

    void (*begin)(struct work *work);
    /* Runs a slice of a few milliseconds.  Returns false when the job is
       complete.  Adds lines of up to 78 characters to LINES, for screen and
       COM1, and up to 4,000 characters to DETAILS, for COM1 only. */
    bool (*slice)(struct work *work, struct strbuf *lines,
                  struct strbuf *details);
    /* Reports the duration of the last slice in nanoseconds and in processor
       cycles, or 0 cycles if they are not counted.  May be NULL. */
    void (*took)(struct work *work, uint64_t ns, uint64_t cycles);
    bool (*good)(const struct work *work);
};

extern const struct job job_selftest;
extern const struct job job_bench;

#define REPORT_SIZE  8192 /* buffer size for all lines of a report */
#define REPORT_EXTRA 4096 /* buffer size for the details of one slice */

struct report {
    const struct job *job; /* NULL until the first job is started */
    bool running;          /* true until the last line has been sent */
    bool over;             /* true after the last slice */
    bool sliced;           /* true if the last turn ran a slice */
    bool muted;            /* true if COM1 has stopped accepting data */
    struct work work;
    struct strbuf lines;
    unsigned top; /* first line shown on the screen */
    char buffer[REPORT_SIZE];
    char extra[REPORT_EXTRA]; /* too large for the stack, like `com1` */
    char com1[REPORT_SIZE + REPORT_EXTRA];
};

/* Starts JOB and opens its page.  If there is a message on the screen, it is
   also sent to the data port as a warning. */
void report_open(struct view *view, const struct job *job);
void report_draw(struct view *view);
void report_event(struct view *view, const struct event *event);
/* Continues the job.  Returns true if it ran a slice; the caller must then end
   the turn and pass its duration to report_account_time(). */
bool report_turn(struct view *view, uint64_t now);
/* Records the duration of the last turn.  Returns false if it ran no slice. */
bool report_account_time(struct view *view, uint64_t took, uint64_t cycles);
