/* SPDX-License-Identifier: MIT */
/*
 * The lab: what the engines are, how fast each is, and what it keeps.
 */
#ifndef UI_LAB_LAB_H
#define UI_LAB_LAB_H

#include "emu/engine/lockstep.h"
#include "emu/check/timed_run.h"

/* The programs that every engine is tried with. */
enum lab_program {
    LAB_CURRENT, /* the one on the desk */
    LAB_JULY,    /* that of July 1948, which took 52 minutes */
    LAB_PROGRAMS
};

struct lab {
    /* Trials, one after the other: all engines with one program, then with
       the next. */
    struct timing timing[LAB_PROGRAMS][ENGINES_MAX];
    uint32_t measured[LINES]; /* the program tried, as it was loaded */
    bool known;               /* there was one */
    bool of_edited;           /* it was changed since */
    struct machine start[LAB_PROGRAMS];
    bool measuring;
    bool slicing;    /* the turn under way is a slice of a trial, and no more */
    unsigned engine; /* index in engines[] of that being tried .. */
    enum lab_program program; /* .. and with which program */
    bool begun;               /* its trial was started */
    struct timed_run timed_run;
    union engine_state state;

    struct lockstep lockstep;
    bool in_lockstep;
    char difference[4096]; /* that it found, in words */
    bool engine_view; /* on the short screen: what the engine keeps, in place
                         of the states */
};

#endif
