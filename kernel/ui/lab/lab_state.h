/* SPDX-License-Identifier: MIT */
/* The state of the lab. */
#pragma once

#include "emu/check/timed_run.h"
#include "ui/base/view.h"

#define LAB_RIGHT       43 /* column of the right pane */
#define LAB_RIGHT_WIDTH (CELLS_COLUMNS - LAB_RIGHT - 1)

/* The programs to measure each engine with. */
enum lab_program {
    LAB_CURRENT, /* the program of the session */
    LAB_JULY,    /* the program of July 1948, which took 52 minutes */
    LAB_PROGRAMS
};

struct lab {
    struct timing timing[LAB_PROGRAMS][ENGINES_MAX];
    uint32_t measured[LINES]; /* the program, as loaded, that was measured */
    bool known;               /* `measured` is valid */
    bool of_edited;           /* the program had been edited */
    struct machine start[LAB_PROGRAMS];
    bool measuring;
    bool slicing;             /* this turn is a slice of a timed run */
    unsigned engine;          /* index in engines[] of the timed run */
    enum lab_program program; /* program of the timed run */
    bool begun;               /* the timed run was started */
    struct timed_run timed_run;
    union engine_state state;

    struct lockstep lockstep;
    bool in_lockstep;
    char difference[4096]; /* report of lockstep */
    bool engine_view;      /* short screen: the engine's pane, not the states */
};

static inline struct lab *lab_of(const struct view *view)
{
    return view->state[PAGE_LAB];
}
