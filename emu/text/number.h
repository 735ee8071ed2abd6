/* SPDX-License-Identifier: MIT */
/*
 * Numbers, line numbers and strings of digits as people write them.
 *
 * Used by what reads text; sentences have no full stop.
 */
#ifndef EMU_TEXT_NUMBER_H
#define EMU_TEXT_NUMBER_H

#include "span.h"
#include <stdint.h>

/*
 * A decimal number of 11 figures does not fit a line, so a string of 0 and 1
 * of this length or more is meant as digits of the tube.
 */
#define DIGITS_CERTAIN 11

enum number {
    NUMBER_READ,
    NUMBER_NOT,     /* not written like a number at all */
    NUMBER_TOO_BIG, /* a number, but not from -2^31 to 2^32 - 1 */
};

/*
 * Reads WORD in one of the notations of instruction_read().  *VALUE is
 * changed only where NUMBER_READ comes back.
 */
enum number number_read(struct span word, uint32_t *value);

/* Adds why WORD is no number for a line, RESULT being what came back. */
void number_wrong(struct strbuf *wrong, struct span word, enum number result);

/* Reads the number of a line, WORD being decimal figures only. */
bool number_read_line(struct span word, unsigned *line, struct strbuf *wrong);

/* Reads WORD, decimal figures only, from 0 to 2^64 - 1.  False, and *COUNT is
   left alone: it is something else. */
bool number_read_count(struct span word, uint64_t *count);

/* Whether WORD has no other characters than 0 and 1. */
bool number_is_digits(struct span word);

/*
 * Reads WORD, which has no other characters than 0 and 1: its first
 * character is digit 0.  Missing digits are 0; more than 32 are refused.
 */
bool number_read_digits(struct span word, uint32_t *value,
                        struct strbuf *wrong);

/* Adds the doubt that fewer than 32 digits leave: how they were taken. */
void number_short(struct strbuf *doubt, size_t digits);

#endif
