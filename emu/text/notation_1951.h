/* SPDX-License-Identifier: MIT */
/*
 * Reads and writes instructions in the notation of the 1951 paper (Williams,
 * Kilburn and Tootill, Proc. IEE 98), which is also listed in section 2.5 of
 * the Reference Manual.  A is the accumulator, C the control, and n a line:
 *   n,C    JMP n        a,n    STO n        Test  CMP
 *   c+n,C  JRP n        a-n,A  SUB n        Stop  STP
 *   -n,A   LDN n
 * The similar notation in the notebooks of 1948, where C is the accumulator
 * (`-n,C` is LDN n) and Cl the control, is not supported.
 */
#pragma once

#include "mnemonic.h"

/* Appends WORD in the 1951 notation.  Undecoded digits are lost, and function 5
   is written as function 4. */
void notation_1951_write(struct strbuf *text, uint32_t word);

/*
 * Parses the instruction at the start of TEXT, which has LENGTH characters and
 * no line ending.  Ignores case and blanks.  Returns true and fills *READING
 * like instruction_read().
 *
 * Otherwise returns false and leaves *READING unchanged.  If TEXT contains a
 * mistake (`-32,A`, `24,A` or `a-`), WRONG receives an error message.  If TEXT
 * is in another notation (`24`, `-3` or `STOP 31`), WRONG is unchanged and the
 * caller should try instruction_read().  The caller also checks the text after
 * the instruction.
 */
bool notation_1951_read(const char *text, size_t length,
                        struct reading *reading, struct strbuf *wrong);
