/* SPDX-License-Identifier: MIT */
/*
 * The operator's desk: the machine, the program on it, and everything that
 * can be done to them.  No screen and no keys here.
 */
#ifndef EMU_SESSION_SESSION_H
#define EMU_SESSION_SESSION_H

#include "emu/machine/controls.h"
#include "emu/engines.h"
#include "emu/history/history.h"
#include "emu/history/journal.h"
#include "emu/engine/lockstep.h"
#include "emu/machine/snapshot.h"
#include "emu/machine/program.h"
#include "phosphor.h"
#include "pace.h"

/* The last prepulse, for telling in words what it did. */
struct last {
    bool valid; /* there was one since control was cleared */
    bool hung;
    bool operand_unknown; /* `operand`, and `a` before, are not known */
    bool manual;          /* the switches were obeyed, not the store */
    uint32_t word;        /* what the staticisor held */
    uint32_t operand;     /* what was read of the action line */
    uint32_t a, ci;       /* accumulator and control before it acted */
};

/* Buttons and keys, as in struct controls. */
struct held {
    uint32_t typewriter, strip;
};

#define WAITING_MAX 32

/* What buttons and keys have changed since the first of them went down. */
struct press {
    bool open;
    uint64_t since;         /* prepulses when those that act began to */
    uint32_t store[LINES];  /* digits before they were changed */
    uint32_t digits[LINES]; /* which digits those are */
    uint32_t a, ci, pi;     /* before */
    uint32_t strip;         /* keys that took part */

    /* Let go again before those ahead of them had a bar: one after the
       other, the first at 0. */
    struct held waiting[WAITING_MAX];
    unsigned count;
};

#define COUNT_BREAKPOINTS 8

/* What a run is to stop at, and what it stopped at. */
enum break_reason {
    BREAK_NONE,
    BREAK_LINE,    /* before a line is obeyed */
    BREAK_READ,    /* a line was .. */
    BREAK_WRITTEN, /* .. */
    BREAK_NEGATIVE,
    BREAK_ZERO,
    BREAK_LEAVING, /* before a fetch by CI beyond 31 */
    BREAK_COUNT,   /* after so many instructions */
    BREAK_PRESENT, /* all that happened has happened again */
};

struct run_control {
    struct breakpoints breakpoints;
    uint64_t
        counts[COUNT_BREAKPOINTS]; /* instructions since the load; 0: none */
    bool any;        /* stop or count; session_breakpoints_changed() finds it */
    uint64_t run_to; /* to be run to flat out; 0: none */
    uint64_t from;   /* prepulses when CS went to Run: the next one is given
                        whatever the stops say */
    enum break_reason reason;
};

struct session {
    struct machine machine;
    struct controls controls;
    bool cs; /* the switch: at Run */
    const struct engine *engine;
    union engine_state engine_state;
    uint32_t hot;           /* for an engine that translates */
    struct program program; /* as loaded or saved: what reload restores .. */
    bool restored;          /* .. at this moment, not at its beginning */
    struct snapshot snapshot;
    bool compatible; /* the machine's compatibility switches came with a
                        state; until a program is loaded these, of the boot
                        line, are put aside */
    bool ci5, immediate_test;
    char note[LINES][NOTE_SIZE];
    uint32_t numbers; /* bit n: line n is shown as a number */
    uint32_t noted;   /* bit n: line n shows its note */
    bool headed;      /* the program's head tells of what is in the store */
    struct pace pace;
    struct phosphor phosphor;
    struct last last;
    struct press press;
    uint32_t typewriter, strip; /* what fingers hold; controls have what acts */
    bool hung;         /* nothing is fetched: no prepulse goes out by itself */
    bool edited;       /* changed by hand since it was loaded or saved .. */
    bool edited_last;  /* .. at the present, if the machine is in the past */
    uint32_t touched;  /* bit n: of those, line n or its note was, or may have
                          been */
    bool manual_holds; /* KC in Man leaves CI alone */
    bool bright_at_l;  /* the bright line of a standing machine is always
                          that of the L switches */
    uint64_t machine_us;     /* machine time since the counts were zeroed */
    uint64_t uncounted;      /* instructions obeyed before that */
    struct journal *journal; /* NULL: nothing can be undone */
    uint32_t edits;          /* by hand; counted where there is no journal */
    uint32_t saved;          /* session_last_edit() when loaded or saved */
    struct history *history; /* may be NULL, or have no memory */
    uint32_t replay_budget;  /* most prepulses in one call of a search */
    bool seek;               /* the last call was one */
    bool repeats; /* it goes on by an action, so the last prepulse is the same
                   */
    enum seek_status found; /* how the last search ended, until asked for */
    struct run_control run_control;
    uint32_t bar_us;    /* machine time that a bar counts as, in the past as it
                           was then; session_record() finds it */
    uint32_t slice_max; /* prepulses that a turn may give; not those
                        of a key */
    struct profile *profile; /* counts what is obeyed; NULL: nothing does */

