/* SPDX-License-Identifier: MIT */
/*
 * The compact text of a store: one word, short enough to be typed, that
 * Sharp's simulator (manchesterbaby.com) puts behind `?s=` in an address.
 *
 * It spells bytes in base64url (A-Z a-z 0-9 - _, the most significant digits
 * of a byte first, no `=` at the end).  All numbers are big-endian:
 *   4 bytes  the map: the bit of value 1 << i is set if line i is short, that
 *            is, has no other digits than 0-4 and 13-15; so line 0 is the
 *            lowest bit of the fourth byte
 *   1 or 4   for each line: a short one as line number + function * 32,
 *            others as they are
 *   1        CI: its digits 0-4; the bit of value 32 is set if A is short;
 *            the two above it have no meaning
 *   1 or 4   A, short or as it is
 * which makes 38, 41, 44 ... 137 bytes, or 51, 55, 59 ... 183 characters.
 *
 * There was an older form: 32 lines, A, and CI in one byte, none of them
 * short.  Its 133 bytes are 178 characters; Sharp's reader of that time asked
 * for 136, so three bytes of zeros may follow, 182 characters.  As neither
 * length occurs above, the length alone tells which form a text has.
 */
#ifndef EMU_FORMAT_COMPACT_H
#define EMU_FORMAT_COMPACT_H

#include "emu/machine/program.h"
#include "emu/text/strbuf.h"

#define COMPACT_SIZE     184 /* the longest text in bytes with its ending zero */
#define COMPACT_SHORTEST 51  /* characters of the shortest */

/*
 * Adds PROGRAM's store, A and CI in the newer form.  Lost: comments, what is
 * a number and what an instruction, and the digits of CI above the fifth.
 */
void compact_write(struct strbuf *text, const struct program *program);

/*
 * Reads either form from TEXT (LENGTH characters, nothing around them) into
 * *PROGRAM, without comments, words marked by instruction_is_number().
 * Returns false with one sentence without a full stop in *WRONG, and
 * *PROGRAM untouched, if it is not exactly the text of a store.
 */
bool compact_read(const char *text, size_t length, struct program *program,
                  struct strbuf *wrong);

#endif
