/* SPDX-License-Identifier: MIT */
/*
 * The operator's desk: the machine, the program on it, and everything that
 * can be done to them.  No screen and no keys here.
 */
#ifndef UI_DESK_H
#define UI_DESK_H

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
    bool vague;       /* `operand`, and `a` before, are not known */
    bool manual;      /* the switches were obeyed, not the store */
    uint32_t word;    /* what the staticisor held */
    uint32_t operand; /* what was read of the action line */
    uint32_t a, ci;   /* accumulator and control before it acted */
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

#define STOP_COUNTS 8

/* What a run is to stop at, and what it stopped at. */
enum stop_cause {
    STOPPED_NOT,
    STOPPED_LINE,    /* before a line is obeyed */
    STOPPED_READ,    /* a line was .. */
    STOPPED_WRITTEN, /* .. */
    STOPPED_NEGATIVE,
    STOPPED_ZERO,
    STOPPED_LEAVING, /* before a fetch by CI beyond 31 */
    STOPPED_COUNT,   /* after so many instructions */
    STOPPED_PRESENT, /* all that happened has happened again */
};

struct stopping {
    struct stops stops;
    uint64_t counts[STOP_COUNTS]; /* instructions since the load; 0: none */
    bool any;      /* stop or count; desk_stops_changed() finds it */
    uint64_t goal; /* to be run to flat out; 0: none */
    uint64_t from; /* prepulses when CS went to Run: the next one is given
                      whatever the stops say */
    enum stop_cause cause;
};

struct desk {
    struct machine machine;
    struct controls controls;
    bool cs; /* the switch: at Run */
    const struct engine *engine;
    union engine_state engine_state;
    uint32_t hot;           /* for an engine that translates */
    struct program program; /* as loaded or saved: what reload restores .. */
    bool restored;          /* .. at this moment, not at its beginning */
    struct moment moment;
    bool compatible; /* the machine's compatibility switches came with a
                        state; until a program is loaded these, of the boot
                        line, are put aside */
    bool ci5, immediate_test;
    char note[LINES][NOTE_SIZE];
    uint32_t numbers; /* bit n: line n is shown as a number */
    uint32_t noted;   /* bit n: line n shows its note */
    bool headed;      /* the program's head tells of what is in the store */
    struct pace pace;
    struct glow glow;
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
    uint32_t saved;          /* desk_edit() when loaded or saved */
    struct history *history; /* may be NULL, or have no memory */
    uint32_t again;          /* most prepulses in one call of a search */
    bool searching;          /* the last call was one */
    bool repeats; /* it goes on by an action, so the last prepulse is the same
                   */
    enum search found; /* how the last search ended, until asked for */
    struct stopping stopping;
    uint32_t bar_us; /* machine time that a bar counts as, in the past as it
                        was then; desk_observe() finds it */
    uint32_t most;   /* prepulses that a turn may give; not those
                        of a key */
    struct profile *profile; /* counts what is obeyed; NULL: nothing does */

    /* For the lab. */
    bool by_engine;            /* bars that are watched are the engine's, too */
    struct lockstep *lockstep; /* compares each call of the engine with the
                                  reference; NULL: nothing does */
    bool differs;              /* it found a difference, and CS went to Stop */
    uint32_t first_look;       /* bars still to be watched since the load */
    uint32_t obeyed, accessed; /* lines obeyed, and lines that instructions
                                  acted on, as far as bars were watched since
                                  the load */
};

/* All to zero but JOURNAL and HISTORY, which may be NULL. */
void desk_start(struct desk *desk, struct journal *journal,
                struct history *history, unsigned speed, uint64_t now);

/* From now on ENGINE runs the machine; the translator goes by desk->hot.
   False: it cannot here, and the one before stays. */
bool desk_set_engine(struct desk *desk, const struct engine *engine,
                     struct code_area *area);

/* ---- programs ---- */

/* Clears all, and loads PROGRAM (copied).  The switches stay. */
void desk_load(struct desk *desk, const struct program *program);
/*
 * Clears all, and puts the machine as it was at MOMENT, switches and
 * compatibility too, with PROGRAM's notes and head beside the store (both
 * copied).  CS is at Stop.  How the panel answers the open questions stays, and
 * so does the speed.
 */
void desk_restore(struct desk *desk, const struct moment *moment,
                  const struct program *program);
/*
 * Brings the program, or the moment, back as it was loaded or saved: one
 * action, from the present on.  Undone it leaves a machine that stands, with
 * what was in the store, beside it and on the switches; A, CI and PI are 0.
 */
