/* SPDX-License-Identifier: MIT */
/* Assembles and disassembles words in modern notation, such as "LDN 24", "-3"
   or "0x1F". */
#pragma once

#include "emu/machine/machine.h"
#include "names.h"

/* Year of a notation of instructions. */
enum era {
    ERA_NONE, /* modern, or the same in both notations of the time */
    ERA_1948,
    ERA_1951,
};

/* A word parsed from text. */
struct reading {
    uint32_t word;
    bool number; /* true if written as a number or as digits */
    bool digits; /* true if written as digits, which may be an instruction */
    bool named;  /* true if the operand is a name */
    enum era era;
    size_t used; /* number of characters read, excluding trailing blanks */
};

/* Returns true if the word read should be shown as a number. */
bool reading_is_number(const struct reading *reading);

/*
 * Parses the word at the start of TEXT, which has LENGTH characters and no line
 * ending.  Mnemonics may be in any case.  The accepted forms are:
 *   LDN line      line number from 0 to 31 in decimal; optional after CMP and
 *                 STP, as in MAME
 *   NUM number    decimal from -2147483648 to 4294967295, hexadecimal (0x1F or
 *                 1Fh), or binary with the most (0b) or least (L0b) significant
 *                 digit first; NUM may be omitted
 *   BINS digits   digits as on the tube, least significant first; BINS may be
 *                 omitted if there are at least 11 digits, because no decimal
 *                 number of 11 figures fits a line
 *   EJA line      the number of the line before, for a JMP by this word
 * The aliases are JPR and JMR for JRP, SKN, TST and TEST for CMP, STOP, HLT and
 * HALT for STP, VAR, DATA and DW for NUM, and BNUM and BIN for BINS.
 *
 * NAMES, which may be NULL, are the names of lines.  A name may stand for a
 * line number after any mnemonic but BINS.  What can be read as a number after
 * NUM, such as FFh, is not a name there.
 *
 * Fills *READING and returns true, or returns false with an error message (one
 * sentence without a full stop) in WRONG.  If BINS has fewer than 32 digits,
 * returns true with a warning in WRONG.  The caller checks the text after the
 * word.
 */
bool mnemonic_read(const char *text, size_t length, const struct names *names,
                   struct reading *reading, struct strbuf *wrong);

/* Returns true if WORD is a mnemonic, including NUM and BINS, or an alias. */
bool instruction_is_mnemonic(const char *word, size_t length);

/* Returns true if WORD is an instruction or a directive of other assemblers,
   which mnemonic_read() refuses by its name. */
bool instruction_is_foreign(struct span word);

/* Returns true if WORD is a mnemonic of STP. */
bool instruction_is_stop(struct span word);

/* Appends WORD as a modern instruction, such as "LDN 24" or "CMP".  Digits that
   are not decoded are lost. */
void instruction_write(struct strbuf *text, uint32_t word);

/* Returns true if instruction_write() preserves all digits of WORD.  This
   excludes undecoded digits, function 5, and CMP or STP with a line number. */
bool instruction_is_plain(uint32_t word);

/* Returns true if a word of unknown purpose should be shown as a number, either
   because it is not a plain instruction or because it is from 0 to 31, which is
   more often a number than a JMP. */
bool instruction_is_number(uint32_t word);