    /* For the lab. */
    bool by_engine;            /* bars that are watched are the engine's, too */
    struct lockstep *lockstep; /* compares each call of the engine with the
                                  reference; NULL: nothing does */
    bool differs;              /* it found a difference, and CS went to Stop */
    uint32_t log_remaining;    /* bars still to be watched since the load */
    uint32_t obeyed, accessed; /* lines obeyed, and lines that instructions
                                  acted on, as far as bars were watched since
                                  the load */
};

/* All to zero but JOURNAL and HISTORY, which may be NULL. */
void session_start(struct session *session, struct journal *journal,
                   struct history *history, unsigned speed, uint64_t now);

/* From now on ENGINE runs the machine; the translator goes by session->hot.
   False: it cannot here, and the one before stays. */
bool session_set_engine(struct session *session, const struct engine *engine,
                        struct code_area *area);

/* ---- programs ---- */

/* Clears all, and loads PROGRAM (copied).  The switches stay. */
void session_load(struct session *session, const struct program *program);
/*
 * Clears all, and puts the machine as it was at MOMENT, switches and
 * compatibility too, with PROGRAM's notes and head beside the store (both
 * copied).  CS is at Stop.  How the panel answers the open questions stays, and
 * so does the speed.
 */
void session_restore(struct session *session, const struct snapshot *snapshot,
                     const struct program *program);
/*
 * Brings the program, or the moment, back as it was loaded or saved: one
 * action, from the present on.  Undone it leaves a machine that stands, with
 * what was in the store, beside it and on the switches; A, CI and PI are 0.
 */
void session_reload(struct session *session);
/* The store and its notes as they are now, to start with all else zero. */
void session_program(const struct session *session, struct program *program);
/* The desk as it is now, but for what fingers hold. */
void session_snapshot_released(const struct session *session,
                               struct snapshot *snapshot);
/* Whether a load would lose what was changed by hand and not saved: here, or
   after this in history. */
bool session_is_unsaved(const struct session *session);
/* How many lines are not as they were loaded or saved, word or note, and were
   changed by hand since then. */
unsigned session_lines_unsaved(const struct session *session);
/* The last edit by hand, as the journal numbers them. */
uint32_t session_last_edit(const struct session *session);
/* PROGRAM, which was on the desk when EDIT was its last edit, has been saved:
   reload brings it back, and at MOMENT if that is not NULL. */
void session_mark_saved(struct session *session, const struct program *program,
                        const struct snapshot *snapshot, uint32_t edit);

/* ---- the switches and keys of 1948; each but CS and KC is one action,
   which can be undone ---- */

/* L and F: sets the switch of DIGIT (0-4, 13-15). */
void session_set_switch(struct session *session, unsigned digit, bool down);
void session_set_manual(struct session *session, bool manual);
void session_set_erase(struct session *session, bool erase);
/* CS.  At Stop the instruction under way was completed. */
void session_set_cs(struct session *session, bool run);
/* KC: one prepulse, whatever the neon says.  While running it does nothing;
   with CS at Run, a machine that stood goes on. */
void session_kc(struct session *session);
/*
 * TYPEWRITER and STRIP are held now, as in struct controls.  Each press acts
 * for at least one bar: what was let go sooner acts on until the bar has
 * passed, and what is pressed meanwhile waits its turn; WAITING_MAX presses
 * may wait, then the last of them gives way.
 */
void session_hold_keys(struct session *session, uint32_t typewriter,
                       uint32_t strip);

/* The engine obeys at most BUDGET (1 to LINES) instructions at once, and the
   bars are seen on the tube.  Where it must not, KC. */
void session_run_block(struct session *session, uint32_t budget);

/* Whether prepulses follow one another. */
bool session_runs(const struct session *session);

/* ---- today's ways; each is one action ---- */

/* Sets the controls to normal.  False: they were. */
bool session_make_normal(struct session *session);
/* CI, PI, A and the counts to zero: KCC. */
void session_clear_control(struct session *session);
/* KSC, and nothing beside the lines any more, and no head. */
void session_clear_store(struct session *session);

/* False: there was nothing to undo, or to redo; or something is held. */
bool session_undo(struct session *session);
bool session_redo(struct session *session);

/* A line with all that belongs to it. */
struct line {
    uint32_t word;
    bool number;
    char note[NOTE_SIZE]; /* may be empty */
};

struct line session_line(const struct session *session, unsigned line);
/* Begins an action; the changes after it belong to it. */
void session_begin_action(struct session *session);
void session_set_line(struct session *session, unsigned line,
                      const struct line *content);
/* The word alone: DIGITS of LINE. */
void session_set_digits(struct session *session, unsigned line, uint32_t digits,
                        uint32_t word);

/* ---- stops (stop_conditions.c) ---- */

/* Every stop is honoured while prepulses follow one another; CS goes to Stop
   then, and session->stopping.reason tells why.  Whoever changes the stops says
   so. */
void session_breakpoints_changed(struct session *session);
/* Stops after COUNT instructions since the load, or no more if it did.
   False: there are COUNT_BREAKPOINTS already. */
bool session_toggle_count_breakpoint(struct session *session, uint64_t count);

/* ---- history (time_travel.c) ---- */

