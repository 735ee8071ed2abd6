/* SPDX-License-Identifier: MIT */
/*
 * The menu of every command, with its key.
 */
#include "commands.h"
#include "page.h"

#define WIDTH 46

static void draw_row(struct ui *ui, unsigned i, unsigned row, unsigned column)
{
    const struct command *command = &command_table[i];
    bool chosen = i == ui->menu_row;
    uint8_t attribute = chosen ? LOOK_CHOSEN : LOOK_TEXT;

    cells_fill(&ui->cells, row, column, WIDTH - 2, ' ', attribute);
    cells_put(&ui->cells, row, column + 1, (uint8_t)command->letter,
              chosen ? LOOK_CHOSEN : LOOK_STRONG);
    cells_text(&ui->cells, row, column + 4, attribute, command->name);
    cells_text_right(&ui->cells, row, column + WIDTH - 4, attribute,
                     command->keys);
}

void menu_draw(struct ui *ui)
{
    unsigned step = ui->layout->step;
    unsigned height = command_count * step + step + 1;
    unsigned row = (ui->layout->rows - height) / 2;
    unsigned column = (CELLS_COLUMNS - WIDTH) / 2;

    cells_box(&ui->cells, row, column, height, WIDTH, LOOK_TEXT,
              "Menu: letter, or arrows and Enter");
    for (unsigned i = 0; i < command_count; i++)
        draw_row(ui, i, row + step + i * step, column + 1);
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static void choose_letter(struct ui *ui, char letter)
{
    for (unsigned i = 0; i < command_count; i++)
        if (command_table[i].letter == upper(letter))
            command_do(ui, &command_table[i]);
}

void menu_event(struct ui *ui, const struct event *event)
{
    unsigned last = command_count - 1;

    switch (event->key) {
    case KEY_UP:
        ui->menu_row = ui->menu_row > 0 ? ui->menu_row - 1 : last;
        break;
    case KEY_DOWN:
        ui->menu_row = ui->menu_row < last ? ui->menu_row + 1 : 0;
        break;
    case KEY_ENTER:
        command_do(ui, &command_table[ui->menu_row]);
        break;
    case KEY_ESCAPE:
        ui->page = PAGE_HOME;
        break;
    case KEY_CHARACTER:
        if (!event->control)
            choose_letter(ui, event->character);
        break;
    default:
        break;
    }
}
