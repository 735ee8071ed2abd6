/* SPDX-License-Identifier: MIT */
/*
 * Parses an entry, which is a row with a line number, such as `3 LDN 24`.
 * Parsing functions return false after reporting an error.  Internal to the
 * file reader.
 */
#pragma once

#include "program_builder.h"
#include "line_reader.h"

/* Parses a line number, written `N` or `N:`, and the word for that line.  The
   word is either a string of digits, optionally followed by an instruction, or
   anything that instruction_read() accepts.  A missing word means zero.  Also
   accepts emuStudio's `N START`. */
bool entry_read(struct builder *builder, const struct text_row *row);

/* Parses DATA, the rest of ROW, as the digits of LINE.  They may be followed by
   the same word as an instruction or a number, as in listings in lecture notes.
   If the two differ, the text is used, because it is less likely to be
   misprinted. */
bool entry_read_digits(struct builder *builder, const struct text_row *row,
                       unsigned line, struct span data);

/* Returns true if DATA is emuStudio's `start:` directive. */
bool entry_is_start(struct span data);

/* Returns the note of ROW, which is normally its comment.  If there is unparsed
   data in REST, warns and returns it together with the comment. */
struct span entry_note(struct builder *builder, const struct text_row *row,
                       struct span rest);