/* Whether there is any, and whether the machine is as it was before. */
bool session_has_history(const struct session *session);
bool session_in_past(const struct session *session);

/* Tells history what there is now: after each thing that an operator does.
   Where the counts are at their end, it begins again there. */
void session_record(struct session *session);

/*
 * Begin to go through history: to the position with this STEP; to the first
 * with so many INSTRUCTIONS since the load; to the last before this at which
 * STOPS would have stopped the machine.  CS goes to Stop, and some of the
 * search is done at once, one call of it; the rest in turns, while the
 * machine stands as it did.  Where it leads the machine is then; notes and
 * what can be undone go with it.  False: there is no such position.
 */
bool session_seek_step(struct session *session, uint64_t step);
bool session_seek_count(struct session *session, uint64_t instructions);
bool session_reverse_continue(struct session *session,
                              const struct breakpoints *breakpoints);
/* The same, but to look only: it ends SEEK_PREVIEW, with the position in
   session->history->search.at.  And to count in PROFILE what was obeyed from
   there to here. */
bool session_peek_count(struct session *session, uint64_t instructions);
void session_profile_range(struct session *session, struct profile *profile);
bool session_is_seeking(const struct session *session);
/* How a search ended since this was last asked; SEEK_NONE: none did. */
enum seek_status session_seek_result(struct session *session);
/* Runs to instruction number GOAL since the load, flat out, from the present
   on. */
void session_run_to(struct session *session, uint64_t goal);

/* What comes after this in history is forgotten, and the past is the present.
   Any change made by hand in the past does the same without a word. */
void session_discard_future(struct session *session);
/* The present again, at once, with whatever was done by hand. */
void session_leave_past(struct session *session);

/* ---- between the files that the desk is made of ---- */

/* In the past: how many of the bars DUE lead to what comes next, an action or
   the present.  Where it is next, it comes to pass now. */
uint32_t session_replay(struct session *session, uint32_t due);
/* One bar by the reference, to be seen on the tube, and nothing more. */
void session_step_logged(struct session *session);
/* Goes on with a search; true: there was one. */
bool session_seek_turn(struct session *session);
/* How many instructions may be obeyed before it stops after so many; whether
   there is anything to stop at, as is seldom so; whether it stops before the
   next prepulse, and after BAR, A having been BEFORE; it
   stops as an engine did so.  Where it does, CS is at Stop then. */
uint32_t session_instructions_left(const struct session *session);
static inline bool session_may_break(const struct session *session)
{
    return session->run_control.any || session->run_control.run_to != 0;
}
bool session_break_before(struct session *session);
void session_break_after(struct session *session, const struct bar *bar,
                         uint32_t before);
void session_engine_stopped(struct session *session, enum run_status status);
void session_break(struct session *session, enum break_reason cause);
/* time_travel.c: what is vague of the last instruction is found in history. */
void session_recall_last(struct session *session);

/* Lets what fingers hold act where no prepulse comes, and ends what they no
   longer hold. */
void session_update_held_keys(struct session *session);
/* Remembers for undo what was forced in the two lines of BAR. */
void session_note_forced(struct session *session, const struct bar *bar);
/* Must be told of what the engine did not do itself: a word in LINE, or more
   than that, up to all of the store and options. */
void session_line_written(struct session *session, unsigned line);
void session_state_changed(struct session *session);
/* The counts of instructions and of machine time begin again. */
void session_reset_counts(struct session *session);
/* BARS passed. */
void session_add_time(struct session *session, uint32_t bars);
/* execute.c: what is told of the last instruction where only its end is known.
 */
void session_infer_last(struct session *session);
/* execute.c: at least one bar and at most so many, to be seen on the tube; at
   most BUDGET unseen.  Both return how many there were. */
uint32_t session_run_logged(struct session *session, uint32_t bars);
uint32_t session_run_fast(struct session *session, uint32_t budget);

/* ---- time ---- */

/*
 * Runs what is due at NOW.  LAST_OF_FRAME: a repaint follows, so the bars
 * before it are logged for the tube.
 */
void session_turn(struct session *session, uint64_t now, bool last_of_frame);

/*
 * One more call, of the machine or of a search, in the same slice; false:
 * session_turn() does the rest.  After the last one session_record() is due.
 */
bool session_turn_more(struct session *session, uint64_t now);
/* That call took so many microseconds. */
void session_account_call(struct session *session, uint64_t took);
/* Whether the machine is to do more at NOW than session_turn() does. */
bool session_is_behind(struct session *session, uint64_t now);

/* Ends a frame of 20 ms; false: the tube will not change by itself. */
bool session_end_frame(struct session *session);

/* Instructions obeyed since the counts were zeroed. */
uint64_t session_instructions(const struct session *session);

/* All there is to know of it now, what is held included. */
void session_snapshot(const struct session *session, struct snapshot *snapshot);

/* The line that the next prepulse fetches, through the L switches. */
unsigned session_next_line(const struct session *session);

/* Microseconds from that NOW until something is due; UINT32_MAX: nothing. */
uint32_t session_wait(const struct session *session);

#endif
