/* SPDX-License-Identifier: MIT */
/*
 * Cells for cards that came before the VGA, which draw them with characters
 * and colours of their own.
 */
#ifndef VIDEO_ASCII_FALLBACK_H
#define VIDEO_ASCII_FALLBACK_H

#include <stdbool.h>
#include <stdint.h>

/*
 * CELL with an attribute that such a card shows as it is meant.  On a colour
 * card bright backgrounds would blink; one of a single colour (MONO) knows
 * normal, bright and reversed only, and shows all else as one of them or not
 * at all (IBM Monochrome Display Adapter, "Attributes").
 */
uint16_t plain_cell(uint16_t cell, bool mono);

#endif
