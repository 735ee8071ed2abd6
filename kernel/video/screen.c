/* SPDX-License-Identifier: MIT */
/*
 * Finds a screen and draws changed cells on it.  The boot loader's information
 * takes precedence over probing, because the BIOS data area still describes
 * text mode after the loader has set a graphics mode.
 */
#include "screen.h"
#include "screen_driver.h"
#include <string.h>

static const struct screen_output *output; /* NULL if there is no screen */
static bool unusable; /* true if the loader set up an unusable framebuffer */
static struct cells_size current_size;
static unsigned current_theme;
static struct cells shown;
static bool stale[CELLS_ROWS_MAX]; /* rows that must be redrawn completely */
static unsigned next_row;          /* row at which screen_show() continues */

static const struct screen_output *find(const struct boot_screen *boot,
                                        const struct screen_settings *settings)
{
    if (settings->video == VIDEO_NONE)
        return NULL;
    if (boot->kind == BOOT_SCREEN_GRAPHICS)
        return screen_framebuffer_find(&boot->pixels, settings);
    return screen_text_find(settings);
}

struct screen_sizes screen_start(const struct boot_screen *boot,
                                 const struct screen_settings *settings)
{
    output = find(boot, settings);
    unusable = output == NULL && boot->kind == BOOT_SCREEN_GRAPHICS &&
               settings->video != VIDEO_NONE;
    if (output == NULL)
        return (struct screen_sizes){0};
    current_theme = settings->theme;
    output->set_theme(current_theme);
    return output->sizes;
}

void screen_describe(struct strbuf *text)
{
    if (output != NULL)
        output->describe(text);
    else
        strbuf_add(text, unusable ? "inaccessible" : "none");
}

void screen_invalidate(void)
{
    memset(stale, true, sizeof stale);
    next_row = 0;
}

void screen_set_size(struct cells_size size)
{
    if (output == NULL || (size.rows == current_size.rows &&
                           size.columns == current_size.columns))
        return;
    current_size = size;
    output->set_size(size);
    screen_invalidate();
}

void screen_set_theme(unsigned theme)
{
    if (output == NULL || theme == current_theme)
        return;
    current_theme = theme;
    output->set_theme(theme);
    /* A framebuffer has no palette, so everything must be redrawn. */
    if (output->beams)
        screen_invalidate();
}

static bool is_shown(const struct cells *cells, unsigned row, unsigned column)
{
    return !stale[row] && shown.at[row][column] == cells->at[row][column] &&
           (!output->beams || cells_same_beam(&shown.beam[row][column],
                                              &cells->beam[row][column]));
}

/* Draws the run of changed cells that starts at COLUMN.  Returns its length. */
static unsigned show_run(const struct cells *cells, unsigned row,
                         unsigned column)
{
    unsigned count = 1;

    while (column + count < cells->columns &&
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
    return !stale[row] &&
           memcmp(shown.at[row], cells->at[row],
                  cells->columns * sizeof shown.at[row][0]) == 0 &&
           (!output->beams ||
            memcmp(shown.beam[row], cells->beam[row],
                   cells->columns * sizeof shown.beam[row][0]) == 0);
}

/* Draws the changed cells of a row and returns their number. */
static unsigned show_row(const struct cells *cells, unsigned row)
{
    unsigned drawn = 0;

    if (row_is_shown(cells, row))
        return 0;

    for (unsigned column = 0; column < cells->columns; column++) {
        if (is_shown(cells, row, column))
            continue;
        unsigned count = show_run(cells, row, column);

        drawn += count;
        column += count;
    }
    stale[row] = false;
    return drawn;
}

bool screen_show(const struct cells *cells, unsigned *drawn)
{
    if (output == NULL)
        return true;
    unsigned end = *drawn + output->at_once;

    /* Check all rows, because those already drawn may have changed again. */
    for (unsigned i = 0; i < cells->rows; i++) {
        if (*drawn > end)
            return false;
        *drawn += show_row(cells, next_row);
        next_row = (next_row + 1) % cells->rows;
    }
    next_row = 0;
    return true;
}
