/* SPDX-License-Identifier: MIT */
/* The note of a word in a file.  Internal to the file reader. */
#pragma once

#include "line_reader.h"
#include "program_builder.h"

/* Returns the note of ROW, which is normally its comment.  If there is unparsed
   data in REST, warns and returns it together with the comment. */
struct span note_of_row(struct builder *builder, const struct text_row *row,
                        struct span rest);

/* Warns if NOTE is an instruction or a number that differs from WORD, which is
   written as a number or as digits. */
void note_compare(struct builder *builder, uint32_t word, struct span note);

/* Appends WORD as an instruction, or as a number if AS_NUMBER is true or if an
   instruction would lose digits. */
void note_show_word(struct strbuf *text, uint32_t word, bool as_number);
