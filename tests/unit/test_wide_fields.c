/* SPDX-License-Identifier: MIT */
/* Tests that the pages of a wide screen have room for the widest values: they
   show what they show on 80 columns, where test_fields.c compares it with the
   machine. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "extremes.h"
#include "ui/base/tube.h"
#include "ui/page_list.h"

#define WIDE_ROWS   54
#define NOTE_COLUMN 61 /* of the notes on 80 columns */

/* Text of the page in 80 columns */
static char narrow[PAGE_ROWS][PAGE_COLUMNS + 1];

static void draw(void)
{
    ui.view.changed = true;
    turn();
    check_grid();
}

/* Pages that have a tube beside them, and how each is opened */
static void open_lab(void)
{
    press(KEY_F4);
    ui.lab.measuring = false;
}

static void open_lab_blocks(void)
{
    open_lab();
    type_one('v', false);
}

static void open_debugger(void)
{
    type_one('b', true);
}

static void open_profile(void)
{
    open_debugger();
    type_one('v', false);
}

static void open_comparison(void)
{
    open_profile();
    type_one('v', false);
}

static void (*const pages[])(void) = {open_lab, open_lab_blocks, open_debugger,
                                      open_profile, open_comparison};
#define PAGES_BESIDE (sizeof pages / sizeof pages[0])

static void show(void (*open)(void), unsigned rows, unsigned filling)
{
    start(rows);
    open();
    fill(filling);
    draw();
}

/* Returns the position of the page in the grid. */
static void find_page(unsigned *row, unsigned *column)
{
    const struct cells *cells = &ui.view.cells;
    unsigned wanted = page_list[ui.view.page].columns;
    unsigned room = cells->columns - 4;

    *row = (cells->rows - ui.view.layout->rows) / 2;
    *column = (cells->columns - (wanted < room ? wanted : room)) / 2;
}

static void keep_narrow(void)
{
    for (unsigned row = 0; row < PAGE_ROWS; row++)
        strcpy(narrow[row], part(row, 0, PAGE_COLUMNS));
}

static void compare(void)
{
    unsigned row, column;

    find_page(&row, &column);
    for (unsigned i = 1; i < PAGE_ROWS - 1; i++)
        assert_string_equal(part(row + i, column, PAGE_COLUMNS), narrow[i]);
}

static void test_beside_the_tube(void **state)
{
    (void)state;
    for (unsigned page = 0; page < PAGES_BESIDE; page++)
        for (unsigned filling = 0; filling < FILLINGS; filling++) {
            show(pages[page], PAGE_ROWS, filling);
            keep_narrow();
            show(pages[page], WIDE_ROWS, filling);
            compare();
        }
}

/* Words, registers and the rows below are those of 80 columns; notes are
   complete, or end in dots where the screen ends. */
static void compare_editor(void)
{
    const struct layout *layout = ui.view.layout;
    unsigned row, column, text = LISTING_COLUMN;

    find_page(&row, &column);
    for (unsigned i = layout->store; i < layout->words; i++)
        assert_memory_equal(
            part(row + i, column + text + layout->shift, NOTE_COLUMN - text),
            narrow[i] + text, NOTE_COLUMN - text);
    for (unsigned i = layout->words; i < PAGE_ROWS - 1; i++)
        assert_string_equal(part(row + i, column, PAGE_COLUMNS), narrow[i]);
    for (unsigned line = 0; line < LINES; line++) {
        unsigned at = column + NOTE_COLUMN + layout->shift + 2;
        const char *note =
            squeeze(part(row + layout->store + line, at, 126 - at));
        size_t length = strlen(note) - 2;

        assert_memory_equal(note, NOTE, length);
        assert_int_equal(length + 2, 126 - at);
        assert_string_equal(note + length, "..");
    }
}

static void test_editor(void **state)
{
    (void)state;
    for (unsigned filling = 0; filling < FILLINGS; filling++)
        for (unsigned line = 0; line < LINES; line += LINES - 1) {
            start(PAGE_ROWS);
            fill(filling);
            ui.view.line = line;
            draw();
            keep_narrow();
            start(WIDE_ROWS);
            fill(filling);
            ui.view.line = line;
            draw();
            compare_editor();
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_beside_the_tube),
        cmocka_unit_test(test_editor),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
