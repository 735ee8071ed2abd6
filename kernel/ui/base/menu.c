/* SPDX-License-Identifier: MIT */
/*
 * The menu of every command, with its key.
 */
#include "commands.h"
#include "page.h"

#define COLUMNS      2
#define COLUMN_WIDTH 38
#define WIDTH        (COLUMNS * COLUMN_WIDTH + 2)

/* Fills SHOWN with the commands of the base page; returns how many. */
static unsigned commands_here(const struct ui *ui,
                              const struct command *shown[])
{
    unsigned count = 0;

    for (unsigned i = 0; i < command_count; i++)
        if (command_is_here(ui, &command_table[i]))
            shown[count++] = &command_table[i];
    return count;
}

static void draw_row(struct ui *ui, const struct command *command, bool chosen,
                     unsigned row, unsigned column)
{
    uint8_t attribute = chosen ? ATTR_CHOSEN : ATTR_TEXT;

    cells_fill(&ui->cells, row, column, COLUMN_WIDTH, ' ', attribute);
    cells_put(&ui->cells, row, column + 1, (uint8_t)command->letter,
              chosen ? ATTR_CHOSEN : ATTR_STRONG);
    cells_text(&ui->cells, row, column + 4, attribute, command->name);
    if (!(command->flags & PLAIN))
        cells_text_right(&ui->cells, row, column + COLUMN_WIDTH - 2, attribute,
                         command->keys);
}

void menu_open(struct ui *ui)
{
    ui->menu_row = 0;
    ui_open(ui, PAGE_MENU);
}

/* Down the first column, then down the second. */
void menu_draw(struct ui *ui)
{
    const struct command *shown[COMMANDS_MAX];
    unsigned count = commands_here(ui, shown);
    unsigned step = ui->layout->step;
    unsigned rows = (count + COLUMNS - 1) / COLUMNS;
    unsigned height = rows * step + step + 1;
    unsigned top = (ui->layout->rows - height) / 2;
    unsigned column = (CELLS_COLUMNS - WIDTH) / 2;

    cells_box(&ui->cells, top, column, height, WIDTH, ATTR_TEXT,
              "Menu: letter, or arrows and Enter");
    for (unsigned i = 0; i < count; i++)
        draw_row(ui, shown[i], i == ui->menu_row, top + step + i % rows * step,
                 column + 1 + i / rows * COLUMN_WIDTH);
}

static void choose_letter(struct ui *ui, char letter,
                          const struct command *const shown[], unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        if (letter != ' ' && shown[i]->letter == upper(letter)) {
            command_do(ui, shown[i]);
            return;
        }
    }
}

/* The entry BY places on, round the ends.  No page is without commands. */
static void move(struct ui *ui, unsigned by, unsigned count)
{
    /* NOLINTNEXTLINE(clang-analyzer-core.DivideZero) */
    ui->menu_row = (ui->menu_row + by) % count;
}

/* The same row in the other column, if there is one. */
static void across(struct ui *ui, unsigned count)
{
    unsigned rows = (count + COLUMNS - 1) / COLUMNS;
    /* NOLINTNEXTLINE(clang-analyzer-core.DivideZero): nor here */
    unsigned other = (ui->menu_row + rows) % (COLUMNS * rows);

    if (other < count)
        ui->menu_row = other;
}

/* The keys that stand beside the commands work here as well. */
static void call(struct ui *ui, const struct event *event)
{
    const struct command *command = command_of(ui, event);

    if (command != NULL && !event->repeat)
        command_do(ui, command);
}

void menu_event(struct ui *ui, const struct event *event)
{
    const struct command *shown[COMMANDS_MAX];
    unsigned count = commands_here(ui, shown);

    if (event->control) {
        call(ui, event);
        return;
    }
    switch (event->key) {
    case KEY_UP:
        move(ui, count - 1, count);
        break;
    case KEY_DOWN:
        move(ui, 1, count);
        break;
    case KEY_LEFT:
    case KEY_RIGHT:
        across(ui, count);
        break;
    case KEY_ENTER:
        command_do(ui, shown[ui->menu_row]);
        break;
    case KEY_ESCAPE:
        ui_back(ui);
        break;
    case KEY_CHARACTER:
        choose_letter(ui, event->character, shown, count);
        break;
    default:
        call(ui, event);
        break;
    }
}
