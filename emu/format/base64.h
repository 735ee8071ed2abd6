/* SPDX-License-Identifier: MIT */
/*
 * Bytes as characters that an address or a boot line can carry: base64url
 * without padding (RFC 4648, section 5).
 *
 * Used inside emu/.  A character is six binary digits, A-Z a-z 0-9 - _ in
 * this order; the most significant digits of a byte come first.
 */
#ifndef EMU_FORMAT_BASE64_H
#define EMU_FORMAT_BASE64_H

#include "emu/text/span.h"
#include <stdint.h>

/* The characters that SIZE bytes take, and the bytes in LENGTH characters. */
#define BASE64_LENGTH(size) ((8 * (size) + 5) / 6)
#define BASE64_SIZE(length) (6 * (length) / 8)

/* Adds the SIZE bytes at BYTES. */
void base64_write(struct strbuf *text, const uint8_t *bytes, size_t size);

/*
 * Whether SPAN has only characters of base64url; if not, *WRONG says which
 * one it is that does not belong there.
 */
bool base64_check(struct span span, struct strbuf *wrong);

/*
 * Reads SPAN, which base64_check() finds right, into the
 * BASE64_SIZE(span.length) bytes at BYTES.  Returns false if the last
 * character has digits other than 0 that belong to none of them.
 */
bool base64_read(struct span span, uint8_t *bytes);

#endif
