/* SPDX-License-Identifier: MIT */
/* Prints what is wrong with an engine. */
#pragma once

#include "emu/engine/lockstep.h"

/* Prints the instruction that ENGINE left to the reference, and the state
   before it.  WHAT is the program. */
void report_left(const struct machine *before, const char *engine,
                 const char *what);

/* Prints the last call of LOCKSTEP, which differs: the states before it, of the
   reference and of the engine, and the last instruction.  Repeats the call with
   smaller budgets to find the instruction that makes the difference.  AREA is
   for the engine's code, or NULL. */
void report_difference(struct lockstep *lockstep, struct code_area *area,
                       const char *what);
