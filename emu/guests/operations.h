/* SPDX-License-Identifier: MIT */
/*
 * What an operator does with guests.  An operation that is refused changes
 * nothing, and says why in guests->refusal, in one sentence.
 */
#pragma once

#include "guests.h"

/* Adds a guest with the speed, engine and options of the one in focus, and
   returns its number, or 0 if there is no memory for it.  It starts to run
   PROGRAM, or is stopped with an empty store if that is NULL.  If SNAPSHOT is
   not NULL, it continues from there, with the notes of PROGRAM. */
unsigned guests_new(struct guests *guests, const struct program *program,
                    const struct snapshot *snapshot, uint64_t now);

/* Adds a guest that goes on from the state of another, with the same weight and
   cap.  Its engine starts cold.  Returns its number, or 0. */
unsigned guests_clone(struct guests *guests, unsigned number, uint64_t now);

bool guests_pause(struct guests *guests, unsigned number);
/* Time that has passed in the pause is not made up. */
bool guests_resume(struct guests *guests, unsigned number, uint64_t now);

/* Ends a guest until it is restarted or removed. */
bool guests_kill(struct guests *guests, unsigned number);
/* Does so because of a fault or an overrun, with the REASON in one sentence.
   The code that calls an engine may call this once the engine has ended. */
void guests_fail(struct guests *guests, unsigned number, enum guest_exit cause,
                 const char *reason);
/* Runs the program as entered from its start, also after a kill or a pause. */
bool guests_restart(struct guests *guests, unsigned number, uint64_t now);
/* Removes a guest that is not in focus. */
bool guests_remove(struct guests *guests, unsigned number);

bool guests_set_weight(struct guests *guests, unsigned number, unsigned weight);
/* Sets the cap in percent.  0 and 100 remove it. */
bool guests_set_cap(struct guests *guests, unsigned number, unsigned percent,
                    uint64_t now);
bool guests_set_speed(struct guests *guests, unsigned number, unsigned speed,
                      uint64_t now);
bool guests_set_engine(struct guests *guests, unsigned number,
                       const struct engine *engine);

/* Moves the guest's session to the console's.  The machines go on as before;
   the journal and the history restart at the current state.  The caller must
   from now on give the console's commands the guest's area. */
bool guests_focus(struct guests *guests, unsigned number);
