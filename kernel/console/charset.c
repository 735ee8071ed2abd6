/* SPDX-License-Identifier: MIT */
/* All glyphs are one column wide and exist in the usual terminal fonts. */
#include "charset.h"
#include "cells.h"
#include <stddef.h>

#define UNKNOWN '?'

struct glyph {
    uint8_t character;
    char ascii;
    uint16_t unicode;
};

static const struct glyph glyphs[] = {
    {CHAR_LAMP_ON, '*', 0x25CF},
    {CHAR_LAMP_OFF, 'o', 0x25CB},
    {CHAR_POINTER, '>', 0x25BA},
    {CHAR_POINTER_LEFT, '<', 0x25C4},
    {CHAR_UP, '^', 0x2191},
    {CHAR_DOWN, 'v', 0x2193},
    {CHAR_RIGHT, '>', 0x2192},
    {CHAR_LEFT, '<', 0x2190},
    {CHAR_FRAME_TEE_LEFT, '+', 0x2524},
    {CHAR_VERTICAL, '|', 0x2502},
    {CHAR_TOP_RIGHT, '+', 0x2510},
    {CHAR_BOTTOM_LEFT, '+', 0x2514},
    {CHAR_FRAME_TEE_RIGHT, '+', 0x251C},
    {CHAR_HORIZONTAL, '-', 0x2500},
    {CHAR_BOTTOM_RIGHT, '+', 0x2518},
    {CHAR_TOP_LEFT, '+', 0x250C},
    /* Digits on the tube, ordered by brightness from a 0 to a 1. */
    {CHAR_DOT, '.', 0x00B7},
    {CHAR_QUARTER, '.', 0x00B7},
    {CHAR_HALF, '~', '-'},
    {CHAR_THREE_QUARTERS, '-', 0x2500},
    {CHAR_DASH, '-', 0x2501},
    /* A 1 in the upper, the lower, or both of two lines that share a row. */
    {CHAR_UPPER_HALF, '"', 0x2580},
    {CHAR_LOWER_HALF, '_', 0x2584},
    {CHAR_BOTH_HALVES, '=', 0x2588},
    /* Digits that are two columns wide.  The second column ends with a gap. */
    {CHAR_WIDE, '-', 0x2501},
    {CHAR_WIDE_TAIL, ' ', 0x2578},
    {CHAR_WIDE_TAIL_SHORT, ' ', 0x2574},
    {CHAR_WIDE_UPPER, '"', 0x2580},
    {CHAR_WIDE_UPPER_TAIL, ' ', 0x2598},
    {CHAR_WIDE_LOWER, '_', 0x2584},
    {CHAR_WIDE_LOWER_TAIL, ' ', 0x2596},
};

/* A 1 in both lines, for screens where two lines share a row. */
static const struct glyph short_glyphs[] = {
    {CHAR_WIDE, '=', 0x2588},
    {CHAR_WIDE_TAIL, ' ', 0x258C},
};

static const struct glyph *find(const struct glyph *from, unsigned count,
                                uint8_t character)
{
    for (unsigned i = 0; i < count; i++)
        if (from[i].character == character)
            return &from[i];
    return NULL;
}

static bool is_ascii(uint8_t character)
{
    return character >= ' ' && character <= '~';
}

static const struct glyph *glyph_of(uint8_t character, unsigned rows)
{
    const struct glyph *glyph = NULL;

    if (rows < PAGE_ROWS)
        glyph =
            find(short_glyphs, sizeof short_glyphs / sizeof *glyph, character);
    return glyph != NULL
               ? glyph
               : find(glyphs, sizeof glyphs / sizeof *glyph, character);
}

/* The first byte encodes how many bytes follow, each of which has six bits. */
static unsigned write_utf8(char *glyph, uint16_t code)
{
    unsigned following = code >= 0x800 ? 2 : code >= 0x80 ? 1 : 0;
    static const uint8_t first[] = {0x00, 0xC0, 0xE0};

    glyph[0] = (char)(first[following] | code >> 6 * following);
    for (unsigned i = 1; i <= following; i++)
        glyph[i] = (char)(0x80 | (code >> 6 * (following - i) & 0x3F));
    glyph[following + 1] = '\0';
    return following + 1;
}

unsigned glyph_write(char glyph[GLYPH_SIZE], uint8_t character, bool utf8,
                     unsigned rows)
{
    const struct glyph *special =
        is_ascii(character) ? NULL : glyph_of(character, rows);

    if (special != NULL && utf8)
        return write_utf8(glyph, special->unicode);
    if (special != NULL)
        glyph[0] = special->ascii;
    else
        glyph[0] = is_ascii(character) ? (char)character : UNKNOWN;
    glyph[1] = '\0';
    return 1;
}

bool glyph_is_special(uint8_t character)
{
    return !is_ascii(character) && glyph_of(character, PAGE_ROWS) != NULL;
}
