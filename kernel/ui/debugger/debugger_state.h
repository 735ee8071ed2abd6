/* SPDX-License-Identifier: MIT */
/* State of the debugger page. */
#pragma once

#include "trace_state.h"
#include "ui/base/view.h"

/* Views that can be shown beside the listing. */
enum debug_view {
    DEBUG_TRACE,   /* the steps that led to the current position */
    DEBUG_PROFILE, /* how often each line was executed, read and written */
    DEBUG_COMPARE, /* the program, or the store at another position */
    DEBUG_VIEWS
};

/* Store to compare the present one with. */
enum compared {
    COMPARED_ENTERED,  /* program as entered */
    COMPARED_FILE,     /* program as last loaded or saved */
    COMPARED_POSITION, /* `position` of struct debug */
};

/* Action to take when a seek ends. */
enum pending_seek {
    PENDING_NONE,
    PENDING_STOP,    /* look for a nearer breakpoint on a count */
    PENDING_RUN,     /* run from the present to `goal` */
    PENDING_COMPARE, /* compare with the position that was found */
    PENDING_FROM,    /* start a profile at the position that was found */
    PENDING_PROFILE, /* report that the profile is complete */
};

#define DEBUG_TRACE_STEPS 1000 /* maximum number of steps to scroll through */
#define DEBUG_NUMBER_SIZE 21   /* 20 digits and the terminating zero */
#define DEBUG_RIGHT       33   /* column of the view beside the listing */

struct debug {
    uint32_t load; /* view->load.count for which this state is valid */
    enum debug_view view;
    uint64_t above; /* number of steps scrolled up in the trace */
    char number[DEBUG_NUMBER_SIZE]; /* number typed for the next command */
    struct position drawn;          /* next step of the trace to draw */
    enum pending_seek pending;
    uint64_t goal;       /* instruction count to seek or run to */
    uint64_t seek_start; /* instruction count before a reverse-continue */
    struct profile profile;
    bool profiled; /* true if `profile` contains counts */
    enum compared compared;
    struct position position; /* valid for COMPARED_POSITION */
};

struct debugger {
    struct debug debug;
    struct trace_export trace;
};

/* Returns the debugger state, which is reset whenever a program is loaded. */
struct debug *debug_of(const struct view *view);
struct trace_export *trace_of(const struct view *view);

/* Moves the typed number to *NUMBER.  Returns false if no number was typed. */
bool debug_take_number(struct view *view, uint64_t *number);
