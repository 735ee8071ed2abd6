/* SPDX-License-Identifier: MIT */
/*
 * "Are you sure?"
 */
#include "commands.h"
#include "page.h"

#define WIDTH  60
#define HEIGHT 6

void ask_draw(struct ui *ui)
{
    unsigned row = (ui->layout->rows - HEIGHT) / 2;
    unsigned column = (CELLS_COLUMNS - WIDTH) / 2;

    cells_box(&ui->cells, row, column, HEIGHT, WIDTH, LOOK_STRONG,
              ui->ask->name);
    cells_text(&ui->cells, row + 2, column + 3, LOOK_STRONG, ui->ask->question);
    cells_text(&ui->cells, row + 3, column + 3, LOOK_TEXT,
               "Y or Enter: yes     N or Esc: no");
}

void ask_event(struct ui *ui, const struct event *event)
{
    char answer = event->key == KEY_CHARACTER ? event->character : '\0';

    if (event->repeat)
        return;
    if (event->key == KEY_ENTER || answer == 'y' || answer == 'Y') {
        ui_back(ui);
        ui->ask->act(ui);
    } else if (event->key == KEY_ESCAPE || answer == 'n' || answer == 'N') {
        ui_open(ui, ui->asked_on);
    }
}
