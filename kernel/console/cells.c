/* SPDX-License-Identifier: MIT */
#include "cells.h"
#include <string.h>

void cells_put_beam(struct cells *cells, unsigned row, unsigned column,
                    uint8_t character, uint8_t attribute, struct beam beam)
{
    if (row >= cells->rows || column >= CELLS_COLUMNS)
        return;
    cells->at[row][column] = (uint16_t)(attribute << 8 | character);
    cells->beam[row][column] = beam;
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
    if (row >= cells->rows)
        return;
    for (; count > 0 && column < CELLS_COLUMNS; count--, column++) {
        const struct cell_look *look = &looks[*which++];

        cells->at[row][column] =
            (uint16_t)(look->attribute << 8 | look->character);
        cells->beam[row][column] = look->beam;
    }
}

void cells_fill(struct cells *cells, unsigned row, unsigned column,
                unsigned width, uint8_t character, uint8_t attribute)
{
    uint16_t cell = (uint16_t)(attribute << 8 | character);

    if (row >= cells->rows || column >= CELLS_COLUMNS)
        return;
    if (width > CELLS_COLUMNS - column)
        width = CELLS_COLUMNS - column;
    for (unsigned i = 0; i < width; i++)
        cells->at[row][column + i] = cell;
    memset(&cells->beam[row][column], 0, width * sizeof(struct beam));
}

void cells_clear(struct cells *cells, uint8_t attribute)
{
    for (unsigned row = 0; row < cells->rows; row++)
        cells_fill(cells, row, 0, CELLS_COLUMNS, ' ', attribute);
}

void cells_text(struct cells *cells, unsigned row, unsigned column,
                uint8_t attribute, const char *text)
{
    if (row >= cells->rows)
        return;
    for (; *text != '\0' && column < CELLS_COLUMNS; text++, column++) {
        cells->at[row][column] = (uint16_t)(attribute << 8 | (uint8_t)*text);
        cells->beam[row][column] = (struct beam){0};
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
