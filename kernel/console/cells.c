/* SPDX-License-Identifier: MIT */
#include "cells.h"
#include <stdbool.h>
#include <string.h>

void cells_set_size(struct cells *cells, unsigned rows, unsigned columns)
{
    cells->rows = rows;
    cells->columns = columns;
    cells_use_grid(cells);
}

struct window cells_use_grid(struct cells *cells)
{
    struct window before = cells->window;

    cells->window = (struct window){0, 0, cells->rows, cells->columns};
    return before;
}

void cells_use_middle(struct cells *cells, unsigned rows, unsigned columns)
{
    cells->window =
        (struct window){(cells->rows - rows) / 2,
                        (cells->columns - columns) / 2, rows, columns};
}

/* Returns how many of COUNT cells from ROW, COLUMN are in the window, and sets
 *CELL and *BEAM to the first one. */
static unsigned clip(struct cells *cells, unsigned row, unsigned column,
                     unsigned count, uint16_t **cell, struct beam **beam)
{
    const struct window *window = &cells->window;

    if (row >= window->rows || column >= window->columns)
        return 0;
    *cell = &cells->at[window->row + row][window->column + column];
    *beam = &cells->beam[window->row + row][window->column + column];
    return count < window->columns - column ? count : window->columns - column;
}

void cells_put_beam(struct cells *cells, unsigned row, unsigned column,
                    uint8_t character, uint8_t attribute, struct beam with)
{
    uint16_t *cell;
    struct beam *beam;

    if (clip(cells, row, column, 1, &cell, &beam) == 0)
        return;
    *cell = (uint16_t)(attribute << 8 | character);
    *beam = with;
}

void cells_put(struct cells *cells, unsigned row, unsigned column,
               uint8_t character, uint8_t attribute)
{
    cells_put_beam(cells, row, column, character, attribute, (struct beam){0});
}

void cells_put_each(struct cells *cells, unsigned row, unsigned column,
                    unsigned count, const uint8_t *which,
                    const struct cell_look *looks)
{
    uint16_t *cell;
    struct beam *beam;

    count = clip(cells, row, column, count, &cell, &beam);
    for (; count > 0; count--) {
        const struct cell_look *look = &looks[*which++];

        *cell++ = (uint16_t)(look->attribute << 8 | look->character);
        *beam++ = look->beam;
    }
}

void cells_fill(struct cells *cells, unsigned row, unsigned column,
                unsigned width, uint8_t character, uint8_t attribute)
{
    uint16_t *cell;
    struct beam *beam;

    width = clip(cells, row, column, width, &cell, &beam);
    for (unsigned i = 0; i < width; i++)
        cell[i] = (uint16_t)(attribute << 8 | character);
    if (width > 0)
        memset(beam, 0, width * sizeof *beam);
}

void cells_clear(struct cells *cells, uint8_t attribute)
{
    for (unsigned row = 0; row < cells->window.rows; row++)
        cells_fill(cells, row, 0, cells->window.columns, ' ', attribute);
}

void cells_text(struct cells *cells, unsigned row, unsigned column,
                uint8_t attribute, const char *text)
{
    uint16_t *cell;
    struct beam *beam;
    unsigned room = clip(cells, row, column, UINT16_MAX, &cell, &beam);

    for (; *text != '\0' && room > 0; text++, room--) {
        *cell++ = (uint16_t)(attribute << 8 | (uint8_t)*text);
        *beam++ = (struct beam){0};
    }
}

void cells_text_right(struct cells *cells, unsigned row, unsigned right,
                      uint8_t attribute, const char *text)
{
    unsigned length = (unsigned)strlen(text);

    if (length <= right + 1)
        cells_text(cells, row, right + 1 - length, attribute, text);
    else
        cells_text(cells, row, 0, attribute, text + length - right - 1);
}

