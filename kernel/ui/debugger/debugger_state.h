/* SPDX-License-Identifier: MIT */
/* The debugger's state: view, typed number, pending seek, profile, trace. */
#pragma once

#include "trace_state.h"
#include "ui/base/view.h"

/* The view beside the listing. */
enum debug_view {
    DEBUG_TRACE,   /* the steps that led here */
    DEBUG_PROFILE, /* counts of each line: obeyed, read, written */
    DEBUG_COMPARE, /* the store at another time */
    DEBUG_VIEWS
};

/* What to do when a seek ends. */
enum pending_seek {
    PENDING_NONE,
    PENDING_STOP,    /* a count breakpoint may be nearer */
    PENDING_RUN,     /* at the present: run on to `goal` */
    PENDING_COMPARE, /* compare with the position found */
    PENDING_FROM,    /* profile from the position found */
    PENDING_PROFILE, /* the profile is complete */
};

#define DEBUG_TRACE_STEPS 1000 /* maximum, in the scrolling trace */
#define DEBUG_NUMBER_SIZE 21   /* 20 digits and the ending zero */
#define DEBUG_RIGHT       33   /* column beside the listing */

struct debug {
    uint32_t load; /* view->load.count for which the rest is valid */
    enum debug_view view;
    uint64_t above;                 /* steps scrolled up in the trace */
    char number[DEBUG_NUMBER_SIZE]; /* typed, for the next command */
    struct position drawn;          /* next step of the trace to draw */
    enum pending_seek pending;
    uint64_t goal;       /* instruction count to seek or run to */
    uint64_t seek_start; /* instruction count before a reverse-continue */
    struct profile profile;
    bool profiled;          /* `profile` has counts */
    uint64_t profiled_from; /* instruction count where they begin */
    bool has_compared;      /* compare with `compared`, not the program */
    struct position compared;
};

struct debugger {
    struct debug debug;
    struct trace_export trace;
};

/* The state; reset when another program has been loaded. */
struct debug *debug_of(const struct view *view);
struct trace_export *trace_of(const struct view *view);

/* Stores the typed number in *NUMBER and clears the entry.  Returns false if
   nothing was typed. */
bool debug_take_number(struct view *view, uint64_t *number);
