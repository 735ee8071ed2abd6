/* SPDX-License-Identifier: MIT */
#include "simh.h"
#include "emu/text/mnemonic.h"
#include <string.h>

#define SIZE 136

/* Returns true if TEXT starts with a UTF-16 byte order mark and ASCII text. */
static bool is_utf16(const char *text)
{
    return (memcmp(text, "\xFF\xFE", 2) == 0 && text[3] == 0) ||
           (memcmp(text, "\xFE\xFF", 2) == 0 && text[2] == 0);
}

static bool has_zero(const char *text)
{
    size_t i = 0;

    while (i < SIZE && text[i] != 0)
        i++;
    return i < SIZE;
}

bool simh_is(const char *text, size_t size)
{
    return size == SIZE && has_zero(text) && !is_utf16(text);
}

static uint32_t word_at(const char *text, unsigned index)
{
    const char *at = text + 4 * index;
    uint32_t word = 0;

    for (unsigned i = 4; i-- > 0;)
        word = word << 8 | (uint8_t)at[i];
    return word;
}

void simh_read(struct program *program, const char *text)
{
    program_clear(program);
    program->a = word_at(text, 0);
    program->ci = word_at(text, 1);
    for (unsigned line = 0; line < LINES; line++) {
        uint32_t word = word_at(text, 2 + line);

        program->store[line] = word;
        if (instruction_is_number(word))
            program->numbers |= UINT32_C(1) << line;
    }
}
