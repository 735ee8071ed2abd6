/* SPDX-License-Identifier: MIT */
/*
 * Parses numbers, line numbers and strings of digits.  Error messages are
 * sentences without a full stop.
 */
#pragma once

#include "span.h"
#include <stdint.h>

/* Minimum length of a string of 0 and 1 that is read as digits of the tube:
   a decimal number of 11 figures does not fit a line. */
#define DIGITS_CERTAIN 11

enum number {
    NUMBER_READ,
    NUMBER_NOT,     /* not a number */
    NUMBER_TOO_BIG, /* a number outside -2^31 to 2^32 - 1 */
};

/* Reads WORD in one of the notations of instruction_read().  Changes *VALUE
   only if it returns NUMBER_READ. */
enum number number_read(struct span word, uint32_t *value);

/* Adds an error message about WORD, for which number_read() returned RESULT. */
void number_wrong(struct strbuf *wrong, struct span word, enum number result);

/* Reads the number of a line in decimal figures, or reports an error. */
bool number_read_line(struct span word, unsigned *line, struct strbuf *wrong);

/* Reads a decimal number from 0 to 2^64 - 1.  Returns false with *COUNT
   unchanged for anything else. */
bool number_read_count(struct span word, uint64_t *count);

/* Whether WORD is not empty and consists of 0 and 1. */
bool number_is_digits(struct span word);

/* Reads WORD, a string of 0 and 1 with digit 0 first.  Missing digits are 0;
   more than 32 are an error. */
bool number_read_digits(struct span word, uint32_t *value,
                        struct strbuf *wrong);

/* Adds a warning if DIGITS, the number of digits read, is less than 32. */
void number_short(struct strbuf *doubt, size_t digits);
