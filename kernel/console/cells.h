/* SPDX-License-Identifier: MIT */
/*
 * The console's screen: a grid of cells, independent of the display.  Each cell
 * has a CP437 character in its low byte and a PC text attribute in its high
 * byte (foreground in bits 0-3, background in bits 4-7).
 *
 * Functions draw in a window of the grid: their rows and columns count from its
 * top left corner, and they clip to it.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Maximum size of the grid */
#define CELLS_COLUMNS_MAX 200
#define CELLS_ROWS_MAX    60

/* Size of a page, which is that of a text screen, and of a short screen */
#define PAGE_COLUMNS 80
#define PAGE_ROWS    50
#define SHORT_ROWS   24

/* Minimum size for the tube alone, in larger cells, with a caption beside it */
#define TUBE_ROWS    38
#define TUBE_COLUMNS 100

/* Non-ASCII characters used by the console.  Their glyphs are in font.c. */
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
    CHAR_DASH = 0xCD, /* a 1 on the tube */
    /* Brightness levels between a 0 and a 1. */
    CHAR_QUARTER = 0xF9,
    CHAR_HALF = 0xA9,
    CHAR_THREE_QUARTERS = 0xAA,
    /* A 1 across two cells.  UPPER and LOWER have a dot in the other half. */
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
    CHAR_DOT = 0xFA, /* a 0 on the tube */
};

/* What displays with variable brightness draw in place of a cell's character:
   the beam as a dot with an optional tail, in a single cell or in the left or
   right one of a pair; the face of the tube; a control of the panel; or eight
   digits of a small tube, two of each of four lines. */
enum beam_part {
    BEAM_WHOLE,
    BEAM_LEFT,
    BEAM_RIGHT,
    BEAM_FACE,
    BEAM_SHAPE,
    BEAM_EIGHT
};

/* Bits of spot.share for BEAM_EIGHT: the digits that are 1.  The two spots are
   the upper and the lower half of the cell. */
enum { EIGHT_TOP_LEFT = 1, EIGHT_TOP_RIGHT = 2, EIGHT_BOTTOM_LEFT = 4 };
#define EIGHT_PATTERNS 16

/* Parts of the tube's face: its inside with the edges, and its round corners */
enum face_part {
    FACE_INSIDE,
    FACE_TOP_LEFT,
    FACE_TOP_RIGHT,
    FACE_BOTTOM_LEFT,
    FACE_BOTTOM_RIGHT,
    FACE_PARTS
};

#define LIGHT_MAX 63

struct spot {
    uint8_t light; /* brightness, 1 to LIGHT_MAX, or 0 for no beam */
    uint8_t share; /* length of the tail, 0 to 4 quarters of a dash */
};

/* Controls, each over several cells of one row or column */
enum cell_shape {
    SHAPE_BUTTON, /* four columns */
    SHAPE_BUTTON_IN,
    SHAPE_SELECTOR, /* three columns */
    SHAPE_SELECTOR_IN,
    SHAPE_KEY, /* three columns */
    SHAPE_KEY_IN,
    SHAPE_LEVER_UP, /* two rows */
    SHAPE_LEVER_DOWN,
    SHAPES
};
#define SHAPE_CELLS_MAX 4

/* A face has one of enum face_part in spot[0].share.  A shape has one of enum
   cell_shape there, and in spot[1].share the index of the cell in it. */
struct beam {
    struct spot spot[2]; /* the upper and lower line if two share a row */
    uint8_t part;        /* one of enum beam_part */
};

/* Compares without a call, as most cells of a tube are compared in each frame.
 */
static inline bool cells_same_beam(const struct beam *a, const struct beam *b)
{
    return a->spot[0].light == b->spot[0].light &&
           a->spot[0].share == b->spot[0].share &&
           a->spot[1].light == b->spot[1].light &&
           a->spot[1].share == b->spot[1].share && a->part == b->part;
}

struct cell_look {
    uint8_t character, attribute;
    struct beam beam;
};

struct cells_size {
    unsigned rows, columns;
};

/* How many cells fit on a screen */
struct screen_sizes {
    struct cells_size page; /* for a page, or rows below 50 if none fits */
    struct cells_size tube; /* for the large tube, or 0 rows if as for pages */
};

struct window {
    unsigned row, column; /* position of its top left corner in the grid */
    unsigned rows, columns;
};

struct cells {
    unsigned rows, columns; /* size of the grid */
    struct window window;   /* part of the grid that is drawn on */
    uint16_t at[CELLS_ROWS_MAX][CELLS_COLUMNS_MAX];
    struct beam beam[CELLS_ROWS_MAX][CELLS_COLUMNS_MAX];
};

/* Sets the size of the grid, and the window to all of it.  Clears no cell. */
void cells_set_size(struct cells *cells, unsigned rows, unsigned columns);

/* Sets the window to all of the grid.  Returns what it was before. */
struct window cells_use_grid(struct cells *cells);

/* Sets the window to ROWS by COLUMNS in the middle of the grid.  They must not
   exceed its size. */
void cells_use_middle(struct cells *cells, unsigned rows, unsigned columns);

void cells_clear(struct cells *cells, uint8_t attribute);
void cells_put(struct cells *cells, unsigned row, unsigned column,
               uint8_t character, uint8_t attribute);
/* Writes a cell with a beam.  Writing to the cell again removes the beam. */
void cells_put_beam(struct cells *cells, unsigned row, unsigned column,
                    uint8_t character, uint8_t attribute, struct beam beam);
/* Writes COUNT cells of a row, each as the one of LOOKS that WHICH names. */
void cells_put_each(struct cells *cells, unsigned row, unsigned column,
                    unsigned count, const uint8_t *which,
                    const struct cell_look *looks);
void cells_text(struct cells *cells, unsigned row, unsigned column,
                uint8_t attribute, const char *text);
/* Like cells_text(), but right-aligned to end at column RIGHT. */
void cells_text_right(struct cells *cells, unsigned row, unsigned right,
                      uint8_t attribute, const char *text);
void cells_fill(struct cells *cells, unsigned row, unsigned column,
                unsigned width, uint8_t character, uint8_t attribute);
/* Draws only the border of a frame, with its top left corner at ROW, COLUMN. */
void cells_frame(struct cells *cells, unsigned row, unsigned column,
                 unsigned height, unsigned width, uint8_t attribute);
/* The beam of a cell inside the face of a tube */
extern const struct beam cells_face_inside;

/* Draws the edge of a tube's face as a frame.  Displays that show the beam draw
   it as glass with rounded corners.  Digits must cover its inside. */
void cells_face(struct cells *cells, unsigned row, unsigned column,
                unsigned height, unsigned width, uint8_t attribute);
/* Turns cells from ROW, COLUMN on into SHAPE.  Displays that show the beam draw
   it in place of their characters, except between the ends of a button or a
   selector. */
void cells_shape(struct cells *cells, unsigned row, unsigned column,
                 enum cell_shape shape);

/* Returns how many cells a shape has. */
unsigned cells_shape_length(enum cell_shape shape);

/* Draws a frame with TITLE in its top edge and clears the area inside. */
void cells_box(struct cells *cells, unsigned row, unsigned column,
               unsigned height, unsigned width, uint8_t attribute,
               const char *title);
/* Draws a box over a page, and clears one column at its left and right. */
void cells_dialog(struct cells *cells, unsigned row, unsigned column,
                  unsigned height, unsigned width, uint8_t attribute,
                  const char *title);
