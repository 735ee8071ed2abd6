/* SPDX-License-Identifier: MIT */
#pragma once

#include "codegen_state.h"

/* Finds the steps of the block at line ENTRY, and its lines and operands. */
void discover_steps(struct codegen *gen, unsigned entry);
