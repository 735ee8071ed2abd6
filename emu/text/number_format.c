/* SPDX-License-Identifier: MIT */
#include "number_format.h"
#include "emu/machine/machine.h"

static void write_decimal(struct strbuf *text, uint32_t word)
{
    strbuf_add(text, "%d", (int32_t)word);
}

static void write_hexadecimal(struct strbuf *text, uint32_t word)
{
    strbuf_add(text, "0x");
    for (unsigned low = DIGITS; low > 0; low -= 4)
        strbuf_add(text, "%c", "0123456789ABCDEF"[word >> (low - 4) & 15]);
}

static void write_digits(struct strbuf *text, uint32_t word)
{
    for (unsigned digit = 0; digit < DIGITS; digit++)
        strbuf_add(text, "%c", (word >> digit & 1) != 0 ? '1' : '0');
}

static void (*const writers[])(struct strbuf *text, uint32_t word) = {
    [NOTATION_DECIMAL] = write_decimal,
    [NOTATION_HEXADECIMAL] = write_hexadecimal,
    [NOTATION_DIGITS] = write_digits,
};

void notation_write(struct strbuf *text, uint32_t word, enum notation notation)
{
    writers[notation](text, word);
}
