/* SPDX-License-Identifier: MIT */
/*
 * The compact text format, in which Sharp's simulator (manchesterbaby.com) puts
 * a store into a URL after `?s=`.  It is a single word, short enough to type.
 *
 * The text encodes these bytes in base64url.  All numbers are big-endian.
 *   4 bytes  bitmask of the lines that take one byte, because they have no
 *            digits set except 0-4 and 13-15 (bit i is set for line i)
 *   1 or 4   each line, as line number + function * 32 or as the whole word
 *   1        digits 0-4 of CI; bit 5 is set if A takes one byte, and bits 6
 *            and 7 are unused
 *   1 or 4   A, encoded like a line
 * This takes 38, 41, 44, ..., 137 bytes or 51, 55, 59, ..., 183 characters.
 *
 * The older format has 32 lines and A as whole words and CI in one byte, which
 * takes 133 bytes or 178 characters.  Sharp's reader used to require 136 bytes,
 * so three zero bytes may follow, for a total of 182 characters.  The newer
 * format never has either length, so the length identifies the format.
 *
 * Two check characters may follow: the remainder (CRC-12, x^12 + x^11 + x^3 +
 * x^2 + x + 1) of the values of all others.  They reveal any wrong letter and
 * any two neighbours that are wrong or interchanged.  The length tells whether
 * they are there.  Sharp's simulator does not know them.
 */
#pragma once

#include "emu/machine/program.h"
#include "emu/text/strbuf.h"

#define COMPACT_SIZE     186 /* size of a buffer for the longest text */
#define COMPACT_SHORTEST 51  /* length of the shortest text */

/* Appends the store, A and CI of PROGRAM in the newer format.  Comments,
   `numbers` and all but the low five digits of CI are lost. */
void compact_write(struct strbuf *text, const struct program *program);
/* The same with check characters, in an empty TEXT. */
void compact_write_checked(struct strbuf *text, const struct program *program);

/* Reads TEXT, in either format with or without check, into PROGRAM.  Clears the
   comments and sets `numbers` by instruction_is_number().  If TEXT is not
   valid, returns false with a message (one sentence without a full stop) in
   WRONG and leaves PROGRAM unchanged. */
bool compact_read(const char *text, size_t length, struct program *program,
                  struct strbuf *wrong);
