/* SPDX-License-Identifier: MIT */
/*
 * The compact text of a store: one word, short enough to type, which Sharp's
 * simulator (manchesterbaby.com) puts after `?s=` in a URL.
 *
 * It encodes bytes in base64url (A-Z a-z 0-9 - _, the most significant bits of
 * a byte first, no `=` at the end).  All numbers are big-endian:
 *   4 bytes  the map: bit i (value 1 << i) is set if line i is short, that is,
 *            has no digits set except 0-4 and 13-15; line 0 is the lowest bit
 *            of the fourth byte
 *   1 or 4   for each line: if short, line number + function * 32, otherwise
 *            the word
 *   1        CI: its digits 0-4; the bit of value 32 is set if A is short;
 *            the two bits above it are unused
 *   1 or 4   A, short or as a word
 * which makes 38, 41, 44 ... 137 bytes, or 51, 55, 59 ... 183 characters.
 *
 * The older format has 32 lines, A, and CI in one byte, none of them short:
 * 133 bytes, 178 characters.  Sharp's reader of that time required 136 bytes,
 * so three zero bytes may follow: 182 characters.  The newer format has
 * neither length, so the length identifies the format.
 */
#pragma once

#include "emu/machine/program.h"
#include "emu/text/strbuf.h"

#define COMPACT_SIZE     184 /* bytes of the longest text with a final zero */
#define COMPACT_SHORTEST 51  /* characters of the shortest text */

/* Adds store, A and CI of PROGRAM in the newer format.  Comments, `numbers`
   and the digits of CI above the fifth are lost. */
void compact_write(struct strbuf *text, const struct program *program);

/*
 * Reads either format from TEXT (LENGTH characters, without blanks) into
 * *PROGRAM, without comments, with `numbers` from instruction_is_number().
 * Returns false with an error in *WRONG, one sentence without a full stop, and
 * *PROGRAM unchanged, if TEXT is not a valid store.
 */
bool compact_read(const char *text, size_t length, struct program *program,
                  struct strbuf *wrong);
