/* SPDX-License-Identifier: MIT */
/*
 * Whether translated code can get out, read from the code itself.
 *
 * All code of an area is read back, and each instruction may do only what is
 * allowed to it.  Memory is the store and A of the machine, the exits of the
 * V-state, and for reading its map table, by an index that was just found to be
 * below 32.  Jumps lead to instructions of the area.  The register that points
 * to the machine is never changed, nor are those that C wants back; only the
 * code through which C comes and goes has to do with the stack.  Whatever such
 * code is given to work on, it touches nothing else.
 */
#ifndef TESTS_UNIT32_CONFINED_H
#define TESTS_UNIT32_CONFINED_H

#include "emu/translator/translator.h"

/* False: something is not as it must be, which was told.  *INSTRUCTIONS is
   counted up by those read. */
bool confined(const struct translator *translator, uint64_t *instructions);

#endif
