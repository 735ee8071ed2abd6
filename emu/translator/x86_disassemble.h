/* SPDX-License-Identifier: MIT */
/*
 * Disassembles translated code in Intel's syntax, with names for the
 * translator's data.
 *
 *     sub eax, [line 27]       EAX is A or minus A; a line of the store
 *     sub edx, 3               EDX is the remaining budget
 *     jge line 20              to the block that begins at line 20
 *     js +37                   to byte 37 of this block
 *     mov ecx, exit 3          a struct block_exit, by its number
 *     cmp ecx, [exit 3 key]    a field of it
 *     mov esi, [map ecx to]    map table entry of the line in ECX
 *     jmp leave                to the epilogue
 *
 * Anything else is a number in decimal, an address in hexadecimal.
 */
#pragma once

#include "emu/text/strbuf.h"
#include "state.h"

#define DISASSEMBLED 28 /* maximum characters */

/* Adds the instruction at byte OFFSET of BLOCK's code to TEXT.  BLOCK is a live
   one of TRANSLATOR's; NULL: the prologue and epilogue before all blocks.
   Returns the instruction's length; 0: OFFSET is at the end, or the instruction
   is unknown, and nothing was added. */
size_t disassemble(const struct translator *translator,
                   const struct block *block, size_t offset,
                   struct strbuf *text);
