/* SPDX-License-Identifier: MIT */
/*
 * The operator's desk: the machine, the program on it, and everything that
 * can be done to them.  No screen and no keys here.
 */
#ifndef UI_DESK_H
#define UI_DESK_H

#include "emu/engine.h"
#include "emu/program.h"
#include "glow.h"
#include "pace.h"

/* The last prepulse, for telling in words what it did. */
struct last {
    bool valid; /* there was one since control was cleared */
    bool hung;
    uint32_t word;    /* the present instruction */
    uint32_t operand; /* content of the action line before */
    uint32_t a, ci;   /* accumulator and control before it acted */
};

struct desk {
    struct machine machine;
    const struct engine *engine;
    struct program program; /* as loaded: notes, and what reload restores */
    uint32_t numbers;       /* bit n: line n is shown as a number */
    struct pace pace;
    struct glow glow;
    struct last last;
    uint32_t noted; /* bit n: line n still is what its note was written for */
    bool running;
    bool hung;   /* nothing is fetched: no prepulse goes out by itself */
    bool edited; /* the store was changed by hand since it was loaded */
    uint64_t machine_us; /* machine time since the counts were zeroed */
};

void desk_start(struct desk *desk, unsigned speed, uint64_t now);

/* Clears all, and loads PROGRAM (copied). */
void desk_load(struct desk *desk, const struct program *program);
/* Brings the program back as it was loaded. */
void desk_reload(struct desk *desk);
/* CI, PI, A and the counts to zero: KCC. */
void desk_clear_control(struct desk *desk);
void desk_clear_store(struct desk *desk);

/* CS to Run.  False: the neon is lit or the machine hangs, and KC is needed
   first. */
bool desk_run(struct desk *desk);
/* CS to Stop: the instruction under way was completed. */
void desk_stop(struct desk *desk);
/* KC: one prepulse, whatever the neon says. */
void desk_prepulse(struct desk *desk);

/* Changes a line by hand. */
void desk_set_line(struct desk *desk, unsigned line, uint32_t word,
                   bool number);

/*
 * Runs what is due at NOW.  LAST_OF_FRAME: a repaint follows, so the bars
 * before it are logged for the tube.
 */
void desk_turn(struct desk *desk, uint64_t now, bool last_of_frame);

/* The line that the next prepulse obeys. */
unsigned desk_next_line(const struct desk *desk);

/* Microseconds from that NOW until something is due; UINT32_MAX: nothing. */
uint32_t desk_wait(const struct desk *desk);

#endif
