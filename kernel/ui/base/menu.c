/* SPDX-License-Identifier: MIT */
#include "menu.h"
#include "command_dispatch.h"
#include "page_switch.h"

#define COLUMNS      2
#define COLUMN_WIDTH 38
#define WIDTH        (COLUMNS * COLUMN_WIDTH + 2)

/* Fills SHOWN with the commands of the base page and returns their number. */
static unsigned commands_here(const struct view *view,
                              const struct command *shown[])
{
    unsigned count = 0;

    for (unsigned i = 0; i < view->commands->count; i++)
        if (command_is_in_menu(view, &view->commands->row[i]))
            shown[count++] = &view->commands->row[i];
    return count;
}

static void draw_row(struct view *view, const struct command *command,
                     bool chosen, unsigned row, unsigned column)
{
    uint8_t attribute = chosen ? ATTR_SELECTED : ATTR_TEXT;

    cells_fill(&view->cells, row, column, COLUMN_WIDTH, ' ', attribute);
    cells_put(&view->cells, row, column + 1, (uint8_t)command->letter,
              chosen ? ATTR_SELECTED : ATTR_STRONG);
    cells_text(&view->cells, row, column + 4, attribute, command->name);
    if (!(command->flags & PLAIN))
        cells_text_right(&view->cells, row, column + COLUMN_WIDTH - 2,
                         attribute, command->keys);
}

void menu_open(struct view *view)
{
    view->menu_row = 0;
    page_open(view, PAGE_MENU);
}

void menu_draw(struct view *view)
{
    const struct command *shown[COMMANDS_MAX];
    unsigned count = commands_here(view, shown);
    unsigned step = view->layout->step;
    unsigned rows = (count + COLUMNS - 1) / COLUMNS;
    unsigned height = rows * step + step + 1;
    unsigned top = (view->layout->rows - height) / 2;
    unsigned column = (PAGE_COLUMNS - WIDTH) / 2;

    cells_dialog(&view->cells, top, column, height, WIDTH, ATTR_TEXT,
                 "Menu: press a letter, or use the arrows and Enter");
    for (unsigned i = 0; i < count; i++)
        draw_row(view, shown[i], i == view->menu_row,
                 top + step + i % rows * step,
                 column + 1 + i / rows * COLUMN_WIDTH);
}

static void choose_letter(struct view *view, char letter,
                          const struct command *const shown[], unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        if (letter != ' ' && shown[i]->letter == upper(letter)) {
            command_do(view, shown[i]);
            return;
        }
    }
}

/* Moves the selection with wrap-around.  COUNT is never 0. */
static void move(struct view *view, unsigned by, unsigned count)
{
    /* NOLINTNEXTLINE(clang-analyzer-core.DivideZero) */
    view->menu_row = (view->menu_row + by) % count;
}

/* Moves the selection to the same row of the other column, if there is one. */
static void across(struct view *view, unsigned count)
{
    unsigned rows = (count + COLUMNS - 1) / COLUMNS;
    /* NOLINTNEXTLINE(clang-analyzer-core.DivideZero) */
    unsigned other = (view->menu_row + rows) % (COLUMNS * rows);

    if (other < count)
        view->menu_row = other;
}

/* Executes a command by its key, which also works in the menu. */
static void call(struct view *view, const struct event *event)
{
    const struct command *command = command_of(view, event);

    if (command != NULL && !event->repeat)
        command_do(view, command);
}

void menu_event(struct view *view, const struct event *event)
{
    const struct command *shown[COMMANDS_MAX];
    unsigned count = commands_here(view, shown);

    if (event->control) {
        call(view, event);
        return;
    }
    switch (event->key) {
    case KEY_UP:
        move(view, count - 1, count);
        break;
    case KEY_DOWN:
        move(view, 1, count);
        break;
    case KEY_LEFT:
    case KEY_RIGHT:
        across(view, count);
        break;
    case KEY_ENTER:
        command_do(view, shown[view->menu_row]);
        break;
    case KEY_ESCAPE:
        page_back(view);
        break;
    case KEY_CHARACTER:
        choose_letter(view, event->character, shown, count);
        break;
    default:
        call(view, event);
        break;
    }
}
