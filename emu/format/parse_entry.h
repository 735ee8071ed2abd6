/* SPDX-License-Identifier: MIT */
/*
 * Parses an entry: a row that names its line of the store, `3 LDN 24`.
 *
 * Private to the reader.  Functions that return false have reported an error.
 */
#pragma once

#include "program_builder.h"
#include "line_reader.h"

/*
 * Parses `N` or `N:`, followed by nothing (a zero word), digits, digits and an
 * instruction, or a word in a notation of instruction_read().  Also parses
 * emuStudio's `N START`.
 */
bool entry_read(struct builder *builder, const struct text_row *row);

/*
 * Parses DATA, the rest of ROW, for LINE: digits, optionally followed by the
 * same word as an instruction or a number, as in listings of lecture notes.
 * If the two differ, the text counts: it is less likely misprinted.
 */
bool entry_read_digits(struct builder *builder, const struct text_row *row,
                       unsigned line, struct span data);

/* Whether DATA is emuStudio's `start:`. */
bool entry_is_start(struct span data);

/* Returns the note of ROW: its comment, or if REST, the unparsed rest of its
   data, is not empty, REST and the comment, with a warning. */
struct span entry_note(struct builder *builder, const struct text_row *row,
                       struct span rest);
