/* SPDX-License-Identifier: MIT */
/*
 * The debugger's page: where in history the machine is, what happened before,
 * and what it is to stop at.
 */
#ifndef UI_DEBUGGER_DEBUGGER_H
#define UI_DEBUGGER_DEBUGGER_H

#include "emu/history/history.h"

/* What stands beside the listing. */
enum debug_view {
    DEBUG_TRACE,   /* the steps that led here */
    DEBUG_PROFILE, /* how often each line was obeyed, read, written */
    DEBUG_COMPARE, /* the store of another time */
    DEBUG_VIEWS
};

/* What a search was begun for, besides to get there. */
enum debug_quest {
    QUEST_NONE,
    QUEST_STOP,    /* the stop before; one after a count may be nearer */
    QUEST_RUN,     /* the present, to run on from there to `goal` */
    QUEST_COMPARE, /* a look, to compare with */
    QUEST_FROM,    /* a look at where counting is to begin */
    QUEST_TALLY,   /* counting from there to here */
};

#define DEBUG_TRACE_STEPS 1000 /* that can be looked back over */
#define DEBUG_NUMBER_SIZE 21   /* 20 digits and the ending zero */

struct debug {
    enum debug_view view;
    uint64_t above;                 /* steps that the trace ends before here */
    char number[DEBUG_NUMBER_SIZE]; /* typed, for the command that follows */
    struct position drawn;          /* of the trace, while it is drawn */
    enum debug_quest quest;
    uint64_t goal;   /* instructions: what is looked for, or run to */
    uint64_t former; /* .. here, when the stop before was looked for */
    struct profile profile;
    bool profiled;           /* there is something in it .. */
    uint64_t profiled_from;  /* .. from this instruction on */
    bool other;              /* what to compare with is known .. */
    struct position another; /* .. else it is the program as loaded */
};

#endif
