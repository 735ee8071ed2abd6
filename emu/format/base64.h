/* SPDX-License-Identifier: MIT */
/* Base64url without padding (RFC 4648, section 5), used in URLs. */
#pragma once

#include "emu/text/span.h"
#include <stdint.h>

/* Encoded length of SIZE bytes, and decoded size of LENGTH characters. */
#define BASE64_LENGTH(size) ((8 * (size) + 5) / 6)
#define BASE64_SIZE(length) (6 * (length) / 8)

/* Encodes SIZE bytes and appends the result to TEXT. */
void base64_write(struct strbuf *text, const uint8_t *bytes, size_t size);

#define BASE64_BITS 6 /* bits in a character */

/* Returns the value of a base64url character, or 64 if C is not one. */
uint32_t base64_value(char c);
/* Returns the character of VALUE, which must be below 64. */
char base64_character(uint32_t value);

/* Returns true if SPAN contains only base64url characters.  Otherwise appends a
   message about the first invalid character to WRONG. */
bool base64_check(struct span span, struct strbuf *wrong);

/* Decodes SPAN, which base64_check() must have accepted.  Returns false if the
   unused bits of the last character are not zero. */
bool base64_read(struct span span, uint8_t *bytes);
