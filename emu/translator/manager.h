/* SPDX-License-Identifier: MIT */
/* Runs the emulation manager, which manager_state.h describes. */
#pragma once

#include "state.h"

/* Goes back to BOX_LOOK_UP, ends a rest, and restores the credit. */
void manager_reset(struct translator *translator);

/* Begins a call of run() with BUDGET instructions, and ends it. */
void manager_begin(struct translator *translator, const struct machine *machine,
                   uint32_t budget);
void manager_end(struct translator *translator);

/* Goes through the boxes until BOX_LOOK_UP, or executes a single box with
   one_box.  Executes at most LEFT instructions, and none if a block exits
   before its first instruction or if the single box executes none. */
struct outcome manager_run(struct translator *translator,
                           struct machine *machine, uint32_t left);
