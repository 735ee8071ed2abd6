/* SPDX-License-Identifier: MIT */
/*
 * Baselines: what the speed of the engines is compared with.  All implement the
 * engine interface, so that they are timed like any engine and in the same run.
 *
 * hand       The sample programs, each hand-written in i386 assembly in several
 *            variants.  They perform every Store, count instructions exactly
 *            and leave the machine in the same state as the reference.  As in
 *            a block of translated code, all lines are in the store at the head
 *            of the loop.  The fastest is the best that we can do by hand, not
 *            a limit: an engine may be faster.
 * lecture    The loop of the lecture as an outsider would write it.  It is not
 *            exact (see lecture.c).
 * rates      Loops that only store, load or jump.  An "instruction" is then one
 *            such operation.  They give the floor (emu/check/floor.h).
 */
#pragma once

#include "emu/check/bench.h"
#include "emu/engine/fallback.h"

#define BY_HAND 14
#define RATES   5

extern const struct bench_entry by_hand_entries[BY_HAND];
extern const struct bench_entry rate_entries[RATES];
extern const struct engine engine_lecture;

/* Executes a hand-written program.  STATE is that of its entry.  Returns 0 if
   the machine holds another program, is elsewhere in it, or if the budget is
   too small for one iteration. */
run_fast by_hand_execute;
