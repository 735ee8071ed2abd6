/* SPDX-License-Identifier: MIT */
#ifndef EMU_TRANSLATOR_DISCOVER_H
#define EMU_TRANSLATOR_DISCOVER_H

#include "codegen_state.h"

/* Sets the steps from line ENTRY on, and the block's lines and operands. */
void discover_steps(struct codegen *gen, unsigned entry);

#endif
