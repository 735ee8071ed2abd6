/* SPDX-License-Identifier: MIT */
/*
 * The console's screen: a grid of character cells, independent of the display
 * that shows it.
 *
 * A cell is a CP437 character in the low byte and a PC text attribute in the
 * high one: foreground in bits 0-3, background in bits 4-7 (of the byte).
 */
#pragma once

#include <stdint.h>

#define CELLS_COLUMNS  80
#define CELLS_ROWS_MAX 50

/* Non-ASCII characters of the console; font.c has their glyphs. */
enum cell_character {
    CHAR_LAMP_ON = 0x07,
    CHAR_LAMP_OFF = 0x09,
    CHAR_POINTER = 0x10,
    CHAR_POINTER_LEFT = 0x11,
    CHAR_UP = 0x18,
    CHAR_DOWN = 0x19,
    CHAR_RIGHT = 0x1A,
    CHAR_LEFT = 0x1B,
    CHAR_FRAME_TEE_LEFT = 0xB4,
    CHAR_VERTICAL = 0xB3,
    CHAR_TOP_RIGHT = 0xBF,
    CHAR_BOTTOM_LEFT = 0xC0,
    CHAR_FRAME_TEE_RIGHT = 0xC3,
    CHAR_HORIZONTAL = 0xC4,
    CHAR_DASH = 0xCD, /* the tube's 1 */
    /* Brightness between a 0 and a 1. */
    CHAR_QUARTER = 0xF9,
    CHAR_HALF = 0xA9,
    CHAR_THREE_QUARTERS = 0xAA,
    /* The tube's 1 in two cells; UPPER and LOWER have a dot in the other half.
     */
    CHAR_WIDE = 0xD5,
    CHAR_WIDE_TAIL = 0xBE,
    CHAR_WIDE_TAIL_SHORT = 0xB8,
    CHAR_WIDE_UPPER = 0xD6,
    CHAR_WIDE_UPPER_TAIL = 0xB7,
    CHAR_WIDE_LOWER = 0xD3,
    CHAR_WIDE_LOWER_TAIL = 0xBD,
    CHAR_BOTTOM_RIGHT = 0xD9,
    CHAR_TOP_LEFT = 0xDA,
    CHAR_BOTH_HALVES = 0xDB,
    CHAR_LOWER_HALF = 0xDC,
    CHAR_UPPER_HALF = 0xDF,
    CHAR_DOT = 0xFA, /* the tube's 0 */
};

/*
 * The tube's beam in a cell: a dot with a tail of SHARE quarters of a dash, in
 * one cell or in the left or right one of two.  Displays with variable
 * brightness draw the beam, all others the cell's character.
 */
enum beam_part { BEAM_WHOLE, BEAM_LEFT, BEAM_RIGHT };

#define LIGHT_MAX 63

struct spot {
    uint8_t light; /* 1 to LIGHT_MAX; 0: no beam */
    uint8_t share; /* 0 to 4 */
};

struct beam {
    struct spot spot[2]; /* upper and lower line of a halved row */
    uint8_t part;        /* enum beam_part */
};

struct cells {
    unsigned rows; /* 24 or 50 */
    uint16_t at[CELLS_ROWS_MAX][CELLS_COLUMNS];
    struct beam beam[CELLS_ROWS_MAX][CELLS_COLUMNS];
};

/* All functions clip to the grid. */

void cells_clear(struct cells *cells, uint8_t attribute);
void cells_put(struct cells *cells, unsigned row, unsigned column,
               uint8_t character, uint8_t attribute);
/* Sets the beam of a cell, until the cell is written again. */
void cells_beam(struct cells *cells, unsigned row, unsigned column,
                struct beam beam);
void cells_text(struct cells *cells, unsigned row, unsigned column,
                uint8_t attribute, const char *text);
/* Like cells_text(), with the last character at column RIGHT. */
void cells_text_right(struct cells *cells, unsigned row, unsigned right,
                      uint8_t attribute, const char *text);
void cells_fill(struct cells *cells, unsigned row, unsigned column,
                unsigned width, uint8_t character, uint8_t attribute);
/* Draws a frame with its top left corner at ROW and COLUMN, not its inside. */
void cells_frame(struct cells *cells, unsigned row, unsigned column,
                 unsigned height, unsigned width, uint8_t attribute);
/* Draws a frame with TITLE in its upper edge and clears its inside. */
void cells_box(struct cells *cells, unsigned row, unsigned column,
               unsigned height, unsigned width, uint8_t attribute,
               const char *title);
