/* SPDX-License-Identifier: MIT */
/*
 * A session: the machine, its program, and the operator's switches, history and
 * undo journal.  It is independent of the screen and keyboard.
 */
#pragma once

#include "emu/engine/lockstep.h"
#include "emu/engine_call.h"
#include "emu/history/history.h"
#include "emu/history/journal.h"
#include "emu/machine/controls.h"
#include "emu/machine/program.h"
#include "emu/machine/snapshot.h"
#include "pace.h"
#include "phosphor.h"
#include "title.h"

/* The last prepulse, kept so that the screen can explain what it did. */
struct last {
    bool valid; /* false if no prepulse has run since a load or KCC */
    bool hung;
    bool operand_unknown; /* true if `operand` and `a` are not valid */
    bool manual;          /* true if the instruction came from the switches */
    uint32_t word;        /* contents of the staticisor */
    uint32_t operand;     /* word read from the action line */
    uint32_t a, ci;       /* A and the incremented CI before execution */
};

/* Typewriter buttons and strip keys, as bitmasks defined in struct controls. */
struct held {
    uint32_t typewriter, strip;
};

#define WAITING_MAX 32

/* Changes made by held keys, kept for undo until all keys are released. */
struct press {
    bool open;
    uint64_t since;         /* prepulse count when the active keys went down */
    uint32_t store[LINES];  /* original values of the changed digits */
    uint32_t digits[LINES]; /* mask of the digits changed in each line */
    uint32_t a, ci, pi;     /* register values before the first key press */
    uint32_t strip;         /* mask of all strip keys pressed so far */

    /* Queue of key presses waiting to take effect, oldest first. */
    struct held waiting[WAITING_MAX];
    unsigned count;
};

#define COUNT_BREAKPOINTS 8

/* Reasons for ending a run, other than STP or a hang. */
enum break_reason {
    BREAK_NONE,
    BREAK_LINE,    /* about to execute a line with a breakpoint */
    BREAK_READ,    /* an instruction read a line with a breakpoint */
    BREAK_WRITTEN, /* an instruction wrote a line with a breakpoint */
    BREAK_NEGATIVE,
    BREAK_ZERO,
    BREAK_LEAVING, /* CI is about to exceed 31 */
    BREAK_COUNT,   /* an instruction count was reached */
    BREAK_PRESENT, /* replay caught up with the present */
    BREAK_KILLED,  /* the hypervisor ended the engine (engine_space.fault) */
};

/* Breakpoints, and why the last run ended. */
struct run_control {
    struct breakpoints breakpoints;
    /* Instruction counts at which to stop, or 0 for unused entries. */
    uint64_t counts[COUNT_BREAKPOINTS];
    bool any;        /* true if any breakpoint or count is set */
    uint64_t run_to; /* instruction count to run to at full speed, or 0 */
    /* Prepulse count at the start of the run, where breakpoints do not fire. */
    uint64_t from;
    enum break_reason reason;
};

/* The program as it was last loaded or saved, to be restored by a reload. */
struct loaded {
    struct program program;
    bool headed;       /* value of notes.head after a reload */
    bool has_snapshot; /* true if a reload also restores `snapshot` */
    struct snapshot snapshot;
};

/* Notes on lines, title and author, and how lines are displayed. */
struct notes {
    char text[NOTES][NOTE_SIZE];
    uint32_t shown;
    uint32_t numbers; /* bit n is set if line n is displayed as a number */
    bool head;        /* true if the program still begins as in the file: with
                         its other head comments, A, CI or snapshot */
};

/* The program as entered (entered.h); `notes` belongs to it, too. */
struct entered {
    uint32_t store[LINES];
    char head[HEAD_SIZE];    /* head comments of the file last loaded */
    bool unsaved;            /* true if it differs from the file */
    bool unsaved_in_present; /* value of `unsaved` at the end of history */
};

/* Boot-time compatibility switches, kept while a snapshot overrides them. */
struct compatibility {
    bool replaced;
    bool ci5, immediate_test;
};

struct time_travel {
    struct history *history; /* may be NULL, or disabled for lack of memory */
    uint32_t budget;         /* maximum number of prepulses per seek call */
    bool called;             /* true if the last call was part of a seek */
    bool keeps_last;         /* true if a seek must not change `last` */
    enum seek_status result; /* result not yet reported, or SEEK_NONE */
};

/* Data collected for the lab screen. */
struct observed {
    bool by_engine;            /* true if the engine executes logged bars */
    struct lockstep *lockstep; /* checks each engine call; NULL if disabled */
    bool differs;              /* set when lockstep finds a difference */
    uint32_t log_remaining;    /* number of bars left to log after a load */
    struct lines_used used;
    bool sampled; /* true if `used` may lack lines, as the engine recorded none
                   */
};

/* Changes of the machine by others than the engine, to be reported to it. */
struct changes {
    uint32_t written; /* mask of the lines written */
    bool all;         /* true if anything may have changed */
    bool deferred;    /* true if several are reported together */
};

struct session {
    struct machine machine;
    struct controls controls;
    bool cs; /* true if the CS switch is at Run */
    const struct engine *engine;
    union engine_state *engine_state; /* storage of the caller */
    struct engine_space *space;       /* where it runs; NULL if here */
    struct code_area *code_area;      /* of the selected engine; may be NULL */
    struct changes changes;
    /* True if the engine was killed.  It runs again after a load, reload or
       restart of the program, or when an engine is selected. */
    bool killed;
    uint32_t hot; /* number of visits before a block is translated */
    struct loaded loaded;
    struct compatibility compatibility;
    struct notes notes;
    struct pace pace;
    struct phosphor phosphor;
    struct last last;
    struct held held; /* keys held down (`controls` contains the active keys) */
    struct press press;
    bool hung; /* true if prepulses are blocked until KC, KCC or a load */
    struct entered entered;
    bool manual_holds; /* true if KC in Man leaves CI unchanged */
    /* Whether the L switches always select the bright line at rest. */
    bool bright_at_l;
    uint64_t machine_us; /* machine time in microseconds since the last reset */
    uint64_t uncounted;  /* instructions executed before the last reset */
    uint32_t bar_us;     /* machine time of one bar in microseconds */
    struct journal *journal; /* NULL if undo is not available */
    struct time_travel travel;
    struct run_control run_control;
    uint32_t slice_max;      /* maximum prepulses per call (KC is exempt) */
    struct profile *profile; /* counts executions per line; NULL if disabled */
    struct observed observed;
};

/* Returns true if CS is at Run and neither STP nor a hang has ended the run. */
bool session_runs(const struct session *session);

bool session_has_history(const struct session *session);
bool session_in_past(const struct session *session);
bool session_is_seeking(const struct session *session);

/* Returns the number of instructions executed since the counts were reset. */
uint64_t session_instructions(const struct session *session);

/* Takes a snapshot of the current state, including held keys. */
void session_snapshot(const struct session *session, struct snapshot *snapshot);

struct line {
    uint32_t word;
    uint32_t entered; /* word in the program as entered */
    bool number;
    char note[NOTE_SIZE]; /* empty if the line has no note */
};

struct line session_line(const struct session *session, unsigned line);

/* ---- Internal to session/ ---- */

void session_add_time(struct session *session, uint32_t bars);

/* Restores the machine, controls and counts from SNAPSHOT. */
void session_become(struct session *session, const struct snapshot *snapshot);

/* Records the state in history.  Returns true if replay reached the present. */
bool session_record_state(struct session *session);
