/* SPDX-License-Identifier: MIT */
/*
 * Instructions in the notation of the paper of 1951 on the machine (Williams,
 * Kilburn and Tootill, Proc. IEE 98), which the Reference Manual has in the
 * table of section 2.5.  A is the accumulator, C the control, n the number
 * of a line:
 *   n,C    JMP n        a,n    STO n        Test  CMP
 *   c+n,C  JRP n        a-n,A  SUB n        Stop  STP
 *   -n,A   LDN n
 * The notebooks of 1948 look much the same, but there C is the accumulator
 * (`-n,C` is LDN n) and Cl the control.  They are not read; a text has to
 * say which of the two it is in.
 */
#ifndef EMU_TEXT_NOTATION_1951_H
#define EMU_TEXT_NOTATION_1951_H

#include "mnemonic.h"

/* Adds WORD; digits not decoded are not shown, function 5 is written as 4. */
void paper_write(struct strbuf *text, uint32_t word);

/*
 * Reads one instruction at the start of TEXT (LENGTH characters, no line
 * end), in any case, with blanks between its parts or without.
 *
 * Returns true and fills *READING, as instruction_read() does.  Returns false
 * and leaves *WRONG alone if TEXT is not in this notation, so that
 * instruction_read() is to be asked: `24`, `-3`, `STOP 31`.  Returns false
 * with a sentence without a full stop if it begins as only this notation
 * does but is wrong: `-32,A`, `24,A`, `a-`.  *READING is changed only where
 * true comes back.  What follows the instruction is the caller's to judge.
 */
bool paper_read(const char *text, size_t length, struct reading *reading,
                struct strbuf *wrong);

#endif
