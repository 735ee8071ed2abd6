/* SPDX-License-Identifier: MIT */
/*
 * Checks statically that translated code cannot escape.
 *
 * Reads back all code of an area and checks each instruction.  It may access
 * the store and A of the machine and the exits of the V-state, and may read the
 * map table with an index just checked to be below 32.  Jumps must lead to
 * instructions of the area.  The register that points to the machine must never
 * change, nor those that C saves; only the code for entering from C and
 * returning to it may use the stack.  So the code touches nothing else,
 * whatever its data.
 */
#pragma once

#include "emu/translator/translator.h"

/* Reports an error and returns false.  Adds the number of instructions read to
 *INSTRUCTIONS. */
bool confined(const struct translator *translator, uint64_t *instructions);
