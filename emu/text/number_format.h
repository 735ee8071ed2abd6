/* SPDX-License-Identifier: MIT */
/*
 * Writes a word as a number, in one of several notations.
 * instruction_read() reads each of them back as the same word.
 */
#pragma once

#include "strbuf.h"
#include <stdint.h>

enum notation {
    NOTATION_DECIMAL,     /* signed: -3 */
    NOTATION_HEXADECIMAL, /* 0xFFFFFFFD */
    NOTATION_DIGITS,      /* all 32 as on the tube, digit 0 first */
    NOTATIONS
};

/* Adds WORD in NOTATION. */
void notation_write(struct strbuf *text, uint32_t word, enum notation notation);