void desk_reload(struct desk *desk);
/* The store and its notes as they are now, to start with all else zero. */
void desk_program(const struct desk *desk, struct program *program);
/* The desk as it is now, but for what fingers hold. */
void desk_moment(const struct desk *desk, struct moment *moment);
/* Whether a load would lose what was changed by hand and not saved: here, or
   after this in history. */
bool desk_is_unsaved(const struct desk *desk);
/* How many lines are not as they were loaded or saved, word or note, and were
   changed by hand since then. */
unsigned desk_lines_unsaved(const struct desk *desk);
/* The last edit by hand, as the journal numbers them. */
uint32_t desk_edit(const struct desk *desk);
/* PROGRAM, which was on the desk when EDIT was its last edit, has been saved:
   reload brings it back, and at MOMENT if that is not NULL. */
void desk_saved(struct desk *desk, const struct program *program,
                const struct moment *moment, uint32_t edit);

/* ---- the switches and keys of 1948; each but CS and KC is one action,
   which can be undone ---- */

/* L and F: sets the switch of DIGIT (0-4, 13-15). */
void desk_set_switch(struct desk *desk, unsigned digit, bool down);
void desk_set_manual(struct desk *desk, bool manual);
void desk_set_erase(struct desk *desk, bool erase);
/* CS.  At Stop the instruction under way was completed. */
void desk_set_cs(struct desk *desk, bool run);
/* KC: one prepulse, whatever the neon says.  While running it does nothing;
   with CS at Run, a machine that stood goes on. */
void desk_kc(struct desk *desk);
/*
 * TYPEWRITER and STRIP are held now, as in struct controls.  Each press acts
 * for at least one bar: what was let go sooner acts on until the bar has
 * passed, and what is pressed meanwhile waits its turn; WAITING_MAX presses
 * may wait, then the last of them gives way.
 */
void desk_hold(struct desk *desk, uint32_t typewriter, uint32_t strip);

/* The engine obeys at most BUDGET (1 to LINES) instructions at once, and the
   bars are seen on the tube.  Where it must not, KC. */
void desk_obey(struct desk *desk, uint32_t budget);

/* Whether prepulses follow one another. */
bool desk_runs(const struct desk *desk);

/* ---- today's ways; each is one action ---- */

/* Sets the controls to normal.  False: they were. */
bool desk_make_normal(struct desk *desk);
/* CI, PI, A and the counts to zero: KCC. */
void desk_clear_control(struct desk *desk);
/* KSC, and nothing beside the lines any more, and no head. */
void desk_clear_store(struct desk *desk);

/* False: there was nothing to undo, or to redo; or something is held. */
bool desk_undo(struct desk *desk);
bool desk_redo(struct desk *desk);

/* A line with all that belongs to it. */
struct line {
    uint32_t word;
    bool number;
    char note[NOTE_SIZE]; /* may be empty */
};

struct line desk_line(const struct desk *desk, unsigned line);
/* Begins an action; the changes after it belong to it. */
void desk_begin(struct desk *desk);
void desk_set_line(struct desk *desk, unsigned line,
                   const struct line *content);
/* The word alone: DIGITS of LINE. */
void desk_set_digits(struct desk *desk, unsigned line, uint32_t digits,
                     uint32_t word);

/* ---- stops (stop_conditions.c) ---- */

/* Every stop is honoured while prepulses follow one another; CS goes to Stop
   then, and desk->stopping.cause tells why.  Whoever changes the stops says
   so. */
void desk_stops_changed(struct desk *desk);
/* Stops after COUNT instructions since the load, or no more if it did.
   False: there are STOP_COUNTS already. */
bool desk_toggle_count(struct desk *desk, uint64_t count);

/* ---- history (time_travel.c) ---- */

/* Whether there is any, and whether the machine is as it was before. */
bool desk_has_history(const struct desk *desk);
bool desk_in_past(const struct desk *desk);

/* Tells history what there is now: after each thing that an operator does.
   Where the counts are at their end, it begins again there. */
void desk_observe(struct desk *desk);

/*
 * Begin to go through history: to the position with this STEP; to the first
 * with so many INSTRUCTIONS since the load; to the last before this at which
 * STOPS would have stopped the machine.  CS goes to Stop, and some of the
 * search is done at once, one call of it; the rest in turns, while the
 * machine stands as it did.  Where it leads the machine is then; notes and
 * what can be undone go with it.  False: there is no such position.
 */
