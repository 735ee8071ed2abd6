/* SPDX-License-Identifier: MIT */
/*
 * One line of a program file that names its line of the store: `3 LDN 24`.
 *
 * Inside of the reader.  Each returns false after an error has been said.
 */
#ifndef EMU_FORMAT_PARSE_ENTRY_H
#define EMU_FORMAT_PARSE_ENTRY_H

#include "program_builder.h"
#include "line_reader.h"

/*
 * `N` or `N:`, then nothing (0), digits, digits and an instruction, or what
 * instruction_read() takes.  Also emuStudio's `N START`, and `start:`.
 */
bool entry_read(struct builder *builder, const struct source_row *row);

/*
 * DATA, the rest of ROW, for LINE: digits, perhaps with the same word as an
 * instruction or a number behind them, as listings in lecture notes have it.
 * Where the two disagree the text is taken, because it is the easier one to
 * print without a fault.
 */
bool entry_read_digits(struct builder *builder, const struct source_row *row,
                       unsigned line, struct span data);

/* emuStudio's `start:`. */
bool entry_is_start(struct span data);

/*
 * The note of ROW when REST of its data is not understood: REST and all that
 * follows, with a warning, or the comment if REST is empty.
 */
struct span entry_note(struct builder *builder, const struct source_row *row,
                       struct span rest);

#endif
