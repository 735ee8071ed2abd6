/* SPDX-License-Identifier: MIT */
#pragma once

#include "codegen_state.h"

/* Sets the steps from line ENTRY on, and the block's lines and operands. */
void discover_steps(struct codegen *gen, unsigned entry);
