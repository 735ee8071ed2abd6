/* SPDX-License-Identifier: MIT */
/*
 * Assembles the rows of a source text, with or without line numbers and names.
 * Parsing functions return false after reporting an error.  Internal to the
 * file reader.
 *
 *   row      = [number] [name ":"] [word] [";" note]
 *            | number "START" | "START" | "END"
 *   number   = N | N ":" | N "." | "[" N "]"      a line, 0 to 31
 *   name     = a letter, "_", "." or "$", then these and figures
 *   word     = digits [instruction]               as in .snp and listings
 *            | instruction as instruction_read() accepts it; its operand may be
 *              a name
 *   digits   = 11 or more, or groups of 32 in all; after a number without a
 *              name, fewer, too
 *
 * A figure first in a row is a line number; in the first row of the file, a
 * number alone is the number of entries.  A word without a number goes to the
 * line after the last word, or to line 0.  A name alone in its row belongs to
 * the word that follows.  A number alone is that of the word in the next row
 * with a word, unless that has a number; then the line is zero.  `STOP :`
 * alone, with a blank before the colon, is a Stop.
 *
 * The operand NAME is the number of the line that has the name; so JMP NAME
 * jumps by what that line holds, as the machine does.  The line's note begins
 * with its names, each with a colon, but not with START.
 *
 * Control starts at line 1, or at the word after START; after a number with
 * START, it starts at the line after that, as in emuStudio.  The last START
 * counts.  If the word in line 0 has no number and is an instruction other than
 * JMP 0, control starts there.
 */
#pragma once

#include "program_builder.h"
#include "line_reader.h"
#include "emu/text/names.h"

/* State of the assembler.  Must be initialized to zero. */
struct assembler {
    struct names names;
    unsigned placed; /* number of names whose line is known */
    unsigned next;   /* line for the next word without a number */
    bool open;       /* true if the line before it has a number, but no word */
    bool unnumbered; /* true if there is a word without a number */
    bool begins_plain; /* true if the word in line 0 has no number */
    uint32_t jumps;    /* bitmask of the lines that jump by a named line */
};

/* Returns true for `START` and `start:`, a directive in texts of any form. */
bool assembler_is_start(struct span word);

/* Finds the names in a row.  Called for all rows with data before the first
   call of assembler_row(). */
bool assembler_scan(struct assembler *assembler, struct builder *builder,
                    const struct text_row *row);
/* Ends the scan. */
void assembler_rewind(struct assembler *assembler);

/* Assembles a row. */
bool assembler_row(struct assembler *assembler, struct builder *builder,
                   const struct text_row *row);
/* Determines where control starts, and warns of likely mistakes. */
void assembler_finish(const struct assembler *assembler,
                      struct builder *builder);
