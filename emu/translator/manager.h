/* SPDX-License-Identifier: MIT */
/* Runs the emulation manager, which manager_state.h describes. */
#pragma once

#include "state.h"

/* Prepares the fallback engine.  Returns false if that is impossible. */
bool manager_start(struct translator *translator);

/* Ends a rest, and restores the credit. */
void manager_reset(struct translator *translator);

/* Called when a call of run() begins, for BUDGET instructions, and ends. */
void manager_begin(struct translator *translator, const struct machine *machine,
                   uint32_t budget);
void manager_end(struct translator *translator);

/* Goes through the boxes until it is back at BOX_LOOK_UP, or executes a single
   box.  Executes at most LEFT instructions.  Executes none only if a block
   exits before its first instruction, which is then interpreted, or if a
   single box executes none. */
struct outcome manager_run(struct translator *translator,
                           struct machine *machine, uint32_t left);
