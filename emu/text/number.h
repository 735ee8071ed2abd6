/* SPDX-License-Identifier: MIT */
/* Parses numbers, line numbers and strings of digits. */
#pragma once

#include "span.h"
#include <stdint.h>

/* Minimum length of a string of 0 and 1 that cannot be a decimal number,
   because no decimal number of 11 figures fits a line. */
#define DIGITS_CERTAIN 11

enum number {
    NUMBER_READ,
    NUMBER_NOT,     /* WORD is not a number */
    NUMBER_TOO_BIG, /* WORD is outside the range -2^31 to 2^32 - 1 */
};

/* Parses WORD in any of the notations of mnemonic_read().  *VALUE is changed
   only if NUMBER_READ is returned. */
enum number number_read(struct span word, uint32_t *value);

/* Parses figures in BASE, without a sign.  Returns false and leaves *VALUE
   unchanged if WORD is anything else or has more than 32 bits. */
bool number_read_figures(struct span word, unsigned base, uint32_t *value);

/* Appends the error message for the result of number_read(). */
void number_wrong(struct strbuf *wrong, struct span word, enum number result);

/* Parses a decimal line number.  If there is no such line, returns false with a
   message (one sentence without a full stop) in WRONG. */
bool number_read_line(struct span word, unsigned *line, struct strbuf *wrong);

/* Parses a decimal number from 0 to 2^64 - 1.  Returns false and leaves *COUNT
   unchanged if WORD is anything else. */
bool number_read_count(struct span word, uint64_t *count);

/* Returns true if WORD is a non-empty string of 0 and 1. */
bool number_is_digits(struct span word);

/* Parses a string of 0 and 1 that starts with digit 0.  Missing digits are 0.
   More than 32 digits are an error. */
bool number_read_digits(struct span word, uint32_t *value,
                        struct strbuf *wrong);

/* Appends a warning if fewer than 32 digits were read. */
void number_short(struct strbuf *doubt, size_t digits);
