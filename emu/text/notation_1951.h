/* SPDX-License-Identifier: MIT */
/*
 * Instructions in the notation of the 1951 paper on the machine (Williams,
 * Kilburn and Tootill, Proc. IEE 98), also in the table of section 2.5 of the
 * Reference Manual.  A is the accumulator, C the control, n the number of a
 * line:
 *   n,C    JMP n        a,n    STO n        Test  CMP
 *   c+n,C  JRP n        a-n,A  SUB n        Stop  STP
 *   -n,A   LDN n
 * The notebooks of 1948 look much the same, but there C is the accumulator
 * (`-n,C` is LDN n) and Cl the control; their notation is not supported.
 */
#pragma once

#include "mnemonic.h"

/* Adds WORD; undecoded digits are lost, and function 5 is written as 4. */
void notation_1951_write(struct strbuf *text, uint32_t word);

/*
 * Reads one instruction at the start of TEXT (LENGTH characters, no line
 * end), in any case, with or without blanks between its parts.
 *
 * Returns true and fills *READING as instruction_read() does.  Returns false
 * with *WRONG unchanged if TEXT is not in this notation (`24`, `-3`,
 * `STOP 31`): try instruction_read().  Returns false with an error, a sentence
 * without a full stop, for a mistake in this notation: `-32,A`, `24,A`, `a-`.
 * *READING is unchanged where false is returned.  The caller checks the text
 * after the instruction.
 */
bool notation_1951_read(const char *text, size_t length,
                        struct reading *reading, struct strbuf *wrong);
