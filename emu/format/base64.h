/* SPDX-License-Identifier: MIT */
/*
 * Bytes as characters fit for a URL or a boot command line: base64url without
 * padding (RFC 4648, section 5).  A character is six bits, A-Z a-z 0-9 - _ in
 * this order; the most significant bits of a byte come first.
 */
#pragma once

#include "emu/text/span.h"
#include <stdint.h>

/* Characters for SIZE bytes, and bytes in LENGTH characters. */
#define BASE64_LENGTH(size) ((8 * (size) + 5) / 6)
#define BASE64_SIZE(length) (6 * (length) / 8)

/* Adds the SIZE bytes at BYTES. */
void base64_write(struct strbuf *text, const uint8_t *bytes, size_t size);

/* Whether SPAN has only characters of base64url; if not, adds the first other
   one to the message *WRONG. */
bool base64_check(struct span span, struct strbuf *wrong);

/* Decodes SPAN, checked by base64_check(), to BASE64_SIZE(span.length) bytes at
   BYTES.  Returns false if unused bits of the last character are not 0. */
bool base64_read(struct span span, uint8_t *bytes);