void cells_frame(struct cells *cells, unsigned row, unsigned column,
                 unsigned height, unsigned width, uint8_t attribute)
{
    unsigned bottom = row + height - 1, right = column + width - 1;

    cells_fill(cells, row, column, width, CHAR_HORIZONTAL, attribute);
    cells_fill(cells, bottom, column, width, CHAR_HORIZONTAL, attribute);
    for (unsigned i = row + 1; i < bottom; i++) {
        cells_put(cells, i, column, CHAR_VERTICAL, attribute);
        cells_put(cells, i, right, CHAR_VERTICAL, attribute);
    }
    cells_put(cells, row, column, CHAR_TOP_LEFT, attribute);
    cells_put(cells, row, right, CHAR_TOP_RIGHT, attribute);
    cells_put(cells, bottom, column, CHAR_BOTTOM_LEFT, attribute);
    cells_put(cells, bottom, right, CHAR_BOTTOM_RIGHT, attribute);
}

const struct beam cells_face_inside = {
    .spot[0] = {1, FACE_INSIDE},
    .part = BEAM_FACE,
};

/* Turns the cell into PART of a face, with the character that it has. */
static void put_face(struct cells *cells, unsigned row, unsigned column,
                     enum face_part part)
{
    uint16_t *cell;
    struct beam *beam;

    if (clip(cells, row, column, 1, &cell, &beam) == 0)
        return;
    *beam = cells_face_inside;
    beam->spot[0].share = (uint8_t)part;
}

void cells_face(struct cells *cells, unsigned row, unsigned column,
                unsigned height, unsigned width, uint8_t attribute)
{
    unsigned bottom = row + height - 1, right = column + width - 1;

    cells_frame(cells, row, column, height, width, attribute);
    for (unsigned i = column + 1; i < right; i++) {
        put_face(cells, row, i, FACE_INSIDE);
        put_face(cells, bottom, i, FACE_INSIDE);
    }
    for (unsigned i = row + 1; i < bottom; i++) {
        put_face(cells, i, column, FACE_INSIDE);
        put_face(cells, i, right, FACE_INSIDE);
    }
    put_face(cells, row, column, FACE_TOP_LEFT);
    put_face(cells, row, right, FACE_TOP_RIGHT);
    put_face(cells, bottom, column, FACE_BOTTOM_LEFT);
    put_face(cells, bottom, right, FACE_BOTTOM_RIGHT);
}

unsigned cells_shape_length(enum cell_shape shape)
{
    static const uint8_t lengths[SHAPES] = {4, 4, 3, 3, 3, 3, 2, 2};

    return lengths[shape];
}

void cells_shape(struct cells *cells, unsigned row, unsigned column,
                 enum cell_shape shape)
{
    bool down = shape == SHAPE_LEVER_UP || shape == SHAPE_LEVER_DOWN;

    for (unsigned i = 0; i < cells_shape_length(shape); i++) {
        uint16_t *cell;
        struct beam *beam;

        if (clip(cells, row + (down ? i : 0), column + (down ? 0 : i), 1, &cell,
                 &beam) > 0)
            *beam = (struct beam){
                .spot = {{1, (uint8_t)shape}, {0, (uint8_t)i}},
                .part = BEAM_SHAPE,
            };
    }
}

void cells_box(struct cells *cells, unsigned row, unsigned column,
               unsigned height, unsigned width, uint8_t attribute,
               const char *title)
{
    for (unsigned i = 0; i < height; i++)
        cells_fill(cells, row + i, column, width, ' ', attribute);
    cells_frame(cells, row, column, height, width, attribute);
    cells_put(cells, row, column + 2, ' ', attribute);
    cells_text(cells, row, column + 3, attribute, title);
    cells_put(cells, row, column + 3 + (unsigned)strlen(title), ' ', attribute);
}

void cells_dialog(struct cells *cells, unsigned row, unsigned column,
                  unsigned height, unsigned width, uint8_t attribute,
                  const char *title)
{
    unsigned left = column > 0 ? column - 1 : 0;

    for (unsigned i = 0; i < height; i++)
        cells_fill(cells, row + i, left, column + width + 1 - left, ' ',
                   attribute);
    cells_box(cells, row, column, height, width, attribute, title);
}
