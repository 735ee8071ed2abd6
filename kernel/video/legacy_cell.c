/* SPDX-License-Identifier: MIT */
#include "legacy_cell.h"

#define BACKGROUND 0x70
#define BLINK      0x80

#define MONO_NORMAL   0x07
#define MONO_BRIGHT   0x0F
#define MONO_REVERSED 0x70

/* First colour that a monochrome card shows as bright (bright green). */
#define BRIGHT_FROM 0x0A

static uint8_t mono_attribute(uint8_t attribute)
{
    if (attribute & (BACKGROUND | BLINK))
        return MONO_REVERSED;
    return attribute >= BRIGHT_FROM ? MONO_BRIGHT : MONO_NORMAL;
}

uint16_t legacy_cell(uint16_t cell, bool mono)
{
    uint8_t attribute = (uint8_t)(cell >> 8);

    attribute = mono ? mono_attribute(attribute)
                     : (uint8_t)(attribute & ~(unsigned)BLINK);
    return (uint16_t)(attribute << 8 | (cell & 0xFF));
}
