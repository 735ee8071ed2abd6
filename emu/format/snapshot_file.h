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
#ifndef EMU_FORMAT_SNAPSHOT_FILE_H
#define EMU_FORMAT_SNAPSHOT_FILE_H

#include "program_builder.h"
#include "emu/machine/snapshot.h"
#include "line_reader.h"
#include "emu/text/strbuf.h"

/* A buffer of this size holds any state. */
#define STATE_SIZE 6400

/* Adds MOMENT, with BESIDE's head, notes and which lines are numbers; BESIDE's
   words are not looked at.  LF at each line's end. */
void state_write(struct strbuf *text, const struct snapshot *snapshot,
                 const struct program *beside);

/* Whether SIZE bytes at TEXT (may be NULL when SIZE is 0) are meant as a
   state, of whatever version: the first line tells. */
bool state_is(const char *text, size_t size);

/* What the named lines tell. */
struct state_image {
    struct snapshot snapshot;
    uint32_t numbers;
};

/* A state that is being read; begins all zero. */
struct state_fields {
    struct state_image image;
    uint32_t given; /* bit i: the field of that number was */
    bool begun, ended;
};

/*
 * Takes ROW, the next of a state, into TAKEN and INTAKE.  Returns false after
 * an error has been said.
 *
 * Lines may come in any order, and end in CR LF; `baby: end` may be missing.
 * Errors are: a name that is not known, twice the same, one that is missing, a
 * value that is none, and values that contradict each other.
 */
bool state_take(struct state_fields *taken, struct builder *builder,
                const struct source_row *row);

/* The same when all rows were taken.  What the moment in TAKEN has beyond the
   text is zero; INTAKE's program has the same store, A and CI. */
bool state_finish(struct state_fields *taken, struct builder *builder);

#endif
