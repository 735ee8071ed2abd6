/* SPDX-License-Identifier: MIT */
/*
 * Which screen there is: what the boot loader says is believed before what is
 * found.  A BIOS's own notes still speak of text where the loader has set a
 * graphics mode, and where there is no BIOS they are empty.
 */
#include "screen.h"
#include "screen_driver.h"
#include <string.h>

static const struct screen_output *output; /* NULL: none */
static bool out_of_reach;                  /* there is one nevertheless */
static unsigned current_rows, current_theme;
static struct cells shown;
static bool forgotten[CELLS_ROWS_MAX]; /* rows of which nothing is shown */
static unsigned next_row;              /* where the next call goes on */

static const struct screen_output *find(const struct boot_screen *told,
                                        const struct options *options)
{
    if (options->video == VIDEO_NONE)
        return NULL;
    if (told->kind == BOOT_SCREEN_GRAPHICS)
        return screen_pixels_find(&told->pixels, options);
    return screen_text_find(options);
}

unsigned screen_start(const struct boot_screen *told,
                      const struct options *options)
{
    output = find(told, options);
    out_of_reach = output == NULL && told->kind == BOOT_SCREEN_GRAPHICS &&
                   options->video != VIDEO_NONE;
    if (output == NULL)
        return 0;
    current_theme = options->theme;
    output->set_theme(current_theme);
    return output->rows_most;
}

void screen_describe(struct strbuf *text)
{
    if (output != NULL)
        output->describe(text);
    else
        strbuf_add(text, out_of_reach ? "out of reach" : "none");
}

void screen_forget(void)
{
    memset(forgotten, true, sizeof forgotten);
    next_row = 0;
}

void screen_set_rows(unsigned rows)
{
    if (output == NULL || rows == current_rows)
        return;
    current_rows = rows;
    output->set_rows(rows);
    screen_forget();
}

void screen_set_theme(unsigned theme)
{
    if (output == NULL || theme == current_theme)
        return;
    current_theme = theme;
    output->set_theme(theme);
    /* Pixels have no palette. */
    if (output->beams)
        screen_forget();
}

static bool is_shown(const struct cells *cells, unsigned row, unsigned column)
{
    return !forgotten[row] && shown.at[row][column] == cells->at[row][column] &&
           (!output->beams ||
            memcmp(&shown.beam[row][column], &cells->beam[row][column],
                   sizeof shown.beam[row][column]) == 0);
}

/* Shows the run of changed cells that begins at COLUMN; returns its length. */
static unsigned show_run(const struct cells *cells, unsigned row,
                         unsigned column)
{
    unsigned count = 1;

    while (column + count < CELLS_COLUMNS &&
           !is_shown(cells, row, column + count))
        count++;
    output->draw(cells, row, column, count);
    memcpy(&shown.at[row][column], &cells->at[row][column],
           count * sizeof shown.at[row][column]);
    memcpy(&shown.beam[row][column], &cells->beam[row][column],
           count * sizeof shown.beam[row][column]);
    return count;
}

static bool row_is_shown(const struct cells *cells, unsigned row)
{
    return !forgotten[row] &&
           memcmp(shown.at[row], cells->at[row], sizeof shown.at[row]) == 0 &&
           (!output->beams || memcmp(shown.beam[row], cells->beam[row],
                                     sizeof shown.beam[row]) == 0);
}

/* Returns how many cells were drawn. */
static unsigned show_row(const struct cells *cells, unsigned row)
{
    unsigned drawn = 0;

    if (row_is_shown(cells, row))
        return 0;

    for (unsigned column = 0; column < CELLS_COLUMNS; column++) {
        if (is_shown(cells, row, column))
            continue;
        unsigned count = show_run(cells, row, column);

        drawn += count;
        column += count;
    }
    forgotten[row] = false;
    return drawn;
}

bool screen_show(const struct cells *cells)
{
    unsigned drawn = 0;

    if (output == NULL)
        return true;
    /* All rows, as those before it may have changed since the last call. */
    for (unsigned i = 0; i < cells->rows; i++) {
        if (drawn > output->at_once)
            return false;
        drawn += show_row(cells, next_row);
        next_row = (next_row + 1) % cells->rows;
    }
    next_row = 0;
    return true;
}
