/* SPDX-License-Identifier: MIT */
#ifndef EMU_TRANSLATOR_DISCOVER_H
#define EMU_TRANSLATOR_DISCOVER_H

#include "codegen_state.h"

/* Fills in the steps from line ENTRY on, and the lines and operands of the
   block. */
void discover_steps(struct codegen *gen, unsigned entry);

#endif
