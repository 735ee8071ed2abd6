/* SPDX-License-Identifier: MIT */
/* Writes words as numbers, in notations that mnemonic_read() accepts. */
#pragma once

#include "strbuf.h"
#include <stdint.h>

enum notation {
    NOTATION_DECIMAL,     /* signed, such as -3 */
    NOTATION_HEXADECIMAL, /* such as 0xFFFFFFFD */
    NOTATION_DIGITS,      /* 32 digits as on the tube, starting with digit 0 */
    NOTATIONS
};

/* Appends WORD in the given notation. */
void notation_write(struct strbuf *text, uint32_t word, enum notation notation);