bool desk_go_to_step(struct desk *desk, uint64_t step);
bool desk_go_to_count(struct desk *desk, uint64_t instructions);
bool desk_go_back_to_stop(struct desk *desk, const struct stops *stops);
/* The same, but to look only: it ends SEARCH_ASIDE, with the position in
   desk->history->search.at.  And to count in PROFILE what was obeyed from
   there to here. */
bool desk_look_at_count(struct desk *desk, uint64_t instructions);
void desk_tally(struct desk *desk, struct profile *profile);
bool desk_searches(const struct desk *desk);
/* How a search ended since this was last asked; SEARCH_NONE: none did. */
enum search desk_found(struct desk *desk);
/* Runs to instruction number GOAL since the load, flat out, from the present
   on. */
void desk_run_to(struct desk *desk, uint64_t goal);

/* What comes after this in history is forgotten, and the past is the present.
   Any change made by hand in the past does the same without a word. */
void desk_begin_future(struct desk *desk);
/* The present again, at once, with whatever was done by hand. */
void desk_leave_past(struct desk *desk);

/* ---- between the files that the desk is made of ---- */

/* In the past: how many of the bars DUE lead to what comes next, an action or
   the present.  Where it is next, it comes to pass now. */
uint32_t desk_repeat(struct desk *desk, uint32_t due);
/* One bar by the reference, to be seen on the tube, and nothing more. */
void desk_see(struct desk *desk);
/* Goes on with a search; true: there was one. */
bool desk_search_turn(struct desk *desk);
/* How many instructions may be obeyed before it stops after so many; whether
   there is anything to stop at, as is seldom so; whether it stops before the
   next prepulse, and after BAR, A having been BEFORE; it
   stops as an engine did so.  Where it does, CS is at Stop then. */
uint32_t desk_count_room(const struct desk *desk);
static inline bool desk_may_stop(const struct desk *desk)
{
    return desk->stopping.any || desk->stopping.goal != 0;
}
bool desk_stop_before(struct desk *desk);
void desk_stop_after(struct desk *desk, const struct bar *bar, uint32_t before);
void desk_engine_stopped(struct desk *desk, enum ending why);
void desk_stop(struct desk *desk, enum stop_cause cause);
/* time_travel.c: what is vague of the last instruction is found in history. */
void desk_recall_last(struct desk *desk);

/* Lets what fingers hold act where no prepulse comes, and ends what they no
   longer hold. */
void desk_settle(struct desk *desk);
/* Remembers for undo what was forced in the two lines of BAR. */
void desk_forced(struct desk *desk, const struct bar *bar);
/* Must be told of what the engine did not do itself: a word in LINE, or more
   than that, up to all of the store and options. */
void desk_edited(struct desk *desk, unsigned line);
void desk_changed(struct desk *desk);
/* The counts of instructions and of machine time begin again. */
void desk_count_anew(struct desk *desk);
/* BARS passed. */
void desk_count_time(struct desk *desk, uint32_t bars);
/* execute.c: what is told of the last instruction where only its end is known.
 */
void desk_guess_last(struct desk *desk);
/* execute.c: at least one bar and at most so many, to be seen on the tube; at
   most BUDGET unseen.  Both return how many there were. */
uint32_t desk_watch(struct desk *desk, uint32_t bars);
uint32_t desk_run(struct desk *desk, uint32_t budget);

/* ---- time ---- */

/*
 * Runs what is due at NOW.  LAST_OF_FRAME: a repaint follows, so the bars
 * before it are logged for the tube.
 */
void desk_turn(struct desk *desk, uint64_t now, bool last_of_frame);

/*
 * One more call, of the machine or of a search, in the same slice; false:
 * desk_turn() does the rest.  After the last one desk_observe() is due.
 */
bool desk_more(struct desk *desk, uint64_t now);
/* That call took so many microseconds. */
void desk_took(struct desk *desk, uint64_t took);
/* Whether the machine is to do more at NOW than desk_turn() does. */
bool desk_is_behind(struct desk *desk, uint64_t now);

/* Ends a frame of 20 ms; false: the tube will not change by itself. */
bool desk_frame(struct desk *desk);

/* Instructions obeyed since the counts were zeroed. */
uint64_t desk_instructions(const struct desk *desk);

/* All there is to know of it now, what is held included. */
void desk_now(const struct desk *desk, struct moment *moment);

/* The line that the next prepulse fetches, through the L switches. */
unsigned desk_next_line(const struct desk *desk);

/* Microseconds from that NOW until something is due; UINT32_MAX: nothing. */
uint32_t desk_wait(const struct desk *desk);

#endif
