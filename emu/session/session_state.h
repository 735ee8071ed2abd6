/* SPDX-License-Identifier: MIT */
/*
 * What a session holds: a machine, the program on it, and the operator's
 * switches, history and undo journal.  No screen and no keyboard here.
 *
 * The functions below read the session or keep its parts in step; session.h
 * has what an operator can do.
 */
#pragma once

#include "emu/engine/lockstep.h"
#include "emu/engines.h"
#include "emu/history/history.h"
#include "emu/history/journal.h"
#include "emu/machine/controls.h"
#include "emu/machine/program.h"
#include "emu/machine/snapshot.h"
#include "pace.h"
#include "phosphor.h"

/* The last prepulse, to be explained in words. */
struct last {
    bool valid; /* false: none since control was cleared */
    bool hung;
    bool operand_unknown; /* `operand` and `a` are not known */
    bool manual;          /* the word came from the switches */
    uint32_t word;        /* in the staticisor */
    uint32_t operand;     /* read from the action line */
    uint32_t a, ci;       /* before the instruction acted */
};

/* Typewriter buttons and keys of the strip, as in struct controls. */
struct held {
    uint32_t typewriter, strip;
};

#define WAITING_MAX 32

/* Changes made by buttons and keys since the first of them went down. */
struct press {
    bool open;
    uint64_t since;         /* prepulse count when the acting keys went down */
    uint32_t store[LINES];  /* digits before they were changed */
    uint32_t digits[LINES]; /* mask of the changed digits */
    uint32_t a, ci, pi;     /* before the press */
    uint32_t strip;         /* every key of the strip that took part */

    /* Presses released before their turn, the oldest first. */
    struct held waiting[WAITING_MAX];
    unsigned count;
};

#define COUNT_BREAKPOINTS 8

/* Why a run ended other than by STP or a hang. */
enum break_reason {
    BREAK_NONE,
    BREAK_LINE,    /* about to obey a marked line */
    BREAK_READ,    /* a marked line was read */
    BREAK_WRITTEN, /* a marked line was written */
    BREAK_NEGATIVE,
    BREAK_ZERO,
    BREAK_LEAVING, /* CI is beyond 31 */
    BREAK_COUNT,   /* reached an instruction count */
    BREAK_PRESENT, /* replay reached the present */
};

/* Where a run is to end, and why the last one did. */
struct run_control {
    struct breakpoints breakpoints;
    uint64_t counts[COUNT_BREAKPOINTS]; /* instructions since load; 0: unused */
    bool any;                           /* a breakpoint or count is set */
    uint64_t run_to; /* instruction count to reach flat out; 0: none */
    uint64_t from;   /* prepulse count when CS went to Run: no breakpoint
                        applies to the next prepulse */
    enum break_reason reason;
};

/* The program as loaded or saved, which a reload brings back. */
struct loaded {
    struct program program;
    bool has_snapshot; /* a reload restores `snapshot` */
    struct snapshot snapshot;
};

/* Notes beside the store and how lines are shown; bit n is line n. */
struct notes {
    char text[LINES][NOTE_SIZE];
    uint32_t shown;
    uint32_t numbers; /* lines shown as a number, not as an instruction */
    bool head;        /* the program's head comments describe the store */
};

/* Edits by hand since the program was loaded or saved. */
struct edits {
    bool unsaved;
    bool unsaved_in_present; /* the same for the present, while in the past */
    uint32_t touched;        /* bit n: line n or its note may have changed */
    uint32_t count;          /* where there is no journal */
    uint32_t saved;          /* session_last_edit() at the last load or save */
};

/* Compatibility switches of the boot line while a state's are in use. */
struct compatibility {
    bool replaced;
    bool ci5, immediate_test;
};

/* Movement through history. */
struct time_travel {
    struct history *history; /* NULL, or without memory: none */
    uint32_t budget;         /* prepulses in one call of a seek */
    bool called;             /* the last call was a seek */
    bool keeps_last;         /* seek over an action: `last` stays */
    enum seek_status result; /* not yet reported; SEEK_NONE: none */
};

/* What the lab observes. */
struct observed {
    bool by_engine;            /* logged bars are executed by the engine */
    struct lockstep *lockstep; /* checks each call of the engine; or NULL */
    bool differs;              /* lockstep found a difference */
    uint32_t log_remaining;    /* bars still to be logged since the load */
    uint32_t obeyed, accessed; /* in logged bars: lines executed, and lines that
                                  instructions acted on */
};

struct session {
    struct machine machine;
    struct controls controls;
    bool cs; /* the switch CS is at Run */
    const struct engine *engine;
    union engine_state engine_state;
    uint32_t hot; /* entries before the translator translates a block */
    struct loaded loaded;
    struct compatibility compatibility;
    struct notes notes;
    struct pace pace;
    struct phosphor phosphor;
    struct last last;
    struct held held; /* keys held down; `controls` has those in effect */
    struct press press;
    bool hung; /* no prepulse is sent until KC, KCC or a load */
    struct edits edits;
    bool manual_holds;       /* KC in Man leaves CI alone */
    bool bright_at_l;        /* the bright line of a machine at rest is always
                                the one selected by the L switches */
    uint64_t machine_us;     /* machine time since the counts were zeroed */
    uint64_t uncounted;      /* instructions obeyed before that */
    uint32_t bar_us;         /* machine time of one bar */
    struct journal *journal; /* NULL: no undo */
    struct time_travel travel;
    struct run_control run_control;
    uint32_t slice_max; /* prepulses a turn may run; keys are not limited */
    struct profile *profile; /* counts executed instructions; or NULL */
    struct observed observed;
};

/* CS is at Run, and neither STP nor a hang has ended the run. */
bool session_runs(const struct session *session);

bool session_has_history(const struct session *session);
/* Whether the machine is at an earlier position of history. */
bool session_in_past(const struct session *session);
bool session_is_seeking(const struct session *session);

/* Instructions obeyed since the counts were zeroed. */
uint64_t session_instructions(const struct session *session);

/* The journal's number of the last edit by hand. */
uint32_t session_last_edit(const struct session *session);

/* The state now, held keys included. */
void session_snapshot(const struct session *session, struct snapshot *snapshot);

/* A line with all that belongs to it. */
struct line {
    uint32_t word;
    bool number;
    char note[NOTE_SIZE]; /* may be empty */
};

struct line session_line(const struct session *session, unsigned line);

/* ---- for the files of session/ ---- */

/* Notify the engine of a change it did not make: to one line of the store; to
   more. */
void session_line_written(struct session *session, unsigned line);
void session_state_changed(struct session *session);

/* Zeroes the counts of instructions and of machine time. */
void session_reset_counts(struct session *session);
/* Adds the machine time of BARS. */
void session_add_time(struct session *session, uint32_t bars);

/* Sets machine, controls and counts to those of SNAPSHOT. */
void session_become(struct session *session, const struct snapshot *snapshot);

/* Records the state in history.  True: replay has reached the present.  Where
   a count saturates, history begins again. */
bool session_record_state(struct session *session);
