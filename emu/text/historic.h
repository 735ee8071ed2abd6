/* SPDX-License-Identifier: MIT */
/*
 * Reads and writes instructions in the two notations of the time.  In the paper
 * of 1951 (Williams, Kilburn and Tootill, Proc. IEE 98; section 2.5 of the
 * Reference Manual), A is the accumulator and C is control.  In the notebooks
 * of 1948, C is the accumulator and Cl is control.  N is a line:
 *
 *             JMP    JRP        LDN    STO   SUB      CMP    STP
 *   1951      n,C    c+n,C      -n,A   a,n   a-n,A    Test   Stop
 *   1948      n,Cl   Add n,Cl   -n,C   c,n   Sub. n   Test   Stop
 *
 * Test and Stop are mnemonics as well, and are read by mnemonic_read().
 */
#pragma once

#include "mnemonic.h"

/* Appends WORD in the 1951 notation.  Undecoded digits are lost, and function 5
   is written as function 4. */
void historic_write_1951(struct strbuf *text, uint32_t word);

/*
 * Parses the instruction at the start of TEXT, which has LENGTH characters and
 * no line ending.  Ignores case and blanks.  Returns true and fills *READING
 * like mnemonic_read().
 *
 * Otherwise returns false and leaves *READING unchanged.  If TEXT contains a
 * mistake (`-32,A`, `24,A` or `a-`), WRONG receives an error message.  If TEXT
 * is in another notation (`24`, `-3` or `SUB 24`), WRONG is unchanged.  The
 * caller checks the text after the instruction.
 */
bool historic_read(const char *text, size_t length, struct reading *reading,
                   struct strbuf *wrong);

/* Returns true if TEXT begins like an instruction in one of the notations.  The
   rest may contain a mistake. */
bool historic_begins(struct span text);

/* Returns the year of ERA, such as "1948". */
const char *era_year(enum era era);
