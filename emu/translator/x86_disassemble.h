/* SPDX-License-Identifier: MIT */
/*
 * Translated code in words: Intel's, with names for the places that the
 * translator uses.
 *
 *     sub eax, [line 27]       EAX is A, or minus A; memory of the machine
 *     sub edx, 3               EDX is what is left of the budget
 *     jge line 20              to the block that begins with line 20
 *     js +37                   to byte 37 of this block
 *     mov ecx, exit 3          a struct block_exit, by its number
 *     cmp ecx, [exit 3 key]    .. what it keeps
 *     mov esi, [map ecx to]    the map table's entry for the line in ECX
 *     jmp leave                the way out to the manager
 *
 * What has no name is a number: in decimal, addresses in hexadecimal.
 */
#ifndef EMU_TRANSLATOR_X86_DISASSEMBLE_H
#define EMU_TRANSLATOR_X86_DISASSEMBLE_H

#include "emu/text/strbuf.h"
#include "state.h"

#define DISASSEMBLED 28 /* characters at most */

/*
 * Adds the instruction at OFFSET bytes of BLOCK's code to TEXT; with BLOCK
 * NULL, of the code in front of all blocks, by which C enters and leaves them.
 * BLOCK is one of TRANSLATOR's and live.  Returns how many bytes it takes; 0:
 * OFFSET is at the end, or there is no instruction of x86_emit.h; nothing is
 * added.
 */
size_t disassemble(const struct translator *translator,
                   const struct block *block, size_t offset,
                   struct strbuf *text);

#endif
