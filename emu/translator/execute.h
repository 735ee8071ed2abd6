/* SPDX-License-Identifier: MIT */
/* Executes instructions for the emulation manager, and charges the work. */
#pragma once

#include "state.h"

/* Prepares the fallback engine.  Returns false if that is impossible. */
bool execute_start(struct translator *translator);

/* Enters BLOCK and returns the exit at which control came back, after
   *EXECUTED instructions.  LEFT is the remaining budget, which must be at least
   the length of BLOCK. */
struct block_exit *execute_block(struct translator *translator,
                                 struct machine *machine,
                                 const struct block *block, uint32_t left,
                                 uint32_t *executed);

/* Interprets the instruction at line NEXT.  If no block may contain that line,
   reaching the line after it counts as an arrival. */
struct outcome execute_line(struct translator *translator,
                            struct machine *machine, uint32_t next);

/* Runs the fallback engine during a rest, or while CI is above 31. */
struct outcome execute_fallback(struct translator *translator,
                                struct machine *machine, uint32_t budget);
