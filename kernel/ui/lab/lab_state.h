/* SPDX-License-Identifier: MIT */
/* State of the lab page. */
#pragma once

#include "emu/check/timed_run.h"
#include "ui/base/view.h"

#define LAB_RIGHT       43 /* first column of the right pane */
#define LAB_RIGHT_WIDTH (PAGE_COLUMNS - LAB_RIGHT - 1)

/* Programs used to measure each engine. */
enum lab_program {
    LAB_CURRENT, /* the current program of the session */
    LAB_JULY,    /* the program of July 1948, which took 52 minutes */
    LAB_PROGRAMS
};

/* Panes at the right.  A long screen shows the engine below the states. */
enum lab_pane { LAB_STATES, LAB_ENGINE, LAB_STATIC, LAB_MANAGER, LAB_PANES };

struct lab {
    struct timing timing[LAB_PROGRAMS][ENGINES_MAX];
    uint32_t measured[LINES]; /* program as entered that was measured */
    bool known;               /* true if `measured` is valid */
    bool too_short;           /* true if the current program ends too soon */
    unsigned ends_after;      /* its instructions, if it is too short */
    struct machine start[LAB_PROGRAMS];
    bool measuring;
    bool slicing;             /* true if this turn runs a slice */
    unsigned engine;          /* index of the measured engine in engines[] */
    enum lab_program program; /* program that the engine is measured with */
    bool begun;               /* true if the timed run has been started */
    struct timed_run timed_run;
    union engine_state state;

    struct lockstep lockstep;
    bool in_lockstep;
    char difference[4096]; /* text of the lockstep report */
    enum lab_pane pane;    /* shown at the right */
};

static inline struct lab *lab_of(const struct view *view)
{
    return view->state[PAGE_LAB];
}
