/* SPDX-License-Identifier: MIT */
/*
 * Words as people write them: "LDN 24", "-3", "0x1F".
 *
 * One table of mnemonics and their aliases serves the file reader, the
 * listing and the line a person types.
 */
#ifndef EMU_TEXT_MNEMONIC_H
#define EMU_TEXT_MNEMONIC_H

#include "emu/machine/machine.h"
#include "strbuf.h"

/* A word read from text. */
struct reading {
    uint32_t word;
    bool number; /* written as a number or as digits, not as an instruction */
    bool digits; /* written as digits: an instruction or a number, who knows */
    size_t used; /* characters of the text taken, trailing blanks excluded */
};

/*
 * Reads one word at the start of TEXT (LENGTH characters, no line end):
 *   MNEMONIC [operand]   any case; operand a line, 0 to 31, decimal; CMP and
 *                        STP may go without and keep one that is given
 *   NUM number           also a number alone: decimal -2147483648 to
 *                        4294967295, 0x1F or 1Fh, 0b binary (most
 *                        significant digit first), L0b (least first)
 *   BINS digits          also BNUM, BIN: digits of the tube, least first;
 *                        also alone, from 11 digits on: no decimal number
 *                        of 11 figures fits a line
 * Aliases: JPR JMR for JRP, SKN for CMP, STOP HLT for STP.
 * Returns true and fills *READING, or false with one sentence without a full
 * stop in *WRONG.  A doubt that is no error (BINS with fewer than 32 digits)
 * returns true and leaves the sentence in *WRONG.  *WRONG is untouched where
 * all is well.  What follows the word is the caller's to judge.
 */
bool instruction_read(const char *text, size_t length, struct reading *reading,
                      struct strbuf *wrong);

/* Whether WORD (LENGTH characters) is a mnemonic, NUM or BINS included. */
bool instruction_is_mnemonic(const char *word, size_t length);

/* Adds WORD's modern form: "LDN 24", "CMP", "STP"; digits not decoded are
   not shown. */
void instruction_write(struct strbuf *text, uint32_t word);

/*
 * Whether instruction_read() of what instruction_write() says for WORD gives
 * WORD again: no undecoded digits, function not 5, no line in CMP and STP.
 */
bool instruction_is_plain(uint32_t word);

/*
 * Whether WORD, of which nothing is known, is best shown as a number: it is
 * not plain, or it is 0 to 31, which is more often a number than a JMP.
 */
bool instruction_is_number(uint32_t word);

#endif
