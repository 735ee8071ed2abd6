/* SPDX-License-Identifier: MIT */
/*
 * The operator's desk: the machine, the program on it, and everything that
 * can be done to them.  No screen and no keys here.
 */
#ifndef UI_DESK_H
#define UI_DESK_H

#include "emu/controls.h"
#include "emu/engines.h"
#include "emu/journal.h"
#include "emu/lockstep.h"
#include "emu/program.h"
#include "glow.h"
#include "pace.h"

/* The last prepulse, for telling in words what it did. */
struct last {
    bool valid; /* there was one since control was cleared */
    bool hung;
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

struct desk {
    struct machine machine;
    struct controls controls;
    bool cs; /* the switch: at Run */
    const struct engine *engine;
    union engine_state engine_state;
    uint32_t hot;           /* for an engine that translates */
    struct program program; /* as loaded or saved: what reload restores */
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
    bool edited;       /* changed by hand since it was loaded or saved */
    bool manual_holds; /* KC in Man leaves CI alone */
    bool bright_at_l;  /* the bright line of a standing machine is always
                          that of the L switches */
    uint64_t machine_us;     /* machine time since the counts were zeroed */
    uint64_t uncounted;      /* instructions obeyed before that */
    struct journal *journal; /* may be NULL */
    uint32_t saved;          /* its last edit when loaded or saved */

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

/* All to zero but JOURNAL, which may be NULL. */
void desk_start(struct desk *desk, struct journal *journal, unsigned speed,
                uint64_t now);

/* From now on ENGINE runs the machine; the translator goes by desk->hot.
   False: it cannot here, and the one before stays. */
bool desk_set_engine(struct desk *desk, const struct engine *engine,
                     struct code_area *area);

/* ---- programs ---- */

/* Clears all, and loads PROGRAM (copied).  The switches stay. */
void desk_load(struct desk *desk, const struct program *program);
/* Brings the program back as it was loaded or saved. */
void desk_reload(struct desk *desk);
/* The store and its notes as they are now, to start with all else zero. */
void desk_program(const struct desk *desk, struct program *program);
/* PROGRAM, which was on the desk, has been saved: reload brings it back. */
void desk_saved(struct desk *desk, const struct program *program);

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

/* ---- between the files that the desk is made of ---- */

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
/* bars.c: at least one bar and at most so many, to be seen on the tube; at
   most BUDGET unseen.  Both return how many there were. */
uint32_t desk_watch(struct desk *desk, uint32_t bars);
uint32_t desk_run(struct desk *desk, uint32_t budget);

/* ---- time ---- */

/*
 * Runs what is due at NOW.  LAST_OF_FRAME: a repaint follows, so the bars
 * before it are logged for the tube.
 */
void desk_turn(struct desk *desk, uint64_t now, bool last_of_frame);

/* Ends a frame of 20 ms; false: the tube will not change by itself. */
bool desk_frame(struct desk *desk);

/* Instructions obeyed since the counts were zeroed. */
uint64_t desk_instructions(const struct desk *desk);

/* The line that the next prepulse fetches, through the L switches. */
unsigned desk_next_line(const struct desk *desk);

/* Microseconds from that NOW until something is due; UINT32_MAX: nothing. */
uint32_t desk_wait(const struct desk *desk);

#endif
