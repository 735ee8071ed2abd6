/* SPDX-License-Identifier: MIT */
/*
 * Assembles and disassembles single words: "LDN 24", "-3", "0x1F".
 *
 * The file reader, the listing and the line editor share one table of
 * mnemonics and aliases.
 */
#pragma once

#include "emu/machine/machine.h"
#include "strbuf.h"

/* A word read from text. */
struct reading {
    uint32_t word;
    bool number; /* written as a number or as digits, not as an instruction */
    bool digits; /* written as digits: may be an instruction or a number */
    size_t used; /* characters read from the text, without blanks after them */
};

/*
 * Reads one word at the start of TEXT (LENGTH characters, no line end):
 *   MNEMONIC [operand]   any case; operand a line, 0 to 31, decimal; with
 *                        CMP and STP it is optional, but kept
 *   NUM number           also a number alone: decimal -2147483648 to
 *                        4294967295, 0x1F or 1Fh, 0b binary (most
 *                        significant digit first), L0b (least first)
 *   BINS digits          also BNUM, BIN: digits of the tube, least first;
 *                        11 or more digits need no BINS, as no decimal
 *                        number of 11 figures fits a line
 * Aliases: JPR JMR for JRP, SKN for CMP, STOP HLT for STP.
 * Returns true and fills *READING, or returns false with an error in *WRONG,
 * one sentence without a full stop.  A warning (BINS with fewer than 32
 * digits) returns true and is left in *WRONG, which is otherwise unchanged.
 * The caller checks the text after the word.
 */
bool instruction_read(const char *text, size_t length, struct reading *reading,
                      struct strbuf *wrong);

/* Whether WORD (LENGTH characters) is a mnemonic, NUM or BINS included. */
bool instruction_is_mnemonic(const char *word, size_t length);

/* Adds WORD as a modern instruction: "LDN 24", "CMP", "STP".  Undecoded digits
   are lost. */
void instruction_write(struct strbuf *text, uint32_t word);

/* Whether instruction_read() of the output of instruction_write() gives WORD
   again: no undecoded digits, function not 5, no line in CMP and STP. */
bool instruction_is_plain(uint32_t word);

/* Whether a WORD of unknown use is shown as a number: it is not plain, or it is
   0 to 31, which is more often a number than a JMP. */
bool instruction_is_number(uint32_t word);
