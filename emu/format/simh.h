/* SPDX-License-Identifier: MIT */
/*
 * SIMH's .st, which its LOAD reads and its DUMP writes: 34 words of four
 * bytes each, the least significant first: A, CI, and lines 0 to 31.
 *
 * Inside of the reader; the one form that is no text.
 */
#ifndef EMU_FORMAT_SIMH_H
#define EMU_FORMAT_SIMH_H

#include "emu/machine/program.h"
#include <stddef.h>

/*
 * Whether SIZE bytes at TEXT (may be NULL when SIZE is 0) are one: 136, with
 * a byte 0 among them, which no text has and every program; and not text of
 * two bytes a character (UTF-16).
 */
bool simh_is(const char *text, size_t size);

/* Fills *PROGRAM from TEXT, of which simh_is() holds: no comments, words
   marked by instruction_is_number(). */
void simh_read(struct program *program, const char *text);

#endif
