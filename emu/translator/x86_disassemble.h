/* SPDX-License-Identifier: MIT */
/*
 * Disassembles translated code in Intel syntax, naming the translator's data.
 *
 *     sub eax, [line 27]       EAX is A or -A; a line of the store
 *     sub edx, 3               EDX is the remaining budget
 *     jge line 20              jump to the block that starts at line 20
 *     js +37                   jump to byte 37 of this block
 *     mov ecx, exit 3          address of a struct block_exit
 *     inc [exit 3 hits 0]      hits of the first guess of exit 3's prediction
 *     mov esi, [map ecx to]    field of the map table entry for the line in ECX
 *     jmp leave                jump to the epilogue
 *
 * Other numbers are shown in decimal, other addresses in hexadecimal.
 */
#pragma once

#include "emu/text/strbuf.h"
#include "state.h"

#define DISASSEMBLED 28 /* maximum length of an instruction's text */

/* Appends the instruction at byte OFFSET of BLOCK to TEXT.  BLOCK must be live,
   or NULL for the prologue and epilogue.  Returns the length of the instruction
   in bytes, or 0 at the end of the code or if the instruction is unknown. */
size_t disassemble(const struct translator *translator,
                   const struct block *block, size_t offset,
                   struct strbuf *text);
