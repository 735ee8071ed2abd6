/* SPDX-License-Identifier: MIT */
/* What the debugger keeps: view, typed number, pending seek, profile, trace. */
#ifndef UI_DEBUGGER_DEBUGGER_STATE_H
#define UI_DEBUGGER_DEBUGGER_STATE_H

#include "trace_state.h"
#include "ui/base/view.h"

/* What stands beside the listing. */
enum debug_view {
    DEBUG_TRACE,   /* the steps that led here */
    DEBUG_PROFILE, /* how often each line was obeyed, read, written */
    DEBUG_COMPARE, /* the store of another time */
    DEBUG_VIEWS
};

/* What follows a seek. */
enum pending_seek {
    PENDING_NONE,
    PENDING_STOP,    /* a count breakpoint may be nearer */
    PENDING_RUN,     /* run on from the present to `goal` */
    PENDING_COMPARE, /* compare with that position */
    PENDING_FROM,    /* count from that position */
    PENDING_PROFILE, /* counting is complete */
};

#define DEBUG_TRACE_STEPS 1000 /* that the trace scrolls over */
#define DEBUG_NUMBER_SIZE 21   /* 20 digits and the ending zero */
#define DEBUG_RIGHT       33   /* column beside the listing */

struct debug {
    uint32_t load; /* view->load.count for which the rest is valid */
    enum debug_view view;
    uint64_t above;                 /* steps scrolled up in the trace */
    char number[DEBUG_NUMBER_SIZE]; /* typed, for the next command */
    struct position drawn;          /* of the trace, while it is drawn */
    enum pending_seek pending;
    uint64_t goal;   /* instruction count to seek or run to */
    uint64_t former; /* instruction count before a reverse-continue */
    struct profile profile;
    bool profiled;          /* `profile` has counts */
    uint64_t profiled_from; /* instruction count where they begin */
    bool other;             /* compare with `another`; else with the program
                               as loaded */
    struct position another;
};

struct debugger {
    struct debug debug;
    struct trace_export trace;
};

/* The state; reset when another program has been loaded. */
struct debug *debug_of(const struct view *view);
struct trace_export *trace_of(const struct view *view);

/* Takes the typed number; false: there is none. */
bool debug_number(struct view *view, uint64_t *number);

#endif
