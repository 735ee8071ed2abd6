/* SPDX-License-Identifier: MIT */
/*
 * Checks statically that translated code is confined.
 *
 * Reads back and checks every instruction of a code area.  It may access the
 * machine's store and A and the exits of the V-state, and may read the map
 * table with an index just found to be below 32.  Jumps must lead to
 * instructions of the area.  The pointer to the machine and the registers saved
 * by C must never change, and only the code that is called from C and returns
 * to it may use the stack.  The code therefore touches nothing else, whatever
 * data it processes.
 */
#pragma once

#include "emu/translator/translator.h"

/* Reports an error and returns false if the code is not confined.  Adds the
   number of instructions checked to *INSTRUCTIONS. */
bool confined(const struct translator *translator, uint64_t *instructions);
