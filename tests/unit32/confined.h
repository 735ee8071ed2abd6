/* SPDX-License-Identifier: MIT */
/*
 * Checks statically that translated code is confined.
 *
 * Decodes and checks every instruction of a code area.  The code may access
 * only the machine's store and A, some fields of the V-state's exits and
 * predictions, and the map table and a prediction's profile with an index known
 * to be below 32.  Jumps must lead to instructions within the area. The pointer
 * to the machine and the registers saved by C must never change, and only the
 * code that is called from C and returns to it may use the stack. Translated
 * code is therefore confined whatever data it processes.
 */
#pragma once

#include "emu/translator/translator.h"

/* Reports an error and returns false if the code is not confined.  Adds the
   number of instructions checked to *INSTRUCTIONS. */
bool confined(const struct translator *translator, uint64_t *instructions);
