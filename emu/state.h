/* SPDX-License-Identifier: MIT */
/*
 * The state of the machine as a text, to be kept in a file or sent to
 * another PC: a moment, and what is written beside the lines.
 *
 *     baby: state 1
 *     ; the head comments, as in a program file
 *     A -5
 *     CI 3
 *     ...
 *     0000:32 digits, digit 0 first
 *     0001:01011000000000100000000000000000 ; its note
 *     ...
 *     baby: end
 *
 * The first line has the version of the form.  Of numbers a counter is
 * decimal; a word is signed in A and unsigned in CI and PI, and read in any
 * notation that programs have.  By name:
 *
 *     A, CI, PI         the registers
 *     TEST, NEON        1: the test flip-flop is set, the stop lamp lit
 *     HUNG              1: as in the moment
 *     CI5,
 *     IMMEDIATE-TEST    1: the machine's compatibility switches are on
 *     PREPULSES,
 *     INSTRUCTIONS      the machine's counts
 *     UNCOUNTED         of the instructions, those before the operator's
 *                       counts began, and
 *     MICROSECONDS      the machine time since then
 *     L, F              the switches of digits 0 to 4, and of 13 to 15, a
 *                       character each; 1 is down
 *     MAN, ERASE        1: the other switches are there, not at Auto, Write
 *     NUMBERS           32 characters, for lines 0 to 31; 1: the line is a
 *                       number, not an instruction
 *
 * Not in it, as they are the receiving desk's own: what fingers hold, CS, the
 * speed, and how its panel answers the open questions.
 */
#ifndef EMU_STATE_H
#define EMU_STATE_H

#include "moment.h"
#include "reader.h"
#include "text.h"

/* A buffer of this size holds any state. */
#define STATE_SIZE 6400

/* Adds MOMENT, with BESIDE's head, notes and which lines are numbers; BESIDE's
   words are not looked at.  LF at each line's end. */
void state_write(struct text *text, const struct moment *moment,
                 const struct program *beside);

/* Whether SIZE bytes at TEXT (may be NULL when SIZE is 0) are meant as a
   state, of whatever version: the first line tells. */
bool state_is(const char *text, size_t size);

/*
 * Reads SIZE bytes at TEXT into *MOMENT, and into *PROGRAM the same store, A
 * and CI with head and notes.  What MOMENT has beyond the text is zero.
 *
 * Lines may come in any order, and end in CR LF; `baby: end` may be missing.
 * The first error is reported, ends the reading and leaves both as they were;
 * then false is returned.  Errors are: a name that is not known, twice the
 * same, one that is missing, a value that is none, and values that contradict
 * each other.
 */
bool state_read(struct moment *moment, struct program *program,
                const char *text, size_t size,
                const struct reader_report *report);

#endif
